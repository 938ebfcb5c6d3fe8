package safetensors

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
)

// file joins a header and numbers.
func file(header string, body ...byte) []byte {
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(out, header...), body...)
}

const three = `{"__metadata__":{"format":"pt"},
"b":{"dtype":"F16","shape":[3],"data_offsets":[8,14]},
"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
"none":{"dtype":"F32","shape":[0,4],"data_offsets":[8,8]},
"c":{"dtype":"I8","shape":[2],"data_offsets":[14,16]}}   `

var threeBody = []byte{0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x00, 0x3C, 0x01, 0x00, 0xFF, 0xFB, 0xFF, 0x7F}

func TestParse(t *testing.T) {
	f, err := Parse(file(three, threeBody...))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Names(); !slices.Equal(got, []string{"a", "b", "c", "none"}) {
		t.Errorf("names %v", got)
	}
	for name, want := range map[string][]float32{
		"a": {1, -2}, "b": {1, 1.0 / (1 << 24), -65504}, "c": {-1, 127}, "none": {},
	} {
		tensor, err := f.Tensor(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tensor.Float32()
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, want)
		}
	}
	c, err := f.Tensor("c", 2)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.Int8(); err != nil || !slices.Equal(got, []int8{-1, 127}) {
		t.Errorf("c: got %v, %v", got, err)
	}
	if _, err := f.Tensor("a", -1, 1); err != nil {
		t.Error(err)
	}
}

func TestErrorsNameTheTensor(t *testing.T) {
	tests := []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "cut off", nil},
		{"header beyond the end", "cut off", []byte{9, 0, 0, 0, 0, 0, 0, 0, '{', '}'}},
		{"length past 63 bits", "cut off", []byte{255, 255, 255, 255, 255, 255, 255, 255, '{', '}'}},
		{"an array", "not a JSON object", file(`[]`)},
		{"broken header", `"w"`, file(`{"w":{"dtype":`)},
		{"no end", "header", file(`{`)},
		{"more after the header", "more follows", file(`{}{}`)},
		{"another type", `"w" is of type "BF16"`, file(`{"w":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}`, 1, 2)},
		{"past the end", `"w" lies at`, file(`{"w":{"dtype":"I8","shape":[3],"data_offsets":[0,3]}}`, 1, 2)},
		{"backwards", `"w" lies at`, file(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[2,1]}}`, 1, 2)},
		{"no offsets", `"w" lies at`, file(`{"w":{"dtype":"I8","shape":[1]}}`, 1, 2)},
		{"negative", `"w"`, file(`{"w":{"dtype":"I8","shape":[-1],"data_offsets":[0,1]}}`, 1)},
		{"wrong size", `"w" of shape [1]`, file(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[0,2]}}`, 1, 2)},
		{"product overflows", `"w" of shape`, file(`{"w":{"dtype":"I8","shape":[2147483647,2147483647,4],"data_offsets":[0,2]}}`, 1, 2)},
		{"huge dimension", `"w" of shape`, file(`{"w":{"dtype":"I8","shape":[0,18446744073709551615],"data_offsets":[0,0]}}`)},
		{"overlap", `"v" starts at byte 1`, file(`{"w":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},"v":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}`, 1, 2)},
		{"gap", `"w" starts at byte 1`, file(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}`, 1, 2)},
		{"left over", "1 bytes that belong to no tensor", file(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}`, 1, 2)},
		{"twice", `"w" is listed twice`, file(`{"w":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}`, 1, 2)},
		{"metadata", "__metadata__", file(`{"__metadata__":{"a":1}}`)},
	}
	for _, test := range tests {
		if _, err := Parse(test.data); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
}

func TestTensorErrors(t *testing.T) {
	f, err := Parse(file(`{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 0, 0, 0x80, 0x7F))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Tensor("v"); err == nil || err.Error() != `tensor "v" is missing` {
		t.Error(err)
	}
	if _, err := f.Tensor("w", 1, 1); err == nil || err.Error() != `tensor "w" has shape [1], should have [1 1]` {
		t.Error(err)
	}
	w, err := f.Tensor("w", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Float32(); err == nil || !strings.Contains(err.Error(), `"w" holds +Inf`) {
		t.Error(err)
	}
	if _, err := w.Int8(); err == nil || !strings.Contains(err.Error(), `"w" is of type F32`) {
		t.Error(err)
	}
}

// Every half-precision number, by the definition of the format.
func TestHalf(t *testing.T) {
	for i := range 1 << 16 {
		h := uint16(i)
		exponent, fraction := int(h>>10&31), float64(h&1023)
		want := math.Ldexp(1+fraction/1024, exponent-15)
		switch exponent {
		case 0:
			want = math.Ldexp(fraction/1024, -14)
		case 31:
			want = math.Inf(1)
			if fraction > 0 {
				want = math.NaN()
			}
		}
		if h >= 0x8000 {
			want = -want
		}
		got := float64(half(h))
		if math.IsNaN(want) && math.IsNaN(got) {
			continue
		}
		if got != want || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("%04x: got %v, want %v", h, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(file(three, threeBody...))
	f.Add(file(`{"w":{"dtype":"I8","shape":[2147483647,0],"data_offsets":[0,0]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse(data)
		if err != nil {
			return
		}
		total := 0
		for _, name := range file.Names() {
			tensor, err := file.Tensor(name)
			if err != nil {
				t.Fatal(err)
			}
			if v, err := tensor.Float32(); err == nil && len(v) != tensor.Len() {
				t.Fatalf("%q: %d numbers, want %d", name, len(v), tensor.Len())
			}
			total += len(tensor.raw)
		}
		if total > len(data) {
			t.Fatalf("%d bytes of tensors in %d", total, len(data))
		}
	})
}
