package kernel

import "math"

// Scratch is the working memory of Attention, AttentionInt and Softmax. The
// zero value is ready; it grows to the largest call and is then reused. It
// belongs to one worker: not safe for concurrent use.
type Scratch struct {
	scores []float32 // [rows of a tile][n rounded up to panels]

	// f32
	keysF32, valuesF32 []float32 // packed panels of one head
	tile               []float32 // [rows][dim rounded up to panels]

	// integer
	queries, rawKeys     []int16   // [n][heads][dim rounded up to 2]
	queryScale, rawScale []float32 // [n][heads]
	values               scales    // of the columns of all heads
	keys16, values16     []int16   // packed panels of one head
	keyScale             []float32 // [n rounded up to panels], of one head
	sums                 []int32   // [rows][n rounded up to panels]
	probs                []int16   // [rows][n rounded up to panels]
}

// scales quantise columns: inv multiplies a value, back multiplies the integer.
type scales struct {
	inv, back []float32
}

// masked is the score of a column that does not exist: its exponential is
// nothing beside the largest one's.
const masked = -1e30

// Attention computes dst [n][heads*dim] = softmax(q·k/sqrt(dim))·v for every
// head, each row attending to all n rows. qkv is [n][3*heads*dim]: all queries,
// all keys, all values of a row side by side, each ordered by head.
func Attention(dst, qkv []float32, n, heads, dim int, s *Scratch) {
	attention(current, dst, qkv, n, heads, dim, s)
}

func attention(c *isa, dst, qkv []float32, n, heads, dim int, s *Scratch) {
	width := heads * dim
	stride := 3 * width
	checkLen("destination", len(dst), n*width)
	checkLen("queries, keys and values", len(qkv), n*stride)
	np, dp := roundUp(n, panelWidth), roundUp(dim, panelWidth)
	s.scores = grow(s.scores, maxTileRows*np)
	s.keysF32 = grow(s.keysF32, np*dim)
	s.valuesF32 = grow(s.valuesF32, n*dp)
	s.tile = grow(s.tile, maxTileRows*dp)
	scale := float32(1 / math.Sqrt(float64(dim)))
	for h := range heads {
		s.packF32(qkv, n, stride, width+h*dim, 2*width+h*dim, dim, scale)
		for i := 0; i < n; i += c.mr {
			rows := min(c.mr, n-i)
			for j := 0; j < np; j += panelWidth {
				c.f32Tile(s.scores[j:], np, qkv[i*stride+h*dim:], stride, s.keysF32[j*dim:(j+panelWidth)*dim], rows, dim, zeroBias[:])
			}
			var inv [maxTileRows]float32
			for r := range rows {
				row := s.scores[r*np : (r+1)*np]
				for j := n; j < np; j++ {
					row[j] = masked
				}
				inv[r] = 1 / c.expRow(row, c.maxOf(row))
			}
			for j := 0; j < dp; j += panelWidth {
				c.f32Tile(s.tile[j:], dp, s.scores, np, s.valuesF32[j*n:(j+panelWidth)*n], rows, n, zeroBias[:])
			}
			for r := range rows {
				out := dst[(i+r)*width+h*dim:][:dim]
				for j, v := range s.tile[r*dp:][:dim] {
					out[j] = v * inv[r]
				}
			}
		}
	}
}

// packF32 packs one head: keys, scaled, as [n/16][dim][16] and values as
// [dim/16][n][16].
func (s *Scratch) packF32(qkv []float32, n, stride, k0, v0, dim int, scale float32) {
	np, dp := roundUp(n, panelWidth), roundUp(dim, panelWidth)
	for i := range np {
		col := s.keysF32[i/panelWidth*dim*panelWidth+i%panelWidth:]
		if i >= n {
			for j := range dim {
				col[j*panelWidth] = 0
			}
			continue
		}
		for j, v := range qkv[i*stride+k0:][:dim] {
			col[j*panelWidth] = v * scale
		}
	}
	for i := range n {
		row := qkv[i*stride+v0:][:dim]
		for j := 0; j < dp; j += panelWidth {
			to := s.valuesF32[j*n+i*panelWidth:][:panelWidth]
			clear(to[copy(to, row[j:]):])
		}
	}
}

// Bounds of the integer attention. Values take 13 bits with the sign;
// probabilities are scaled so that a row of them sums to about 2^18, or so that
// the largest is 32767 where that is less: a weighted sum of values then stays
// under 2^31 for any n up to maxRowsInt.
const (
	valueMax   = 4095
	probMax    = 32767
	probTotal  = 1 << 18
	maxRowsInt = 1 << 18
)

// queryMax is the largest quantised magnitude of queries and keys: a sum over
// dim of products of two such stays under 2^31.
func queryMax(dim int) float32 {
	return float32(min(8191, math.Floor(math.Sqrt(math.MaxInt32/float64(max(dim, 1))))))
}

// AttentionInt computes what Attention computes with integer products, so that
// the result has the same bits on every processor: queries and keys are
// quantised to 14 bits row by row, values to 13 bits column by column,
// probabilities to 15 bits; sums of products are exact. n is at most 262,144.
func AttentionInt(dst, qkv []float32, n, heads, dim int, s *Scratch) {
	attentionInt(current, dst, qkv, n, heads, dim, s)
}

