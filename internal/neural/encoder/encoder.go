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
	"sync"

	"whosaid/internal/neural/weights"
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
	embedNorm weights.Norm
	layers    []layer

	start1, start2            weights.Linear // width -> tag width -> 1
	tag                       int            // the tagger's width
	piece, cueSum, cueProduct weights.Linear // width -> tag width
	distance                  []float32      // [2*buckets][tag width]
	tagNorm                   weights.Norm
	conv1, conv2              weights.Linear // taps*tag width -> tag width
	out                       weights.Linear // tag width -> Scores

	packed [weights.Precisions]sync.Once // by Precision
}

// layer is one transformer layer.
type layer struct {
	qkv, out, up, down weights.Linear
	norm1, norm2       weights.Norm
}

// Precision is the arithmetic of a session.
type Precision = weights.Precision

// The precisions.
const (
	Quantised = weights.Quantised // int8 weights, activations quantised row by row
	Float32   = weights.Float32   // weights widened to float32
)

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
			l.Pack(p)
		}
	})
}

// linears lists all products of m.
func (m *Model) linears() []*weights.Linear {
	all := []*weights.Linear{&m.start1, &m.start2, &m.piece, &m.cueSum, &m.cueProduct, &m.conv1, &m.conv2, &m.out}
	for i := range m.layers {
		l := &m.layers[i]
		all = append(all, &l.qkv, &l.out, &l.up, &l.down)
	}
	return all
}
