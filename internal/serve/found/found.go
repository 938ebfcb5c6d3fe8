// Package found prints the hits of a search: for a person at a terminal, as
// JSON and as a table.
package found

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/record"
)

// The formats.
const (
	Text  = "text"  // for a person
	JSON  = "json"  // one list, indented
	JSONL = "jsonl" // a hit a line
	CSV   = "csv"   // a row a hit
)

// Formats lists the formats in the order help shows them.
var Formats = []string{Text, JSON, JSONL, CSV}

// Options are for a person's eyes.
type Options struct {
	Width  int  // columns to wrap to; 80 if 0
	Colour bool // the output is a terminal that shows colour
}

// A Printer writes one hit after another.
type Printer struct {
	w      *bufio.Writer
	format string
	width  int
	colour bool
	count  int
	table  *csv.Writer
}

// New makes the printer of a format, which writes to w.
func New(format string, w io.Writer, o Options) (*Printer, error) {
	if !slices.Contains(Formats, format) {
		return nil, fmt.Errorf("there is no format %q: choose one of %s", format, strings.Join(Formats, ", "))
	}
	p := &Printer{w: bufio.NewWriter(w), format: format, colour: o.Colour, width: min(max(cmp.Or(o.Width, 80), 30), 100)}
	p.table = csv.NewWriter(p.w)
	return p, nil
}

// columns are the columns of the table.
var columns = []string{
	"article_id", "outlet", "published", "title", "url", "file", "statement_id", "speakers", "source", "cue", "content",
	"form", "kind", "confidence", "block", "paragraph", "start", "end", "id", "corrected_by",
}

// Print writes a hit.
func (p *Printer) Print(h *archive.Hit) error {
	p.count++
	switch p.format {
	case Text:
		return p.text(h)
	case CSV:
		return p.row(h)
	}
	return p.json(h)
}

func (p *Printer) json(h *archive.Hit) error {
	if p.format == JSON {
		p.w.WriteString([]string{"[\n", ",\n"}[min(p.count-1, 1)])
		out, err := json.MarshalIndent(desk.HitOf(h), "  ", "  ")
		if err != nil {
			return err
		}
		p.w.WriteString("  ")
		_, err = p.w.Write(out)
		return err
	}
	e := json.NewEncoder(p.w)
	e.SetEscapeHTML(false)
	return e.Encode(desk.HitOf(h))
}

func (p *Printer) head() error {
	if p.format == CSV && p.count <= 1 {
		return p.table.Write(columns)
	}
	return nil
}

func (p *Printer) row(h *archive.Hit) error {
	if err := p.head(); err != nil {
		return err
	}
	a, s := h.Article, h.Statement
	paragraph := ""
	if h.Paragraph > 0 {
		paragraph = strconv.Itoa(h.Paragraph)
	}
	row := []string{
		a.ID, a.Outlet, a.Published, oneLine(a.Title), a.URL, a.File, s.ID, who(&s), words(s.Source), words(s.Cue), words(s.Content),
		s.Form, s.Kind, strconv.FormatFloat(s.Confidence, 'f', -1, 64), string(h.Block), paragraph, strconv.Itoa(h.Start), strconv.Itoa(h.End),
		strconv.FormatInt(h.ID, 10), decidedBy(h.Corrected),
	}
	for i := range row {
		row[i] = inert(row[i])
	}
	return p.table.Write(row)
}

// inert keeps spreadsheets from running a cell as a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// The styles, from the sixteen colours that a terminal's owner chose.
var (
	faint  = ansi.NewStyle().Faint()
	name   = ansi.NewStyle().Bold().ForegroundColor(ansi.Cyan)
	marked = ansi.NewStyle().Bold().ForegroundColor(ansi.Yellow)
)

// text prints who said it, the words, and where they stand.
func (p *Printer) text(h *archive.Hit) error {
	s := h.Statement
	said := who(&s)
	if cue := words(s.Cue); cue != "" {
		said += " · " + cue
	}
	p.line(name, 0, said)
	var b strings.Builder
	for _, piece := range h.Snippet {
		t := printable(piece.Text)
		if piece.Marked {
			t = p.mark(t)
		}
		b.WriteString(t)
	}
	if b.Len() == 0 {
		b.WriteString("(what was said is not told)")
	}
	p.wrapped(nil, 3, b.String())
	a := h.Article
	var facts []string
	for _, f := range []string{a.Outlet, a.Published[:min(len(a.Published), 10)], oneLine(a.Title), where(h), s.Kind, s.Form, a.ID, "statement " + strconv.FormatInt(h.ID, 10), decided(h)} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	p.line(faint, 3, strings.Join(facts, " · "))
	p.w.WriteByte('\n')
	return nil
}

// decided says who corrected or rejected a statement.
func decided(h *archive.Hit) string {
	switch {
	case h.Rejected != nil:
		return "rejected by " + printable(h.Rejected.By)
	case len(h.Corrected) > 0:
		return "corrected by " + printable(decidedBy(h.Corrected))
	}
	return ""
}

// decidedBy are those who corrected a statement, each once.
func decidedBy(list []archive.Correction) string {
	var out []string
	for _, c := range list {
		if !slices.Contains(out, c.By) {
			out = append(out, c.By)
		}
	}
	return strings.Join(out, "; ")
}

// mark sets a word apart: by colour, or between asterisks where there is none.
func (p *Printer) mark(t string) string {
	if p.colour {
		return marked.Styled(t)
	}
	return "*" + t + "*"
}

func (p *Printer) line(style ansi.Style, indent int, s string) {
	p.wrapped(style, indent, printable(s))
}

func (p *Printer) wrapped(style ansi.Style, indent int, s string) {
	for l := range strings.SplitSeq(ansi.Wrap(s, p.width-indent, ""), "\n") {
		p.w.WriteString(strings.Repeat(" ", indent))
		if l = strings.TrimRight(l, " "); p.colour && style != nil {
			l = style.Styled(l)
		}
		p.w.WriteString(l)
		p.w.WriteByte('\n')
	}
}

// where is the part of the article that a hit stands in, with its positions.
func where(h *archive.Hit) string {
	place := string(h.Block)
	if h.Paragraph > 0 {
		place = "¶" + strconv.Itoa(h.Paragraph)
	}
	return fmt.Sprintf("%s [%d:%d]", place, h.Start, h.End)
}

// who is the speakers' names, or the source's words where there are none.
func who(s *record.Statement) string {
	var out []string
	for _, p := range s.Speakers {
		if p.Name != "" && !slices.Contains(out, p.Name) {
			out = append(out, p.Name)
		}
	}
	if len(out) == 0 {
		return cmp.Or(strings.Trim(words(s.Source), " ,;:–—"), "Unknown")
	}
	return oneLine(strings.Join(out, "; "))
}

// words joins spans by an ellipsis.
func words(spans []record.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, oneLine(s.Text))
	}
	return strings.Join(out, " … ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// printable replaces what would steer the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// Count is how many hits were printed.
func (p *Printer) Count() int { return p.count }

// Close ends the output; one without a hit is still whole.
func (p *Printer) Close() error {
	switch {
	case p.format == JSON && p.count == 0:
		p.w.WriteString("[]\n")
	case p.format == JSON:
		p.w.WriteString("\n]\n")
	case p.format == CSV && p.count == 0:
		if err := p.head(); err != nil {
			return err
		}
	}
	p.table.Flush()
	if err := p.table.Error(); err != nil {
		return err
	}
	return p.w.Flush()
}
