package kernel

import "golang.org/x/sys/cpu"

// native lists the instruction sets that this processor has, best first.
func native() []*isa {
	var all []*isa
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return nil
	}
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI {
		all = append(all, &avx512)
	}
	all = append(all, &avx2)
	return all
}

// avx2 is for processors with 256-bit vectors: 6 x 16 tiles. Weights of 7 bits
// are multiplied as bytes; larger ones are widened to int16 one panel at a time.
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
	i16Tile: func(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int) {
		if k == 0 {
			plainI16Tile(c, ldc, a, lda, b, rows, k)
			return
		}
		i16TileAVX2(&c[0], ldc, &a[0], lda, &b[0], rows, k)
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
	roundPairs: plainRoundPairs,
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
		n := len(x) &^ 31
		if n > 0 {
			geluAVX2(&x[0], n/32)
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
	maxOf:  func(x []float32) float32 { return maxAVX2(&x[0], len(x)/16) },
	expRow: func(x []float32, shift float32) float32 { return expAVX2(&x[0], shift, len(x)/16) },
	quantiseBytes: func(q []uint8, ldq int, energy []energies, scale, x []float32, m, k int) {
		if m == 0 || k == 0 || k%64 != 0 {
			plainQuantiseBytes(q, ldq, energy, scale, x, m, k)
			return
		}
		quantiseBytesAVX2(&q[0], &energy[0], &scale[0], &x[0], m, k)
	},
	fromBytes: func(dst []int16, src []uint8, offset int16) {
		n := len(src) &^ 15
		if n > 0 {
			fromBytesAVX2(&dst[0], &src[0], offset, n/16)
		}
		plainFromBytes(dst[n:], src[n:], offset)
	},
	byteTile: func(c []int32, a []uint8, lda int, b []int8, rows, k int, start []int32) {
		if k == 0 {
			clear(c[:rows*panelWidth])
			return
		}
		byteTileAVX2(&c[0], &a[0], lda, &b[0], rows, k, &start[0])
	},
	runTiles: runTilesAVX2,
	panelRuns: func(shift []int16, panel []int8) (e energies) {
		if len(panel) > 0 {
			panelRunsAVX2(&shift[0], &e, &panel[0], len(panel)/(block*panelWidth))
		}
		return e
	},
	bytes: &byteAttention{
		quantiseHeads: func(q []uint8, ldq int, energy []energies, scale, x []float32, heads, dim int, limit float32, offset uint8) {
			if dim != 32 || heads == 0 {
				plainQuantiseHeads(q, ldq, energy, scale, x, heads, dim, limit, offset)
				return
			}
			var e *energies
			if energy != nil {
				e = &energy[0]
			}
			quantiseHeadsAVX2(&q[0], e, &scale[0], &x[0], heads, limit, offset)
		},
		packKeys: func(dst []int8, src []uint8, stride, panels, depth int) {
			if depth != 32 {
				plainPackKeys(dst, src, stride, panels, depth)
				return
			}
			packKeysAVX2(&dst[0], &src[0], stride, panels)
		},
		roundColumns: func(dst []uint8, x, inv []float32) {
			n := len(x) &^ 31
			if n > 0 {
				roundColumnsAVX2(&dst[0], &x[0], &inv[0], n/32)
			}
			plainRoundColumns(dst[n:], x[n:], inv[n:])
		},
		packValues: func(dst []int8, src []uint8, stride, rows int) {
			packValuesAVX2(&dst[0], &src[0], stride, rows/4)
		},
		probRow: func(p []uint8, x []float32) (sum int32, e energies) {
			sum = probBytesAVX2(&p[0], &e, &x[0], len(x)/16)
			return sum, e
		},
	},
	byteLimit:  NarrowWeight,
	byteOffset: 128,
	probRow:    plainProbRow,
}

// avx512 is for processors with 512-bit vectors and VNNI: 12 x 16 tiles for the
// products, and for all the rest the code of avx2.
var avx512 = func() isa {
	c := avx2
	c.name = "avx512vnni"
	c.mr = 12
	c.byteLimit = 128
	c.runTiles = nil
	c.f32Tile = func(c []float32, ldc int, a []float32, lda int, b []float32, rows, k int, bias []float32) {
		if rows < 12 || k == 0 {
			inSixes(rows, func(i, rows int) { avx2.f32Tile(c[i*ldc:], ldc, a[i*lda:], lda, b, rows, k, bias) })
			return
		}
		var start *float32
		if bias != nil {
			start = &bias[0]
		}
		f32Tile12AVX512(&c[0], ldc, &a[0], lda, &b[0], k, start)
	}
	c.i16Tile = func(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int) {
		if rows < 12 || k == 0 {
			inSixes(rows, func(i, rows int) { avx2.i16Tile(c[i*ldc:], ldc, a[i*lda:], lda, b, rows, k) })
			return
		}
		i16Tile12AVX512(&c[0], ldc, &a[0], lda, &b[0], k)
	}
	c.byteTile = func(c []int32, a []uint8, lda int, b []int8, rows, k int, start []int32) {
		if k == 0 {
			clear(c[:rows*panelWidth])
			return
		}
		for i := 0; i < rows; {
			size := 1
			switch left := rows - i; {
			case left >= 12:
				size = 12
			case left >= 4:
				size = 4
			}
			byteTileVNNI(&c[i*panelWidth], &a[i*lda], lda, &b[0], size, k, &start[0])
			i += size
		}
	}
	return c
}()

// inSixes calls f for stretches of at most six rows.
func inSixes(rows int, f func(i, rows int)) {
	for i := 0; i < rows; i += avx2.mr {
		f(i, min(avx2.mr, rows-i))
	}
}

//go:noescape
func f32Tile12AVX512(c *float32, ldc int, a *float32, lda int, b *float32, k int, bias *float32)

//go:noescape
func i16Tile12AVX512(c *int32, ldc int, a *int16, lda int, b *int16, k int)

//go:noescape
func byteTileVNNI(c *int32, a *uint8, lda int, b *int8, rows, k int, start *int32)

//go:noescape
func quantiseBytesAVX2(q *uint8, energy *energies, scale, x *float32, rows, dim int)

//go:noescape
func fromBytesAVX2(dst *int16, src *uint8, offset int16, sixteens int)

//go:noescape
func f32TileAVX2(c *float32, ldc int, a *float32, lda int, b *float32, rows, k int, bias *float32)

//go:noescape
func i16TileAVX2(c *int32, ldc int, a *int16, lda int, b *int16, rows, k int)

//go:noescape
func byteTileAVX2(c *int32, a *uint8, lda int, b *int8, rows, k int, start *int32)

//go:noescape
func widenAVX2(dst *int16, src *int8, groups int)

//go:noescape
func dequantiseAVX2(dst *float32, ldd int, c *int32, rows int, rowScale, colScale, bias *float32)

//go:noescape
func quantiseAVX2(q *int16, ldq int, scale, x *float32, blocks, dim int, limit float32)

//go:noescape
func largestMagnitudesAVX2(top, x *float32, eights int)

//go:noescape
func addNormAVX2(dst, x, residual, gamma, beta *float32, n int, eps float32)

//go:noescape
func geluAVX2(x *float32, thirtyTwos int)

//go:noescape
func addAVX2(dst, x *float32, eights int)

//go:noescape
func maxAVX2(x *float32, sixteens int) float32

//go:noescape
func expAVX2(x *float32, shift float32, sixteens int) float32

//go:noescape
func runTilesAVX2(j *job)

//go:noescape
func panelRunsAVX2(shift *int16, e *energies, panel *int8, blocks int)

//go:noescape
func quantiseHeadsAVX2(q *uint8, energy *energies, scale, x *float32, heads int, limit float32, offset uint8)

//go:noescape
func packKeysAVX2(dst *int8, src *uint8, stride, panels int)

//go:noescape
func roundColumnsAVX2(dst *uint8, x, inv *float32, thirtyTwos int)

//go:noescape
func packValuesAVX2(dst *int8, src *uint8, stride, groups int)

//go:noescape
func probBytesAVX2(p *uint8, e *energies, x *float32, sixteens int) int32
