// Package sentences finds the sentences of news prose. It knows the
// abbreviations, initials and titles that news is full of (Gen., U.S., a.m.,
// No. 10, J. R. Pike) and where quotation marks go: a closing mark belongs to
// the sentence that ends before it, and “Why?” she asked is one sentence.
//
// Its rules look at a few words on both sides of a point, so the time is linear
// in the text.
package sentences

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.Sentences.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "sentences",
		Doc:   "Sentences of the headline and the paragraphs, by rules on points, capitals and abbreviations.",
		Needs: []string{"text", "blocks"},
		Gives: []string{"sentences"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Sentences = Split(doc.Text, doc.Blocks)
			return nil
		},
	}
}

// Split gives the sentences of the blocks in which statements are looked for,
// in order, without space around them. Every word of those blocks lies in one.
// A blank line ends a sentence; a single line break does not.
func Split(text string, blocks []news.Block) []news.Span {
	var found []news.Span
	for _, b := range blocks {
		if !b.Kind.Speech() {
			continue
		}
		s := splitter{text: text, block: b.Span, start: b.Start}
		for i := b.Start; i < b.End; {
			var at int
			if at, i = s.next(i); at > 0 {
				found = s.cut(found, at)
			}
		}
		found = s.cut(found, b.End)
	}
	return found
}

// A splitter reads one block.
type splitter struct {
	text  string
	block news.Span
	start int // where the sentence being read starts
}

// cut ends the sentence being read at position end.
func (s *splitter) cut(found []news.Span, end int) []news.Span {
	body := s.text[s.start:end]
	trimmed := strings.TrimLeftFunc(body, unicode.IsSpace)
	span := news.Span{Start: end - len(trimmed)}
	span.End = span.Start + len(strings.TrimRightFunc(trimmed, unicode.IsSpace))
	s.start = end
	if span.Len() == 0 {
		return found
	}
	return append(found, span)
}

// next looks at the code point at i. If a sentence ends there, at is where the
// next begins or the space before it; otherwise 0. The reading goes on at after.
func (s *splitter) next(i int) (at, after int) {
	c := s.text[i]
	switch {
	case c == '\n':
		after = i + 1
		for after < s.block.End && strings.IndexByte(" \t\r", s.text[after]) >= 0 {
			after++
		}
		if after < s.block.End && s.text[after] == '\n' {
			return after, after + 1
		}
		return 0, after
	case c == '.' || c == '!' || c == '?' || strings.HasPrefix(s.text[i:s.block.End], "…"):
	default:
		_, size := utf8.DecodeRuneInString(s.text[i:])
		return 0, i + size
	}
	points := s.span(i, ".!?…")
	closers := s.span(points, closing)
	if rest, turned := strings.CutPrefix(s.text[closers:s.block.End], "“"); turned && strings.TrimLeft(rest, " \n") != rest {
		closers += len("“") // an opening mark used to close
	}
	gap := closers
	for gap < s.block.End {
		r, size := utf8.DecodeRuneInString(s.text[gap:s.block.End])
		if !unicode.IsSpace(r) {
			break
		}
		gap += size
	}
	if strings.Count(s.text[closers:gap], "\n") > 1 {
		return closers, gap
	}
	p := point{
		before: s.text[max(s.start, i-80):i],
		point:  s.text[i:points],
		quoted: strings.ContainsAny(s.text[points:closers], quoting),
		spaced: gap > closers,
		after:  s.text[gap:s.block.End],
	}
	if p.ends() {
		return closers, closers
	}
	return 0, closers
}

const (
	closing = "”’\"'»›)]}"
	quoting = "“”’\"'»›"
	opening = "“‘\"'„«‹([{`‟¿¡"
)

// span is the end of the run of code points of set that starts at i.
func (s *splitter) span(i int, set string) int {
	for i < s.block.End {
		r, size := utf8.DecodeRuneInString(s.text[i:s.block.End])
		if !strings.ContainsRune(set, r) {
			break
		}
		i += size
	}
	return i
}
