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

// neon has 6 x 16 tiles of f32 and int16.
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
