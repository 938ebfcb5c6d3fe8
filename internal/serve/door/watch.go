package door

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"whosaid/internal/serve/visit"
)

// slowest is how long a client may take to receive a part of an answer, and to
// send one of a request.
const slowest = 30 * time.Second

// statusWriter remembers the status of an answer, and gives its reader a while
// for each part: an answer may be long, so there is no bound for all of it.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find what is inside.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is there already. Events (SSE) need it.
func (w *statusWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

func (w *statusWriter) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

// patient gives each part of an answer its time.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	until   time.Time
}

func (w *patient) Write(p []byte) (int, error) {
	if now := time.Now(); w.until.Sub(now) < slowest/2 {
		w.until = now.Add(slowest)
		_ = w.control.SetWriteDeadline(w.until) // not every connection has one
	}
	return w.ResponseWriter.Write(p)
}

func (w *patient) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// userKey is the context's key of a place for the visitor's name, found out
// further in, so that the log can tell it.
type userKey struct{}

// watched logs and counts each request, and keeps a mistake in one from ending
// the server.
func (d *Door) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		w := &statusWriter{ResponseWriter: &patient{ResponseWriter: rw, control: http.NewResponseController(rw)}}
		if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
			// What never ends by itself ends when the server does.
			ctx, cancel := context.WithCancel(r.Context())
			defer cancel()
			defer context.AfterFunc(d.drained, cancel)()
			r = r.WithContext(ctx)
		}
		user := new(string)
		r = r.WithContext(context.WithValue(r.Context(), userKey{}, user))
		d.metrics.begin()
		defer func() {
			fault := recover()
			if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				d.metrics.end(area(r.URL.Path), r.Method, 0, time.Since(begun))
				panic(fault)
			}
			if fault != nil {
				d.o.Log.Error("a request failed by a mistake in whosaid, please report it", "path", r.URL.Path, "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
				if w.status == 0 {
					d.refuse(w, r, http.StatusInternalServerError, "something went wrong here; the log says what")
				}
			}
			took := time.Since(begun)
			d.metrics.end(area(r.URL.Path), r.Method, w.code(), took)
			d.o.Log.Info("request", "method", r.Method, "path", r.URL.Path, "status", w.code(), "ms", took.Milliseconds(), "client", d.client(r), "user", *user)
		}()
		next.ServeHTTP(w, r)
	})
}

// health says that the server is there; while it shuts down, that no more
// should be sent to it.
func (d *Door) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if d.draining.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintln(w, "shutting down")
		return
	}
	if _, err := d.o.State.Users(r.Context()); err != nil {
		d.fail(w, r, err)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

// showMetrics gives the counts to the person at the machine and to
// administrators.
func (d *Door) showMetrics(w http.ResponseWriter, r *http.Request) {
	v := visit.From(r.Context())
	switch {
	case v.May(visit.Admin):
	case asked(r.Context()).public():
		w.Header().Set("WWW-Authenticate", "Bearer")
		d.refuse(w, r, http.StatusUnauthorized, "send the token of an administrator as Authorization: Bearer")
		return
	default:
		d.refuse(w, r, http.StatusForbidden, "only administrators see this")
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(d.metrics.text())
}
