package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whosaid/internal/ingest/fetch"
)

// A quick clock passes the time that is slept at once.
type quick struct {
	mu  sync.Mutex
	now time.Time
}

func (c *quick) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *quick) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// A site under test answers by path and notes what it was asked for, and when.
type paper struct {
	*httptest.Server
	clock *quick
	mu    sync.Mutex
	pages map[string]func(http.ResponseWriter, *http.Request)
	asked []string
	at    []time.Time
}

func newPaper(t *testing.T) *paper {
	t.Helper()
	p := &paper{clock: &quick{now: time.Date(2022, 3, 1, 10, 0, 0, 0, time.UTC)}, pages: map[string]func(http.ResponseWriter, *http.Request){}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.URL.Path)
		p.at = append(p.at, p.clock.Now())
		page := p.pages[r.URL.Path]
		p.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *paper) serve(path, body string) {
	p.answer(path, func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"%x"`, len(body))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(body))
	})
}

func (p *paper) answer(path string, f func(http.ResponseWriter, *http.Request)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = f
}

// requests are the paths asked for since the last call, robots.txt apart.
func (p *paper) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := slices.DeleteFunc(p.asked, func(s string) bool { return s == "/robots.txt" })
	p.asked, p.at = nil, nil
	return out
}

// rss is a feed of items: path and title, separated by a space.
func (p *paper) rss(items ...string) string {
	var b strings.Builder
	b.WriteString("<rss version='2.0'><channel><title>The Velm Courier</title>")
	for _, it := range items {
		path, title, _ := strings.Cut(it, " ")
		fmt.Fprintf(&b, "<item><link>%s%s</link><title>%s</title></item>", p.URL, path, title)
	}
	return b.String() + "</channel></rss>"
}

// states keeps what is known of feeds in memory.
type states struct {
	mu   sync.Mutex
	data map[string][]byte
}

func (s *states) Load(_ context.Context, feed string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.data[feed], nil
}

func (s *states) Save(_ context.Context, feed string, _ time.Time, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.data == nil {
		s.data = map[string][]byte{}
	}
	s.data[feed] = data
	return nil
}

// A trial is a watcher of a paper and what came of it.
type trial struct {
	*Watcher
	*paper
	state   *states
	visits  []string
	logged  []string
	handled func(Visit) error
}

func newTrial(t *testing.T) *trial {
	t.Helper()
	p := newPaper(t)
	tr := &trial{paper: p, state: &states{}}
	tr.Watcher = &Watcher{
		Client: newClient(p.clock), State: tr.state,
		Handle: func(_ context.Context, v Visit) error {
			p.mu.Lock()
			tr.visits = append(tr.visits, strings.TrimPrefix(v.Page.URL, p.URL)+" "+v.Hints.Title)
			p.mu.Unlock()
			if tr.handled != nil {
				return tr.handled(v)
			}
			return nil
		},
		Log: func(_ string, err error) { tr.logged = append(tr.logged, strings.ReplaceAll(err.Error(), p.URL, "")) },
	}
	return tr
}

func newClient(c Clock) *Client {
	return NewClient(Options{Clock: c, Fetch: fetch.Options{MaxBytes: 1 << 20, MaxUnpacked: 1 << 20, AllowPrivate: true, Timeout: 10 * time.Second, UserAgent: Agent}})
}

// once polls /feed once and gives what was asked for and handed over.
func (tr *trial) once(t *testing.T) (asked, visits, logged []string) {
	t.Helper()
	if err := tr.Run(t.Context(), []string{tr.URL + "/feed"}, true); err != nil {
		t.Fatal(err)
	}
	visits, logged = tr.visits, tr.logged
	tr.visits, tr.logged = nil, nil
	return tr.requests(), visits, logged
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestWatch(t *testing.T) {
	tr := newTrial(t)
	tr.serve("/robots.txt", "User-agent: whosaid\nDisallow: /private\nCrawl-delay: 5")
	tr.serve("/feed", tr.rss("/1 One", "/2 Two", "/1 One", "/gone Gone", "/private/3 Three"))
	tr.serve("/1", "<p>One</p>")
	tr.serve("/2", "<p>Two</p>")
	start := tr.clock.Now()
	asked, visits, logged := tr.once(t)
	equal(t, "first poll", asked, []string{"/feed", "/1", "/2", "/gone"})
	equal(t, "its pages", visits, []string{"/1 One", "/2 Two"})
	if len(logged) != 2 || !strings.HasPrefix(logged[0], "/gone: the server answered 404") || !strings.Contains(logged[1], "asks programs not to fetch it") {
		t.Errorf("logged %q", logged)
	}
	if d := tr.clock.Now().Sub(start); d < 15*time.Second || d > time.Minute {
		t.Errorf("four requests with pauses of five seconds took %v", d)
	}

	// Nothing has changed; nothing is fetched but the feed, and that only asked for.
	asked, visits, logged = tr.once(t)
	equal(t, "second poll", slices.Concat(asked, visits, logged), []string{"/feed"})

	// A page that the feed says has changed is fetched again: one that has not is not handled.
	tr.serve("/feed", tr.rss("/1 One, corrected", "/2 Two, corrected", "/4 Four"))
	tr.serve("/1", "<p>One, corrected</p>")
	tr.serve("/4", "<p>Four</p>")
	asked, visits, _ = tr.once(t)
	equal(t, "third poll", asked, []string{"/feed", "/1", "/2", "/4"})
	equal(t, "its pages", visits, []string{"/1 One, corrected", "/4 Four"})
}

func TestWatchGoesOnWhereItWas(t *testing.T) {
	tr := newTrial(t)
	tr.serve("/feed", tr.rss("/1 One", "/2 Two", "/3 Three"))
	for _, path := range []string{"/1", "/2", "/3"} {
		tr.serve(path, "<p>"+path+"</p>")
	}
	killed := errors.New("killed")
	tr.handled = func(v Visit) error {
		if strings.HasSuffix(v.Page.URL, "/2") {
			return killed
		}
		return nil
	}
	if err := tr.Run(t.Context(), []string{tr.URL + "/feed"}, true); !errors.Is(err, killed) {
		t.Fatal(err)
	}
	equal(t, "handled", tr.visits, []string{"/1 One", "/2 Two"})
	tr.visits, tr.handled = nil, nil
	tr.requests()
	// The feed has not changed, as its server says; its pages are fetched all the same.
	asked, visits, _ := tr.once(t)
	equal(t, "asked for", asked, []string{"/feed", "/2", "/3"})
	equal(t, "the rest", visits, []string{"/2 Two", "/3 Three"})
}

func TestWatchBacksOff(t *testing.T) {
	tr := newTrial(t)
	fails := 4
	var at []time.Time
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	tr.answer("/feed", func(w http.ResponseWriter, _ *http.Request) {
		at = append(at, tr.clock.Now())
		switch {
		case len(at) <= fails:
			http.Error(w, "broken", http.StatusInternalServerError)
		case len(at) == fails+1:
			w.Header().Set("Retry-After", "36000")
			http.Error(w, "busy", http.StatusServiceUnavailable)
		default:
			_, _ = w.Write([]byte(tr.rss()))
			if len(at) == fails+4 {
				cancel()
			}
		}
	})
	if err := tr.Run(ctx, []string{tr.URL + "/feed"}, false); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for i, want := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 10 * time.Hour, 15 * time.Minute, 15 * time.Minute} {
		if d := at[i+1].Sub(at[i]); d < want || d > want+want/9+time.Minute {
			t.Errorf("poll %d came %v after the one before it, want %v and a little", i+2, d, want)
		}
	}

	// What went wrong last is kept until it is well again.
	fails, at = 100, nil
	_, _, _ = tr.once(t)
	var m memory
	if err := json.Unmarshal(tr.state.data[tr.URL+"/feed"], &m); err != nil || m.Failures != 1 || !strings.Contains(m.Why, "500") {
		t.Errorf("of a feed that fails there is kept %+v, %v", m, err)
	}
	fails = -10
	_ = tr.clock.Sleep(t.Context(), 24*time.Hour)
	_, _, _ = tr.once(t)
	m = memory{}
	if err := json.Unmarshal(tr.state.data[tr.URL+"/feed"], &m); err != nil || m.Failures != 0 || m.Why != "" {
		t.Errorf("of one that is well again there is kept %+v, %v", m, err)
	}
}

func TestWatchTriesPagesAgain(t *testing.T) {
	tr := newTrial(t)
	tr.serve("/feed", tr.rss("/1 One", "/2 Two", "/loop Loop"))
	tr.serve("/1", "<p>One</p>")
	tr.answer("/2", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "broken", http.StatusBadGateway) })
	tr.answer("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	_, _, logged := tr.once(t)
	if len(logged) != 1 || !strings.HasPrefix(logged[0], "2 of its pages did not come and are tried again by a run after 2022-03-01T10:") || !strings.Contains(logged[0], ": the server answered 502") {
		t.Errorf("logged %q", logged)
	}
	var m memory
	for range 3 {
		if err := json.Unmarshal(tr.state.data[tr.URL+"/feed"], &m); err != nil {
			t.Fatal(err)
		}
		if len(m.Pending) != 2 {
			t.Fatalf("%+v", m.Pending)
		}
		_ = tr.clock.Sleep(t.Context(), 2*time.Hour)
		_, _, logged := tr.once(t)
		if m.Pending[0].Tries == maxTries-1 {
			if len(logged) != 2 || !strings.Contains(logged[1], "its redirects lead back to /loop without end") {
				t.Errorf("logged %q", logged)
			}
		} else if len(logged) != 1 || !strings.HasPrefix(logged[0], "2 of its pages did not come") {
			t.Errorf("logged %q", logged)
		}
	}
	asked, _, _ := tr.once(t)
	equal(t, "after giving up", asked, []string{"/feed"})
}

func TestWatchLeavesWhatWasForgotten(t *testing.T) {
	tr := newTrial(t)
	tr.serve("/feed", tr.rss("/1 One", "/2 Two", "/moved Moved"))
	tr.serve("/1", "<p>One</p>")
	tr.serve("/2", "<p>Two</p>")
	tr.answer("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/2", http.StatusFound) })
	tr.Refused = func(address, _ string) bool { return address == tr.URL+"/2" }
	asked, visits, _ := tr.once(t)
	equal(t, "asked for", asked, []string{"/feed", "/1", "/moved", "/2"})
	equal(t, "handled", visits, []string{"/1 One"})
}

func TestWatchSitemaps(t *testing.T) {
	tr := newTrial(t)
	u := tr.URL
	tr.serve("/feed", "<sitemapindex><sitemap><loc>"+u+"/a.xml</loc></sitemap><sitemap><loc>"+u+"/feed</loc></sitemap></sitemapindex>")
	tr.serve("/a.xml", "<urlset><url><loc>"+u+"/1</loc></url></urlset>")
	tr.serve("/1", "<p>One</p>")
	_, visits, logged := tr.once(t)
	equal(t, "visits", visits, []string{"/1 "})
	equal(t, "logged", logged, nil)
}

// TestWatchRelativeAddresses: what a feed leads to need not be written out.
func TestWatchRelativeAddresses(t *testing.T) {
	tr := newTrial(t)
	for _, path := range []string{"/1", "/news/2", "/news/3", "/4"} {
		tr.serve(path, "<p>"+path+"</p>")
	}
	u := tr.URL
	tr.serve("/feed", "<rss version='2.0'><channel><title>The Velm Courier</title><link>/news/</link>"+
		"<item><link>/1</link></item><item><link>2?from=feed</link></item><item><title>Nowhere</title></item><item><link>mailto:nora@velm.example</link></item></channel></rss>")
	_, visits, logged := tr.once(t)
	equal(t, "of RSS", visits, []string{"/1 ", "/news/2?from=feed "})
	equal(t, "logged", logged, []string{"2 of its 4 entries have no http or https address, so they were left"})
	tr.serve("/feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "The Velm Courier", "home_page_url": "`+u+`/news/index.html", "items": [{"id": "3", "url": "3"}]}`)
	_, visits, _ = tr.once(t)
	equal(t, "of JSON Feed", visits, []string{"/news/3 "})
	tr.serve("/feed", "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Velm Courier</title><link href='/news/'/><entry><id>4</id><title>Four</title><link href='4'/></entry></feed>")
	_, visits, _ = tr.once(t)
	equal(t, "of Atom", visits, []string{"/4 Four"})
}

