package kernel

import "math"

// Bounds of the integer attention. Queries take all eight bits and keys seven,
// so that their products add up as narrow weights do; so do probabilities, which
// have no sign, and values.
const (
	queryMax   = 127
	keyMax     = NarrowWeight
	probMax    = 255
	valueMax   = NarrowWeight
	maxRowsInt = 1 << 17 // sums of probabilities times values stay under 2^31
)

// AttentionInt computes what Attention computes with integer products, so that
// the result has the same bits on every processor. Queries and keys are
// quantised to eight and seven bits row by row, each head by itself, values to
// seven bits column by column, probabilities to eight; sums of products are
// exact. n is at most 131,072.
func AttentionInt(dst, qkv []float32, n, heads, dim int, s *Scratch) {
	attentionInt(current, dst, qkv, n, heads, dim, s)
}

func attentionInt(c *isa, dst, qkv []float32, n, heads, dim int, s *Scratch) {
	width := heads * dim
	checkLen("destination", len(dst), n*width)
	checkLen("queries, keys and values", len(qkv), n*3*width)
	if n > maxRowsInt || dim > MaxInnerInt8 {
		panic("kernel: AttentionInt: more than 131072 rows, or heads too wide")
	}
	if n == 0 || width == 0 {
		return
	}
	np, depth := roundUp(n, panelWidth), roundUp(dim, block)
	a := &s.attended
	*a = attended{
		c: c, dst: dst, n: n, np: np, heads: heads, dim: dim, depth: depth, width: width,
		rowScale: grow(a.rowScale, n*heads), keyScales: grow(a.keyScales, n*heads), keyScale: grow(a.keyScale, np), mask: grow(a.mask, np),
		inv: grow(a.inv, width), back: grow(a.back, roundUp(width, panelWidth)+depth), scores: grow(a.scores, maxTileRows*np), sums: grow(a.sums, maxTileRows*panelWidth),
		words: a.words, bytes: a.bytes,
	}
	clear(a.mask)
	clear(a.keyScale)
	for j := n; j < np; j++ {
		a.mask[j] = masked
	}
	a.scaleValues(qkv)
	if c.bytes != nil {
		a.inBytes(qkv)
	} else {
		a.inWords(qkv)
	}
	a.c, a.dst = nil, nil
}

// attended is the working memory of AttentionInt, and what it was called with.
type attended struct {
	c                *isa
	dst              []float32
	n, heads, dim    int
	np, depth, width int // n in whole panels, dim in whole blocks, heads*dim

	rowScale  []float32 // [n][heads], of queries, with 1/sqrt(dim) and in units of log 2
	keyScales []float32 // [n][heads]
	keyScale  []float32 // [np], of one head
	mask      []float32 // [np]: masked where there is no row
	inv, back []float32 // by column of values: to integers and back; zero behind the last
	scores    []float32 // [rows of a tile][np]
	sums      []int32   // one tile
	edge      edge

	tileScale, tileInv [maxTileRows]float32 // of the rows of a tile: scale of scores, reciprocal sum of probabilities

	words struct {
		queries, keys []int16 // [n][heads][depth]
		keyPanels     []int16 // [np/16][depth/2][16][2]
		valuePanels   []int16 // [depth/16][np/2][16][2]
		probs         []int16 // [rows of a tile][np]
	}
	bytes byteScratch
}

// scaleValues finds the largest magnitude of every column of values.
func (a *attended) scaleValues(qkv []float32) {
	clear(a.back)
	for i := range a.n {
		a.c.largestMagnitudes(a.back[:a.width], qkv[(3*i+2)*a.width:][:a.width])
	}
	for j := range a.inv {
		a.inv[j], a.back[j] = quantiser(a.back[j], valueMax)
	}
}

// unit turns the scale of a query into that of scores.
func (a *attended) unit() float32 { return log2e * float32(1/math.Sqrt(float64(a.dim))) }

// finish takes the scales out of a tile of sums for the columns j to j+15 of head
// h, rows i on, and writes them to their place.
func (a *attended) finish(sums []int32, i, rows, h, j int, inv []float32) {
	back := a.back[h*a.dim+j:][:panelWidth]
	if j+panelWidth <= a.dim {
		a.c.dequantise(a.dst[i*a.width+h*a.dim+j:], a.width, sums, rows, inv, back, zeroBias[:])
		return
	}
	a.c.dequantise(a.edge.c[:], panelWidth, sums, rows, inv, back, zeroBias[:])
	for r := range rows {
		copy(a.dst[(i+r)*a.width+h*a.dim+j:][:a.dim-j], a.edge.c[r*panelWidth:])
	}
}

