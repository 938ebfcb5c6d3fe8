package kernel

// byteAttention is what attention in bytes needs of a processor, beside
// byteTile or runTiles. Probabilities go into a product as they are, with no
// offset, and so do queries plus the offset.
type byteAttention struct {
	// quantiseHeads quantises heads blocks of dim elements of x, one after the
	// other, to magnitudes of limit: block h to q[h*ldq:], plus offset, and offset
	// up to ldq. energy may be nil.
	quantiseHeads func(q []uint8, ldq int, energy []energies, scale, x []float32, heads, dim int, limit float32, offset uint8)

	// packKeys lays rows of depth bytes, stride apart, out as panels [depth/4][16][4].
	packKeys func(dst []int8, src []uint8, stride, panels, depth int)

	// roundColumns writes round(x*inv).
	roundColumns func(dst []uint8, x, inv []float32)

	// packValues lays 16 columns of rows that are stride apart out as one panel
	// [rows/4][16][4]; rows is a multiple of four.
	packValues func(dst []int8, src []uint8, stride, rows int)

	// probRow is isa.probRow to bytes, with the energies of p.
	probRow func(p []uint8, x []float32) (int32, energies)
}

// byteScratch is the working memory of attention in bytes.
type byteScratch struct {
	queries     []uint8    // [n][heads][depth], plus 128
	energy      []energies // [n][heads], of queries
	keys        []uint8    // [np][heads][depth]
	values      []uint8    // [np][width], and what a panel may reach over
	keyPanels   []int8     // [np/16][depth/4][16][4]
	keyShift    []int16    // [np/16][depth/block][32]
	keyStart    []int32    // [np]
	keyEnergy   []energies // [np/16]
	valuePanel  []int8     // [depth/16][np/4][16][4]
	valueEnergy []energies // [depth/16]
	shiftless   []int16    // [depth/16][np/block][32]: zeros
	unbiased    []float32  // [depth]: zeros
	unwanted    []int16    // [np/block][32]
	probs       []uint8    // [rows of a tile][np]
	kinds       []uint8
	job         *job
}

// offsetRow is a row of zeros, as bytes plus 128.
var offsetRow = func() (row [block]uint8) {
	for i := range row {
		row[i] = 128
	}
	return row
}()

// inBytes computes attention with products of bytes.
func (a *attended) inBytes(qkv []float32) {
	c, b := a.c, &a.bytes
	stride := a.heads * a.depth
	b.queries, b.energy = grow(b.queries, a.n*stride), grow(b.energy, a.n*a.heads)
	b.keys, b.values = grow(b.keys, a.np*stride), grow(b.values, a.np*a.width+a.depth)
	b.keyPanels, b.keyShift = grow(b.keyPanels, a.np*a.depth), grow(b.keyShift, a.np*a.depth/8)
	b.keyStart, b.keyEnergy = grow(b.keyStart, a.np), grow(b.keyEnergy, a.np/panelWidth)
	b.valuePanel, b.valueEnergy = grow(b.valuePanel, a.np*a.depth), grow(b.valueEnergy, a.depth/panelWidth)
	b.shiftless, b.unbiased = grow(b.shiftless, a.depth/panelWidth*2*a.np), grow(b.unbiased, a.depth)
	b.unwanted, b.probs = grow(b.unwanted, 2*a.np), grow(b.probs, maxTileRows*a.np)
	b.kinds = grow(b.kinds, max(a.np, a.depth)/panelWidth)
	if b.job == nil {
		b.job = newJob()
	}
	clear(b.keys[a.n*stride:])
	clear(b.values[a.n*a.width:])
	for i := range a.n {
		row := qkv[3*i*a.width:][:3*a.width]
		c.bytes.quantiseHeads(b.queries[i*stride:], a.depth, b.energy[i*a.heads:], a.rowScale[i*a.heads:], row, a.heads, a.dim, queryMax, 128)
		c.bytes.quantiseHeads(b.keys[i*stride:], a.depth, nil, a.keyScales[i*a.heads:], row[a.width:], a.heads, a.dim, keyMax, 0)
		c.bytes.roundColumns(b.values[i*a.width:], row[2*a.width:], a.inv)
	}
	unit := a.unit()
	scale, inv := a.tileScale[:], a.tileInv[:]
	for h := range a.heads {
		a.packBytes(h)
		for i := 0; i < a.n; i += c.mr {
			rows := min(c.mr, a.n-i)
			if c.runTiles != nil && rows < c.mr && a.n > c.mr {
				i, rows = a.n-c.mr, c.mr // some rows again
			}
			var most energies
			for r := range rows {
				scale[r] = a.rowScale[(i+r)*a.heads+h] * unit
				most.raise(b.energy[(i+r)*a.heads+h])
			}
			a.scoreBytes(i, rows, h, most, scale)
			most = energies{}
			for r := range rows {
				sum, e := c.bytes.probRow(b.probs[r*a.np:][:a.np], a.scores[r*a.np:][:a.np])
				inv[r] = 1 / float32(sum)
				most.raise(e)
			}
			a.averageBytes(i, rows, h, most, inv)
		}
	}
}

