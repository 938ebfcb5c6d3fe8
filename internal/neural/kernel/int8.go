package kernel

import "math"

var zeroStart [panelWidth]int32

// Int8 is a weight matrix of n outputs and k inputs in int8 with one scale per
// output, packed for multiplication. It is read-only and safe for concurrent
// use.
type Int8 struct {
	n, k    int
	kp      int       // k rounded up to whole stretches
	panels  []int8    // [ceil(n/16)][kp/4][16][4], zero where an element does not exist
	scale   []float32 // n rounded up to whole panels
	largest int16     // magnitude of the largest weight
	start   []int32   // -128 times the sum of each column: takes away what the offset of unsigned rows adds
	runs    runs
}

// runs let narrow weights be multiplied with sums of 16 bits where those are
// sure not to overflow; doc.go says how. Empty unless a processor wants them.
type runs struct {
	shift  []int16         // [ceil(n/16)][kp/block][16][2]: -128 times the sum of a block's weights in each lane
	energy [][runKinds]int // by panel: the largest sum of squares of weights in one lane of one run
}

// A run is 1, 2 or 4 blocks of 16 inputs. Its products are added up in 16 bits,
// those of inputs 0 and 1 of every four in one lane, those of 2 and 3 in another.
const (
	block    = 16
	stretch  = 4 * block // of the longest run
	runKinds = 3         // of 1<<i blocks each
)

// maxEnergy bounds the product of the energies of weights and activations: by
// the inequality of Cauchy and Schwarz no sum of products is then larger than
// 32767.
const maxEnergy = math.MaxInt16 * math.MaxInt16

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
func PackInt8(w []int8, scale []float32, n, k int) *Int8 {
	checkLen("weights", len(w), n*k)
	checkLen("scales", len(scale), n)
	if k > MaxInnerInt8 {
		panic("kernel: PackInt8: more inputs than MaxInnerInt8")
	}
	kp := roundUp(k, stretch)
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
	if usesRuns && k > 0 && p.largest <= NarrowWeight {
		p.runs = packRuns(p.panels, kp)
	}
	return p
}

// packRuns prepares panels of inner size kp for runs.
func packRuns(panels []int8, kp int) runs {
	count := len(panels) / (kp * panelWidth)
	r := runs{shift: make([]int16, len(panels)/block*2), energy: make([][runKinds]int, count)}
	for i := range count {
		panel, shift := panels[i*kp*panelWidth:(i+1)*kp*panelWidth], r.shift[i*kp/block*2*panelWidth:]
		for lane := range 2 * panelWidth {
			var most, sums [runKinds]int
			for b := range kp / block {
				sum, energy := 0, 0
				for g := range block / 4 {
					v := panel[(b*block/4+g)*4*panelWidth+2*lane:][:2]
					x, y := int(v[0]), int(v[1])
					sum += x + y
					energy += x*x + y*y
				}
				shift[b*2*panelWidth+lane] = int16(-128 * sum)
				addEnergy(&most, &sums, b, energy)
			}
			for kind, v := range most {
				r.energy[i][kind] = max(r.energy[i][kind], v)
			}
		}
	}
	return r
}

// addEnergy adds the energy of block b of a lane to the runs it belongs to, and
// keeps the most that any run has. sums are those of the runs not yet full.
func addEnergy(most, sums *[runKinds]int, b, energy int) {
	for kind := range runKinds {
		sums[kind] += energy
		if (b+1)%(1<<kind) == 0 {
			most[kind] = max(most[kind], sums[kind])
			sums[kind] = 0
		}
	}
}

// Rows are activations quantised row by row: q = round(x*127/max|x|), half to
// even, with one scale per row. The zero value is ready. Its memory is reused
// by the next Quantise. It also carries the working memory of a product, so it
// belongs to one worker: not safe for concurrent use.
type Rows struct {
	m, k  int
	kp    int // k rounded up to whole stretches
	scale []float32

	// q as words or as bytes plus the processor's offset: the form that Quantise
	// makes, and the other when a product wants it.
	words               []int16 // [m][kp]
	bytes               []uint8 // [m][kp]
	haveWords, haveByte bool

	energy [][runKinds]int32 // by row: the largest sum of squares in one lane of one run
	tiles  [][runKinds]int   // likewise by tile of rows
	kinds  []uint8           // by tile: the run to use, see chooseRuns

	panel []int16 // one widened panel of weights
	acc   []int32 // one tile of sums
	edge  edge
}

// Quantise fills r from x [m][k].
func (r *Rows) Quantise(x []float32, m, k int) { r.quantise(current, x, m, k) }

func (r *Rows) quantise(c *isa, x []float32, m, k int) {
	checkLen("rows", len(x), m*k)
	r.m, r.k, r.kp = m, k, roundUp(k, stretch)
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
		var top [runKinds]int
		for _, row := range r.energy[min(t*mr, r.m-mr):][:mr] {
			for kind, v := range row {
				top[kind] = max(top[kind], int(v))
			}
		}
		r.tiles[t] = top
	}
}

// chooseRuns fills r.kinds with the kind of the longest run that is sure not to
// overflow in each tile against a panel of such energies, plus one; zero where
// there is none.
func (r *Rows) chooseRuns(panel [runKinds]int) {
	for t, tile := range r.tiles {
		kind := runKinds
		for kind > 0 && tile[kind-1]*panel[kind-1] > maxEnergy {
			kind--
		}
		r.kinds[t] = uint8(kind)
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
			r.chooseRuns(p.runs.energy[j/panelWidth])
			shift := p.runs.shift[j*p.kp/block*2:][:p.kp/block*2*panelWidth]
			whole := m / c.mr
			c.runTiles(dst[j:], n, q8, p.kp, panel, shift, r.kinds[:whole], r.scale, scale, b, r.acc)
			if i := m - c.mr; whole < len(r.kinds) {
				c.runTiles(dst[i*n+j:], n, q8[i*p.kp:], p.kp, panel, shift, r.kinds[whole:], r.scale[i:], scale, b, r.acc)
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
