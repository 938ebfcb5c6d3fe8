package export

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"whosaid/internal/archive"
)

// All writes the current version of every article in a store, as they are at
// one moment, in the order in which they were kept.
func All(ctx context.Context, from archive.Store, w Writer) (err error) {
	snap, err := from.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	for v, err := range snap.Versions(ctx, archive.Selection{}) {
		if err != nil {
			return err
		}
		if err := w.Write(v); err != nil {
			return err
		}
	}
	return nil
}

// Found writes the articles that hold statements which answer a query, with
// these statements alone, in the order in which they were kept. Of each
// statement two numbers are held in memory.
func Found(ctx context.Context, from archive.Store, q archive.Query, w Writer) error {
	hits, err := found(ctx, from, q)
	if err != nil {
		return err
	}
	for len(hits) > 0 {
		id := hits[0].version
		n := 1
		for n < len(hits) && hits[n].version == id {
			n++
		}
		v, err := from.Version(ctx, id)
		switch {
		case errors.Is(err, archive.ErrNotFound): // forgotten meanwhile
		case err != nil:
			return err
		default:
			narrow(v, hits[:n])
			if err := w.Write(v); err != nil {
				return err
			}
		}
		hits = hits[n:]
	}
	return nil
}

// A hit is a statement that answers.
type hit struct{ version, statement int64 }

// found lists the hits of a query, article by article.
func found(ctx context.Context, from archive.Store, q archive.Query) ([]hit, error) {
	var hits []hit
	for h, err := range from.Search(ctx, q) {
		if err != nil {
			return nil, err
		}
		hits = append(hits, hit{h.Version, h.ID})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.version, b.version), cmp.Compare(a.statement, b.statement))
	})
	return hits, nil
}

// narrow leaves the statements of v that are among hits. One within another that
// is left out stands by itself.
func narrow(v *archive.Version, hits []hit) {
	doc := *v.Doc
	doc.Statements = nil
	places := archive.Places{}
	kept := map[string]bool{}
	for _, h := range hits {
		at := v.Place(h.statement)
		if at < 0 {
			continue // rejected meanwhile
		}
		s := v.Doc.Statements[at]
		places = append(places, v.Places.At(at))
		kept[s.ID] = true
		doc.Statements = append(doc.Statements, s)
	}
	for i := range doc.Statements {
		if s := &doc.Statements[i]; !kept[s.Parent] {
			s.Parent = ""
		}
	}
	v.Doc, v.Places, v.Vectors = &doc, places, nil
}
