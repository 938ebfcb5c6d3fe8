package format

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	bylineStart = regexp.MustCompile(`(?i)^\s*(?:(?:story|text|words|written|reported|report|analysis|reporting|interview)\s+)?by:?\s+`)
	bylineSplit = regexp.MustCompile(`(?i)\s*(?:;|\||/|•|·|\s+and\s+|\s+&\s+|\s+with\s+)\s*`)
	bylineIn    = regexp.MustCompile(`\s+(?i:in|at|reports? from)\s+\p{Lu}.*$`)
	bylineNote  = regexp.MustCompile(`\s*[(\[<].*?[)\]>]|\s*\S+@\S+`)
	bylineRole  = regexp.MustCompile(`(?i)\b(?:editor|correspondent|reporter|writer|staff|columnist|chief|bureau|analyst|producer|photographer|newsroom|desk|agency|agencies|contributor|special to|published|updated|media|press|newspaper|news|service|magazine|university)\b`)
)

// Bounds on bylines: what is longer, in bytes, is none, and no article has more
// authors.
const (
	maxByline = 4000
	maxNames  = 200
)

// namesIn takes the names out of a byline: "By Ada Marsh and Tom Reed, Politics
// Editor" is Ada Marsh, Tom Reed. Roles, places and addresses are left out; a
// byline of nothing else ("Staff writers") is kept as it is, for it is what the
// outlet printed.
func namesIn(byline string) []string {
	if len(byline) > maxByline {
		return nil
	}
	byline = oneLine(bylineNote.ReplaceAllString(byline, ""))
	byline = bylineStart.ReplaceAllString(byline, "")
	if byline == "" {
		return nil
	}
	var names []string
	for _, part := range bylineSplit.Split(byline, 50) {
		for i, name := range strings.Split(part, ",") {
			name = strings.Trim(bylineIn.ReplaceAllString(name, ""), " .,-–—:")
			if isName(name) && (i == 0 || strings.Contains(name, " ")) {
				names = appendNew(names, name)
			}
		}
	}
	if names == nil {
		return []string{byline}
	}
	return names
}

// isName holds for one to five words that start with a capital letter and are
// no role.
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || bylineRole.MatchString(s) || strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	capital := false
	for _, r := range s {
		if unicode.IsUpper(r) || unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Han) {
			capital = true
			break
		}
	}
	return capital
}

func appendNew(names []string, name string) []string {
	if len(names) >= maxNames {
		return names
	}
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}
