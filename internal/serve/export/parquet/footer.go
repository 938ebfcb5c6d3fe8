package parquet

// What the format calls things, by number
// (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift).
const (
	formatVersion = 1
	dataPage      = 0
	plain         = 0 // encodings
	runs          = 3
	zstandard     = 6 // a codec
	utf8          = 0 // a converted type
	optional      = 1 // a repetition
)

// pageHeader is the header of a data page.
func pageHeader(rows, unpacked, packed int) []byte {
	var t compact
	t.begin()
	t.int32(1, dataPage)
	t.int32(2, int32(unpacked))
	t.int32(3, int32(packed))
	t.structure(5)
	t.int32(1, int32(rows))
	t.int32(2, plain)
	t.int32(3, runs) // of definition levels
	t.int32(4, runs) // of repetition levels, which flat tables do not have
	t.end()
	t.end()
	return t.out
}

// footer tells what the file holds and where.
func (w *Writer) footer() []byte {
	var t compact
	t.begin()
	t.int32(1, formatVersion)
	t.list(2, thriftStruct, len(w.columns)+1)
	t.begin()
	t.string(4, "table")
	t.int32(5, int32(len(w.columns)))
	t.end()
	for _, c := range w.columns {
		t.begin()
		t.int32(1, physical[c.Kind])
		t.int32(3, optional)
		t.string(4, c.Name)
		if c.Kind == String {
			t.int32(6, utf8)
			t.structure(10) // the logical type
			t.structure(1)  // text
			t.end()
			t.end()
		}
		t.end()
	}
	t.int64(3, w.total)
	t.list(4, thriftStruct, len(w.groups))
	for _, g := range w.groups {
		w.group(&t, g)
	}
	t.string(6, "whosaid")
	t.end()
	return t.out
}

func (w *Writer) group(t *compact, g group) {
	t.begin()
	t.list(1, thriftStruct, len(g.chunks))
	var unpacked, packed int64
	for i, c := range g.chunks {
		unpacked, packed = unpacked+c.unpacked, packed+c.packed
		t.begin()
		t.int64(2, c.offset)
		t.structure(3)
		t.int32(1, physical[w.columns[i].Kind])
		t.list(2, thriftInt32, 2)
		t.varint(plain)
		t.varint(runs)
		t.list(3, thriftBinary, 1)
		t.text(w.columns[i].Name)
		t.int32(4, zstandard)
		t.int64(5, int64(g.rows))
		t.int64(6, c.unpacked)
		t.int64(7, c.packed)
		t.int64(9, c.offset)
		t.end()
		t.end()
	}
	t.int64(2, unpacked)
	t.int64(3, int64(g.rows))
	t.int64(6, packed)
	t.end()
}
