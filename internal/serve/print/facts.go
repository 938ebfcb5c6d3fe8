package print

import (
	"fmt"
	"strings"
	"time"

	"whosaid/internal/news"
)

// nothing stands where a statement's words should: the article tells that
// somebody spoke, and not what was said.
const nothing = "(what was said is not told)"

// facts is the line under the title: who printed it, when, by whom, and the
// file it came in.
func facts(doc *news.Document) []string {
	var out []string
	for _, f := range []string{doc.Outlet, day(doc.Published), strings.Join(doc.Authors, ", "), doc.File} {
		if f = oneLine(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// tally says how much was found.
func tally(doc *news.Document, o outline) string {
	n := len(doc.Statements) - len(o.Marks)
	named := 0
	for _, s := range o.Speakers {
		if s.Name != "" {
			named++
		}
	}
	switch {
	case len(doc.Statements) == 0:
		return "No statements were found."
	case named == 0:
		return plural(n, "statement") + own(o)
	}
	return plural(n, "statement") + " by " + plural(named, "source") + own(o)
}

// own says how much of the article the outlet asserts itself.
func own(o outline) string {
	if o.Balance.Words == 0 {
		return ""
	}
	return " · " + percent(o.Balance.Outlet.Share) + " of the words in the outlet’s own voice"
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// day writes an ISO 8601 date as a person does; what it cannot read stays.
func day(iso string) string {
	if t, err := time.Parse(time.DateOnly, iso[:min(len(iso), len(time.DateOnly))]); err == nil {
		return t.Format("2 January 2006")
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return t.Format("January 2006")
	}
	return iso
}
