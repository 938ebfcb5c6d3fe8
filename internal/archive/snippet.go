package archive

import (
	"slices"
	"strings"
	"unicode"

	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// A Piece is a stretch of a snippet.
type Piece struct {
	Text   string `json:"text"`
	Marked bool   `json:"marked,omitempty"` // it is a word that was looked for
}

// snippetLength is about how many bytes of content a snippet shows.
const snippetLength = 300

// snippet is the content of s on one line, with the marked words set apart. Of
// a long one it is the part that begins a little before the first marked word;
// an ellipsis stands for what is left out.
func snippet(text string, s *news.Statement, words []terms.Word, marked []bool) []Piece {
	var b pieces
	from, w := 0, 0 // the first byte that is shown, the next word
	if first := slices.Index(marked, true); first >= 0 && lengthOf(s.Content) > snippetLength {
		for w = first; w > 0 && words[first].Start-words[w-1].Start < snippetLength/4; w-- {
		}
		if w > 0 {
			from = words[w].Start
			b.add("… ", false)
		}
	}
	begun := false
	for _, span := range s.Content {
		if span.End <= from {
			continue
		}
		at := max(span.Start, from)
		if begun {
			b.add(" … ", false)
		}
		begun = true
		for ; w < len(words) && words[w].Start < span.End; w++ {
			if b.length > snippetLength {
				b.add(" …", false)
				return b.list
			}
			gap := text[at:words[w].Start]
			// Marked words side by side are one mark: a phrase.
			b.add(gap, marked[w] && w > 0 && marked[w-1] && strings.TrimSpace(gap) == "")
			b.add(text[words[w].Start:words[w].End], marked[w])
			at = words[w].End
		}
		b.add(text[at:span.End], false)
	}
	return b.list
}

// pieces collects a snippet.
type pieces struct {
	list   []Piece
	length int
}

func (p *pieces) add(text string, marked bool) {
	if text = oneSpace(text); text == "" {
		return
	}
	p.length += len(text)
	if n := len(p.list); n > 0 && p.list[n-1].Marked == marked {
		p.list[n-1].Text += text
		return
	}
	p.list = append(p.list, Piece{text, marked})
}

// oneSpace makes one space of white space.
func oneSpace(s string) string {
	if !strings.ContainsAny(s, "\n\t\r") && !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	last := 'x'
	for _, r := range s {
		if unicode.IsSpace(r) {
			r = ' '
		}
		if r != ' ' || last != ' ' {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func lengthOf(spans []news.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}
