package statements

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A cutter knows where paragraphs end: at the ends of blocks and at blank lines.
type cutter struct {
	text   string
	breaks []int // byte positions at which a new paragraph begins, sorted
}

func newCutter(doc *news.Document) *cutter {
	c := &cutter{text: doc.Text}
	for _, b := range doc.Blocks {
		c.breaks = append(c.breaks, b.Start)
		for at := b.Start; ; {
			k := strings.Index(doc.Text[at:b.End], "\n")
			if k < 0 {
				break
			}
			at += k + 1
			rest := doc.Text[at:b.End]
			if next := strings.TrimLeft(rest, " \t\r\n"); strings.Contains(rest[:len(rest)-len(next)], "\n") {
				at = b.End - len(next)
				c.breaks = append(c.breaks, at)
			}
		}
	}
	return c
}

// paragraph is the number of the paragraph that holds byte at.
func (c *cutter) paragraph(at int) int {
	return sort.Search(len(c.breaks), func(i int) bool { return c.breaks[i] > at })
}

// cut keeps of content what speech can hold together. What somebody says ends
// with its paragraph, unless the next one goes on inside the same quotation
// marks or opens them anew. The part in the cue's paragraph is kept, or else the
// part nearest to it.
func (c *cutter) cut(content []news.Span, cue news.Span, held *holdings) []news.Span {
	parts := c.split(content)
	home, best := 0, -1
	at := c.paragraph(cue.Start)
	for i, p := range parts {
		apart := c.paragraph(p.Start) - at
		if apart < 0 {
			apart = -apart
		}
		if best < 0 || apart < best {
			home, best = i, apart
		}
	}
	lo, hi := home, home
	for lo > 0 && c.goesOn(parts[lo-1], parts[lo], held) {
		lo--
	}
	for hi+1 < len(parts) && c.goesOn(parts[hi], parts[hi+1], held) {
		hi++
	}
	return parts[lo : hi+1]
}

// split cuts spans at paragraph ends.
func (c *cutter) split(spans []news.Span) []news.Span {
	var parts []news.Span
	for _, s := range spans {
		for {
			k := c.paragraph(s.Start)
			if k == len(c.breaks) || c.breaks[k] >= s.End {
				break
			}
			parts = append(parts, trim(c.text, news.Span{Start: s.Start, End: c.breaks[k]}))
			s.Start = c.breaks[k]
		}
		parts = append(parts, s)
	}
	return parts
}

// goesOn reports whether b can be the same speech as a, which stands before it.
func (c *cutter) goesOn(a, b news.Span, held *holdings) bool {
	if c.paragraph(a.Start) == c.paragraph(b.Start) {
		return true
	}
	same := false
	held.over(a, func(i, _ int) { same = same || held.quotes[i].Contains(b) })
	first, _ := utf8.DecodeRuneInString(c.text[b.Start:])
	return same || strings.ContainsRune(openers, first)
}

// trim drops space at the end of s.
func trim(text string, s news.Span) news.Span {
	s.End = s.Start + len(strings.TrimRightFunc(s.Text(text), unicode.IsSpace))
	return s
}

// apart reports whether c's content is plain speech in another paragraph than
// its cue, without a colon that leads to it.
func (c *cutter) apart(s candidate, form news.Form) bool {
	said, by := s.spans[content][0].Start, s.spans[cue][0].Start
	at := c.paragraph(said)
	if form != news.Indirect || at == c.paragraph(by) || at == 0 {
		return false
	}
	before := strings.TrimRightFunc(c.text[:c.breaks[at-1]], unicode.IsSpace)
	return by > said || !strings.HasSuffix(before, ":")
}

// beside keeps of source what stands in the cue's paragraph, if anything does: a
// heading above it is no part of who speaks.
func (c *cutter) beside(source []news.Span, cue news.Span) []news.Span {
	var near []news.Span
	for _, s := range c.split(source) {
		if c.paragraph(s.Start) == c.paragraph(cue.Start) {
			near = append(near, s)
		}
	}
	if near == nil {
		return source
	}
	return near
}
