package encoder

import (
	"fmt"

	"whosaid/internal/neural/weights"
)

// Load reads the weights of the encoder and of the heads from two files in
// safetensors format. The files' bytes are referred to and must not change.
//
// The encoder's file holds, for a vocabulary of V pieces, P positions, width W,
// which is 32 times the number of attention heads, and inner width I,
//
//	word [V, W] in I8, word.scale [V]
//	position [P, W] (with the token type's row added), shape, quote, paragraph [any, W]
//	embed_norm.weight, embed_norm.bias [W]
//
// and for each layer, from layer.0 on,
//
//	layer.0.qkv [3W, W] (queries, keys, values), out [W, W], up [I, W], down [W, I]
//	layer.0.norm1.weight, .bias, norm2.weight, .bias [W]
//
// where a matrix NAME is the tensors NAME.weight, NAME.scale (one a row, if the
// weight is in I8; else F16 or F32) and NAME.bias. The heads' file holds, with any
// D and E,
//
//	start.0 [D, W], start.1 [1, D]
//	piece, cue_sum, cue_product [E, W]; distance [20, E] (no matrix: a table)
//	tag_norm.weight, tag_norm.bias [E]
//	conv1, conv2 [E, 5*E] (the five taps one after another), out [9, E]
func Load(encoderFile, headsFile []byte) (*Model, error) {
	m := &Model{}
	e, err := weights.NewReader(encoderFile)
	if err == nil {
		m.readEncoder(e)
		err = e.Finish()
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the encoder: %w", err)
	}
	h, err := weights.NewReader(headsFile)
	if err == nil {
		m.readHeads(h)
		err = h.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the heads: %w", err)
	}
	return m, nil
}

func (m *Model) readEncoder(r *weights.Reader) {
	word := r.Tensor("word", -1, -1)
	if r.Err() != nil {
		return
	}
	m.vocabulary, m.width = word.Shape[0], word.Shape[1]
	if m.width == 0 || m.width%headWidth != 0 || m.vocabulary <= SEP {
		r.Fail(`tensor "word" has shape %v: too few pieces, or a width that is no multiple of %d`, word.Shape, headWidth)
		return
	}
	m.heads = m.width / headWidth
	m.word = r.Int8("word", -1, -1)
	m.wordScale = r.Floats("word.scale", m.vocabulary)
	m.position = r.Floats("position", -1, m.width)
	m.positions = len(m.position) / m.width
	m.shape = r.Floats("shape", -1, m.width)
	m.quote = r.Floats("quote", -1, m.width)
	m.paragraph = r.Floats("paragraph", -1, m.width)
	m.embedNorm = r.Norm("embed_norm", m.width)
	if r.Err() == nil && (m.positions < 3 || len(m.shape) == 0 || len(m.quote) == 0 || len(m.paragraph) == 0) {
		r.Fail("an embedding has no rows")
	}
	for i := 0; r.Err() == nil && r.Has(fmt.Sprintf("layer.%d.qkv.weight", i)); i++ {
		at := fmt.Sprintf("layer.%d.", i)
		l := layer{
			qkv:   r.Linear(at+"qkv", 3*m.width, m.width),
			out:   r.Linear(at+"out", m.width, m.width),
			up:    r.Linear(at+"up", m.inner, m.width),
			norm1: r.Norm(at+"norm1", m.width),
			norm2: r.Norm(at+"norm2", m.width),
		}
		if m.inner == 0 {
			m.inner = l.up.N
		}
		l.down = r.Linear(at+"down", m.width, m.inner)
		m.layers = append(m.layers, l)
	}
	if r.Err() == nil && len(m.layers) == 0 {
		r.Fail(`tensor "layer.0.qkv.weight" is missing`)
	}
}

func (m *Model) readHeads(r *weights.Reader) {
	m.start1 = r.Linear("start.0", 0, m.width)
	m.start2 = r.Linear("start.1", 1, m.start1.N)
	m.piece = r.Linear("piece", 0, m.width)
	m.tag = m.piece.N
	m.cueSum = r.Linear("cue_sum", m.tag, m.width)
	m.cueProduct = r.Linear("cue_product", m.tag, m.width)
	m.distance = r.Floats("distance", 2*buckets, m.tag)
	m.tagNorm = r.Norm("tag_norm", m.tag)
	m.conv1 = r.Linear("conv1", m.tag, taps*m.tag)
	m.conv2 = r.Linear("conv2", m.tag, taps*m.tag)
	m.out = r.Linear("out", Scores, m.tag)
}
