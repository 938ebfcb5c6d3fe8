package details

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A word is a word of the text or one mark.
type word struct {
	news.Span
	lower  string // in lower case, curly apostrophes straight
	mark   bool   // a punctuation mark
	capped bool   // begins with a capital or a digit
}

// wordsOf lists the words and marks in span. A hyphen, a point or an apostrophe
// between letters is part of the word ("N.H.", "Trump's", "e-mail").
func wordsOf(text string, span news.Span) []word {
	var words []word
	for i := span.Start; i < span.End; {
		r, size := utf8.DecodeRuneInString(text[i:span.End])
		switch {
		case unicode.IsSpace(r):
			i += size
			continue
		case !inWord(r):
			words = append(words, word{Span: news.Span{Start: i, End: i + size}, lower: straight(text[i : i+size]), mark: true})
			i += size
			continue
		}
		start := i
		for i < span.End {
			r, size := utf8.DecodeRuneInString(text[i:span.End])
			if !inWord(r) {
				next, _ := utf8.DecodeRuneInString(text[min(i+size, span.End):span.End])
				joins := strings.ContainsRune("’'-‑.&", r) && inWord(next)
				// The point of "N.H." and of "Sen.", "Mr." is no end.
				point := r == '.' && i-start <= 4 && unicode.IsUpper(first(text[start:i])) && (strings.Contains(text[start:i], ".") || abbreviations[strings.ToLower(text[start:i])])
				if !joins && !point {
					break
				}
			}
			i += size
		}
		w := text[start:i]
		words = append(words, word{Span: news.Span{Start: start, End: i}, lower: strings.ToLower(straight(w)), capped: named(w)})
	}
	return words
}

// named reports whether w is written as a name or a number: "Tamm", "al-Tamimi".
func named(w string) bool {
	if unicode.IsUpper(first(w)) || unicode.IsDigit(first(w)) {
		return true
	}
	_, after, hyphen := strings.Cut(w, "-")
	return hyphen && len(w)-len(after) <= 4 && unicode.IsUpper(first(after))
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
}

var quotes = strings.NewReplacer("’", "'", "“", `"`, "”", `"`, "‘", "'")

func straight(s string) string { return quotes.Replace(s) }

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

var abbreviations = set("mr mrs ms dr sen rep gov gen lt col sgt rev st prof jr sr")

// sentenceAt is the first sentence that ends after position at.
func sentenceAt(doc *news.Document, at int) int {
	return sort.Search(len(doc.Sentences), func(k int) bool { return doc.Sentences[k].End > at })
}

// wordAt is the first of words that ends after position at.
func wordAt(words []word, at int) int {
	return sort.Search(len(words), func(i int) bool { return words[i].End > at })
}
