package print

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/news"
)

// text prints for a person at a terminal.
type text struct {
	w      *bufio.Writer
	width  int
	colour bool
	count  int // articles printed
}

func newText(w io.Writer, o Options) *text {
	width := cmp.Or(o.Width, 80)
	return &text{w: bufio.NewWriter(w), width: min(max(width, 30), 100), colour: o.Colour}
}

// The styles, from the sixteen colours that a terminal's owner chose.
var (
	bold   = ansi.NewStyle().Bold()
	faint  = ansi.NewStyle().Faint()
	name   = ansi.NewStyle().Bold().ForegroundColor(ansi.Cyan)
	alert  = ansi.NewStyle().ForegroundColor(ansi.Yellow)
	gutter = 6 // columns for the paragraph's number
)

func (p *text) Print(doc *news.Document) error {
	if p.count > 0 {
		p.line(0, faint, strings.Repeat("─", p.width))
		p.line(0, nil, "")
	}
	p.count++
	o := arrange(doc)
	p.head(doc, o)
	for _, s := range o.Speakers {
		if s.Name == "" {
			p.line(0, name, "Unknown")
		} else {
			p.line(0, name, s.Name)
			if called := s.called(doc.Text); called != "" {
				p.line(0, faint, called)
			}
		}
		for _, e := range s.Entries {
			p.entry(doc, e, gutter)
		}
		p.line(0, nil, "")
	}
	if len(o.Marks) > 0 {
		p.line(0, name, "In quotation marks, speaker not told")
		for _, e := range o.Marks {
			p.place(e)
			p.wrapped(gutter, nil, e.Words)
		}
		p.line(0, nil, "")
	}
	return p.w.Flush()
}

func (p *text) Close() error { return p.w.Flush() }

// head prints what the article is, and what stands against reading it.
func (p *text) head(doc *news.Document, o outline) {
	p.line(0, bold, cmp.Or(oneLine(doc.Title), "Untitled"))
	p.line(0, faint, strings.Join(facts(doc), " · "))
	for _, problem := range doc.Problems {
		p.line(0, alert, "! "+problem.Message)
	}
	if !slices.ContainsFunc(doc.Problems, news.Problem.Fatal) {
		p.line(0, faint, tally(doc, o))
	}
	p.line(0, nil, "")
}

// entry prints one statement and, under it, those that it reports.
func (p *text) entry(doc *news.Document, e *entry, indent int) {
	p.place(e)
	said := cmp.Or(e.Words, nothing)
	if indent > gutter && e.Who != "" {
		said = e.Who + ": " + said
	}
	p.wrapped(indent, nil, said)
	notes := e.notes(doc.Text)
	if e.Unsure {
		notes = append(notes, "unsure")
	}
	p.line(indent, faint, strings.Join(notes, " · "))
	for _, n := range e.Nested {
		p.entry(doc, n, min(indent+4, p.width/2))
	}
}

// margin is what the gutter says of a part of the page that has no number.
var margin = map[news.BlockKind]string{
	news.Headline: "head", news.Deck: "deck", news.Heading: "sub",
	news.Byline: "by", news.Caption: "photo", news.Furniture: "page",
}

// place begins a line with the paragraph's number in the gutter.
func (p *text) place(e *entry) {
	label := e.Place
	if short, ok := margin[news.BlockKind(label)]; ok {
		label = short
	}
	label = ansi.Truncate(label, gutter-1, "")
	p.write(faint, label)
	p.w.WriteString(strings.Repeat(" ", gutter-ansi.StringWidth(label)))
}

// wrapped prints s on a line that place began, and more lines as needed.
func (p *text) wrapped(indent int, style ansi.Style, s string) {
	p.w.WriteString(strings.Repeat(" ", indent-gutter))
	p.paragraph(indent, style, s)
}

// line prints s on lines of its own.
func (p *text) line(indent int, style ansi.Style, s string) {
	if s == "" {
		p.w.WriteByte('\n')
		return
	}
	p.w.WriteString(strings.Repeat(" ", indent))
	p.paragraph(indent, style, s)
}

func (p *text) paragraph(indent int, style ansi.Style, s string) {
	for i, l := range strings.Split(ansi.Wrap(printable(s), p.width-indent, ""), "\n") {
		if i > 0 {
			p.w.WriteString(strings.Repeat(" ", indent))
		}
		p.write(style, strings.TrimRight(l, " "))
		p.w.WriteByte('\n')
	}
}

func (p *text) write(style ansi.Style, s string) {
	if p.colour && style != nil && s != "" {
		s = style.Styled(s)
	}
	p.w.WriteString(s)
}

// printable replaces what would steer the terminal: an article must not be
// able to.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}
