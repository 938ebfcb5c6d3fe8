package print

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A Column is a column of the table.
type Column struct {
	Name string
	Kind any // a value of the type that the column holds: "", false, 0 or 0.0
}

// Columns are the columns of the table, one row a statement. start and end
// bound the statement's content, in code points of the article's text.
var Columns = []Column{
	{"article_id", ""},
	{"file", ""},
	{"url", ""},
	{"outlet", ""},
	{"title", ""},
	{"published", ""},
	{"statement_id", ""},
	{"by", ""},
	{"form", ""},
	{"kind", ""},
	{"conditional", false},
	{"cue_stance", ""},
	{"speakers", ""},
	{"source", ""},
	{"cue", ""},
	{"content", ""},
	{"addressee", ""},
	{"venue", ""},
	{"when", ""},
	{"parent", ""},
	{"confidence", 0.0},
	{"paragraph", ""},
	{"start", 0},
	{"end", 0},
}

// longestTitle bounds, in columns, a title that every row repeats.
const longestTitle = 500

// table prints comma-separated values (RFC 4180, lines end in \n).
type table struct {
	w      *csv.Writer
	headed bool
}

func newTable(w io.Writer) *table { return &table{w: csv.NewWriter(w)} }

func (p *table) head() error {
	if p.headed {
		return nil
	}
	p.headed = true
	names := make([]string, len(Columns))
	for i, c := range Columns {
		names[i] = c.Name
	}
	return p.w.Write(names)
}

func (p *table) Print(doc *news.Document) error {
	if err := p.head(); err != nil {
		return err
	}
	cells := make([]string, len(Columns))
	for row := range Rows(doc) {
		for i, v := range row {
			cells[i] = inert(cell(v))
		}
		if err := p.w.Write(cells); err != nil {
			return err
		}
	}
	p.w.Flush()
	return p.w.Error()
}

// Rows yields a row for each statement: a value for each of Columns, nil where
// there is none.
func Rows(doc *news.Document) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		places := newPlaces(doc)
		r := record.Encode(doc)
		a := r.Article
		title := ansi.Truncate(oneLine(a.Title), longestTitle, "…")
		for i, s := range r.Statements {
			was := &doc.Statements[i]
			start, end := bounds(s.Content)
			var when, parent string
			if s.When != nil {
				when = s.When.Value
			}
			if s.Parent != nil {
				parent = *s.Parent
			}
			if !yield([]any{
				a.ID, a.File, a.URL, a.Outlet, title, a.Published,
				s.ID, s.By, s.Form, s.Kind, s.Conditional, s.CueStance,
				speakers(was), words(doc.Text, was.Source), words(doc.Text, was.Cue), words(doc.Text, was.Content),
				one(s.Addressee), one(s.Venue), when, parent,
				s.Confidence, strings.TrimPrefix(places.of(was), "¶"), start, end,
			}) {
				return
			}
		}
	}
}

// cell is a value as text.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// Close ends the table; one without a statement still has its head.
func (p *table) Close() error {
	if err := p.head(); err != nil {
		return err
	}
	p.w.Flush()
	return p.w.Error()
}

// bounds are the first and the last position of spans, nil if there is none.
func bounds(spans []record.Span) (start, end any) {
	if len(spans) == 0 {
		return nil, nil
	}
	low, high := spans[0].Start, spans[0].End
	for _, s := range spans {
		low, high = min(low, s.Start), max(high, s.End)
	}
	return low, high
}

func one(s *record.Span) string {
	if s == nil {
		return ""
	}
	return oneLine(s.Text)
}

// speakers joins names so that they can be taken apart again.
func speakers(s *news.Statement) string {
	var out []string
	for _, p := range s.Speakers {
		if p.Name != "" {
			out = append(out, p.Name)
		}
	}
	return strings.Join(out, "; ")
}

// inert keeps spreadsheets from running a cell as a formula: one that begins
// like a formula gets an apostrophe in front, as OWASP advises
// (https://owasp.org/www-community/attacks/CSV_Injection).
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
