// Package pages scores how well articles are read from web pages, on the pages
// and gold that go-trafilatura carries in its module (scripts/comparison and
// test-files/comparison): some 880 pages of news, blogs and firms, most of them
// German, each with text that belongs to its article and text that does not.
package pages

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/markusmobius/go-trafilatura"

	"whosaid/internal/ingest/page"
	"whosaid/internal/news"
)

// A Card is the count of what was right.
type Card struct {
	Pages               int
	Found, Missed       int // snippets that belong to the article
	Extra               int // snippets that do not belong and were taken
	Dates, DatesRight   int
	Authors, NamesRight int
	Failed              int // pages that gave an error
}

// Precision, Recall and F are those of the snippets, counted as in the
// library's own comparison.
func (c Card) Precision() float64 { return ratio(c.Found, c.Found+c.Extra) }

// Recall is the share of wanted snippets that was found.
func (c Card) Recall() float64 { return ratio(c.Found, c.Found+c.Missed) }

// F is the harmonic mean of the two.
func (c Card) F() float64 { return ratio(2*c.Found, 2*c.Found+c.Extra+c.Missed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// String is the card as a table in Markdown.
func (c Card) String() string {
	return fmt.Sprintf(`| | |
|---|---|
| pages | %d |
| snippets found / missed / taken wrongly | %d / %d / %d |
| precision, recall | %.3f, %.3f |
| **F** | **%.3f** |
| **date right** | **%d of %d** |
| **whole list of authors right** | **%d of %d** |
| pages that gave an error | %d |
`, c.Pages, c.Found, c.Missed, c.Extra, c.Precision(), c.Recall(), c.F(), c.DatesRight, c.Dates, c.NamesRight, c.Authors, c.Failed)
}

// An answer is what was read from a page.
type answer struct {
	text      string
	published string
	authors   []string
}

// Score reads every gold page in dir, the root of the go-trafilatura module,
// on one goroutine. Text counts as taken where statements would be looked for
// in it, the headline aside.
func Score(dir string) (Card, error) {
	return score(dir, func(source, address string) (answer, error) {
		a, err := page.Extract(source, address)
		var text []string
		for _, b := range a.Blocks {
			if b.Kind.Speech() && b.Kind != news.Headline {
				text = append(text, b.Text(a.Text))
			}
		}
		return answer{strings.Join(text, " "), a.Published, a.Authors}, err
	})
}

// ScoreLibrary reads them with go-trafilatura alone, to compare.
func ScoreLibrary(dir string) (Card, error) {
	return score(dir, func(source, address string) (answer, error) {
		base, err := url.ParseRequestURI(address)
		if err != nil {
			return answer{}, err
		}
		res, err := trafilatura.Extract(strings.NewReader(source), trafilatura.Options{OriginalURL: base, EnableFallback: true, ExcludeComments: true})
		if err != nil {
			return answer{}, err
		}
		return answer{res.ContentText, res.Metadata.Date.Format("2006-01-02"), strings.Split(res.Metadata.Author, ";")}, nil
	})
}

func score(dir string, read func(source, address string) (answer, error)) (Card, error) {
	var c Card
	entries, err := gold(dir)
	if err != nil {
		return c, err
	}
	for _, e := range entries {
		source, err := os.ReadFile(filepath.Join(dir, pageFolder, e.file))
		if err != nil {
			return c, fmt.Errorf("reading a gold page: %w", err)
		}
		c.Pages++
		got, err := read(strings.ToValidUTF8(string(source), "\uFFFD"), e.url)
		if err != nil {
			c.Failed++
		}
		text := plain(got.text)
		for _, s := range e.with {
			if strings.Contains(text, plain(s)) {
				c.Found++
			} else {
				c.Missed++
			}
		}
		for _, s := range e.without {
			if strings.Contains(text, plain(s)) {
				c.Extra++
			}
		}
		if e.date != "" {
			c.Dates++
			if strings.HasPrefix(got.published, e.date) {
				c.DatesRight++
			}
		}
		if len(e.authors) > 0 {
			c.Authors++
			if slices.Equal(namesOf(e.authors), namesOf(got.authors)) {
				c.NamesRight++
			}
		}
	}
	return c, nil
}

// plain makes runs of space one and drops marks that do not print, on both
// sides of the comparison.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\u00ad' || r == '\u200b' {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// namesOf is a list of authors in comparable form: one entry a name, letters
// and digits in lower case, sorted. The gold writes several names into one
// string at times.
func namesOf(authors []string) []string {
	split := strings.NewReplacer(";", ",", "&", ",", "/", ",", " and ", ",", " And ", ",", " und ", ",")
	var names []string
	for _, a := range authors {
		for _, n := range strings.Split(split.Replace(a), ",") {
			n = strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return unicode.ToLower(r)
				}
				return -1
			}, n)
			if n != "" {
				names = append(names, n)
			}
		}
	}
	slices.Sort(names)
	return names
}
