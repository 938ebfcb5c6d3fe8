package ingest

import (
	"strings"

	"golang.org/x/net/html"

	"whosaid/internal/ingest/layout"
	"whosaid/internal/news"
)

// extract reads the headings and paragraphs of a page. The page package takes
// its place.
func extract(markup, url string) (news.Article, error) {
	a := news.Article{URL: url}
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return a, err
	}
	var b layout.Builder
	for n := range root.Descendants() {
		kind := map[string]news.BlockKind{"h1": news.Headline, "h2": news.Heading, "p": news.Paragraph}[n.Data]
		if n.Type != html.ElementNode || kind == "" {
			continue
		}
		var text strings.Builder
		for t := range n.Descendants() {
			if t.Type == html.TextNode {
				text.WriteString(t.Data)
			}
		}
		b.Add(kind, text.String())
		if kind == news.Headline && a.Title == "" {
			a.Title = strings.TrimSpace(text.String())
		}
	}
	b.Set(&a)
	return a, nil
}
