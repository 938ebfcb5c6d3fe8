// Package parquet writes flat tables in Apache Parquet, as much of the format as
// such a table needs (https://parquet.apache.org/docs/file-format/): columns of
// text, whole numbers, floats and truth values, each of which may be empty in
// places, PLAIN encoding, pages packed with Zstandard.
//
// Rows are held until there are enough for a row group, and then written, so
// that memory does not grow with the table.
package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A Kind is what a column holds.
type Kind int

// The kinds, and the Go type of their values.
const (
	String Kind = iota // string
	Int                // int, of 32 bits in the file
	Float              // float64
	Bool               // bool
)

// The types of the format, by Kind.
var physical = [...]int32{String: 6, Int: 1, Float: 5, Bool: 0}

// A Column is a column of the table.
type Column struct {
	Name string
	Kind Kind
}

// How much is held before it is written.
const (
	groupRows  = 100_000
	groupBytes = 32 << 20
)

// magic begins and ends a file.
const magic = "PAR1"

// A Writer writes a table. Its methods are for one goroutine.
type Writer struct {
	w       io.Writer
	at      int64 // bytes written
	columns []Column
	chunks  []chunk // of the row group that is being filled
	rows    int     // in it
	bytes   int     // likewise, about
	total   int64   // rows of the file
	groups  []group // written
	packer  *zstd.Encoder
}

// A chunk is the values of a column in a row group.
type chunk struct {
	present []bool // a row each
	values  []byte // of those present, in PLAIN encoding
	bits    int    // truth values among them, which are packed eight to a byte
}

// A group is what the footer says of a row group.
type group struct {
	rows   int
	chunks []placed
}

// A placed chunk is one that lies in the file.
type placed struct{ offset, unpacked, packed int64 }

// NewWriter begins a table.
func NewWriter(w io.Writer, columns []Column) (*Writer, error) {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	out := &Writer{w: w, columns: columns, chunks: make([]chunk, len(columns)), packer: packer}
	return out, out.write([]byte(magic))
}

// Row adds a row: a value for each column of that column's Go type, nil where
// there is none. A value of another type is an error.
func (w *Writer) Row(values []any) error {
	if len(values) != len(w.columns) {
		return fmt.Errorf("a row of %d values in a table of %d columns", len(values), len(w.columns))
	}
	for i, v := range values {
		before := len(w.chunks[i].values)
		if err := w.chunks[i].add(w.columns[i].Kind, v); err != nil {
			return fmt.Errorf("column %s: %w", w.columns[i].Name, err)
		}
		w.bytes += len(w.chunks[i].values) - before + 1
	}
	w.rows++
	if w.rows < groupRows && w.bytes < groupBytes {
		return nil
	}
	return w.flush()
}

func (c *chunk) add(kind Kind, v any) error {
	c.present = append(c.present, v != nil)
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if kind == String {
			c.values = binary.LittleEndian.AppendUint32(c.values, uint32(len(v)))
			c.values = append(c.values, v...)
			return nil
		}
	case int:
		if kind == Int && v == int(int32(v)) {
			c.values = binary.LittleEndian.AppendUint32(c.values, uint32(int32(v)))
			return nil
		}
	case float64:
		if kind == Float {
			c.values, _ = binary.Append(c.values, binary.LittleEndian, v) // fails for no number
			return nil
		}
	case bool:
		if kind == Bool {
			if c.bits%8 == 0 {
				c.values = append(c.values, 0)
			}
			if v {
				c.values[len(c.values)-1] |= 1 << (c.bits % 8)
			}
			c.bits++
			return nil
		}
	}
	return fmt.Errorf("it cannot hold %v", v)
}

// levels says which rows have a value: runs of equal bits, in the format's
// hybrid of run lengths and bit packing.
func (c *chunk) levels() []byte {
	var out []byte
	for i := 0; i < len(c.present); {
		n := 1
		for i+n < len(c.present) && c.present[i+n] == c.present[i] {
			n++
		}
		out = binary.AppendUvarint(out, uint64(n)<<1)
		out = append(out, byte(truth(c.present[i])))
		i += n
	}
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(out))), out...)
}

func truth(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// flush writes the row group, a page for each column.
func (w *Writer) flush() error {
	if w.rows == 0 {
		return nil
	}
	g := group{rows: w.rows}
	for i := range w.chunks {
		c := &w.chunks[i]
		page := append(c.levels(), c.values...)
		packed := w.packer.EncodeAll(page, nil)
		head := pageHeader(w.rows, len(page), len(packed))
		g.chunks = append(g.chunks, placed{w.at, int64(len(head) + len(page)), int64(len(head) + len(packed))})
		if err := w.write(head, packed); err != nil {
			return err
		}
		c.present, c.values, c.bits = c.present[:0], c.values[:0], 0
	}
	w.groups = append(w.groups, g)
	w.total += int64(w.rows)
	w.rows, w.bytes = 0, 0
	return nil
}

func (w *Writer) write(parts ...[]byte) error {
	n, err := w.w.Write(bytes.Join(parts, nil))
	w.at += int64(n)
	return err
}

// Close writes what is left and the footer. It closes nothing that the caller
// opened.
func (w *Writer) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	foot := w.footer()
	return w.write(foot, binary.LittleEndian.AppendUint32(nil, uint32(len(foot))), []byte(magic))
}