// packBytes packs the keys and values of head h.
func (a *attended) packBytes(h int) {
	c, b := a.c, &a.bytes
	for i := range a.n {
		a.keyScale[i] = a.keyScales[i*a.heads+h]
	}
	c.bytes.packKeys(b.keyPanels, b.keys[h*a.depth:], a.heads*a.depth, a.np/panelWidth, a.depth)
	for j := 0; j < a.np; j += panelWidth {
		panel := b.keyPanels[j*a.depth:][:panelWidth*a.depth]
		if c.runTiles != nil {
			b.keyEnergy[j/panelWidth] = c.panelRuns(b.keyShift[j*a.depth/8:], panel)
		}
		start := b.keyStart[j:][:panelWidth]
		clear(start)
		for k := 0; k < a.depth; k += block {
			c.byteTile(start, offsetRow[:], block, panel[k*panelWidth:], 1, block, start)
		}
		for t, v := range start {
			start[t] = -v
		}
	}
	for j := 0; j < a.depth; j += panelWidth {
		panel := b.valuePanel[j*a.np:][:panelWidth*a.np]
		c.bytes.packValues(panel, b.values[h*a.dim+j:], a.width, a.np)
		if c.runTiles != nil {
			b.valueEnergy[j/panelWidth] = c.panelRuns(b.unwanted, panel)
		}
	}
}

// scoreBytes fills a.scores for rows of head h from i on, whose queries have the
// energies of most.
func (a *attended) scoreBytes(i, rows, h int, most energies, scale []float32) {
	c, b := a.c, &a.bytes
	stride := a.heads * a.depth
	queries := b.queries[i*stride+h*a.depth:]
	runs := c.runTiles != nil && rows == c.mr
	if runs {
		for j, e := range b.keyEnergy {
			b.kinds[j] = longestRun(most, e)
		}
		job := b.job
		job.dst, job.a, job.rowScale = &a.scores[0], &queries[0], &scale[0]
		job.b, job.shift, job.colScale, job.bias = &b.keyPanels[0], &b.keyShift[0], &a.keyScale[0], &a.mask[0]
		job.kinds, job.count, job.blocks = &b.kinds[0], a.np/panelWidth, a.depth/block
		job.ldd, job.lda, job.rowStep, job.panelStep = a.np, stride, 0, 1
		c.runTiles(job)
	}
	for j := 0; j < a.np; j += panelWidth {
		if runs && b.kinds[j/panelWidth] > 0 {
			continue
		}
		c.byteTile(a.sums, queries, stride, b.keyPanels[j*a.depth:(j+panelWidth)*a.depth], rows, a.depth, b.keyStart[j:])
		c.dequantise(a.scores[j:], a.np, a.sums, rows, scale, a.keyScale[j:], a.mask[j:])
	}
}

// averageBytes writes the averages of values by a.bytes.probs, which have the
// energies of most, for rows of head h from i on.
func (a *attended) averageBytes(i, rows, h int, most energies, inv []float32) {
	c, b := a.c, &a.bytes
	runs := c.runTiles != nil && rows == c.mr && a.depth == a.dim
	if runs {
		for j, e := range b.valueEnergy {
			b.kinds[j] = longestRun(most, e)
		}
		job := b.job
		job.dst, job.a, job.rowScale = &a.dst[i*a.width+h*a.dim], &b.probs[0], &inv[0]
		job.b, job.shift, job.colScale, job.bias = &b.valuePanel[0], &b.shiftless[0], &a.back[h*a.dim], &b.unbiased[0]
		job.kinds, job.count, job.blocks = &b.kinds[0], a.depth/panelWidth, a.np/block
		job.ldd, job.lda, job.rowStep, job.panelStep = a.width, a.np, 0, 1
		c.runTiles(job)
	}
	for j := 0; j < a.depth; j += panelWidth {
		if runs && b.kinds[j/panelWidth] > 0 {
			continue
		}
		c.byteTile(a.sums, b.probs, a.np, b.valuePanel[j*a.np:(j+panelWidth)*a.np], rows, a.np, zeroStart[:])
		a.finish(a.sums, i, rows, h, j, inv)
	}
}

func plainQuantiseHeads(q []uint8, ldq int, energy []energies, scale, x []float32, heads, dim int, limit float32, offset uint8) {
	for h := range heads {
		e := plainQuantiseRow(q[h*ldq:(h+1)*ldq], &scale[h], x[h*dim:(h+1)*dim], limit, int(offset))
		if energy != nil {
			energy[h] = e
		}
	}
}

func plainPackKeys(dst []int8, src []uint8, stride, panels, depth int) {
	for i := range panels * panelWidth {
		to := dst[i/panelWidth*depth*panelWidth+i%panelWidth*4:]
		for j, v := range src[i*stride:][:depth] {
			to[j/4*4*panelWidth+j%4] = int8(v)
		}
	}
}

func plainRoundColumns(dst []uint8, x, inv []float32) {
	for j, v := range x {
		dst[j] = uint8(roundInt16(float32(v * inv[j])))
	}
}
