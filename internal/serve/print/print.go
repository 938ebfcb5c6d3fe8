// Package print writes documents the ways `whosaid read` offers: for a person
// at a terminal, as records, as a table, as brat standoff and as a page.
package print

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A Printer writes one document after another.
type Printer interface {
	Print(doc *news.Document) error
	// Close ends the output. It closes nothing that the caller opened.
	Close() error
}

// The formats.
const (
	Text  = "text"  // for a person: by speaker
	JSON  = "json"  // a record an article, indented
	JSONL = "jsonl" // a record a line
	CSV   = "csv"   // a row a statement
	Brat  = "brat"  // standoff, as PolNeAR has it
	HTML  = "html"  // one self-contained page
)

// Formats lists the formats in the order help shows them.
var Formats = []string{Text, JSON, JSONL, CSV, Brat, HTML}

// Options are for a person's eyes; the other formats do not look at them.
type Options struct {
	Width  int  // columns to wrap to; 80 if 0
	Colour bool // the output is a terminal that shows colour
}

// New makes the printer of a format, which writes to w.
func New(format string, w io.Writer, o Options) (Printer, error) {
	switch format {
	case Text:
		return newText(w, o), nil
	case JSON, JSONL:
		return records{w: w, indent: format == JSON}, nil
	case CSV:
		return newTable(w), nil
	case Brat:
		return &standoff{w: w}, nil
	case HTML:
		return &page{w: w}, nil
	}
	return nil, fmt.Errorf("there is no format %q: choose one of %s", format, strings.Join(Formats, ", "))
}

// records prints documents as JSON.
type records struct {
	w      io.Writer
	indent bool
}

func (p records) Print(doc *news.Document) error { return record.Encode(doc).Write(p.w, p.indent) }
func (p records) Close() error                   { return nil }

// words is what spans cover, as running text on one line: pieces that stand
// apart are joined by an ellipsis.
func words(text string, spans []news.Span) string {
	var b strings.Builder
	for i, s := range spans {
		if i > 0 {
			if from := spans[i-1].End; from <= s.Start && strings.Trim(text[from:s.Start], " ") == "" {
				b.WriteString(" ")
			} else {
				b.WriteString(" … ")
			}
		}
		b.WriteString(oneLine(s.Text(text)))
	}
	return b.String()
}

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// names lists the speakers of s, each once; it is empty where none is known.
func names(s *news.Statement) string {
	var out []string
	for _, p := range s.Speakers {
		if p.Name != "" && !slices.Contains(out, p.Name) {
			out = append(out, p.Name)
		}
	}
	switch n := len(out); n {
	case 0:
		return ""
	case 1:
		return out[0]
	default:
		return strings.Join(out[:n-1], ", ") + " and " + out[n-1]
	}
}
