package api

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/alert"
	"whosaid/internal/serve/visit"
)

// NewAlert is an alert as it is asked for.
type NewAlert struct {
	Name  string      `json:"name" minLength:"1" maxLength:"200"`
	Query alert.Query `json:"query"`
	Hook  string      `json:"hook,omitempty" maxLength:"2000" doc:"An address that new statements are posted to"`
	Mail  string      `json:"mail,omitempty" maxLength:"320" doc:"Or an address that they are mailed to"`
	Every int         `json:"every,omitempty" minimum:"0" maximum:"2678400" doc:"At most one message in so many seconds"`
}

// saved is an alert as it is kept.
type saved struct {
	ID int64 `json:"id"`
	NewAlert
	Owner   string    `json:"owner"`
	Made    time.Time `json:"made"`
	Atom    string    `json:"atom" doc:"The path of its feed, with the key that opens it to a reader that cannot sign in"`
	JSON    string    `json:"json_feed"`
	Secret  string    `json:"secret,omitempty" doc:"By which what is posted is signed (Standard Webhooks)"`
	Trouble string    `json:"trouble,omitempty" doc:"Why the last message could not be sent"`
}

func savedOf(a alert.Alert) saved {
	path := fmt.Sprintf("/feeds/%d/", a.ID)
	return saved{
		ID: a.ID, NewAlert: NewAlert{a.Name, a.Query, a.Hook, a.Mail, int(a.Every / time.Second)},
		Owner: a.Owner, Made: a.Made, Atom: path + "atom.xml?key=" + a.Key, JSON: path + "feed.json?key=" + a.Key,
		Secret: a.Secret, Trouble: a.Waiting,
	}
}

func (s *server) aboutAlerts(api huma.API) {
	huma.Register(api, operation("listAlerts", http.MethodGet, "/alerts", "The visitor's alerts; an administrator's, everybody's"), func(ctx context.Context, _ *struct{}) (*answer[[]saved], error) {
		v := visit.From(ctx)
		out := &answer[[]saved]{Body: []saved{}}
		if !v.May(visit.Reader) {
			return out, nil // the public has none
		}
		list, err := s.Alerts.List(ctx, v.User, v.May(visit.Admin))
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		for _, a := range list {
			out.Body = append(out.Body, savedOf(a))
		}
		return out, nil
	})
	add := operation("addAlert", http.MethodPost, "/alerts", "Saves a search as an alert")
	add.DefaultStatus = http.StatusCreated
	huma.Register(api, add, func(ctx context.Context, in *struct{ Body NewAlert }) (*answer[saved], error) {
		if err := needs(ctx, visit.Reader); err != nil {
			return nil, err
		}
		a, err := s.Alerts.Add(ctx, alert.Alert{
			Name: in.Body.Name, Owner: visit.From(ctx).User, Query: in.Body.Query,
			Hook: in.Body.Hook, Mail: in.Body.Mail, Every: time.Duration(in.Body.Every) * time.Second,
		})
		if err != nil {
			return nil, s.fault(ctx, err)
		}
		return &answer[saved]{Body: savedOf(a)}, nil
	})
	remove := operation("removeAlert", http.MethodDelete, "/alerts/{id}", "Removes an alert", http.StatusNotFound)
	remove.DefaultStatus = http.StatusNoContent
	huma.Register(api, remove, func(ctx context.Context, in *struct {
		ID int64 `path:"id" minimum:"1"`
	},
	) (*struct{}, error) {
		if err := needs(ctx, visit.Reader); err != nil {
			return nil, err
		}
		v := visit.From(ctx)
		return nil, s.fault(ctx, s.Alerts.Remove(ctx, in.ID, v.User, v.May(visit.Admin)))
	})
}

// feed answers with the feed of an alert: /feeds/ID/atom.xml or feed.json. Its
// key, or being the owner, opens it.
func (s *server) feed(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	file := r.PathValue("file")
	if err != nil || file != "atom.xml" && file != "feed.json" {
		http.NotFound(w, r)
		return
	}
	a, err := s.Alerts.Get(ctx, id)
	if err != nil {
		http.NotFound(w, r) // whoever guesses learns nothing
		return
	}
	v := visit.From(ctx)
	owner := v.May(visit.Admin) || v.May(visit.Reader) && v.User == a.Owner
	if !owner && subtle.ConstantTimeCompare([]byte(r.FormValue("key")), []byte(a.Key)) != 1 {
		http.NotFound(w, r)
		return
	}
	f, err := s.Alerts.Feed(ctx, a)
	if err != nil {
		s.Log.Error("a feed failed", "alert", id, "error", err)
		http.Error(w, "something went wrong here; the log says what", http.StatusInternalServerError)
		return
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	self := scheme + "://" + r.Host + r.URL.Path
	if file == "atom.xml" {
		w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
		err = f.WriteAtom(w, self)
	} else {
		w.Header().Set("Content-Type", "application/feed+json; charset=utf-8")
		err = f.WriteJSON(w, self)
	}
	if err != nil {
		s.Log.Debug("a feed was not sent whole", "error", err)
	}
}
