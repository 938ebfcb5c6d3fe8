package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// Holder is the version that a statement belongs to.
func (r reading) Holder(ctx context.Context, statement int64) (id int64, err error) {
	err = r.q.QueryRowContext(ctx, "SELECT id FROM version WHERE first <= ? AND first + statements > ? ORDER BY first DESC LIMIT 1", statement, statement).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("statement %d: %w", statement, archive.ErrNotFound)
	}
	return id, tell(r.path, err)
}

// Amend says what people decided about versions.
func (s *store) Amend(ctx context.Context, list ...archive.Amending) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, a := range list {
			if err := w.amend(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// amend replaces everything that is made from a version's findings by what is
// made from them as they are amended.
func (w *writer) amend(ctx context.Context, a archive.Amending) error {
	old, err := load(ctx, w.conn, a.Version)
	if err != nil {
		return err
	}
	v, err := old.Amended(a)
	if err != nil {
		return err
	}
	amended, err := archive.PackAmendments(v.Amendments)
	if err != nil {
		return err
	}
	var outlet int64
	if _, err := w.get(ctx, "SELECT outlet FROM version WHERE id = ?", []any{v.ID}, &outlet); err != nil {
		return err
	}
	if v.Current {
		if err := w.unindex(ctx, old); err != nil {
			return err
		}
		if err := w.undoubt(ctx, old); err != nil {
			return err
		}
		if err := w.doubt(ctx, v.ID, v.Doubts()); err != nil {
			return err
		}
	}
	if err := w.untrace(ctx, old); err != nil {
		return err
	}
	if err := w.unlink(ctx, v.ID, v.First, int64(v.Statements)); err != nil {
		return err
	}
	rows := archive.Rows(v.Doc)
	for _, step := range []struct {
		text string
		args []any
	}{
		{"UPDATE version SET amended = ?, people = ? WHERE id = ?", []any{amended, pack.IDs(v.People), v.ID}},
		{"UPDATE facet SET facet = ? WHERE version = ?", []any{archive.FacetOf(v.Doc, rows, v.Places, v.Statements), v.ID}},
		{"UPDATE counter SET last = last + 1 WHERE name = 'facet'", nil},
		{"DELETE FROM statement WHERE id >= ? AND id < ?", []any{v.First, v.First + int64(v.Statements)}},
	} {
		if err := w.exec(ctx, step.text, step.args...); err != nil {
			return err
		}
	}
	day := archive.DayOf(v.Info.Published)
	if v.Current {
		if err := w.trace(ctx, v.ID, outlet, day, archive.TracesOf(v.Doc, v.Places, v.People, v.First)); err != nil {
			return err
		}
	}
	return w.index(ctx, v, rows, outlet)
}

// index writes the rows of a version's statements, and their words if they are
// to be searched.
func (w *writer) index(ctx context.Context, v *archive.Version, rows []archive.Row, outlet int64) error {
	day := archive.DayOf(v.Info.Published)
	for i := range rows {
		r := &rows[i]
		err := w.exec(ctx, "INSERT INTO statement (id, version, day, outlet, form, kind, found_by, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			v.Statement(i), v.ID, int64(day), outlet, r.Form, r.Kind, r.By, r.Confidence)
		if err == nil && v.Current {
			err = w.speak(ctx, v.Statement(i), r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// speak puts the words of a statement into the index.
func (w *writer) speak(ctx context.Context, statement int64, r *archive.Row) error {
	return w.exec(ctx, "INSERT INTO spoken (rowid, words, who, about, pairs) VALUES (?, ?, ?, ?, ?)", statement, r.Words, r.Who, r.About, r.Pairs)
}
