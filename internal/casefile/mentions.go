package casefile

import (
	"strings"

	"whosaid/internal/news"
)

// marks are how mentions are given in a case: [a person], <an organisation>,
// {a place}, (*a pronoun), (*a nominal of several words).
var marks = []struct {
	open, shut string
	kind       news.TagKind
}{
	{"(*", ")", news.TagPersonPronoun},
	{"[", "]", news.TagPersonName},
	{"<", ">", news.TagActingBody},
	{"{", "}", news.TagActingPlace},
}

// Mentions takes the marks of mentions out of doc's text and makes tags of what
// they hold. Blocks move with the text.
func Mentions(doc *news.Document) {
	var text strings.Builder
	var blocks []news.Block
	type open struct{ mark, at int }
	for _, b := range doc.Blocks {
		start := text.Len()
		var stack []open
		body := b.Text(doc.Text)
	next:
		for i := 0; i < len(body); {
			if n := len(stack); n > 0 && strings.HasPrefix(body[i:], marks[stack[n-1].mark].shut) {
				s := news.Span{Start: stack[n-1].at, End: text.Len()}
				kind := marks[stack[n-1].mark].kind
				if kind == news.TagPersonPronoun && strings.Contains(text.String()[s.Start:], " ") {
					kind = news.TagPersonNominal
				}
				doc.Tags = append(doc.Tags, news.Tag{Span: s, Kind: kind, Confidence: 1})
				stack = stack[:n-1]
				i++
				continue
			}
			for k, m := range marks {
				if strings.HasPrefix(body[i:], m.open) {
					stack = append(stack, open{k, text.Len()})
					i += len(m.open)
					continue next
				}
			}
			text.WriteByte(body[i])
			i++
		}
		blocks = append(blocks, news.Block{Span: news.Span{Start: start, End: text.Len()}, Kind: b.Kind})
		text.WriteString("\n\n")
	}
	doc.Text, doc.Blocks = strings.TrimSuffix(text.String(), "\n\n"), blocks
}
