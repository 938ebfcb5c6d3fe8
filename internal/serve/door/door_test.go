package door

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// inside answers with who is there, and does what its path says.
var inside = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/panic":
		panic("a mistake")
	case "/long":
		_, _ = io.WriteString(w, strings.Repeat("long ", 4000))
		return
	case "/events":
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "data: one\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	v := visit.From(r.Context())
	fmt.Fprintf(w, "%s|%s|%s|%s|%d", v.User, v.Role, v.Token, v.Nonce, len(body))
})

func newState(t *testing.T) *state.Store {
	t.Helper()
	s, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "x.serve"), state.Passwords(state.Cost{Memory: 64, Passes: 1}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A running server: what tests ask.
type running struct {
	t    *testing.T
	at   string // host:port
	door *Door
	stop func() error
}

// open starts a server of options on this machine.
func open(t *testing.T, o Options) *running {
	t.Helper()
	if o.State == nil {
		o.State = newState(t)
	}
	o.Pages, o.API = inside, inside
	d, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	l, local, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil || !local {
		t.Fatal(local, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(ctx, Listening{Listener: l, Grace: 5 * time.Second}) }()
	r := &running{t: t, at: l.Addr().String(), door: d}
	r.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// plain is a client that follows no redirect and keeps no cookie.
func plain() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask sends a request with headers, given as name and value by turns; Host sets
// that. It returns the status and the body.
func (r *running) ask(method, path, body string, headers ...string) (int, string, http.Header) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, "http://"+r.at+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Add(headers[i], headers[i+1])
	}
	resp, err := plain().Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(out), resp.Header
}

// token is the token of the forms of whoever sends these headers.
func (r *running) token(headers ...string) string {
	r.t.Helper()
	_, body, _ := r.ask("GET", "/", "", headers...)
	return strings.Split(body, "|")[2]
}

func TestHost(t *testing.T) {
	local := open(t, Options{Local: true})
	_, port, _ := net.SplitHostPort(local.at)
	named := open(t, Options{Local: true, PublicRead: true, Hosts: []string{"News.Example.org"}})
	wide := open(t, Options{PublicRead: true})
	for _, c := range []struct {
		server *running
		host   string
		want   int
	}{
		{local, "localhost:" + port, 200},
		{local, "127.0.0.1:1", 200}, // a tunnel has another port
		{local, "[::1]:" + port, 200},
		{local, "evil.example:" + port, 421},
		{local, "localhost.evil.example", 421},
		{local, "127.0.0.1.nip.io", 421},
		{local, "10.0.0.7", 421},
		{named, "news.example.org", 200},
		{named, "news.example.org.evil.example", 421},
		{wide, "10.0.0.7:8080", 200}, // nobody can point an address elsewhere
		{wide, "localhost", 200},
		{wide, "evil.example", 421},
	} {
		if got, _, _ := c.server.ask("GET", "/", "", "Host", c.host); got != c.want {
			t.Errorf("Host %s is answered %d, want %d", c.host, got, c.want)
		}
	}
}

func TestOtherWebsites(t *testing.T) {
	s := open(t, Options{Local: true})
	token := s.token()
	form := "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name    string
		method  string
		headers []string
		want    int
	}{
		{"no token", "POST", nil, 403},
		{"a wrong token", "POST", []string{visit.TokenHeader, token + "x"}, 403},
		{"the token", "POST", []string{visit.TokenHeader, token}, 200},
		{"the token and our origin", "POST", []string{visit.TokenHeader, token, "Origin", "http://" + s.at}, 200},
		{"the token from elsewhere", "POST", []string{visit.TokenHeader, token, "Origin", "https://evil.example"}, 403},
		{"the token from another port", "DELETE", []string{visit.TokenHeader, token, "Origin", "http://127.0.0.1:9"}, 403},
		{"the token from a hidden origin", "POST", []string{visit.TokenHeader, token, "Origin", "null"}, 403},
		{"the token by a browser from elsewhere", "POST", []string{visit.TokenHeader, token, "Sec-Fetch-Site", "cross-site"}, 403},
		{"a method that nobody knows", "MELT", nil, 403},
		{"reading from elsewhere", "GET", []string{"Origin", "https://evil.example"}, 403},
		{"a form of another website", "POST", []string{"Content-Type", form, "Origin", "https://evil.example"}, 403},
		{"what only asks, from a program", "POST /mcp", []string{"Content-Type", "application/json"}, 200},
		{"what only asks, from a form", "POST /mcp", []string{"Content-Type", "text/plain"}, 403},
		{"what only asks, from elsewhere", "POST /mcp", []string{"Content-Type", "application/json", "Origin", "https://evil.example"}, 403},
	} {
		method, path, _ := strings.Cut(c.method, " ")
		if path == "" {
			path = "/decide"
		}
		if got, body, _ := s.ask(method, path, "x=1", c.headers...); got != c.want {
			t.Errorf("%s is answered %d (%s), want %d", c.name, got, strings.TrimSpace(body), c.want)
		}
	}
	if got, _, _ := s.ask("POST", "/decide", visit.TokenField+"="+token+"&x=1", "Content-Type", form); got != 200 {
		t.Errorf("a form with the token is answered %d", got)
	}
	acts, err := s.door.o.State.Acts(t.Context(), 0, 10)
	if err != nil || len(acts) != 3 {
		t.Errorf("%d writes are noted (%v), want the 3 that were let in", len(acts), err)
	}
}

