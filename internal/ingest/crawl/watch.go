package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"whosaid/internal/ingest/fetch"
	"whosaid/internal/ingest/format"
	"whosaid/internal/ingest/format/feed"
)

// A Visit is a page that a feed led to: new, or changed since it was fetched
// last.
type Visit struct {
	Feed    string // that led to it
	Page    fetch.Page
	Hints   Hints
	Fetched time.Time
}

// A Watcher polls feeds and sitemaps and fetches the pages that they list.
type Watcher struct {
	Client *Client
	State  State
	Every  time.Duration // between two polls of a feed; DefaultEvery if 0
	AtOnce int           // feeds worked on at once; DefaultAtOnce if 0

	// Handle keeps a page. Once it has returned nil the page is done with; a
	// run that ends before that fetches it again next time. It is called by
	// many goroutines at once. Its error ends the run.
	Handle func(ctx context.Context, v Visit) error

	// Refused, if set, tells addresses that are not to be fetched, for they were
	// forgotten, or the outlet was, which a feed names beside them.
	Refused func(address, outlet string) bool

	// Log, if set, is told what went wrong and did not end the run, in one
	// sentence.
	Log func(feed string, err error)

	mu     sync.Mutex
	claims map[string]claim // by address of a page
}

// Defaults of a Watcher.
const (
	DefaultEvery  = 15 * time.Minute
	DefaultAtOnce = 32
)

const (
	longestWait = 24 * time.Hour // between two polls of a feed that fails
	firstRetry  = 5 * time.Minute
	maxTries    = 4               // to fetch a page
	maxLists    = 3               // sitemaps in sitemaps
	moment      = 5 * time.Minute // for which a page that came for one feed is good for others
	saveEvery   = 5 * time.Second
)