// TestWatchTwoLists: a story that stands in two lists of a site is fetched once.
func TestWatchTwoLists(t *testing.T) {
	tr := newTrial(t)
	tr.serve("/feed", tr.rss("/1 One", "/2 Two"))
	tr.serve("/world", tr.rss("/2 Two, of the world", "/3 Three"))
	for _, path := range []string{"/1", "/2", "/3"} {
		tr.serve(path, "<p>"+path+"</p>")
	}
	both := func() []string {
		t.Helper()
		if err := tr.Run(t.Context(), []string{tr.URL + "/feed", tr.URL + "/world"}, true); err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(slices.Values(tr.requests()))
	}
	equal(t, "asked for", both(), []string{"/1", "/2", "/3", "/feed", "/world"})
	_ = tr.clock.Sleep(t.Context(), moment)
	equal(t, "asked for again", both(), []string{"/feed", "/world"})
}

// TestRobotsOutOfReach: a site whose robots.txt fails is left alone, one that
// has none is not.
func TestRobotsOutOfReach(t *testing.T) {
	p := newPaper(t)
	p.answer("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	p.serve("/1", "x")
	c := newClient(p.clock)
	if _, err := c.Get(t.Context(), p.URL+"/1", Seen{}); !Refused(err) || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("%v", err)
	}
	p.answer("/robots.txt", nil)
	if _, err := c.Get(t.Context(), p.URL+"/1", Seen{}); !Refused(err) {
		t.Errorf("asked again at once: %v", err)
	}
	_ = p.clock.Sleep(t.Context(), robotsFailed)
	if page, err := c.Get(t.Context(), p.URL+"/1", Seen{}); err != nil || string(page.Body) != "x" {
		t.Errorf("%v", err)
	}
	equal(t, "asked for", p.requests(), []string{"/1"})
}
