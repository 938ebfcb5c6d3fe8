package kernel

import "math"

var zeroStart [panelWidth]int32

// Int8 is a weight matrix of n outputs and k inputs in int8 with one scale per
// output, packed for multiplication. It is read-only and safe for concurrent
// use.
type Int8 struct {
	n, k    int
	kp      int       // k rounded up to whole blocks
	panels  []int8    // [ceil(n/16)][kp/4][16][4], zero where an element does not exist
	scale   []float32 // n rounded up to whole panels
	largest int16     // magnitude of the largest weight
	start   []int32   // -128 times the sum of each column: takes away what the offset of unsigned rows adds
	runs    runs
}

// runs let narrow weights be multiplied with sums of 16 bits where those are
// sure not to overflow; doc.go says how. Empty unless a processor wants them.
type runs struct {
	shift  []int16    // [ceil(n/16)][kp/block][16][2]: -128 times the sum of a block's weights in each lane
	energy []energies // by panel
}

// A run is 1, 2 or 4 blocks of 16 inputs, the last of a matrix perhaps fewer. Its
// products are added up in 16 bits, those of inputs 0 and 1 of every four in one
// lane, those of 2 and 3 in another.
const (
	block    = 16
	runKinds = 3 // of 1<<i blocks each
)

// energies are, for each kind of run, the largest sum of squares in one lane of
// one run; never less, and for the longest run perhaps a little more.
type energies [runKinds]uint32

// raise sets each of e to that of other where that is larger.
func (e *energies) raise(other energies) {
	e[0], e[1], e[2] = max(e[0], other[0]), max(e[1], other[1]), max(e[2], other[2])
}

// maxEnergy bounds the product of the energies of weights and activations: by
// the inequality of Cauchy and Schwarz no sum of products is then larger than
// 32767.
const maxEnergy = math.MaxInt16 * math.MaxInt16

// longestRun is one more than the kind of the longest run that is sure not to
// overflow 16 bits, 0 where there is none.
func longestRun(a, b energies) uint8 {
	kind := runKinds
	for kind > 0 && uint64(a[kind-1])*uint64(b[kind-1]) > maxEnergy {
		kind--
	}
	return uint8(kind)
}

// A lane adds up the energies of the blocks of one lane.
type lane struct {
	most, sums energies
}

// add adds the energy of block b, b counting up from 0.
func (l *lane) add(b int, energy uint32) {
	for kind := range runKinds {
		if b%(1<<kind) == 0 {
			l.sums[kind] = 0
		}
		l.sums[kind] += energy
		l.most[kind] = max(l.most[kind], l.sums[kind])
	}
}

// NarrowWeight is the largest magnitude of weights that every processor
// multiplies as bytes. A matrix whose weights all keep to it (7 bits with the
// sign) is nearly twice as fast on AVX2, where larger ones must be widened
// first; results are exact either way.
const NarrowWeight = 63

// MaxInnerInt8 is the largest number of inputs whose sum of products is sure
// to fit 32 bits.
const MaxInnerInt8 = 1 << 16

// PackInt8 packs row-major weights w [n][k] with the scale of each of the n
// rows. k is at most MaxInnerInt8.
func PackInt8(w []int8, scale []float32, n, k int) *Int8 { return packInt8(current, w, scale, n, k) }

func packInt8(c *isa, w []int8, scale []float32, n, k int) *Int8 {
	checkLen("weights", len(w), n*k)
	checkLen("scales", len(scale), n)
	if k > MaxInnerInt8 {
		panic("kernel: PackInt8: more inputs than MaxInnerInt8")
	}
	kp := roundUp(k, block)
	np := roundUp(n, panelWidth)
	p := &Int8{
		n: n, k: k, kp: kp,
		panels: make([]int8, np*kp),
		scale:  make([]float32, np),
		start:  make([]int32, np),
	}
	copy(p.scale, scale[:n])
	for i := range n {
		row, col := w[i*k:(i+1)*k], i/panelWidth*kp*panelWidth+i%panelWidth*4
		var sum int32
		j := 0
		for ; j+4 <= k; j += 4 {
			from, to := row[j:][:4], p.panels[col+j*panelWidth:][:4]
			to[0], to[1], to[2], to[3] = from[0], from[1], from[2], from[3]
			sum += int32(from[0]) + int32(from[1]) + int32(from[2]) + int32(from[3])
		}
		for t, v := range row[j:] {
			p.panels[col+j*panelWidth+t] = v
			sum += int32(v)
		}
		p.start[i] = -128 * sum
	}
	for _, v := range w[:n*k] {
		p.largest = max(p.largest, int16(v), -int16(v))
	}
	if c.runTiles != nil && k > 0 && p.largest <= NarrowWeight {
		p.runs = packRuns(c, p.panels, kp)
	}
	return p
}

// packRuns prepares panels of inner size kp for runs.
func packRuns(c *isa, panels []int8, kp int) runs {
	count := len(panels) / (kp * panelWidth)
	r := runs{shift: make([]int16, len(panels)/block*2), energy: make([]energies, count)}
	for i := range count {
		r.energy[i] = c.panelRuns(r.shift[i*kp/block*2*panelWidth:], panels[i*kp*panelWidth:(i+1)*kp*panelWidth])
	}
	return r
}

