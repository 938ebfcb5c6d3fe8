package kernel

import "sync"

var zeroStart [panelWidth]int32

// Int8 is a weight matrix of n outputs and k inputs in int8 with one scale per
// output, packed for multiplication. It is read-only and safe for concurrent
// use.
type Int8 struct {
	n, k    int
	kp      int       // k rounded up to whole groups of four
	panels  []int8    // [ceil(n/16)][kp/4][16][4], zero where an element does not exist
	scale   []float32 // n rounded up to whole panels
	largest int16     // magnitude of the largest weight
	start   []int32   // -128 times the sum of each column: takes away what the offset of unsigned rows adds
}

// NarrowWeight is the largest magnitude of weights that every processor
// multiplies as bytes. A matrix whose weights all keep to it (7 bits with the
// sign) is about a quarter faster on AVX2, where larger ones must be widened
// first; results are exact either way.
const NarrowWeight = 63

// MaxInnerInt8 is the largest number of inputs whose sum of products is sure
// to fit 32 bits.
const MaxInnerInt8 = 1 << 16

// PackInt8 packs row-major weights w [n][k] with the scale of each of the n
// rows. k is at most MaxInnerInt8.
func PackInt8(w []int8, scale []float32, n, k int) *Int8 {
	checkLen("weights", len(w), n*k)
	checkLen("scales", len(scale), n)
	if k > MaxInnerInt8 {
		panic("kernel: PackInt8: more inputs than MaxInnerInt8")
	}
	kp := roundUp(k, 4)
	np := roundUp(n, panelWidth)
	p := &Int8{
		n: n, k: k, kp: kp,
		panels: make([]int8, np*kp),
		scale:  make([]float32, np),
		start:  make([]int32, np),
	}
	copy(p.scale, scale[:n])
	for i := range n {
		col := i/panelWidth*kp*panelWidth + i%panelWidth*4
		var sum int32
		for j, v := range w[i*k : (i+1)*k] {
			p.panels[col+j/4*4*panelWidth+j%4] = v
			sum += int32(v)
			p.largest = max(p.largest, int16(v), -int16(v))
		}
		p.start[i] = -128 * sum
	}
	return p
}

// Rows are activations quantised row by row: q = round(x*127/max|x|), half to
// even, with one scale per row. The zero value is ready. Its memory is reused
// by the next Quantise. It also carries the working memory of a product, so it
// belongs to one worker: not safe for concurrent use.
type Rows struct {
	m, k  int
	kp    int // k rounded up to whole groups of four
	scale []float32
	q     []int16 // [m][kp]

	bytes     []uint8 // q plus offset, made when a product wants it
	haveBytes bool
	offset    int16

	panel []int16 // one widened panel of weights
	acc   []int32 // one tile of sums
	edge  edge
}

// Quantise fills r from x [m][k].
func (r *Rows) Quantise(x []float32, m, k int) { r.quantise(current, x, m, k) }

func (r *Rows) quantise(c *isa, x []float32, m, k int) {
	checkLen("rows", len(x), m*k)
	r.shape(m, k)
	c.quantise(r.q, r.kp, r.scale, x, m, k, int8Max)
}

// set fills r from rows that are quantised already.
func (r *Rows) set(q []int8, scale []float32, m, k int) {
	r.shape(m, k)
	copy(r.scale, scale[:m])
	for i := range m {
		row := r.q[i*r.kp:]
		for j, v := range q[i*k : (i+1)*k] {
			row[j] = int16(v)
		}
	}
}

// shape makes room and clears what lies between the columns and the end of a
// row.
func (r *Rows) shape(m, k int) {
	r.m, r.k, r.kp = m, k, roundUp(k, 4)
	r.scale = grow(r.scale, m)
	r.q = grow(r.q, m*r.kp)
	r.haveBytes = false
	if k == r.kp {
		return
	}
	for i := range m {
		clear(r.q[i*r.kp+k : (i+1)*r.kp])
	}
}

