package sqlite

import (
	"context"
	"math"
	"strings"

	"whosaid/internal/archive"
)

// Unlinked lists versions that have not been compared.
func (r reading) Unlinked(ctx context.Context, from int64, limit int) ([]archive.Dated, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT id, day FROM version v WHERE v.id >= ? AND v.current = 1
		AND NOT EXISTS (SELECT 1 FROM linked l WHERE l.version = v.id) ORDER BY v.id LIMIT ?`, from, limit)
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, scanDated)
	return list, tell(r.path, err)
}

// Calendar lists versions by day.
func (r reading) Calendar(ctx context.Context, since, until archive.Day) ([]archive.Dated, error) {
	rows, err := r.q.QueryContext(ctx, "SELECT id, day FROM version WHERE current = 1 AND (day = 0 OR day BETWEEN ? AND ?) ORDER BY day, id", int64(since), int64(until))
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, scanDated)
	return list, tell(r.path, err)
}

func scanDated(scan func(...any) error) (d archive.Dated, err error) {
	return d, scan(&d.Version, &d.Day)
}

// Link keeps what was found about versions.
func (s *store) Link(ctx context.Context, found ...archive.Linking) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, l := range found {
			if err := w.link(ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) link(ctx context.Context, l archive.Linking) error {
	// The version may have been forgotten since it was read.
	var first, statements int64
	there, err := w.get(ctx, "SELECT first, statements FROM version WHERE id = ?", []any{l.Version}, &first, &statements)
	if err != nil || !there {
		return err
	}
	if err := w.unlink(ctx, l.Version, first, statements); err != nil {
		return err
	}
	if err := w.exec(ctx, "INSERT INTO linked (version, text, share) VALUES (?, ?, ?)", l.Version, l.Text, portion(l.Share)); err != nil {
		return err
	}
	for _, m := range l.Members {
		err := w.exec(ctx, "INSERT OR REPLACE INTO printing (statement, utterance) SELECT id, ? FROM statement WHERE id = ?", m.Utterance, m.Statement)
		if err != nil {
			return err
		}
	}
	for _, t := range l.Ties {
		err := w.exec(ctx, "INSERT OR REPLACE INTO tie (later, earlier, relation, likelihood) SELECT ?, id, ?, ? FROM statement WHERE id = ?",
			t.Later, t.Relation, portion(t.Likelihood), t.Earlier)
		if err != nil {
			return err
		}
	}
	return nil
}

// unlink removes what is known of a version's statements.
func (w *writer) unlink(ctx context.Context, version, first, statements int64) error {
	for _, step := range []struct {
		text string
		args []any
	}{
		{"DELETE FROM linked WHERE version = ?", []any{version}},
		{"DELETE FROM printing WHERE statement >= ? AND statement < ?", []any{first, first + statements}},
		{"DELETE FROM tie WHERE later >= ? AND later < ?", []any{first, first + statements}},
		{"DELETE FROM tie WHERE earlier >= ? AND earlier < ?", []any{first, first + statements}},
	} {
		if err := w.exec(ctx, step.text, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// Unlink forgets all that was found.
func (s *store) Unlink(ctx context.Context) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, table := range []string{"linked", "printing", "tie"} {
			if err := w.exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		return nil
	})
}

func portion(x float64) int64 { return int64(math.Round(max(0, min(x, 1)) * archive.Portion)) }

// Printings lists the statements of an utterance.
func (r reading) Printings(ctx context.Context, statement int64) (int64, []archive.Candidate, error) {
	utterance := statement
	if err := r.q.QueryRowContext(ctx, "SELECT coalesce((SELECT utterance FROM printing WHERE statement = ?), ?)", statement, statement).Scan(&utterance); err != nil {
		return 0, nil, tell(r.path, err)
	}
	rows, err := r.q.QueryContext(ctx, `SELECT s.id, s.version FROM statement s JOIN version v ON v.id = s.version
		WHERE (s.id = ? OR s.id IN (SELECT statement FROM printing WHERE utterance = ?)) AND v.current = 1 ORDER BY s.id`, statement, utterance)
	if err != nil {
		return 0, nil, tell(r.path, err)
	}
	list, err := collect(rows, func(scan func(...any) error) (c archive.Candidate, err error) {
		return c, scan(&c.Statement, &c.Version)
	})
	return utterance, list, tell(r.path, err)
}

// Members tells which utterance statements belong to.
func (r reading) Members(ctx context.Context, statements ...int64) ([]archive.Member, error) {
	if len(statements) == 0 {
		return nil, nil
	}
	args := make([]any, len(statements))
	for i, id := range statements {
		args[i] = id
	}
	rows, err := r.q.QueryContext(ctx, "SELECT statement, utterance FROM printing WHERE statement IN (?"+strings.Repeat(", ?", len(args)-1)+") ORDER BY statement", args...)
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, func(scan func(...any) error) (m archive.Member, err error) {
		return m, scan(&m.Statement, &m.Utterance)
	})
	return list, tell(r.path, err)
}

// Ties lists the ties of a statement.
func (r reading) Ties(ctx context.Context, statement int64) ([]archive.Tie, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT t.later, t.earlier, t.relation, t.likelihood FROM tie t
		JOIN statement s ON s.id = t.later + t.earlier - ? JOIN version v ON v.id = s.version
		WHERE (t.later = ? OR t.earlier = ?) AND v.current = 1 ORDER BY t.likelihood DESC, t.later, t.earlier`, statement, statement, statement)
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, scanTie)
	return list, tell(r.path, err)
}

func scanTie(scan func(...any) error) (t archive.Tie, err error) {
	var likelihood int64
	err = scan(&t.Later, &t.Earlier, &t.Relation, &likelihood)
	t.Likelihood = float64(likelihood) / archive.Portion
	return t, err
}

// Copies lists the versions that print one text.
func (r reading) Copies(ctx context.Context, version int64) ([]archive.Reprint, error) {
	text := version
	if err := r.q.QueryRowContext(ctx, "SELECT coalesce((SELECT text FROM linked WHERE version = ?), ?)", version, version).Scan(&text); err != nil {
		return nil, tell(r.path, err)
	}
	rows, err := r.q.QueryContext(ctx, `SELECT v.id, l.text, v.day, coalesce(o.name, ''), l.share FROM linked l JOIN version v ON v.id = l.version LEFT JOIN outlet o ON o.id = v.outlet
		WHERE l.version IN (SELECT ? UNION SELECT version FROM linked WHERE text = ? AND text <> version) AND v.current = 1 ORDER BY v.day, v.id`, text, text)
	if err != nil {
		return nil, tell(r.path, err)
	}
	list, err := collect(rows, func(scan func(...any) error) (c archive.Reprint, err error) {
		var share int64
		err = scan(&c.Version, &c.Text, &c.Day, &c.Outlet, &share)
		c.Share = float64(share) / archive.Portion
		return c, err
	})
	return list, tell(r.path, err)
}
