package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// oneLine is s with one space for all white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// joined is the text of spans on one line, with an ellipsis between parts.
func joined(text string, spans []news.Span) string {
	parts := make([]string, 0, len(spans))
	for _, s := range spans {
		parts = append(parts, oneLine(s.Text(text)))
	}
	return strings.Join(parts, " … ")
}

// trimmed is s without the marks that stand around a name in a sentence.
func trimmed(s string) string { return strings.Trim(s, " ,;:–—-") }

// sourced is a source whose speaker is not known, by its words; those that name
// nobody are told as such.
func sourced(source string) string {
	source = trimmed(source)
	switch strings.ToLower(source) {
	case "who", "whom", "which", "that", "he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "us":
		return "Somebody (“" + source + "”)"
	}
	return source
}

// sentence is a message with a capital and a full stop.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// day writes an ISO 8601 date as a person does; what it cannot read stays.
func day(iso string) string {
	for _, f := range []struct{ layout, as string }{{time.DateOnly, "2 January 2006"}, {"2006-01", "January 2006"}} {
		if t, err := time.Parse(f.layout, iso[:min(len(iso), len(f.layout))]); err == nil {
			return t.Format(f.as)
		}
	}
	return iso
}

// plural is a number and what is counted.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// number writes a whole number with a thin space between thousands.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// count is a number in a table; nothing stands for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return number(n)
}

// percent is a share of one.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// saying is what a statement of a kind does, where the outlet's own word for it
// is not told.
var saying = map[string]string{
	"claim": "said", "denial": "denied", "prediction": "predicted", "warning": "warned", "promise": "promised",
	"demand": "demanded", "question": "asked", "praise": "praised", "criticism": "criticised",
}

// stances are what the outlet's choice of cue lends a statement, as a reader
// may be told it.
var stances = map[string]string{"endorsing": "cue lends it weight", "doubting": "cue casts doubt"}

// titled is the title of an article, which may have none.
func titled(s string) string { return cmp.Or(oneLine(s), "Untitled") }
