package pack

import "encoding/binary"

// A Facet is what is counted of an article's statements, beside what their rows
// say: names, each once, and of each statement which of them speak and are
// spoken of.
type Facet struct {
	Outlet   string
	Names    []string
	Speakers [][]int // of each statement: places in Names
	About    [][]int // likewise
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
	return out
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
