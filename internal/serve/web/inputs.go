package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"whosaid/internal/intake"
	"whosaid/internal/news"
	"whosaid/internal/serve/visit"
)

// An inputsView is what the page of inputs shows.
type inputsView struct {
	Token string // empty where nothing can be handed in
	Why   string // it cannot
	Jobs  []job
	Feeds []feedView
	Stats []string
}

// A feedView is a feed and how it fares.
type feedView struct {
	URL, Due string
	State    string
	Failing  bool
	Why      string // what went wrong last
	Articles int    // pages of it that are done with
	Waiting  int    // pages of it that are still to come
	Missing  []missingView
}

// A missingView is a page of a feed that did not come, and why.
type missingView struct{ URL, Why string }

// mostMissing is how many of these are listed.
const mostMissing = 20

// inputs is the page of inputs.
func (s *site) inputs(r *http.Request) (*page, error) {
	ctx := r.Context()
	who := visit.From(ctx)
	v := inputsView{}
	v.Jobs, _ = s.jobs.now()
	switch {
	case s.opts.Intake == nil:
		v.Why = "This server only shows what is there; whosaid add brings in articles."
	case !who.May(visit.Admin):
		v.Why = "Those who may administer this server can add articles here."
	default:
		v.Token = who.Token
	}
	for f, err := range s.desk.Store().Feeds(ctx) {
		if err != nil {
			return nil, err
		}
		v.Feeds = append(v.Feeds, newFeed(f.URL, f.Due, f.State))
	}
	st, err := s.desk.Store().Stats(ctx)
	if err != nil {
		return nil, err
	}
	v.Stats = []string{
		plural(int(st.Statements), "statement", "statements"), plural(int(st.Articles), "article", "articles"), plural(int(st.Outlets), "outlet", "outlets"),
		fmt.Sprintf("%.1f MB", float64(st.Bytes)/1e6),
	}
	return &page{Title: "Inputs", Here: "inputs", Body: inputsPage(v)}, nil
}

// newFeed reads what watch keeps of a feed.
func newFeed(url string, due time.Time, state []byte) feedView {
	v := feedView{URL: url, State: "well", Due: due.Format("2 January 2006, 15:04")}
	var is struct {
		Failures int
		Gone     bool
		Why      string
		Known    map[string]json.RawMessage
		Pending  []struct{ URL, Why string }
	}
	if err := json.Unmarshal(state, &is); err != nil {
		v.State, v.Failing = "what is known of it cannot be read; the next poll begins anew", true
		return v
	}
	v.Articles, v.Waiting = len(is.Known), len(is.Pending)
	for _, p := range is.Pending {
		if p.Why != "" && len(v.Missing) < mostMissing {
			v.Missing = append(v.Missing, missingView{p.URL, sentence(p.Why)})
		}
	}
	switch {
	case is.Gone:
		v.State, v.Failing = "gone for good, its server says", true
	case is.Failures > 0:
		v.State, v.Failing = "failed "+plural(is.Failures, "time", "times")+", one after another", true
		if is.Why != "" {
			v.Why = sentence(is.Why)
		}
	}
	return v
}

// mostHanded bounds a text that is handed in.
const mostHanded = 2 << 20

// handIn takes an address or a text to be read.
func (s *site) handIn(w http.ResponseWriter, r *http.Request) {
	if s.opts.Intake == nil || !visit.From(r.Context()).May(visit.Admin) {
		s.fail(w, r, badRequest{errors.New("you cannot add articles here")})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostHanded)
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, badRequest{errors.New("this is too long to be handed in here: whosaid add takes files of any length")})
		return
	}
	in := intake.Input{URL: strings.TrimSpace(r.PostForm.Get("url")), Text: strings.TrimSpace(r.PostForm.Get("text"))}
	in.Info = news.Article{Title: oneLine(r.PostForm.Get("title")), Outlet: oneLine(r.PostForm.Get("outlet")), Published: oneLine(r.PostForm.Get("published"))}
	name := in.URL
	if name == "" {
		name = short(oneLine(in.Text))
	}
	if (in.URL == "") == (in.Text == "") {
		s.fail(w, r, badRequest{errors.New("hand in an address or a text, and one of them only")})
		return
	}
	if err := s.jobs.add(r.Context(), name, in); err != nil {
		s.fail(w, r, badRequest{err})
		return
	}
	http.Redirect(w, r, "/inputs", http.StatusSeeOther)
}

// beat is how often a quiet stream of events says that it is alive.
const beat = 20 * time.Second

// events tells how the jobs fare, as server-sent events: each is the list of
// them as the page has it.
func (s *site) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		list, change := s.jobs.now()
		var b bytes.Buffer
		if err := jobList(list).Render(r.Context(), &b); err != nil {
			return
		}
		for line := range bytes.Lines(b.Bytes()) {
			if _, err := fmt.Fprintf(w, "data: %s\n", bytes.TrimRight(line, "\r\n")); err != nil {
				return
			}
		}
		if _, err := w.Write([]byte("\n")); err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-change:
		case <-ticker.C:
		case <-r.Context().Done():
			return
		}
	}
}

// running reports whether any of list is not done.
func running(list []job) bool {
	return slices.ContainsFunc(list, func(x job) bool { return x.Ended.IsZero() })
}
