package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// Holder is the version that a statement belongs to.
func (r reading) Holder(ctx context.Context, statement int64) (id int64, err error) {
	err = r.q.QueryRow(ctx, "SELECT id FROM version WHERE first <= $1 AND first + statements > $1 ORDER BY first DESC LIMIT 1", statement).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, fmt.Errorf("statement %d: %w", statement, archive.ErrNotFound)
	}
	return id, tell(r.name, err)
}

// Amend says what people decided about versions.
func (s *store) Amend(ctx context.Context, list ...archive.Amending) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		for _, a := range list {
			if err := amend(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// amend replaces everything that is made from a version's findings by what is
// made from them as they are amended.
func amend(ctx context.Context, tx pgx.Tx, a archive.Amending) error {
	old, err := load(ctx, tx, a.Version)
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
	if err := tx.QueryRow(ctx, "SELECT outlet FROM version WHERE id = $1", v.ID).Scan(&outlet); err != nil {
		return err
	}
	day := int32(archive.DayOf(v.Info.Published))
	b := &pgx.Batch{}
	unlink(b, v.ID)
	b.Queue("DELETE FROM trace WHERE person = ANY ($1) AND day = $2 AND version = $3", old.People, day, v.ID)
	b.Queue("DELETE FROM statement WHERE id >= $1 AND id < $2", v.First, v.First+int64(v.Statements))
	b.Queue("UPDATE version SET amended = $1, people = $2 WHERE id = $3", amended, pack.IDs(v.People), v.ID)
	b.Queue("UPDATE facet SET facet = $1 WHERE version = $2", archive.FacetOf(v.Doc, archive.Rows(v.Doc), v.Places, v.Statements), v.ID)
	b.Queue("DELETE FROM doubt WHERE version = $1", v.ID)
	if v.Current {
		doubt(b, v.ID, v.Doubts())
	}
	for i, r := range archive.Rows(v.Doc) {
		spoken := pgtype.TSVector{}
		if v.Current {
			spoken = lexemes(r)
		}
		b.Queue("INSERT INTO statement (id, version, day, outlet, form, kind, found_by, confidence, spoken) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			v.Statement(i), v.ID, day, outlet, r.Form, r.Kind, r.By, int16(r.Confidence), spoken)
	}
	if v.Current {
		for _, t := range archive.TracesOf(v.Doc, v.Places, v.People, v.First) {
			b.Queue("INSERT INTO trace (person, day, version, outlet, trace) VALUES ($1, $2, $3, $4, $5)", t.Person, day, v.ID, outlet, t.Trace)
		}
	}
	return tx.SendBatch(ctx, b).Close()
}
