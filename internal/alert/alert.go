// Package alert tells people what is new: a saved search, an alert, is a feed
// (Atom and JSON Feed) from the start, and by choice a signed webhook or an
// e-mail with what was found since the last one.
//
// What is new is told by the archive itself: it numbers the versions of articles
// in the order in which they are kept, and an alert remembers the last that it
// has looked at. Looking takes each new version once, for all alerts, and asks
// no index. What is found is kept beside the archive (package state) in the same
// transaction as how far it was looked, and taken from there once it was sent:
// nothing is lost or found twice if the server ends in between. A message whose
// answer is lost may be sent again; it has the same id then.
package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/state"
)

// A Query is a search that is saved.
type Query struct {
	Words   string   `json:"words,omitempty" doc:"As in the search box" maxLength:"1000"`
	Speaker string   `json:"speaker,omitempty" doc:"Words of the speaker's name" maxLength:"200"`
	People  []int64  `json:"people,omitempty" doc:"Ids of people, one of whom speaks" maxItems:"100"`
	About   string   `json:"about,omitempty" doc:"Words of the name of somebody spoken of" maxLength:"200"`
	Outlets []string `json:"outlets,omitempty" doc:"One of which prints it" maxItems:"100"`
	Kinds   []string `json:"kinds,omitempty" maxItems:"20"`
	Forms   []string `json:"forms,omitempty" maxItems:"3"`
	Since   string   `json:"since,omitempty" doc:"Published on this day, month or year, or later" maxLength:"20"`
	To      string   `json:"to,omitempty" doc:"Published on it or earlier" maxLength:"20"`
}

// Of is the query of an archive that a saved one asks, latest first.
func (q Query) Of() archive.Query {
	return archive.Query{
		Words: q.Words, Speaker: q.Speaker, People: q.People, About: q.About,
		Outlets: q.Outlets, Kinds: q.Kinds, Forms: q.Forms, Since: q.Since, To: q.To, Sort: archive.ByDate,
	}
}

// QueryOf is a query of an archive as it is saved, without its order and limits.
func QueryOf(q archive.Query) Query {
	return Query{
		Words: q.Words, Speaker: q.Speaker, People: q.People, About: q.About,
		Outlets: q.Outlets, Kinds: q.Kinds, Forms: q.Forms, Since: q.Since, To: q.To,
	}
}

// An Alert is a saved search and where it is sent.
type Alert struct {
	ID      int64
	Name    string
	Owner   string // a user; empty on a server without users
	Query   Query
	Key     string        // opens its feed to a reader that cannot sign in
	Hook    string        // address to post to, or empty
	Secret  string        // by which what is posted is signed
	Mail    string        // address to write to, or empty
	Every   time.Duration // at most one message in this time
	Made    time.Time
	Waiting string // why the last message could not be sent; empty if it could
}

// A BadError is an alert that cannot be kept as it is put.
type BadError struct{ Err error }

func (e *BadError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *BadError) Unwrap() error { return e.Err }

// ErrNotFound is told of an alert that is not there, or that is another's.
var ErrNotFound = errors.New("there is no such alert")

// The bounds of alerts.
const (
	mostAlerts = 200 // of one owner
	longestGap = 31 * 24 * time.Hour
)

// A Book is all alerts of a server.
type Book struct {
	desk  *desk.Desk
	state *state.Store
}

// NewBook is the alerts in a state, on an archive.
func NewBook(d *desk.Desk, s *state.Store) *Book { return &Book{desk: d, state: s} }

// Add keeps an alert. It tells of what is kept from now on.
func (b *Book) Add(ctx context.Context, a Alert) (Alert, error) {
	if err := a.check(); err != nil {
		return Alert{}, &BadError{err}
	}
	others, err := b.List(ctx, a.Owner, false)
	if err != nil {
		return Alert{}, err
	}
	if len(others) >= mostAlerts {
		return Alert{}, &BadError{fmt.Errorf("there are %d alerts already: remove one first", len(others))}
	}
	seen, err := b.desk.Latest(ctx)
	if err != nil {
		return Alert{}, err
	}
	query, err := json.Marshal(a.Query)
	if err != nil {
		return Alert{}, err
	}
	kept, err := b.state.AddAlert(ctx, state.Alert{
		Name: a.Name, Owner: a.Owner, Query: query, Hook: a.Hook, Mail: a.Mail, Every: a.Every, Seen: seen,
	})
	if err != nil {
		return Alert{}, err
	}
	return of(kept)
}

// check says what is wrong with a new alert.
func (a *Alert) check() error {
	a.Name = strings.Join(strings.Fields(a.Name), " ")
	switch {
	case a.Name == "" || utf8.RuneCountInString(a.Name) > 200 || !utf8.ValidString(a.Name):
		return errors.New("give the alert a name of up to 200 characters")
	case a.Hook != "" && a.Mail != "":
		return errors.New("an alert goes to an address on the web or by mail, not both: save it twice")
	case a.Every < 0 || a.Every > longestGap:
		return errors.New("messages come a month apart at most")
	}
	if _, err := a.Query.Of().Parse(); err != nil {
		return err
	}
	if a.Hook != "" {
		u, err := url.Parse(a.Hook)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("%.100q is no http or https address", a.Hook)
		}
	}
	if a.Mail != "" {
		to, err := mail.ParseAddress(a.Mail)
		if err != nil || strings.ContainsAny(a.Mail, "\r\n") {
			return fmt.Errorf("%.100q is no address for mail", a.Mail)
		}
		a.Mail = to.Address
	}
	return nil
}

// List lists the alerts of an owner by id, or everybody's.
func (b *Book) List(ctx context.Context, owner string, everybody bool) ([]Alert, error) {
	list, err := b.state.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	out := []Alert{}
	for _, kept := range list {
		if kept.Owner != owner && !everybody {
			continue
		}
		a, err := of(kept)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// Get is one alert.
func (b *Book) Get(ctx context.Context, id int64) (Alert, error) {
	kept, err := b.state.Alert(ctx, id)
	if errors.Is(err, state.ErrNotFound) {
		return Alert{}, fmt.Errorf("%d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Alert{}, err
	}
	return of(kept)
}

// Remove removes an alert of an owner, or anybody's.
func (b *Book) Remove(ctx context.Context, id int64, owner string, anybody bool) error {
	a, err := b.Get(ctx, id)
	if err != nil {
		return err
	}
	if a.Owner != owner && !anybody {
		return fmt.Errorf("%d: %w", id, ErrNotFound)
	}
	return b.state.RemoveAlert(ctx, id)
}

// of is an alert as it was kept.
func of(kept state.Alert) (Alert, error) {
	a := Alert{
		ID: kept.ID, Name: kept.Name, Owner: kept.Owner, Key: kept.Key, Hook: kept.Hook, Secret: kept.Secret,
		Mail: kept.Mail, Every: kept.Every, Made: kept.Made, Waiting: kept.Trouble,
	}
	if err := json.Unmarshal(kept.Query, &a.Query); err != nil {
		return a, fmt.Errorf("alert %d: its query cannot be read: %w", kept.ID, err)
	}
	return a, nil
}