// Rows are activations quantised row by row: q = round(x*127/max|x|), half to
// even, with one scale per row. The zero value is ready. Its memory is reused
// by the next Quantise. It also carries the working memory of a product, so it
// belongs to one worker: not safe for concurrent use.
type Rows struct {
	m, k  int
	kp    int // k rounded up to whole blocks
	scale []float32

	// q as words or as bytes plus the processor's offset: the form that Quantise
	// makes, and the other when a product wants it.
	words               []int16 // [m][kp]
	bytes               []uint8 // [m][kp]
	haveWords, haveByte bool

	energy []energies // by row
	tiles  []energies // by tile of rows
	kinds  []uint8    // by tile: the run to use, see longestRun

	panel []int16 // one widened panel of weights
	acc   []int32 // one tile of sums
	edge  edge
	job   *job
}

// Quantise fills r from x [m][k].
func (r *Rows) Quantise(x []float32, m, k int) { r.quantise(current, x, m, k) }

func (r *Rows) quantise(c *isa, x []float32, m, k int) {
	checkLen("rows", len(x), m*k)
	r.m, r.k, r.kp = m, k, roundUp(k, block)
	r.scale = grow(r.scale, m)
	r.haveByte = c.quantiseBytes != nil
	r.haveWords = !r.haveByte
	if r.haveByte {
		r.bytes = grow(r.bytes, m*r.kp)
		r.energy = grow(r.energy, m)
		c.quantiseBytes(r.bytes, r.kp, r.energy, r.scale, x, m, k)
		return
	}
	r.words = grow(r.words, m*r.kp)
	c.quantise(r.words, r.kp, r.scale, x, m, k, int8Max)
	if k < r.kp {
		for i := range m {
			clear(r.words[i*r.kp+k : (i+1)*r.kp])
		}
	}
}

// asBytes returns the rows as bytes for c, which quantised them.
func (r *Rows) asBytes(c *isa) []uint8 {
	if !r.haveByte {
		r.bytes = grow(r.bytes, len(r.words))
		c.toBytes(r.bytes, r.words)
		r.haveByte = true
	}
	return r.bytes
}

// asWords returns the rows as words for c, which quantised them.
func (r *Rows) asWords(c *isa) []int16 {
	if !r.haveWords {
		r.words = grow(r.words, len(r.bytes))
		c.fromBytes(r.words, r.bytes, c.byteOffset)
		r.haveWords = true
	}
	return r.words
}

// ofTiles fills r.tiles with the energies of tiles of mr rows, of which the last
// reaches back over the one before.
func (r *Rows) ofTiles(mr int) {
	r.tiles = grow(r.tiles, (r.m+mr-1)/mr)
	r.kinds = grow(r.kinds, len(r.tiles))
	for t := range r.tiles {
		r.tiles[t] = energies{}
		for _, row := range r.energy[min(t*mr, r.m-mr):][:mr] {
			r.tiles[t].raise(row)
		}
	}
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
	var q16 []int16
	runs := bytes && c.runTiles != nil && len(p.runs.shift) > 0 && m >= c.mr
	if bytes {
		q8 = r.asBytes(c)
	} else {
		q16 = r.asWords(c)
		r.panel = grow(r.panel, p.kp*panelWidth)
	}
	if runs {
		r.ofTiles(c.mr)
		if r.job == nil {
			r.job = newJob()
		}
		r.job.blocks, r.job.lda, r.job.ldd = p.kp/block, p.kp, n
		r.job.rowStep, r.job.panelStep = c.mr, 0
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
		done := runs && w == panelWidth
		if done {
			for t, tile := range r.tiles {
				r.kinds[t] = longestRun(tile, p.runs.energy[j/panelWidth])
			}
			job := r.job
			job.b, job.shift = &panel[0], &p.runs.shift[j*p.kp/block*2]
			job.colScale, job.bias = &scale[0], &b[0]
			job.dst, job.a, job.rowScale = &dst[j], &q8[0], &r.scale[0]
			job.kinds, job.count = &r.kinds[0], m/c.mr
			job.fetch = 0
			if next := (j + panelWidth) * p.kp; next < len(p.panels) {
				job.ahead, job.shiftAhead = &p.panels[next], &p.runs.shift[next/8]
				job.fetch = (p.kp/4 + job.count - 1) / job.count
			}
			c.runTiles(job)
			job.fetch = 0
			if i := m - c.mr; m%c.mr != 0 {
				job.dst, job.a, job.rowScale = &dst[i*n+j], &q8[i*p.kp], &r.scale[i]
				job.kinds, job.count = &r.kinds[m/c.mr], 1
				c.runTiles(job)
			}
		}
		for i := 0; i < m; i += c.mr {
			if done && r.kinds[i/c.mr] > 0 {
				continue
			}
			rows := min(c.mr, m-i)
			if bytes {
				c.byteTile(r.acc, q8[i*p.kp:], p.kp, panel, rows, p.kp, start)
			} else {
				c.i16Tile(r.acc, panelWidth, q16[i*p.kp:], p.kp, r.panel, rows, p.kp)
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
