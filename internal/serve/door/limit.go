package door

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits is a limit for each of many.
type limits struct {
	every rate.Limit
	burst int

	mu   sync.Mutex
	of   map[string]*limited
	last time.Time // when those that rest were last forgotten
}

type limited struct {
	*rate.Limiter
	used time.Time
}

// mostLimited bounds how many are remembered; rest is after how long without a
// request one is forgotten.
const (
	mostLimited = 50_000
	rest        = 30 * time.Minute
)

// newLimits lets each have every a second, and burst at once; 0 is no limit.
func newLimits(every rate.Limit, burst int) *limits {
	return &limits{every: every, burst: max(burst, 1), of: map[string]*limited{}}
}

func (l *limits) get(who string) *limited {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if len(l.of) >= mostLimited || now.Sub(l.last) > rest {
		l.last = now
		for k, x := range l.of {
			if now.Sub(x.used) > rest || len(l.of) >= mostLimited {
				delete(l.of, k)
			}
		}
	}
	x := l.of[who]
	if x == nil {
		x = &limited{Limiter: rate.NewLimiter(l.every, l.burst)}
		l.of[who] = x
	}
	x.used = now
	return x
}

// allow reports whether who may have one more, and counts it.
func (l *limits) allow(who string) bool { return l.every == 0 || l.get(who).Allow() }

// left reports whether who has any left, without taking it.
func (l *limits) left(who string) bool { return l.get(who).Tokens() >= 1 }

// throttle bounds attempts to sign in: by where they come from, by whom they
// try to be, and how many are weighed at once, since each takes memory.
type throttle struct {
	client *limits
	name   *limits // of attempts that failed: whoever knows the password uses none up
	at     chan struct{}
}

// The bounds of attempts: ten at once and one more each half minute from one
// address; ten that fail for one name, and one more a minute.
const (
	attempts      = 10
	clientEvery   = 30 * time.Second
	nameEvery     = time.Minute
	weighedAtOnce = 2
	patience      = 5 * time.Second
)

func newThrottle() *throttle {
	return &throttle{
		client: newLimits(rate.Every(clientEvery), attempts),
		name:   newLimits(rate.Every(nameEvery), attempts),
		at:     make(chan struct{}, weighedAtOnce),
	}
}

// begin is asked before an attempt; if it may be made, release ends it.
func (t *throttle) begin(ctx context.Context, name, client string) (release func(), ok bool) {
	if !t.client.allow(client) || !t.name.left(name) {
		return nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case t.at <- struct{}{}:
		return func() { <-t.at }, true
	case <-ctx.Done():
		return nil, false
	}
}

func (t *throttle) failed(name string) { t.name.allow(name) }
