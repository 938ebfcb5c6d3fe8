package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// shapes are the products of an encoder layer of width 384: m x k x n.
var shapes = [][3]int{{320, 384, 1152}, {320, 384, 1536}, {320, 1536, 384}}

func rateOf(b *testing.B, ops int, peak float64) {
	got := float64(ops) * float64(b.N) / b.Elapsed().Seconds() / 1e9
	b.ReportMetric(got, "Gop/s")
	b.ReportMetric(100*got/peak, "%peak")
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	peak, _ := Peak()
	for _, s := range shapes {
		m, k, n := s[0], s[1], s[2]
		x, bias, dst := random(r, m*k), random(r, n), make([]float32, m*n)
		p := PackF32(random(r, n*k), n, k)
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Mul(dst, x, bias, m)
			}
			rateOf(b, 2*m*n*k, peak)
		})
	}
}

func BenchmarkInt8MulRows(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	_, peak := Peak()
	for _, s := range shapes {
		m, k, n := s[0], s[1], s[2]
		bias, dst := random(r, n), make([]float32, m*n)
		p := PackInt8(random8(r, n*k), random(r, n), n, k)
		var rows Rows
		rows.Quantise(random(r, m*k), m, k)
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.MulRows(dst, &rows, bias)
			}
			rateOf(b, 2*m*n*k, peak)
		})
	}
}

func BenchmarkQuantise(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*1536)
	var rows Rows
	b.SetBytes(int64(4 * len(x)))
	b.ReportAllocs()
	for b.Loop() {
		rows.Quantise(x, 320, 1536)
	}
}

func BenchmarkGELU(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*1536)
	y := make([]float32, len(x))
	b.SetBytes(int64(4 * len(x)))
	for b.Loop() {
		copy(y, x)
		GELU(y)
	}
}

func BenchmarkAddNorm(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*384)
	y := make([]float32, len(x))
	b.SetBytes(int64(4 * len(x)))
	for b.Loop() {
		AddNorm(y, x, x, x[:384], x[384:768], 320, 384, 1e-12)
	}
}

func BenchmarkAdd(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*384)
	y := make([]float32, len(x))
	b.SetBytes(int64(4 * len(x)))
	for b.Loop() {
		Add(y, x)
	}
}

func benchmarkAttention(b *testing.B, f func(dst, qkv []float32, n, heads, dim int, s *Scratch)) {
	const n, heads, dim = 320, 12, 32
	qkv := random(rand.New(rand.NewPCG(1, 1)), n*3*heads*dim)
	dst := make([]float32, n*heads*dim)
	var s Scratch
	b.ReportAllocs()
	for b.Loop() {
		f(dst, qkv, n, heads, dim, &s)
	}
	b.ReportMetric(4*n*n*heads*dim*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gop/s")
}

func BenchmarkAttention(b *testing.B)    { benchmarkAttention(b, Attention) }
func BenchmarkAttentionInt(b *testing.B) { benchmarkAttention(b, AttentionInt) }
