package kernel

import "math"

// plain is the definition of every kernel, in portable Go. A product that is
// added to something is converted explicitly, float32(a*b)+c: the Go compiler
// may otherwise fuse the two operations on some processors and round once.
var plain = isa{
	name:              "plain",
	mr:                4,
	f32Tile:           plainF32Tile,
	i16Tile:           plainI16Tile,
	widen:             plainWiden,
	dequantise:        plainDequantise,
	quantise:          plainQuantise,
	largestMagnitudes: plainLargestMagnitudes,
	roundPairs:        plainRoundPairs,
	addNormRow:        plainAddNormRow,
	gelu:              plainGELU,
	add:               plainAdd,
	maxOf:             plainMax,
	expRow:            plainExpRow,
	probRow:           plainProbRow,
}

// plainF32Tile keeps two rows by four columns in registers.
func plainF32Tile(c []float32, ldc int, a []float32, lda int, b []float32, rows, k int, bias []float32) {
	for r := 0; r < rows; r += 2 {
		a0 := a[r*lda:][:k]
		r1 := min(r+1, rows-1)
		a1 := a[r1*lda:][:k]
		for j := 0; j < panelWidth; j += 4 {
			var s00, s01, s02, s03, s10, s11, s12, s13 float32
			for p, x := range a0 {
				y := a1[p]
				w := b[p*panelWidth+j:][:4]
				s00 += x * w[0]
				s01 += x * w[1]
				s02 += x * w[2]
				s03 += x * w[3]
				s10 += y * w[0]
				s11 += y * w[1]
				s12 += y * w[2]
				s13 += y * w[3]
			}
			c0, c1 := c[r*ldc+j:][:4], c[r1*ldc+j:][:4]
			from0, from1 := c0, c1
			if bias != nil {
				from0, from1 = bias[j:][:4], bias[j:][:4]
			}
			// The second row first: where there is only one it is the same.
			t0, t1, t2, t3 := s00+from0[0], s01+from0[1], s02+from0[2], s03+from0[3]
			if r1 != r {
				c1[0], c1[1], c1[2], c1[3] = s10+from1[0], s11+from1[1], s12+from1[2], s13+from1[3]
			}
			c0[0], c0[1], c0[2], c0[3] = t0, t1, t2, t3
		}
	}
}

// plainI16Tile keeps two rows by four columns in registers.
func plainI16Tile(c []int32, ldc int, a []int16, lda int, b []int16, rows, k int) {
	for r := 0; r < rows; r += 2 {
		a0 := a[r*lda:][:k]
		r1 := min(r+1, rows-1)
		a1 := a[r1*lda:][:k]
		for j := 0; j < panelWidth; j += 4 {
			var s00, s01, s02, s03, s10, s11, s12, s13 int32
			for p := 0; p+1 < k; p += 2 {
				x0, x1 := int32(a0[p]), int32(a0[p+1])
				y0, y1 := int32(a1[p]), int32(a1[p+1])
				w := b[p*panelWidth+2*j:][:8]
				s00 += x0*int32(w[0]) + x1*int32(w[1])
				s01 += x0*int32(w[2]) + x1*int32(w[3])
				s02 += x0*int32(w[4]) + x1*int32(w[5])
				s03 += x0*int32(w[6]) + x1*int32(w[7])
				s10 += y0*int32(w[0]) + y1*int32(w[1])
				s11 += y0*int32(w[2]) + y1*int32(w[3])
				s12 += y0*int32(w[4]) + y1*int32(w[5])
				s13 += y0*int32(w[6]) + y1*int32(w[7])
			}
			c0, c1 := c[r*ldc+j:][:4], c[r1*ldc+j:][:4]
			c0[0], c0[1], c0[2], c0[3] = s00, s01, s02, s03
			c1[0], c1[1], c1[2], c1[3] = s10, s11, s12, s13
		}
	}
}

func plainWiden(dst []int16, src []int8) {
	for g := 0; g < len(src); g += 4 * panelWidth {
		from, to := src[g:][:4*panelWidth], dst[g:][:4*panelWidth]
		for j := range panelWidth {
			to[2*j] = int16(from[4*j])
			to[2*j+1] = int16(from[4*j+1])
			to[2*panelWidth+2*j] = int16(from[4*j+2])
			to[2*panelWidth+2*j+1] = int16(from[4*j+3])
		}
	}
}

func plainDequantise(dst []float32, ldd int, c []int32, rows int, rowScale, colScale, bias []float32) {
	for r := range rows {
		s := rowScale[r]
		out, sum := dst[r*ldd:][:panelWidth], c[r*panelWidth:][:panelWidth]
		for j, v := range sum {
			out[j] = float32(float32(v)*float32(s*colScale[j])) + bias[j]
		}
	}
}

