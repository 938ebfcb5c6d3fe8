package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"whosaid/internal/archive"
)

// Decide keeps a decision; one that has an id keeps it.
func (s *store) Decide(ctx context.Context, d archive.Decision) (id int64, err error) {
	err = s.change(ctx, func(ctx context.Context, w *writer) error {
		id, err = w.decide(ctx, d)
		return err
	})
	return id, err
}

func (w *writer) decide(ctx context.Context, d archive.Decision) (id int64, err error) {
	if id = d.ID; id == 0 {
		id, err = w.next(ctx, "decision", 1)
	} else {
		err = w.exec(ctx, "UPDATE counter SET last = max(last, ?) WHERE name = 'decision'", id)
	}
	if err != nil {
		return 0, err
	}
	return id, w.exec(ctx, "INSERT INTO decision (id, made, who, why, what, about, undone, undoer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, millis(d.Made), d.Who, d.Why, d.What, notNil(d.About), millis(d.Undone), d.By)
}

// Undo marks a decision as undone.
func (s *store) Undo(ctx context.Context, id int64, who string, at time.Time) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		var undone int64
		found, err := w.get(ctx, "SELECT undone FROM decision WHERE id = ?", []any{id}, &undone)
		switch {
		case err != nil:
			return err
		case !found:
			return fmt.Errorf("decision %d: %w", id, archive.ErrNotFound)
		case undone != 0:
			return nil
		}
		return w.exec(ctx, "UPDATE decision SET undone = ?, undoer = ? WHERE id = ?", millis(at), who, id)
	})
}

// Rewrite replaces what decisions were about.
func (s *store) Rewrite(ctx context.Context, list ...archive.Decision) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		for _, d := range list {
			if err := w.exec(ctx, "UPDATE decision SET why = ?, about = ? WHERE id = ?", d.Why, notNil(d.About), d.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Decisions yields all decisions, oldest first.
func (r reading) Decisions(ctx context.Context) iter.Seq2[archive.Decision, error] {
	return all(ctx, r, "SELECT id, made, who, why, what, about, undone, undoer FROM decision ORDER BY id", func(scan func(...any) error) (d archive.Decision, err error) {
		var made, undone int64
		err = scan(&d.ID, &made, &d.Who, &d.Why, &d.What, &d.About, &undone, &d.By)
		d.Made, d.Undone = moment(made), moment(undone)
		return d, err
	})
}

// PutFeed keeps the state of a feed.
func (s *store) PutFeed(ctx context.Context, f archive.Feed) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error {
		return w.exec(ctx, "INSERT OR REPLACE INTO feed (url, due, state) VALUES (?, ?, ?)", f.URL, millis(f.Due), notNil(f.State))
	})
}

// RemoveFeed forgets the state of a feed.
func (s *store) RemoveFeed(ctx context.Context, url string) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error { return w.exec(ctx, "DELETE FROM feed WHERE url = ?", url) })
}

// Feeds yields the state of all feeds.
func (r reading) Feeds(ctx context.Context) iter.Seq2[archive.Feed, error] {
	return all(ctx, r, "SELECT url, due, state FROM feed ORDER BY url", func(scan func(...any) error) (f archive.Feed, err error) {
		var due int64
		err = scan(&f.URL, &due, &f.State)
		f.Due = moment(due)
		return f, err
	})
}

// Tombstones yields what was forgotten.
func (r reading) Tombstones(ctx context.Context) iter.Seq2[archive.Tombstone, error] {
	return all(ctx, r, "SELECT key, what, made FROM tombstone ORDER BY made, key", func(scan func(...any) error) (t archive.Tombstone, err error) {
		var made int64
		err = scan(&t.Key, &t.What, &made)
		t.Made = moment(made)
		return t, err
	})
}

// Entomb adds a tombstone.
func (s *store) Entomb(ctx context.Context, t archive.Tombstone) error {
	return s.change(ctx, func(ctx context.Context, w *writer) error { return w.entomb(ctx, t) })
}

func (w *writer) entomb(ctx context.Context, t archive.Tombstone) error {
	return w.exec(ctx, "INSERT OR IGNORE INTO tombstone (key, what, made) VALUES (?, ?, ?)", t.Key, t.What, millis(t.Made))
}

// all yields the rows of a table that is short: it is read whole first.
func all[T any](ctx context.Context, r reading, text string, scan func(func(...any) error) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var list []T
		rows, err := r.q.QueryContext(ctx, text)
		if err == nil {
			list, err = collect[T](rows, scan)
		}
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, tell(r.path, err))
		}
	}
}

func newReading(db *sql.DB, path string) reading {
	p := newPool(db)
	return reading{q: p, db: p, path: path, ledger: &ledger{}}
}

// millis is a time as the tables have it: milliseconds since 1970, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return instant(ms)
}
