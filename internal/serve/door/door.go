// Package door is the server that people and programs come in by. It knows who
// asks and what they may, and nothing of what they ask for: pages and API stand
// behind it and find who it is in the request's context (package visit).
//
// What it holds to, in the order in which a request meets it:
//
//   - the Host header is one of the names that this server has, so that no
//     website can reach it by a name that it makes point here (DNS rebinding);
//   - an Origin header, if there is one, is of such a name too;
//   - on a loopback address without users everybody is the administrator; else
//     somebody signed in, a program's token, or, where reading is public, anybody;
//   - each may ask no more often than the limit;
//   - a write carries the token of the page that it comes from, for a browser
//     sends cookies with the requests of any website; a program's token, which
//     no browser sends by itself, stands for that;
//   - every page goes out with headers that let nothing run in it but its own.
package door

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"golang.org/x/time/rate"

	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

// Options say who is let in.
type Options struct {
	State *state.Store
	Pages http.Handler // what is shown to people: every path that API does not have
	API   http.Handler // what is under /api/, /feeds/ and /mcp

	// Open lists prefixes of paths that need no visitor: styles and scripts.
	Open []string

	// Feeds lists prefixes of paths that check a key of their own in the
	// address, since programs that read feeds cannot sign in.
	Feeds []string

	// Local says that nobody beyond this machine can connect.
	Local bool

	Hosts      []string       // names of this server beside addresses and localhost
	PublicRead bool           // anybody may read
	Secure     bool           // it is reached by https, here or at a proxy
	Proxies    []netip.Prefix // whose X-Forwarded-For is believed

	Rate    rate.Limit    // requests a second of one user or address; 0 for no limit
	Burst   int           // requests at once
	MaxBody int64         // bytes of a request; DefaultMaxBody if 0
	Session time.Duration // how long a sign-in lasts; DefaultSession if 0

	Log *slog.Logger // of requests and trouble; nothing if nil
}

// Where Options do not say otherwise.
const (
	DefaultMaxBody = 4 << 20
	DefaultSession = 14 * 24 * time.Hour
)

// ErrOpen is the refusal to serve beyond this machine without users.
var ErrOpen = errors.New("it would be open to everybody who can reach it: add users first (whosaid user add), or allow everybody to read with --public-read")

// A Door is a server's handler and what it remembers.
type Door struct {
	o        Options
	hosts    map[string]bool
	forms    []byte // key of the tokens of forms
	visitors *limits
	logins   *throttle
	metrics  *metrics
	handler  http.Handler

	known    atomic.Int64 // when users were last counted, in Unix nanoseconds
	accounts atomic.Bool  // whether there were any
	draining atomic.Bool
	drained  context.Context // done once the server shuts down
	drain    context.CancelFunc
}

// New checks that the server may be open as it is asked to.
func New(ctx context.Context, o Options) (*Door, error) {
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Session <= 0 {
		o.Session = DefaultSession
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	users, err := o.State.Users(ctx)
	if err != nil {
		return nil, err
	}
	if len(users) == 0 && !o.PublicRead && (!o.Local || len(o.Hosts) > 0) {
		return nil, ErrOpen
	}
	d := &Door{o: o, hosts: map[string]bool{}, visitors: newLimits(o.Rate, o.Burst), logins: newThrottle(), metrics: newMetrics()}
	for _, h := range o.Hosts {
		d.hosts[strings.ToLower(h)] = true
	}
	if d.forms, err = o.State.Secret(ctx, "forms"); err != nil {
		return nil, err
	}
	d.drained, d.drain = context.WithCancel(context.Background())
	inside := http.NewServeMux()
	inside.HandleFunc("GET /login", d.loginPage)
	inside.HandleFunc("POST /login", d.login)
	inside.HandleFunc("POST /logout", d.logout)
	inside.HandleFunc("GET /healthz", d.health)
	inside.HandleFunc("GET /metrics", d.showMetrics)
	for _, path := range []string{"/api/", "/feeds/", "/mcp"} {
		inside.Handle(path, o.API)
	}
	inside.Handle("/", o.Pages)
	// A page holds the token of its forms: the length of what is compressed
	// must not tell of it (the BREACH attack), hence the jitter.
	pack, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(4), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		return nil, err
	}
	d.handler = d.watched(d.headed(d.addressed(d.identified(d.limited(d.believed(pack(inside)))))))
	return d, nil
}

