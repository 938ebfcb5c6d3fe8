// Package wordpiece splits text into the word pieces that the encoder reads:
// BERT's uncased tokenizer, with the place of every piece in the text.
//
// A text is cleaned of controls, lower-cased and stripped of accents; words end
// at white space, and punctuation and ideographs are words of their own; each
// word is cut from the left into the longest pieces the vocabulary has. The
// result equals that of the `tokenizers` library (Hugging Face) with
// BertNormalizer, BertPreTokenizer and WordPiece, ids and places, but for two
// things: special tokens that a text spells out ("[SEP]") are plain text here,
// and combining marks which that library fails to strip lie where they stand in
// the text, where the library's place is one off.
package wordpiece

import (
	"strings"
	"unicode/utf8"

	"whosaid/internal/news"
)

// maxRunes is the length of the longest word, in code points after folding,
// that is cut into pieces; a longer one is unknown.
const maxRunes = 100

// tabled is the number of code points whose folding is kept in a table: Latin,
// Greek, Cyrillic, Hebrew, Arabic and general punctuation.
const tabled = 0x2100

// A Tokenizer holds a vocabulary. It does not change and may be used by many
// goroutines at once.
type Tokenizer struct {
	whole, inner *table // pieces that open a word; those that go on with one, without "##"
	unknown      int32
	folds        [tabled]folded
}

// New reads a vocabulary, one piece a line; a piece's id is its line, from 0.
// Pieces that go on with a word begin with "##". Words that cannot be made of
// pieces get the id of "[UNK]", or 0 where the vocabulary has none.
func New(vocabulary string) *Tokenizer {
	t := &Tokenizer{}
	var entries [2][]string
	var ids [2][]int32
	id := int32(0)
	for line := range strings.Lines(vocabulary) {
		line = strings.TrimRight(line, "\r\n")
		piece, inner := strings.CutPrefix(line, "##")
		if line == "[UNK]" {
			t.unknown = id
		}
		if piece != "" {
			k := 0
			if inner {
				k = 1
			}
			entries[k] = append(entries[k], piece)
			ids[k] = append(ids[k], id)
		}
		id++
	}
	t.whole = newTable(entries[0], ids[0])
	t.inner = newTable(entries[1], ids[1])
	for r := range rune(tabled) {
		t.folds[r] = classify(r)
	}
	return t
}

// A word is the word being read: its folded bytes, and for each of them where
// the code point it comes from starts and ends in the text.
type word struct {
	bytes      [maxRunes * utf8.UTFMax]byte
	start, end [maxRunes * utf8.UTFMax]int
	n          int // bytes
	runes      int // code points, those beyond maxRunes as well
	last       int // where the last code point ends, those beyond maxRunes as well
	hashes     [maxRunes * utf8.UTFMax]uint64
}

// add appends r, which stands for the code point at text[start:end].
func (w *word) add(r rune, start, end int) {
	w.last = end
	w.runes++
	if w.runes > maxRunes {
		return
	}
	if r < utf8.RuneSelf {
		w.bytes[w.n], w.start[w.n], w.end[w.n] = byte(r), start, end
		w.n++
		return
	}
	for range utf8.EncodeRune(w.bytes[w.n:w.n+utf8.UTFMax], r) {
		w.start[w.n], w.end[w.n] = start, end
		w.n++
	}
}

// Append adds the pieces of text to pieces, in order. Their spans are byte
// offsets into text, plus base; they lie on the bounds of code points and
// neither overlap nor go back, except that the pieces of one code point (a
// Hangul syllable) share its span. No special tokens are added. The time is
// linear in the length of text.
func (t *Tokenizer) Append(pieces []news.Piece, text string, base int) []news.Piece {
	var w word
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		start, end := base+i, base+i+size
		i += size
		f := t.fold(r)
		switch f.class() {
		case letter:
			w.add(f.rune(), start, end)
		case space:
			pieces = t.cut(pieces, &w)
		case alone:
			pieces = t.cut(pieces, &w)
			w.add(f.rune(), start, end)
			pieces = t.cut(pieces, &w)
		case several:
			decompose(r, func(part rune) {
				if known(marks, part) {
					pieces = t.cut(pieces, &w)
					w.add(part, start, end)
					pieces = t.cut(pieces, &w)
					return
				}
				w.add(part, start, end)
			})
		}
	}
	return t.cut(pieces, &w)
}

func (t *Tokenizer) fold(r rune) folded {
	if r < tabled {
		return t.folds[r]
	}
	return classify(r)
}

// cut adds the pieces of w, if any, and empties it.
func (t *Tokenizer) cut(pieces []news.Piece, w *word) []news.Piece {
	if w.runes == 0 {
		return pieces
	}
	b := w.bytes[:w.n]
	first := len(pieces)
	entries := t.whole
	for at := 0; at < len(b) && w.runes <= maxRunes; entries = t.inner {
		id, n := entries.prefix(b[at:], w.hashes[:])
		if n == 0 {
			w.runes = maxRunes + 1
			break
		}
		pieces = append(pieces, news.Piece{
			Span:  news.Span{Start: w.start[at], End: w.end[at+n-1]},
			ID:    id,
			First: at == 0,
		})
		at += n
	}
	if w.runes > maxRunes {
		pieces = append(pieces[:first], news.Piece{
			Span:  news.Span{Start: w.start[0], End: w.last},
			ID:    t.unknown,
			First: true,
		})
	}
	w.n, w.runes = 0, 0
	return pieces
}
