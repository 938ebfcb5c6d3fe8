package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"whosaid/internal/alert"
	"whosaid/internal/serve/visit"
)

// A keepView is the form by which a search is kept as an alert.
type keepView struct {
	Token  string
	Name   string // that it is called by, unless another is given
	Fields []field
	Mail   bool // the server can send mail
}

// An alertsView is what the page of alerts shows.
type alertsView struct {
	Token  string // empty where none can be removed
	Why    string // there are none to be had here
	Alerts []alertView
}

// An alertView is a search that was kept.
type alertView struct {
	ID         string
	Name       string
	New        bool // it has just been kept
	Query      []string
	Search     string // where it is asked
	Atom, JSON string
	Target     string // where new hits are sent; empty where nowhere
	Secret     string
	Owner      string // of somebody else's
	Trouble    string
}

// gaps are how far apart messages of an alert may be kept, as the form names them.
var gaps = []struct {
	Name string
	Gap  time.Duration
}{{"at once", 0}, {"once an hour", time.Hour}, {"once a day", 24 * time.Hour}, {"once a week", 7 * 24 * time.Hour}}

// keeping is the form that keeps a, or nil where that cannot be done.
func (s *site) keeping(r *http.Request, a asked) (*keepView, error) {
	who := visit.From(r.Context())
	if s.opts.Alerts == nil || who.Token == "" || !who.May(visit.Reader) || a.empty() {
		return nil, nil
	}
	words, err := s.sentence(r.Context(), a)
	if err != nil {
		return nil, err
	}
	v := &keepView{Token: who.Token, Mail: s.opts.Mail}
	name := []rune(strings.Join(words, ", "))
	v.Name = string(name[:min(len(name), mostNamed)])
	a.page, a.Sort = 1, ""
	values := a.values()
	for _, name := range sortedNames(values) {
		for _, x := range values[name] {
			v.Fields = append(v.Fields, field{name, x})
		}
	}
	return v, nil
}

// mostNamed is how many characters the name of an alert may have.
const mostNamed = 200

func sortedNames(q url.Values) []string {
	out := make([]string, 0, len(q))
	for name := range q {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// sentence is what a asks for, in the words of the chips.
func (s *site) sentence(ctx context.Context, a asked) ([]string, error) {
	var out []string
	if a.Words != "" {
		out = append(out, a.Words)
	}
	for _, c := range chips(a) {
		out = append(out, c.Name)
	}
	people, err := s.desk.Store().PeopleOf(ctx, a.People...)
	for _, p := range people {
		out = append(out, "said by "+p.Name)
	}
	return out, err
}

// alerts is the page of the visitor's alerts; an administrator sees everybody's.
func (s *site) alerts(r *http.Request) (*page, error) {
	who := visit.From(r.Context())
	v := alertsView{}
	switch {
	case s.opts.Alerts == nil:
		v.Why = "This server keeps no alerts."
	case !who.May(visit.Reader):
		v.Why = "Those who sign in can keep searches as alerts."
	default:
		v.Token = who.Token
		list, err := s.opts.Alerts.List(r.Context(), who.User, who.May(visit.Admin))
		if err != nil {
			return nil, err
		}
		for _, a := range slices.Backward(list) {
			shown := newAlert(&a, who.User, r.URL.Query().Get("kept"))
			if shown.Query, err = s.sentence(r.Context(), asked{Query: a.Query.Of()}); err != nil {
				return nil, err
			}
			v.Alerts = append(v.Alerts, shown)
		}
	}
	return &page{Title: "Alerts", Here: "alerts", Body: alertsPage(v)}, nil
}

// newAlert is an alert as the page shows it.
func newAlert(a *alert.Alert, user, kept string) alertView {
	q := asked{Query: a.Query.Of(), page: 1}
	q.Sort = ""
	base := fmt.Sprintf("/feeds/%d/", a.ID)
	key := url.Values{"key": {a.Key}}
	v := alertView{
		ID: strconv.FormatInt(a.ID, 10), Name: a.Name, Search: string(here("/search", q.values())),
		Atom: string(here(base+"atom.xml", key)), JSON: string(here(base+"feed.json", key)), Secret: a.Secret, Trouble: a.Waiting,
	}
	v.New = v.ID == kept
	if a.Owner != user {
		v.Owner = a.Owner
	}
	if v.Target = cmp.Or(a.Hook, a.Mail); v.Target != "" && a.Every > 0 {
		v.Target += ", " + every(a.Every)
	}
	return v
}

// every is a gap as the form names it.
func every(gap time.Duration) string {
	for _, g := range gaps {
		if g.Gap == gap {
			return g.Name
		}
	}
	return "at most every " + gap.String()
}

// keep keeps a search as an alert.
func (s *site) keep(w http.ResponseWriter, r *http.Request) {
	if s.opts.Alerts == nil || !visit.From(r.Context()).May(visit.Reader) {
		s.fail(w, r, badRequest{errors.New("you cannot keep alerts here")})
		return
	}
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, badRequest{errors.New("the form cannot be read")})
		return
	}
	a, err := readAsked(r.PostForm)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	wanted := alert.Alert{
		Name: r.PostForm.Get("name"), Owner: visit.From(r.Context()).User, Query: alert.QueryOf(a.Query),
		Hook: strings.TrimSpace(r.PostForm.Get("hook")), Mail: strings.TrimSpace(r.PostForm.Get("mail")),
	}
	if text := r.PostForm.Get("every"); text != "" {
		if wanted.Every, err = time.ParseDuration(text); err != nil {
			s.fail(w, r, badRequest{fmt.Errorf("%.40q is no time between messages", text)})
			return
		}
	}
	kept, err := s.opts.Alerts.Add(r.Context(), wanted)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/alerts?kept="+strconv.FormatInt(kept.ID, 10), http.StatusSeeOther)
}

// dropAlert removes an alert of the visitor's own, or, for an administrator,
// anybody's.
func (s *site) dropAlert(w http.ResponseWriter, r *http.Request) {
	who := visit.From(r.Context())
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	switch {
	case s.opts.Alerts == nil || !who.May(visit.Reader):
		err = badRequest{errors.New("you cannot remove alerts here")}
	case err != nil:
		err = errNoPage
	default:
		err = s.opts.Alerts.Remove(r.Context(), id, who.User, who.May(visit.Admin))
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/alerts", http.StatusSeeOther)
}
