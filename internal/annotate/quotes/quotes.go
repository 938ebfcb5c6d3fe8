// Package quotes is the deterministic reader of quotation marks. It finds every
// passage in quotation marks, nested ones too, by the marks alone: it knows no
// speech verbs except where it tells a short utterance (“No,” he said) from a
// term, a nickname or a title of a work.
//
// A paragraph is read by itself: each starts with nothing open, so that a mark
// lost in one cannot turn the rest of the article inside out. Only then are
// passages that run over several paragraphs put together. Reading takes time
// and memory linear in the text, whatever stands in it.
package quotes

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.Quotes.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "quotes",
		Doc:   "Passages in quotation marks, nested or over several paragraphs, by the marks alone.",
		Needs: []string{"text", "blocks"},
		Gives: []string{"quotes"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Quotes = Read(doc.Text, doc.Blocks)
			return nil
		},
	}
}

// Read finds the quotes in the blocks of text in which statements are looked
// for. They come sorted by Start, an outer one before those in it; two of them
// are either disjoint or one lies inside the other. A quote runs on from one
// paragraph to the next, but never over a block of another kind.
func Read(text string, blocks []news.Block) []news.Quote {
	var found []quote
	var p paragraph
	open := none
	for _, b := range blocks {
		if b.Kind != news.Paragraph {
			open = none
		}
		if !b.Kind.Speech() {
			continue
		}
		for rest := b.Span; ; {
			var span news.Span
			if span, rest = nextParagraph(text, rest); span.Len() == 0 {
				break
			}
			p.read(text, span)
			found, open = join(found, open, &p)
		}
		if b.Kind != news.Paragraph {
			open = none
		}
	}
	return finish(text, blocks, found)
}

// nextParagraph cuts the next paragraph, without space around it, off s. A
// blank line ends one. The paragraph is empty when nothing is left.
func nextParagraph(text string, s news.Span) (paragraph, rest news.Span) {
	body := s.Text(text)
	trimmed := strings.TrimLeftFunc(body, unicode.IsSpace)
	s.Start = s.End - len(trimmed)
	end := s.End
	for i := s.Start; i < s.End; i++ {
		if text[i] != '\n' {
			continue
		}
		j := i + 1
		for j < s.End && (text[j] == ' ' || text[j] == '\t' || text[j] == '\r') {
			j++
		}
		if j < s.End && text[j] == '\n' {
			end = i
			break
		}
		i = j - 1
	}
	cut := news.Span{Start: s.Start, End: end}
	cut.End = cut.Start + len(strings.TrimRightFunc(cut.Text(text), unicode.IsSpace))
	return cut, news.Span{Start: end, End: s.End}
}

// none stands for no quote where the index of one is asked for.
const none = -1

// join adds the quotes of paragraph p to found. open is the index of a quote
// that was still open at the end of the paragraph before, or none: it goes on
// in p where p begins with an opening mark of the same family, or has a closing
// mark that nothing in p opened. The index of the quote that is open at the end
// of p comes back.
func join(found []quote, open int, p *paragraph) ([]quote, int) {
	own := p.quotes
	if open != none {
		q := &found[open]
		end := quote{}
		switch {
		case len(own) > 0 && own[0].Start == p.span.Start && q.family == own[0].family:
			end, own = own[0], own[1:]
		case p.stray.end > 0 && fits(q.family, p.stray.family):
			end.End, end.innerEnd, end.closed = p.stray.end, p.stray.start, true
		}
		if end.End > 0 {
			q.End, q.innerEnd, q.closed, q.joined = end.End, end.innerEnd, end.closed, true
			if !q.closed && q.End == p.span.End {
				return append(found, own...), open
			}
		}
	}
	found = append(found, own...)
	for i := len(found) - len(own); i < len(found); i++ {
		if q := found[i]; !q.closed && q.End == p.span.End {
			if mayRunOn(p.text[p.span.Start:q.Start], p.text[q.innerStart:q.End]) {
				return found, i
			}
			break
		}
	}
	return found, none
}

// finish measures the quotes and says how deep each lies.
func finish(text string, blocks []news.Block, found []quote) []news.Quote {
	var out []news.Quote
	var outer []int // ends of the quotes around the one being looked at
	block := 0
	for _, q := range found {
		if q.family == single && !q.closed && !q.joined {
			continue // one mark and no second: an apostrophe
		}
		inner := news.Span{Start: q.innerStart, End: q.innerEnd}
		words := countWords(inner.Text(text))
		if words == 0 {
			continue
		}
		for len(outer) > 0 && outer[len(outer)-1] <= q.Start {
			outer = outer[:len(outer)-1]
		}
		for block < len(blocks) && blocks[block].End <= q.Start {
			block++
		}
		out = append(out, news.Quote{
			Span: q.Span, Inner: inner, Depth: len(outer), Closed: q.closed, Words: words,
			Scare: scare(text, blocks[block], q, words),
		})
		outer = append(outer, q.End)
	}
	return out
}

// countWords counts runs of letters and digits; an apostrophe, a hyphen, a
// point or a comma between two of them joins them (don't, half-way, 3.5).
func countWords(s string) int {
	n := 0
	inWord, joint := false, false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord && !joint {
				n++
			}
			inWord, joint = true, false
		case unicode.Is(unicode.M, r) && inWord:
		default:
			joint = inWord && strings.ContainsRune("'’‘-‐‑.,&@/", r)
			inWord = false
		}
	}
	return n
}

// lastRune is the code point that ends at position at, or 0 at the start of s.
func lastRune(text string, s news.Span, at int) rune {
	if at <= s.Start {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(text[s.Start:at])
	return r
}

// firstRune is the code point at position at, or 0 at the end of s.
func firstRune(text string, s news.Span, at int) rune {
	if at >= s.End {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[at:s.End])
	return r
}
