package wordpiece

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A class says what becomes of a code point.
type class uint8

const (
	letter  class = iota // part of a word, folded to another code point or to itself
	drop                 // left out
	space                // ends a word
	alone                // a word of its own: punctuation, ideographs
	several              // decomposes into more than one code point that stays
)

// A folded is a class and, for letter and alone, the code point it becomes:
// lower-case and without its accents.
type folded uint32

func fold(c class, r rune) folded                  { return folded(c)<<24 | folded(r) }
func (f folded) class() class                      { return class(f >> 24) }
func (f folded) rune() rune                        { return rune(f & 0xFFFFFF) }
func known(table *unicode.RangeTable, r rune) bool { return unicode.Is(table, r) }

// classify folds one code point.
func classify(r rune) folded {
	switch {
	case known(dropped, r):
		return fold(drop, 0)
	case known(spaces, r):
		return fold(space, 0)
	}
	var kept rune
	count := 0
	decompose(r, func(part rune) {
		kept = part
		count++
	})
	switch {
	case count == 0:
		return fold(drop, 0)
	case count > 1:
		return fold(several, 0)
	case ideograph(r) || known(marks, kept):
		return fold(alone, kept)
	}
	return fold(letter, kept)
}

// decompose gives yield the canonical parts of r that stay, in lower case.
func decompose(r rune, yield func(rune)) {
	if hangulBase <= r && r < hangulBase+hangulCount {
		s := r - hangulBase
		yield(0x1100 + s/hangulBlock)
		yield(0x1161 + s%hangulBlock/hangulFinals)
		if final := s % hangulFinals; final != 0 {
			yield(0x11A7 + final)
		}
		return
	}
	var buf [utf8.UTFMax]byte
	b := buf[:utf8.EncodeRune(buf[:], r)]
	if d := norm.NFD.Properties(b).Decomposition(); d != nil {
		b = d
	}
	for len(b) > 0 {
		part, size := utf8.DecodeRune(b)
		if !known(dropped, part) {
			yield(unicode.ToLower(part))
		}
		b = b[size:]
	}
}

// Hangul syllables decompose by arithmetic (The Unicode Standard, 3.12).
const (
	hangulBase   = 0xAC00
	hangulCount  = 11172
	hangulBlock  = 588 // syllables with the same first consonant
	hangulFinals = 28
)

// ideograph reports whether BERT sets r apart as a Chinese character. The
// ranges are the reference's, with its gap from 2B820 to 2B91F.
func ideograph(r rune) bool {
	switch {
	case r < 0x3400:
		return false
	case r <= 0x4DBF, 0x4E00 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF,
		0x20000 <= r && r <= 0x2A6DF, 0x2A700 <= r && r <= 0x2B73F, 0x2B740 <= r && r <= 0x2B81F,
		0x2B920 <= r && r <= 0x2CEAF, 0x2F800 <= r && r <= 0x2FA1F:
		return true
	}
	return false
}
