package desk

import (
	"context"

	"whosaid/internal/archive"
)

// Found is one page of what a query finds.
type Found struct {
	Hits []*archive.Hit
	More bool // there are further ones behind them
}

// Search finds statements: q.Limit of them at most, from q.Skip on.
func (d *Desk) Search(ctx context.Context, q archive.Query) (Found, error) {
	var f Found
	limit := q.Limit
	if limit > 0 {
		q.Limit++ // to tell whether there are more
	}
	for hit, err := range d.store.Search(ctx, q) {
		if err != nil {
			return Found{}, err
		}
		if limit > 0 && len(f.Hits) == limit {
			f.More = true
			break
		}
		f.Hits = append(f.Hits, hit)
	}
	return f, nil
}

// Facets counts what a query finds; see archive.Store.
func (d *Desk) Facets(ctx context.Context, q archive.Query) (*archive.Facets, error) {
	return d.store.Facets(ctx, q)
}
