// Package crawl fetches pages politely and keeps an eye on feeds.
//
// A Client asks each site's robots.txt (RFC 9309), fetches one page of a site
// at a time with a pause between two, and stays away for as long as a server
// asks it to. A Watcher polls feeds with it and hands over the pages that are
// new or have changed.
package crawl

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"whosaid/internal/ingest/crawl/robots"
	"whosaid/internal/ingest/fetch"
)

// Agent is the product token that sites may name in their robots.txt.
const Agent = "whosaid"

// DefaultGap is the pause between two pages of one site.
const DefaultGap = time.Second

// A Clock tells the time and waits.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error // returns early, with its error, once ctx is done
}

// Options say how a Client goes about it.
type Options struct {
	Fetch fetch.Options // of each page
	Gap   time.Duration // between two pages of one site; DefaultGap if 0
	Clock Clock         // the real one if nil
}

// A Client fetches politely. It may be used by many goroutines at once.
type Client struct {
	o  Options
	mu sync.Mutex
	at map[string]*site // by scheme and host
}

// A site is what is known of one server.
type site struct {
	turn   chan struct{} // holds one token: whoever has it may fetch
	asking chan struct{} // likewise, for robots.txt and the fields below it

	mu   sync.Mutex
	next time.Time // when the next page may be fetched

	rules   *robots.Rules // nil before robots.txt was asked for
	closed  bool          // robots.txt could not be reached
	expires time.Time     // when to ask for robots.txt again
}

// How long what robots.txt said is good for, and how long a failure to get it.
const (
	robotsFor    = 24 * time.Hour
	robotsFailed = 10 * time.Minute
)

// maxSites is how many sites are remembered before idle ones are dropped.
const maxSites = 10_000

// longestPause is the longest that a server may keep us from all its pages by
// Retry-After.
const longestPause = 24 * time.Hour

// NewClient makes a client.
func NewClient(o Options) *Client {
	if o.Gap <= 0 {
		o.Gap = DefaultGap
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	return &Client{o: o, at: map[string]*site{}}
}

// A Seen is what a server said of a page at the last visit.
type Seen struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// errRefused marks what a site's robots.txt does not allow, errUnreachable what
// it may allow once it can be had.
var (
	errRefused     = errors.New("robots.txt refuses it")
	errUnreachable = fmt.Errorf("%w for now", errRefused)
)

// Refused reports whether err is a page that a site asks programs to leave
// alone.
func Refused(err error) bool { return errors.Is(err, errRefused) }

// Get fetches a page once its site's turn has come. Its errors are
// *fetch.Error, or that of ctx.
func (c *Client) Get(ctx context.Context, address string, seen Seen) (*fetch.Page, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, &fetch.Error{Reason: "this is no address of a page", Hint: "check its spelling", Err: err}
	}
	s := c.site(u)
	if err := take(ctx, s.turn); err != nil {
		return nil, err
	}
	defer free(s.turn)
	delay, err := c.ask(ctx, s, u)
	if err != nil {
		return nil, err
	}
	if err := c.wait(ctx, s); err != nil {
		return nil, err
	}
	o := c.o.Fetch
	o.ETag, o.LastModified = seen.ETag, seen.LastModified
	o.Redirect = func(ctx context.Context, to *url.URL) error {
		_, err := c.ask(ctx, c.site(to), to)
		return err
	}
	page, err := fetch.Get(ctx, address, o)
	c.rest(s, delay, err)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return page, err
}

// site is what is known of a page's server.
func (c *Client) site(u *url.URL) *site {
	key := strings.ToLower(u.Scheme + "://" + u.Host)
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.at[key]; s != nil {
		return s
	}
	if len(c.at) >= maxSites {
		now := c.o.Clock.Now()
		for k, s := range c.at {
			if len(s.turn) == 1 && s.due(now) <= 0 {
				delete(c.at, k) // nobody is fetching from it
			}
		}
	}
	s := &site{turn: make(chan struct{}, 1), asking: make(chan struct{}, 1)}
	free(s.turn)
	free(s.asking)
	c.at[key] = s
	return s
}

