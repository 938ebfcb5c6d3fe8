package parquet

import "encoding/binary"

// compact writes structures in the compact protocol of Apache Thrift
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md),
// in which Parquet has its headers and its footer.
type compact struct {
	out  []byte
	last []int16 // the field written last in each structure that is open
}

// The types of the protocol.
const (
	thriftInt32  = 5
	thriftInt64  = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

// begin opens a structure that is an element of a list or the whole.
func (t *compact) begin() { t.last = append(t.last, 0) }

// end closes the structure opened last.
func (t *compact) end() {
	t.out = append(t.out, 0)
	t.last = t.last[:len(t.last)-1]
}

// field begins a field; ids ascend by less than sixteen.
func (t *compact) field(id int16, kind byte) {
	last := &t.last[len(t.last)-1]
	t.out = append(t.out, byte(id-*last)<<4|kind)
	*last = id
}

func (t *compact) structure(id int16) {
	t.field(id, thriftStruct)
	t.begin()
}

func (t *compact) int32(id int16, v int32) {
	t.field(id, thriftInt32)
	t.varint(int64(v))
}

func (t *compact) int64(id int16, v int64) {
	t.field(id, thriftInt64)
	t.varint(v)
}

func (t *compact) string(id int16, s string) {
	t.field(id, thriftBinary)
	t.text(s)
}

// list begins a list of n elements, which the caller writes.
func (t *compact) list(id int16, kind byte, n int) {
	t.field(id, thriftList)
	if n < 15 {
		t.out = append(t.out, byte(n)<<4|kind)
		return
	}
	t.out = binary.AppendUvarint(append(t.out, 0xf0|kind), uint64(n))
}

// varint writes a number in zigzag: small ones, of either sign, are short.
func (t *compact) varint(v int64) { t.out = binary.AppendVarint(t.out, v) }

func (t *compact) text(s string) {
	t.out = append(binary.AppendUvarint(t.out, uint64(len(s))), s...)
}
