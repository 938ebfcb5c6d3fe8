package speakers

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Fold is the words of a name in lower case, without accents, possessive
// endings, apostrophes and a leading "the": how names are compared.
func Fold(name string) []string {
	name = norm.NFKD.String(strings.ReplaceAll(cases.Lower(language.Und).String(name), "’", "'"))
	var plain []rune
	for _, r := range name {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			plain = append(plain, r)
		}
	}
	var b strings.Builder
	for i := 0; i < len(plain); i++ {
		if plain[i] != '\'' {
			b.WriteRune(plain[i])
			continue
		}
		if i+1 < len(plain) && plain[i+1] == 's' && (i+2 == len(plain) || !wordRune(plain[i+2])) {
			i++
		}
	}
	words := strings.FieldsFunc(b.String(), func(r rune) bool { return !wordRune(r) })
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

// wordRune is \w of the reference.
func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// Same reports whether two names are one person's: equal, or the words of one
// are some of the other's and the last ones agree.
func Same(a, b string) bool {
	x, y := Fold(a), Fold(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if slices.Equal(x, y) {
		return true
	}
	return x[len(x)-1] == y[len(y)-1] && (within(x, y) || within(y, x))
}

// within reports whether every word of a is one of b.
func within(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

// setsMatch reports whether two lists name the same people.
func setsMatch(gold, predicted []string) bool {
	return len(gold) == len(predicted) && each(gold, predicted) && each(predicted, gold)
}

// each reports whether everybody of a is in b.
func each(a, b []string) bool {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y string) bool { return Same(x, y) }) {
			return false
		}
	}
	return true
}

// named reports whether s is a name, not a description of somebody unnamed.
func named(s string) bool { return s != "" && !strings.HasPrefix(s, "unnamed") && s != "unknown" }
