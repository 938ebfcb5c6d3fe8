package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"strings"

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
		text, args := statement(p, "s.id, s.version", "")
		text += order(p)
		err = archive.Answers(p, func(limit int) ([]archive.Candidate, error) {
			rows, err := r.q.QueryContext(ctx, text, append(args, limit)...)
			if err != nil {
				return nil, err
			}
			return collect(rows, func(scan func(...any) error) (c archive.Candidate, err error) {
				return c, scan(&c.Statement, &c.Version)
			})
		}, func(id int64) (*archive.Version, error) { return load(ctx, r.q, id) }, func(h *archive.Hit) bool { return yield(h, nil) })
		if err != nil {
			yield(nil, tell(r.path, err))
		}
	}
}

// Facets counts what a query finds.
func (r reading) Facets(ctx context.Context, q archive.Query) (*archive.Facets, error) {
	p, err := q.Parse()
	if err != nil {
		return nil, err
	}
	text, args := statement(p, "s.id - f.first, s.day, s.kind, s.form, f.facet", " JOIN facet f ON f.version = s.version")
	if !p.ByWords {
		text += latest
	}
	rows, err := r.q.QueryContext(ctx, text+" LIMIT ?", append(args, archive.MostCounted+1)...)
	if err != nil {
		return nil, tell(r.path, err)
	}
	defer rows.Close()
	out := archive.NewFacets(p)
	var c archive.Counted
	var facet sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&c.Number, &c.Day, &c.Kind, &c.Form, &facet); err != nil {
			return nil, tell(r.path, err)
		}
		c.Facet = facet
		if err := out.Add(c); err != nil {
			return nil, tell(r.path, err)
		}
	}
	return out, tell(r.path, rows.Err())
}

// statement is a query in SQL that gives columns of the statements s that
// answer p; join is what else they come from.
func statement(p *archive.Parsed, columns, join string) (string, []any) {
	var b strings.Builder
	var args []any
	add := func(text string, more ...any) {
		b.WriteString(text)
		args = append(args, more...)
	}
	// The words lead where there are any; else the articles do, by their day.
	day := "v.day"
	if p.ByWords {
		day = "s.day"
		add("SELECT "+columns+" FROM spoken JOIN statement s ON s.id = spoken.rowid"+join+" WHERE spoken MATCH ?", match(p))
	} else {
		add("SELECT " + columns + " FROM version v CROSS JOIN statement s ON s.id >= v.first AND s.id < v.first + v.statements" + join + " WHERE v.current = 1")
	}
	switch {
	case len(p.People) == 0:
	case !p.ByWords:
		add(" AND v.id IN (SELECT t.version FROM trace t WHERE t.person IN ("+places(len(p.People))+"))", anys(p.People)...)
	default:
		add(" AND EXISTS (SELECT 1 FROM trace t WHERE t.person IN ("+places(len(p.People))+") AND t.day = s.day AND t.version = s.version)", anys(p.People)...)
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
		add(" AND "+day+" >= ?", int64(p.First))
	}
	if p.Last > 0 {
		add(" AND "+day+" BETWEEN 1 AND ?", int64(p.Last))
	}
	return b.String(), args
}

// latest is the order of statements that are not found by words.
const latest = " ORDER BY v.day DESC, v.id DESC, s.id"

// order is the order of the hits of p, and a limit.
func order(p *archive.Parsed) string {
	switch {
	case !p.ByWords:
		return latest + " LIMIT ?"
	case p.Sort == archive.ByDate:
		return " ORDER BY s.day DESC, s.version DESC, s.id LIMIT ?"
	}
	return " ORDER BY rank LIMIT ?"
}

func places(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// match is a query in the language of FTS5. Every word in it is a-z and 0-9.
func match(p *archive.Parsed) string {
	var parts []string
	if p.Said != nil {
		parts = append(parts, "words : ("+expression(p.Said)+")")
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
		var stems []string
		for _, w := range q.Words {
			stems = append(stems, w.Stem)
		}
		phrase := `"` + strings.Join(stems, " ") + `"`
		if q.Prefix {
			phrase += " *"
		}
		return phrase
	}
	var parts []string
	for _, part := range q.Parts {
		parts = append(parts, "("+expression(part)+")")
	}
	return strings.Join(parts, op)
}
