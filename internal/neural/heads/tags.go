package heads

import (
	"cmp"
	"math"
	"slices"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/news"
)

// TagScores appends to dst [len(at)][Kinds][States], the logits of each word's
// states, a word being given by its first piece. States are outside, a run's
// first word, inside it, its last one, its only one.
func (s *Session) TagScores(dst []float32, v *news.Vectors, at []int) []float32 {
	m := s.m
	for len(at) > 0 {
		n := min(batch, len(at))
		s.x = grow(s.x, n*m.width)
		for i, piece := range at[:n] {
			v.Row(piece, row(s.x, i, m.width))
		}
		s.u = grow(s.u, n*m.hidden.N)
		s.mul(&m.hidden, s.u, s.x, n)
		kernel.GELU(s.u)
		from := len(dst)
		dst = slices.Grow(dst, n*Kinds*States)[:from+n*Kinds*States]
		s.mul(&m.states, dst[from:], s.u, n)
		at = at[n:]
	}
	return dst
}

// words are a stretch of text, each word by its first piece, and the piece after
// the last word.
type words struct {
	at   []int
	stop int
}

// last is the last piece of word i.
func (w words) last(i int) int {
	if i+1 < len(w.at) {
		return w.at[i+1] - 1
	}
	return w.stop - 1
}

// Tags returns what stands in the text, in its order: every kind's runs of words
// are those of the likeliest path of states, read in chains that break before
// the pieces in breaks, which rise, and before every paragraph. Runs of one kind
// do not overlap, nor do names, whatever kind they are of.
func (s *Session) Tags(pieces []news.Piece, v *news.Vectors, breaks []int) []news.Tag {
	s.check(v, len(pieces))
	var tags []news.Tag
	var at []int     // words not yet scored
	var chains []int // where among them each chain but the first begins
	read := func(stop int) {
		s.scores = s.TagScores(s.scores[:0], v, at)
		from := 0
		for _, to := range append(chains, len(at)) {
			w := words{at[from:to], stop}
			if to < len(at) {
				w.stop = at[to]
			}
			tags = s.decode(tags, pieces, w, s.scores[from*Kinds*States:to*Kinds*States])
			from = to
		}
		at, chains = at[:0], chains[:0]
	}
	for i, p := range pieces {
		broken := p.Paragraph != 0
		for len(breaks) > 0 && breaks[0] <= i {
			broken, breaks = true, breaks[1:]
		}
		switch {
		case broken && len(at) >= batch:
			read(i)
		case broken && len(at) > 0:
			chains = append(chains, len(at))
		}
		if p.First || broken || i == 0 {
			at = append(at, i)
		}
	}
	if len(at) > 0 {
		read(len(pieces))
	}
	slices.SortStableFunc(tags, func(a, b news.Tag) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
	})
	return tags
}

// decode appends the runs of one chain.
func (s *Session) decode(tags []news.Tag, pieces []news.Piece, w words, scores []float32) []news.Tag {
	for kind := 0; kind < Kinds; {
		count := 1
		if kind == 0 {
			count = Names
		}
		tags = s.runs(tags, w, pieces, s.chain.best(scores, kind, count), scores)
		kind += count
	}
	return tags
}

// runs appends the runs of a path.
func (s *Session) runs(tags []news.Tag, w words, pieces []news.Piece, path []step, scores []float32) []news.Tag {
	for i := 0; i < len(path); i++ {
		if path[i].state == outside {
			continue
		}
		first := i
		for path[i].state != end && path[i].state != single {
			i++
		}
		last := w.last(i)
		tags = append(tags, news.Tag{
			Span:       news.Span{Start: pieces[w.at[first]].Start, End: pieces[last].End},
			Kind:       kinds[path[i].kind],
			First:      w.at[first],
			Last:       last,
			Confidence: s.sureness(scores, first, path[first:i+1]),
		})
	}
	return tags
}

// sureness is the geometric mean of the probabilities of a run's steps, which
// begin at word first, to six places: what lies beyond may differ between
// processors.
func (s *Session) sureness(scores []float32, first int, run []step) float64 {
	sum := 0.0
	for i, step := range run {
		var p [States]float32
		copy(p[:], scores[((first+i)*Kinds+int(step.kind))*States:])
		kernel.Softmax(p[:], &s.scratch)
		sum += math.Log(max(float64(p[step.state]), math.SmallestNonzeroFloat32))
	}
	return math.Round(1e6*math.Exp(sum/float64(len(run)))) / 1e6
}
