package door

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

// The scopes of a program's token. What a token may is the lesser of its scope
// and its user's role.
const (
	ScopeRead  = "read"  // what a reader may ask
	ScopeWrite = "write" // what a reviewer may decide
	ScopeAdmin = "admin" // all that its user may
)

// Scopes lists them, the least first.
var Scopes = []string{ScopeRead, ScopeWrite, ScopeAdmin}

// Roles lists the roles of users, the least first.
var Roles = []string{visit.Reader, visit.Reviewer, visit.Admin}

// identity is how a visitor was known.
type identity struct {
	local   bool   // by being on this machine
	session string // by this secret of a cookie
	scope   string // by a token of this scope
}

func (i identity) public() bool { return i == identity{} }

type identityKey struct{}

func asked(ctx context.Context) identity {
	i, _ := ctx.Value(identityKey{}).(identity)
	return i
}

// mine reports whether the visitor is the person at the machine.
func (d *Door) mine(ctx context.Context) bool { return asked(ctx).local }

// identified finds out who asks, and turns away who may not.
func (d *Door) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, who, err := d.who(r)
		switch {
		case errors.Is(err, state.ErrDenied):
			w.Header().Set("WWW-Authenticate", "Bearer")
			if !d.logins.client.allow(d.client(r)) {
				d.refuse(w, r, http.StatusTooManyRequests, "too many wrong tokens; wait a minute")
				return
			}
			d.refuse(w, r, http.StatusUnauthorized, "the token is not known, or has ended")
			return
		case errors.Is(err, errForwarded):
			d.refuse(w, r, http.StatusForbidden, err.Error())
			return
		case err != nil:
			d.fail(w, r, err)
			return
		}
		if who.public() && !d.free(r.URL.Path) && !d.o.PublicRead {
			if programs(r) || !safe(r.Method) {
				w.Header().Set("WWW-Authenticate", "Bearer")
				d.refuse(w, r, http.StatusUnauthorized, "sign in, or send a token as Authorization: Bearer")
				return
			}
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		if user, ok := r.Context().Value(userKey{}).(*string); ok {
			*user = v.User
		}
		v.Nonce = visit.From(r.Context()).Nonce
		ctx := context.WithValue(visit.With(r.Context(), v), identityKey{}, who)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// free reports whether a path needs no visitor.
func (d *Door) free(path string) bool {
	return path == "/login" || path == "/metrics" || d.open(path) || begins(path, d.o.Feeds)
}

// open reports whether a path is one that costs nothing to answer.
func (d *Door) open(path string) bool { return path == "/healthz" || begins(path, d.o.Open) }

func begins(path string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(path, p) })
}

var errForwarded = errors.New("this server is for the person at its machine, and the request came through a proxy: add users (whosaid user add) and name the server with --host")

// who is the visitor of a request.
func (d *Door) who(r *http.Request) (visit.Visit, identity, error) {
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		u, scope, err := d.o.State.TokenUser(r.Context(), strings.TrimSpace(secret))
		if err != nil {
			return visit.Visit{}, identity{}, err
		}
		return visit.Visit{User: u.Name, Role: lesser(u.Role, scope)}, identity{scope: scope}, nil
	}
	users, err := d.users(r.Context())
	if err != nil {
		return visit.Visit{}, identity{}, err
	}
	if !users && d.o.Local && len(d.o.Hosts) == 0 {
		if forwarded(r) {
			return visit.Visit{}, identity{}, errForwarded
		}
		return visit.Visit{Role: visit.Admin, Token: d.token("local")}, identity{local: true}, nil
	}
	if c, err := r.Cookie(d.cookie()); err == nil {
		u, err := d.o.State.Session(r.Context(), c.Value)
		if err == nil {
			return visit.Visit{User: u.Name, Role: u.Role, Token: d.token("session " + c.Value)}, identity{session: c.Value}, nil
		}
		if !errors.Is(err, state.ErrDenied) {
			return visit.Visit{}, identity{}, err
		}
	}
	return visit.Visit{}, identity{}, nil
}

// lesser is what a token may: its user's role, bounded by its scope.
func lesser(role, scope string) string {
	most := map[string]string{ScopeRead: visit.Reader, ScopeWrite: visit.Reviewer, ScopeAdmin: visit.Admin}[scope]
	if (visit.Visit{Role: role}).May(most) {
		return most
	}
	return role
}

// recount is how often the users are counted.
const recount = time.Second

// users reports whether there are any. Once the first is added while the server
// runs, everybody must sign in.
func (d *Door) users(ctx context.Context) (bool, error) {
	if now := time.Now().UnixNano(); now-d.known.Load() > int64(recount) {
		list, err := d.o.State.Users(ctx)
		if err != nil {
			return false, err
		}
		d.accounts.Store(len(list) > 0)
		d.known.Store(now)
	}
	return d.accounts.Load(), nil
}

// token is what the forms of a visitor carry.
func (d *Door) token(of string) string {
	h := hmac.New(sha256.New, d.forms)
	_, _ = h.Write([]byte(of))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// holds reports whether a write carries the token of its visitor.
func (d *Door) holds(r *http.Request) bool {
	want := visit.From(r.Context()).Token
	got := r.Header.Get(visit.TokenHeader)
	if got == "" && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		got = r.PostFormValue(visit.TokenField)
	}
	if got == "" && strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") && r.ParseMultipartForm(d.o.MaxBody) == nil {
		got = r.PostFormValue(visit.TokenField)
	}
	return want != "" && subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1
}

// forwarded reports whether a request came through a proxy.
func forwarded(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if r.Header.Get(h) != "" {
			return true
		}
	}
	return false
}

// client is the address of whoever asks: behind proxies that are trusted, what
// the last of these saw. An IPv6 network of one household or firm counts as one.
func (d *Door) client(r *http.Request) string {
	ip := address(r.RemoteAddr)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && d.proxy(ip); i-- {
		before := address(strings.TrimSpace(hops[i]))
		if !before.IsValid() {
			break
		}
		ip = before
	}
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

func (d *Door) proxy(ip netip.Addr) bool {
	return slices.ContainsFunc(d.o.Proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

func address(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	ip, _ := netip.ParseAddr(strings.Trim(s, "[]"))
	return ip.Unmap().WithZone("")
}
