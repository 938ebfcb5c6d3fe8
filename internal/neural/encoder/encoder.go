// Package encoder runs the network: a BERT encoder and, on it, the heads that
// find statements.
//
// The encoder is BERT's (Devlin et al. 2019; post-norm, GELU by tanh) with three
// more embeddings, which carry what an uncased vocabulary loses: the shape of the
// word, whether it stands in quotation marks, whether it opens a paragraph. One
// head gives every piece a score for being the first of a cue; the tagger then
// scores, for one cue, which pieces are its source, its cue and its content.
//
// A Model holds the weights and is shared; a Session holds the working memory of
// one worker. A session computes in float32 or quantised. Quantised results have
// the same bits on every processor; float32 results differ in the last digits.
package encoder

import (
	"fmt"
	"math"
	"sync"

	"whosaid/internal/neural/kernel"
)

// Rows of the vocabulary that stand before and after every window.
const (
	CLS = 101
	SEP = 102
)

// headWidth is the width of an attention head.
const headWidth = 32

// Roles and scores of the tagger.
const (
	Roles         = 3 // source, cue, content
	ScoresPerRole = 3 // of being in, of entering here, of leaving here
	Scores        = Roles * ScoresPerRole
)

// Normalisation: added to the variance in the encoder and in the tagger.
const (
	epsilon    = 1e-12
	tagEpsilon = 1e-5
)

// A Model is the weights of the encoder and the heads. It may be used by many
// goroutines at once.
type Model struct {
	width, heads, inner   int
	vocabulary, positions int

	word      []int8    // [vocabulary][width]
	wordScale []float32 // [vocabulary]
	position  []float32 // [positions][width]
	shape     []float32 // [shapes][width]
	quote     []float32 // [quotes][width]
	paragraph []float32 // [paragraphs][width]
	embedNorm norm
	layers    []layer

	start1, start2            linear    // width -> tag width -> 1
	tag                       int       // the tagger's width
	piece, cueSum, cueProduct linear    // width -> tag width
	distance                  []float32 // [2*buckets][tag width]
	tagNorm                   norm
	conv1, conv2              linear // taps*tag width -> tag width
	out                       linear // tag width -> Scores

	packed [2]sync.Once // by Precision
}

// layer is one transformer layer.
type layer struct {
	qkv, out, up, down linear
	norm1, norm2       norm
}

// norm is the scale and shift of a layer normalisation.
type norm struct {
	weight, bias []float32
}

// linear is the weights of y = Wx + b, n outputs and k inputs. A packed form is
// there once a session of its precision has been asked for.
type linear struct {
	n, k  int
	bias  []float32
	w     []float32 // [n][k]; nil where the file gives int8
	q     []int8    // [n][k]; nil where the file gives floats
	scale []float32 // [n], of q
	f32   *kernel.F32
	int8  *kernel.Int8
}

// Precision is the arithmetic of a session.
type Precision int

// The precisions.
const (
	Quantised Precision = iota // int8 weights, activations quantised row by row
	Float32                    // weights widened to float32
)

// String names p.
func (p Precision) String() string {
	switch p {
	case Float32:
		return "f32"
	case Quantised:
		return "int8"
	}
	return fmt.Sprintf("precision %d", int(p))
}

// MaxPieces is the length of the longest window.
func (m *Model) MaxPieces() int { return m.positions - 2 }

// Width is the number of values the encoder gives for a piece.
func (m *Model) Width() int { return m.width }

// Vocabulary is the number of word pieces the encoder knows.
func (m *Model) Vocabulary() int { return m.vocabulary }

// Flops is the number of floating-point operations of the encoder, without the
// heads, for one window of n pieces; a multiplication and an addition are two.
func (m *Model) Flops(n int) float64 {
	rows, w, inner := float64(n+2), float64(m.width), float64(m.inner)
	products := 4*w*w + 2*w*inner
	attention := 2 * rows * w
	return 2 * rows * (products + attention) * float64(len(m.layers))
}

// pack makes the packed form of all products for precision p, once.
func (m *Model) pack(p Precision) {
	m.packed[p].Do(func() {
		for _, l := range m.linears() {
			l.pack(p)
		}
	})
}

// linears lists all products of m.
func (m *Model) linears() []*linear {
	all := []*linear{&m.start1, &m.start2, &m.piece, &m.cueSum, &m.cueProduct, &m.conv1, &m.conv2, &m.out}
	for i := range m.layers {
		l := &m.layers[i]
		all = append(all, &l.qkv, &l.out, &l.up, &l.down)
	}
	return all
}

func (l *linear) pack(p Precision) {
	switch {
	case p == Float32 && l.w != nil:
		l.f32 = kernel.PackF32(l.w, l.n, l.k)
	case p == Float32:
		w := make([]float32, l.n*l.k)
		for i, q := range l.q {
			w[i] = float32(q) * l.scale[i/l.k]
		}
		l.f32 = kernel.PackF32(w, l.n, l.k)
	case l.q != nil:
		l.int8 = kernel.PackInt8(l.q, l.scale, l.n, l.k)
	default:
		q, scale := quantise(l.w, l.n, l.k)
		l.int8 = kernel.PackInt8(q, scale, l.n, l.k)
	}
}

// quantise rounds w [n][k] to int8 with one scale a row, the same on every
// processor: each step is a single operation.
func quantise(w []float32, n, k int) (q []int8, scale []float32) {
	q, scale = make([]int8, n*k), make([]float32, n)
	for i := range n {
		row := w[i*k : (i+1)*k]
		var top float64
		for _, v := range row {
			top = max(top, math.Abs(float64(v)))
		}
		if top == 0 {
			continue
		}
		scale[i] = float32(top / 127)
		for j, v := range row {
			q[i*k+j] = int8(math.RoundToEven(float64(v) * 127 / top))
		}
	}
	return q, scale
}
