package pdftext

import (
	"math"
	"strconv"
)

// An object is nil, bool, float64, str, name, array, dict, ref, *stream or,
// where something else stands, word.
type object any

type (
	str   string
	name  string
	word  string // an operator or another bare word, or a delimiter
	array []object
	dict  map[name]object
	ref   struct{ num, gen int }
)

// A stream is a dictionary and bytes that are still packed.
type stream struct {
	dict
	packed []byte
	num    int
	gen    int
}

// maxNesting is how deep objects may lie in each other.
const maxNesting = 100

// A lexer reads objects from bytes.
type lexer struct {
	b     []byte
	pos   int
	depth int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) space() {
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		if c == '%' {
			for l.pos < len(l.b) && l.b[l.pos] != '\n' && l.b[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

// token reads one token; false at the end.
func (l *lexer) token() (object, bool) {
	l.space()
	if l.pos >= len(l.b) {
		return nil, false
	}
	c := l.b[l.pos]
	switch c {
	case '(':
		return l.literal(), true
	case '/':
		l.pos++
		return l.name(), true
	case '<':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '<' {
			l.pos += 2
			return word("<<"), true
		}
		return l.hex(), true
	case '>':
		if l.pos+1 < len(l.b) && l.b[l.pos+1] == '>' {
			l.pos += 2
			return word(">>"), true
		}
		l.pos++
		return word(">"), true
	case '[', ']', '{', '}', ')':
		l.pos++
		return word(string(c)), true
	}
	start := l.pos
	for l.pos < len(l.b) && !isSpace(l.b[l.pos]) && !isDelimiter(l.b[l.pos]) {
		l.pos++
	}
	w := l.b[start:l.pos]
	if n, ok := parseNumber(w); ok {
		return n, true
	}
	return word(w), true
}

// parseNumber reads a number as forgivingly as viewers do ("--5", "1.2.3").
func parseNumber(w []byte) (float64, bool) {
	if len(w) == 0 || len(w) > 64 || w[0] != '+' && w[0] != '-' && w[0] != '.' && (w[0] < '0' || w[0] > '9') {
		return 0, false
	}
	sign, i := 1.0, 0
	for i < len(w) && (w[i] == '+' || w[i] == '-') {
		if w[i] == '-' {
			sign = -1
		}
		i++
	}
	n, scale, digits := 0.0, 0.0, 0
	for ; i < len(w); i++ {
		c := w[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
			if scale == 0 {
				n = n*10 + float64(c-'0')
			} else {
				n += float64(c-'0') * scale
				scale /= 10
			}
		case c == '.' && scale == 0:
			scale = .1
		case c == '-' || c == '.':
			i = len(w) // what follows is noise
		default:
			return 0, false
		}
	}
	return sign * n, digits > 0
}

func (l *lexer) name() name {
	var out []byte
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		if isSpace(c) || isDelimiter(c) {
			break
		}
		l.pos++
		if c == '#' && l.pos+2 <= len(l.b) {
			if n, err := strconv.ParseUint(string(l.b[l.pos:l.pos+2]), 16, 8); err == nil {
				c = byte(n)
				l.pos += 2
			}
		}
		out = append(out, c)
	}
	return name(out)
}

func (l *lexer) hex() str {
	l.pos++
	var out []byte
	high, half := byte(0), false
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		l.pos++
		var d byte
		switch {
		case c == '>':
			if half {
				out = append(out, high<<4)
			}
			return str(out)
		case c >= '0' && c <= '9':
			d = c - '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			d = c | 0x20 - 'a' + 10
		default:
			continue
		}
		if half {
			out = append(out, high<<4|d)
		} else {
			high = d
		}
		half = !half
	}
	return str(out)
}

func (l *lexer) literal() str {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.b); {
		c := l.b[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return str(out)
			}
		case '\r':
			if l.pos < len(l.b) && l.b[l.pos] == '\n' {
				l.pos++
			}
			c = '\n'
		case '\\':
			if l.pos >= len(l.b) {
				return str(out)
			}
			c = l.b[l.pos]
			l.pos++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if l.pos < len(l.b) && l.b[l.pos] == '\n' {
					l.pos++
				}
				continue
			case '\n':
				continue
			case '0', '1', '2', '3', '4', '5', '6', '7':
				n := int(c - '0')
				for i := 0; i < 2 && l.pos < len(l.b) && l.b[l.pos] >= '0' && l.b[l.pos] <= '7'; i++ {
					n = n*8 + int(l.b[l.pos]-'0')
					l.pos++
				}
				c = byte(n)
			}
		}
		out = append(out, c)
	}
	return str(out)
}

// object reads one whole object; false at the end. With refs, "3 0 R" is a
// reference.
func (l *lexer) object(refs bool) (object, bool) {
	tok, ok := l.token()
	if !ok {
		return nil, false
	}
	if n, ok := tok.(float64); ok && refs {
		return l.reference(n), true
	}
	w, ok := tok.(word)
	if !ok {
		return tok, true
	}
	switch w {
	case "null":
		return nil, true
	case "true":
		return true, true
	case "false":
		return false, true
	case "[", "<<":
		if l.depth >= maxNesting {
			return w, true
		}
		l.depth++
		defer func() { l.depth-- }()
		if w == "[" {
			return l.array(refs), true
		}
		return l.dict(refs), true
	}
	return w, true
}

// reference reads on after a number that may start a reference.
func (l *lexer) reference(n float64) object {
	if n < 0 || n > math.MaxInt32 || n != math.Trunc(n) {
		return n
	}
	back := l.pos
	if gen, ok := l.token(); ok {
		if g, ok := gen.(float64); ok && g >= 0 && g < 1<<16 {
			if r, ok := l.token(); ok && r == word("R") {
				return ref{int(n), int(g)}
			}
		}
	}
	l.pos = back
	return n
}

func (l *lexer) array(refs bool) array {
	var a array
	for {
		o, ok := l.object(refs)
		if !ok || o == word("]") {
			return a
		}
		if w, ok := o.(word); ok {
			if w == ">>" || w == "endobj" {
				return a
			}
			continue
		}
		a = append(a, o)
	}
}

func (l *lexer) dict(refs bool) dict {
	d := dict{}
	for {
		k, ok := l.token()
		if !ok || k == word(">>") || k == word("endobj") || k == word("stream") {
			if k == word("stream") {
				l.pos -= len("stream")
			}
			return d
		}
		key, ok := k.(name)
		if !ok {
			continue
		}
		v, ok := l.object(refs)
		if !ok || v == word(">>") {
			return d
		}
		d[key] = v
	}
}
