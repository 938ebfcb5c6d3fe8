package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// shapes are the products of an encoder layer of width 384: m x k x n.
var shapes = [][3]int{{320, 384, 1152}, {320, 384, 1536}, {320, 1536, 384}}

// fastest runs f b.N times and reports the rate of the fastest run, the one
// least disturbed by other programs: in billion operations a second, and as a
// part of the machine's peak where that is given.
func fastest(b *testing.B, ops int, peak float64, f func()) {
	b.ReportAllocs()
	best := time.Duration(math.MaxInt64)
	for b.Loop() {
		begin := time.Now()
		f()
		best = min(best, time.Since(begin))
	}
	got := float64(ops) / best.Seconds() / 1e9
	b.ReportMetric(float64(best.Microseconds()), "best-us")
	b.ReportMetric(got, "Gop/s")
	if peak > 0 {
		b.ReportMetric(100*got/peak, "%peak")
	}
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	peak, _ := Peak()
	for _, s := range shapes {
		m, k, n := s[0], s[1], s[2]
		x, bias, dst := random(r, m*k), random(r, n), make([]float32, m*n)
		p := PackF32(random(r, n*k), n, k)
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, n), func(b *testing.B) {
			fastest(b, 2*m*n*k, peak, func() { p.Mul(dst, x, bias, m) })
		})
	}
}

// BenchmarkInt8MulRows multiplies weights of all eight bits, and narrow ones that
// are as spread as a trained encoder's.
func BenchmarkInt8MulRows(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	_, peak := Peak()
	_, narrow := PeakNarrow()
	for _, s := range shapes {
		m, k, n := s[0], s[1], s[2]
		bias, dst := random(r, n), make([]float32, m*n)
		var rows Rows
		rows.Quantise(random(r, m*k), m, k)
		w := random8(r, n*k)
		wide := PackInt8(w, random(r, n), n, k)
		for i := range w {
			w[i] = int8(max(-NarrowWeight, min(NarrowWeight, r.NormFloat64()*18)))
		}
		for name, p := range map[string]*Int8{"wide": wide, "narrow": PackInt8(w, random(r, n), n, k)} {
			peak := peak
			if p != wide {
				peak = narrow
			}
			b.Run(fmt.Sprintf("%s/%dx%dx%d", name, m, k, n), func(b *testing.B) {
				fastest(b, 2*m*n*k, peak, func() { p.MulRows(dst, &rows, bias) })
			})
		}
	}
}

func BenchmarkQuantise(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*1536)
	var rows Rows
	fastest(b, len(x), 0, func() { rows.Quantise(x, 320, 1536) })
}

func BenchmarkGELU(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*1536)
	y := make([]float32, len(x))
	fastest(b, len(x), 0, func() {
		copy(y, x)
		GELU(y)
	})
}

func BenchmarkAddNorm(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*384)
	y := make([]float32, len(x))
	fastest(b, len(x), 0, func() { AddNorm(y, x, x, x[:384], x[384:768], 320, 384, 1e-12) })
}

func BenchmarkAdd(b *testing.B) {
	x := random(rand.New(rand.NewPCG(1, 1)), 320*384)
	y := make([]float32, len(x))
	fastest(b, len(x), 0, func() { Add(y, x) })
}

func benchmarkAttention(b *testing.B, f func(dst, qkv []float32, n, heads, dim int, s *Scratch)) {
	const n, heads, dim = 320, 12, 32
	qkv := random(rand.New(rand.NewPCG(1, 1)), n*3*heads*dim)
	dst := make([]float32, n*heads*dim)
	var s Scratch
	fastest(b, 4*n*n*heads*dim, 0, func() { f(dst, qkv, n, heads, dim, &s) })
}

func BenchmarkAttention(b *testing.B)    { benchmarkAttention(b, Attention) }
func BenchmarkAttentionInt(b *testing.B) { benchmarkAttention(b, AttentionInt) }
