package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// longestValue is how much of one element's text is kept, in bytes; the
// protocol allows an address 2,048.
const longestValue = 8 << 10

// ParseSitemap reads a sitemap (sitemaps.org 0.9, with the elements of news
// sitemaps) or an index of sitemaps. What follows a fault in it is lost, what
// stands before it is not: then there are a List and an error.
func ParseSitemap(b []byte) (*List, error) {
	b = eightBits(b)
	x := newDecoder(b)
	l := &List{}
	var e *Entry
	var path []string // local names of the open elements
	var value strings.Builder
	for {
		tok, err := x.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return l, fmt.Errorf("it is no sitemap that can be read to its end: %s", reason(err))
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(path) >= maxDepth {
				return l, fmt.Errorf("its elements lie more than %d deep in each other", maxDepth)
			}
			path = append(path, t.Name.Local)
			value.Reset()
			switch {
			case len(path) == 1:
				l.Index = t.Name.Local == "sitemapindex"
			case len(path) == 2 && (t.Name.Local == "url" || t.Name.Local == "sitemap"):
				e = &Entry{}
			}
		case xml.CharData:
			if e != nil {
				value.Write(t[:min(len(t), longestValue-min(longestValue, value.Len()))])
			}
		case xml.EndElement:
			if len(path) == 0 {
				continue
			}
			if e != nil {
				e.set(path, oneLine(value.String()))
			}
			value.Reset()
			if path = path[:len(path)-1]; len(path) == 1 && e != nil {
				l.add(e)
				e = nil
			}
		}
	}
	if len(l.Entries) == 0 {
		return l, errors.New("this sitemap holds no address")
	}
	return l, nil
}

// set takes the value of the element that path ends at. Images and videos have
// elements of the same names; theirs lie in elements of their own.
func (e *Entry) set(path []string, value string) {
	switch strings.Join(path[2:], "/") {
	case "loc":
		e.URL, e.ID = value, value
	case "lastmod":
		e.Modified = value
	case "news/title":
		e.Title = value
	case "news/publication_date":
		e.Published = value
	case "news/publication/name":
		e.Outlet = value
	case "news/publication/language":
		e.Language = value
	}
}

func (l *List) add(e *Entry) {
	switch {
	case e.URL == "":
	case len(l.Entries) == MaxEntries:
		l.Cut++
	default:
		l.Entries = append(l.Entries, *e)
	}
}