// Run watches feeds until ctx is done, or, if once is set, polls each and
// fetches what is new. A feed that failed a moment ago is left alone even so.
func (w *Watcher) Run(ctx context.Context, feeds []string, once bool) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	atOnce := w.AtOnce
	if atOnce <= 0 {
		atOnce = DefaultAtOnce
	}
	slots := make(chan struct{}, atOnce)
	var group sync.WaitGroup
	started := map[string]bool{}
	for _, url := range feeds {
		if started[url] {
			continue
		}
		started[url] = true
		group.Go(func() {
			t := &task{Watcher: w, url: url, once: once, slots: slots}
			if err := t.run(ctx); err != nil {
				cancel(err)
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// A claim says which feed a page was last fetched for, and when.
type claim struct {
	feed string
	at   time.Time
}

// claim reports whether a page is to be fetched for a feed: it is not where it
// came for another one a moment ago, for a story stands in several lists of a site.
func (w *Watcher) claim(address, feed string, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c, ok := w.claims[address]; ok && c.feed != feed && now.Sub(c.at) < moment {
		return false
	}
	if w.claims == nil || len(w.claims) > maxKnown {
		w.claims = map[string]claim{}
	}
	w.claims[address] = claim{feed, now}
	return true
}

// A task is one feed being watched.
type task struct {
	*Watcher
	url   string
	once  bool
	slots chan struct{} // room for those that work at once
	m     memory
	saved time.Time
}

func (t *task) now() time.Time { return t.Client.o.Clock.Now() }

func (t *task) log(err error) {
	if t.Log != nil {
		t.Log(t.url, err)
	}
}

func (t *task) every() time.Duration {
	if t.Every > 0 {
		return t.Every
	}
	return DefaultEvery
}

func (t *task) run(ctx context.Context) error {
	data, err := t.State.Load(ctx, t.url)
	if err != nil {
		return err
	}
	if data != nil && json.Unmarshal(data, &t.m) != nil {
		t.m = memory{} // of a feed that cannot be understood nothing is known
	}
	if t.m.Known == nil {
		t.m.Known = map[string]known{}
	}
	for {
		select {
		case t.slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := t.round(ctx)
		<-t.slots
		if err != nil || t.once || t.m.Gone {
			return err
		}
		next := t.m.Due
		for _, p := range t.m.Pending {
			if p.Due.Before(next) {
				next = p.Due
			}
		}
		if d := next.Sub(t.now()); d > 0 {
			if err := t.Client.o.Clock.Sleep(ctx, d); err != nil {
				return err
			}
		}
	}
}

// round polls the feed if that is due, and fetches the pages that are.
func (t *task) round(ctx context.Context) error {
	now := t.now()
	switch {
	case t.m.Gone:
		t.log(errors.New("the server said that this feed is gone for good; whosaid watch --drop takes it off the list"))
		return nil
	case now.Before(t.m.Hold):
		if t.once {
			t.log(fmt.Errorf("it failed the last time (%d in a row) and is left alone until %s", t.m.Failures, t.m.Hold.UTC().Format(time.RFC3339)))
		}
	case t.once || !now.Before(t.m.Due):
		if err := t.poll(ctx); err != nil {
			return err
		}
		if err := t.save(ctx); err != nil {
			return err
		}
	}
	if err := t.pages(ctx); err != nil {
		return err
	}
	if t.once {
		t.tellWaiting()
	}
	return nil
}

// tellWaiting says which pages did not come and wait for another run. A run
// that goes on tries them again itself and tells of those that it gives up.
func (t *task) tellWaiting() {
	n := len(t.m.Pending)
	if n == 0 {
		return
	}
	first, due := t.m.Pending[0], t.m.Pending[0].Due
	for _, p := range t.m.Pending {
		if p.Due.Before(due) {
			due = p.Due
		}
	}
	words := fmt.Sprintf("%d of its pages did not come and are tried again", n)
	if n == 1 {
		words = "a page of it did not come and is tried again"
	}
	t.log(fmt.Errorf("%s by a run after %s: %s: %s", words, due.UTC().Format(time.RFC3339), first.URL, first.Why))
}

// poll fetches the feed and notes what is new in it.
func (t *task) poll(ctx context.Context) error {
	page, err := t.Client.Get(ctx, t.url, t.m.Seen)
	now := t.now()
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		t.failed(err, now)
		return nil
	}
	if !page.NotModified {
		l, err := list(page)
		if err != nil {
			t.failed(err, now)
			return nil
		}
		t.m.Seen = Seen{page.ETag, page.LastModified}
		t.note(l, now, 0)
		t.m.tidy(now)
		t.m.Due = now.Add(jittered(max(t.every(), l.TTL, page.MaxAge)))
	} else {
		t.m.Due = now.Add(jittered(max(t.every(), page.MaxAge)))
	}
	t.m.Failures, t.m.Hold, t.m.Why = 0, time.Time{}, ""
	return nil
}

// failed sets when a feed that failed is tried again: after twice as long each
// time, or when the server says.
func (t *task) failed(err error, now time.Time) {
	var answer *fetch.Error
	if errors.As(err, &answer) && answer.Status == http.StatusGone {
		t.m.Gone = true
	}
	t.m.Failures++
	t.m.Why = err.Error()
	wait := jittered(min(t.every()<<min(t.m.Failures-1, 10), longestWait))
	if answer != nil {
		wait = max(wait, min(retryAfter(answer.RetryAfter, now), longestWait))
	}
	t.m.Hold = now.Add(wait)
	t.m.Due = t.m.Hold
	t.log(err)
}

// jittered is a time that is never quite the same, a tenth longer at most, so
// that many feeds do not come due together for ever.
func jittered(d time.Duration) time.Duration { return d + rand.N(d/10+1) }

// list reads a feed or a sitemap.
func list(page *fetch.Page) (*feed.List, error) {
	name, body, err := format.Unpack("feed", page.Body, 0)
	if err != nil {
		return nil, err
	}
	switch format.Detect(name, body) {
	case format.Feed:
		l, err := feed.Parse(body)
		if err != nil {
			return nil, err
		}
		l.Resolve(page.URL)
		return l, nil
	case format.Sitemap:
		l, err := feed.ParseSitemap(body)
		if l != nil && len(l.Entries) > 0 {
			err = nil
			l.Resolve(page.URL)
		}
		return l, err
	}
	return nil, &fetch.Error{Reason: "it is neither a feed nor a sitemap", Hint: "look for the address of the feed on the page"}
}

// isList reports whether a page is a list of pages.
func isList(page *fetch.Page) bool {
	name, body, err := format.Unpack("feed", page.Body, 0)
	if err != nil {
		return false
	}
	kind := format.Detect(name, body)
	return kind == format.Feed || kind == format.Sitemap
}

// note adds the entries of a list that are new or changed to those pending.
func (t *task) note(l *feed.List, now time.Time, depth int) {
	waiting := map[string]int{}
	for i, p := range t.m.Pending {
		waiting[p.URL] = i
	}
	left, nowhere := l.Cut, 0
	for _, e := range l.Entries {
		if low := strings.ToLower(e.URL); !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
			nowhere++
			continue
		}
		mark := strings.Join([]string{e.Modified, e.Published, e.Title}, "|")
		if k, ok := t.m.Known[e.URL]; ok {
			k.Listed = now
			t.m.Known[e.URL] = k
			if k.Mark == mark {
				continue
			}
		}
		p := pending{URL: e.URL, Mark: mark, Depth: depth, Hints: Hints{
			Title: e.Title, Outlet: e.Outlet, Authors: e.Authors, Published: format.Date(e.Published), Modified: format.Date(e.Modified), Language: e.Language,
		}}
		if p.Hints.Outlet == "" {
			p.Hints.Outlet = l.Title
		}
		if e.Full {
			if p.inline = e.HTML; p.inline == "" {
				p.inline = asHTML(e.Text)
			}
		}
		if i, ok := waiting[e.URL]; ok {
			if t.m.Pending[i].Mark != mark || p.inline != "" {
				t.m.Pending[i] = p
			}
			continue
		}
		if len(t.m.Pending) >= maxPending {
			left++
			continue
		}
		waiting[e.URL] = len(t.m.Pending)
		t.m.Pending = append(t.m.Pending, p)
	}
	if nowhere > 0 {
		t.log(fmt.Errorf("%d of its %d entries have no http or https address, so they were left", nowhere, len(l.Entries)))
	}
	if left > 0 {
		t.log(fmt.Errorf("it lists %d pages more than are fetched in one go; they come next time", left))
		t.m.Seen = Seen{} // or the server would say that nothing has changed
	}
}

// save keeps what is known of the feed.
func (t *task) save(ctx context.Context) error {
	data, err := json.Marshal(t.m)
	if err != nil {
		return err
	}
	t.saved = t.now()
	return t.State.Save(ctx, t.url, t.m.Due, data)
}
