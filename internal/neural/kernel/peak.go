package kernel

import (
	"math"
	"time"
)

// Peak measures how many billion operations a second (a multiplication and an
// addition count as two) the inner loops of the f32 and of the int8 product
// reach on one core with all data in the nearest caches: the yardstick for
// everything built on them. The int8 product is that of weights of all eight
// bits. It takes about a tenth of a second.
func Peak() (f32, i8 float64) { return peak(current, 128) }

// PeakNarrow is Peak for int8 weights of at most NarrowWeight in magnitude.
func PeakNarrow() (f32, i8 float64) { return peak(current, NarrowWeight) }

func peak(c *isa, largest int16) (f32, i8 float64) {
	const k, calls = 384, 64
	a := make([]float32, c.mr*k)
	b := make([]float32, k*panelWidth)
	sums := make([]float32, c.mr*panelWidth)
	for i := range a {
		a[i] = float32(i%31-15) / 16
	}
	copy(b, a)
	ops := 2 * calls * c.mr * panelWidth * k
	f32 = rate(ops, func() {
		for range calls {
			c.f32Tile(sums, panelWidth, a, k, b, c.mr, k, zeroBias[:])
		}
	})
	acc := make([]int32, c.mr*panelWidth)
	if c.runTiles != nil && largest <= c.byteLimit {
		q, w, shift := make([]uint8, c.mr*k), make([]int8, k*panelWidth), make([]int16, k/block*2*panelWidth)
		kind := uint8(runKinds)
		fill(q, 1)
		fill(w, 1)
		j := &job{
			acc: new([maxTileRows * panelWidth]int32), dst: &sums[0], a: &q[0], rowScale: &a[0], b: &w[0], shift: &shift[0], colScale: &a[0], bias: &zeroBias[0],
			kinds: &kind, count: 1, blocks: k / block, ldd: panelWidth, lda: k,
		}
		return f32, rate(ops, func() {
			for range calls {
				c.runTiles(j)
			}
		})
	}
	if c.byteTile != nil && largest <= c.byteLimit {
		q, w := make([]uint8, c.mr*k), make([]int8, k*panelWidth)
		fill(q, 1)
		fill(w, 1)
		start := make([]int32, panelWidth)
		return f32, rate(ops, func() {
			for range calls {
				c.byteTile(acc, q, k, w, c.mr, k, start)
			}
		})
	}
	q, w := make([]int16, c.mr*k), make([]int16, k*panelWidth)
	fill(q, 1)
	fill(w, 1)
	return f32, rate(ops, func() {
		for range calls {
			c.i16Tile(acc, panelWidth, q, k, w, c.mr, k)
		}
	})
}

// rate runs f, which does ops operations in some tens of microseconds, for
// about 50 ms and returns 1e-9 times the operations a second of the fastest
// run: the one least disturbed by other programs.
func rate(ops int, f func()) float64 {
	best := time.Duration(math.MaxInt64)
	for begin := time.Now(); time.Since(begin) < 50*time.Millisecond; {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return float64(ops) / best.Seconds() / 1e9
}

// fill writes v everywhere. Memory that was never written may be one page of
// zeros over and over, which caches do not hold as they hold other pages.
func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}
