// Package names compares the words of names: whether two mentions agree in
// them, and which capitals stand for which name.
package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Agreement is how the words of two mentions agree, in the classes that the
// scorer of antecedents knows (internal/neural/heads).
type Agreement uint8

// The agreements. The first that fits counts, part before last.
const (
	Differ  Agreement = iota // in nothing that counts
	Same                     // the same words
	Last                     // the same last word
	Part                     // the words of one are among the other's
	Acronym                  // one is the first letters of the other
)

// Words are the words of a mention as Agree wants them: in lower case, without
// marks, without an article before them and without "'s".
func Words(text string) []string {
	text = strings.ToLower(withoutPossessive(text))
	words := strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) })
	if len(words) > 1 && (words[0] == "the" || words[0] == "a" || words[0] == "an") {
		words = words[1:]
	}
	return words
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

// withoutPossessive takes out every "'s" at the end of a word.
func withoutPossessive(text string) string {
	var b strings.Builder
	for {
		at := strings.IndexAny(text, "'’")
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		_, width := utf8.DecodeRuneInString(text[at:])
		b.WriteString(text[:at])
		mark, after := text[at:at+width], text[at+width:]
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(after, "s"))
		if !strings.HasPrefix(after, "s") || len(after) > 1 && inWord(next) {
			b.WriteString(mark)
			text = after
			continue
		}
		text = after[1:]
	}
}

// Agree tells how the words of two mentions agree, whichever comes first. Mentions
// without words agree in nothing.
func Agree(a, b []string) Agreement {
	switch {
	case len(a) == 0 || len(b) == 0:
		return Differ
	case slices.Equal(a, b):
		return Same
	case within(a, b) || within(b, a):
		return Part
	case a[len(a)-1] == b[len(b)-1]:
		return Last
	case initials(a, b) || initials(b, a):
		return Acronym
	}
	return Differ
}

// within reports whether every word of a is one of b's. Mentions are short; of
// one that is not, only so much is looked at.
func within(a, b []string) bool {
	const most = 40
	if len(a) > most || len(b) > most {
		return false
	}
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// initials reports whether short is one word of the first letters of long, little
// words left out.
func initials(short, long []string) bool {
	if len(short) != 1 || len(long) < 2 {
		return false
	}
	rest := short[0]
	for _, w := range long {
		if little(w) {
			continue
		}
		_, width := utf8.DecodeRuneInString(w)
		if !strings.HasPrefix(rest, w[:width]) {
			return false
		}
		rest = rest[width:]
	}
	return rest == ""
}

// little reports whether acronyms leave word out.
func little(word string) bool {
	switch word {
	case "of", "the", "and", "for", "in", "on":
		return true
	}
	return false
}
