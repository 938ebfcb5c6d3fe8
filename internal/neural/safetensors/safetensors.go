// Package safetensors reads the file format in which weights are kept: eight
// bytes with the length of a header, the header in JSON, the raw numbers.
//
// The format is defined at https://huggingface.co/docs/safetensors. Read are
// the types I8, F16 and F32. A file is checked as a whole before anything of
// it is handed out: every tensor lies inside it and has the size that its shape
// says, tensors do not overlap and leave no gaps.
package safetensors

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"unsafe"
)

// maxHeader bounds the header's length in bytes, as the format does.
const maxHeader = 100_000_000

// metadata is the one name in a header that is not a tensor's.
const metadata = "__metadata__"

// A File is a parsed file. It refers to the bytes it was parsed from, which
// must not change, and is safe for concurrent use.
type File struct {
	tensors map[string]Tensor
}

// A Type is the type of a tensor's numbers, under the format's name.
type Type string

// The types that are read.
const (
	I8  Type = "I8"
	F16 Type = "F16"
	F32 Type = "F32"
)

// size is the number of bytes of one number, 0 for a type that is not read.
func (t Type) size() int {
	switch t {
	case I8:
		return 1
	case F16:
		return 2
	case F32:
		return 4
	}
	return 0
}

// A Tensor is a named array of numbers, the last dimension running fastest.
type Tensor struct {
	Name  string
	Type  Type
	Shape []int
	raw   []byte
}

// Len is the number of numbers in t.
func (t Tensor) Len() int { return len(t.raw) / t.Type.size() }

// Int8 is the content of a tensor of type I8, without a copy.
func (t Tensor) Int8() ([]int8, error) {
	if t.Type != I8 {
		return nil, fmt.Errorf("tensor %q is of type %s, not I8", t.Name, t.Type)
	}
	if len(t.raw) == 0 {
		return nil, nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&t.raw[0])), len(t.raw)), nil
}

// Float32 is a copy of the content of t, whatever its type. Numbers that are
// not finite are an error.
func (t Tensor) Float32() ([]float32, error) {
	out := make([]float32, t.Len())
	switch t.Type {
	case I8:
		for i, b := range t.raw {
			out[i] = float32(int8(b))
		}
	case F16:
		for i := range out {
			out[i] = half(binary.LittleEndian.Uint16(t.raw[2*i:]))
		}
	case F32:
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.raw[4*i:]))
		}
	}
	for i, v := range out {
		if v-v != 0 {
			return nil, fmt.Errorf("tensor %q holds %v at place %d, which is not a finite number", t.Name, v, i)
		}
	}
	return out, nil
}

