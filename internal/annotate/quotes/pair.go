package quotes

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"whosaid/internal/news"
)

// A quote is a news.Quote in the making.
type quote struct {
	news.Span
	innerStart, innerEnd int
	family               family
	closed               bool
	joined               bool // runs over several paragraphs
}

// A frame is a mark that was opened and not closed yet.
type frame struct {
	mark
	// maybe is the first doubtful mark that may have closed it; the start is
	// behind the end while there is none.
	maybe news.Span
}

// deepest is how many quotes may lie in each other; it bounds the work of
// looking for what a mark closes.
const deepest = 8

// A single mark that may be an apostrophe (‘terrorists’ in) closes a quote of
// at most so many words and bytes.
const (
	shortWords = 8
	shortBytes = 80
)

// A paragraph pairs the marks of one paragraph after another.
type paragraph struct {
	text   string
	span   news.Span
	quotes []quote // sorted by Start; those not closed run to the end or to the next of their family
	stray  mark    // the first closing mark that nothing opened, if nothing was open at it

	marks []mark
	stack []frame
}

// read pairs the marks of text[span.Start:span.End].
func (p *paragraph) read(text string, span news.Span) {
	p.text, p.span, p.stray = text, span, mark{}
	p.quotes, p.stack = p.quotes[:0], p.stack[:0]
	p.marks = scan(p.marks[:0], text, span)
	for _, m := range p.marks {
		switch {
		case m.family == single && m.way == opens:
			p.openSingle(m)
		case m.family == single:
			p.closeSingle(m)
		case m.way == opens && !(m.rune == '“' && p.topDouble() == low):
			p.openDouble(m)
		default:
			p.closeDouble(m)
		}
	}
	for len(p.stack) > 0 {
		p.give(p.pop())
	}
	slices.SortFunc(p.quotes, func(a, b quote) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	p.cut()
}

func (p *paragraph) top() *frame {
	if len(p.stack) == 0 {
		return nil
	}
	return &p.stack[len(p.stack)-1]
}

// topDouble is the family of the innermost open double mark; single if none is open.
func (p *paragraph) topDouble() family {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if f := p.stack[i].family; f != single {
			return f
		}
	}
	return single
}

// push opens m. Where too many are open, the outermost was never closed.
func (p *paragraph) push(m mark) {
	if len(p.stack) == deepest {
		switch outer, next := p.stack[0], p.stack[1]; {
		case outer.maybe.End > 0:
			p.give(outer)
		case resumes(outer.family, next.family):
			q := unclosed(outer, p.span.End)
			q.cut(p.text, next.start)
			p.quotes = append(p.quotes, q)
		}
		p.stack = slices.Delete(p.stack, 0, 1)
	}
	p.stack = append(p.stack, frame{mark: m})
}

func (p *paragraph) pop() frame {
	f := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	return f
}

// openSingle opens m. A single mark that is open already was closed by a
// doubtful one, or never; single marks do not lie in each other directly.
func (p *paragraph) openSingle(m mark) {
	if f := p.top(); f != nil && f.family == single {
		if m.doubtful {
			return
		}
		p.give(p.pop())
	}
	p.push(m)
}

// closeSingle closes the innermost quote if a single mark opened it; otherwise
// m is an apostrophe.
func (p *paragraph) closeSingle(m mark) {
	f := p.top()
	switch {
	case f == nil || f.family != single:
	case f.doubtful && !m.pointed:
	case m.doubtful:
		if f.maybe.End == 0 && m.start-f.end <= shortBytes && countWords(p.text[f.end:m.start]) <= shortWords {
			f.maybe = news.Span{Start: m.start, End: m.end}
		}
	default:
		p.close(p.pop(), m.start, m.end)
	}
}

// openDouble opens m. One of the same family that is open stays so, for double
// marks do lie in each other, unless a doubtful mark may have closed it.
func (p *paragraph) openDouble(m mark) {
	if f := p.top(); f != nil && fits(f.family, m.family) && f.maybe.End > 0 {
		p.give(p.pop())
	}
	p.push(m)
}

// closeDouble closes the innermost quote that a mark like m opened; what was
// opened in that and is still open was nothing.
func (p *paragraph) closeDouble(m mark) {
	i := p.opener(m)
	switch {
	case i == none && m.way == either:
		m.way = opens
		p.openDouble(m)
	case i == none:
		if p.stray.end == 0 && len(p.stack) == 0 && !m.doubtful {
			p.stray = m
		}
	case m.doubtful:
		if f := &p.stack[i]; i == len(p.stack)-1 && f.maybe.End == 0 {
			f.maybe = news.Span{Start: m.start, End: m.end}
		}
	default:
		for len(p.stack) > i+1 {
			if f := p.pop(); f.maybe.End > 0 {
				p.give(f)
			}
		}
		p.close(p.pop(), m.start, m.end)
	}
}

// opener is the index on the stack of what m closes, or none: the innermost of
// its own family or, failing that, the innermost of one that fits.
func (p *paragraph) opener(m mark) int {
	best := none
	for i := len(p.stack) - 1; i >= 0; i-- {
		f := p.stack[i].family
		if f == m.family || (f == low && m.family == curly) {
			return i
		}
		if best == none && fits(f, m.family) {
			best = i
		}
	}
	return best
}

func (p *paragraph) close(f frame, innerEnd, end int) {
	p.quotes = append(p.quotes, quote{
		Span:       news.Span{Start: f.start, End: end},
		innerStart: f.end, innerEnd: innerEnd,
		family: f.family, closed: true,
	})
}

// give lists what became of f, which no mark closed beyond doubt.
func (p *paragraph) give(f frame) {
	switch {
	case f.maybe.End > 0:
		p.close(f, f.maybe.Start, f.maybe.End)
	case f.family == single && f.start > p.span.Start:
		// An apostrophe. Only at the start of a paragraph may a single mark
		// open a passage that runs on in the next.
	default:
		p.quotes = append(p.quotes, unclosed(f, p.span.End))
	}
}

func unclosed(f frame, end int) quote {
	return quote{Span: news.Span{Start: f.start, End: end}, innerStart: f.end, innerEnd: end, family: f.family}
}

// resumes reports whether an opening mark of family b, directly in a quote of
// family a that is never closed, shows that the quote had ended by then.
func resumes(a, b family) bool { return a != single && a == b }

// cut ends q before position at.
func (q *quote) cut(text string, at int) {
	kept := strings.TrimRightFunc(text[q.innerStart:max(at, q.innerStart)], unicode.IsSpace)
	q.End = q.innerStart + len(kept)
	q.innerEnd = q.End
}

// cut ends a quote that was never closed where the next of its family opens
// directly in it.
func (p *paragraph) cut() {
	var around []int // indexes of the quotes around the one being looked at
	for i := range p.quotes {
		q := &p.quotes[i]
		for len(around) > 0 {
			outer := &p.quotes[around[len(around)-1]]
			if outer.End > q.Start && !outer.closed && resumes(outer.family, q.family) {
				outer.cut(p.text, q.Start)
			}
			if outer.End > q.Start {
				break
			}
			around = around[:len(around)-1]
		}
		around = append(around, i)
	}
}