// asBytes returns the rows as bytes for c.
func (r *Rows) asBytes(c *isa) []uint8 {
	if !r.haveBytes || r.offset != c.byteOffset {
		r.bytes = grow(r.bytes, len(r.q))
		c.toBytes(r.bytes, r.q, c.byteOffset)
		r.haveBytes, r.offset = true, c.byteOffset
	}
	return r.bytes
}

var rowsPool = sync.Pool{New: func() any { return new(Rows) }}

// QuantiseRows quantises x [m][k] row by row: q [m][k] in -127..127 and
// qscale [m], so that x is about q*qscale.
func QuantiseRows(q []int8, qscale, x []float32, m, k int) {
	checkLen("quantised rows", len(q), m*k)
	checkLen("scales", len(qscale), m)
	checkLen("rows", len(x), m*k)
	r := rowsPool.Get().(*Rows)
	defer rowsPool.Put(r)
	r.Quantise(x, m, k)
	copy(qscale, r.scale)
	for i := range m {
		for j, v := range r.q[i*r.kp:][:k] {
			q[i*k+j] = int8(v)
		}
	}
}

// Mul computes dst[m][n] = float32(Σ q·w) * (qscale*scale) + bias for rows
// quantised by QuantiseRows; bias may be nil. MulRows saves the conversion.
func (p *Int8) Mul(dst []float32, q []int8, qscale, bias []float32, m int) {
	checkLen("quantised rows", len(q), m*p.k)
	checkLen("scales", len(qscale), m)
	r := rowsPool.Get().(*Rows)
	defer rowsPool.Put(r)
	r.set(q, qscale, m, p.k)
	p.mulRows(current, dst, r, bias)
}

// MulRows computes dst[r.m][n] = float32(Σ q·w) * (rowScale*scale) + bias;
// bias may be nil. r must have as many columns as the matrix has inputs.
func (p *Int8) MulRows(dst []float32, r *Rows, bias []float32) { p.mulRows(current, dst, r, bias) }

func (p *Int8) mulRows(c *isa, dst []float32, r *Rows, bias []float32) {
	n, m := p.n, r.m
	if r.k != p.k {
		panic("kernel: MulRows: rows and matrix differ in inner size")
	}
	checkLen("destination", len(dst), m*n)
	if bias != nil {
		checkLen("bias", len(bias), n)
	}
	r.acc = grow(r.acc, maxTileRows*panelWidth)
	bytes := c.byteTile != nil && p.largest <= c.byteLimit
	var q8 []uint8
	if bytes {
		q8 = r.asBytes(c)
	} else {
		r.panel = grow(r.panel, p.kp*panelWidth)
	}
	for j := 0; j < n; j += panelWidth {
		panel := p.panels[j*p.kp : (j+panelWidth)*p.kp]
		start := zeroStart[:]
		switch {
		case !bytes:
			c.widen(r.panel, panel)
		case c.byteOffset != 0:
			start = p.start[j : j+panelWidth]
		}
		scale := p.scale[j : j+panelWidth]
		w := min(panelWidth, n-j)
		b := zeroBias[:]
		if bias != nil {
			b = bias[j : j+w]
			if w < panelWidth {
				b = r.edge.bias[:]
				clear(b)
				copy(b, bias[j:n])
			}
		}
		for i := 0; i < m; i += c.mr {
			rows := min(c.mr, m-i)
			if bytes {
				c.byteTile(r.acc, q8[i*p.kp:], p.kp, panel, rows, p.kp, start)
			} else {
				c.i16Tile(r.acc, panelWidth, r.q[i*p.kp:], p.kp, r.panel, rows, p.kp)
			}
			if w == panelWidth {
				c.dequantise(dst[i*n+j:], n, r.acc, rows, r.scale[i:], scale, b)
				continue
			}
			c.dequantise(r.edge.c[:], panelWidth, r.acc, rows, r.scale[i:], scale, b)
			for t := range rows {
				copy(dst[(i+t)*n+j:][:w], r.edge.c[t*panelWidth:])
			}
		}
	}
}
