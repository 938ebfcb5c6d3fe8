// Package state is what a server keeps beside its archive: users, sessions,
// tokens, alerts, and who did what.
//
// It is a file of its own, in SQLite, and not part of the archive: an archive is
// exported, copied and handed on, and no password or key of anybody must go
// with it; and an archive that can only be read can be served too. A server of
// an archive in PostgreSQL has such a file as well.
//
// Secrets that others hold (sessions, tokens) are kept as their SHA-256,
// passwords by argon2id: whoever reads the file can use none of them. Secrets
// that the server itself must show (the key of webhooks) are kept as they are,
// so the file is for its owner's eyes alone (mode 0600).
package state

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	_ "embed" // the tables
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// What errors are, told by errors.Is.
var (
	ErrNotFound = errors.New("there is no such thing")
	ErrExists   = errors.New("there is one of that name already")
	ErrDenied   = errors.New("name or password is wrong")
	ErrNewer    = errors.New("the file was made by a newer whosaid")
)

// A Store is one such file. It may be used by many goroutines and many
// processes at once.
type Store struct {
	db     *sql.DB
	now    func() time.Time
	cost   Cost
	nobody func() string
}

// An Option changes how a Store is opened.
type Option func(*Store)

// Passwords makes passwords that are set from now on cost so much; DefaultCost
// where it is not given. Less is for tests alone.
func Passwords(c Cost) Option { return func(s *Store) { s.cost = c } }

// The tables, and steps that make each version out of the one before.
//
//go:embed tables.sql
var tables string

var steps = []string{tables}

// application marks a file as one of ours, in SQLite's field for that: "whst".
const application = 0x77687374

// Open opens the file, and makes it if it is not there.
func Open(ctx context.Context, path string, options ...Option) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("the folder for users and alerts cannot be made: %w", err)
	}
	// Made here, so that it is nobody else's to read from the start.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the file of users and alerts cannot be opened: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	pragmas := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)", "cache_size(-2048)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+pragmas.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	s := &Store{db: db, now: time.Now, cost: DefaultCost}
	for _, o := range options {
		o(s)
	}
	s.nobody = sync.OnceValue(s.cost.nobody)
	if err := s.migrate(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// Close ends the connections.
func (s *Store) Close() error { return s.db.Close() }

func (s *Store) migrate(ctx context.Context) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		var app, have, count int
		err := tx.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&app, &have, &count)
		switch {
		case err != nil:
			return err
		case count > 0 && app != application:
			return errors.New("it is an SQLite database, but none of users and alerts: name another file")
		case have > len(steps):
			return ErrNewer
		}
		for n := have; n < len(steps); n++ {
			if _, err := tx.ExecContext(ctx, steps[n]); err != nil {
				return fmt.Errorf("making version %d of the tables: %w", n+1, err)
			}
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(steps), application))
		return err
	})
}

// change runs do as one transaction; after an error nothing of it is left.
func (s *Store) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// one runs a statement that must touch a row: ErrNotFound if it does not.
func (s *Store) one(ctx context.Context, what, text string, args ...any) error {
	r, err := s.db.ExecContext(ctx, text, args...)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fmt.Errorf("%s: %w", what, ErrNotFound)
}

// list reads all rows of a query.
func list[T any](ctx context.Context, s *Store, scan func(func(...any) error) (T, error), text string, args ...any) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		x, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// Secret is a secret of the server's own by its name, 32 bytes. It is made when
// it is asked for first, and the same from then on.
func (s *Store) Secret(ctx context.Context, name string) ([]byte, error) {
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // it never fails
	if _, err := s.db.ExecContext(ctx, "INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", name, fresh); err != nil {
		return nil, err
	}
	var kept []byte
	err := s.db.QueryRowContext(ctx, "SELECT value FROM secret WHERE name = ?", name).Scan(&kept)
	return kept, err
}

// fresh is a secret to hand out, and the hash of it to keep: 256 random bits.
func fresh(prefix string) (secret string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // it never fails
	secret = prefix + base64.RawURLEncoding.EncodeToString(raw)
	return secret, hashed(secret)
}

func hashed(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
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
	return time.UnixMilli(ms).UTC()
}
