// Package pack turns what was found in an article into few bytes, and back.
//
// The layout of each noun is one function that serves both ways (layout.go),
// so that what is written is what is read. Positions are written as the
// distance to the one before, numbers as varints (Protocol Buffers' base 128,
// zigzag where they may be negative), a string once for each article and after
// that as its number. The result is compressed with Zstandard (RFC 8878), whose
// checksum tells damage.
//
// The text itself is kept beside, by Text; columns that are searched (the URL,
// the title and so on) are kept by the archive.
package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whosaid/internal/news"
)

// layout is the version of the layout; it is the first byte.
const layout = 1

// most bounds what one blob may unpack to.
const most = 1 << 30

var errDamaged = errors.New("the bytes are damaged")

// Findings is everything in doc but its text, the head of its article (ID,
// File, URL, Outlet, Title, Deck, Published, Modified, Language), and what
// stages keep for each other alone (word pieces, tags, sentences, quotes).
func Findings(doc *news.Document) []byte {
	c := coder{buf: make([]byte, 0, 1024), known: map[string]uint64{}}
	c.document(doc)
	return Compress(append([]byte{layout}, c.buf...))
}

// Unpack adds to doc, which has its text and the head of its article, what
// Findings packed. Every span that it sets lies inside the text.
func Unpack(data []byte, doc *news.Document) error {
	raw, err := Decompress(data)
	if err != nil {
		return err
	}
	return parse(raw, doc)
}

// parse is Unpack of what is decompressed.
func parse(raw []byte, doc *news.Document) error {
	if len(raw) == 0 {
		return errDamaged
	}
	if raw[0] != layout {
		return fmt.Errorf("the layout has number %d, and %d is what can be read", raw[0], layout)
	}
	c := coder{buf: raw[1:], reading: true, limit: len(doc.Text)}
	c.document(doc)
	if c.err == nil && len(c.buf) > 0 {
		c.err = errDamaged
	}
	return c.err
}

// A coder writes what it is given, or reads into it.
type coder struct {
	buf     []byte // written so far, or what is left to read
	reading bool
	err     error // the first, when reading

	known   map[string]uint64 // writing: the number of each string
	strings []string          // reading: the same
	last    int               // the start of the span before
	limit   int               // reading: no span ends behind it
}

func (c *coder) uint(v *uint64) {
	if !c.reading {
		c.buf = binary.AppendUvarint(c.buf, *v)
		return
	}
	n := 0
	if c.err == nil {
		*v, n = binary.Uvarint(c.buf)
	}
	if n <= 0 {
		*v = 0
		c.fail()
		return
	}
	c.buf = c.buf[n:]
}

func (c *coder) fail() {
	if c.err == nil {
		c.err = errDamaged
	}
	c.buf = nil
}

func (c *coder) flag(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	c.uint(&u)
	*v = u == 1
}

// str writes a string by its number; number 0 says that a new one follows.
func (c *coder) str(s *string) {
	if !c.reading {
		if *s == "" {
			c.buf = append(c.buf, 1)
			return
		}
		if n, ok := c.known[*s]; ok {
			c.buf = binary.AppendUvarint(c.buf, n)
			return
		}
		c.known[*s] = uint64(len(c.known) + 2)
		c.buf = append(c.buf, 0)
		c.buf = binary.AppendUvarint(c.buf, uint64(len(*s)))
		c.buf = append(c.buf, *s...)
		return
	}
	var n uint64
	c.uint(&n)
	switch {
	case n == 1:
		*s = ""
	case n == 0 && c.err == nil:
		c.uint(&n)
		if n > uint64(len(c.buf)) {
			c.fail()
			return
		}
		*s = string(c.buf[:n])
		c.buf = c.buf[n:]
		c.strings = append(c.strings, *s)
	case n >= 2 && n-2 < uint64(len(c.strings)):
		*s = c.strings[n-2]
	default:
		c.fail()
	}
}

func (c *coder) span(s *news.Span) {
	if !c.reading {
		c.buf = binary.AppendVarint(c.buf, int64(s.Start-c.last))
		c.buf = binary.AppendUvarint(c.buf, uint64(s.Len()))
		c.last = s.Start
		return
	}
	var step, length uint64
	c.uint(&step)
	c.uint(&length)
	start := int64(c.last) + (int64(step>>1) ^ -int64(step&1))
	if start < 0 || start > int64(c.limit) || length > uint64(int64(c.limit)-start) {
		c.fail()
		return
	}
	c.last = int(start)
	*s = news.Span{Start: c.last, End: c.last + int(length)}
}

// portion is a number from 0 to 1, of which four places are kept, as records
// have them.
func (c *coder) portion(p *float64) {
	var u uint64
	if !c.reading && *p > 0 { // not NaN
		u = uint64(math.Round(min(*p, 1) * 1e4))
	}
	c.uint(&u)
	if c.reading {
		*p = float64(min(u, 1e4)) / 1e4
	}
}

// list is the length of a list and each of its elements; an empty one is nil.
func list[T any](c *coder, l *[]T, each func(*T)) {
	n := uint64(len(*l))
	c.uint(&n)
	if !c.reading {
		for i := range *l {
			each(&(*l)[i])
		}
		return
	}
	if n > uint64(len(c.buf)) { // every element has a byte at least
		c.fail()
		return
	}
	*l = nil
	if n > 0 {
		*l = make([]T, 0, min(n, 256))
	}
	for range n {
		var v T
		each(&v)
		if c.err != nil {
			return
		}
		*l = append(*l, v)
	}
}

// maybe is whether there is one, and the one.
func maybe[T any](c *coder, p **T, each func(*T)) {
	has := *p != nil
	c.flag(&has)
	if !has {
		return
	}
	if c.reading {
		*p = new(T)
	}
	each(*p)
}

var encoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<16))
	if err != nil {
		panic(err) // by its options alone, which are constant
	}
	return e
})

var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(most), zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(err) // by its options alone, which are constant
	}
	return d
})

// Compress is data in one Zstandard frame with a checksum.
func Compress(data []byte) []byte {
	return encoder().EncodeAll(data, make([]byte, 0, len(data)/2+64))
}

// Decompress is the reverse of Compress, up to a bound of 1 GB.
func Decompress(data []byte) ([]byte, error) {
	out, err := decoder().DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return out, nil
}
