package sqlite

import (
	"cmp"
	"context"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// A pending version has its row, and nothing yet of what hangs on it.
type pending struct {
	row
	outlet int64
	entry  *archive.Ready
}

// A spot is a statement of a pending version.
type spot struct {
	*pending
	at    int // of its row or its vector
	place int // among the statements that were read
}

func (s spot) statement() int64 { return s.first + int64(s.place) }

// A doubtful is something in doubt in a pending version.
type doubtful struct {
	*pending
	archive.Doubt
}

// A footprint is a person's trace in a pending version.
type footprint struct {
	*pending
	archive.PersonTrace
}

// flush writes what hangs on the versions that are pending, table by table and
// many rows at once. The index of words comes last, and a statement at a time:
// FTS5 gathers words in memory, and writes them out as a part of the index
// whenever SQLite is handed several rows, into whatever table. To merge small
// parts took half of a transaction.
func (k *keeping) flush(ctx context.Context) error {
	var all, spoken, vectors []spot
	var traces []footprint
	var doubts []doubtful
	for i := range k.pending {
		p := &k.pending[i]
		from := len(all)
		for at := range p.entry.Rows {
			all = append(all, spot{p, at, p.entry.Places.At(at)})
		}
		for at := range p.entry.Vectors {
			vectors = append(vectors, spot{p, at, at})
		}
		if p.current {
			spoken = append(spoken, all[from:]...)
			for _, t := range archive.TracesOf(p.entry.Shown, p.entry.Places, p.entry.People, p.first) {
				traces = append(traces, footprint{p, t})
			}
			for _, x := range p.entry.Doubts {
				doubts = append(doubts, doubtful{p, x})
			}
		}
	}
	// In the order of their table, so that a page of it is met once.
	slices.SortFunc(traces, func(a, b footprint) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.entry.Day, b.entry.Day), cmp.Compare(a.id, b.id))
	})
	for _, t := range []struct {
		into       string
		columns, n int
		row        func(args []any, i int) []any
	}{
		{"facet (version, first, facet)", 3, len(k.pending), func(args []any, i int) []any {
			p := &k.pending[i]
			return append(args, p.id, p.first, p.entry.Facet)
		}},
		{"trace (person, day, version, outlet, trace)", 5, len(traces), func(args []any, i int) []any {
			t := &traces[i]
			return append(args, t.Person, int64(t.entry.Day), t.id, t.outlet, t.Trace)
		}},
		{"statement (id, version, day, outlet, form, kind, found_by, confidence)", 8, len(all), func(args []any, i int) []any {
			s := all[i]
			r := &s.entry.Rows[s.at]
			return append(args, s.statement(), s.id, int64(s.entry.Day), s.outlet, r.Form, r.Kind, r.By, r.Confidence)
		}},
		{"doubt (about, confidence, version, place, key)", 5, len(doubts), func(args []any, i int) []any {
			x := &doubts[i]
			return append(args, int(x.About), x.Confidence, x.id, x.Place, x.Key)
		}},
		{"vector (statement, vector)", 2, len(vectors), func(args []any, i int) []any {
			s := vectors[i]
			v := &s.entry.Vectors[s.at]
			return append(args, s.statement(), pack.Vector(v.Scale, v.Values))
		}},
	} {
		if err := k.rows(ctx, t.into, t.columns, t.n, t.row); err != nil {
			return err
		}
	}
	for _, s := range spoken {
		r := &s.entry.Rows[s.at]
		if err := k.speak(ctx, s.statement(), r); err != nil {
			return err
		}
	}
	k.pending = k.pending[:0]
	return nil
}
