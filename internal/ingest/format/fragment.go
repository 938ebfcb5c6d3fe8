package format

import (
	"strings"

	"golang.org/x/net/html"

	"whosaid/internal/news"
)

// blocksOfHTML reads a fragment of which every paragraph belongs to the article:
// the body that an agency or a database sends, not a page of a website.
func blocksOfHTML(fragment string) []Block {
	var b fragmentReader
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			b.end()
			return b.blocks
		case html.TextToken:
			text := z.Text()
			if b.skip == 0 && (b.broken != b.text.Len() || strings.TrimSpace(string(text)) != "") {
				b.text.Write(text)
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			b.open(string(name))
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			b.open(string(name))
			b.close(string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			b.close(string(name))
		}
	}
}

// A fragmentReader collects blocks from the tags and the text of a fragment.
type fragmentReader struct {
	blocks []Block
	text   strings.Builder
	kind   news.BlockKind // of the block being read; empty for a paragraph
	broken int            // length of text after the last line break
	skip   int            // depth inside elements that hold no text
}

func (b *fragmentReader) open(tag string) {
	switch tag {
	case "script", "style", "head", "noscript", "template", "svg":
		b.end()
		b.skip++
	case "h1", "h2", "h3", "h4", "h5", "h6", "hl2":
		b.end()
		b.kind = news.Heading
	case "figcaption", "caption", "media-caption":
		b.end()
		b.kind = news.Caption
	case "br":
		if b.broken == b.text.Len() && b.broken > 0 {
			b.end() // two in a row
			return
		}
		b.text.WriteByte(' ')
		b.broken = b.text.Len()
	default:
		if blockTag[tag] {
			b.end()
		}
	}
}

func (b *fragmentReader) close(tag string) {
	switch tag {
	case "script", "style", "head", "noscript", "template", "svg":
		b.skip = max(b.skip-1, 0)
	case "h1", "h2", "h3", "h4", "h5", "h6", "hl2", "figcaption", "caption", "media-caption":
		b.end()
		b.kind = ""
	default:
		if blockTag[tag] {
			b.end()
		}
	}
}

// end closes the block that is being read.
func (b *fragmentReader) end() {
	kind := b.kind
	if kind == "" {
		kind = news.Paragraph
	}
	b.blocks = addBlock(b.blocks, kind, b.text.String())
	b.text.Reset()
	b.broken = 0
}

// blockTag holds for the elements that start and end a paragraph.
var blockTag = map[string]bool{
	"p": true, "div": true, "section": true, "article": true, "header": true, "footer": true, "main": true, "aside": true,
	"ul": true, "ol": true, "li": true, "dl": true, "dt": true, "dd": true, "table": true, "tr": true, "td": true, "th": true,
	"blockquote": true, "figure": true, "pre": true, "hr": true, "body": true, "html": true, "block": true, "body.content": true,
	"bq": true, "fn": true, "note": true, "media": true, "nitf-table": true,
}