func abs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

func plainAbsMax(x []float32) float32 {
	var top float32
	for _, v := range x {
		if v = abs(v); v > top {
			top = v
		}
	}
	return top
}

func plainMax(x []float32) float32 {
	top := x[0]
	for _, v := range x {
		if v > top {
			top = v
		}
	}
	return top
}

// tiny is the largest magnitude that is quantised as zero: below it the
// reciprocal of a scale may overflow.
const tiny = 1e-30

// quantiser returns the factor from values to quantised values of magnitude at
// most limit, and the scale back; both zero where top is tiny.
func quantiser(top, limit float32) (inv, scale float32) {
	if !(top > tiny) {
		return 0, 0
	}
	return limit / top, top / limit
}

// roundingMagic added to a float32 of magnitude under 2^22 and subtracted again
// rounds it to an integer, half to even; added alone it leaves that integer in
// the low bits.
const roundingMagic float32 = 3 << 22

const roundingBits = 0x4B400000 // the bits of roundingMagic

func roundInt16(x float32) int16 {
	return int16(math.Float32bits(x+roundingMagic) - roundingBits)
}

const int8Max = 127

func plainQuantise(q []int16, ldq int, scale, x []float32, blocks, dim int, limit float32) {
	for b := range blocks {
		from := x[b*dim:][:dim]
		inv, s := quantiser(plainAbsMax(from), limit)
		scale[b] = s
		to := q[b*ldq:][:dim]
		for j, v := range from {
			to[j] = roundInt16(float32(v * inv))
		}
	}
}

func plainLargestMagnitudes(top, x []float32) {
	for j, v := range x {
		if v = abs(v); v > top[j] {
			top[j] = v
		}
	}
}

func plainRoundPairs(dst []int16, x0, x1, inv []float32) {
	x0, x1, inv, dst = x0[:panelWidth], x1[:panelWidth], inv[:panelWidth], dst[:2*panelWidth]
	for j, f := range inv {
		dst[2*j] = roundInt16(float32(x0[j] * f))
		dst[2*j+1] = roundInt16(float32(x1[j] * f))
	}
}

// fold adds 32 lanes by halves: lane j+16 to lane j, then j+8, 4, 2, 1.
func fold(lanes *[32]float32) float32 {
	for w := 16; w > 0; w /= 2 {
		for j := range w {
			lanes[j] += lanes[j+w]
		}
	}
	return lanes[0]
}

func plainAddNormRow(dst, x, residual, gamma, beta []float32, eps float32) {
	n := float32(len(x))
	var lanes [32]float32
	for j, v := range x {
		if residual != nil {
			v += residual[j]
		}
		dst[j] = v
		lanes[j%32] += v
	}
	mean := fold(&lanes) / n
	lanes = [32]float32{}
	for j, v := range dst {
		v -= mean
		dst[j] = v
		lanes[j%32] += float32(v * v)
	}
	inv := 1 / float32(math.Sqrt(float64(fold(&lanes)/n+eps)))
	for j, v := range dst {
		dst[j] = float32(float32(v*inv)*gamma[j]) + beta[j]
	}
}

// The exponential: x = n·ln2 + r with n whole and |r| <= ln2/2, then a
// polynomial in r (Cephes' expf, S. Moshier), in pairs of terms (Estrin) so that
// fewer operations wait for each other, times 2^n. Arguments are cut to
// ±expLimit so that 2^n and the product stay normal numbers.
const (
	expLimit float32 = 86
	log2e    float32 = 1.44269504088896341
	ln2Hi    float32 = 0.693359375
	ln2Lo    float32 = -2.12194440e-4
	exp0     float32 = 1.9875691500e-4
	exp1     float32 = 1.3981999507e-3
	exp2     float32 = 8.3334519073e-3
	exp3     float32 = 4.1665795894e-2
	exp4     float32 = 1.6666665459e-1
	exp5     float32 = 5.0000001201e-1
)

func plainExp(x float32) float32 {
	if x > expLimit {
		x = expLimit
	}
	if x < -expLimit {
		x = -expLimit
	}
	t := float32(x*log2e) + roundingMagic
	n := t - roundingMagic
	r := x - float32(n*ln2Hi)
	r -= float32(n * ln2Lo)
	r2 := float32(r * r)
	y := float32(exp0*r) + exp1
	y = float32(y*r2) + (float32(exp2*r) + exp3)
	y = float32(y*r2) + (float32(exp4*r) + exp5)
	y = float32(y*r2) + r
	y++
	return math.Float32frombits(math.Float32bits(y) + math.Float32bits(t)<<23)
}

