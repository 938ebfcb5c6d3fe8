package kernel

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// EnvISA is the environment variable that names the instruction set to use
// instead of the best one.
const EnvISA = "WHOSAID_KERNEL"

// panelWidth is the number of matrix columns that lie side by side in packed
// memory, on every processor.
const panelWidth = 16

// maxTileRows bounds isa.mr.
const maxTileRows = 12

// isa is one implementation of the inner loops. Every slice handed to these
// functions has been checked to be long enough.
type isa struct {
	name string

	// mr is the number of rows that the tile functions take at most.
	mr int

	// f32Tile computes a tile of rows x 16: c = a·b + bias, or c += a·b where
	// bias is nil. a has rows at distance lda, c at distance ldc; b is a packed
	// panel [k][16].
	f32Tile func(c []float32, ldc int, a []float32, lda int, b []float32, rows, k int, bias []float32)

	// i16Tile computes a tile of rows x 16 of exact 32-bit sums: c = a·b. b is a packed panel [k/2][16][2]; k is even.
	i16Tile func(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int)

	// widen unpacks an int8 panel [k/4][16][4] to int16 [k/2][16][2].
	widen func(dst []int16, src []int8)

	// dequantise writes rows x 16: dst = float32(c) * (rowScale*colScale) + bias.
	// c is [rows][16].
	dequantise func(dst []float32, ldd int, c []int32, rows int, rowScale, colScale, bias []float32)

	// quantise takes blocks of dim elements of x, one after the other, and for
	// each writes dim elements of q (the next block ldq further) and a scale:
	// q = round(x*limit/max|x|), scale = max|x|/limit.
	quantise func(q []int16, ldq int, scale, x []float32, blocks, dim int, limit float32)

	// largestMagnitudes raises each element of top to |x| where that is larger.
	largestMagnitudes func(top, x []float32)

	// roundPairs rounds 16 columns of two rows, x*inv, and lays the rows side by
	// side: dst is [16][2].
	roundPairs func(dst []int16, x0, x1, inv []float32)

	// addNormRow is AddNorm of one row; residual may be nil.
	addNormRow func(dst, x, residual, gamma, beta []float32, eps float32)

	// gelu is GELU in place.
	gelu func(x []float32)

	// add is dst += x.
	add func(dst, x []float32)

	// maxOf returns the largest element; len(x) is a multiple of 16.
	maxOf func(x []float32) float32

	// expRow replaces x by exp(x-shift) and returns the 32-lane sum; len(x) is
	// a multiple of 16.
	expRow func(x []float32, shift float32) float32

	// quantiseBytes takes the place of quantise for the rows of a product, on
	// processors that have a use for energies: m rows of k become bytes plus
	// byteOffset, the next row ldq further, zero between.
	quantiseBytes func(q []uint8, ldq int, energy []energies, scale, x []float32, m, k int)

	// toBytes stores int16 as bytes. It is needed with byteTile where there is no quantiseBytes.
	toBytes func(dst []uint8, src []int16)

	// fromBytes takes offset off bytes. It is needed with quantiseBytes.
	fromBytes func(dst []int16, src []uint8, offset int16)

	// probRow writes p = round(255*2^(x-max x)) and returns the sum of p; len(x) is
	// a multiple of 16.
	probRow func(p []int16, x []float32) int32

	// byteTile takes the place of widen and i16Tile in the int8 product where
	// no weight is larger than byteLimit in magnitude: c [rows][16] = start +
	// a·b, where b is a packed panel [k/4][16][4] and the rows of a are int8
	// plus byteOffset. It is nil on processors without such an instruction.
	byteTile func(c []int32, a []uint8, lda int, b []int8, rows, k int, start []int32)

	// runTiles is byteTile and dequantise in one, for several tiles, with sums of 16
	// bits over runs. It is nil where runs would not help.
	runTiles func(*job)

	// panelRuns writes the shift of a panel [blocks*4][16][4] and returns its
	// energies. It is needed with runTiles.
	panelRuns func(shift []int16, panel []int8) energies

	// bytes is how attention is computed in bytes; nil where it is in words.
	bytes *byteAttention

	// byteLimit is the largest magnitude of a weight that byteTile multiplies
	// without overflow: 128 is any.
	byteLimit int16

	// byteOffset is what is added to quantised activations before they are
	// stored as bytes: 128 for instructions that take them unsigned, else 0.
	byteOffset int16
}

