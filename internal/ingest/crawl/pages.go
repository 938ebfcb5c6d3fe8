package crawl

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"whosaid/internal/ingest/fetch"
)

// pages fetches the pages of a feed that are due, one after another. What it
// learns is saved now and then, and at its end, however that comes.
func (t *task) pages(ctx context.Context) (err error) {
	changed := false
	defer func() {
		if changed {
			// What was handled before an interrupt is known the next time.
			if saving := t.save(context.WithoutCancel(ctx)); err == nil {
				err = saving
			}
		}
	}()
	for i := 0; i < len(t.m.Pending); {
		p := t.m.Pending[i]
		if t.now().Before(p.Due) {
			i++
			continue
		}
		done, err := t.page(ctx, &t.m.Pending[i])
		if err != nil {
			return err
		}
		changed = true
		if done != nil {
			done.Mark, done.Listed = p.Mark, t.now()
			t.m.Known[p.URL] = *done
			t.m.Pending = append(t.m.Pending[:i], t.m.Pending[i+1:]...)
		} else {
			i++
		}
		if t.now().Sub(t.saved) > saveEvery {
			if err := t.save(ctx); err != nil {
				return err
			}
			changed = false
		}
	}
	return nil
}

// page fetches one page and has it handled. It is nil where the page is to be
// tried again, at p.Due.
func (t *task) page(ctx context.Context, p *pending) (*known, error) {
	if t.refused(p.URL, p.Hints.Outlet) {
		return &known{}, nil
	}
	if p.inline != "" {
		return &known{}, t.Handle(ctx, Visit{
			Feed: t.url, Hints: p.Hints, Fetched: t.now(),
			Page: fetch.Page{URL: p.URL, ContentType: "text/html; charset=utf-8", Body: []byte(p.inline)},
		})
	}
	if !t.claim(p.URL, t.url, t.now()) {
		return &known{Seen: t.m.Known[p.URL].Seen}, nil
	}
	page, err := t.Client.Get(ctx, p.URL, t.m.Known[p.URL].Seen)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return t.again(p, err), nil
	}
	k := &known{Seen: Seen{page.ETag, page.LastModified}}
	switch {
	case page.NotModified:
		k.Seen = t.m.Known[p.URL].Seen
		return k, nil
	case t.refused(page.URL, p.Hints.Outlet):
		return k, nil
	case isList(page):
		return k, t.deeper(page, p)
	}
	return k, t.Handle(ctx, Visit{Feed: t.url, Page: *page, Hints: p.Hints, Fetched: t.now()})
}

func (t *task) refused(address, outlet string) bool {
	return t.Refused != nil && t.Refused(address, outlet)
}

// deeper notes what a list in a list leads to.
func (t *task) deeper(page *fetch.Page, p *pending) error {
	if p.Depth+1 >= maxLists {
		t.log(fmt.Errorf("%s lies in lists more than %d deep in each other; watch that list itself", p.URL, maxLists))
		return nil
	}
	l, err := list(page)
	if err != nil {
		t.log(fmt.Errorf("%s: %w", p.URL, err))
		return nil
	}
	t.note(l, t.now(), p.Depth+1)
	return nil
}

// again sets when a page that failed is tried again, or gives it up: then it is
// known, so that nobody tries until it changes.
func (t *task) again(p *pending, err error) *known {
	var answer *fetch.Error
	status := 0
	if errors.As(err, &answer) {
		status = answer.Status
	}
	p.Tries++
	lost := status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout
	if lost || p.Tries >= maxTries || Refused(err) && !errors.Is(err, errUnreachable) {
		t.log(fmt.Errorf("%s: %w", p.URL, err))
		return &known{}
	}
	wait := jittered(firstRetry << (2 * (p.Tries - 1)))
	if answer != nil {
		wait = max(wait, retryAfter(answer.RetryAfter, t.now()))
	}
	p.Due, p.Why = t.now().Add(min(wait, longestWait)), err.Error()
	return nil
}

// asHTML is plain text as a piece of a page.
func asHTML(text string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + html.EscapeString(part) + "</p>\n")
		}
	}
	return b.String()
}

// patience is how long a fetch waits for its site's turn to come; where the
// site asks for more the fetch fails at once, to be tried again then.
const patience = 2 * time.Minute