// 2u = x·(gelu0 + gelu1·x²).
const (
	gelu0 float32 = 2 * 0.7978845608
	gelu1 float32 = 2 * 0.7978845608 * 0.044715
)

func plainGELU(x []float32) {
	for i, v := range x {
		u := float32(v * (float32(gelu1*float32(v*v)) + gelu0))
		x[i] = v / (1 + plainExp(-u))
	}
}

func plainAdd(dst, x []float32) {
	for i, v := range x {
		dst[i] += v
	}
}

func plainExpRow(x []float32, shift float32) float32 {
	var lanes [32]float32
	for j, v := range x {
		v = plainExp(v - shift)
		x[j] = v
		lanes[j%32] += v
	}
	return fold(&lanes)
}

func plainFromBytes(dst []int16, src []uint8, offset int16) {
	for j, v := range src {
		dst[j] = int16(v) - offset
	}
}

// plainQuantiseBytes adds 128 to what plainQuantise gives.
func plainQuantiseBytes(q []uint8, ldq int, energy []energies, scale, x []float32, m, k int) {
	for i := range m {
		energy[i] = plainQuantiseRow(q[i*ldq:(i+1)*ldq], &scale[i], x[i*k:(i+1)*k], int8Max, 128)
	}
}

// plainQuantiseRow quantises x to magnitudes of limit, plus offset; q may be
// longer than x.
func plainQuantiseRow(q []uint8, scale *float32, x []float32, limit float32, offset int) energies {
	inv, s := quantiser(plainAbsMax(x), limit)
	*scale = s
	var lanes [2]lane
	var sums [2]uint32
	for j := range q {
		v := 0
		if j < len(x) {
			v = int(roundInt16(float32(x[j] * inv)))
		}
		q[j] = uint8(v + offset)
		addSquare(&lanes, &sums, j, v)
	}
	lanes[0].most.raise(lanes[1].most)
	return lanes[0].most
}

// addSquare adds the square of element j of a row to its lane.
func addSquare(lanes *[2]lane, sums *[2]uint32, j, v int) {
	sums[j%4/2] += uint32(v * v)
	if (j+1)%block == 0 {
		lanes[0].add(j/block, sums[0])
		lanes[1].add(j/block, sums[1])
		*sums = [2]uint32{}
	}
}

func plainPanelRuns(shift []int16, panel []int8) energies {
	var top energies
	for at := range 2 * panelWidth {
		var l lane
		for b := range len(panel) / (block * panelWidth) {
			sum, energy := 0, 0
			for g := range block / 4 {
				v := panel[(b*block/4+g)*4*panelWidth+2*at:][:2]
				x, y := int(v[0]), int(v[1])
				sum += x + y
				energy += x*x + y*y
			}
			shift[b*2*panelWidth+at] = int16(-128 * sum)
			l.add(b, uint32(energy))
		}
		top.raise(l.most)
	}
	return top
}

// 2^x for x of at most 8: x = n + f with n whole and |f| <= 1/2, and a polynomial
// that is right to 8e-5 of the result.
const (
	log2of255 float32 = 7.994353436858858
	lowest    float32 = -30 // 2^lowest is rounded to nothing
	pow0      float32 = 0.055171672254800797
	pow1      float32 = 0.2426111400127411
	pow2      float32 = 0.6932609677314758
	pow3      float32 = 0.9999280571937561
)

// plainProbRow gives the largest element 255. It is all that softmax needs: its
// sum takes the factor out again.
func plainProbRow(p []int16, x []float32) int32 {
	top := plainMax(x)
	var sum int32
	for j, v := range x {
		v = v - top + log2of255
		if v < lowest {
			v = lowest
		}
		t := v + roundingMagic
		f := v - (t - roundingMagic)
		y := float32(pow0*f) + pow1
		y = float32(y*f) + pow2
		y = float32(y*f) + pow3
		q := roundInt16(math.Float32frombits(math.Float32bits(y) + math.Float32bits(t)<<23))
		p[j] = q
		sum += int32(q)
	}
	return sum
}

// plainProbBytes is plainProbRow to bytes.
func plainProbBytes(p []uint8, x []float32, words []int16) (int32, energies) {
	sum := plainProbRow(words, x)
	var lanes [2]lane
	var sums [2]uint32
	for j := range p {
		p[j] = uint8(words[j])
		addSquare(&lanes, &sums, j, int(words[j]))
	}
	lanes[0].most.raise(lanes[1].most)
	return sum, lanes[0].most
}
