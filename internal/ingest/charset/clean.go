package charset

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"whosaid/internal/news"
)

// ligatures are the Latin ones of Unicode's compatibility area, which come
// from typesetting.
var ligatures = map[rune]string{
	'\uFB00': "ff", '\uFB01': "fi", '\uFB02': "fl", '\uFB03': "ffi", '\uFB04': "ffl", '\uFB05': "st", '\uFB06': "st",
}

// clean lists the edits that take out what does not show or does not belong:
// ligatures, control and zero-width characters, and no-break spaces that a
// repair brought back. Joiners and direction marks stay where the script uses
// them.
func clean(text string, repairs []news.Repair) []edit {
	var edits []edit
	rightToLeft := -1 // not yet looked for
	prev := rune(-1)
	for i := 0; i < len(text); {
		if c := text[i]; ' ' <= c && c < 0x7F || c == '\n' || c == '\t' {
			prev = rune(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		with, edited := "", false
		switch {
		case '\uFB00' <= r && r <= '\uFB06':
			with, edited = ligatures[r], true
		case r < ' ', r == 0x7F, r == '\u00AD', r == '\uFEFF', r == '\u2060', '\uFFF9' <= r && r <= '\uFFFC', '\u206A' <= r && r <= '\u206F', '\u180B' > r && r == '\u034F':
			edited = true
		case 0x80 <= r && r < 0xA0:
			// Browsers, too, take these for the signs of windows-1252.
			if sign := charmap.Windows1252.DecodeByte(byte(r)); sign != utf8.RuneError && sign >= 0xA0 {
				with = string(sign)
			}
			edited = true
		case r == '\u200B', r == '\u200C', r == '\u200D':
			next, _ := utf8.DecodeRuneInString(text[i+n:])
			edited = !joins(prev) && !joins(next)
		case '\u200E' <= r && r <= '\u200F', '\u202A' <= r && r <= '\u202E', '\u2066' <= r && r <= '\u2069':
			if rightToLeft < 0 {
				rightToLeft = 0
				if hasRightToLeft(text) {
					rightToLeft = 1
				}
			}
			edited = rightToLeft == 0
		case r == '\u00A0':
			for len(repairs) > 0 && repairs[0].End <= i {
				repairs = repairs[1:]
			}
			if len(repairs) > 0 && repairs[0].Start <= i {
				with, edited = " ", true
			}
		}
		if edited {
			edits = append(edits, edit{i, i + n, with})
		} else {
			prev = r
		}
		i += n
	}
	return edits
}

// joins reports whether zero-width characters beside r may belong there: in
// scripts other than Latin, Greek and Cyrillic, and in emoji.
func joins(r rune) bool {
	switch {
	case r < 0x0530, r == utf8.RuneError, 0x2000 <= r && r <= 0x206F, unicode.IsSpace(r), unicode.Is(unicode.Latin, r):
		return false
	}
	return true
}

func hasRightToLeft(text string) bool {
	for _, r := range text {
		if r >= 0x0590 && (r <= 0x08FF || 0xFB1D <= r && r <= 0xFEFC && r != 0xFEFF && r > 0xFB06) {
			return true
		}
	}
	return false
}
