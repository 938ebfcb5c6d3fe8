package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// An Alert is a search that was saved, whose new hits are sent to somebody. It
// is a feed in any case.
type Alert struct {
	ID     int64
	Name   string
	Owner  string // a user; empty on a server without users
	Query  []byte // JSON; what is in it is the business of who writes it
	Key    string // opens its feed to a reader that cannot sign in
	Hook   string // address to post to, or empty
	Secret string // signs what is posted, if anything is
	Mail   string // address to write to, or empty
	Every  time.Duration
	Made   time.Time
	Seen   int64 // the last version of the archive that was looked at

	Due     time.Time // when to send next
	Tries   int       // how often what is due was tried in vain
	Trouble string    // why the last try failed
}

// A Found is a hit of an alert that is not sent yet.
type Found struct {
	ID  int64
	Hit []byte // JSON
}

// mostWaiting bounds what one alert keeps unsent: the newest are kept.
const mostWaiting = 10_000

const alertColumns = "id, name, owner, query, key, hook, secret, mail, every, made, seen, due, tries, trouble"

func scanAlert(scan func(...any) error) (a Alert, err error) {
	var every, made, due int64
	err = scan(&a.ID, &a.Name, &a.Owner, &a.Query, &a.Key, &a.Hook, &a.Secret, &a.Mail, &every, &made, &a.Seen, &due, &a.Tries, &a.Trouble)
	a.Every, a.Made, a.Due = time.Duration(every)*time.Second, moment(made), moment(due)
	return a, err
}

// AddAlert keeps an alert and returns it with its id, its key and, if it has a
// hook, its secret.
func (s *Store) AddAlert(ctx context.Context, a Alert) (Alert, error) {
	a.Key, _ = fresh("")
	if a.Hook != "" {
		a.Secret, _ = fresh("whsec_")
	}
	a.Made = s.now().UTC().Truncate(time.Millisecond)
	r, err := s.db.ExecContext(ctx, "INSERT INTO alert (name, owner, query, key, hook, secret, mail, every, made, seen, due, tries, trouble) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')",
		a.Name, a.Owner, a.Query, a.Key, a.Hook, a.Secret, a.Mail, int64(a.Every/time.Second), millis(a.Made), a.Seen, millis(a.Due))
	if err != nil {
		return a, err
	}
	a.ID, err = r.LastInsertId()
	return a, err
}

// RemoveAlert removes an alert and what it has not sent.
func (s *Store) RemoveAlert(ctx context.Context, id int64) error {
	return s.one(ctx, fmt.Sprintf("alert %d", id), "DELETE FROM alert WHERE id = ?", id)
}

// Alerts lists all alerts by id.
func (s *Store) Alerts(ctx context.Context) ([]Alert, error) {
	return list(ctx, s, scanAlert, "SELECT "+alertColumns+" FROM alert ORDER BY id")
}

// Alert is one alert, or ErrNotFound.
func (s *Store) Alert(ctx context.Context, id int64) (Alert, error) {
	a, err := scanAlert(s.db.QueryRowContext(ctx, "SELECT "+alertColumns+" FROM alert WHERE id = ?", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return a, fmt.Errorf("alert %d: %w", id, ErrNotFound)
	}
	return a, err
}

// Find keeps what an alert has found up to a version of the archive, in one
// transaction, so that nothing is found twice or not at all. It does nothing if
// another process has looked further already.
func (s *Store) Find(ctx context.Context, alert, seen int64, hits [][]byte) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, "UPDATE alert SET seen = ? WHERE id = ? AND seen < ?", seen, alert, seen)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return err
		}
		for _, hit := range hits {
			if _, err := tx.ExecContext(ctx, "INSERT INTO found (alert, hit) VALUES (?, ?)", alert, hit); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM found WHERE alert = ? AND id <= (SELECT id FROM found WHERE alert = ? ORDER BY id DESC LIMIT 1 OFFSET ?)", alert, alert, mostWaiting)
		return err
	})
}

// Waiting lists what an alert has found and not sent, oldest first.
func (s *Store) Waiting(ctx context.Context, alert int64, limit int) ([]Found, error) {
	return list(ctx, s, func(scan func(...any) error) (f Found, err error) {
		err = scan(&f.ID, &f.Hit)
		return f, err
	}, "SELECT id, hit FROM found WHERE alert = ? ORDER BY id LIMIT ?", alert, limit)
}

// Sent takes what was sent, up to an id, off what waits, and says when the next
// message may go.
func (s *Store) Sent(ctx context.Context, alert, upTo int64, due time.Time) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM found WHERE alert = ? AND id <= ?", alert, upTo); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE alert SET due = ?, tries = 0, trouble = '' WHERE id = ?", millis(due), alert)
		return err
	})
}

// Failed keeps that a message could not be sent, why, and when to try again.
func (s *Store) Failed(ctx context.Context, alert int64, why string, due time.Time) error {
	_, err := s.db.ExecContext(ctx, "UPDATE alert SET tries = tries + 1, trouble = ?, due = ? WHERE id = ?", why, millis(due), alert)
	return err
}
