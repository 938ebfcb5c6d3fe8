package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
)

// Decide keeps a decision; one that has an id keeps it.
func (s *store) Decide(ctx context.Context, d archive.Decision) (id int64, err error) {
	err = s.change(ctx, func(tx pgx.Tx) error {
		id, err = decide(ctx, tx, d)
		return err
	})
	return id, err
}

func decide(ctx context.Context, tx pgx.Tx, d archive.Decision) (id int64, err error) {
	if id = d.ID; id == 0 {
		id, err = next(ctx, tx, "decision", 1)
	} else {
		_, err = tx.Exec(ctx, "UPDATE counter SET last = greatest(last, $1) WHERE name = 'decision'", id)
	}
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, "INSERT INTO decision (id, made, who, why, what, about, undone, undoer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		id, millis(d.Made), d.Who, d.Why, d.What, notNil(d.About), millis(d.Undone), d.By)
	return id, err
}

// Undo marks a decision as undone.
func (s *store) Undo(ctx context.Context, id int64, who string, at time.Time) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		var undone int64
		err := tx.QueryRow(ctx, "SELECT undone FROM decision WHERE id = $1", id).Scan(&undone)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("decision %d: %w", id, archive.ErrNotFound)
		case err != nil:
			return err
		case undone != 0:
			return nil
		}
		_, err = tx.Exec(ctx, "UPDATE decision SET undone = $1, undoer = $2 WHERE id = $3", millis(at), who, id)
		return err
	})
}

// Rewrite replaces what decisions were about.
func (s *store) Rewrite(ctx context.Context, list ...archive.Decision) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		b := &pgx.Batch{}
		for _, d := range list {
			b.Queue("UPDATE decision SET why = $1, about = $2 WHERE id = $3", d.Why, notNil(d.About), d.ID)
		}
		return tx.SendBatch(ctx, b).Close()
	})
}

// Decisions yields all decisions, oldest first.
func (r reading) Decisions(ctx context.Context) iter.Seq2[archive.Decision, error] {
	return all(ctx, r, "SELECT id, made, who, why, what, about, undone, undoer FROM decision ORDER BY id", func(row pgx.CollectableRow) (d archive.Decision, err error) {
		var made, undone int64
		err = row.Scan(&d.ID, &made, &d.Who, &d.Why, &d.What, &d.About, &undone, &d.By)
		d.Made, d.Undone = moment(made), moment(undone)
		return d, err
	})
}

// PutFeed keeps the state of a feed.
func (s *store) PutFeed(ctx context.Context, f archive.Feed) error {
	return s.exec(ctx, "INSERT INTO feed (url, due, state) VALUES ($1, $2, $3) ON CONFLICT (url) DO UPDATE SET due = $2, state = $3", f.URL, millis(f.Due), notNil(f.State))
}

// RemoveFeed forgets the state of a feed.
func (s *store) RemoveFeed(ctx context.Context, url string) error {
	return s.exec(ctx, "DELETE FROM feed WHERE url = $1", url)
}

// exec is a transaction of one statement.
func (s *store) exec(ctx context.Context, text string, args ...any) error {
	return s.change(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, text, args...)
		return err
	})
}

// Feeds yields the state of all feeds.
func (r reading) Feeds(ctx context.Context) iter.Seq2[archive.Feed, error] {
	return all(ctx, r, `SELECT url, due, state FROM feed ORDER BY url COLLATE "C"`, func(row pgx.CollectableRow) (f archive.Feed, err error) {
		var due int64
		err = row.Scan(&f.URL, &due, &f.State)
		f.Due = moment(due)
		return f, err
	})
}

// Tombstones yields what was forgotten.
func (r reading) Tombstones(ctx context.Context) iter.Seq2[archive.Tombstone, error] {
	return all(ctx, r, "SELECT key, what, made FROM tombstone ORDER BY made, key", func(row pgx.CollectableRow) (t archive.Tombstone, err error) {
		var made int64
		err = row.Scan(&t.Key, &t.What, &made)
		t.Made = moment(made)
		return t, err
	})
}

// Entomb adds a tombstone.
func (s *store) Entomb(ctx context.Context, t archive.Tombstone) error {
	return s.exec(ctx, entomb, t.Key, t.What, millis(t.Made))
}

const entomb = "INSERT INTO tombstone (key, what, made) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"

// all yields the rows of a table that is short: it is read whole first.
func all[T any](ctx context.Context, r reading, text string, scan func(pgx.CollectableRow) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		list, err := collect(ctx, r.q, scan, text)
		if err != nil {
			var none T
			yield(none, tell(r.name, err))
			return
		}
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}
