package format

import (
	"cmp"
	"fmt"
	"strings"

	"whosaid/internal/ingest/format/feed"
)

// readFeed hands over the articles that a feed holds whole, and of the others
// where their pages are.
func readFeed(f *file) {
	l, err := feed.Parse(f.data)
	if err != nil {
		f.fail("", "%s", err)
		return
	}
	l.Resolve(f.opt.Address)
	f.entries(l, "entry")
	if len(l.Entries) == 0 {
		f.fail("", "this feed has no entries now")
	}
}

// readSitemap hands over where the pages or the sitemaps in it are.
func readSitemap(f *file) {
	l, err := feed.ParseSitemap(f.data)
	l.Resolve(f.opt.Address)
	f.entries(l, "address")
	if err != nil {
		f.fail("", "%s", err)
	}
}

func (f *file) entries(l *feed.List, word string) {
	for i, e := range l.Entries {
		name := fmt.Sprintf("%s %d", word, i+1)
		it := Item{
			Name: name, URL: e.URL, Title: e.Title, Outlet: cmp.Or(e.Outlet, l.Title),
			Published: isoFrom(e.Published), Modified: isoFrom(e.Modified),
			Language: languageTag(cmp.Or(e.Language, l.Language)), Authors: e.Authors,
		}
		if it.Modified == it.Published {
			it.Modified = ""
		}
		if e.Full || e.URL == "" {
			it.setBody(e.Text, e.HTML)
			it.Authors = e.Authors
		} else {
			it.Follow = true
		}
		switch {
		case !it.Follow && it.empty():
			f.fail(name, "it has neither text nor the address of a page")
		case it.Follow && !strings.HasPrefix(it.URL, "http://") && !strings.HasPrefix(it.URL, "https://"):
			f.fail(name, "it leads to %.100q, which is no http or https address", it.URL)
		default:
			f.item(it)
		}
		if f.stopped {
			return
		}
	}
	if l.Cut > 0 {
		f.fail("", "it has %d entries more than the %d that are read", l.Cut, feed.MaxEntries)
	}
}
