package english

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// Words cuts s of text into words: runs of letters, digits and marks on
// letters, which an apostrophe, a hyphen, an ampersand or the full stop of an
// abbreviation may join ("O’Neill", "al-Sadr", "U.S"). A possessive ending
// stays on its word; Bare takes it off.
func Words(text string, s news.Span) []news.Span {
	var words []news.Span
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(text[i:s.End])
		if !letter(r) {
			i += size
			continue
		}
		start := i
		for i < s.End {
			r, size = utf8.DecodeRuneInString(text[i:s.End])
			if !letter(r) {
				next, _ := utf8.DecodeRuneInString(text[i+size : s.End])
				joined := strings.ContainsRune("'’-‐‑&", r) || r == '.' && single(text, start, i)
				if !joined || !letter(next) {
					break
				}
			}
			i += size
		}
		words = append(words, news.Span{Start: start, End: i})
	}
	return words
}

// single reports whether what ends at i is one letter, as of "U.S.".
func single(text string, start, i int) bool {
	at := max(start, strings.LastIndexByte(text[:i], '.')+1)
	return i > at && utf8.RuneCountInString(text[at:i]) == 1
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// Bare is word without a possessive ending.
func Bare(word string) string {
	for _, end := range []string{"'s", "’s", "'S", "’S", "'", "’"} {
		if bare, ok := strings.CutSuffix(word, end); ok && bare != "" {
			return bare
		}
	}
	return word
}

// Capitalised reports whether word begins with a capital letter.
func Capitalised(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}