// half widens an IEEE 754 binary16 number.
func half(h uint16) float32 {
	sign := uint32(h&0x8000) << 16
	exponent, fraction := uint32(h>>10&0x1F), uint32(h&0x3FF)
	switch exponent {
	case 0:
		v := float32(fraction) / (1 << 24) // below the smallest normal number, 2^-14
		return math.Float32frombits(sign | math.Float32bits(v))
	case 31:
		return math.Float32frombits(sign | 0x7F800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}

// entry is what the header says of one tensor.
type entry struct {
	Type  Type     `json:"dtype"`
	Shape []uint64 `json:"shape"`
	Range []uint64 `json:"data_offsets"`
}

// Parse reads the header of data and checks that the rest is as it says.
func Parse(data []byte) (*File, error) {
	if len(data) < 8 {
		return nil, fmt.Errorf("weights are cut off: %d bytes, not even the length of a header", len(data))
	}
	n := binary.LittleEndian.Uint64(data)
	if n > maxHeader || n > uint64(len(data)-8) {
		return nil, fmt.Errorf("weights are cut off or not a safetensors file: header of %d bytes in a file of %d", n, len(data))
	}
	header, body := data[8:8+n], data[8+n:]
	f := &File{tensors: map[string]Tensor{}}
	starts := map[string]uint64{}
	err := readHeader(header, func(name string, e entry) error {
		if _, twice := f.tensors[name]; twice {
			return errors.New("is listed twice")
		}
		t, err := e.tensor(name, body)
		if err != nil {
			return err
		}
		f.tensors[name], starts[name] = t, e.Range[0]
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := f.checkOrder(starts, uint64(len(body))); err != nil {
		return nil, err
	}
	return f, nil
}

// readHeader gives each tensor of the header to use; the error of use is
// wrapped with the tensor's name.
func readHeader(header []byte, use func(string, entry) error) error {
	d := json.NewDecoder(bytes.NewReader(header))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return errors.New("weights are not a safetensors file: the header is not a JSON object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("header of the weights: %w", err)
		}
		name, _ := key.(string)
		if name == metadata {
			var notes map[string]string
			if err := d.Decode(&notes); err != nil {
				return fmt.Errorf("header of the weights: %s: %w", metadata, err)
			}
			continue
		}
		var e entry
		if err := d.Decode(&e); err != nil {
			return fmt.Errorf("tensor %q: header: %w", name, err)
		}
		if err := use(name, e); err != nil {
			return fmt.Errorf("tensor %q %w", name, err)
		}
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("header of the weights: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("header of the weights: more follows after its end")
	}
	return nil
}

// tensor checks e against the file's numbers.
func (e entry) tensor(name string, body []byte) (Tensor, error) {
	size := uint64(e.Type.size())
	if size == 0 {
		return Tensor{}, fmt.Errorf("is of type %q; only I8, F16 and F32 are read", e.Type)
	}
	if len(e.Range) != 2 || e.Range[0] > e.Range[1] || e.Range[1] > uint64(len(body)) {
		return Tensor{}, fmt.Errorf("lies at bytes %v of %d, outside the file", e.Range, len(body))
	}
	bytes := size
	empty := slices.Contains(e.Shape, 0)
	t := Tensor{Name: name, Type: e.Type, Shape: make([]int, len(e.Shape)), raw: body[e.Range[0]:e.Range[1]:e.Range[1]]}
	for i, d := range e.Shape {
		if d > math.MaxInt32 || !empty && bytes > uint64(len(body))/d {
			return Tensor{}, fmt.Errorf("of shape %v is larger than the file", e.Shape)
		}
		bytes *= d
		t.Shape[i] = int(d)
	}
	if bytes != uint64(len(t.raw)) {
		return Tensor{}, fmt.Errorf("of shape %v and type %s has %d bytes, should have %d", e.Shape, e.Type, len(t.raw), bytes)
	}
	return t, nil
}

// checkOrder checks that the tensors, by where they start, fill the body.
func (f *File) checkOrder(starts map[string]uint64, size uint64) error {
	names := f.Names()
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(starts[a], starts[b]), cmp.Compare(len(f.tensors[a].raw), len(f.tensors[b].raw)))
	})
	at := uint64(0)
	for _, name := range names {
		if starts[name] != at {
			return fmt.Errorf("tensor %q starts at byte %d, the one before it ends at %d", name, starts[name], at)
		}
		at += uint64(len(f.tensors[name].raw))
	}
	if at != size {
		return fmt.Errorf("weights have %d bytes that belong to no tensor", size-at)
	}
	return nil
}

// Names lists the tensors by name, in order.
func (f *File) Names() []string {
	names := make([]string, 0, len(f.tensors))
	for name := range f.tensors {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Has reports whether there is a tensor of that name.
func (f *File) Has(name string) bool {
	_, ok := f.tensors[name]
	return ok
}

// Tensor is the tensor of that name. Where a shape is given the tensor's must
// be the same; a dimension of -1 stands for any.
func (f *File) Tensor(name string, shape ...int) (Tensor, error) {
	t, ok := f.tensors[name]
	if !ok {
		return t, fmt.Errorf("tensor %q is missing", name)
	}
	if len(shape) == 0 {
		return t, nil
	}
	same := slices.EqualFunc(t.Shape, shape, func(have, want int) bool { return want == -1 || have == want })
	if !same {
		return t, fmt.Errorf("tensor %q has shape %v, should have %v", name, t.Shape, shape)
	}
	return t, nil
}
