package dates

import (
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A kind is what a token is.
type kind uint8

const (
	letters kind = iota + 1
	number
	numeric // a date in figures: 2022-01-20, 20/01/2022
	clock   // a time of the day: 9am, 14:30
	mark
	boundary // between two blocks
)

// A token is a word, a number or one mark of the text.
type token struct {
	news.Span
	kind   kind
	word   *word // of the vocabulary; never nil
	upper  bool  // begins with a capital
	glued  bool  // no space before it
	sym    rune  // of a mark
	n      int   // of a number; of a numeric date its first figure; of a clock the minute of the day
	b, c   int   // of a numeric date its second and third figure
	digits int
	plain  bool // a number of figures alone: no comma, point, unit, currency
	nth    bool // 5th
	tens   bool // 1990s
	exact  bool // a clock with minutes

	sentence int32 // index of the sentence it is in
	work     bool  // in a title: “This Week”
	quote    int32 // 1 + index of the outermost passage in quotation marks it is in; 0 for none
}

// strange is the word of every token that the vocabulary has not.
var strange = &word{}

// tokens cuts the block of text into tokens and appends them to all.
func tokens(all []token, text string, block news.Span) []token {
	vocabulary := vocabulary()
	for i := block.Start; i < block.End; {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(text[i:block.End])
		}
		t := token{Span: news.Span{Start: i, End: i + size}, word: strange, sym: c, kind: mark}
		t.glued = len(all) > 0 && all[len(all)-1].End == i && all[len(all)-1].kind != boundary
		switch {
		case unicode.IsSpace(c):
			i += size
			continue
		case c >= '0' && c <= '9':
			t = figures(text[:block.End], i)
			t.glued = len(all) > 0 && all[len(all)-1].End == i && all[len(all)-1].kind != boundary
			if t.glued && all[len(all)-1].kind == mark && all[len(all)-1].sym < utf8.RuneSelf && isJoint(byte(all[len(all)-1].sym)) {
				t.plain = false // 5.2019, /2019/, $2019, #2019
				if t.kind != number {
					t.kind, t.n = number, 0
				}
			}
			if t.glued && all[len(all)-1].kind == mark && (all[len(all)-1].sym == '£' || all[len(all)-1].sym == '€') {
				t.plain = false
			}
		case unicode.IsLetter(c):
			j := i + size
			for j < block.End {
				r, n := rune(text[j]), 1
				if r >= utf8.RuneSelf {
					r, n = utf8.DecodeRuneInString(text[j:block.End])
				}
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) {
					break
				}
				j += n
			}
			t.End, t.kind, t.upper = j, letters, unicode.IsUpper(c)
			t.word = look(vocabulary, text[i:j])
		}
		all = append(all, t)
		i = t.End
	}
	return append(all, token{Span: news.Span{Start: block.End, End: block.End}, kind: boundary, word: strange})
}

// isJoint reports whether a figure right after c is part of something longer
// than a number.
func isJoint(c byte) bool {
	return c == '/' || c == '.' || c == '$' || c == '#' || c == '_' || c == '=' || c == ':'
}

// longestWord is the length in bytes of the longest word worth looking up.
const longestWord = 16

// look finds s in the vocabulary, whatever its case.
func look(vocabulary map[string]*word, s string) *word {
	if len(s) > longestWord {
		return strange
	}
	var low [longestWord]byte
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return strange
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	if w := vocabulary[string(low[:len(s)])]; w != nil {
		return w
	}
	return strange
}

