// Package page reads the HTML of a news page into an article: its words from
// the page's own blocks, chosen with go-trafilatura; what the page says about
// itself from JSON-LD, meta elements and the visible byline.
package page

import (
	"fmt"
	"net/url"

	"golang.org/x/net/html"

	"whosaid/internal/ingest/layout"
	"whosaid/internal/news"
)

// Extract reads one page. source is its HTML in UTF-8, pageURL where it came
// from, empty if that is not known. A page that holds no article (a consent
// wall, a stub before a paywall, "not found") comes back without paragraphs
// and says so in Problems; an error means that the page could not be read at
// all.
func Extract(source, pageURL string) (article news.Article, err error) {
	defer func() {
		if r := recover(); r != nil {
			article, err = news.Article{}, fmt.Errorf("reading the page failed (%v); report it with the page", r)
		}
	}()
	doc, cut, err := parse(source)
	if err != nil {
		return article, err
	}
	base, _ := url.Parse(pageURL)
	text, _, _ := library(doc, base)
	return read(doc, source, base, text, cut), nil
}

// read makes the article of a parsed page. text is the body as the library
// found it, empty if it found none.
func read(doc *html.Node, source string, base *url.URL, text string, cut bool) (article news.Article) {
	f := factsOf(doc)
	blocks := blocksOf(doc)
	found, _ := align(blocks, text)
	title, headline := f.title(blocks)
	kinds, first := choose(blocks, found, headline, f.description())
	article.Title = title
	article.URL = f.address(base)
	article.Outlet = f.outlet(base)
	if headline < 0 {
		headline = first - 4 // dates and bylines stand about here
	}
	article.Published, article.Modified = f.dates(doc, blocks, headline, base)
	article.Authors = f.authors(doc, blocks, headline, article.Outlet)
	var b layout.Builder
	if title != "" {
		b.Add(news.Headline, title)
	}
	for _, part := range []news.BlockKind{news.Deck, ""} {
		for i, bl := range blocks {
			if kinds[i] == "" || kinds[i] == news.Headline || (kinds[i] == news.Deck) != (part == news.Deck) {
				continue
			}
			b.Add(kinds[i], bl.text)
			if kinds[i] == news.Deck && article.Deck == "" {
				article.Deck = oneLine(bl.text)
			}
		}
	}
	b.Set(&article)
	return article
}
