package encoder

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/weights"
)

// shipped is a model of the shipped one's sizes with random weights.
func shipped() *Model {
	r := rand.New(rand.NewPCG(2, 3))
	floats := func(n int, mean float32) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = mean + (r.Float32()-.5)/4
		}
		return out
	}
	bytes := func(n int) []int8 {
		out := make([]int8, n)
		for i := range out {
			out[i] = int8(r.IntN(255) - 127)
		}
		return out
	}
	matrix := func(n, k int) weights.Linear {
		l := weights.Linear{N: n, K: k, Bias: floats(n, 0), Q: bytes(n * k), Scale: make([]float32, n)}
		for i := range l.Scale {
			l.Scale[i] = float32(1 / (60 * math.Sqrt(float64(k))))
		}
		return l
	}
	normal := func(n int) weights.Norm { return weights.Norm{Weight: floats(n, 1), Bias: floats(n, 0)} }
	const vocabulary, positions, width, inner, tag = 1000, 512, 384, 1536, 128
	m := &Model{
		width: width, heads: width / headWidth, inner: inner, vocabulary: vocabulary, positions: positions,
		word: bytes(vocabulary * width), wordScale: floats(vocabulary, .01), position: floats(positions*width, 0),
		shape: floats(8*width, 0), quote: floats(2*width, 0), paragraph: floats(3*width, 0), embedNorm: normal(width),
		start1: matrix(tag, width), start2: matrix(1, tag),
		tag: tag, piece: matrix(tag, width), cueSum: matrix(tag, width), cueProduct: matrix(tag, width),
		distance: floats(2*buckets*tag, 0), tagNorm: normal(tag),
		conv1: matrix(tag, taps*tag), conv2: matrix(tag, taps*tag), out: matrix(Scores, tag),
	}
	for range 6 {
		m.layers = append(m.layers, layer{
			qkv: matrix(3*width, width), out: matrix(width, width), up: matrix(inner, width), down: matrix(width, inner),
			norm1: normal(width), norm2: normal(width),
		})
	}
	return m
}

// BenchmarkEncode reports the rate of the fastest window, the one least
// disturbed by other programs, also as a part of the kernels' own peak.
func BenchmarkEncode(b *testing.B) {
	const n = 318
	m := shipped()
	f32, i8 := kernel.Peak()
	in := Input{IDs: make([]int32, n), Shape: make([]uint8, n), Quote: make([]uint8, n), Paragraph: make([]uint8, n)}
	for i := range in.IDs {
		in.IDs[i] = int32(i * 37 % m.vocabulary)
	}
	for p, peak := range map[Precision]float64{Float32: f32, Quantised: i8} {
		b.Run(p.String(), func(b *testing.B) {
			s := m.NewSession(p)
			fastest := time.Duration(math.MaxInt64)
			for b.Loop() {
				start := time.Now()
				s.Encode(in)
				fastest = min(fastest, time.Since(start))
			}
			rate := m.Flops(n) / fastest.Seconds() / 1e9
			b.ReportMetric(fastest.Seconds()*1e3, "best-ms")
			b.ReportMetric(rate, "Gop/s")
			b.ReportMetric(100*rate/peak, "%peak")
		})
	}
}

// BenchmarkTag scores one cue over a window of 318 pieces, and over the 128
// around it.
func BenchmarkTag(b *testing.B) {
	const n = 318
	m := shipped()
	in := Input{IDs: make([]int32, n), Shape: make([]uint8, n), Quote: make([]uint8, n), Paragraph: make([]uint8, n)}
	for _, p := range []Precision{Float32, Quantised} {
		s := m.NewSession(p)
		s.Encode(in)
		var tags []float32
		b.Run(p.String()+"/whole", func(b *testing.B) {
			for b.Loop() {
				tags = s.Tag(tags[:0], 150, 0, n)
			}
		})
		b.Run(p.String()+"/128", func(b *testing.B) {
			for b.Loop() {
				tags = s.Tag(tags[:0], 150, 86, 214)
			}
		})
	}
}
