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
	return read(doc, base, text, cut), nil
}

// read makes the article of a parsed page. text is the body as the library
// found it, empty if it found none.
func read(doc *html.Node, base *url.URL, text string, cut bool) (article news.Article) {
	f := factsOf(doc)
	blocks := blocksOf(doc)
	found, share := align(blocks, text)
	title, headline := f.title(blocks)
	if share < .2 { // the library failed, or read what the page does not print
		found = densest(blocks)
	}
	kinds, first := choose(blocks, found, headline, title, f.description())
	article.Title = title
	article.URL = f.address(base)
	article.Outlet = f.outlet(base)
	about := headline // where dates and bylines stand
	if about < 0 {
		about = first - 4
	}
	article.Published, article.Modified = f.dates(doc, blocks, about, base)
	last := len(kinds) - 1
	for last >= 0 && kinds[last] != news.Paragraph {
		last--
	}
	article.Authors = f.authors(doc, blocks, about, last, article.Outlet)
	setBylines(blocks, kinds, headline, first, article.Authors)
	setBios(blocks, kinds, article.Authors)

	var b layout.Builder
	if title != "" {
		b.Add(news.Headline, title)
	}
	body := f.body(blocks, kinds)
	if body == nil {
		if p, none := f.problem(doc, blocks, kinds); none {
			article.Language = f.language()
			article.Problems = append(article.Problems, p)
			return article
		}
		for _, front := range []bool{true, false} { // the deck, then the rest as printed
			for i, bl := range blocks {
				if kinds[i] == "" || kinds[i] == news.Headline || (kinds[i] == news.Deck) != front {
					continue
				}
				text := bl.text
				if kinds[i] == news.Byline {
					text = bl.spaced()
				}
				b.Add(kinds[i], text)
				if front && article.Deck == "" {
					article.Deck = oneLine(bl.text)
				}
			}
		}
	}
	for _, paragraph := range body {
		b.Add(news.Paragraph, paragraph)
	}
	b.Set(&article)
	article.Language = languageOf(f.language(), article.Text)
	if f.isLive(blocks, kinds, base) {
		article.Problems = append(article.Problems, news.Problem{Code: news.ProblemLive, Message: "The page is a live blog, many posts under one title; its text is kept as it stood when it was read."})
	}
	if article.Published == "" {
		article.Problems = append(article.Problems, news.Problem{Code: news.ProblemNoDate, Message: "The page does not say when it was published."})
	}
	if cut {
		article.Problems = append(article.Problems, news.Problem{Code: news.ProblemLong, Message: "The page is larger than any article and was read in part; check that it is the page of one article."})
	}
	return article
}
