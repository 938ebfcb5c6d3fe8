package heads

import (
	"fmt"
	"math/bits"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/news"
)

// A Form is how a mention refers.
type Form uint8

// The forms.
const (
	Name Form = iota // full or short names, acronyms
	Pronoun
	Nominal
	Other
)

// A Mention is a run of words that refers to somebody: its first piece, any piece
// of its last word, and its form.
type Mention struct {
	First, Last int
	Form        Form
}

// Mentions are the mentions of one text as the scorer sees them. The zero value
// is ready; Load fills it, reusing its memory.
type Mentions struct {
	first   []int     // their first pieces
	quoted  []uint8   // 1 where that one lies in quotation marks
	vector  []float32 // [mentions][inner]
	earlier []float32 // [mentions][inner]: their part in the score as an antecedent
	none    []float32 // [mentions]: the score of having no antecedent
}

// Len is the number of mentions.
func (all *Mentions) Len() int { return len(all.first) }

// Represent fills all with the mentions in list, by the vectors of their first
// piece and of the first piece of their last word. It costs the more the more
// mentions there are, and is the same whatever their order.
func (s *Session) Represent(all *Mentions, pieces []news.Piece, v *news.Vectors, list []Mention) {
	s.check(v, len(pieces))
	m, n := s.m, len(list)
	all.first, all.quoted = grow(all.first, n), grow(all.quoted, n)
	all.vector, all.earlier = grow(all.vector, n*m.inner), grow(all.earlier, n*m.inner)
	all.none = grow(all.none, n)
	for from := 0; from < n; from += batch {
		part := list[from:min(from+batch, n)]
		rows := len(part)
		s.x, s.y = grow(s.x, rows*m.width), grow(s.y, rows*m.width)
		for i, mention := range part {
			if mention.First < 0 || mention.Last < mention.First || mention.Last >= len(pieces) || mention.Form > Other {
				panic(fmt.Sprintf("heads: mention %+v in a text of %d pieces", mention, len(pieces)))
			}
			last := mention.Last
			for last > mention.First && !pieces[last].First {
				last--
			}
			v.Row(mention.First, row(s.x, i, m.width))
			v.Row(last, row(s.y, i, m.width))
			all.first[from+i], all.quoted[from+i] = mention.First, pieces[mention.First].Quote&1
		}
		g := all.vector[from*m.inner : (from+rows)*m.inner]
		s.u = grow(s.u, rows*m.inner)
		s.mul(&m.first, g, s.x, rows)
		s.mul(&m.last, s.u, s.y, rows)
		kernel.Add(g, s.u)
		for i, mention := range part {
			kernel.Add(row(g, i, m.inner), row(m.form, int(mention.Form), m.inner))
		}
		kernel.GELU(g)
		s.mul(&m.earlier, all.earlier[from*m.inner:], g, rows)
		s.mul(&m.none, all.none[from:], g, rows)
	}
}

// A Candidate is a mention that a later one may take up, by its place in the list,
// and how their words agree (names.Agree; 0 where one is a pronoun).
type Candidate struct {
	Mention int
	Match   uint8
}

// Antecedents appends to dst 1+len(candidates) scores: of mention later taking up
// none before it, then of its taking up each candidate. Probabilities makes
// chances of them.
func (s *Session) Antecedents(dst []float32, all *Mentions, later int, candidates []Candidate) []float32 {
	m := s.m
	g := row(all.vector, later, m.inner)
	dst = append(dst, all.none[later])
	s.y = grow(s.y, m.inner)
	s.mul(&m.later, s.y, g, 1)
	for len(candidates) > 0 {
		part := candidates[:min(batch, len(candidates))]
		n := len(part)
		s.u, s.v = grow(s.u, n*m.inner), grow(s.v, n*m.inner)
		for i, c := range part {
			to := row(s.u, i, m.inner)
			for j, x := range row(all.vector, c.Mention, m.inner) {
				to[j] = g[j] * x
			}
		}
		s.mul(&m.both, s.v, s.u, n)
		for i, c := range part {
			to := row(s.v, i, m.inner)
			kernel.Add(to, s.y)
			kernel.Add(to, row(all.earlier, c.Mention, m.inner))
			kernel.Add(to, row(m.distance, bucket(all.first[later]-all.first[c.Mention]), m.inner))
			kernel.Add(to, row(m.match, int(c.Match), m.inner))
			kernel.Add(to, row(m.quotes, int(2*all.quoted[later]+all.quoted[c.Mention]), m.inner))
		}
		kernel.GELU(s.v)
		s.u = grow(s.u, n)
		s.mul(&m.score, s.u, s.v, n)
		dst = append(dst, s.u[:n]...)
		candidates = candidates[n:]
	}
	return dst
}

// Probabilities turns the scores of Antecedents into chances that sum to one.
func (s *Session) Probabilities(scores []float32) { kernel.Softmax(scores, &s.scratch) }

// bucket is the class of a distance in pieces, by doubling.
func bucket(d int) int {
	return min(distances-1, bits.Len(uint(1+max(d, -d)))-1)
}
