package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Write writes r as JSON and ends the line: indented for people, or on one
// line. Characters stand as they are; nothing is escaped for HTML.
func (r Record) Write(w io.Writer, indent bool) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if indent {
		e.SetIndent("", "  ")
	}
	return e.Encode(r)
}

// Read yields the records of r, one JSON object after another as Write makes
// them, indented or not. It stops at the first that is not a record.
func Read(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		d := json.NewDecoder(r)
		for n := 1; ; n++ {
			var rec Record
			err := d.Decode(&rec)
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && rec.Format != Format {
				err = fmt.Errorf("its format is %q, and %q is what can be read", rec.Format, Format)
			}
			if err != nil {
				yield(Record{}, fmt.Errorf("record %d: %w", n, err))
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}
