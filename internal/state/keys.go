package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Begin starts a session of a user and returns its secret, for a cookie.
func (s *Store) Begin(ctx context.Context, user string, life time.Duration) (secret string, err error) {
	now := s.now()
	if _, err := s.db.ExecContext(ctx, "DELETE FROM session WHERE ends < ?", millis(now)); err != nil {
		return "", err
	}
	secret, key := fresh("")
	_, err = s.db.ExecContext(ctx, "INSERT INTO session (key, user, made, ends) VALUES (?, ?, ?, ?)", key, user, millis(now), millis(now.Add(life)))
	return secret, err
}

// Session is whose session a secret is, or ErrDenied.
func (s *Store) Session(ctx context.Context, secret string) (User, error) {
	var u User
	err := s.db.QueryRowContext(ctx, "SELECT name, role FROM session JOIN user ON name = user WHERE key = ? AND ends >= ?", hashed(secret), millis(s.now())).Scan(&u.Name, &u.Role)
	return u, denied(err)
}

// End ends a session. One that is not there is ended.
func (s *Store) End(ctx context.Context, secret string) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM session WHERE key = ?", hashed(secret))
	return err
}

// A Token lets a program in for a user, with no more rights than its scope.
type Token struct {
	ID    int64
	Name  string
	User  string
	Scope string
	Made  time.Time
	Ends  time.Time // zero if it never does
}

// tokenPrefix opens every token, so that scanners for leaked secrets and people
// know one when they see it.
const tokenPrefix = "whosaid_"

// AddToken makes a token. Its secret is told this once.
func (s *Store) AddToken(ctx context.Context, t Token) (id int64, secret string, err error) {
	secret, key := fresh(tokenPrefix)
	r, err := s.db.ExecContext(ctx, "INSERT INTO token (key, name, user, scope, made, ends) SELECT ?, ?, name, ?, ?, ? FROM user WHERE name = ?",
		key, t.Name, t.Scope, millis(s.now()), millis(t.Ends), t.User)
	if err != nil {
		return 0, "", err
	}
	if n, err := r.RowsAffected(); err != nil {
		return 0, "", err
	} else if n == 0 {
		return 0, "", fmt.Errorf("user %s: %w", t.User, ErrNotFound)
	}
	id, err = r.LastInsertId()
	return id, secret, err
}

// TokenUser is whose token a secret is, and what its scope is, or ErrDenied.
func (s *Store) TokenUser(ctx context.Context, secret string) (u User, scope string, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT u.name, u.role, t.scope FROM token t JOIN user u ON u.name = t.user WHERE t.key = ? AND (t.ends = 0 OR t.ends >= ?)",
		hashed(secret), millis(s.now())).Scan(&u.Name, &u.Role, &scope)
	return u, scope, denied(err)
}

// RemoveToken takes a token back.
func (s *Store) RemoveToken(ctx context.Context, id int64) error {
	return s.one(ctx, fmt.Sprintf("token %d", id), "DELETE FROM token WHERE id = ?", id)
}

// Tokens lists all tokens, without their secrets.
func (s *Store) Tokens(ctx context.Context) ([]Token, error) {
	return list(ctx, s, func(scan func(...any) error) (t Token, err error) {
		var made, ends int64
		err = scan(&t.ID, &t.Name, &t.User, &t.Scope, &made, &ends)
		t.Made, t.Ends = moment(made), moment(ends)
		return t, err
	}, "SELECT id, name, user, scope, made, ends FROM token ORDER BY id")
}

func denied(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrDenied
	}
	return err
}

// An Act is something that somebody changed, or tried to.
type Act struct {
	ID     int64
	Made   time.Time
	Who    string // a user; empty on a server without users
	Client string // the address it came from
	What   string // method and path
	About  string // what more there is to tell
	Status int    // that was answered
}

// Note writes an act down. Nothing takes it back.
func (s *Store) Note(ctx context.Context, a Act) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO act (made, who, client, what, about, status) VALUES (?, ?, ?, ?, ?, ?)", millis(s.now()), a.Who, a.Client, a.What, a.About, a.Status)
	return err
}

// Acts lists the latest acts, latest first, those before an id if that is not 0.
func (s *Store) Acts(ctx context.Context, before int64, limit int) ([]Act, error) {
	return list(ctx, s, func(scan func(...any) error) (a Act, err error) {
		var made int64
		err = scan(&a.ID, &made, &a.Who, &a.Client, &a.What, &a.About, &a.Status)
		a.Made = moment(made)
		return a, err
	}, "SELECT id, made, who, client, what, about, status FROM act WHERE id < ? OR ? = 0 ORDER BY id DESC LIMIT ?", before, before, limit)
}