// take takes the token of a channel, free gives it back.
func take(ctx context.Context, c chan struct{}) error {
	select {
	case <-c:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func free(c chan struct{}) { c <- struct{}{} }

// ask says whether a page may be fetched, and how long a pause its site asks
// for between two.
func (c *Client) ask(ctx context.Context, s *site, u *url.URL) (time.Duration, error) {
	if err := take(ctx, s.asking); err != nil {
		return 0, err
	}
	defer free(s.asking)
	if now := c.o.Clock.Now(); s.rules == nil || !now.Before(s.expires) {
		if err := c.robots(ctx, s, u); err != nil {
			return 0, err
		}
	}
	path := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	switch {
	case s.closed:
		return 0, &fetch.Error{Reason: "the robots.txt of " + u.Host + " cannot be reached, so nothing is fetched from there for now", Hint: "try again later", Err: errUnreachable}
	case !s.rules.Allowed(path):
		return 0, &fetch.Error{Reason: "the robots.txt of " + u.Host + " asks programs not to fetch it", Hint: "save the page in a browser and give the file", Err: errRefused}
	}
	return s.rules.Delay, nil
}

// robots asks a site for its robots.txt. One that is not there allows all, one
// that cannot be reached nothing.
func (c *Client) robots(ctx context.Context, s *site, u *url.URL) error {
	if err := c.wait(ctx, s); err != nil {
		return err
	}
	o := c.o.Fetch
	o.MaxBytes, o.MaxUnpacked = max(o.MaxBytes, robots.MaxBytes), max(o.MaxUnpacked, robots.MaxBytes)
	page, err := fetch.Get(ctx, (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}).String(), o)
	c.rest(s, 0, err)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := c.o.Clock.Now()
	s.rules, s.closed, s.expires = &robots.Rules{}, false, now.Add(robotsFor)
	var failed *fetch.Error
	switch {
	case err == nil:
		s.rules = robots.Parse(string(page.Body), Agent)
	case errors.As(err, &failed) && failed.Status >= 400 && failed.Status < 500 && failed.Status != http.StatusTooManyRequests:
	default:
		s.closed, s.expires = true, now.Add(robotsFailed)
		if failed != nil && failed.Status == 0 {
			return err // no connection: what went wrong says more
		}
	}
	return nil
}

// due is how long it is until the next page of a site may be fetched.
func (s *site) due(now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next.Sub(now)
}

// wait lets the pause since the last page of a site pass.
func (c *Client) wait(ctx context.Context, s *site) error {
	d := s.due(c.o.Clock.Now())
	if d > patience {
		return &fetch.Error{
			Reason: fmt.Sprintf("its server asked to be left alone for another %s", d.Round(time.Second)), Hint: "try again then",
			Status: http.StatusTooManyRequests, RetryAfter: strconv.Itoa(int(d/time.Second) + 1),
		}
	}
	if d > 0 {
		return c.o.Clock.Sleep(ctx, d)
	}
	return ctx.Err()
}

// rest sets when the next page of a site may be fetched: after a pause that is
// never quite the same, or when the server says.
func (c *Client) rest(s *site, delay time.Duration, err error) {
	gap := max(c.o.Gap, delay)
	now := c.o.Clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = now.Add(gap + rand.N(gap/4+1))
	var failed *fetch.Error
	if errors.As(err, &failed) && (failed.Status == http.StatusTooManyRequests || failed.Status == http.StatusServiceUnavailable) {
		if d := retryAfter(failed.RetryAfter, now); d > 0 {
			s.next = now.Add(min(d, longestPause))
		}
	}
}

// retryAfter reads the header of that name, seconds or a date, as a time from
// now; 0 if it says nothing.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > 0 {
		return time.Duration(min(n, int64(longestPause/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// A realClock is the time as it passes.
type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