// figures reads the number, date in figures or time of the day that begins at
// position i of text.
func figures(text string, i int) token {
	t := token{Span: news.Span{Start: i}, kind: number, word: strange}
	j, n := run(text, i)
	t.n, t.digits, t.plain = n, j-i, j-i <= 9
	if end, ok := dateInFigures(text, i, j, &t); ok {
		t.End, t.kind, t.plain = end, numeric, false
		return t
	}
	if end, minute, exact, ok := timeOfDay(text, i, j); ok {
		t.End, t.kind, t.n, t.exact, t.plain = end, clock, minute, exact, false
		return t
	}
	for j+1 < len(text) && (text[j] == ',' || text[j] == '.') && isDigit(text[j+1]) {
		end, _ := run(text, j+1)
		if text[j] == ',' && end-j != 4 {
			break
		}
		j, t.plain = end, false
	}
	if j < len(text) && text[j] == '%' {
		j, t.plain = j+1, false
	}
	if k := j; k < len(text) && isLetter(text[k]) {
		for k < len(text) && (isLetter(text[k]) || isDigit(text[k])) {
			k++
		}
		switch suffix := text[j:k]; suffix {
		case "st", "nd", "rd", "th":
			t.nth = t.plain
		case "s":
			t.tens = t.plain
		}
		t.plain = t.plain && (t.nth || t.tens)
		j = k
	}
	t.End = j
	return t
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// run reads the figures at i: where they end, and their value (of the first
// nine).
func run(text string, i int) (end, n int) {
	for end = i; end < len(text) && isDigit(text[end]); end++ {
		if end-i < 9 {
			n = n*10 + int(text[end]-'0')
		}
	}
	return end, n
}

// dateInFigures reads a date of three figures that begins at i; the first of
// them ends at j. They are kept in their order: which is what is told later.
// 9/11 is the one date that goes by two figures.
func dateInFigures(text string, i, j int, t *token) (end int, ok bool) {
	if j >= len(text) || j-i > 4 || j-i == 3 {
		return 0, false
	}
	sep := text[j]
	if sep != '-' && sep != '/' && sep != '.' {
		return 0, false
	}
	k, b := run(text, j+1)
	if k == j+1 || k-j > 3 {
		return 0, false
	}
	if sep == '/' && t.n == 9 && b == 11 && (k == len(text) || text[k] != '/' && !isDigit(text[k]) && !isLetter(text[k])) {
		t.n, t.b, t.c, t.digits = 2001, 9, 11, 4
		return k, true
	}
	if k+1 >= len(text) || text[k] != sep {
		return 0, false
	}
	end, c := run(text, k+1)
	long := end - k - 1
	switch {
	case long == 0 || end < len(text) && (text[end] == '/' || text[end] == '-' || isLetter(text[end]) && text[end] != 'T'):
		return 0, false
	case j-i == 4 && long <= 2:
	case j-i <= 2 && long == 4:
	case j-i <= 2 && long == 2 && sep == '/':
	default:
		return 0, false
	}
	t.b, t.c = b, c
	if j-i <= 2 && long == 2 {
		t.c += 2000
	}
	if end < len(text) && text[end] == 'T' { // the time that a stamp goes on with
		for end < len(text) && (isDigit(text[end]) || isLetter(text[end]) || text[end] == ':' || text[end] == '.' || text[end] == '+') {
			end++
		}
	}
	return end, true
}

// timeOfDay reads 9am, 9:30, 9.30 p.m. or 1430 GMT at i, where the first
// figures end at j. exact is false where only the hour is told.
func timeOfDay(text string, i, j int) (end, minute int, exact, ok bool) {
	_, h := run(text, i)
	m := 0
	dotted := false
	end = j
	switch {
	case j-i == 4:
		rest := text[j:]
		if len(rest) < 4 || rest[0] != ' ' || rest[1:4] != "GMT" && rest[1:4] != "UTC" {
			return 0, 0, false, false
		}
		return j, h/100*60 + h%100, true, h/100 < 24 && h%100 < 60
	case j-i > 2:
		return 0, 0, false, false
	case j+2 < len(text) && (text[j] == ':' || text[j] == '.') && isDigit(text[j+1]) && isDigit(text[j+2]) && (j+3 == len(text) || !isDigit(text[j+3])):
		dotted = text[j] == '.'
		end, m = run(text, j+1)
		exact = true
	}
	if half, after := halfOfDay(text, end); half != 0 {
		if h < 1 || h > 12 || m > 59 {
			return 0, 0, false, false
		}
		h %= 12
		if half == 'p' {
			h += 12
		}
		return after, h*60 + m, exact, true
	}
	return end, h*60 + m, exact, exact && !dotted && h < 24 && m < 60
}

// halfOfDay reads am, a.m., PM at i, perhaps after a space; half is 'a' or 'p'.
func halfOfDay(text string, i int) (half byte, end int) {
	j := i
	if j < len(text) && text[j] == ' ' {
		j++
	}
	if j+1 >= len(text) {
		return 0, i
	}
	half = text[j] | 0x20
	if half != 'a' && half != 'p' {
		return 0, i
	}
	j++
	dots := text[j] == '.'
	if dots {
		j++
	}
	if j >= len(text) || text[j]|0x20 != 'm' {
		return 0, i
	}
	j++
	if dots && j < len(text) && text[j] == '.' {
		j++
	} else if j < len(text) && (isLetter(text[j]) || isDigit(text[j])) {
		return 0, i
	}
	return half, j
}
