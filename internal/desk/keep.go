package desk

import (
	"context"

	"whosaid/internal/archive"
)

// Keep keeps entries, as Store.Keep of the archive does, and does what is to be
// done with articles that are new: every door that adds articles keeps them
// here.
func (d *Desk) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	return d.store.Keep(ctx, entries...)
}

// Keeper is the archive with the Keep of the desk, for what fills a Store.
func (d *Desk) Keeper() archive.Store { return keeper{d.store, d} }

type keeper struct {
	archive.Store
	desk *Desk
}

// Keep is that of the desk.
func (k keeper) Keep(ctx context.Context, entries ...*archive.Ready) ([]archive.Outcome, error) {
	return k.desk.Keep(ctx, entries...)
}