// inWords computes attention with products of 16 bits.
func (a *attended) inWords(qkv []float32) {
	c, w := a.c, &a.words
	stride := a.heads * a.depth
	w.queries, w.keys = grow(w.queries, a.n*stride), grow(w.keys, a.n*stride)
	if a.depth != a.dim {
		clear(w.queries)
		clear(w.keys)
	}
	w.keyPanels, w.valuePanels = grow(w.keyPanels, a.np*a.depth), grow(w.valuePanels, a.np*a.depth)
	w.probs = grow(w.probs, maxTileRows*a.np)
	unit := a.unit()
	for i := range a.n {
		row := qkv[3*i*a.width:]
		c.quantise(w.queries[i*stride:], a.depth, a.rowScale[i*a.heads:], row, a.heads, a.dim, queryMax)
		c.quantise(w.keys[i*stride:], a.depth, a.keyScales[i*a.heads:], row[a.width:], a.heads, a.dim, keyMax)
	}
	scale, inv := a.tileScale[:], a.tileInv[:]
	for h := range a.heads {
		a.packKeyWords(h)
		a.packValueWords(qkv, h)
		for i := 0; i < a.n; i += c.mr {
			rows := min(c.mr, a.n-i)
			for r := range rows {
				scale[r] = a.rowScale[(i+r)*a.heads+h] * unit
			}
			for j := 0; j < a.np; j += panelWidth {
				c.i16Tile(a.sums, panelWidth, w.queries[i*stride+h*a.depth:], stride, w.keyPanels[j*a.depth:(j+panelWidth)*a.depth], rows, a.depth)
				c.dequantise(a.scores[j:], a.np, a.sums, rows, scale, a.keyScale[j:], a.mask[j:])
			}
			for r := range rows {
				inv[r] = 1 / float32(c.probRow(w.probs[r*a.np:][:a.np], a.scores[r*a.np:][:a.np]))
			}
			for j := 0; j < a.depth; j += panelWidth {
				c.i16Tile(a.sums, panelWidth, w.probs, a.np, w.valuePanels[j*a.np:(j+panelWidth)*a.np], rows, a.np)
				a.finish(a.sums, i, rows, h, j, inv)
			}
		}
	}
}

// packKeyWords packs the keys of head h; what does not exist is zero.
func (a *attended) packKeyWords(h int) {
	panels := a.words.keyPanels
	clear(panels[a.n/panelWidth*panelWidth*a.depth:])
	for i := range a.n {
		a.keyScale[i] = a.keyScales[i*a.heads+h]
		to := panels[i/panelWidth*a.depth*panelWidth+i%panelWidth*2:]
		from := a.words.keys[(i*a.heads+h)*a.depth:][:a.depth]
		for j := 0; j+1 < len(from); j += 2 {
			pair := to[j*panelWidth:][:2]
			pair[0], pair[1] = from[j], from[j+1]
		}
	}
}

// packValueWords quantises and packs the values of head h; what does not exist
// is zero.
func (a *attended) packValueWords(qkv []float32, h int) {
	stride, first := 3*a.width, 2*a.width+h*a.dim
	for j := 0; j < a.depth; j += panelWidth {
		panel := a.words.valuePanels[j*a.np : (j+panelWidth)*a.np]
		whole := 0
		if j+panelWidth <= a.dim {
			whole = a.n &^ 1
			for i := 0; i < whole; i += 2 {
				x := qkv[i*stride+first+j:]
				a.c.roundPairs(panel[i*panelWidth:], x, x[stride:], a.inv[h*a.dim+j:])
			}
		}
		clear(panel[whole*panelWidth:])
		for i := whole; i < a.n; i++ {
			x := qkv[i*stride+first+j:]
			for t := range min(panelWidth, a.dim-j) {
				panel[i/2*2*panelWidth+t*2+i%2] = roundInt16(float32(x[t] * a.inv[h*a.dim+j+t]))
			}
		}
	}
}
