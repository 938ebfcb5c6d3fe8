package crawl

import (
	"context"
	"encoding/json"
	"time"
)

// A State keeps what is known of feeds from one run to the next. It may be
// used by many goroutines at once.
type State interface {
	// Load gives what Save kept for a feed last; nil if there is nothing.
	Load(ctx context.Context, feed string) ([]byte, error)
	// Save keeps data, which is JSON, and when the feed is to be polled next.
	Save(ctx context.Context, feed string, due time.Time, data []byte) error
}

// memory is what is known of one feed.
type memory struct {
	Due      time.Time        `json:"due"`            // when to poll it next
	Hold     time.Time        `json:"hold"`           // not to be polled before, whoever asks: it failed
	Failures int              `json:"failures"`       // polls that failed, one after another
	Why      string           `json:"why,omitempty"`  // the last of these did
	Gone     bool             `json:"gone,omitempty"` // the server says that it is gone for good
	Seen     Seen             `json:"seen"`           // what the server said of the feed itself
	Known    map[string]known `json:"known"`          // pages that are done with, by address
	Pending  []pending        `json:"pending"`        // pages that are to be fetched
}

// known is a page that is done with: kept, or not to be had.
type known struct {
	Mark   string    `json:"mark"` // by which a change is seen
	Listed time.Time `json:"listed"`
	Seen
}

// pending is a page that is still to be fetched.
type pending struct {
	URL    string    `json:"url"`
	Mark   string    `json:"mark"`
	Tries  int       `json:"tries,omitempty"`
	Due    time.Time `json:"due,omitzero"`
	Why    string    `json:"why,omitempty"`   // it did not come the last time
	Depth  int       `json:"depth,omitempty"` // of lists that led to it
	Hints  Hints     `json:"hints,omitzero"`
	inline string    // the article as the feed holds it; lost when a run ends, and then fetched
}

// A Standing is how it stands with a feed.
type Standing struct {
	Due      time.Time // when it is polled next
	Known    int       // pages that are done with
	Pending  int       // pages that are to be fetched
	Failures int       // polls that failed, one after another
	Why      string    // the last of these did
	Gone     bool      // its server says that it is gone for good
}

// StandingOf reads what State.Save was given of a feed; of what it cannot read
// it says nothing.
func StandingOf(data []byte) Standing {
	var m memory
	if json.Unmarshal(data, &m) != nil {
		return Standing{}
	}
	return Standing{Due: m.Due, Known: len(m.Known), Pending: len(m.Pending), Failures: m.Failures, Why: m.Why, Gone: m.Gone}
}

// Hints are what a feed says of a page, which may not say it itself.
type Hints struct {
	Title     string   `json:"title,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Authors   []string `json:"authors,omitempty"`
	Published string   `json:"published,omitempty"` // ISO 8601
	Modified  string   `json:"modified,omitempty"`  // likewise
	Language  string   `json:"language,omitempty"`
}

// Bounds on what is remembered of one feed.
const (
	maxPending = 5_000
	maxKnown   = 60_000              // more than a sitemap may list
	forgetful  = 30 * 24 * time.Hour // after which a page that is no longer listed is not known
)

// tidy drops pages that have not been listed for long.
func (m *memory) tidy(now time.Time) {
	for url, k := range m.Known {
		if now.Sub(k.Listed) > forgetful || len(m.Known) > maxKnown && !k.Listed.Equal(now) {
			delete(m.Known, url)
		}
	}
}
