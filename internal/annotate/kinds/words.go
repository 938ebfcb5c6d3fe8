package kinds

import (
	"strings"
	"unicode"
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// wordsOf lists the words of s in lower case; a negation drawn together is
// taken apart ("didn't" is "did", "not"), and so are 'll, 're, 've, 'd, 'm.
func wordsOf(s string) []string {
	var words []string
	for _, field := range strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(s), "’", "'"), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '\''
	}) {
		w := strings.Trim(field, "'")
		switch {
		case w == "":
		case w == "can't":
			words = append(words, "can", "not")
		case w == "won't":
			words = append(words, "will", "not")
		case strings.HasSuffix(w, "n't"):
			words = append(words, w[:len(w)-3], "not")
		default:
			if short, ok := contraction(w); ok {
				words = append(words, w[:len(w)-len(short)], full[short])
				continue
			}
			words = append(words, w)
		}
	}
	return words
}

// full is what contractions stand for. "'d" may be "had" as well.
var full = map[string]string{"'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am"}

func contraction(w string) (string, bool) {
	for short := range full {
		if strings.HasSuffix(w, short) && len(w) > len(short) {
			return short, true
		}
	}
	return "", false
}
