package sqlite

import (
	"context"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// mostRanked is how many hits are ranked: of more those that were kept last, and
// the others come behind them, the one kept last first.
const mostRanked = archive.MostCounted

// Search yields the hits of a query.
func (r reading) Search(ctx context.Context, q archive.Query) iter.Seq2[*archive.Hit, error] {
	return func(yield func(*archive.Hit, error) bool) {
		p, err := q.Parse()
		if err != nil {
			yield(nil, err)
			return
		}
		candidates := r.latest(ctx, p)
		if p.ByWords {
			candidates = r.matching(ctx, p, mostRanked)
		}
		err = archive.Answers(p, candidates, func(id int64) (*archive.Version, error) { return load(ctx, r.q, id) }, func(h *archive.Hit) bool { return yield(h, nil) })
		if err != nil {
			yield(nil, tell(r.path, err))
		}
	}
}

// latest gives the first candidates of a query without words.
func (r reading) latest(ctx context.Context, p *archive.Parsed) func(limit int) ([]archive.Candidate, error) {
	text, args := listing(p, "s.id, s.version")
	return func(limit int) ([]archive.Candidate, error) {
		rows, err := r.q.QueryContext(ctx, text, append(args, limit)...)
		if err != nil {
			return nil, err
		}
		return collect(rows, func(scan func(...any) error) (c archive.Candidate, err error) {
			return c, scan(&c.Statement, &c.Version)
		})
	}
}

// matching gives the first candidates of a query with words. They are looked for
// once, and those that are not ranked only if they are asked for.
func (r reading) matching(ctx context.Context, p *archive.Parsed, mostRanked int) func(limit int) ([]archive.Candidate, error) {
	var list []match
	more, last := true, int64(math.MaxInt64)
	find := func(most int) (err error) {
		more, last, err = r.matches(ctx, p, last, most, func(id, tally int64, v *told, n int) error {
			list = append(list, match{archive.Candidate{Statement: id, Version: v.version}, tally, int32(v.Day()), int32(v.Words(n))})
			return nil
		})
		return err
	}
	return func(limit int) ([]archive.Candidate, error) {
		switch {
		case last < math.MaxInt64 || !more:
		case p.Sort == archive.ByDate:
			if err := find(math.MaxInt32); err != nil {
				return nil, err
			}
			byDate(list)
		default:
			if err := find(mostRanked); err != nil {
				return nil, err
			}
			if len(list) > 0 {
				statements := list[0].Statement
				if more {
					statements -= last - 1
				}
				byRank(list, phrases(p.Said), statements)
			}
		}
		if limit > len(list) && more {
			if err := find(math.MaxInt32); err != nil {
				return nil, err
			}
		}
		out := make([]archive.Candidate, min(limit, len(list)))
		for i := range out {
			out[i] = list[i].Candidate
		}
		return out, nil
	}
}

// matches hands on the statements with ids below some id that the index of words
// finds and that have all else that is asked for, the one with the highest id
// first, so many at most; more says whether there are others, and last is the id
// of the last that was handed on.
func (r reading) matches(ctx context.Context, p *archive.Parsed, below int64, most int, each func(id, tally int64, v *told, n int) error) (more bool, last int64, err error) {
	fits, err := r.fitting(ctx, p)
	if err != nil {
		return false, below, err
	}
	text, found := expressed(p), 0
	for last, size := below, min(most, batchMatches)+1; ; size *= 4 {
		ids, tallies, err := r.indexed(ctx, text, below, size)
		if err != nil {
			return false, last, err
		}
		at := 0
		err = r.ledger.look(ctx, r.q, ids, func(id int64, v *told, n int) error {
			for ids[at] != id {
				at++
			}
			if !fits(v, n) {
				return nil
			}
			if found == most {
				return errEnough
			}
			found++
			last = id
			return each(id, tallies[at], v, n)
		})
		switch {
		case errors.Is(err, errEnough):
			return true, last, nil
		case err != nil || len(ids) < size:
			return false, last, err
		}
		below = ids[len(ids)-1]
	}
}

// indexed are the statements with ids below some id that the index of words
// finds, those with the highest ids if there are more than size, and how often
// each has each phrase. FTS5 goes through its lists upwards in less time than
// downwards, so it does that first: mostly that is all.
func (r reading) indexed(ctx context.Context, text string, below int64, size int) (ids, tallies []int64, err error) {
	for _, direction := range []string{"", "DESC "} {
		rows, err := r.q.QueryContext(ctx, "SELECT rowid, tally(spoken) FROM spoken WHERE spoken MATCH ? AND rowid < ? ORDER BY rowid "+direction+"LIMIT ?", text, below, size)
		if err != nil {
			return nil, nil, err
		}
		ids, tallies = ids[:0], tallies[:0]
		if _, err := collect(rows, func(scan func(...any) error) (none struct{}, err error) {
			var id, tally int64
			err = scan(&id, &tally)
			ids, tallies = append(ids, id), append(tallies, tally)
			return none, err
		}); err != nil {
			return nil, nil, err
		}
		if direction == "" && len(ids) < size {
			slices.Reverse(ids)
			slices.Reverse(tallies)
			break
		}
	}
	return ids, tallies, nil
}

// batchMatches is how many matches are looked at together, at first.
const batchMatches = 1 << 16

// fitting tells whether a statement has what p asks for beside words.
func (r reading) fitting(ctx context.Context, p *archive.Parsed) (func(v *told, n int) bool, error) {
	var versions map[int64]bool
	if len(p.People) > 0 {
		rows, err := r.q.QueryContext(ctx, "SELECT version FROM trace WHERE person IN ("+places(len(p.People))+")", anys(p.People)...)
		if err != nil {
			return nil, err
		}
		versions = map[int64]bool{}
		if _, err := collect(rows, func(scan func(...any) error) (id int64, err error) {
			err = scan(&id)
			versions[id] = true
			return id, err
		}); err != nil {
			return nil, err
		}
	}
	among := func(list []string, name []byte) bool {
		return slices.ContainsFunc(list, func(s string) bool { return s == string(name) })
	}
	return func(v *told, n int) bool {
		day := archive.Day(v.Day())
		return (versions == nil || versions[v.version]) && day >= p.First && (p.Last == 0 || day != 0 && day <= p.Last) &&
			(len(p.Places) == 0 || slices.Contains(p.Places, v.outlet)) &&
			(len(p.Kinds) == 0 || among(p.Kinds, v.Kind(n))) && (len(p.Forms) == 0 || among(p.Forms, v.Form(n)))
	}, nil
}

// Facets counts what a query finds.
func (r reading) Facets(ctx context.Context, q archive.Query) (*archive.Facets, error) {
	p, err := q.Parse()
	if err != nil {
		return nil, err
	}
	out := archive.NewCounting(p)
	add := func(v *told, n int) error {
		return out.Add(archive.Counted{Number: n, Day: archive.Day(v.Day()), Kind: v.Kind(n), Form: v.Form(n), Facet: v.Bytes()})
	}
	if p.ByWords {
		// One more than is counted tells that there are more.
		_, _, err = r.matches(ctx, p, math.MaxInt64, archive.MostCounted+1, func(_, _ int64, v *told, n int) error { return add(v, n) })
		return out.Facets(), tell(r.path, err)
	}
	text, args := listing(p, "s.id")
	rows, err := r.q.QueryContext(ctx, text, append(args, archive.MostCounted+1)...)
	if err != nil {
		return nil, tell(r.path, err)
	}
	ids, err := collect(rows, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) })
	if err != nil {
		return nil, tell(r.path, err)
	}
	slices.Sort(ids)
	err = r.ledger.look(ctx, r.q, ids, func(_ int64, v *told, n int) error { return add(v, n) })
	return out.Facets(), tell(r.path, err)
}

