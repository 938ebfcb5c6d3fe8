package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// others are the instruction sets to hold against plain.
func others(t testing.TB) []*isa {
	t.Helper()
	all := native()
	if len(all) == 0 {
		t.Skip("skipped: this processor has the plain kernels only")
	}
	return all
}

func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func random8(r *rand.Rand, n int) []int8 {
	x := make([]int8, n)
	for i := range x {
		x[i] = int8(r.IntN(255) - 127)
	}
	return x
}

// sizes are m, n, k: whole tiles, tails of every kind, and one of each.
var sizes = [][3]int{
	{1, 1, 1},
	{1, 16, 4},
	{6, 16, 8},
	{6, 32, 384},
	{2, 3, 5},
	{5, 17, 7},
	{7, 31, 9},
	{12, 33, 11},
	{13, 47, 70},
	{3, 5, 385},
	{9, 40, 768},
	{97, 20, 390},
	{320, 48, 384},
	{31, 384, 96},
	{11, 16, 1536},
	{4, 64, 2},
	{0, 16, 4},
	{3, 20, 0},
}

// f32Far reports the element of got that is further from the exact product than 1e-5 of the
// sum of absolute products, or -1.
func f32Far(got, x, w, bias []float32, m, n, k int) int {
	for i := range m {
		for j := range n {
			sum, size := 0.0, 0.0
			if bias != nil {
				sum, size = float64(bias[j]), math.Abs(float64(bias[j]))
			}
			for p := range k {
				v := float64(x[i*k+p]) * float64(w[j*k+p])
				sum += v
				size += math.Abs(v)
			}
			if !(math.Abs(sum-float64(got[i*n+j])) <= 1e-5*size) {
				return i*n + j
			}
		}
	}
	return -1
}

func TestMul(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range available() {
		for _, s := range sizes {
			m, n, k := s[0], s[1], s[2]
			x, w, bias := random(r, m*k), random(r, n*k), random(r, n)
			p := PackF32(w, n, k)
			dst := random(r, m*n+1)
			last := dst[m*n]
			for _, b := range [][]float32{nil, bias} {
				p.mul(c, dst, x, b, m)
				if at := f32Far(dst, x, w, b, m, n, k); at >= 0 {
					t.Fatalf("%s %v bias %t: element %d is %g, too far", c.name, s, b != nil, at, dst[at])
				}
			}
			if dst[m*n] != last {
				t.Fatalf("%s %v: wrote past the end", c.name, s)
			}
		}
	}
}

// rowsOf are rows [m][k] that Quantise gives exactly: one element of each is 127.
func rowsOf(c *isa, q []int8, m, k int) *Rows {
	x := make([]float32, m*k)
	for i, v := range q {
		x[i] = float32(v)
	}
	var r Rows
	r.quantise(c, x, m, k)
	return &r
}

func TestInt8IsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for _, c := range available() {
		for _, s := range sizes {
			m, n, k := s[0], s[1], s[2]
			q, w := random8(r, m*k), random8(r, n*k)
			for i := range m {
				if k > 0 {
					q[i*k+r.IntN(k)] = 127
				}
			}
			ws, bias := random(r, n), random(r, n)
			dst := make([]float32, m*n)
			PackInt8(w, ws, n, k).mulRows(c, dst, rowsOf(c, q, m, k), bias)
			for i := range m {
				for j := range n {
					var sum int32
					for l := range k {
						sum += int32(q[i*k+l]) * int32(w[j*k+l])
					}
					want := float32(float32(sum)*ws[j]) + bias[j]
					if dst[i*n+j] != want {
						t.Fatalf("%s %v: element %d,%d is %g, want %g", c.name, s, i, j, dst[i*n+j], want)
					}
				}
			}
		}
	}
}

func TestQuantise(t *testing.T) {
	x := []float32{0.5, 1.5, 2.5, -127, 0, 0, 0, 0, 1e-38, 0, 0, 0, 3, -3, 1.5, 0.0118110236}
	want := []int16{0, 2, 2, -127, 0, 0, 0, 0, 0, 0, 0, 0, 127, -127, 64, 0}
	for _, c := range available() {
		var r Rows
		r.quantise(c, x, 4, 4)
		for i, v := range want {
			if got := r.asWords(c)[i/4*r.kp+i%4]; got != v {
				t.Errorf("%s element %d (%g): %d, want %d", c.name, i, x[i], got, v)
			}
		}
		for i, w := range []float32{1, 0, 0, 3.0 / 127} {
			if r.scale[i] != w {
				t.Errorf("%s row %d: scale %g, want %g", c.name, i, r.scale[i], w)
			}
		}
	}
}

func TestGELU(t *testing.T) {
	for v := -12.0; v <= 12; v += 1.0 / 512 {
		x := []float32{float32(v)}
		GELU(x)
		v := float64(float32(v))
		want := v / (1 + math.Exp(-2*0.7978845608*(v+0.044715*v*v*v)))
		if d := math.Abs(float64(x[0]) - want); d > 1e-6*max(1e-2, math.Abs(want)) {
			t.Fatalf("GELU(%g) = %g, want %g", v, x[0], want)
		}
	}
}

