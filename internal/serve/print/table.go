package print

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// Columns are the columns of the table, one row a statement. start and end
// bound the statement's content, in code points of the article's text.
var Columns = []string{
	"article_id", "file", "url", "outlet", "title", "published",
	"statement_id", "by", "form", "kind", "conditional", "cue_stance",
	"speakers", "source", "cue", "content", "addressee", "venue", "when", "parent",
	"confidence", "paragraph", "start", "end",
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
	return p.w.Write(Columns)
}

func (p *table) Print(doc *news.Document) error {
	if err := p.head(); err != nil {
		return err
	}
	places := newPlaces(doc)
	r := record.Encode(doc)
	a := r.Article
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
		row := []string{
			a.ID, a.File, a.URL, a.Outlet, ansi.Truncate(oneLine(a.Title), longestTitle, "…"), a.Published,
			s.ID, s.By, s.Form, s.Kind, strconv.FormatBool(s.Conditional), s.CueStance,
			speakers(was), words(doc.Text, was.Source), words(doc.Text, was.Cue), words(doc.Text, was.Content),
			one(s.Addressee), one(s.Venue), when, parent,
			strconv.FormatFloat(s.Confidence, 'f', -1, 64), strings.TrimPrefix(places.of(was), "¶"), start, end,
		}
		for j := range row {
			row[j] = inert(row[j])
		}
		if err := p.w.Write(row); err != nil {
			return err
		}
	}
	p.w.Flush()
	return p.w.Error()
}

// Close ends the table; one without a statement still has its head.
func (p *table) Close() error {
	if err := p.head(); err != nil {
		return err
	}
	p.w.Flush()
	return p.w.Error()
}

// bounds are the first and the last position of spans, empty if there is none.
func bounds(spans []record.Span) (start, end string) {
	if len(spans) == 0 {
		return "", ""
	}
	low, high := spans[0].Start, spans[0].End
	for _, s := range spans {
		low, high = min(low, s.Start), max(high, s.End)
	}
	return strconv.Itoa(low), strconv.Itoa(high)
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
