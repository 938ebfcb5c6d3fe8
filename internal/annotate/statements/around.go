package statements

import (
	"strings"
	"unicode/utf8"

	"whosaid/internal/news"
)

// openers begin a paragraph of speech.
const openers = "“\"‘'«„‹"

// around is the range of pieces in which the source and content of the cue at
// pieces[c] are sought: its paragraph and those beside it, and on over
// paragraphs that carry the same speech, as far as reach allows. The rest would
// only cost time, as what somebody says ends with its paragraph (see cutter).
func around(text string, pieces []news.Piece, c, reach int) (lo, hi int) {
	least, most := max(0, c-reach), min(len(pieces), c+reach)
	back := func(i int) int { // the beginning of the paragraph of piece i
		for i > least && pieces[i].Paragraph == 0 {
			i--
		}
		return i
	}
	on := func(i int) int { // the end of the paragraph of piece i
		for i++; i < most && pieces[i].Paragraph == 0; {
			i++
		}
		return min(i, most)
	}
	speech := func(i int) bool { // whether a paragraph that begins at i may go on with the speech of the one before
		first, _ := utf8.DecodeRuneInString(text[pieces[i].Start:])
		return pieces[i].Quote > 0 || strings.ContainsRune(openers, first)
	}
	lo, hi = back(c), on(c)
	if lo > least {
		lo = back(lo - 1)
	}
	for lo > least && speech(lo) {
		lo = back(lo - 1)
	}
	if hi < most {
		hi = on(hi)
	}
	for hi < most && speech(hi) {
		hi = on(hi)
	}
	return lo, hi
}