// ServeHTTP answers a request.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// addressed refuses requests that were not meant for this server.
func (d *Door) addressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !d.ours(r.Host) {
			d.refuse(w, r, http.StatusMisdirectedRequest, "this server has no such name; whoever runs it can add it with --host")
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && !d.ourOrigin(origin, r) {
			d.refuse(w, r, http.StatusForbidden, "the request comes from another website")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ours reports whether a Host header is a name of this server. Neither an address
// in numbers nor localhost is a name that somebody could point here; on loopback
// only loopback addresses are taken.
func (d *Door) ours(host string) bool {
	name := strings.ToLower(hostname(host))
	if d.hosts[name] || name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (!d.o.Local || ip.Unmap().IsLoopback())
}

// hostname is a host without its port and brackets.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// ourOrigin reports whether an Origin is the server itself: a browser may be on
// another page of the same machine, so host and port must be those asked for.
// "null" is the origin of pages that hide theirs; they may look, and not write.
func (d *Door) ourOrigin(origin string, r *http.Request) bool {
	if origin == "null" {
		return safe(r.Method)
	}
	for _, scheme := range []string{"http://", "https://"} {
		if host, ok := strings.CutPrefix(strings.ToLower(origin), scheme); ok {
			return host == strings.ToLower(r.Host)
		}
	}
	return false
}

// safe reports whether a method changes nothing.
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// asks reports whether a request only asks, although its method is POST: what
// the API reads without keeping it, and what assistants ask.
func asks(r *http.Request) bool {
	return safe(r.Method) || r.Method == http.MethodPost && (r.URL.Path == "/api/v1/read" || r.URL.Path == "/mcp") && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json")
}

// programs reports whether a request is one of a program, which wants JSON.
func programs(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/mcp"
}

// limited refuses more requests of one visitor than the limit. The person at
// the machine itself has none.
func (d *Door) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := visit.From(r.Context()).User
		if who == "" {
			who = "from " + d.client(r)
		}
		if !d.mine(r.Context()) && !d.open(r.URL.Path) && !d.visitors.allow(who) {
			w.Header().Set("Retry-After", "1")
			d.refuse(w, r, http.StatusTooManyRequests, "too many requests; wait a moment")
			return
		}
		if r.Header.Get("Content-Encoding") != "" {
			d.refuse(w, r, http.StatusUnsupportedMediaType, "send it without compression")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, d.o.MaxBody)
		next.ServeHTTP(w, r)
	})
}

// believed lets a write through if it comes from a page of ours, or from a
// program, and writes it down.
func (d *Door) believed(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asks(r) {
			next.ServeHTTP(w, r)
			return
		}
		if err := cross.Check(r); err != nil {
			d.refuse(w, r, http.StatusForbidden, "the request comes from another website")
			return
		}
		if r.URL.Path == "/login" {
			next.ServeHTTP(w, r)
			return
		}
		who := asked(r.Context())
		switch {
		case who.public():
			d.refuse(w, r, http.StatusForbidden, "sign in to change anything")
			return
		case who.scope == ScopeRead:
			d.refuse(w, r, http.StatusForbidden, "this token only reads; take one with the scope write")
			return
		case who.scope == "" && !d.holds(r):
			d.refuse(w, r, http.StatusForbidden, "the page is too old or not from here: load it again. A program sends a token of its own, or the one that GET /api/v1/visit gives, as "+visit.TokenHeader)
			return
		}
		d.written(next, w, r)
	})
}

// written runs a write and notes it.
func (d *Door) written(next http.Handler, w http.ResponseWriter, r *http.Request) {
	seen := &statusWriter{ResponseWriter: w}
	v := visit.From(r.Context())
	defer func() {
		act := state.Act{Who: v.User, Client: d.client(r), What: r.Method + " " + r.URL.Path, Status: seen.code()}
		// What was done is noted even if whoever did it has gone.
		if err := d.o.State.Note(context.WithoutCancel(r.Context()), act); err != nil {
			d.o.Log.Error("a write could not be noted", "what", act.What, "who", act.Who, "error", err)
		}
	}()
	next.ServeHTTP(seen, r)
}
