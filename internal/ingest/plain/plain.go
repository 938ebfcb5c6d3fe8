// Package plain reads an article from plain text.
package plain

import (
	"strings"

	"whosaid/internal/ingest/layout"
	"whosaid/internal/news"
)

// Known is what is known of an article besides its text.
type Known struct{ Title, Deck string }

// AsIs takes text as it is.
func AsIs(text string) news.Article {
	a := news.Article{Text: text}
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.Index(text[start:], "\n\n"); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(text[start:end]) != "" {
			a.Blocks = append(a.Blocks, news.Block{Span: news.Span{Start: start, End: end}, Kind: news.Paragraph})
		}
		start = end + 2
	}
	return a
}

// Read reads an article from text.
func Read(text string, _ []news.Repair, _ Known) news.Article {
	var a news.Article
	var b layout.Builder
	for i, run := range strings.Split(text, "\n\n") {
		kind := news.Paragraph
		if i == 0 && !strings.HasSuffix(strings.TrimSpace(run), ".") {
			kind = news.Headline
			a.Title = strings.TrimSpace(run)
		}
		b.Add(kind, run)
	}
	b.Set(&a)
	return a
}
