package format

import (
	"strings"

	"whosaid/internal/news"
)

// document hands over what a word processor or a PDF held: many articles if it
// is the export of a news database, one otherwise. Among the blocks a Headline
// or Deck is a paragraph in the style of a title or a subtitle.
func (f *file) document(meta Item, blocks []Block) {
	switch {
	case isNexis(blocks):
		f.nexis(blocks)
		return
	case isFactiva(blocks):
		f.factiva(blocks)
		return
	}
	it := meta
	titled := false
	for _, b := range blocks {
		switch {
		case b.Kind == news.Headline && !titled:
			it.Title, titled = b.Text, true
		case b.Kind == news.Deck && it.Deck == "" && len(it.Blocks) == 0:
			it.Deck = b.Text
		case b.Kind == news.Headline, b.Kind == news.Deck:
			it.Blocks = append(it.Blocks, Block{news.Heading, b.Text})
		default:
			it.Blocks = append(it.Blocks, b)
		}
	}
	if len(it.Blocks) > 1 && !titled && (it.Blocks[0].Kind == news.Heading || it.Blocks[0].Text == it.Title) {
		it.Title = it.Blocks[0].Text
		it.Blocks = it.Blocks[1:]
	}
	if it.empty() {
		f.fail("", "it holds no text")
		return
	}
	f.item(it)
}

// usableTitle drops what programs write as the title of a document that its
// author gave none.
func usableTitle(s string) string {
	s = oneLine(s)
	low := strings.ToLower(s)
	switch {
	case strings.HasPrefix(low, "microsoft word"), strings.HasPrefix(low, "untitled"), strings.HasPrefix(low, "document"),
		strings.HasSuffix(low, ".docx"), strings.HasSuffix(low, ".doc"), strings.HasSuffix(low, ".pdf"), strings.HasSuffix(low, ".rtf"),
		strings.HasSuffix(low, ".indd"), strings.HasSuffix(low, ".qxd"), strings.HasSuffix(low, ".html"), strings.HasSuffix(low, ".txt"),
		!strings.Contains(low, " "):
		return ""
	}
	return s
}
