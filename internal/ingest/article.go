package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"whosaid/internal/ingest/charset"
	"whosaid/internal/ingest/format"
	"whosaid/internal/ingest/layout"
	"whosaid/internal/ingest/page"
	"whosaid/internal/ingest/plain"
	"whosaid/internal/news"
)

// article makes an article of one item of s.
func (s *source) article(it format.Item, d *decoder, asIs bool) news.Article {
	var a news.Article
	switch {
	case it.HTML != "":
		a = fromPage(it, cmp.Or(it.URL, s.url), asIs)
	case len(it.Blocks) > 0:
		a = fromBlocks(it, asIs)
	case asIs:
		a = plain.AsIs(it.Text)
	default:
		text, repairs := charset.Repair(it.Text)
		a = plain.Read(text, repairs, plain.Known{Title: it.Title, Deck: it.Deck})
	}
	overlay(&a, it)
	if !asIs {
		a.Title, a.Deck, a.Outlet = mend(a.Title), mend(a.Deck), mend(a.Outlet)
		for i := range a.Authors {
			a.Authors[i] = mend(a.Authors[i])
		}
	}
	a.File = s.input
	a.URL = cmp.Or(a.URL, s.url)
	if len(a.Problems) == 0 {
		switch {
		case strings.TrimSpace(a.Text) == "":
			a.Problems = append(a.Problems, news.Problem{Code: news.ProblemEmpty, Message: "This article has no text."})
		case strings.IndexFunc(a.Text, wordy) < 0:
			a.Problems = append(a.Problems, news.Problem{Code: news.ProblemEmpty, Message: "This article has no words."})
		}
	}
	if d.replaced > 0 {
		if n := strings.Count(a.Text, "\uFFFD"); n > 0 {
			a.Problems = append(a.Problems, news.Problem{
				Code:    news.ProblemEncoding,
				Message: fmt.Sprintf("%s replaced by \uFFFD; its positions count the replacements.", unreadable(n)),
			})
		}
	}
	tellLanguage(&a)
	a.ID = identity(cmp.Or(a.URL, base(s.input)), a.Text)
	return a
}

// wordy reports whether r is part of a word or a number.
func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func unreadable(n int) string {
	if n == 1 {
		return "One character in this article could not be read and was"
	}
	return fmt.Sprintf("%d characters in this article could not be read and were", n)
}

// fromPage reads a web page, or the piece of one that a database holds. Repairs
// come after extraction, so that they are positions in the article's text.
func fromPage(it format.Item, url string, asIs bool) news.Article {
	a, err := page.Extract(it.HTML, url)
	if err != nil {
		a.Problems = append(a.Problems, news.Problem{Code: news.ProblemEmpty, Message: "This page could not be read: " + err.Error() + "."})
		return a
	}
	if len(a.Blocks) == 0 && !wholePage.MatchString(it.HTML) {
		// No page to judge: all of the piece belongs to the article.
		a = news.Article{}
		var piece layout.Builder
		for _, text := range paragraphs(it.HTML) {
			piece.Add(news.Paragraph, text)
		}
		piece.Set(&a)
	}
	var b layout.Builder
	if !asIs {
		b.Repair = charset.RepairLike(a.Text)
	}
	has := map[news.BlockKind]bool{}
	for _, block := range a.Blocks {
		has[block.Kind] = true
	}
	if !has[news.Headline] {
		b.Add(news.Headline, it.Title)
	}
	if !has[news.Deck] && !has[news.Headline] {
		b.Add(news.Deck, it.Deck)
	}
	for _, block := range a.Blocks {
		b.Add(block.Kind, block.Text(a.Text))
	}
	b.Set(&a)
	return a
}

// fromBlocks sets the blocks that a format tells apart.
func fromBlocks(it format.Item, asIs bool) news.Article {
	var a news.Article
	var b layout.Builder
	if !asIs {
		var all strings.Builder
		for _, block := range it.Blocks {
			all.WriteString(block.Text)
			all.WriteByte('\n')
		}
		b.Repair = charset.RepairLike(all.String())
	}
	b.Add(news.Headline, it.Title)
	b.Add(news.Deck, it.Deck)
	for _, block := range it.Blocks {
		b.Add(block.Kind, block.Text)
	}
	b.Set(&a)
	return a
}

// overlay sets what the item's own fields say over what its text showed.
func overlay(a *news.Article, it format.Item) {
	a.URL = cmp.Or(it.URL, a.URL)
	a.Outlet = cmp.Or(it.Outlet, a.Outlet)
	a.Title = cmp.Or(it.Title, a.Title)
	a.Deck = cmp.Or(it.Deck, a.Deck)
	a.Published = cmp.Or(it.Published, a.Published)
	a.Modified = cmp.Or(it.Modified, a.Modified)
	a.Language = cmp.Or(it.Language, a.Language)
	if len(it.Authors) > 0 {
		a.Authors = it.Authors
	}
	if a.Published != "" {
		a.Problems = slices.DeleteFunc(a.Problems, func(p news.Problem) bool { return p.Code == news.ProblemNoDate })
	}
}

func mend(s string) string {
	s, _ = charset.Repair(s)
	return strings.TrimSpace(s)
}

// identity is the first 64 bits of a hash of where an article is from and what
// it says, in hexadecimal.
func identity(from, text string) string {
	h := sha256.New()
	_, _ = io.WriteString(h, from)
	_, _ = io.WriteString(h, "\x00")
	_, _ = io.WriteString(h, text)
	return hex.EncodeToString(h.Sum(nil)[:8])
}