func TestExp(t *testing.T) {
	for v := -85.0; v <= 85; v += 1.0 / 64 {
		want := math.Exp(float64(float32(v)))
		if d := math.Abs(float64(plainExp(float32(v)))-want) / want; d > 2e-7 {
			t.Fatalf("exp(%g): relative error %g", v, d)
		}
	}
}

func TestAddNorm(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for _, n := range []int{1, 5, 16, 100, 384} {
		x, res, g, b := random(r, 3*n), random(r, 3*n), random(r, n), random(r, n)
		dst := make([]float32, 3*n)
		AddNorm(dst, x, res, g, b, 3, n, 1e-12)
		for i := range 3 {
			mean, vari := 0.0, 0.0
			for j := range n {
				mean += float64(x[i*n+j]+res[i*n+j]) / float64(n)
			}
			for j := range n {
				d := float64(x[i*n+j]+res[i*n+j]) - mean
				vari += d * d / float64(n)
			}
			for j := range n {
				want := (float64(x[i*n+j]+res[i*n+j])-mean)/math.Sqrt(vari+1e-12)*float64(g[j]) + float64(b[j])
				if n > 1 && math.Abs(want-float64(dst[i*n+j])) > 1e-5*(1+math.Abs(want)) {
					t.Fatalf("n %d row %d column %d: %g, want %g", n, i, j, dst[i*n+j], want)
				}
			}
		}
		again := append([]float32(nil), res...)
		AddNorm(again, x, again, g, b, 3, n, 1e-12)
		for i := range again {
			if again[i] != dst[i] {
				t.Fatalf("n %d: in place over the residual differs at %d", n, i)
			}
		}
	}
}

// exactAttention is the definition in float64.
func exactAttention(qkv []float32, n, heads, dim int) []float64 {
	w := heads * dim
	dst := make([]float64, n*w)
	for h := range heads {
		for i := range n {
			scores, top := make([]float64, n), math.Inf(-1)
			for j := range n {
				for d := range dim {
					scores[j] += float64(qkv[i*3*w+h*dim+d]) * float64(qkv[j*3*w+w+h*dim+d])
				}
				scores[j] /= math.Sqrt(float64(dim))
				top = max(top, scores[j])
			}
			sum := 0.0
			for j := range n {
				scores[j] = math.Exp(scores[j] - top)
				sum += scores[j]
			}
			for j := range n {
				for d := range dim {
					dst[i*w+h*dim+d] += scores[j] / sum * float64(qkv[j*3*w+2*w+h*dim+d])
				}
			}
		}
	}
	return dst
}

func farthest(got []float32, want []float64) float64 {
	d, size := 0.0, 0.0
	for i := range got {
		d = max(d, math.Abs(float64(got[i])-want[i]))
		size = max(size, math.Abs(want[i]))
	}
	return d / max(size, 1e-30)
}

var attentionSizes = [][3]int{{1, 1, 32}, {2, 1, 4}, {5, 2, 32}, {16, 1, 32}, {33, 3, 32}, {129, 2, 64}, {40, 2, 7}, {320, 1, 32}}

func TestAttention(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	for _, c := range available() {
		var s Scratch
		for _, z := range attentionSizes {
			n, heads, dim := z[0], z[1], z[2]
			for _, sharp := range []float32{0.1, 1, 3} {
				qkv := random(r, n*3*heads*dim)
				for i := range qkv {
					qkv[i] *= sharp
				}
				want := exactAttention(qkv, n, heads, dim)
				dst := make([]float32, n*heads*dim)
				attention(c, dst, qkv, n, heads, dim, &s)
				if d := farthest(dst, want); d > 1e-5 {
					t.Errorf("%s %v sharpness %g: f32 error %.2g", c.name, z, sharp, d)
				}
				attentionInt(c, dst, qkv, n, heads, dim, &s)
				if d := farthest(dst, want); d > 0.03+0.04*float64(sharp) {
					t.Errorf("%s %v sharpness %g: integer error %.2g", c.name, z, sharp, d)
				} else if c == &plain && n > 100 {
					t.Logf("%v sharpness %g: integer error %.2g of the largest", z, sharp, d)
				}
			}
		}
	}
}

func TestUse(t *testing.T) {
	old := ISA()
	defer func() {
		if err := Use(old); err != nil {
			t.Fatal(err)
		}
	}()
	if err := Use("abacus"); err == nil || ISA() != old {
		t.Errorf("Use(abacus): %v, now %s", err, ISA())
	}
	t.Setenv(EnvISA, "abacus")
	if CheckEnv() == nil {
		t.Error("an unknown name in the environment is not reported")
	}
	t.Setenv(EnvISA, "plain")
	if err := CheckEnv(); err != nil {
		t.Errorf("plain in the environment: %v", err)
	}
	for _, name := range ISAs() {
		if err := Use(name); err != nil || ISA() != name {
			t.Errorf("Use(%s): %v, now %s", name, err, ISA())
		}
	}
}
