package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// Found is one page of what a query finds.
type Found struct {
	Hits []*archive.Hit
	More bool // there are further ones behind them
}

// mostSpelled is how many other names of a speaker are looked for.
const mostSpelled = 24

// Spell is q with the other names of those whom its speaker may be, as far as
// the archive knows them, so that one spelling of a name finds what was printed
// under the others; of somebody spoken of whose name nobody prints so, with the
// name of the one whose spelling it may be.
func (d *Desk) Spell(ctx context.Context, q archive.Query) (archive.Query, error) {
	if q.About != "" {
		if people, how, err := d.named(ctx, q.About); err != nil {
			return q, err
		} else if how == spelled && len(people) == 1 {
			q.About = people[0].Name
		}
	}
	asked := terms.Fold(q.Speaker)
	if asked == "" {
		return q, nil
	}
	people, how, err := d.named(ctx, q.Speaker)
	if err != nil || how == similar {
		return q, err
	}
	for _, p := range people {
		for _, name := range archive.Spellings(p) {
			// A single word may be the name of others, and what holds the words
			// that were asked for is found by them.
			if strings.Contains(name, " ") && !holds(name, asked) && !slices.Contains(q.Spelled, name) && len(q.Spelled) < mostSpelled {
				q.Spelled = append(q.Spelled, name)
			}
		}
	}
	return q, nil
}

// Search finds statements: q.Limit of them at most, from q.Skip on.
func (d *Desk) Search(ctx context.Context, q archive.Query) (Found, error) {
	var f Found
	q, err := d.Spell(ctx, q)
	if err != nil {
		return f, err
	}
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

// Rejected lists the statements that a query would find if nobody had rejected
// them, the latest first. q.Limit and q.Skip hold as for Search.
func (d *Desk) Rejected(ctx context.Context, q archive.Query) ([]*archive.Hit, error) {
	q, err := d.Spell(ctx, q)
	if err != nil {
		return nil, err
	}
	p, err := q.Parse()
	if err != nil {
		return nil, err
	}
	at := whereabouts{store: d.store}
	for x, err := range d.store.Decisions(ctx) {
		if err == nil && x.What == reject {
			err = at.tell(ctx, x, &Decision{})
		}
		if err != nil {
			return nil, err
		}
	}
	var out []*archive.Hit
	for _, v := range at.current {
		if v == nil {
			continue
		}
		for _, h := range p.Fits(v.Whole()) {
			if h.Rejected != nil {
				out = append(out, h)
			}
		}
	}
	slices.SortFunc(out, func(a, b *archive.Hit) int {
		return cmp.Or(cmp.Compare(archive.DayOf(b.Article.Published), archive.DayOf(a.Article.Published)), cmp.Compare(b.Version, a.Version), cmp.Compare(a.ID, b.ID))
	})
	out = out[min(q.Skip, len(out)):]
	if q.Limit > 0 {
		out = out[:min(q.Limit, len(out))]
	}
	return out, nil
}

// Facets counts what a query finds; see archive.Store.
func (d *Desk) Facets(ctx context.Context, q archive.Query) (*archive.Facets, error) {
	q, err := d.Spell(ctx, q)
	if err != nil {
		return nil, err
	}
	return d.store.Facets(ctx, q)
}
