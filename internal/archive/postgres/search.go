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
		text, args := statement(p)
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

// statement is a query in SQL; its last parameter is how many rows to give.
func statement(p *archive.Parsed) (string, []any) {
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
		add("SELECT s.id, s.version FROM statement s, CAST(CAST(? AS text) AS tsquery) AS q WHERE s.spoken @@ q", match(p))
	} else {
		add("SELECT s.id, v.id FROM version v CROSS JOIN LATERAL (SELECT * FROM statement s WHERE s.id >= v.first AND s.id < v.first + v.statements ORDER BY s.id) s WHERE v.current")
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
	switch {
	case !p.ByWords:
		add(" ORDER BY v.day DESC, v.id DESC, s.id")
	case p.Sort == archive.ByDate:
		add(" ORDER BY s.day DESC, s.version DESC, s.id")
	default:
		// The weights of D, C, B and A: only the words count. 1 divides by the
		// length's logarithm.
		add(" ORDER BY ts_rank('{0,0,0,1}', s.spoken, q, 1) DESC, s.id")
	}
	args = append(args, 0)
	fmt.Fprintf(&b, " LIMIT $%d", len(args))
	return b.String(), args[:len(args)-1]
}

// match is a query as a tsquery. Every word in it is a-z and 0-9.
func match(p *archive.Parsed) string {
	var parts []string
	if p.Said != nil {
		parts = append(parts, "("+expression(p.Said)+")")
	}
	if len(p.By) > 0 {
		parts = append(parts, every(p.By, ":B"))
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
