package kernel

import "golang.org/x/sys/cpu"

// native lists the instruction sets that this processor has, best first.
func native() []*isa {
	var all []*isa
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		all = append(all, &avx2)
	}
	return all
}

// avx2 is for processors with 256-bit vectors: 6 x 16 tiles, int8 weights
// widened to int16 one panel at a time.
var avx2 = isa{
	name: "avx2",
	mr:   6,
	f32Tile: func(c []float32, ldc int, a []float32, lda int, b []float32, rows, k int, bias []float32) {
		var start *float32
		if bias != nil {
			start = &bias[0]
		}
		if len(b) == 0 {
			plainF32Tile(c, ldc, a, lda, b, rows, k, bias)
			return
		}
		f32TileAVX2(&c[0], ldc, &a[0], lda, &b[0], rows, k, start)
	},
	i16Tile: func(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int, add bool) {
		if k == 0 {
			plainI16Tile(c, ldc, a, lda, b, rows, k, add)
			return
		}
		i16TileAVX2(&c[0], ldc, &a[0], lda, &b[0], rows, k, add)
	},
	widen: func(dst []int16, src []int8) {
		if len(src) > 0 {
			widenAVX2(&dst[0], &src[0], len(src)/64)
		}
	},
	dequantise: func(dst []float32, ldd int, c []int32, rows int, rowScale, colScale, bias []float32) {
		dequantiseAVX2(&dst[0], ldd, &c[0], rows, &rowScale[0], &colScale[0], &bias[0])
	},
	quantise: func(q []int16, ldq int, scale, x []float32, blocks, dim int, limit float32) {
		if blocks == 0 || dim == 0 || dim%16 != 0 {
			plainQuantise(q, ldq, scale, x, blocks, dim, limit)
			return
		}
		quantiseAVX2(&q[0], ldq, &scale[0], &x[0], blocks, dim, limit)
	},
	largestMagnitudes: func(top, x []float32) {
		n := len(x) &^ 7
		if n > 0 {
			largestMagnitudesAVX2(&top[0], &x[0], n/8)
		}
		plainLargestMagnitudes(top[n:], x[n:])
	},
	roundPairs: func(dst []int16, x0, x1, inv []float32) {
		roundPairsAVX2(&dst[0], &x0[0], &x1[0], &inv[0])
	},
	addNormRow: func(dst, x, residual, gamma, beta []float32, eps float32) {
		if len(x) == 0 || len(x)%32 != 0 {
			plainAddNormRow(dst, x, residual, gamma, beta, eps)
			return
		}
		var r *float32
		if residual != nil {
			r = &residual[0]
		}
		addNormAVX2(&dst[0], &x[0], r, &gamma[0], &beta[0], len(x), eps)
	},
	gelu: func(x []float32) {
		n := len(x) &^ 7
		if n > 0 {
			geluAVX2(&x[0], n/8)
		}
		plainGELU(x[n:])
	},
	add: func(dst, x []float32) {
		n := len(x) &^ 7
		if n > 0 {
			addAVX2(&dst[0], &x[0], n/8)
		}
		plainAdd(dst[n:], x[n:])
	},
	maxOf: func(x []float32) float32 { return maxAVX2(&x[0], len(x)/16) },
	scoreRow: func(f []float32, c []int32, ks []float32, qs float32) {
		scoreAVX2(&f[0], &c[0], &ks[0], qs, len(c)/16)
	},
	expRow: func(x []float32, shift float32) float32 { return expAVX2(&x[0], shift, len(x)/16) },
	probRow: func(p []int16, x []float32, scale float32) int32 {
		return probAVX2(&p[0], &x[0], scale, len(x)/16)
	},
}

//go:noescape
func f32TileAVX2(c *float32, ldc int, a *float32, lda int, b *float32, rows, k int, bias *float32)

//go:noescape
func i16TileAVX2(c *int32, ldc int, a *int16, lda int, b *int16, rows, k int, add bool)

//go:noescape
func widenAVX2(dst *int16, src *int8, groups int)

//go:noescape
func dequantiseAVX2(dst *float32, ldd int, c *int32, rows int, rowScale, colScale, bias *float32)

//go:noescape
func quantiseAVX2(q *int16, ldq int, scale, x *float32, blocks, dim int, limit float32)

//go:noescape
func largestMagnitudesAVX2(top, x *float32, eights int)

//go:noescape
func roundPairsAVX2(dst *int16, x0, x1, inv *float32)

//go:noescape
func addNormAVX2(dst, x, residual, gamma, beta *float32, n int, eps float32)

//go:noescape
func geluAVX2(x *float32, eights int)

//go:noescape
func addAVX2(dst, x *float32, eights int)

//go:noescape
func maxAVX2(x *float32, sixteens int) float32

//go:noescape
func scoreAVX2(f *float32, c *int32, ks *float32, qs float32, sixteens int)

//go:noescape
func expAVX2(x *float32, shift float32, sixteens int) float32

//go:noescape
func probAVX2(p *int16, x *float32, scale float32, sixteens int) int32