// listing is a query in SQL that gives columns of the statements s that answer
// p, which asks for no words, the latest first; its last parameter is how many.
func listing(p *archive.Parsed, columns string) (string, []any) {
	var b strings.Builder
	var args []any
	add := func(text string, more ...any) {
		b.WriteString(text)
		args = append(args, more...)
	}
	add("SELECT " + columns + " FROM version v CROSS JOIN statement s ON s.id >= v.first AND s.id < v.first + v.statements WHERE v.current = 1")
	if len(p.People) > 0 {
		add(" AND v.id IN (SELECT t.version FROM trace t WHERE t.person IN ("+places(len(p.People))+"))", anys(p.People)...)
	}
	if len(p.Places) > 0 {
		add(" AND s.outlet IN (SELECT id FROM outlet WHERE folded IN ("+places(len(p.Places))+"))", anys(p.Places)...)
	}
	if len(p.Kinds) > 0 {
		add(" AND s.kind IN ("+places(len(p.Kinds))+")", anys(p.Kinds)...)
	}
	if len(p.Forms) > 0 {
		add(" AND s.form IN ("+places(len(p.Forms))+")", anys(p.Forms)...)
	}
	if p.First > 0 {
		add(" AND v.day >= ?", int64(p.First))
	}
	if p.Last > 0 {
		add(" AND v.day BETWEEN 1 AND ?", int64(p.Last))
	}
	add(" ORDER BY v.day DESC, v.id DESC, s.id LIMIT ?")
	return b.String(), args
}

