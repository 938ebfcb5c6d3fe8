package web

import (
	"bytes"
	"container/list"
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/a-h/templ"

	"whosaid/internal/serve/visit"
)

// cacheBytes bounds what a cache holds: about a thousand pages of a search.
const cacheBytes = 64 << 20

// A cache holds what pages are made of, as bytes, until the archive changes:
// what is asked for often is made once. What was not asked for longest goes
// first. It may be used by many goroutines at once.
type cache struct {
	most int // bytes

	mu    sync.Mutex
	mark  string // of the archive that all of it was made of
	size  int    // bytes
	pages map[cacheKey]*list.Element
	order *list.List // of *cached, the one asked for last in front
}

// A cacheKey is what was asked for and who did: a page may have a form of its
// visitor's in it.
type cacheKey struct{ address, user, role, token string }

// A cached page has its body made.
type cached struct {
	key  cacheKey
	page page
	body []byte
}

// bytes is about what c takes.
func (c *cached) bytes() int { return len(c.body) + len(c.key.address) + 512 }

func newCache(most int) *cache {
	return &cache{most: most, pages: map[cacheKey]*list.Element{}, order: list.New()}
}

// get is the page of a key, nil where there is none of the archive as it is by
// its mark.
func (c *cache) get(key cacheKey, mark string) *page {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.pages[key]
	if c.mark != mark || e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	p := e.Value.(*cached).page
	return &p
}

// put adds a page that was made of the archive as it was by its mark, or later.
func (c *cache) put(x *cached, mark string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mark != mark {
		clear(c.pages)
		c.order.Init()
		c.mark, c.size = mark, 0
	}
	if x.bytes() > c.most/8 || c.pages[x.key] != nil {
		return
	}
	c.pages[x.key] = c.order.PushFront(x)
	for c.size += x.bytes(); c.size > c.most; {
		last := c.order.Remove(c.order.Back()).(*cached)
		delete(c.pages, last.key)
		c.size -= last.bytes()
	}
}

// cached is make, whose page depends on nothing but the address, the visitor
// and the archive, asked once until one of them changes. No more pages are made
// at a time than there are processors: one after another each is there sooner
// than side by side, and the last no later.
func (s *site) cached(make func(*http.Request) (*page, error)) func(*http.Request) (*page, error) {
	return func(r *http.Request) (*page, error) {
		// The mark comes first: what is written meanwhile makes the page old.
		mark, err := s.desk.Store().Mark(r.Context())
		if err != nil {
			return nil, err
		}
		v := visit.From(r.Context())
		key := cacheKey{r.URL.RequestURI(), v.User, v.Role, v.Token}
		if p := s.cache.get(key, mark); p != nil {
			return p, nil
		}
		select {
		case s.turns <- struct{}{}:
			defer func() { <-s.turns }()
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
		if p := s.cache.get(key, mark); p != nil {
			return p, nil // another made it meanwhile
		}
		p, err := make(r)
		if err != nil || p.Status != 0 {
			return p, err
		}
		var b bytes.Buffer
		if err := p.Body.Render(r.Context(), &b); err != nil {
			return nil, err
		}
		p.Body = written(b.Bytes())
		if v.Nonce == "" || !bytes.Contains(b.Bytes(), []byte(v.Nonce)) {
			s.cache.put(&cached{key, *p, b.Bytes()}, mark)
		}
		return p, nil
	}
}

// written is a part of a page that is made already.
func written(body []byte) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
}
