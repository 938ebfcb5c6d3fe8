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

	attended attended // integer
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
