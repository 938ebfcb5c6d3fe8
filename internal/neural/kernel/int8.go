package kernel

import "sync"

var zeroStart [panelWidth]int32

// Int8 is a weight matrix of n outputs and k inputs in int8 with one scale per
// output, packed for multiplication. It is read-only and safe for concurrent
// use.
type Int8 struct {
	n, k   int
	kp     int       // k rounded up to whole groups of four
	panels []int8    // [ceil(n/16)][kp/4][16][4], zero where an element does not exist
	scale  []float32 // n rounded up to whole panels
	start  []int32   // -128 times the sum of each column: takes away what the offset of unsigned rows adds
}

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
	m, k   int
	kp     int // k rounded up to whole groups of four
	scale  []float32
	q16    []int16 // [m][kp], where the processor multiplies int16
	q8     []uint8 // [m][kp] plus offset, where it multiplies bytes
	bytes  bool    // q8 holds the rows, not q16
	offset int16   // what was added in q8

	panel  []int16 // one widened panel of weights
	acc    []int32 // one tile of sums
	edge   edge
	narrow []int16 // one row on its way to q8
}

// Quantise fills r from x [m][k].
func (r *Rows) Quantise(x []float32, m, k int) { r.quantise(current, x, m, k) }

func (r *Rows) quantise(c *isa, x []float32, m, k int) {
	checkLen("rows", len(x), m*k)
	r.shape(c, m, k)
	if !r.bytes {
		r.zeroTails()
		c.quantise(r.q16, r.kp, r.scale, x, m, k, int8Max)
		return
	}
	for i := range m {
		clear(r.narrow[k:])
		c.quantise(r.narrow, r.kp, r.scale[i:], x[i*k:], 1, k, int8Max)
		r.keep(c, i)
	}
}

// zeroTails clears what lies between the columns and the end of a row.
func (r *Rows) zeroTails() {
	if r.k == r.kp {
		return
	}
	for i := range r.m {
		clear(r.q16[i*r.kp+r.k : (i+1)*r.kp])
	}
}

// set fills r from rows that are quantised already.
func (r *Rows) set(c *isa, q []int8, scale []float32, m, k int) {
	r.shape(c, m, k)
	copy(r.scale, scale[:m])
	for i := range m {
		row := r.row(i)
		clear(row)
		for j, v := range q[i*k : (i+1)*k] {
			row[j] = int16(v)
		}
		r.keep(c, i)
	}
}

func (r *Rows) shape(c *isa, m, k int) {
	r.m, r.k, r.kp = m, k, roundUp(k, 4)
	r.scale = grow(r.scale, m)
	r.bytes = c.byteTile != nil
	r.offset = c.byteOffset
	if r.bytes {
		r.q8 = grow(r.q8, m*r.kp)
		r.narrow = grow(r.narrow, r.kp)
		return
	}
	r.q16 = grow(r.q16, m*r.kp)
}

// row is where row i is quantised to.
func (r *Rows) row(i int) []int16 {
	if r.bytes {
		return r.narrow
	}
	return r.q16[i*r.kp : (i+1)*r.kp]
}

// keep stores row i as bytes where the processor multiplies those.
func (r *Rows) keep(c *isa, i int) {
	if r.bytes {
		c.toBytes(r.q8[i*r.kp:(i+1)*r.kp], r.narrow, r.offset)
	}
}

// Row returns the quantised values and the scale of row i, for tests and
// diagnostics; it allocates.
func (r *Rows) Row(i int) ([]int8, float32) {
	q := make([]int8, r.k)
	for j := range q {
		if r.bytes {
			q[j] = int8(int16(r.q8[i*r.kp+j]) - r.offset)
		} else {
			q[j] = int8(r.q16[i*r.kp+j])
		}
	}
	return q, r.scale[i]
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
	r.narrow = grow(r.narrow, k)
	for i := range m {
		current.quantise(r.narrow, k, qscale[i:], x[i*k:], 1, k, int8Max)
		for j, v := range r.narrow {
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
	r.set(current, q, qscale, m, p.k)
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
	if r.bytes != (c.byteTile != nil) || r.offset != c.byteOffset {
		panic("kernel: MulRows: rows were quantised for another instruction set")
	}
	checkLen("destination", len(dst), m*n)
	if bias != nil {
		checkLen("bias", len(bias), n)
	}
	r.panel = grow(r.panel, p.kp*panelWidth)
	r.acc = grow(r.acc, maxTileRows*panelWidth)
	for j := 0; j < n; j += panelWidth {
		panel := p.panels[j*p.kp : (j+panelWidth)*p.kp]
		if c.byteTile == nil {
			c.widen(r.panel, panel)
		}
		start := zeroStart[:]
		if c.byteOffset != 0 {
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
			if c.byteTile != nil {
				c.byteTile(r.acc, r.q8[i*p.kp:], p.kp, panel, rows, p.kp, start)
			} else {
				c.i16Tile(r.acc, panelWidth, r.q16[i*p.kp:], p.kp, r.panel, rows, p.kp)
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
