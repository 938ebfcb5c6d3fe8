package kinds

import (
	"fmt"
	"strings"

	"whosaid/internal/neural/safetensors"
)

// A Model weighs the features of a statement: a sum for each kind, of what each
// name and each number of the vectors count for it (multinomial logistic
// regression, made by train/kinds.py). It may be used by many goroutines.
type Model struct {
	width   int
	names   map[string][]float32 // [kinds]
	words   []float32            // [buckets][kinds]: words of the content, hashed
	places  []float32            // [buckets][kinds]: words of the cue and of the content's head, hashed
	vectors []float32            // [parts*width][kinds]
	bias    []float32            // [kinds]
}

// Load reads a model in safetensors format: names (their bytes, a line break
// between two) and name [n, kinds], words and places [any, kinds], vectors
// [4*width, kinds] of the cue, the content, its first piece and the source, bias
// [kinds].
func Load(data []byte) (*Model, error) {
	f, err := safetensors.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("weights of the kinds: %w", err)
	}
	m := &Model{names: map[string][]float32{}}
	list, err := f.Tensor("names", -1)
	if err != nil {
		return nil, fmt.Errorf("weights of the kinds: %w", err)
	}
	raw, err := list.Int8()
	if err != nil {
		return nil, fmt.Errorf("weights of the kinds: %w", err)
	}
	text := make([]byte, len(raw))
	for i, b := range raw {
		text[i] = byte(b)
	}
	names := strings.Split(string(text), "\n")
	var perName []float32
	for _, t := range []struct {
		name string
		rows int
		to   *[]float32
	}{{"name", len(names), &perName}, {"words", -1, &m.words}, {"places", -1, &m.places}, {"vectors", -1, &m.vectors}} {
		tensor, err := f.Tensor(t.name, t.rows, len(Kinds))
		if err == nil {
			*t.to, err = tensor.Float32()
		}
		if err != nil {
			return nil, fmt.Errorf("weights of the kinds: %w", err)
		}
	}
	bias, err := f.Tensor("bias", len(Kinds))
	if err == nil {
		m.bias, err = bias.Float32()
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the kinds: %w", err)
	}
	rows := len(m.vectors) / len(Kinds)
	if rows%parts != 0 || len(m.words) == 0 || len(m.places) == 0 {
		return nil, fmt.Errorf("weights of the kinds: %d rows of vectors, %d words and %d places; vectors have %d parts and no table is empty",
			rows, len(m.words), len(m.places), parts)
	}
	m.width = rows / parts
	for i, name := range names {
		m.names[name] = perName[i*len(Kinds):][:len(Kinds)]
	}
	return m, nil
}

// Kind is the kind of a statement with these features.
func (m *Model) Kind(f Features) string {
	if v := f.Verdict; v.Kind != "" && !v.Leaning && !v.Negated {
		return v.Kind
	}
	scores := append([]float32(nil), m.bias...)
	for _, name := range f.Names {
		for k, w := range m.row(name) {
			scores[k] += w
		}
	}
	if len(f.Vectors) == parts*m.width {
		for i, x := range f.Vectors {
			for k, w := range m.vectors[i*len(Kinds):][:len(Kinds)] {
				// The conversion keeps the compiler from rounding product and sum at once.
				scores[k] += float32(x * w)
			}
		}
	}
	best := 0
	for k, s := range scores {
		if s > scores[best] {
			best = k
		}
	}
	return Kinds[best]
}

// row is what a name counts for each kind.
func (m *Model) row(name string) []float32 {
	group, _, _ := strings.Cut(name, ":")
	switch group {
	case "w":
		return bucket(m.words, name)
	case "c", "first":
		return bucket(m.places, name)
	}
	return m.names[name]
}

// bucket is the row of a table in which name falls: FNV-1a of its bytes.
func bucket(table []float32, name string) []float32 {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return table[int(h%uint32(len(table)/len(Kinds)))*len(Kinds):][:len(Kinds)]
}
