package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A codec is a charset of one byte a character that UTF-8 is read in by
// mistake.
type codec int

// The codecs, in the order in which they are tried. Latin-1 and windows-1252
// differ in 32 characters that never stand for each other, so they are one.
const (
	western codec = iota
	cp437
	cp850
	macRoman
	codecs
)

var charmaps = [codecs]*charmap.Charmap{
	western: charmap.Windows1252, cp437: charmap.CodePage437, cp850: charmap.CodePage850, macRoman: charmap.Macintosh,
}

// bytesOf gives, for a character above ASCII, its byte in each codec, or zero.
var bytesOf = func() map[rune][codecs]byte {
	table := map[rune][codecs]byte{}
	for c, m := range charmaps {
		for b := 0x80; b <= 0xFF; b++ {
			r := m.DecodeByte(byte(b))
			if r == utf8.RuneError {
				continue
			}
			row := table[r]
			row[c] = byte(b)
			table[r] = row
		}
	}
	// What Latin-1 leaves as control characters.
	for b := rune(0x80); b < 0xA0; b++ {
		row := table[b]
		row[western] = byte(b)
		table[b] = row
	}
	return table
}()

// length is how many bytes a UTF-8 sequence has that starts with b, or zero.
func length(b byte) int {
	switch {
	case 0xC2 <= b && b <= 0xDF:
		return 2
	case 0xE0 <= b && b <= 0xEF:
		return 3
	case 0xF0 <= b && b <= 0xF4:
		return 4
	}
	return 0
}

// A sequence is a few characters that would be one character of UTF-8 if they
// were the bytes that a codec reads as them.
type sequence struct {
	start, end int     // in the text
	chars      [4]rune // as they stand
	n          int     // how many
	means      rune    // what they would be
}

// sequenceAt reads a sequence at text[i:], whose first character is lead.
func sequenceAt(text string, i int, c codec) (sequence, bool) {
	s := sequence{start: i, end: i}
	var b [4]byte
	want := 1
	for s.n < want {
		r, n := utf8.DecodeRuneInString(text[s.end:])
		if r < utf8.RuneSelf {
			return s, false
		}
		v := bytesOf[r][c]
		if v == 0 {
			return s, false
		}
		if s.n == 0 {
			if want = length(v); want == 0 {
				return s, false
			}
		} else if v > 0xBF {
			return s, false
		}
		s.chars[s.n], b[s.n] = r, v
		s.n++
		s.end += n
	}
	r, n := utf8.DecodeRune(b[:s.n])
	s.means = r
	return s, n == s.n
}