// A job is what runTiles computes: count tiles of mr rows by 16 columns. From one
// to the next, dst, a and rowScale go rowStep rows down; b, shift, colScale and
// bias one panel on, and dst 16 columns to the right, if panelStep is 1.
type job struct {
	acc *[maxTileRows * panelWidth]int32 // room for sums, by itself: so no vector lies across two lines of the cache

	dst      *float32
	a        *uint8
	rowScale *float32
	b        *int8
	shift    *int16 // [blocks][32]
	colScale *float32
	bias     *float32
	kinds    *uint8 // see longestRun; 0 leaves a tile out

	count, blocks      int
	ldd, lda           int // distances of rows, in elements
	rowStep, panelStep int

	// What the next job will read is brought nearer, fetch lines of 64 bytes of a
	// panel for each tile, and one of shifts.
	ahead      *int8
	shiftAhead *int16
	fetch      int
}

func newJob() *job { return &job{acc: new([maxTileRows * panelWidth]int32)} }

var current = choose()

// available lists the instruction sets of this processor, best first.
func available() []*isa { return append(native(), &plain) }

// choose picks the instruction set at start: the one that EnvISA names if this
// processor has it, else the best that computes a small product correctly.
func choose() *isa {
	all := available()
	if want := os.Getenv(EnvISA); want != "" {
		for _, c := range all {
			if c.name == want {
				return c
			}
		}
	}
	for _, c := range all {
		if selfCheck(c) {
			return c
		}
	}
	return &plain
}

// CheckEnv reports an EnvISA that names an instruction set which this processor
// lacks; the best one is in use then.
func CheckEnv() error {
	name := os.Getenv(EnvISA)
	if name == "" || slices.Contains(ISAs(), name) {
		return nil
	}
	return fmt.Errorf("%s=%s: %w", EnvISA, name, unavailable(name))
}

func unavailable(name string) error {
	return fmt.Errorf("kernel %q: not available on this processor; choose one of %s", name, strings.Join(ISAs(), ", "))
}

// ISA names the instruction set in use.
func ISA() string { return current.name }

// ISAs lists the instruction sets of this processor, best first.
func ISAs() []string {
	var names []string
	for _, c := range available() {
		names = append(names, c.name)
	}
	return names
}

// Use switches to the named instruction set. It is for tests and for start-up:
// no other function of the package may be running.
func Use(name string) error {
	for _, c := range available() {
		if c.name == name {
			current = c
			return nil
		}
	}
	return unavailable(name)
}

// selfCheck tells whether c multiplies small matrices as the plain code does,
// tails included: int8 and attention to the bit, f32 (of whole numbers, so that
// rounding plays no part) likewise. A processor or a virtual machine that
// announces instructions which it does not carry out correctly is caught here.
func selfCheck(c *isa) bool {
	const m, n, k = 13, 35, 70
	w := make([]int8, n*k)
	wf := make([]float32, n*k)
	for i := range w {
		w[i] = int8(i*37%255 - 127)
		wf[i] = float32(w[i])
	}
	x := make([]float32, m*k)
	for i := range x {
		x[i] = float32(i*53%509 - 254)
	}
	scale := make([]float32, n)
	for i := range scale {
		scale[i] = float32(i+1) / 64
	}
	run := func(c *isa) []float32 {
		out := make([]float32, 3*m*n+m*k/3)
		var r Rows
		r.quantise(c, x, m, k)
		packInt8(c, w, scale, n, k).mulRows(c, out, &r, nil)
		narrow := make([]int8, n*k)
		for i, v := range w {
			narrow[i] = v / 2
		}
		packInt8(c, narrow, scale, n, k).mulRows(c, out[m*n:], &r, scale)
		PackF32(wf, n, k).mul(c, out[2*m*n:], x, scale, m)
		var s Scratch
		attentionInt(c, out[3*m*n:], x[:m*k/3*3], m, 1, k/3, &s)
		return out
	}
	return slices.Equal(run(c), run(&plain))
}
