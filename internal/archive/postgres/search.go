package postgres

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// Search yields the hits of a query.
func (r reading) Search(ctx context.Context, q archive.Query) iter.Seq2[*archive.Hit, error] {
	return func(yield func(*archive.Hit, error) bool) {
		p, err := q.Parse()
		if err != nil {
			yield(nil, err)
			return
		}
		text, args := statement(p, "s.id, s.version", "", order(p))
		err = archive.Answers(p, func(limit int) ([]archive.Candidate, error) {
			return collect(ctx, r.q, func(row pgx.CollectableRow) (c archive.Candidate, err error) {
				return c, row.Scan(&c.Statement, &c.Version)
			}, text, append(args, limit)...)
		}, func(id int64) (*archive.Version, error) { return load(ctx, r.q, id) }, func(h *archive.Hit) bool { return yield(h, nil) })
		if err != nil {
			yield(nil, tell(r.name, err))
		}
	}
}

// Facets counts what a query finds.
func (r reading) Facets(ctx context.Context, q archive.Query) (*archive.Facets, error) {
	p, err := q.Parse()
	if err != nil {
		return nil, err
	}
	by := ""
	if !p.ByWords {
		by = latest
	}
	text, args := statement(p, "s.id - f.first, s.day, s.kind, s.form, f.facet", " JOIN facet f ON f.version = s.version", by)
	rows, err := collect(ctx, r.q, func(row pgx.CollectableRow) (c archive.Counted, err error) {
		return c, row.Scan(&c.Number, &c.Day, &c.Kind, &c.Form, &c.Facet)
	}, text, append(args, archive.MostCounted+1)...)
	if err != nil {
		return nil, tell(r.name, err)
	}
	out := archive.NewCounting(p)
	for _, c := range rows {
		if err := out.Add(c); err != nil {
			return nil, tell(r.name, err)
		}
	}
	return out.Facets(), nil
}

// statement is a query in SQL that gives columns of the statements s that
// answer p; join is what else they come from, by is their order. Its last
// parameter is how many rows to give.
func statement(p *archive.Parsed, columns, join, by string) (string, []any) {
	var b strings.Builder
	var args []any
	add := func(text string, more ...any) {
		for _, x := range more {
			args = append(args, x)
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		b.WriteString(text)
	}
	// The words lead where there are any; else the articles do, by their day.
	day := "v.day"
	if p.ByWords {
		day = "s.day"
		add("SELECT "+columns+" FROM CAST(CAST(? AS text) AS tsquery) AS q, statement s"+join+" WHERE s.spoken @@ q", match(p))
	} else {
		add("SELECT " + columns + " FROM version v CROSS JOIN LATERAL (SELECT * FROM statement s WHERE s.id >= v.first AND s.id < v.first + v.statements ORDER BY s.id) s" + join + " WHERE v.current")
	}
	if len(p.People) > 0 {
		add(" AND EXISTS (SELECT 1 FROM trace t WHERE t.person = ANY (?) AND t.day = s.day AND t.version = s.version)", p.People)
	}
	if len(p.Places) > 0 {
		add(" AND s.outlet IN (SELECT id FROM outlet WHERE folded = ANY (?))", p.Places)
	}
	if len(p.Kinds) > 0 {
		add(" AND s.kind = ANY (?)", p.Kinds)
	}
	if len(p.Forms) > 0 {
		add(" AND s.form = ANY (?)", p.Forms)
	}
	if p.First > 0 {
		add(" AND "+day+" >= ?", int32(p.First))
	}
	if p.Last > 0 {
		add(" AND "+day+" BETWEEN 1 AND ?", int32(p.Last))
	}
	fmt.Fprintf(&b, "%s LIMIT $%d", by, len(args)+1)
	return b.String(), args
}

// latest is the order of statements that are not found by words.
const latest = " ORDER BY v.day DESC, v.id DESC, s.id"

// order is the order of the hits of p.
func order(p *archive.Parsed) string {
	switch {
	case !p.ByWords:
		return latest
	case p.Sort == archive.ByDate:
		return " ORDER BY s.day DESC, s.version DESC, s.id"
	}
	// The weights of D, C, B and A: only the words count. 1 divides by the
	// length's logarithm.
	return " ORDER BY ts_rank('{0,0,0,1}', s.spoken, q, 1) DESC, s.id"
}

// match is a query as a tsquery. Every word in it is a-z and 0-9.
func match(p *archive.Parsed) string {
	var parts []string
	if p.Said != nil {
		parts = append(parts, "("+expression(p.Said)+")")
	}
	if len(p.By) > 0 {
		var names []string
		for _, name := range p.By {
			names = append(names, "("+every(name, ":B")+")")
		}
		parts = append(parts, "("+strings.Join(names, " | ")+")")
	}
	if len(p.Of) > 0 {
		var stems, folded []string
		for _, w := range p.Of {
			stems, folded = append(stems, w.Stem), append(folded, w.Folded)
		}
		parts = append(parts, "(("+every(stems, ":A")+") | ("+every(folded, ":C")+"))")
	}
	return strings.Join(parts, " & ")
}

func every(words []string, weight string) string {
	return strings.Join(words, weight+" & ") + weight
}

func expression(q *terms.Query) string {
	if q.Op == terms.Phrase {
		if q.Prefix {
			return q.Words[0].Stem + ":*A"
		}
		var stems []string
		for _, w := range q.Words {
			stems = append(stems, w.Stem)
		}
		return strings.Join(stems, ":A <-> ") + ":A"
	}
	op := map[terms.Op]string{terms.And: " & ", terms.Or: " | ", terms.Not: " & !"}[q.Op]
	var parts []string
	for _, part := range q.Parts {
		parts = append(parts, "("+expression(part)+")")
	}
	return strings.Join(parts, op)
}
