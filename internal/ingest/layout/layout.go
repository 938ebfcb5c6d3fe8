// Package layout sets blocks one under another into the text of an article.
// Readers of every format end here, so that all articles have one shape:
// blocks in order, a blank line between two, no position ever computed twice.
package layout

import (
	"strings"

	"whosaid/internal/news"
)

// A Builder collects blocks. The zero value is ready to use.
type Builder struct {
	// Repair, if set, puts damaged text right before it is set. The spans it
	// returns are positions in the text it returns.
	Repair func(string) (string, []news.Repair)

	text    strings.Builder
	blocks  []news.Block
	repairs []news.Repair
}

// Add sets text as one more block. Space around it is dropped; text that holds
// nothing else adds no block.
func (b *Builder) Add(kind news.BlockKind, text string) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	var repairs []news.Repair
	if b.Repair != nil {
		text, repairs = b.Repair(text)
	}
	if text == "" {
		return
	}
	if b.text.Len() > 0 {
		b.text.WriteString("\n\n")
	}
	start := b.text.Len()
	b.text.WriteString(text)
	b.blocks = append(b.blocks, news.Block{Span: news.Span{Start: start, End: b.text.Len()}, Kind: kind})
	for _, r := range repairs {
		r.Start += start
		r.End += start
		b.repairs = append(b.repairs, r)
	}
}

// Set gives a its text, blocks and repairs.
func (b *Builder) Set(a *news.Article) {
	a.Text, a.Blocks, a.Repairs = b.text.String(), b.blocks, b.repairs
}
