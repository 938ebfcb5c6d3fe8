package kernel

import "math"

// Scratch is the working memory of Attention, AttentionInt and Softmax. The
// zero value is ready; it grows to the largest call and is then reused. It
// belongs to one worker: not safe for concurrent use.
type Scratch struct {
	scores []float32 // [rows of a tile][n rounded up to panels]

	// f32
	keys, values []float32 // packed panels of one head
	tile         []float32 // [rows][dim rounded up to panels]

	// integer
	queries            []int16   // [n][dim rounded up to 2]
	keys16, values16   []int16   // packed panels of one head
	sums               []int32   // [rows][n rounded up to panels]
	probs              []int16   // [rows][n rounded up to panels]
	queryScale         []float32 // [n]
	keyScale, valScale []float32 // [n rounded up], [dim rounded up]
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
	s.keys = grow(s.keys, np*dim)
	s.values = grow(s.values, n*dp)
	s.tile = grow(s.tile, maxTileRows*dp)
	scale := float32(1 / math.Sqrt(float64(dim)))
	for h := range heads {
		s.packF32(qkv, n, stride, width+h*dim, 2*width+h*dim, dim, scale)
		for i := 0; i < n; i += c.mr {
			rows := min(c.mr, n-i)
			for j := 0; j < np; j += panelWidth {
				c.f32Tile(s.scores[j:], np, qkv[i*stride+h*dim:], stride, s.keys[j*dim:(j+panelWidth)*dim], rows, dim, zeroBias[:])
			}
			for r := range rows {
				row := s.scores[r*np : (r+1)*np]
				for j := n; j < np; j++ {
					row[j] = masked
				}
				inv := 1 / c.expRow(row, c.maxOf(row))
				for j := 0; j < dp; j += panelWidth {
					c.f32Tile(s.tile[r*dp+j:], dp, row, np, s.values[j*n:(j+panelWidth)*n], 1, n, zeroBias[:])
				}
				out := dst[(i+r)*width+h*dim:][:dim]
				for j, v := range s.tile[r*dp:][:dim] {
					out[j] = v * inv
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
		col := s.keys[i/panelWidth*dim*panelWidth+i%panelWidth:]
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
			to := s.values[j*n+i*panelWidth:][:panelWidth]
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
	s.queries = grow(s.queries, n*d2)
	s.keys16 = grow(s.keys16, np*d2)
	s.values16 = grow(s.values16, np*dp)
	s.sums = grow(s.sums, maxTileRows*max(np, dp))
	s.probs = grow(s.probs, maxTileRows*np)
	s.queryScale = grow(s.queryScale, n)
	s.keyScale = grow(s.keyScale, np)
	s.valScale = grow(s.valScale, dp)
	var probSum [maxTileRows]int32
	for h := range heads {
		s.packInt(c, qkv, n, stride, width, h, dim)
		for i := 0; i < n; i += c.mr {
			rows := min(c.mr, n-i)
			for j := 0; j < np; j += panelWidth {
				c.i16Tile(s.sums[j:], np, s.queries[i*d2:], d2, s.keys16[j*d2:(j+panelWidth)*d2], rows, d2, false)
			}
			for r := range rows {
				c.scoreRow(s.scores, s.sums[r*np:(r+1)*np], s.keyScale, s.queryScale[i+r])
				for j := n; j < np; j++ {
					s.scores[j] = masked
				}
				total := c.expRow(s.scores, c.maxOf(s.scores))
				probSum[r] = c.probRow(s.probs[r*np:(r+1)*np], s.scores, min(probMax, probTotal/total))
			}
			for j := 0; j < dp; j += panelWidth {
				c.i16Tile(s.sums[j:], dp, s.probs, np, s.values16[j*np:(j+panelWidth)*np], rows, np, false)
			}
			for r := range rows {
				inv := 1 / float32(probSum[r])
				out := dst[(i+r)*width+h*dim:][:dim]
				for j, v := range s.sums[r*dp:][:dim] {
					out[j] = float32(v) * float32(s.valScale[j]*inv)
				}
			}
		}
	}
}

// packInt quantises and packs one head: queries row-major, keys as panels
// [n/16][dim/2][16][2] with a scale per row, values as panels
// [dim/16][n/2][16][2] with a scale per column. The query scale carries
// 1/sqrt(dim).
func (s *Scratch) packInt(c *isa, qkv []float32, n, stride, width, h, dim int) {
	np, d2 := roundUp(n, panelWidth), roundUp(dim, 2)
	limit := queryMax(dim)
	root := float32(1 / math.Sqrt(float64(dim)))
	clear(s.keys16)
	clear(s.keyScale)
	for i := range n {
		row := qkv[i*stride+h*dim:]
		q := s.queries[i*d2 : (i+1)*d2]
		clear(q)
		s.queryScale[i] = plainQuantise(q, row[:dim], limit) * root
		key := row[width:][:dim]
		inv, scale := quantiser(plainAbsMax(key), limit)
		s.keyScale[i] = scale
		to := s.keys16[i/panelWidth*d2*panelWidth+i%panelWidth*2:]
		for j, v := range key {
			to[j/2*2*panelWidth+j%2] = roundInt16(float32(v * inv))
		}
	}
	clear(s.values16)
	clear(s.valScale)
	v0 := 2*width + h*dim
	for i := range n {
		for j, v := range qkv[i*stride+v0:][:dim] {
			s.valScale[j] = max(s.valScale[j], abs(v))
		}
	}
	for j, top := range s.valScale[:dim] {
		inv, scale := quantiser(top, valueMax)
		s.valScale[j] = scale
		to := s.values16[j/panelWidth*np*panelWidth+j%panelWidth*2:]
		for i := range n {
			to[i/2*2*panelWidth+i%2] = roundInt16(float32(qkv[i*stride+v0+j] * inv))
		}
	}
}
