package desk

import (
	"context"
	"iter"

	"whosaid/internal/archive"
)

// Latest is the id of the version that was kept last, 0 where there is none.
func (d *Desk) Latest(ctx context.Context) (int64, error) { return d.store.Last(ctx) }

// Since yields the current versions that were kept after one, in the order in
// which they were kept; 0 is before the first.
func (d *Desk) Since(ctx context.Context, version int64) iter.Seq2[*archive.Version, error] {
	return d.store.Versions(ctx, archive.Selection{From: version + 1})
}
