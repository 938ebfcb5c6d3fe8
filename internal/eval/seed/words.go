package seed

import (
	"strings"
	"unicode"

	"whosaid/internal/record"
)

// words is the set of words of s, in lower case: runs of letters, digits and
// underscores.
func words(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsFuncSeq(lower(s), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}) {
		set[w] = true
	}
	return set
}

// overlap is the Jaccard index of the words of a and b, 0 where neither has any.
func overlap(a, b string) float64 {
	x, y := words(a), words(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	all := len(x) + len(y) - both
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

func lower(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }

// fold is s in lower case with single spaces, as names are compared.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(lower(s), func(r rune) bool {
		return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F // what Python's \s holds
	}), " ")
}

// text joins the texts of spans.
func text(spans []record.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = s.Text
	}
	return strings.Join(parts, " ")
}

func textOf(s *record.Span) string {
	if s == nil {
		return ""
	}
	return s.Text
}
