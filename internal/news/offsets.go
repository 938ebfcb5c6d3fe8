package news

import (
	"sort"
	"unicode/utf8"
)

// Offsets converts byte positions of one text into other units. It is the one
// place in the program that does. Building it takes one pass over the text; a
// conversion takes constant time.
type Offsets struct {
	text  string
	runes []int32 // code points before byte stride*i
	utf16 []int32 // UTF-16 units before byte stride*i
	lines []int32 // byte position of the start of each line
}

// stride is how many bytes lie between two remembered positions.
const stride = 64

// NewOffsets reads text once.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, lines: []int32{0}}
	o.runes = make([]int32, 0, len(text)/stride+1)
	o.utf16 = make([]int32, 0, len(text)/stride+1)
	var r, u int32
	for i := range len(text) {
		if i%stride == 0 {
			o.runes = append(o.runes, r)
			o.utf16 = append(o.utf16, u)
		}
		c := text[i]
		if utf8.RuneStart(c) {
			r++
			u++
			if c >= 0xF0 {
				u++ // a surrogate pair
			}
		}
		if c == '\n' {
			o.lines = append(o.lines, int32(i+1))
		}
	}
	return o
}

// Rune is the number of code points before byte b.
func (o *Offsets) Rune(b int) int { return o.count(o.runes, b, 1) }

// UTF16 is the number of UTF-16 units before byte b.
func (o *Offsets) UTF16(b int) int { return o.count(o.utf16, b, 2) }

func (o *Offsets) count(table []int32, b, astral int) int {
	if len(table) == 0 {
		return 0
	}
	k := min(b/stride, len(table)-1)
	n := int(table[k])
	for i := k * stride; i < b; i++ {
		switch c := o.text[i]; {
		case c >= 0xF0:
			n += astral
		case utf8.RuneStart(c):
			n++
		}
	}
	return n
}

// Line is the number, from 1, of the line that holds byte b.
func (o *Offsets) Line(b int) int {
	return sort.Search(len(o.lines), func(i int) bool { return int(o.lines[i]) > b })
}

// Byte is the byte position of code point r, the inverse of Rune.
func (o *Offsets) Byte(r int) int {
	k := sort.Search(len(o.runes), func(i int) bool { return int(o.runes[i]) > r }) - 1
	if k < 0 {
		return 0
	}
	n, i := int(o.runes[k]), k*stride
	for i < len(o.text) {
		if utf8.RuneStart(o.text[i]) {
			if n == r {
				return i
			}
			n++
		}
		i++
	}
	return len(o.text)
}
