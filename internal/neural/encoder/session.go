package encoder

import (
	"fmt"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/weights"
)

// An Input is one window of a text: its word pieces and their features, slices
// of the same length. News.Piece says what the features stand for.
type Input struct {
	IDs                     []int32
	Shape, Quote, Paragraph []uint8
}

// A Session runs windows through a model, one at a time. It belongs to one
// worker. Once it has seen its longest window it allocates nothing.
type Session struct {
	m         *Model
	precision Precision

	n        int       // pieces of the window; it has n+2 rows
	x        []float32 // [rows][width]: the window, encoded
	qkv      []float32 // [rows][3*width]
	attended []float32 // [rows][width]
	mid      []float32 // [rows][inner]
	sum      []float32 // [rows][width]

	hasPieces bool      // pieces holds this window's
	pieces    []float32 // [rows][tag width]: the tagger's projection
	u, v      []float32 // [rows][tag width]
	near      []float32 // [rows][taps*tag width]
	logits    []float32 // [rows][Scores]
	plus      []float32 // [tag width]
	times     []float32 // [tag width]

	rows    kernel.Rows
	scratch kernel.Scratch
}

// NewSession makes a session that computes at precision p. The first one of a
// precision packs the weights for it.
func (m *Model) NewSession(p Precision) *Session {
	m.pack(p)
	return &Session{m: m, precision: p}
}

// Encode runs one window of n pieces through the encoder and returns [n+2][width]:
// row 0 stands for the start of the window, row i+1 for piece i, row n+1 for its
// end. The result is the session's own and holds until the next Encode.
//
// It panics where a caller breaks its promises: slices of different length, more
// than MaxPieces pieces, an id or a feature that the model has no row for.
func (s *Session) Encode(in Input) []float32 {
	m := s.m
	n := len(in.IDs)
	if len(in.Shape) != n || len(in.Quote) != n || len(in.Paragraph) != n || n > m.MaxPieces() {
		panic(fmt.Sprintf("encoder: %d pieces with %d shapes, %d quotes, %d paragraphs; at most %d are taken",
			n, len(in.Shape), len(in.Quote), len(in.Paragraph), m.MaxPieces()))
	}
	s.n, s.hasPieces = n, false
	rows, w := n+2, m.width
	s.x = grow(s.x, rows*w)
	s.qkv = grow(s.qkv, rows*3*w)
	s.attended = grow(s.attended, rows*w)
	s.mid = grow(s.mid, rows*m.inner)
	s.sum = grow(s.sum, rows*w)

	s.embed(0, CLS, 0, 0, 0)
	for i, id := range in.IDs {
		s.embed(i+1, id, in.Shape[i], in.Quote[i], in.Paragraph[i])
	}
	s.embed(n+1, SEP, 0, 0, 0)
	kernel.AddNorm(s.x, s.x, nil, m.embedNorm.Weight, m.embedNorm.Bias, rows, w, epsilon)
	for i := range m.layers {
		s.layer(&m.layers[i], rows)
	}
	return s.x
}

// embed writes the sum of the embeddings of one piece to row i.
func (s *Session) embed(i int, id int32, shape, quote, paragraph uint8) {
	m, w := s.m, s.m.width
	to := s.x[i*w : (i+1)*w]
	word := row(m.word, int(id), w)
	position := row(m.position, i, w)
	sh, qu, pa := row(m.shape, int(shape), w), row(m.quote, int(quote), w), row(m.paragraph, int(paragraph), w)
	scale := m.wordScale[id]
	for j := range to {
		// The conversion keeps the compiler from rounding product and sum at once.
		to[j] = float32(float32(word[j])*scale) + position[j] + sh[j] + qu[j] + pa[j]
	}
}

// layer runs s.x through one transformer layer.
func (s *Session) layer(l *layer, rows int) {
	m, w := s.m, s.m.width
	s.mul(&l.qkv, s.qkv, s.x, rows)
	if s.precision == Quantised {
		kernel.AttentionInt(s.attended, s.qkv, rows, m.heads, headWidth, &s.scratch)
	} else {
		kernel.Attention(s.attended, s.qkv, rows, m.heads, headWidth, &s.scratch)
	}
	s.mul(&l.out, s.sum, s.attended, rows)
	kernel.AddNorm(s.x, s.sum, s.x, l.norm1.Weight, l.norm1.Bias, rows, w, epsilon)
	s.mul(&l.up, s.mid, s.x, rows)
	kernel.GELU(s.mid)
	s.mul(&l.down, s.sum, s.mid, rows)
	kernel.AddNorm(s.x, s.sum, s.x, l.norm2.Weight, l.norm2.Bias, rows, w, epsilon)
}

// mul computes dst [rows][l.N] = x [rows][l.K]·Wᵀ + b.
func (s *Session) mul(l *weights.Linear, dst, x []float32, rows int) {
	l.Mul(s.precision, &s.rows, dst, x, rows)
}

// row is row i of a table of rows of width w.
func row[T any](table []T, i, w int) []T { return table[i*w : (i+1)*w] }

// grow returns s with length n, reusing its memory where it suffices.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
