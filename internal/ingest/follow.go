package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"whosaid/internal/ingest/crawl"
	"whosaid/internal/ingest/format"
	"whosaid/internal/news"
)

// maxLists is how deep lists are followed: an index of sitemaps leads to
// sitemaps, these to pages.
const maxLists = 3

// follow reads the page, or the list of pages, that an entry of a list leads
// to. A page that cannot be had is noted, and the rest goes on.
func (r *reading) follow(ctx context.Context, from *source, it format.Item) error {
	item := joined(from.item, it.Name+" ("+it.URL+")")
	switch {
	case r.visited[it.URL]:
		return nil
	case r.followed >= r.o.MaxPages:
		r.failed = append(r.failed, &Error{Input: r.input, Reason: fmt.Sprintf("it leads to more than %d pages", r.o.MaxPages), Hint: "the rest was left; raise the limit with --max-pages"})
		return errEnough
	case r.depth >= maxLists:
		return r.miss(&Error{Input: r.input, Item: item, Reason: fmt.Sprintf("it lies in lists more than %d deep in each other", maxLists), Hint: "name the inner list itself"})
	}
	r.visited[it.URL] = true
	r.followed++
	page, err := r.o.Client.Get(ctx, it.URL, crawl.Seen{})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failed := fail(r.input, err)
		failed.Item = item
		return r.miss(failed)
	}
	r.visited[page.URL] = true
	next := fetched(r.input, page)
	next.item = item

	// What the list says of the page, the page may not say itself.
	outer := r.known
	r.known = news.Article{Outlet: it.Outlet, Title: it.Title, Authors: it.Authors, Published: it.Published, Modified: it.Modified, Language: it.Language}
	fill(&r.known, &outer)
	r.depth++
	defer func() { r.known, r.depth = outer, r.depth-1 }()
	return r.read(ctx, next)
}

// fill sets what a does not say and known does.
func fill(a, known *news.Article) {
	a.Outlet = cmp.Or(a.Outlet, known.Outlet)
	a.Title = cmp.Or(a.Title, known.Title)
	a.Deck = cmp.Or(a.Deck, known.Deck)
	if a.Published == "" { // a list may give a story that has a date another one of its own each time
		a.Modified = cmp.Or(a.Modified, known.Modified)
	}
	if len(a.Authors) == 0 {
		a.Authors = known.Authors
	}
	if a.Published == "" && known.Published != "" {
		a.Published = known.Published
		a.Problems = slices.DeleteFunc(a.Problems, func(p news.Problem) bool { return p.Code == news.ProblemNoDate })
	}
	if a.Language == "" || a.Language == undetermined {
		a.Language = cmp.Or(known.Language, a.Language)
	}
}
