// Package feed reads lists of pages: RSS, Atom and JSON feeds, and sitemaps.
//
// A feed's entry may hold its article whole, or a few words and the address of
// the page; a sitemap's holds an address only. Whoever reads the list decides
// by Entry.Full whether to fetch.
package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/unicode"
)

// A List is what a feed or a sitemap holds, in its order.
type List struct {
	Title    string // of the feed: its outlet, mostly
	Home     string // that relative addresses of entries start from: the site of an RSS or JSON feed; empty for that of the list itself
	Language string // BCP 47, as the feed says
	Entries  []Entry
	Index    bool          // the entries are lists themselves (a sitemap index)
	TTL      time.Duration // how long the feed asks to be left alone; 0 if it does not say
	Cut      int           // entries that were left out, for there are more than MaxEntries
}

// An Entry is one page of a List.
type Entry struct {
	ID        string // what tells it from others: its address, or what the feed names it by
	URL       string // empty if there is none
	Title     string
	Outlet    string // that printed it, where the list tells for each entry
	Published string // as the list writes it
	Modified  string // likewise
	Language  string
	Authors   []string
	HTML      string // what the list holds of the article, as HTML or as text
	Text      string
	Full      bool // that is the article whole, as far as can be told
}

// Bounds on lists. A sitemap may have 50,000 entries by its protocol; elements
// that lie deeper in each other than maxDepth are in no feed.
const (
	MaxEntries = 50_000
	maxDepth   = 200
)

// Parse reads a feed: RSS (0.9x to 2.0 and RDF), Atom or JSON Feed.
func Parse(b []byte) (*List, error) {
	b = eightBits(b)
	if isXML(b) {
		if err := checkDepth(b); err != nil {
			return nil, err
		}
	}
	f, err := parse(b)
	if err != nil {
		return nil, fmt.Errorf("it is no feed that can be read: %s", reason(err))
	}
	l := &List{Title: oneLine(f.Title), Language: f.Language, TTL: ttl(f)}
	if f.FeedType != "atom" { // whose addresses start from its own by RFC 4287
		l.Home = strings.TrimSpace(f.Link)
	}
	for _, it := range f.Items {
		if len(l.Entries) == MaxEntries {
			l.Cut = len(f.Items) - MaxEntries
			break
		}
		if it != nil {
			l.Entries = append(l.Entries, entry(it))
		}
	}
	return l, nil
}

// Resolve completes the addresses of entries that are relative, as far as can
// be told from where the list itself is; empty if that is not known.
func (l *List) Resolve(address string) {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	if home, err := base.Parse(l.Home); err == nil && l.Home != "" {
		base = home
	}
	if base.Host == "" {
		return
	}
	for i := range l.Entries {
		e := &l.Entries[i]
		if e.URL == "" || isAddress(e.URL) {
			continue
		}
		if u, err := base.Parse(e.URL); err == nil {
			e.URL = u.String()
		}
	}
}

// parse is the library's Parse, with an error where it panics: it does on a
// null among the items of a JSON Feed.
func parse(b []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if v := recover(); v != nil {
			f, err = nil, errors.New("one of its entries is malformed")
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	return p.Parse(bytes.NewReader(b))
}

func entry(it *gofeed.Item) Entry {
	e := Entry{
		URL: strings.TrimSpace(it.Link), Title: plain(it.Title), Published: stamp(it.Published, it.PublishedParsed),
		Modified: stamp(it.Updated, it.UpdatedParsed),
	}
	if e.Published == "" && it.DublinCoreExt != nil && len(it.DublinCoreExt.Date) > 0 {
		e.Published = strings.TrimSpace(it.DublinCoreExt.Date[0])
	}
	if e.URL == "" && isAddress(it.GUID) {
		e.URL = strings.TrimSpace(it.GUID)
	}
	e.ID = strings.TrimSpace(it.GUID)
	if e.ID == "" {
		e.ID = e.URL
	}
	for _, a := range it.Authors {
		if a == nil {
			continue
		}
		if name := author(a.Name); name != "" {
			e.Authors = append(e.Authors, name)
		}
	}
	body, enough := it.Content, fullContent
	if strings.TrimSpace(body) == "" {
		body, enough = it.Description, fullSummary
	}
	if strings.ContainsRune(body, '<') {
		e.HTML = body
	} else {
		e.Text = body
	}
	e.Full = whole(text(body), enough)
	return e
}

// How many words make an article of what a feed calls the content or the
// summary of an entry. Shorter ones are teasers more often than not.
const (
	fullContent = 120
	fullSummary = 250
)

// whole reports whether a text is an article and not the beginning of one.
func whole(s string, words int) bool {
	if len(strings.Fields(s)) < words {
		return false
	}
	tail := strings.ToLower(strings.TrimRight(s, " \t\r\n\u00A0.»›>→)]"))
	tail = tail[max(0, len(tail)-40):]
	for _, end := range []string{"…", "[…", "[&#8230;", "read more", "continue reading", "read the full story", "read full article", "read the rest", "click here to read"} {
		if strings.HasSuffix(tail, end) {
			return false
		}
	}
	return !strings.HasSuffix(strings.TrimRight(s, " \t\r\n\u00A0)]"), "...")
}

// text is the text of a piece of HTML.
func text(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		default:
			b.WriteByte(' ')
		}
	}
}

