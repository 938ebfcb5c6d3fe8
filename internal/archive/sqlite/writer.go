package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// A writer is the one connection of a process that writes.
type writer struct {
	mu   sync.Mutex
	db   *sql.DB
	conn *sql.Conn
	path string

	prepared map[string]*sql.Stmt
	names    map[string]map[string]int64 // ids of outlets and readers, by table
	changes  int64                       // SQLite's count of what others changed when names were learnt
}

func newWriter(ctx context.Context, path string, wait time.Duration) (*writer, error) {
	db, err := sql.Open("sqlite", address(path, "rwc", wait,
		"page_size(8192)", "journal_mode(wal)", "synchronous(full)", "secure_delete(1)",
		"cache_size(-65536)", "wal_autocheckpoint(12000)", "journal_size_limit(100663296)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &writer{db: db, conn: conn, path: path, prepared: map[string]*sql.Stmt{}, names: map[string]map[string]int64{}}, nil
}

func (w *writer) close() error {
	for _, s := range w.prepared {
		s.Close()
	}
	return errors.Join(w.conn.Close(), w.db.Close())
}

// transaction runs do as one transaction; after an error nothing of it is left.
// The lock is taken at once, so that no write fails halfway for another's.
//
// The driver watches a context that can be cancelled from a goroutine of its
// own for every statement, which costs more than most statements; so do looks
// at ctx where it is convenient, and hands the statements one that cannot be.
func (w *writer) transaction(ctx context.Context, do func(ctx context.Context) error) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// Some errors have ended the transaction already.
			_, _ = w.conn.ExecContext(ctx, "ROLLBACK")
			clear(w.names)
		}
	}()
	var changes int64
	if err := w.conn.QueryRowContext(ctx, "SELECT data_version FROM pragma_data_version").Scan(&changes); err != nil {
		return err
	}
	if changes != w.changes {
		clear(w.names)
		w.changes = changes
	}
	if err := do(ctx); err != nil {
		return err
	}
	_, err = w.conn.ExecContext(ctx, "COMMIT")
	return err
}

// statement is a prepared statement.
func (w *writer) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := w.prepared[text]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, text)
	}
	w.prepared[text] = s
	return s, nil
}

// exec runs a statement of a transaction.
func (w *writer) exec(ctx context.Context, text string, args ...any) error {
	s, err := w.statement(ctx, text)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx, args...)
	return err
}

// rows inserts n rows of so many columns into a table, 16 to a statement, then
// 8, 4, 2 and 1: handing a statement to SQLite costs about what a row does. row
// appends the values of row i.
func (w *writer) rows(ctx context.Context, into string, columns, n int, row func(args []any, i int) []any) error {
	place := "(" + places(columns) + ")"
	for i, together := 0, 16; i < n; {
		if together > n-i {
			together /= 2
			continue
		}
		args := make([]any, 0, together*columns)
		for k := range together {
			args = row(args, i+k)
		}
		if err := w.exec(ctx, "INSERT INTO "+into+" VALUES "+place+strings.Repeat(", "+place, together-1), args...); err != nil {
			return err
		}
		i += together
	}
	return nil
}

// get reads one row in a transaction; found is false where there is none.
func (w *writer) get(ctx context.Context, text string, args []any, into ...any) (found bool, err error) {
	s, err := w.statement(ctx, text)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// counters are the ids given out last, read and written once a transaction.
type counters struct{ article, version, statement, text, page int64 }

var counterNames = [...]string{"article", "version", "statement", "text", "page"}

func (c *counters) fields() [5]*int64 {
	return [...]*int64{&c.article, &c.version, &c.statement, &c.text, &c.page}
}

func (w *writer) counters(ctx context.Context) (c counters, err error) {
	for i, p := range c.fields() {
		if _, err := w.get(ctx, "SELECT last FROM counter WHERE name = ?", []any{counterNames[i]}, p); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (w *writer) setCounters(ctx context.Context, c counters) error {
	for i, p := range c.fields() {
		if err := w.exec(ctx, "UPDATE counter SET last = ? WHERE name = ? AND last <> ?", *p, counterNames[i], *p); err != nil {
			return err
		}
	}
	return nil
}

// next reserves n ids and returns the first.
func (w *writer) next(ctx context.Context, name string, n int) (int64, error) {
	var last int64
	if _, err := w.get(ctx, "UPDATE counter SET last = last + ? WHERE name = ? RETURNING last", []any{n, name}, &last); err != nil {
		return 0, err
	}
	return last - int64(n) + 1, nil
}
