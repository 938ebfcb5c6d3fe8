// Package plain reads an article from plain text: which line is the headline,
// which the deck and the byline, which are captions, and what is furniture
// that was copied along. Everything it cannot place is a paragraph, so that no
// word is lost and none is read as less than it may be.
package plain

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/ingest/layout"
	"whosaid/internal/news"
)

// Known is what is known of an article besides its text.
type Known struct {
	Title, Deck string
}

// AsIs takes text exactly as it is: each run of lines between blank lines is a
// paragraph, and positions are those of text.
func AsIs(text string) news.Article {
	a := news.Article{Text: text}
	for _, run := range runs(text) {
		a.Blocks = append(a.Blocks, news.Block{Span: run, Kind: news.Paragraph})
	}
	return a
}

// Read reads one article. Lines of text end in \n. repairs are the places in
// text that were put right before, in order; they come back as positions in
// the article.
func Read(text string, repairs []news.Repair, known Known) news.Article {
	var a news.Article
	r := reader{text: text, segments: segments(text), article: &a, known: known}
	r.classify()

	var b layout.Builder
	if known.Title != "" && a.Title == "" {
		a.Title = known.Title
		b.Add(news.Headline, known.Title)
	}
	if known.Deck != "" && a.Deck == "" {
		a.Deck = known.Deck
		b.Add(news.Deck, known.Deck)
	}
	for i, s := range r.segments {
		// Add drops space around a block; a segment has none, so the repairs
		// in it keep their places.
		b.Repair = func(t string) (string, []news.Repair) { return t, within(repairs, s.Span) }
		b.Add(r.kinds[i], s.Text(text))
	}
	b.Set(&a)
	return a
}

// within gives the part of each repair that lies in span, as positions from
// its start.
func within(repairs []news.Repair, span news.Span) []news.Repair {
	first := sort.Search(len(repairs), func(i int) bool { return repairs[i].End >= span.Start })
	var out []news.Repair
	for _, r := range repairs[first:] {
		if r.Start > span.End || r.Start == span.End && r.Len() > 0 {
			break
		}
		if r.End == span.Start && r.Len() > 0 {
			continue
		}
		r.Start = max(r.Start, span.Start) - span.Start
		r.End = min(r.End, span.End) - span.Start
		out = append(out, r)
	}
	return out
}

// A reader gives each segment its kind.
type reader struct {
	text     string
	segments []segment
	kinds    []news.BlockKind
	article  *news.Article
	known    Known
}

func (r *reader) words(i int) string { return r.segments[i].Text(r.text) }

// classify goes through the segments once: the head of the article first, then
// its body, whose end may be a box of links.
func (r *reader) classify() {
	r.kinds = make([]news.BlockKind, len(r.segments))
	body := r.head()
	inBox := false
	for i := body; i < len(r.segments); i++ {
		text := r.words(i)
		switch {
		case isCaption(text):
			r.kinds[i] = news.Caption
			inBox = false
		case isBox(text):
			r.kinds[i] = news.Furniture
			inBox = true
		case isFurniture(text):
			r.kinds[i] = news.Furniture
		case inBox && isLink(text):
			r.kinds[i] = news.Furniture
		case isSignature(text):
			r.kinds[i] = news.Byline
			inBox = false
		case i < body+2 && r.byline(text, false):
			r.kinds[i] = news.Byline
		case r.isHeading(i):
			r.kinds[i] = news.Heading
			inBox = false
		default:
			r.kinds[i] = news.Paragraph
			inBox = false
		}
	}
}

// maxHead is how many segments may stand before the first paragraph.
const maxHead = 12

