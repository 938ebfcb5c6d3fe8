package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The fuzz targets choose sizes and the seed of the numbers; every instruction
// set of this processor is held against plain or against exact arithmetic.

func FuzzMul(f *testing.F) {
	f.Add(uint64(1), uint16(7), uint16(33), uint16(385))
	f.Fuzz(func(t *testing.T, seed uint64, m, n, k uint16) {
		r := rand.New(rand.NewPCG(seed, 1))
		m, n, k = m%40, n%80, k%900
		x, w, bias := spread(r, int(m)*int(k)), random(r, int(n)*int(k)), random(r, int(n))
		p := PackF32(w, int(n), int(k))
		for _, c := range available() {
			dst := make([]float32, int(m)*int(n))
			p.mul(c, dst, x, bias, int(m))
			if at := f32Far(dst, x, w, bias, int(m), int(n), int(k)); at >= 0 {
				t.Fatalf("%s: element %d is %g, too far", c.name, at, dst[at])
			}
		}
	})
}

func FuzzInt8(f *testing.F) {
	f.Add(uint64(1), uint16(7), uint16(33), uint16(385))
	f.Fuzz(func(t *testing.T, seed uint64, m, n, k uint16) {
		for _, c := range native() {
			checkInt8(t, c, rand.New(rand.NewPCG(seed, 2)), int(m%40), int(n%80), int(k%900))
		}
	})
}

func FuzzElementwise(f *testing.F) {
	f.Add(uint64(1), uint16(385))
	f.Fuzz(func(t *testing.T, seed uint64, n uint16) {
		for _, c := range native() {
			checkElementwise(t, c, rand.New(rand.NewPCG(seed, 3)), 1+int(n%2000))
		}
	})
}

func FuzzAttention(f *testing.F) {
	f.Add(uint64(1), uint8(33), uint8(2), uint8(32))
	f.Fuzz(func(t *testing.T, seed uint64, n, heads, dim uint8) {
		r := rand.New(rand.NewPCG(seed, 4))
		rows, hs, d := 1+int(n%100), 1+int(heads%3), 1+int(dim%70)
		qkv := random(r, rows*3*hs*d)
		want := exactAttention(qkv, rows, hs, d)
		var s Scratch
		for _, c := range available() {
			got := make([]float32, rows*hs*d)
			attention(c, got, qkv, rows, hs, d, &s)
			if e := farthest(got, want); e > 2e-5 {
				t.Fatalf("%s %d rows, %d heads of %d: f32 error %.2g", c.name, rows, hs, d, e)
			}
			attentionInt(c, got, qkv, rows, hs, d, &s)
			// Values are rounded against the largest of their column, so that is
			// what an error is a share of: averages of a narrow head may all be near 0.
			if e := ofValues(got, want, qkv, hs*d); e > 0.05 {
				t.Fatalf("%s %d rows, %d heads of %d: integer error %.2g of the largest value", c.name, rows, hs, d, e)
			}
			checkAttention(t, c, r, rows, hs, d)
		}
	})
}

// ofValues is the largest difference of got from want as a share of the largest
// magnitude among the values of qkv, rows of queries, keys and values of width
// elements each.
func ofValues(got []float32, want []float64, qkv []float32, width int) float64 {
	d, size := 0.0, 0.0
	for i := range got {
		d = max(d, math.Abs(float64(got[i])-want[i]))
		size = max(size, math.Abs(float64(qkv[i/width*3*width+2*width+i%width])))
	}
	return d / max(size, 1e-30)
}
