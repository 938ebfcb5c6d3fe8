package pieces

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// Shapes of words; 0 is kept for the encoder's own [CLS] and [SEP].
const (
	shapeNumber     = 1 // 2022
	shapeMark       = 2 // neither letters nor a number
	shapeLower      = 3
	shapeUpper      = 4
	shapeOneCapital = 5 // A, or one capital beside a mark that is part of no word
	shapeTitle      = 6
	shapeMixed      = 7 // iPhone
)

// Features tells of each piece the shape of its word (1 to 7), whether it
// stands in quotation marks (0, 1) and whether it opens a paragraph (1) or the
// article (2). The pieces are those of the runs, in order; each run is read as
// a text by itself.
//
// The network was trained on features that train/features.py computes: this
// must give the same, its oddities too (a word shares the shape of a mark right
// before it). It is no reader of quotation marks; that is
// package quotes.
func Features(text string, runs []news.Span, pieces []news.Piece) (shape, quote, paragraph []uint8) {
	all := make([]uint8, 3*len(pieces))
	shape, quote, paragraph = all[:len(pieces)], all[len(pieces):2*len(pieces)], all[2*len(pieces):]
	i := 0
	for _, run := range runs {
		marks := inside{text: run.Text(text)}
		word := news.Span{Start: 0, End: -1}
		class := uint8(0)
		previous := run.Start
		for first := true; i < len(pieces) && pieces[i].Start < run.End; i++ {
			p := pieces[i].Span
			if !word.Contains(p) {
				word = wordAround(text, run, p)
				class = shapeOf(word.Text(text))
			}
			shape[i] = class
			quote[i] = marks.at(p.Start - run.Start)
			switch {
			case i == 0:
				paragraph[i] = 2
			case first || strings.IndexByte(text[previous:max(previous, p.Start)], '\n') >= 0:
				paragraph[i] = 1
			}
			previous, first = p.End, false
		}
	}
	return shape, quote, paragraph
}

// wordAround widens p to the letters and digits on both sides of it.
func wordAround(text string, run, p news.Span) news.Span {
	for p.Start > run.Start {
		r, size := utf8.DecodeLastRuneInString(text[run.Start:p.Start])
		if !alphanumeric(r) {
			break
		}
		p.Start -= size
	}
	for p.End < run.End {
		r, size := utf8.DecodeRuneInString(text[p.End:run.End])
		if !alphanumeric(r) {
			break
		}
		p.End += size
	}
	return p
}

func shapeOf(word string) uint8 {
	var letters, numbers, lowers, uppers, titles, n int
	startsUpper := false
	for i, r := range word {
		n++
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsNumber(r) {
			numbers++
		}
		switch {
		case upper(r):
			uppers++
			startsUpper = startsUpper || i == 0
		case unicode.IsTitle(r):
			titles++
		case lower(r):
			lowers++
		}
	}
	switch {
	case letters == 0 && n > 0 && numbers == n:
		return shapeNumber
	case letters == 0:
		return shapeMark
	case lowers > 0 && uppers+titles == 0:
		return shapeLower
	case uppers > 0 && lowers+titles == 0 && n > 1:
		return shapeUpper
	case uppers > 0 && lowers+titles == 0:
		return shapeOneCapital
	case startsUpper:
		return shapeTitle
	}
	return shapeMixed
}

// inside walks through a text and tells which code points stand in quotation
// marks, the marks included. A double mark and a single mark may be open, and a
// blank line closes both. A straight double mark opens and closes by turns; “
// closes what „ opened; a single mark opens only behind what is no letter or
// digit and before one, or before a bracket or another opening mark, and closes
// only before what is none.
type inside struct {
	text                string
	next                int  // where the walk goes on
	before              rune // the code point there before
	double, single, low bool
	last                uint8 // what at gave for the code point before next
}

// at is 1 if the code point at byte position p is in quotation marks, else 0.
// Positions must not go back by more than one code point.
func (in *inside) at(p int) uint8 {
	for in.next <= p && in.next < len(in.text) {
		in.step()
	}
	return in.last
}

func (in *inside) step() {
	c, size := utf8.DecodeRuneInString(in.text[in.next:])
	before, after := in.before, '\n'
	if in.next == 0 {
		before = '\n'
	}
	if in.next+size < len(in.text) {
		after, _ = utf8.DecodeRuneInString(in.text[in.next+size:])
	}
	closes := false
	switch c {
	case '\n':
		if before == '\n' {
			in.double, in.single, in.low = false, false, false
		}
	case '„':
		in.double, in.low = true, true
	case '“':
		if in.low {
			closes, in.double, in.low = true, false, false
		} else {
			in.double = true
		}
	case '«', '‟':
		in.double = true
	case '”', '»':
		closes, in.double, in.low = in.double, false, false
	case '"':
		closes, in.double = in.double, !in.double
	case '‘':
		in.single = in.single || (!alphanumeric(before) && passageBegins(after))
	case '’', '\'':
		switch {
		case in.single && !alphanumeric(after) && !space(before):
			closes, in.single = true, false
		case c == '\'' && !in.single && !alphanumeric(before) && !strings.ContainsRune(".,!?", before) && passageBegins(after):
			in.single = true
		}
	}
	in.last = 0
	if in.double || in.single || closes {
		in.last = 1
	}
	in.before = c
	in.next += size
}

func passageBegins(r rune) bool {
	switch r {
	case '[', '“', '"', '$', '…':
		return true
	}
	return alphanumeric(r)
}

// The classes below are those of Python's str methods.

func alphanumeric(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

func lower(r rune) bool {
	return unicode.IsLower(r) || (r >= utf8.RuneSelf && unicode.Is(unicode.Other_Lowercase, r))
}

func upper(r rune) bool {
	return unicode.IsUpper(r) || (r >= utf8.RuneSelf && unicode.Is(unicode.Other_Uppercase, r))
}

func space(r rune) bool {
	return unicode.IsSpace(r) || (0x1c <= r && r <= 0x1f)
}