// head classifies the segments up to the first paragraph and gives its index.
func (r *reader) head() int {
	title, lastByline := -1, -1
	n := min(len(r.segments), maxHead)
	var open []int // between the headline and what comes next, not yet placed
	i := 0
scan:
	for ; i < n; i++ {
		text := r.words(i)
		switch {
		case r.known.Title != "" && same(text, r.known.Title):
			title = i
			r.kinds[i] = news.Headline
			open = nil
		case r.known.Deck != "" && same(text, r.known.Deck):
			r.kinds[i] = news.Deck
			r.article.Deck = oneLine(text)
		case isCaption(text):
			r.kinds[i] = news.Caption
		case isFurniture(text), isBox(text):
			r.kinds[i] = news.Furniture
		case r.byline(text, title >= 0 || r.known.Title != ""):
			r.kinds[i] = news.Byline
			lastByline = i
		case title >= 0 && i+1 < len(r.segments) && isName(text) && r.dateLine(i+1):
			r.article.Authors = append(r.article.Authors, text)
			r.kinds[i] = news.Byline
			lastByline = i
		case title < 0 && r.known.Title == "" && r.isKicker(i):
			r.kinds[i] = news.Furniture
		case title < 0 && r.known.Title == "" && r.isHeadline(i):
			title = i
			r.kinds[i] = news.Headline
		case title >= 0 && lastByline < 0 && len(open) < 2 && len(text) <= 400:
			open = append(open, i) // a deck, if a byline follows
		default:
			break scan
		}
	}
	if title >= 0 {
		r.article.Title = oneLine(r.words(title))
	}
	body := i
	for _, k := range open {
		if k < lastByline || r.isDeck(k, title) {
			r.kinds[k] = news.Deck
			if r.article.Deck == "" {
				r.article.Deck = oneLine(r.words(k))
			}
			continue
		}
		// The first that is no deck begins the body; what was placed behind
		// it is placed anew.
		body = min(body, k)
		break
	}
	return body
}

// same compares two lines by their letters and digits.
func same(a, b string) bool {
	if len(a) > 2*len(b)+20 {
		return false
	}
	return letters(a) == letters(b)
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// isHeadline holds for a line that reads like one: of some length, and no
// sentence that ends in a full stop.
func (r *reader) isHeadline(i int) bool {
	text := r.words(i)
	n := len(strings.Fields(text))
	most := 40
	if len(r.segments) == 1 {
		most = 20
	}
	return n <= most && len(text) <= 300 && strings.IndexFunc(text, unicode.IsLetter) >= 0 && !endsSentence(text)
}

// isKicker holds for a short line in capitals over the headline: WORLD NEWS.
func (r *reader) isKicker(i int) bool {
	text := r.words(i)
	if len(strings.Fields(text)) > 3 || text != strings.ToUpper(text) || text == strings.ToLower(text) || i+1 >= len(r.segments) {
		return false
	}
	next := r.words(i + 1)
	return len(strings.Fields(next)) >= 4 && r.isHeadline(i+1) && !strings.HasPrefix(strings.ToLower(next), "by ")
}

// isDeck tells whether segment k, under the headline and with no byline after
// it, is a deck: the line right below, apart from what follows.
func (r *reader) isDeck(k, title int) bool {
	if k != title+1 || k+1 >= len(r.segments) || r.segments[k].blank {
		return false
	}
	return r.segments[k+1].blank && len(strings.Fields(r.words(k))) <= 50
}

// isHeading holds for a short line of its own between paragraphs.
func (r *reader) isHeading(i int) bool {
	text := r.words(i)
	words := len(strings.Fields(text))
	if words == 0 || words > 10 || i+1 >= len(r.segments) || strings.Contains(text, "\n") {
		return false
	}
	if strings.ContainsAny(text, `"“”`) || strings.ContainsAny(text[len(text)-1:], ".,;:!") || strings.HasSuffix(text, "…") {
		return false
	}
	if endsSentence(text) && !strings.HasSuffix(text, "?") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return (unicode.IsUpper(first) || unicode.IsDigit(first)) && len(strings.Fields(r.words(i+1))) > words
}

var abbreviations = []string{
	"U.S.", "U.K.", "U.N.", "E.U.", "U.A.E.", "D.C.", "L.A.", "N.Y.", "Inc.", "Jr.", "Sr.", "Co.", "Corp.", "Ltd.", "a.m.", "p.m.", "No.", "Bros.", "Ph.D.",
}

// endsSentence reports whether text ends in a full stop, question or
// exclamation mark that closes a sentence, perhaps inside quotation marks.
// Headlines end in ? and ! as well, so only a full stop counts for them; see
// isHeading.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "\"”’')»] ")
	if !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "...") {
		return false
	}
	for _, a := range abbreviations {
		if strings.HasSuffix(text, a) {
			return false
		}
	}
	return true
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