// plain is a title without the tags and entities that feeds leave in it.
func plain(s string) string { return oneLine(text(s)) }

// dayOrMonth is how a date begins of which the library takes the first number
// for the month, whatever it is.
var dayOrMonth = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}[/.-]`)

// stamp is a date as the feed wrote it, or, where its writing is unusual, the
// moment that it was understood as.
func stamp(raw string, at *time.Time) string {
	raw = strings.TrimSpace(raw)
	if at == nil || len(raw) <= len("2006-01-02") || dayOrMonth.MatchString(raw) {
		return raw
	}
	for _, layout := range []string{time.RFC3339, time.RFC1123, time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700"} {
		if _, err := time.Parse(layout, raw); err == nil {
			return raw
		}
	}
	return at.UTC().Format(time.RFC3339)
}

// author is the name in "ada@news.example (Ada Marsh)", or the name as it is;
// an address alone is no name.
func author(s string) string {
	s = plain(s)
	if strings.Contains(s, "@") {
		_, in, ok := strings.Cut(s, "(")
		if !ok {
			return ""
		}
		s, _, _ = strings.Cut(in, ")")
	}
	return strings.TrimSpace(s)
}

// ttl is how many minutes an RSS feed may be kept before it is fetched again.
func ttl(f *gofeed.Feed) time.Duration {
	raw, ok := f.OriginalFeed().(*rss.Feed)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(raw.TTL))
	if err != nil || n < 0 || n > 24*60 {
		return 0
	}
	return time.Duration(n) * time.Minute
}

func isAddress(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// declared is the encoding that an XML declaration names.
var declared = regexp.MustCompile(`^(\s*<\?xml[^>]*?)\sencoding\s*=\s*["'][^"']*["']`)

// eightBits is a list that was written in UTF-16, as its mark of byte order says,
// in UTF-8; any other is as it was.
func eightBits(b []byte) []byte {
	if !bytes.HasPrefix(b, []byte{0xFE, 0xFF}) && !bytes.HasPrefix(b, []byte{0xFF, 0xFE}) {
		return b
	}
	out, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(b)
	if err != nil {
		return b
	}
	return declared.ReplaceAll(out, []byte("$1"))
}

func isXML(b []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(b, "\xEF\xBB\xBF \t\r\n"), []byte("<"))
}

// checkDepth refuses elements that lie so deep in each other that a reader
// which calls itself for each would end the program.
func checkDepth(b []byte) error {
	x := newDecoder(b)
	for depth := 0; ; {
		tok, err := x.RawToken()
		if err != nil {
			return nil // the end, or what the reader of feeds will say
		}
		switch tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("its elements lie more than %d deep in each other", maxDepth)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// newDecoder reads XML forgivingly; no entity that a document declares is
// expanded. Only its markup is looked at, so the charset does not matter as
// long as it is one that has ASCII in it.
func newDecoder(b []byte) *xml.Decoder {
	x := xml.NewDecoder(bytes.NewReader(b))
	x.Strict = false
	x.Entity = xml.HTMLEntity
	x.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return x
}

// reason is what an error of the library says, on one short line.
func reason(err error) string {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "it ends too early"
	case errors.As(err, &syntax):
		return fmt.Sprintf("line %d: %s", syntax.Line, syntax.Msg)
	case errors.Is(err, gofeed.ErrFeedTypeNotDetected):
		return "it is neither RSS, Atom nor JSON Feed"
	}
	s := oneLine(err.Error())
	return s[:min(len(s), 200)]
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
