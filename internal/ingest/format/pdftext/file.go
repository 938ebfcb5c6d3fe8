package pdftext

import (
	"bytes"
	"sort"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// A file is a PDF whose objects have been found.
type file struct {
	b       []byte
	places  map[int]place
	cache   map[int]object
	busy    map[int]bool // objects being resolved
	packs   map[int]pack // object streams that were unpacked
	trailer dict
	crypt   *crypt
	left    int64 // bytes that streams may still unpack to
}

// A place is where an object stands: between two offsets of the file, or in an
// object stream.
type place struct {
	at, end int
	gen     int
	in      int // number of the object stream; 0 for none
	offset  int // in the unpacked object stream
}

type pack struct{ data []byte }

// Bounds on objects: their numbers, how many there may be, and how many
// trailers of what size are looked at.
const (
	maxNumber   = 1 << 23
	maxObjects  = 500_000
	maxTrailers = 500
	maxTrailer  = 1 << 16
)

func open(b []byte, limit int64) (*file, error) {
	f := &file{b: b, places: map[int]place{}, cache: map[int]object{}, busy: map[int]bool{}, packs: map[int]pack{}, trailer: dict{}, left: limit}
	packs := f.scan()
	if enc, ok := f.resolve(f.trailer["Encrypt"]).(dict); ok {
		c, err := newCrypt(f, enc)
		if err != nil {
			return nil, err
		}
		f.crypt = c
		f.cache = map[int]object{} // read without a key
	}
	for _, n := range packs {
		if err := f.unpackObjects(n); err != nil {
			return nil, err
		}
	}
	if _, ok := f.resolve(f.trailer["Root"]).(dict); !ok {
		f.findRoot()
	}
	return f, nil
}

// scan finds the objects and the trailers by one pass over the file. A later
// object replaces an earlier one with its number, as updates do. It gives the
// numbers of the object streams, in the order of the file.
func (f *file) scan() []int {
	type found struct{ num, gen, at int }
	var all []found
	for i := 0; ; {
		j := bytes.Index(f.b[i:], []byte("obj"))
		if j < 0 {
			break
		}
		j += i
		i = j + len("obj")
		if num, gen, ok := numbersBefore(f.b, j); ok && num < maxNumber && len(all) < maxObjects {
			all = append(all, found{num, gen, i})
		}
	}
	var packs []int
	for k, o := range all {
		end := len(f.b)
		if k+1 < len(all) {
			end = all[k+1].at
		}
		f.places[o.num] = place{at: o.at, end: end, gen: o.gen}
		head := f.b[o.at:min(end, o.at+4096)]
		if s := bytes.Index(head, []byte("stream")); s >= 0 {
			head = head[:s]
			if bytes.Contains(head, []byte("/ObjStm")) {
				packs = append(packs, o.num)
			}
			if bytes.Contains(head, []byte("/XRef")) {
				l := lexer{b: head}
				if d, ok := l.object(true); ok {
					f.addTrailer(d)
				}
			}
		}
	}
	for i, n := 0, 0; n < maxTrailers; n++ {
		j := bytes.Index(f.b[i:], []byte("trailer"))
		if j < 0 {
			break
		}
		i += j + len("trailer")
		l := lexer{b: f.b[:min(len(f.b), i+maxTrailer)], pos: i}
		if d, ok := l.object(true); ok {
			f.addTrailer(d)
		}
	}
	return packs
}

// numbersBefore reads the "12 0 " before the "obj" at i.
func numbersBefore(b []byte, i int) (num, gen int, ok bool) {
	gen, i, ok = numberBefore(b, i)
	if !ok {
		return 0, 0, false
	}
	num, i, ok = numberBefore(b, i)
	return num, gen, ok && (i == 0 || b[i-1] < '0' || b[i-1] > '9')
}

func numberBefore(b []byte, i int) (n, start int, ok bool) {
	j := i
	for j > 0 && isSpace(b[j-1]) && i-j < 10 {
		j--
	}
	if j == i {
		return 0, 0, false
	}
	end := j
	for j > 0 && b[j-1] >= '0' && b[j-1] <= '9' && end-j < 9 {
		j--
	}
	for _, c := range b[j:end] {
		n = n*10 + int(c-'0')
	}
	return n, j, j < end
}

func (f *file) addTrailer(o object) {
	d, ok := o.(dict)
	if !ok {
		return
	}
	for _, k := range []name{"Root", "Info", "Encrypt", "ID"} {
		if v, ok := d[k]; ok {
			f.trailer[k] = v
		}
	}
}

// findRoot looks for the catalog where no trailer names it.
func (f *file) findRoot() {
	numbers := make([]int, 0, len(f.places))
	for n := range f.places {
		numbers = append(numbers, n)
	}
	sort.Ints(numbers)
	for _, n := range numbers {
		if d, ok := f.resolve(ref{num: n}).(dict); ok && d["Type"] == name("Catalog") {
			f.trailer["Root"] = ref{num: n}
		}
	}
}

// unpackObjects finds the objects inside an object stream.
func (f *file) unpackObjects(num int) error {
	s, ok := f.resolve(ref{num: num}).(*stream)
	if !ok || s.dict["Type"] != name("ObjStm") {
		return nil
	}
	data, err := f.unpack(s)
	if err != nil {
		return err
	}
	f.packs[num] = pack{data}
	count, _ := f.number(s.dict["N"])
	first, _ := f.number(s.dict["First"])
	l := lexer{b: data}
	at := f.places[num].at
	for i := 0; i < int(count) && l.pos < len(data); i++ {
		n, ok1 := l.token()
		o, ok2 := l.token()
		num2, ok3 := n.(float64)
		offset, ok4 := o.(float64)
		if !ok1 || !ok2 || !ok3 || !ok4 || num2 < 0 || num2 >= maxNumber || len(f.places) > maxObjects || offset < 0 || first < 0 || offset+first >= float64(len(data)) {
			continue
		}
		if old, ok := f.places[int(num2)]; ok && old.at > at {
			continue
		}
		f.places[int(num2)] = place{at: at, in: num, offset: int(first + offset)}
	}
	return nil
}

// resolve follows references to an object.
func (f *file) resolve(o object) object {
	for range 20 {
		r, ok := o.(ref)
		if !ok {
			return o
		}
		if o, ok = f.cache[r.num]; ok {
			continue
		}
		if f.busy[r.num] {
			return nil
		}
		f.busy[r.num] = true
		o = f.load(r.num)
		delete(f.busy, r.num)
		f.cache[r.num] = o
	}
	return nil
}

func (f *file) load(num int) object {
	p, ok := f.places[num]
	if !ok {
		return nil
	}
	if p.in != 0 {
		l := lexer{b: f.packs[p.in].data, pos: p.offset}
		o, _ := l.object(true)
		return o
	}
	l := lexer{b: f.b[:p.end], pos: p.at}
	o, ok := l.object(true)
	if !ok {
		return nil
	}
	d, isDict := o.(dict)
	if isDict {
		if w, ok := l.token(); ok && w == word("stream") {
			return f.stream(d, num, p, l.pos)
		}
	}
	if f.crypt != nil {
		o = f.crypt.strings(o, num, p.gen, 0)
	}
	return o
}

// stream finds the bytes of a stream: as many as its dictionary says if the end
// stands there, else up to the next "endstream".
func (f *file) stream(d dict, num int, p place, pos int) *stream {
	if pos < len(f.b) && f.b[pos] == '\r' {
		pos++
	}
	if pos < len(f.b) && f.b[pos] == '\n' {
		pos++
	}
	s := &stream{dict: d, num: num, gen: p.gen}
	if n, ok := f.number(d["Length"]); ok && n >= 0 && n <= float64(len(f.b)-pos) {
		end := pos + int(n)
		l := lexer{b: f.b, pos: end}
		l.space()
		if bytes.HasPrefix(f.b[l.pos:], []byte("endstream")) || bytes.HasPrefix(f.b[l.pos:], []byte("endobj")) {
			s.packed = f.b[pos:end]
			return s
		}
	}
	if pos > p.end {
		return s
	}
	rest := f.b[pos:p.end]
	if i := bytes.Index(rest, []byte("endstream")); i >= 0 {
		rest = rest[:i]
	}
	s.packed = rest
	return s
}

// content gives the bytes of a stream that is about to be read through. They
// are taken off the budget, packed or not, for many may lie over one another.
func (f *file) content(o object) ([]byte, error) {
	s, ok := f.resolve(o).(*stream)
	if !ok {
		return nil, nil
	}
	data, err := f.unpack(s)
	if err != nil {
		return nil, err
	}
	f.left -= perStream
	return f.spend(data)
}

// perStream is what reading any stream costs of the budget, in bytes, for small
// ones may be named millions of times.
const perStream = 1024

// number resolves a number.
func (f *file) number(o object) (float64, bool) {
	n, ok := f.resolve(o).(float64)
	return n, ok
}

// numbers resolves an array of numbers; nil if it is anything else.
func (f *file) numbers(o object) []float64 {
	a, ok := f.resolve(o).(array)
	if !ok || len(a) > 16 {
		return nil
	}
	out := make([]float64, len(a))
	for i, v := range a {
		n, ok := f.number(v)
		if !ok {
			return nil
		}
		out[i] = n
	}
	return out
}

// textString reads a string that is meant for people: UTF-16 or UTF-8 with its
// mark, or PDFDocEncoding, which is Windows-1252 in all that titles use.
func (f *file) textString(o object) string {
	s, ok := f.resolve(o).(str)
	if !ok {
		return ""
	}
	switch {
	case len(s) >= 2 && s[:2] == "\xFE\xFF":
		return utf16Text(string(s[2:]))
	case len(s) >= 3 && s[:3] == "\xEF\xBB\xBF":
		return string(s[3:])
	}
	out, err := charmap.Windows1252.NewDecoder().String(string(s))
	if err != nil {
		return ""
	}
	return out
}

// utf16Text decodes UTF-16 with the high byte first.
func utf16Text(s string) string {
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}