func TestBeyondThisMachine(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		want error
	}{
		{"without users", Options{}, ErrOpen},
		{"on this machine with a name", Options{Local: true, Hosts: []string{"news.example.org"}}, ErrOpen},
		{"open to read", Options{PublicRead: true}, nil},
		{"on this machine", Options{Local: true}, nil},
	} {
		c.o.State = newState(t)
		c.o.Pages, c.o.API = inside, inside
		if _, err := New(t.Context(), c.o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	local := open(t, Options{Local: true})
	if got, _, _ := local.ask("GET", "/", "", "X-Forwarded-For", "203.0.113.9"); got != 403 {
		t.Errorf("what came through a proxy is answered %d, want 403", got)
	}
	public := open(t, Options{PublicRead: true})
	if got, body, _ := public.ask("GET", "/search", ""); got != 200 || !strings.HasPrefix(body, "|||") {
		t.Errorf("the public reads %d %s", got, body)
	}
	if got, _, _ := public.ask("POST", "/decide", ""); got != 403 {
		t.Errorf("a write of the public is answered %d", got)
	}
}

// users makes a state with one user of each role; the password is theirs all.
func users(t *testing.T) *state.Store {
	s := newState(t)
	for _, role := range Roles {
		if err := s.AddUser(t.Context(), role, role, "long enough a password"); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// signIn signs somebody in and returns the cookie.
func (r *running) signIn(name, password string) (int, string) {
	r.t.Helper()
	form := url.Values{"name": {name}, "password": {password}, "next": {"/search?q=x"}}.Encode()
	status, _, h := r.ask("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded")
	cookie, _, _ := strings.Cut(h.Get("Set-Cookie"), ";")
	if status == 303 && h.Get("Location") != "/search?q=x" {
		r.t.Errorf("signing in leads to %s", h.Get("Location"))
	}
	if set := h.Get("Set-Cookie"); set != "" && (!strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Lax")) {
		r.t.Errorf("the cookie is %s", set)
	}
	return status, cookie
}

func TestSigningIn(t *testing.T) {
	s := open(t, Options{State: users(t), Local: true})
	if got, _, h := s.ask("GET", "/people/3?x=1", ""); got != 303 || h.Get("Location") != "/login?next=%2Fpeople%2F3%3Fx%3D1" {
		t.Errorf("a stranger is answered %d %s", got, h.Get("Location"))
	}
	if got, body, h := s.ask("GET", "/api/v1/stats", ""); got != 401 || h.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a strange program is answered %d %s", got, body)
	}
	if got, body, _ := s.ask("GET", "/login", ""); got != 200 || !strings.Contains(body, "<form") {
		t.Errorf("the page to sign in is %d", got)
	}
	if got, cookie := s.signIn("admin", "not the password"); got != 401 || cookie != "" {
		t.Errorf("a wrong password is answered %d %s", got, cookie)
	}
	if got, cookie := s.signIn("nobody", "long enough a password"); got != 401 || cookie != "" {
		t.Errorf("a wrong name is answered %d %s", got, cookie)
	}
	got, one := s.signIn("reviewer", "long enough a password")
	_, two := s.signIn("reader", "long enough a password")
	if got != 303 || one == "" || one == two {
		t.Fatalf("the right password is answered %d %s", got, one)
	}
	if _, body, _ := s.ask("GET", "/", "", "Cookie", one); !strings.HasPrefix(body, "reviewer|reviewer|") {
		t.Errorf("the session is of %s", body)
	}
	mine, others := s.token("Cookie", one), s.token("Cookie", two)
	if got, _, _ := s.ask("POST", "/decide", "", "Cookie", one, visit.TokenHeader, others); got != 403 {
		t.Errorf("a write with another session's token is answered %d", got)
	}
	if got, _, _ := s.ask("POST", "/decide", "", "Cookie", one); got != 403 {
		t.Errorf("a write by the cookie alone is answered %d", got)
	}
	if got, _, _ := s.ask("POST", "/decide", "", "Cookie", one, visit.TokenHeader, mine); got != 200 {
		t.Errorf("a write with the session's token is answered %d", got)
	}
	if got, _, _ := s.ask("POST", "/logout", "", "Cookie", one, visit.TokenHeader, mine); got != 303 {
		t.Errorf("signing out is answered %d", got)
	}
	if got, _, _ := s.ask("GET", "/", "", "Cookie", one); got != 303 {
		t.Errorf("after signing out the cookie is answered %d", got)
	}
	acts, err := s.door.o.State.Acts(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var decided bool
	for _, a := range acts {
		decided = decided || a.Who == "reviewer" && a.What == "POST /decide" && a.Status == 200
		if strings.Contains(a.What+a.About, "password") {
			t.Errorf("the audit holds %+v", a)
		}
	}
	if !decided {
		t.Errorf("the audit does not tell of the decision: %+v", acts)
	}
}

func TestSigningInIsThrottled(t *testing.T) {
	s := open(t, Options{State: users(t), Local: true})
	for range attempts {
		if got, _ := s.signIn("reader", "a guess that is wrong"); got != 401 {
			t.Fatalf("a guess is answered %d", got)
		}
	}
	if got, _ := s.signIn("reader", "long enough a password"); got != 429 {
		t.Errorf("after %d guesses the right password is answered %d, want 429", attempts, got)
	}
	// Another address, the same name.
	behind := open(t, Options{State: users(t), Local: true, Hosts: []string{"news.example.org"}, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	form := "name=reader&password=a+guess+that+is+wrong"
	got := 0
	for n := range attempts + 1 {
		got, _, _ = behind.ask("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded", "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", n))
	}
	if got != 429 {
		t.Errorf("guesses from many addresses are answered %d in the end, want 429", got)
	}
	if got, _ := behind.signIn("admin", "long enough a password"); got != 303 {
		t.Errorf("somebody else is answered %d meanwhile", got)
	}
}

func TestTokens(t *testing.T) {
	st := users(t)
	s := open(t, Options{State: st, Local: true})
	secret := map[string]string{}
	for _, scope := range Scopes {
		_, x, err := st.AddToken(t.Context(), state.Token{User: "admin", Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		secret[scope] = "Bearer " + x
	}
	_, old, err := st.AddToken(t.Context(), state.Token{User: "admin", Scope: ScopeAdmin, Ends: time.Now().Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	_, weak, err := st.AddToken(t.Context(), state.Token{User: "reader", Scope: ScopeAdmin})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, token string
		want          int
		role          string
	}{
		{"GET", secret[ScopeRead], 200, visit.Reader},
		{"POST", secret[ScopeRead], 403, ""},
		{"POST", secret[ScopeWrite], 200, visit.Reviewer},
		{"DELETE", secret[ScopeAdmin], 200, visit.Admin},
		{"GET", "Bearer " + weak, 200, visit.Reader},
		{"GET", "Bearer " + old, 401, ""},
		{"GET", "Bearer whosaid_nonsense", 401, ""},
	} {
		got, body, _ := s.ask(c.method, "/api/v1/x", "", "Authorization", c.token)
		if parts := strings.Split(body, "|"); got != c.want || c.role != "" && parts[1] != c.role {
			t.Errorf("%s by %.20s… is answered %d %s, want %d as %s", c.method, c.token, got, body, c.want, c.role)
		}
	}
	if err := st.RemoveUser(t.Context(), "admin"); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := s.ask("GET", "/api/v1/x", "", "Authorization", secret[ScopeRead]); got != 401 {
		t.Errorf("the token of somebody who was removed is answered %d", got)
	}
}

func TestHeaders(t *testing.T) {
	s := open(t, Options{Local: true})
	nonces := map[string]bool{}
	for range 2 {
		_, body, h := s.ask("GET", "/", "")
		csp := h.Get("Content-Security-Policy")
		nonce := strings.Split(body, "|")[3]
		if nonce == "" || nonces[nonce] || !strings.Contains(csp, "'nonce-"+nonce+"'") {
			t.Errorf("the nonce %q is not the policy's or not fresh: %s", nonce, csp)
		}
		nonces[nonce] = true
		if strings.Contains(csp, "unsafe") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("the policy is %s", csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
			if h.Get(name) != want {
				t.Errorf("%s is %q", name, h.Get(name))
			}
		}
		if h.Get("Access-Control-Allow-Origin") != "" {
			t.Error("other websites may read it")
		}
	}
	if got, _, _ := s.ask("GET", "/panic", ""); got != 500 {
		t.Errorf("a mistake is answered %d", got)
	}
	if got, _, h := s.ask("GET", "/long", "", "Accept-Encoding", "gzip"); got != 200 || h.Get("Content-Encoding") != "gzip" {
		t.Errorf("a long answer is %d, packed by %q", got, h.Get("Content-Encoding"))
	}
}

func TestLimits(t *testing.T) {
	s := open(t, Options{PublicRead: true, Rate: 0.001, Burst: 3, MaxBody: 100})
	var last int
	for range 4 {
		last, _, _ = s.ask("GET", "/", "")
	}
	if last != 429 {
		t.Errorf("the fourth of three requests is answered %d", last)
	}
	local := open(t, Options{Local: true, Rate: 0.001, Burst: 1, MaxBody: 100})
	token := local.token()
	if got, _, _ := local.ask("POST", "/decide", strings.Repeat("x", 101), visit.TokenHeader, token); got != 413 {
		t.Errorf("too long a body is answered %d", got)
	}
	if got, _, _ := local.ask("POST", "/decide", "x", visit.TokenHeader, token, "Content-Encoding", "gzip"); got != 415 {
		t.Errorf("a packed body is answered %d", got)
	}
}

func TestHealthAndMetrics(t *testing.T) {
	s := open(t, Options{Local: true})
	if got, body, _ := s.ask("GET", "/healthz", ""); got != 200 || body != "ok\n" {
		t.Errorf("health is %d %s", got, body)
	}
	_, body, _ := s.ask("GET", "/metrics", "")
	line := regexp.MustCompile(`^(# (HELP|TYPE) .*|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$`)
	for l := range strings.SplitSeq(strings.TrimSpace(body), "\n") {
		if !line.MatchString(l) {
			t.Errorf("this is no line of Prometheus: %s", l)
		}
	}
	if !strings.Contains(body, `whosaid_requests_total{area="healthz",method="GET",code="200"} 1`) {
		t.Errorf("the request is not counted:\n%s", body)
	}
	for path, want := range map[string]string{"/article/x": "article", "/person/12": "person", "/utterance/3": "utterance", "/review": "review", "/": "other", "/nothing/here": "other"} {
		if got := area(path); got != want {
			t.Errorf("%s is counted as %s, want %s", path, got, want)
		}
	}
	public := open(t, Options{PublicRead: true})
	if got, _, _ := public.ask("GET", "/metrics", ""); got != 401 {
		t.Errorf("the public's look at the counts is answered %d", got)
	}
}

// What is being answered when the end is asked for is answered still; what
// never ends is ended.
func TestDraining(t *testing.T) {
	s := open(t, Options{Local: true})
	token := s.token()
	slow, w := io.Pipe()
	got := make(chan string, 2)
	go func() {
		req, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+s.at+"/decide", slow)
		req.Header.Set(visit.TokenHeader, token)
		resp, err := plain().Do(req)
		if err != nil {
			got <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		got <- fmt.Sprint(resp.StatusCode, err, strings.HasSuffix(string(body), "|7"))
	}()
	if _, err := io.WriteString(w, "begun, "); err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.at+"/events", nil)
	req.Header.Set("Accept", "text/event-stream")
	events, err := plain().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if _, err := events.Body.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.stop() }()
	<-s.door.drained.Done()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if answer := <-got; answer != "200 <nil> true" {
		t.Errorf("what was running ended with %s", answer)
	}
	if _, err := io.ReadAll(events.Body); err != nil {
		t.Errorf("the events ended with %v", err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

func TestUsersWhileItRuns(t *testing.T) {
	s := open(t, Options{Local: true})
	if got, _, _ := s.ask("GET", "/", ""); got != 200 {
		t.Fatalf("answered %d", got)
	}
	if err := s.door.o.State.AddUser(t.Context(), "ida", visit.Admin, "long enough a password"); err != nil {
		t.Fatal(err)
	}
	s.door.known.Store(0) // a second later
	if got, _, _ := s.ask("GET", "/", ""); got != 303 {
		t.Errorf("once there is a user, a stranger is answered %d", got)
	}
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := c.PostForm("http://"+s.at+"/login", url.Values{"name": {"ida"}, "password": {"long enough a password"}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); !strings.HasPrefix(string(body), "ida|admin|") {
		t.Errorf("after signing in: %s", body)
	}
}

func FuzzWithin(f *testing.F) {
	for _, s := range []string{"/", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/search?q=//x", "/%2f%2fevil"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, next string) {
		base, _ := url.Parse("http://127.0.0.1/login")
		to, err := base.Parse(within(next))
		if err == nil && to.Host != "127.0.0.1" {
			t.Errorf("%q leads to %s", next, to)
		}
	})
}