func places(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// expressed is a query in the language of FTS5. Every word in it is a-z and 0-9.
func expressed(p *archive.Parsed) string {
	var parts []string
	if p.Said != nil {
		parts = append(parts, "("+expression(p.Said)+")")
	}
	if len(p.By) > 0 {
		var names []string
		for _, name := range p.By {
			names = append(names, "("+every(name)+")")
		}
		parts = append(parts, "who : ("+strings.Join(names, " OR ")+")")
	}
	if len(p.Of) > 0 {
		var stems, folded []string
		for _, w := range p.Of {
			stems, folded = append(stems, w.Stem), append(folded, w.Folded)
		}
		parts = append(parts, "(words : ("+every(stems)+") OR about : ("+every(folded)+"))")
	}
	return strings.Join(parts, " AND ")
}

func every(words []string) string { return `"` + strings.Join(words, `" AND "`) + `"` }

func expression(q *terms.Query) string {
	var op string
	switch q.Op {
	case terms.And:
		op = " AND "
	case terms.Or:
		op = " OR "
	case terms.Not:
		op = " NOT "
	default:
		return phrase(q)
	}
	var parts []string
	for _, part := range q.Parts {
		parts = append(parts, "("+expression(part)+")")
	}
	return strings.Join(parts, op)
}

// phrase is one phrase of a query. One of common words is looked for by its
// pairs: a longer one may then be found where it is not, if other words stand
// between its pairs, which the letters tell where they are compared (Exact).
func phrase(q *terms.Query) string {
	stems := make([]string, len(q.Words))
	for i, w := range q.Words {
		stems[i] = w.Stem
	}
	text := strings.Join(stems, " ")
	if n := len(stems); n == 2 || n > 2 && q.Exact {
		if !slices.ContainsFunc(stems, func(s string) bool { return !terms.Common(s) }) {
			return `pairs : "` + terms.Pairs(text) + `"`
		}
	}
	if q.Prefix {
		return `words : "` + text + `" *`
	}
	return `words : "` + text + `"`
}

// phrases is how many phrases expression makes of a query.
func phrases(q *terms.Query) int {
	if q == nil {
		return 0
	}
	if q.Op == terms.Phrase {
		return 1
	}
	n := 0
	for _, part := range q.Parts {
		n += phrases(part)
	}
	return n
}
