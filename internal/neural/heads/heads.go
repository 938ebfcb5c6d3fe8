// Package heads runs what stands on the encoder beside the finding of
// statements: a tagger of names, of mentions of people and of the words that
// describe them, and a scorer of which earlier mention a later one takes up.
//
// Both read what the encoder says of each word piece (news.Vectors), so that the
// text goes through the encoder once. A Model holds the weights and is shared; a
// Session holds the working memory of one worker. Quantised results have the
// same bits on every processor.
package heads

import (
	"fmt"
	"sync"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/weights"
	"whosaid/internal/news"
)

// kinds are the kinds of tag in the order of the tagger's outputs.
var kinds = [...]news.TagKind{
	news.TagPerson, news.TagPlace, news.TagOrganisation,
	news.TagPersonName, news.TagPersonPronoun, news.TagPersonNominal,
	news.TagActingBody, news.TagActingPlace,
	news.TagRole, news.TagTitle, news.TagLabel,
}

// Kinds is how many kinds of tag there are, of which the first Names are kinds of
// name; States is how many scores a word has for each.
const (
	Kinds  = len(kinds)
	Names  = 3
	States = 5
)

// The states of a word: outside, or a run's first word, one inside it, its last
// one, its only one.
const (
	outside = iota
	begin
	inside
	end
	single
)

// Sizes of the scorer's tables.
const (
	forms     = 4
	distances = 12
	matches   = 5
	quotings  = 4
)

// A Model is the weights of the heads. It may be used by many goroutines at once.
type Model struct {
	width int // of the encoder's vectors

	hidden, states weights.Linear // width -> any -> Kinds*States

	inner                int            // width of a mention
	first, last          weights.Linear // width -> inner
	later, earlier, both weights.Linear // inner -> inner
	score, none          weights.Linear // inner -> 1
	form                 []float32      // [forms][inner]
	distance             []float32      // [distances][inner]
	match                []float32      // [matches][inner]
	quotes               []float32      // [quotings][inner]

	packed [weights.Precisions]sync.Once
}

// Load reads the weights from a file in safetensors format, whose bytes are
// referred to and must not change. For an encoder of width W and any D and E it
// holds the matrices
//
//	tags.0 [D, W], tags.1 [55, D] (eleven kinds of five states)
//	coreference.first, .last [E, W], .later, .earlier, .both [E, E], .score, .none [1, E]
//
// and the tables
//
//	coreference.form [4, E], .distance [12, E], .match [5, E], .quotes [4, E]
//
// A matrix NAME is the tensors NAME.weight, NAME.scale (one a row, if the weight is
// in I8; else F16 or F32) and NAME.bias, which last, earlier and both may lack.
// Other tensors are left to others.
func Load(file []byte) (*Model, error) {
	m := &Model{}
	r, err := weights.NewReader(file)
	if err == nil {
		m.read(r)
		err = r.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("weights of the heads for names and mentions: %w", err)
	}
	return m, nil
}

func (m *Model) read(r *weights.Reader) {
	shape := r.Tensor("tags.0.weight", -1, -1).Shape
	if r.Err() != nil {
		return
	}
	m.width = shape[1]
	m.hidden = r.Linear("tags.0", 0, m.width)
	m.states = r.Linear("tags.1", Kinds*States, m.hidden.N)

	const at = "coreference."
	m.first = r.Linear(at+"first", 0, m.width)
	m.inner = m.first.N
	m.last = product(r, at+"last", m.inner, m.width)
	m.later = r.Linear(at+"later", m.inner, m.inner)
	m.earlier = product(r, at+"earlier", m.inner, m.inner)
	m.both = product(r, at+"both", m.inner, m.inner)
	m.score = r.Linear(at+"score", 1, m.inner)
	m.none = r.Linear(at+"none", 1, m.inner)
	m.form = r.Floats(at+"form", forms, m.inner)
	m.distance = r.Floats(at+"distance", distances, m.inner)
	m.match = r.Floats(at+"match", matches, m.inner)
	m.quotes = r.Floats(at+"quotes", quotings, m.inner)
}

// product reads a matrix that may have no bias.
func product(r *weights.Reader, name string, n, k int) weights.Linear {
	if r.Has(name + ".bias") {
		return r.Linear(name, n, k)
	}
	return r.Matrix(name, n, k)
}

// Width is the number of values a vector of the encoder must have.
func (m *Model) Width() int { return m.width }

// A Session runs the heads for one worker. Once it has seen its largest text the
// scores of mentions allocate nothing.
type Session struct {
	m         *Model
	precision weights.Precision
	rows      kernel.Rows
	scratch   kernel.Scratch

	x, y   []float32 // [batch][width]
	u, v   []float32 // [batch][inner or hidden]
	scores []float32 // of the words being tagged: [words][Kinds][States]
	chain  chain
}

// NewSession makes a session that computes at precision p. The first one of a
// precision packs the weights for it.
func (m *Model) NewSession(p weights.Precision) *Session {
	m.packed[p].Do(func() {
		for _, l := range []*weights.Linear{
			&m.hidden, &m.states, &m.first, &m.last, &m.later, &m.earlier, &m.both, &m.score, &m.none,
		} {
			l.Pack(p)
		}
	})
	return &Session{m: m, precision: p}
}

func (s *Session) mul(l *weights.Linear, dst, x []float32, rows int) {
	l.Mul(s.precision, &s.rows, dst, x, rows)
}

// check panics where vectors are none of the encoder that the heads stand on, or
// there are fewer than pieces.
func (s *Session) check(v *news.Vectors, pieces int) {
	if v.Width != s.m.width || len(v.Scales) < pieces || len(v.Values) < pieces*v.Width {
		panic(fmt.Sprintf("heads: %d vectors of width %d for %d pieces; width %d is wanted", len(v.Scales), v.Width, pieces, s.m.width))
	}
}

// batch is how many rows go through a product at once.
const batch = 256

// row is row i of a table of rows of width w.
func row(table []float32, i, w int) []float32 { return table[i*w : (i+1)*w] }

// grow returns s with length n, reusing its memory where it suffices.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
