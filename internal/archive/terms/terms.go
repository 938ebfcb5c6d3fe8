// Package terms cuts text into the words that an archive is searched by, and
// reads what a person types to search for.
//
// A word is folded (lower case, no accents, other alphabets transliterated,
// apostrophes gone) and, in running text, reduced to its English stem by the
// Snowball algorithm (Porter 2). Both are done here and not by the database, so
// that SQLite and PostgreSQL find the same, and so that the words of a hit can
// be marked by the very rules that found it. What is indexed consists of a-z
// and 0-9 only.
package terms

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/mozillazg/go-unidecode"
)

// A Word is one word of a text.
type Word struct {
	Start, End int    // bytes of the text
	Folded     string // as it is compared in an exact phrase
	Stem       string // as it is indexed
}

// longest bounds a word, in bytes after folding: no word of a language is
// longer, and an index should not hold what is no word.
const longest = 64

// Words cuts running text into words.
func Words(text string) []Word {
	var out []Word
	var s stemmer
	scan(text, func(start, end int) {
		if folded := fold(text[start:end]); folded != "" {
			out = append(out, Word{Start: start, End: end, Folded: folded, Stem: s.stem(folded)})
		}
	})
	return out
}

// AppendStems adds the stems of running text to b, each with a space behind it.
func AppendStems(b []byte, text string) []byte {
	var s stemmer
	scan(text, func(start, end int) {
		if folded := fold(text[start:end]); folded != "" {
			b = append(append(b, s.stem(folded)...), ' ')
		}
	})
	return b
}

// Name cuts a name into folded words, which are not stemmed: names are
// compared whole.
func Name(name string) []string {
	var out []string
	scan(name, func(start, end int) {
		if folded := fold(name[start:end]); folded != "" {
			out = append(out, folded)
		}
	})
	return out
}

// Fold is a name in one form for all its spellings of case, accent and
// alphabet: its words, joined by spaces.
func Fold(name string) string { return strings.Join(Name(name), " ") }

// scan finds words: letters, digits and marks, with apostrophes between them,
// and the full stops of an acronym (U.S.A.).
func scan(text string, word func(start, end int)) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !wordly(r) {
			i += n
			continue
		}
		start, letters, dotted := i, 0, true
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if wordly(r) {
				letters++
				dotted = dotted && letters == 1
				i += n
				continue
			}
			next, m := utf8.DecodeRuneInString(text[i+n:])
			if m == 0 || !wordly(next) {
				break
			}
			if apostrophe(r) {
				letters++
				i += n
				continue
			}
			if r == '.' && dotted && unicode.IsLetter(next) && !wordlyAt(text, i+n+m) {
				letters = 0
				i += n
				continue
			}
			break
		}
		word(start, i)
	}
}

func wordly(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

func wordlyAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return wordly(r)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' }

// fold lowers a word, takes accents, apostrophes and a possessive 's away and
// writes other alphabets in Latin letters. A word of nothing but marks is empty.
func fold(word string) string {
	plain := true
	for i := range len(word) {
		if c := word[i]; c < 'a' || c > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return word[:min(len(word), longest)]
	}
	for _, s := range []string{"'s", "’s", "ʼs", "'S", "’S"} {
		if cut, ok := strings.CutSuffix(word, s); ok {
			word = cut
			break
		}
	}
	b := make([]byte, 0, min(len(word), longest))
	for _, r := range word {
		if len(b) >= longest {
			break
		}
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r)+'a'-'A')
		case r >= utf8.RuneSelf:
			for _, c := range []byte(unidecode.Unidecode(string(r))) {
				switch {
				case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
					b = append(b, c)
				case 'A' <= c && c <= 'Z':
					b = append(b, c+'a'-'A')
				}
			}
		}
	}
	return string(b[:min(len(b), longest)])
}

// A stemmer stems the words of one text.
type stemmer struct{ env *snowballstem.Env }

// stems remembers the stems of words met lately, by any goroutine: a few
// thousand words make up most of what is written.
var (
	stems [1 << 16]atomic.Pointer[stemmed]
	seed  = maphash.MakeSeed()
)

type stemmed struct{ word, stem string }

func (s *stemmer) stem(folded string) string {
	if len(folded) < 3 {
		return folded
	}
	place := &stems[maphash.String(seed, folded)%uint64(len(stems))]
	if known := place.Load(); known != nil && known.word == folded {
		return known.stem
	}
	if s.env == nil {
		s.env = snowballstem.NewEnv(folded)
	} else {
		s.env.SetCurrent(folded)
	}
	english.Stem(s.env)
	stem := s.env.Current()
	if stem == "" {
		stem = folded
	}
	word := strings.Clone(folded) // a part of an article's text would hold all of it
	place.Store(&stemmed{word, strings.Clone(stem)})
	return stem
}
