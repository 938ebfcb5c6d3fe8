package pack

import (
	"encoding/binary"
	"math"
	"slices"
)

// A Facet is what is counted of an article's statements and what they are chosen
// by: names, each once, of each statement which of them speak and are spoken of,
// and its traits.
type Facet struct {
	Outlet   string
	Names    []string
	Speakers [][]int // of each statement: places in Names
	About    [][]int // likewise
	Day      int     // 0 or above
	Traits   []Trait // of each statement
}

// A Trait is what else is asked of a statement.
type Trait struct {
	Words      int // of its content: 65535 and more are the same
	Kind, Form string
}

// Bytes is f as few bytes, uncompressed: they are short, and read by the
// thousand.
func (f *Facet) Bytes() []byte {
	var out []byte
	str := func(s string) { out = append(binary.AppendUvarint(out, uint64(len(s))), s...) }
	places := func(list []int) {
		out = binary.AppendUvarint(out, uint64(len(list)))
		for _, x := range list {
			out = binary.AppendUvarint(out, uint64(x))
		}
	}
	str(f.Outlet)
	out = binary.AppendUvarint(out, uint64(len(f.Names)))
	for _, n := range f.Names {
		str(n)
	}
	for i := range f.Speakers {
		places(f.Speakers[i])
		places(f.About[i])
	}
	// What follows came later, and can be read without what is before it. Archives
	// have facets that end here.
	list := len(out)
	var kinds []string
	name := func(s string) byte {
		at := slices.Index(kinds, s)
		if at < 0 {
			kinds = append(kinds, s)
			at = len(kinds) - 1
		}
		return byte(min(at, mostKinds-1))
	}
	traits := make([]byte, 0, traitLength*len(f.Traits))
	for _, t := range f.Traits {
		traits = append(binary.LittleEndian.AppendUint16(traits, uint16(min(t.Words, math.MaxUint16))), name(t.Kind), name(t.Form))
	}
	kinds = kinds[:min(len(kinds), mostKinds)]
	out = binary.AppendUvarint(out, uint64(len(kinds)))
	for _, k := range kinds {
		str(k)
	}
	from := len(out)
	out = append(out, traits...)
	for _, x := range []int{f.Day, list, from} {
		out = binary.LittleEndian.AppendUint32(out, uint32(x))
	}
	return out
}

const (
	traitLength = 4
	endLength   = 12
	mostKinds   = 256 // there are a dozen kinds and forms; of a record that has more the last are taken for one
)

// A FacetEnd is a packed Facet opened at its end, for its traits.
type FacetEnd struct {
	data       []byte
	day        int32
	list, from uint32 // where the kinds begin, and the traits
}

// EndOf opens a packed Facet.
func EndOf(data []byte) (FacetEnd, error) {
	n := len(data) - endLength
	if n < 0 || len(data) > math.MaxInt32 {
		return FacetEnd{}, errDamaged
	}
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(data[n+4*i:]) }
	e := FacetEnd{data, int32(number(0)), number(1), number(2)}
	if e.list > e.from || e.from > uint32(n) || (uint32(n)-e.from)%traitLength != 0 {
		return FacetEnd{}, errDamaged
	}
	return e, nil
}

// Day is the day of the article.
func (e *FacetEnd) Day() int { return int(e.day) }

// Statements is how many statements the article has.
func (e *FacetEnd) Statements() int {
	return (len(e.data) - endLength - int(e.from)) / traitLength
}

// Bytes is the packed Facet.
func (e *FacetEnd) Bytes() []byte { return e.data }

// Outlet is the name of the outlet, a part of the packed Facet.
func (e *FacetEnd) Outlet() []byte { return (&facetReader{data: e.data}).str() }

// Words is how many words a statement has.
func (e *FacetEnd) Words(statement int) int {
	return int(binary.LittleEndian.Uint16(e.data[int(e.from)+traitLength*statement:]))
}

// Kind is the kind of a statement, a part of the packed Facet.
func (e *FacetEnd) Kind(statement int) []byte {
	return e.name(e.data[int(e.from)+traitLength*statement+2])
}

// Form is the form of a statement, likewise.
func (e *FacetEnd) Form(statement int) []byte {
	return e.name(e.data[int(e.from)+traitLength*statement+3])
}

func (e *FacetEnd) name(at byte) []byte {
	r := facetReader{data: e.data[e.list:e.from]}
	if int(at) >= r.count() {
		return nil
	}
	for range at {
		r.str()
	}
	return r.str()
}

// ReadFacet reads of a packed Facet what belongs to one statement, and hands it
// on: the outlet, and the names of those who speak and are spoken of. What it
// hands on is part of data.
func ReadFacet(data []byte, statement int, outlet, speaker, about func([]byte)) error {
	r := facetReader{data: data}
	outlet(r.str())
	names := make([][]byte, 0, 32)
	for range r.count() {
		names = append(names, r.str())
	}
	for range statement {
		for range 2 {
			for range r.count() {
				r.uint()
			}
		}
	}
	for _, give := range []func([]byte){speaker, about} {
		for range r.count() {
			at := r.uint()
			if at >= uint64(len(names)) {
				return errDamaged
			}
			give(names[at])
		}
	}
	if r.bad {
		return errDamaged
	}
	return nil
}

// A facetReader reads on until something is bad, and nothing after that.
type facetReader struct {
	data []byte
	bad  bool
}

func (r *facetReader) uint() uint64 {
	x, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.bad, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return x
}

// count is how many things follow, of which each takes a byte or more.
func (r *facetReader) count() int {
	x := r.uint()
	if x > uint64(len(r.data)) {
		r.bad, r.data = true, nil
		return 0
	}
	return int(x)
}

func (r *facetReader) str() []byte {
	n := r.count()
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}
