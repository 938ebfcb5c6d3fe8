package alert

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"whosaid/internal/desk"
)

// entries is how many hits a feed holds.
const entries = 50

// A Feed is an alert with its latest hits, to be written as Atom or JSON Feed.
type Feed struct {
	Name string
	ID   int64
	Made time.Time
	Hits []desk.Hit
}

// Feed asks for what an alert finds now, latest first.
func (b *Book) Feed(ctx context.Context, a Alert) (Feed, error) {
	q := a.Query.Of()
	q.Limit = entries
	found, err := b.desk.Search(ctx, q)
	if err != nil {
		return Feed{}, err
	}
	f := Feed{Name: a.Name, ID: a.ID, Made: a.Made}
	for _, h := range found.Hits {
		f.Hits = append(f.Hits, desk.HitOf(h))
	}
	return f, nil
}

// updated is when the newest entry is from.
func (f *Feed) updated() time.Time {
	if len(f.Hits) > 0 {
		if t, ok := published(&f.Hits[0]); ok {
			return t
		}
	}
	return f.Made
}

// published is when the article of a hit was, a day as its beginning.
func published(h *desk.Hit) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, h.Article.Published); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// ident names a hit for ever and everywhere: the article's own id and the
// statement's in it (RFC 4151).
func ident(h *desk.Hit) string {
	return "tag:whosaid.invalid,2026:" + h.Article.ID + "/" + h.Statement.ID
}

// Headline is a hit in a line: who, by which cue, and what.
func Headline(h *desk.Hit) string {
	var words strings.Builder
	for _, p := range h.Snippet {
		words.WriteString(p.Text)
	}
	who := Speaker(h)
	if cue := joined(h); cue != "" {
		who += " " + cue
	}
	return plain(who + ": " + words.String())
}

// Speaker is who says it: the names, else the words of the source.
func Speaker(h *desk.Hit) string {
	var names []string
	for _, s := range h.Statement.Speakers {
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		for _, s := range h.Statement.Source {
			names = append(names, s.Text)
		}
	}
	if len(names) == 0 {
		return "Unknown"
	}
	return plain(strings.Join(names, ", "))
}

func joined(h *desk.Hit) string {
	var out []string
	for _, s := range h.Statement.Cue {
		out = append(out, s.Text)
	}
	return strings.Join(out, " … ")
}

// plain is a text on one line, without characters that XML cannot hold.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// about is the line on where a hit stands.
func about(h *desk.Hit) string {
	var parts []string
	for _, p := range []string{h.Article.Outlet, h.Article.Published, h.Article.Title, h.Statement.Kind, h.Statement.Form} {
		if p = plain(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// The parts of Atom (RFC 4287) that are used.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  atomPerson  `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Updated   string      `xml:"updated"`
		Published string      `xml:"published,omitempty"`
		Links     []atomLink  `xml:"link"`
		Author    *atomPerson `xml:"author"`
		Content   atomText    `xml:"content"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// WriteAtom writes the feed as Atom; self is its own address.
func (f *Feed) WriteAtom(w io.Writer, self string) error {
	feed := atomFeed{
		ID: fmt.Sprintf("tag:whosaid.invalid,2026:alert/%d", f.ID), Title: plain(f.Name), Updated: f.updated().Format(time.RFC3339),
		Links: []atomLink{{"self", self}}, Author: atomPerson{"whosaid"},
	}
	for i := range f.Hits {
		h := &f.Hits[i]
		e := atomEntry{
			ID: ident(h), Title: Headline(h), Updated: f.Made.Format(time.RFC3339),
			Author: &atomPerson{Speaker(h)}, Content: atomText{"text", Headline(h) + "\n" + about(h)},
		}
		if t, ok := published(h); ok {
			e.Updated, e.Published = t.Format(time.RFC3339), t.Format(time.RFC3339)
		}
		if link := web(h.Article.URL); link != "" {
			e.Links = []atomLink{{"alternate", link}}
		}
		feed.Entries = append(feed.Entries, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	if err := xml.NewEncoder(w).Encode(feed); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// The parts of JSON Feed 1.1 that are used. _whosaid holds the hit itself.
type (
	jsonFeed struct {
		Version string     `json:"version"`
		Title   string     `json:"title"`
		FeedURL string     `json:"feed_url"`
		Items   []jsonItem `json:"items"`
	}
	jsonItem struct {
		ID        string       `json:"id"`
		URL       string       `json:"url,omitempty"`
		Title     string       `json:"title"`
		Text      string       `json:"content_text"`
		Published string       `json:"date_published,omitempty"`
		Authors   []jsonAuthor `json:"authors"`
		Hit       *desk.Hit    `json:"_whosaid"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
	}
)

// WriteJSON writes the feed as JSON Feed; self is its own address.
func (f *Feed) WriteJSON(w io.Writer, self string) error {
	feed := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: plain(f.Name), FeedURL: self, Items: []jsonItem{}}
	for i := range f.Hits {
		h := &f.Hits[i]
		item := jsonItem{ID: ident(h), URL: web(h.Article.URL), Title: Headline(h), Text: Headline(h) + "\n" + about(h), Authors: []jsonAuthor{{Speaker(h)}}, Hit: h}
		if t, ok := published(h); ok {
			item.Published = t.Format(time.RFC3339)
		}
		feed.Items = append(feed.Items, item)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(feed)
}

// web is an address if a reader may follow it: an article can call anything its
// address.
func web(address string) string {
	low := strings.ToLower(address)
	if strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") {
		return plain(address)
	}
	return ""
}
