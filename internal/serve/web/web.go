// Package web is the pages: one archive, to be read in a browser.
//
// Every page is made here, on the server, and can be read without a script.
// Every state of a page is an address. A page is a Go struct that a function
// fills from the desk and a template that shows it; templates lie beside what
// fills them (name.go, name.templ) and are compiled by templ, whose output is
// kept (name_templ.go: `templ generate` makes it anew).
//
// Nothing that came from an article is ever shown as anything but text, and the
// pages need no inline style and no inline script, so that a strict
// Content-Security-Policy holds for them. Who stands at the door, and sets it,
// is package door's business; what it knows of a request comes in its context
// (package visit).
package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strings"

	"github.com/a-h/templ"

	"whosaid/internal/alert"
	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/intake"
	"whosaid/internal/serve/visit"
)

// Options are what the pages need beside the desk.
type Options struct {
	Log    *slog.Logger   // of what failed; none if nil
	Sample bool           // the archive is the sample: the pages say so
	Intake *intake.Intake // what reads what is handed in; nothing can be if nil
	Alerts *alert.Book    // searches that are kept; none can be if nil
	Mail   bool           // alerts can be mailed
	AtOnce int            // how many pages are made at a time; as many as processors if 0
}

// A site is all the pages.
type site struct {
	desk  *desk.Desk
	opts  Options
	jobs  *jobs
	cache *cache
	turns chan struct{} // a place for each page that is being made
}

// New is the handler of all pages of an archive, and of what they are made of
// under /static/.
func New(d *desk.Desk, o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &site{desk: d, opts: o, jobs: newJobs(o.Intake), cache: newCache(cacheBytes), turns: make(chan struct{}, cmp.Or(o.AtOnce, runtime.GOMAXPROCS(0)))}
	mux := http.NewServeMux()
	mux.Handle("GET /static/{file}", assets)
	mux.Handle("GET /{$}", s.page(s.cached(s.search)))
	mux.Handle("GET /search", s.page(s.cached(s.search)))
	mux.Handle("GET /article/{id}", s.page(s.cached(s.article)))
	mux.Handle("GET /article/{id}/changes", s.page(s.cached(s.changes)))
	mux.Handle("GET /article/{id}/cite/{statement}", s.page(s.cached(s.cite)))
	mux.Handle("GET /utterance/{statement}", s.page(s.cached(s.utterance)))
	mux.Handle("GET /compare", s.page(s.cached(s.compare)))
	mux.Handle("GET /inputs", s.page(s.inputs))
	mux.HandleFunc("POST /inputs", s.handIn)
	mux.Handle("GET /alerts", s.page(s.alerts))
	mux.HandleFunc("POST /alerts", s.keep)
	mux.HandleFunc("POST /alerts/{id}/remove", s.dropAlert)
	mux.Handle("GET /review", s.page(s.review))
	mux.HandleFunc("POST /review", s.decide)
	mux.HandleFunc("POST /review/undo", s.undo)
	mux.Handle("GET /people", s.page(s.cached(s.people)))
	mux.Handle("GET /person/{id}", s.page(s.cached(s.person)))
	mux.Handle("/", s.page(func(*http.Request) (*page, error) { return nil, errNoPage }))
	mux.HandleFunc("GET /inputs/events", s.events)
	return mux
}

// A page is what a request is answered with.
type page struct {
	Title  string // of the window
	Here   string // the entry of the menu that it belongs to
	Query  string // what is in the search box at the top
	Body   templ.Component
	Status int // 200 if 0
}

// Errors that say what to answer.
var errNoPage = errors.New("there is no page at this address")

// A badRequest is a request that cannot be answered as it was put.
type badRequest struct{ error }

func (e badRequest) Unwrap() error { return e.error }

// page is the handler of what make makes: the whole page, or what went wrong in
// its place. It is made before the first byte is sent, so that a failure is
// told as one.
func (s *site) page(make func(*http.Request) (*page, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, err := make(r)
		if err != nil {
			p = s.wrong(r, err)
		}
		var b bytes.Buffer
		if err := layout(s.frame(r, p), p.Body).Render(r.Context(), &b); err != nil {
			s.opts.Log.ErrorContext(r.Context(), "a page could not be made", "path", r.URL.Path, "error", err)
			http.Error(w, "This page could not be made; the log of the server says why.", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "private, no-cache")
		if p.Status != 0 {
			w.WriteHeader(p.Status)
		} else if tag := tagOf(b.Bytes()); known(r, tag) {
			h.Del("Content-Type")
			h.Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		} else {
			h.Set("ETag", tag)
		}
		_, _ = w.Write(b.Bytes()) // a reader who has gone needs no answer
	})
}

// fail answers with the page that says what went wrong.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.page(func(*http.Request) (*page, error) { return nil, err }).ServeHTTP(w, r)
}

// tagOf is the ETag of a page: a weak one, since on its way it may be packed.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// known reports whether whoever asks has the page of a tag.
func known(r *http.Request, tag string) bool {
	for _, header := range r.Header.Values("If-None-Match") {
		for has := range strings.SplitSeq(header, ",") {
			if has = strings.TrimSpace(has); has == "*" || "W/"+strings.TrimPrefix(has, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// wrong is the page that says what went wrong.
func (s *site) wrong(r *http.Request, err error) *page {
	var bad badRequest
	var query *archive.QueryError
	var unsaved *alert.BadError
	v := wrongView{Title: "This did not work", Message: sentence(err.Error()), Next: "Go back and try again; if it stays so, the log of the server says more."}
	p := &page{Status: http.StatusInternalServerError}
	switch {
	case errors.Is(err, errNoPage), errors.Is(err, archive.ErrNotFound), errors.Is(err, alert.ErrNotFound):
		p.Status, v.Title, v.Next = http.StatusNotFound, "Nothing is here", "Look for it by its words, or by who said them."
	case errors.As(err, &query), errors.As(err, &bad), errors.As(err, &unsaved):
		p.Status, v.Title, v.Next = http.StatusBadRequest, "This cannot be asked", "Put it in other words."
	case errors.Is(err, context.Canceled):
	default:
		s.opts.Log.ErrorContext(r.Context(), "a page failed", "path", r.URL.Path, "error", err)
	}
	p.Title, p.Body = v.Title, wrongPage(v)
	return p
}

// A wrongView is what is shown of something that went wrong.
type wrongView struct{ Title, Message, Next string }

// A frame is what is around every page.
type frame struct {
	Title, Here, Query string
	User               string
	SignIn             string // where whoever is not signed in can do so
	Sample             bool
	Token              string
}

func (s *site) frame(r *http.Request, p *page) frame {
	v := visit.From(r.Context())
	f := frame{Title: p.Title, Here: p.Here, Query: p.Query, User: v.User, Token: v.Token, Sample: s.opts.Sample}
	if v.Role == visit.Public {
		f.SignIn = string(here("/login", url.Values{"next": {r.URL.RequestURI()}}))
	}
	return f
}

// outward is an address on another server as a link may have it: only http and
// https, so that what an article calls its address cannot be a script.
func outward(raw string) templ.SafeURL {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return templ.SafeURL(u.String())
}

// here is an address on this server: a path and its parameters, in the order
// of their names.
func here(path string, q url.Values) templ.SafeURL {
	if len(q) == 0 {
		return templ.SafeURL(path)
	}
	return templ.SafeURL(path + "?" + q.Encode())
}
