package postgres

import (
	"context"
	"math"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
)

// Unlinked lists versions that have not been compared.
func (r reading) Unlinked(ctx context.Context, from int64, limit int) ([]archive.Dated, error) {
	list, err := collect(ctx, r.q, pgx.RowToStructByPos[archive.Dated], `SELECT id, day FROM version v WHERE v.id >= $1 AND v.current
		AND NOT EXISTS (SELECT 1 FROM linked l WHERE l.version = v.id) ORDER BY v.id LIMIT $2`, from, limit)
	return list, tell(r.name, err)
}

// Calendar lists versions by day.
func (r reading) Calendar(ctx context.Context, since, until archive.Day) ([]archive.Dated, error) {
	list, err := collect(ctx, r.q, pgx.RowToStructByPos[archive.Dated],
		"SELECT id, day FROM version WHERE current AND (day = 0 OR day BETWEEN $1 AND $2) ORDER BY day, id", since, until)
	return list, tell(r.name, err)
}

// Link keeps what was found about versions. A version may have been forgotten
// since it was read.
func (s *store) Link(ctx context.Context, found ...archive.Linking) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		for _, l := range found {
			unlink(b, l.Version)
			b.Queue("INSERT INTO linked (version, text, share) SELECT id, $2::bigint, $3::smallint FROM version WHERE id = $1", l.Version, l.Text, portion(l.Share))
			for _, m := range l.Members {
				b.Queue("INSERT INTO printing (statement, utterance) SELECT id, $2::bigint FROM statement WHERE id = $1 ON CONFLICT (statement) DO UPDATE SET utterance = excluded.utterance", m.Statement, m.Utterance)
			}
			for _, t := range l.Ties {
				b.Queue(`INSERT INTO tie (later, earlier, relation, likelihood) SELECT l.id, e.id, $3::text, $4::smallint FROM statement l, statement e WHERE l.id = $1 AND e.id = $2
					ON CONFLICT (later, earlier) DO UPDATE SET relation = excluded.relation, likelihood = excluded.likelihood`, t.Later, t.Earlier, t.Relation, portion(t.Likelihood))
			}
		}
		return tx.SendBatch(ctx, b).Close()
	})
}

// unlink queues the removal of what is known of a version's statements.
func unlink(b *pgx.Batch, version int64) {
	b.Queue("DELETE FROM linked WHERE version = $1", version)
	for _, column := range []string{"printing WHERE statement", "tie WHERE later", "tie WHERE earlier"} {
		b.Queue("DELETE FROM "+column+" IN (SELECT id FROM statement WHERE id BETWEEN (SELECT first FROM version WHERE id = $1) AND (SELECT first + statements - 1 FROM version WHERE id = $1))", version)
	}
}

// Unlink forgets all that was found.
func (s *store) Unlink(ctx context.Context) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM linked; DELETE FROM printing; DELETE FROM tie")
		return err
	})
}

func portion(x float64) int64 { return int64(math.Round(max(0, min(x, 1)) * archive.Portion)) }

// Printings lists the statements of an utterance.
func (r reading) Printings(ctx context.Context, statement int64) (int64, []archive.Candidate, error) {
	var utterance int64
	if err := r.q.QueryRow(ctx, "SELECT coalesce((SELECT utterance FROM printing WHERE statement = $1), $1)", statement).Scan(&utterance); err != nil {
		return 0, nil, tell(r.name, err)
	}
	list, err := collect(ctx, r.q, pgx.RowToStructByPos[archive.Candidate], `SELECT s.id, s.version FROM statement s JOIN version v ON v.id = s.version
		WHERE (s.id = $1 OR s.id IN (SELECT statement FROM printing WHERE utterance = $2)) AND v.current ORDER BY s.id`, statement, utterance)
	return utterance, list, tell(r.name, err)
}

// Members tells which utterance statements belong to.
func (r reading) Members(ctx context.Context, statements ...int64) ([]archive.Member, error) {
	list, err := collect(ctx, r.q, pgx.RowToStructByPos[archive.Member], "SELECT statement, utterance FROM printing WHERE statement = ANY ($1) ORDER BY statement", statements)
	return list, tell(r.name, err)
}

func scanTie(row pgx.CollectableRow) (t archive.Tie, err error) {
	var likelihood int64
	err = row.Scan(&t.Later, &t.Earlier, &t.Relation, &likelihood)
	t.Likelihood = float64(likelihood) / archive.Portion
	return t, err
}

// Ties lists the ties of a statement.
func (r reading) Ties(ctx context.Context, statement int64) ([]archive.Tie, error) {
	list, err := collect(ctx, r.q, scanTie, `SELECT t.later, t.earlier, t.relation, t.likelihood FROM tie t
		JOIN statement s ON s.id = t.later + t.earlier - $1 JOIN version v ON v.id = s.version
		WHERE (t.later = $1 OR t.earlier = $1) AND v.current ORDER BY t.likelihood DESC, t.later, t.earlier`, statement)
	return list, tell(r.name, err)
}

// Copies lists the versions that print one text.
func (r reading) Copies(ctx context.Context, version int64) ([]archive.Reprint, error) {
	list, err := collect(ctx, r.q, func(row pgx.CollectableRow) (c archive.Reprint, err error) {
		var share int64
		err = row.Scan(&c.Version, &c.Text, &c.Day, &c.Outlet, &share)
		c.Share = float64(share) / archive.Portion
		return c, err
	}, `WITH first AS (SELECT coalesce((SELECT text FROM linked WHERE version = $1), $1) AS text)
		SELECT v.id, l.text, v.day, coalesce(o.name, ''), l.share FROM first, linked l JOIN version v ON v.id = l.version LEFT JOIN outlet o ON o.id = v.outlet
		WHERE (l.version = first.text OR l.text = first.text AND l.text <> l.version) AND v.current ORDER BY v.day, v.id`, version)
	return list, tell(r.name, err)
}