func attentionInt(c *isa, dst, qkv []float32, n, heads, dim int, s *Scratch) {
	width := heads * dim
	stride := 3 * width
	checkLen("destination", len(dst), n*width)
	checkLen("queries, keys and values", len(qkv), n*stride)
	if n > maxRowsInt {
		panic("kernel: AttentionInt: more rows than 262144")
	}
	np, dp, d2 := roundUp(n, panelWidth), roundUp(dim, panelWidth), roundUp(dim, 2)
	s.scores = grow(s.scores, np)
	s.sums = grow(s.sums, maxTileRows*max(np, dp))
	s.probs = grow(s.probs, maxTileRows*np)
	s.quantise(c, qkv, n, heads, dim)
	var probSum [maxTileRows]int32
	for h := range heads {
		s.packInt(c, qkv, n, heads, dim, h)
		for i := 0; i < n; i += c.mr {
			rows := min(c.mr, n-i)
			for j := 0; j < np; j += panelWidth {
				c.i16Tile(s.sums[j:], np, s.queries[(i*heads+h)*d2:], heads*d2, s.keys16[j*d2:(j+panelWidth)*d2], rows, d2)
			}
			for r := range rows {
				c.scoreRow(s.scores, s.sums[r*np:(r+1)*np], s.keyScale, s.queryScale[(i+r)*heads+h])
				for j := n; j < np; j++ {
					s.scores[j] = masked
				}
				total := c.expRow(s.scores, c.maxOf(s.scores))
				probSum[r] = c.probRow(s.probs[r*np:(r+1)*np], s.scores, min(probMax, probTotal/total))
			}
			for j := 0; j < dp; j += panelWidth {
				c.i16Tile(s.sums[j:], dp, s.probs, np, s.values16[j*np:(j+panelWidth)*np], rows, np)
			}
			back := s.values.back[h*dim:][:dim]
			whole := dim / panelWidth * panelWidth
			for r := range rows {
				inv := 1 / float32(probSum[r])
				out, sum := dst[(i+r)*width+h*dim:][:dim], s.sums[r*dp:][:dim]
				if whole > 0 {
					c.scoreRow(out[:whole], sum[:whole], back, inv)
				}
				plainScoreRow(out[whole:], sum[whole:], back[whole:], inv)
			}
		}
	}
}

// quantise quantises queries and keys of all heads, each head of a row by
// itself, and finds the scales of the columns of values. The scale of a query
// carries 1/sqrt(dim).
func (s *Scratch) quantise(c *isa, qkv []float32, n, heads, dim int) {
	width, d2 := heads*dim, roundUp(dim, 2)
	stride := 3 * width
	s.queries = grow(s.queries, n*heads*d2)
	s.rawKeys = grow(s.rawKeys, n*heads*d2)
	s.queryScale = grow(s.queryScale, n*heads)
	s.rawScale = grow(s.rawScale, n*heads)
	if d2 != dim {
		clear(s.queries)
		clear(s.rawKeys)
	}
	s.values.inv = grow(s.values.inv, width)
	s.values.back = grow(s.values.back, width)
	clear(s.values.back)
	limit := queryMax(dim)
	for i := range n {
		row := qkv[i*stride:][:stride]
		c.quantise(s.queries[i*heads*d2:], d2, s.queryScale[i*heads:], row, heads, dim, limit)
		c.quantise(s.rawKeys[i*heads*d2:], d2, s.rawScale[i*heads:], row[width:], heads, dim, limit)
		c.largestMagnitudes(s.values.back, row[2*width:])
	}
	root := float32(1 / math.Sqrt(float64(dim)))
	for i := range s.queryScale {
		s.queryScale[i] *= root
	}
	for j, top := range s.values.back {
		s.values.inv[j], s.values.back[j] = quantiser(top, valueMax)
	}
}

// packInt packs head h: keys as panels [n/16][dim/2][16][2], values as panels
// [dim/16][n/2][16][2]. What does not exist is zero.
func (s *Scratch) packInt(c *isa, qkv []float32, n, heads, dim, h int) {
	np, dp, d2 := roundUp(n, panelWidth), roundUp(dim, panelWidth), roundUp(dim, 2)
	width := heads * dim
	stride := 3 * width
	s.keys16 = grow(s.keys16, np*d2)
	s.keyScale = grow(s.keyScale, np)
	clear(s.keyScale[n:])
	clear(s.keys16[n/panelWidth*panelWidth*d2:])
	for i := range n {
		s.keyScale[i] = s.rawScale[i*heads+h]
		to := s.keys16[i/panelWidth*d2*panelWidth+i%panelWidth*2:]
		from := s.rawKeys[(i*heads+h)*d2:][:d2]
		for j := 0; j+1 < len(from); j += 2 {
			pair := to[j*panelWidth:][:2]
			pair[0], pair[1] = from[j], from[j+1]
		}
	}
	s.values16 = grow(s.values16, np*dp)
	v0 := 2*width + h*dim
	for j := 0; j < dp; j += panelWidth {
		panel := s.values16[j*np : (j+panelWidth)*np]
		whole := 0
		if j+panelWidth <= dim {
			whole = n &^ 1
			inv := s.values.inv[h*dim+j:]
			for i := 0; i < whole; i += 2 {
				x := qkv[i*stride+v0+j:]
				c.roundPairs(panel[i*panelWidth:], x, x[stride:], inv)
			}
		}
		clear(panel[whole*panelWidth:])
		for i := whole; i < n; i++ {
			x := qkv[i*stride+v0+j:]
			for t := range min(panelWidth, dim-j) {
				panel[i/2*2*panelWidth+t*2+i%2] = roundInt16(float32(x[t] * s.values.inv[h*dim+j+t]))
			}
		}
	}
}
