package encoder

import (
	"fmt"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/safetensors"
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
	e, err := newReader(encoderFile)
	if err == nil {
		m.readEncoder(e)
		err = e.finish()
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the encoder: %w", err)
	}
	h, err := newReader(headsFile)
	if err == nil {
		m.readHeads(h)
		err = h.err
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the heads: %w", err)
	}
	return m, nil
}

func (m *Model) readEncoder(r *reader) {
	word := r.tensor("word", -1, -1)
	if r.err != nil {
		return
	}
	m.vocabulary, m.width = word.Shape[0], word.Shape[1]
	if m.width == 0 || m.width%headWidth != 0 || m.vocabulary <= SEP {
		r.fail(`tensor "word" has shape %v: too few pieces, or a width that is no multiple of %d`, word.Shape, headWidth)
		return
	}
	m.heads = m.width / headWidth
	m.word, r.err = word.Int8()
	m.wordScale = r.floats("word.scale", m.vocabulary)
	m.position = r.floats("position", -1, m.width)
	m.positions = len(m.position) / m.width
	m.shape = r.floats("shape", -1, m.width)
	m.quote = r.floats("quote", -1, m.width)
	m.paragraph = r.floats("paragraph", -1, m.width)
	m.embedNorm = r.norm("embed_norm", m.width)
	if r.err == nil && (m.positions < 3 || len(m.shape) == 0 || len(m.quote) == 0 || len(m.paragraph) == 0) {
		r.fail("an embedding has no rows")
	}
	for i := 0; r.err == nil && r.file.Has(fmt.Sprintf("layer.%d.qkv.weight", i)); i++ {
		at := fmt.Sprintf("layer.%d.", i)
		l := layer{
			qkv:   r.linear(at+"qkv", 3*m.width, m.width),
			out:   r.linear(at+"out", m.width, m.width),
			up:    r.linear(at+"up", m.inner, m.width),
			norm1: r.norm(at+"norm1", m.width),
			norm2: r.norm(at+"norm2", m.width),
		}
		if m.inner == 0 {
			m.inner = l.up.n
		}
		l.down = r.linear(at+"down", m.width, m.inner)
		m.layers = append(m.layers, l)
	}
	if r.err == nil && len(m.layers) == 0 {
		r.fail(`tensor "layer.0.qkv.weight" is missing`)
	}
}

func (m *Model) readHeads(r *reader) {
	m.start1 = r.linear("start.0", 0, m.width)
	m.start2 = r.linear("start.1", 1, m.start1.n)
	m.piece = r.linear("piece", 0, m.width)
	m.tag = m.piece.n
	m.cueSum = r.linear("cue_sum", m.tag, m.width)
	m.cueProduct = r.linear("cue_product", m.tag, m.width)
	m.distance = r.floats("distance", 2*buckets, m.tag)
	m.tagNorm = r.norm("tag_norm", m.tag)
	m.conv1 = r.linear("conv1", m.tag, taps*m.tag)
	m.conv2 = r.linear("conv2", m.tag, taps*m.tag)
	m.out = r.linear("out", Scores, m.tag)
}

// A reader takes tensors from a file until one is wrong; then err says which,
// and everything else it gives is empty.
type reader struct {
	file *safetensors.File
	used map[string]bool
	err  error
}

func newReader(data []byte) (*reader, error) {
	f, err := safetensors.Parse(data)
	return &reader{file: f, used: map[string]bool{}}, err
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// finish is the first error, or one for a tensor that nothing has read.
func (r *reader) finish() error {
	if r.err != nil {
		return r.err
	}
	for _, name := range r.file.Names() {
		if !r.used[name] {
			return fmt.Errorf("tensor %q is none that the encoder has", name)
		}
	}
	return nil
}

// tensor is the tensor of that name and shape, -1 standing for any size.
func (r *reader) tensor(name string, shape ...int) safetensors.Tensor {
	if r.err != nil {
		return safetensors.Tensor{}
	}
	t, err := r.file.Tensor(name, shape...)
	r.err = err
	r.used[name] = true
	return t
}

func (r *reader) floats(name string, shape ...int) []float32 {
	t := r.tensor(name, shape...)
	if r.err != nil {
		return nil
	}
	v, err := t.Float32()
	r.err = err
	return v
}

func (r *reader) norm(name string, n int) norm {
	return norm{weight: r.floats(name+".weight", n), bias: r.floats(name+".bias", n)}
}

// linear reads NAME.weight [n][k], with NAME.scale [n] where it is int8, and
// NAME.bias [n]. An n of 0 stands for any number of outputs.
func (r *reader) linear(name string, n, k int) linear {
	if n == 0 {
		n = -1
	}
	t := r.tensor(name+".weight", n, k)
	if r.err != nil {
		return linear{}
	}
	l := linear{n: t.Shape[0], k: k}
	if l.n == 0 || k == 0 || k > kernel.MaxInnerInt8 {
		r.fail("tensor %q has shape %v: no rows, or too long ones", t.Name, t.Shape)
		return linear{}
	}
	if t.Type == safetensors.I8 {
		l.q, r.err = t.Int8()
		l.scale = r.floats(name+".scale", l.n)
	} else {
		l.w, r.err = t.Float32()
	}
	l.bias = r.floats(name+".bias", l.n)
	return l
}
