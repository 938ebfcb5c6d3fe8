// Package people prints what an archive has of people, for a person at a
// terminal.
package people

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/desk"
)

// Options are for a person's eyes.
type Options struct {
	Width  int  // columns to wrap to; 80 if 0
	Colour bool // the output is a terminal that shows colour
	Most   int  // entries of each list; all of them if 0
}

// The styles, from the sixteen colours that a terminal's owner chose.
var (
	faint = ansi.NewStyle().Faint()
	bold  = ansi.NewStyle().Bold().ForegroundColor(ansi.Cyan)
)

// A printer writes lines and keeps the first error.
type printer struct {
	w   io.Writer
	o   Options
	err error
}

func (p *printer) line(style ansi.Style, indent int, text string) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, text)
	width := min(max(cmp.Or(p.o.Width, 80), 30), 100) - indent
	for l := range strings.SplitSeq(ansi.Wrap(text, width, ""), "\n") {
		if l = strings.TrimRight(l, " "); p.o.Colour && style != nil {
			l = style.Styled(l)
		}
		if p.err == nil {
			_, p.err = fmt.Fprintf(p.w, "%s%s\n", strings.Repeat(" ", indent), l)
		}
	}
}

// some are the first entries of a list, as many as are shown, and how many more
// there are.
func some[T any](o Options, list []T) (shown []T, more int) {
	if o.Most == 0 || len(list) <= o.Most {
		return list, 0
	}
	return list[:o.Most], len(list) - o.Most
}

func (p *printer) more(n int) {
	if n > 0 {
		p.line(faint, 3, fmt.Sprintf("and %d more", n))
	}
}

// List prints people, a line each.
func List(w io.Writer, people []desk.Listed, o Options) error {
	p := &printer{w: w, o: o}
	for _, x := range people {
		p.line(bold, 0, fmt.Sprintf("#%d  %s", x.ID, x.Name))
		var also []string
		for _, n := range x.Names {
			if n != x.Name && len(also) < 6 {
				also = append(also, n)
			}
		}
		facts := []string{x.Type, articles(x.Articles), span(x.First, x.Last), strings.Join(also, ", "), unsure(x)}
		p.line(faint, 3, joined(facts))
	}
	return p.err
}

// Page prints everything that there is of a person.
func Page(w io.Writer, x *desk.Person, o Options) error {
	p := &printer{w: w, o: o}
	p.line(bold, 0, fmt.Sprintf("#%d  %s", x.ID, x.Name))
	p.line(faint, 3, joined([]string{x.Type, articles(x.Articles), count(x.Statements, "statement"), span(x.First, x.Last), x.Wikidata, unsure(x.Listed)}))
	section(p, "Office", x.Offices, func(f desk.Office) string { return joined([]string{f.Title, span(f.From, f.To)}) })
	section(p, "Written as", x.Spellings, func(s desk.Spelling) string { return fmt.Sprintf("%s · %s", s.Name, articles(s.Articles)) })
	section(p, "Roles", x.Roles, naming)
	section(p, "Labels", x.Labels, naming)
	section(p, "Statements", x.Kinds, func(t desk.Tally) string { return fmt.Sprintf("%s · %d", cmp.Or(t.Name, "other"), t.Times) })
	section(p, "By month", byMonth(x.Months), func(s string) string { return s })
	other := func(s desk.Other) string { return fmt.Sprintf("%s · %s", s.Name, articles(s.Articles)) }
	section(p, "Speaks of", x.SpeaksOf, other)
	section(p, "Is spoken of by", x.SpokenOfBy, other)
	section(p, "Relations", x.Relations, func(t desk.Tie) string {
		words := t.Type + " " + t.Name
		if !t.From {
			words = t.Name + " " + t.Type + " this one"
		}
		return joined([]string{words, times(t.Times), evidence(t.Evidence)})
	})
	return p.err
}

func section[T any](p *printer, title string, list []T, words func(T) string) {
	if len(list) == 0 {
		return
	}
	p.line(nil, 0, "")
	p.line(nil, 0, title)
	shown, more := some(p.o, list)
	for _, x := range shown {
		p.line(nil, 3, words(x))
	}
	p.more(more)
}

func naming(n desk.Naming) string {
	by := n.Outlet
	if !n.Own {
		by = "in a statement, " + by
	}
	return joined([]string{n.Text, by, times(n.Times), span(n.First, n.Last), evidence(n.Evidence)})
}

// evidence is where the first place stands.
func evidence(list []desk.Evidence) string {
	if len(list) == 0 {
		return ""
	}
	e := list[0]
	return fmt.Sprintf("%s [%d:%d]", e.Article, e.Start, e.End)
}

// byMonth are the statements of each month on a line.
func byMonth(months []desk.Month) []string {
	var out []string
	last := ""
	for _, m := range months {
		words := fmt.Sprintf("%d %s", m.Times, cmp.Or(m.Kind, "other"))
		if len(out) > 0 && m.Month == last {
			out[len(out)-1] += ", " + words
			continue
		}
		last = m.Month
		out = append(out, cmp.Or(m.Month, "undated")+" · "+words)
	}
	return out
}

// Labels prints outlets by what they call people.
func Labels(w io.Writer, x *desk.Labels, o Options) error {
	p := &printer{w: w, o: o}
	for _, who := range x.People {
		p.line(bold, 0, fmt.Sprintf("#%d  %s", who.ID, who.Name))
		var rows []desk.Naming
		for i, r := range x.Rows {
			if x.Of[i] == who.ID {
				rows = append(rows, r)
			}
		}
		if len(rows) == 0 {
			p.line(faint, 3, "no outlet has such words for them")
		}
		shown, more := some(o, rows)
		for _, r := range shown {
			p.line(nil, 3, naming(r))
		}
		p.more(more)
	}
	return p.err
}

// Timeline prints months.
func Timeline(w io.Writer, periods []desk.Period, o Options) error {
	p := &printer{w: w, o: o}
	for _, x := range periods {
		var kinds []string
		for _, k := range x.Kinds {
			kinds = append(kinds, fmt.Sprintf("%d %s", k.Times, cmp.Or(k.Name, "other")))
		}
		p.line(bold, 0, joined([]string{cmp.Or(x.Month, "undated"), strings.Join(kinds, ", ")}))
		for _, r := range x.Roles {
			if x.Month == "" {
				break // what comes first among what has no day, nobody knows
			}
			p.line(faint, 3, "first called "+r.Text+", by "+cmp.Or(r.Outlet, "an unknown outlet"))
		}
		for _, h := range x.Statements {
			var words strings.Builder
			for _, s := range h.Snippet {
				words.WriteString(s.Text)
			}
			p.line(nil, 3, joined([]string{h.Article.Published[:min(10, len(h.Article.Published))], strings.Join(strings.Fields(words.String()), " "), h.Article.Outlet, h.Statement.Kind}))
		}
	}
	return p.err
}

func joined(parts []string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

func articles(n int) string { return count(n, "article") }

func times(n int) string { return count(n, "time") }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func span(first, last string) string {
	switch {
	case first == last:
		return first
	case last == "":
		return "from " + first
	}
	return first + " to " + last
}

// unsure tells where it is not sure that all of it is one person, or one body.
func unsure(x desk.Listed) string {
	if x.Confidence == 0 || x.Confidence >= 0.8 {
		return ""
	}
	return fmt.Sprintf("unsure whether this is one %s (%.2f)", cmp.Or(x.Type, "person"), x.Confidence)
}
