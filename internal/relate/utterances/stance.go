package utterances

import (
	"strings"
	"unicode"

	"whosaid/internal/news"
)

// deniers are the words that say no.
var deniers = func() map[uint32]bool {
	out := map[uint32]bool{}
	for w := range strings.FieldsSeq("not no never none nor neither nobody nothing without cannot cant dont doesnt didnt isnt wasnt arent werent wont wouldnt shouldnt couldnt hasnt havent hadnt") {
		out[hash(w)] = true
	}
	return out
}()

func negations(words []Word) int {
	n := 0
	for _, w := range words {
		if deniers[w.Key] {
			n++
		}
	}
	return n
}

// opposing are the stems of words that turn what they are said of round.
var opposing = func() map[uint32]bool {
	out := map[uint32]bool{}
	for w := range strings.FieldsSeq("against oppose oppositions reject refuse refusal decline deny denial fail withhold yet unlikely stop block disavow reverse lack") {
		out[hash(stem(w))] = true
	}
	return out
}()

// opposes reports whether a statement with its cue says no, an odd number of
// times.
func opposes(s *Statement) bool {
	n := negations(s.Words)
	for _, w := range s.Words {
		if opposing[w.Stem] {
			n++
		}
	}
	if s.Against {
		n++
	}
	return n%2 == 1
}

// against reports whether the cue of s tells of refusing or opposing: "has yet
// to endorse", "came out against".
func against(text string, s *news.Statement) bool {
	n := 0
	for _, span := range s.Cue {
		for w := range strings.FieldsFuncSeq(span.Text(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
			if f := formOf(w); deniers[f.key] || opposing[f.stem] {
				n++
			}
		}
	}
	return n%2 == 1
}
