package kernel

import "golang.org/x/sys/cpu"

// native lists the instruction sets of this processor: NEON is part of every
// arm64, the dot product of bytes of most.
func native() []*isa {
	if cpu.ARM64.HasASIMDDP {
		return []*isa{&neonDot, &neon}
	}
	return []*isa{&neon}
}

// neon has 6 x 16 tiles of f32 and int16, and the element-wise kernels.
var neon = func() isa {
	n := plain
	n.name = "neon-smlal"
	n.mr = 6
	n.f32Tile = func(c []float32, ldc int, a []float32, lda int, b []float32, rows, k int, bias []float32) {
		if k == 0 {
			plainF32Tile(c, ldc, a, lda, b, rows, k, bias)
			return
		}
		var start *float32
		if bias != nil {
			start = &bias[0]
		}
		f32TileNEON(&c[0], ldc, &a[0], lda, &b[0], rows, k, start)
	}
	n.i16Tile = func(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int) {
		if k == 0 {
			plainI16Tile(c, ldc, a, lda, b, rows, k)
			return
		}
		i16TileNEON(&c[0], ldc, &a[0], lda, &b[0], rows, k)
	}
	n.dequantise = func(dst []float32, ldd int, c []int32, rows int, rowScale, colScale, bias []float32) {
		dequantiseNEON(&dst[0], ldd, &c[0], rows, &rowScale[0], &colScale[0], &bias[0])
	}
	n.quantise = func(q []int16, ldq int, scale, x []float32, blocks, dim int, limit float32) {
		if blocks == 0 || dim == 0 || dim%16 != 0 {
			plainQuantise(q, ldq, scale, x, blocks, dim, limit)
			return
		}
		quantiseNEON(&q[0], ldq, &scale[0], &x[0], blocks, dim, limit)
	}
	n.largestMagnitudes = func(top, x []float32) {
		whole := len(x) &^ 3
		if whole > 0 {
			largestMagnitudesNEON(&top[0], &x[0], whole/4)
		}
		plainLargestMagnitudes(top[whole:], x[whole:])
	}
	n.roundPairs = func(dst []int16, x0, x1, inv []float32) {
		roundPairsNEON(&dst[0], &x0[0], &x1[0], &inv[0])
	}
	n.addNormRow = func(dst, x, residual, gamma, beta []float32, eps float32) {
		if len(x) == 0 || len(x)%32 != 0 {
			plainAddNormRow(dst, x, residual, gamma, beta, eps)
			return
		}
		var r *float32
		if residual != nil {
			r = &residual[0]
		}
		addNormNEON(&dst[0], &x[0], r, &gamma[0], &beta[0], len(x), eps)
	}
	n.gelu = func(x []float32) {
		whole := len(x) &^ 15
		if whole > 0 {
			geluNEON(&x[0], whole/16)
		}
		plainGELU(x[whole:])
	}
	n.add = func(dst, x []float32) {
		whole := len(x) &^ 3
		if whole > 0 {
			addNEON(&dst[0], &x[0], whole/4)
		}
		plainAdd(dst[whole:], x[whole:])
	}
	n.maxOf = func(x []float32) float32 { return maxNEON(&x[0], len(x)/16) }
	n.expRow = func(x []float32, shift float32) float32 { return expNEON(&x[0], shift, len(x)/16) }
	n.probRow = func(p []int16, x []float32) int32 { return probNEON(&p[0], &x[0], len(x)/16) }
	n.toBytes = func(dst []uint8, src []int16) {
		whole := len(src) &^ 15
		if whole > 0 {
			toBytesNEON(&dst[0], &src[0], whole/16)
		}
		plainToBytes(dst[whole:], src[whole:])
	}
	return n
}()

// neonDot multiplies bytes with the dot product instruction.
var neonDot = func() isa {
	n := neon
	n.name = "neon"
	n.byteLimit = 128
	n.byteTile = func(c []int32, a []uint8, lda int, b []int8, rows, k int, _ []int32) {
		if k == 0 {
			clear(c[:rows*panelWidth])
			return
		}
		byteTileSDOT(&c[0], &a[0], lda, &b[0], rows, k)
	}
	return n
}()

//go:noescape
func f32TileNEON(c *float32, ldc int, a *float32, lda int, b *float32, rows, k int, bias *float32)

//go:noescape
func i16TileNEON(c *int32, ldc int, a *int16, lda int, b *int16, rows, k int)

//go:noescape
func byteTileSDOT(c *int32, a *uint8, lda int, b *int8, rows, k int)

//go:noescape
func dequantiseNEON(dst *float32, ldd int, c *int32, rows int, rowScale, colScale, bias *float32)

//go:noescape
func quantiseNEON(q *int16, ldq int, scale, x *float32, blocks, dim int, limit float32)

//go:noescape
func largestMagnitudesNEON(top, x *float32, fours int)

//go:noescape
func roundPairsNEON(dst *int16, x0, x1, inv *float32)

//go:noescape
func addNormNEON(dst, x, residual, gamma, beta *float32, n int, eps float32)

//go:noescape
func geluNEON(x *float32, sixteens int)

//go:noescape
func addNEON(dst, x *float32, fours int)

//go:noescape
func maxNEON(x *float32, sixteens int) float32

//go:noescape
func expNEON(x *float32, shift float32, sixteens int) float32

//go:noescape
func probNEON(p *int16, x *float32, sixteens int) int32

//go:noescape
func toBytesNEON(dst *uint8, src *int16, sixteens int)

func plainToBytes(dst []uint8, src []int16) {
	for j, v := range src {
		dst[j] = uint8(v)
	}
}
