package kernel

import (
	"fmt"
	"sync"
)

// F32 is a float32 weight matrix of n outputs and k inputs, packed for
// multiplication. It is read-only and safe for concurrent use.
type F32 struct {
	n, k   int
	panels []float32 // [ceil(n/16)][k][16], zero where a column does not exist
}

// PackF32 packs row-major weights w [n][k].
func PackF32(w []float32, n, k int) *F32 {
	checkLen("weights", len(w), n*k)
	p := &F32{n: n, k: k, panels: make([]float32, panelCount(n)*k*panelWidth)}
	for i := range n {
		col := i/panelWidth*k*panelWidth + i%panelWidth
		for j, v := range w[i*k : (i+1)*k] {
			p.panels[col+j*panelWidth] = v
		}
	}
	return p
}

// Block sizes of the f32 product: kcF32 rows of a panel (24 KB) stay in the
// first-level cache while mcF32 rows of x (144 KB) stream past from the second.
const (
	kcF32 = 384
	mcF32 = 96
)

// edge is room for a tile that reaches over the right end of a matrix.
type edge struct {
	c    [maxTileRows * panelWidth]float32
	bias [panelWidth]float32
}

var edges = sync.Pool{New: func() any { return new(edge) }}

var zeroBias [panelWidth]float32

// Mul computes dst[m][n] = x[m][k]·wᵀ + bias; bias may be nil.
func (p *F32) Mul(dst, x, bias []float32, m int) { p.mul(current, dst, x, bias, m) }

func (p *F32) mul(c *isa, dst, x, bias []float32, m int) {
	n, k := p.n, p.k
	checkLen("destination", len(dst), m*n)
	checkLen("rows", len(x), m*k)
	if bias != nil {
		checkLen("bias", len(bias), n)
	}
	e := edges.Get().(*edge)
	defer edges.Put(e)
	if n%panelWidth != 0 && bias != nil {
		clear(e.bias[:])
		copy(e.bias[:], bias[n/panelWidth*panelWidth:n])
	}
	for m0 := 0; m0 < m; m0 += mcF32 {
		m1 := min(m0+mcF32, m)
		for k0 := 0; k0 < max(k, 1); k0 += kcF32 {
			kc := min(kcF32, k-k0)
			for j := 0; j < n; j += panelWidth {
				b := p.panels[(j/panelWidth*k+k0)*panelWidth:][:kc*panelWidth]
				whole := j+panelWidth <= n
				var start []float32
				switch {
				case k0 > 0:
				case bias == nil:
					start = zeroBias[:]
				case whole:
					start = bias[j : j+panelWidth]
				default:
					start = e.bias[:]
				}
				for i := m0; i < m1; i += c.mr {
					rows := min(c.mr, m1-i)
					a := x[i*k+k0:]
					if whole {
						c.f32Tile(dst[i*n+j:], n, a, k, b, rows, kc, start)
						continue
					}
					w := n - j
					if start == nil {
						for r := range rows {
							copy(e.c[r*panelWidth:][:w], dst[(i+r)*n+j:])
						}
					}
					c.f32Tile(e.c[:], panelWidth, a, k, b, rows, kc, start)
					for r := range rows {
						copy(dst[(i+r)*n+j:][:w], e.c[r*panelWidth:])
					}
				}
			}
		}
	}
}

func panelCount(n int) int { return (n + panelWidth - 1) / panelWidth }

func roundUp(n, to int) int { return (n + to - 1) / to * to }

func checkLen(what string, have, need int) {
	if have < need {
		panic(fmt.Sprintf("kernel: %s: %d elements given, %d needed", what, have, need))
	}
}

// grow returns s with length n, reusing its memory where it suffices.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, roundUp(n, 64))
	}
	return s[:n]
}
