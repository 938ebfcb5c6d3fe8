// Package compared sets comparisons of articles for a terminal or as JSON:
// each utterance with all its printings, the fullest on the left and another on
// the right, word by word.
package compared

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/desk"
	"whosaid/internal/relate/utterances"
)

// The formats.
const (
	Text = "text"
	JSON = "json"
)

// Formats are the values of --format.
var Formats = []string{Text, JSON}

// Options say how text looks.
type Options struct {
	Width  int // of a line; 80 if it is 0
	Colour bool
}

// Write writes a comparison.
func Write(w io.Writer, format string, c *desk.Comparison, o Options) error {
	if format == JSON {
		return encode(w, c)
	}
	p := newPrinter(o)
	p.comparison(c)
	_, err := io.WriteString(w, p.String())
	return err
}

// WriteUtterance writes one utterance.
func WriteUtterance(w io.Writer, format string, u *desk.Utterance, o Options) error {
	if format == JSON {
		return encode(w, u)
	}
	p := newPrinter(o)
	p.utterance(u)
	_, err := io.WriteString(w, p.String())
	return err
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// A printer sets lines of a width.
type printer struct {
	strings.Builder
	Options
}

func newPrinter(o Options) *printer {
	if o.Width <= 0 {
		o.Width = 80
	}
	o.Width = max(o.Width, 40)
	return &printer{Options: o}
}

// The styles, by their SGR codes.
const (
	bold  = "1"
	faint = "2"
	red   = "31"
	green = "32"
	blue  = "34"
)

func (p *printer) style(code, s string) string {
	if !p.Colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// line writes text, wrapped, each line behind indent.
func (p *printer) line(indent, text string) {
	for l := range strings.SplitSeq(ansi.Wrap(text, p.Width-len(indent), ""), "\n") {
		p.WriteString(strings.TrimRight(indent+l, " ") + "\n")
	}
}

func (p *printer) comparison(c *desk.Comparison) {
	for i, a := range c.Articles {
		p.line("", p.style(bold, fmt.Sprintf("%c  %s", letter(i), article(a))))
		p.line("   ", fmt.Sprintf("%s, %d shared", count(a.Statements, "statement"), a.Shared))
	}
	for _, k := range c.Copies {
		p.line("", fmt.Sprintf("%c prints the text of %c: %.0f %% of its words are the same, %.0f %% of the other's are left out.", letter(k.Article), letter(k.Of), 100*k.Share, 100*k.Cut))
	}
	if c.Edition != nil {
		p.edition(c.Edition)
	}
	for i := range c.Shared {
		p.WriteByte('\n')
		p.utterance(&c.Shared[i])
	}
	if len(c.Only) > 0 {
		p.WriteString("\n" + p.style(bold, "In one article alone") + "\n")
		for _, a := range c.Only {
			p.line(fmt.Sprintf("%c  ", letter(a.Article)), by(&a.Printing)+": "+a.Printing.Content)
		}
	}
}

func letter(i int) rune { return 'A' + rune(i%26) }

func article(a desk.Compared) string {
	parts := []string{}
	for _, s := range []string{a.Outlet, day(a.Published), a.Title} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return a.File
	}
	return strings.Join(parts, ", ")
}

func day(published string) string { return published[:min(len(published), len("2022-01-20"))] }

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func unknown(s string) string {
	if s == "" {
		return "not told"
	}
	return s
}

// worded reports whether a cue has a word in it: a headline may have a colon for
// one.
func worded(cue string) bool { return strings.ContainsFunc(cue, unicode.IsLetter) }

// by is who speaks, and by which word.
func by(p *desk.Printing) string {
	if !worded(p.Cue) {
		return unknown(p.Speaker)
	}
	return unknown(p.Speaker) + " (" + p.Cue + ")"
}

// utterance prints the fullest printing, and each other one beside it.
func (p *printer) utterance(u *desk.Utterance) {
	p.line("", p.style(bold, fmt.Sprintf("%s, in %s", unknown(u.Speaker), count(len(u.Printings), "printing"))))
	full := &u.Printings[u.Fullest]
	if len(u.Printings) == 1 {
		p.line("  ", describe(full))
		p.line("  ", full.Content)
	}
	for i := range u.Printings {
		if i != u.Fullest {
			p.beside(full, &u.Printings[i])
		}
	}
	p.path(u)
	for _, a := range u.Again {
		p.line("  ", p.style(faint, fmt.Sprintf("again: %s %s, u%d: %s", a.Day, a.Outlet, a.Utterance, a.Content)))
	}
}

// describe is where a printing stands and what is round its words.
func describe(p *desk.Printing) string {
	s := p.Outlet
	if s == "" {
		s = p.Article.File
	}
	if p.Published != "" {
		s += ", " + day(p.Published)
	}
	if p.Paragraph > 0 {
		s += fmt.Sprintf(", paragraph %d", p.Paragraph)
	}
	s += "; " + unknown(p.Speaker)
	if worded(p.Cue) {
		s += ": “" + p.Cue + "”"
	}
	var names []string
	for _, c := range p.Called {
		if c.Kind != "role" && c.Own {
			names = append(names, c.Text)
		}
	}
	if len(names) > 0 {
		s += "; called " + strings.Join(names, ", ")
	}
	return s
}

// beside prints two printings in two columns. Between them stands what a line
// of the two is: nothing where they are the same, < where the right one lacks
// the words, > where the left one does, | where both have others.
func (p *printer) beside(left, right *desk.Printing) {
	p.WriteByte('\n')
	column := (p.Width - 3) / 2
	p.columns(column, describe(left), ' ', describe(right), faint)
	p.columns(column, "the fullest", ' ', strings.TrimSpace(string(right.Relation)), blue)
	p.runs(column, right.Runs)
}

// runs prints what two texts have, run by run.
func (p *printer) runs(column int, runs []utterances.Run) {
	for _, r := range runs {
		switch r.Change {
		case utterances.Kept:
			p.columns(column, r.Text, ' ', r.Text, "")
		case utterances.LeftOut:
			p.columns(column, r.Was, '<', "", red)
		case utterances.Added:
			p.columns(column, "", '>', r.Text, green)
		default:
			p.columns(column, r.Was, '|', r.Text, red)
		}
	}
}

// columns prints two texts, each wrapped to its column.
func (p *printer) columns(width int, left string, mark rune, right, style string) {
	a, b := strings.Split(ansi.Wrap(left, width, ""), "\n"), strings.Split(ansi.Wrap(right, width, ""), "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		pad := strings.Repeat(" ", max(0, width-ansi.StringWidth(x)))
		row := p.styled(style, x) + pad + " " + string(mark) + " " + p.styled(style, y)
		p.WriteString(strings.TrimRight(row, " ") + "\n")
	}
}

func (p *printer) styled(code, s string) string {
	if code == "" {
		return s
	}
	return p.style(code, s)
}

// path prints how the utterance went from outlet to outlet.
func (p *printer) path(u *desk.Utterance) {
	if len(u.Path) < 2 {
		return
	}
	var steps []string
	for _, s := range u.Path {
		step := unknown(s.Outlet)
		if s.Day != "" {
			step += " " + s.Day
		}
		if s.Said != "" {
			step += " (from " + s.Said + ")"
		}
		steps = append(steps, step)
	}
	p.WriteByte('\n')
	p.line("  ", "first in "+strings.Join(steps, " → "))
}

// edition prints what changed between two versions, paragraph by paragraph.
func (p *printer) edition(e *desk.Edition) {
	p.WriteString("\n" + p.style(bold, fmt.Sprintf("What changed from version #%d to #%d", e.From, e.To)) + "\n")
	same := 0
	column := (p.Width - 3) / 2
	show := func(runs []utterances.Run) {
		p.runs(column, runs)
		p.WriteByte('\n')
	}
	if changed(e.Title) {
		show(e.Title)
	}
	for _, g := range e.Paragraphs {
		if g.Change == utterances.Kept {
			same++
			continue
		}
		show(g.Runs)
	}
	p.line("", count(same, "paragraph")+" did not change.")
}

func changed(runs []utterances.Run) bool {
	for _, r := range runs {
		if r.Change != utterances.Kept {
			return true
		}
	}
	return false
}
