package heads

import (
	"math/rand/v2"
	"slices"
	"testing"

	"whosaid/internal/neural/weights"
	"whosaid/internal/news"
)

// paths calls use with every path of n words that runs may make of count kinds.
func paths(n, kind, count int, use func([]step)) {
	path := make([]step, 0, n)
	var extend func(open int)
	extend = func(open int) {
		if len(path) == n {
			if open < 0 {
				use(path)
			}
			return
		}
		next := func(s step, open int) {
			path = append(path, s)
			extend(open)
			path = path[:len(path)-1]
		}
		if open >= 0 {
			next(step{uint8(open), inside}, open)
			next(step{uint8(open), end}, -1)
			return
		}
		next(step{state: outside}, -1)
		for k := kind; k < kind+count; k++ {
			next(step{uint8(k), single}, -1)
			next(step{uint8(k), begin}, k)
		}
	}
	extend(-1)
}

// worth is the sum of the logits of what path says of every kind.
func worth(scores []float32, kind, count int, path []step) float64 {
	sum := 0.0
	for i, s := range path {
		for k := kind; k < kind+count; k++ {
			state := outside
			if s.state != outside && int(s.kind) == k {
				state = int(s.state)
			}
			sum += float64(scores[(i*Kinds+k)*States+state])
		}
	}
	return sum
}

func TestBestPathIsTheBestOfAll(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	var c chain
	for range 300 {
		n := r.IntN(6)
		scores := make([]float32, n*Kinds*States)
		for i := range scores {
			scores[i] = float32(r.NormFloat64())
		}
		for _, group := range [][2]int{{0, Names}, {4, 1}, {Kinds - 1, 1}} {
			best, most, count := []step(nil), 0.0, 0
			paths(n, group[0], group[1], func(p []step) {
				if v := worth(scores, group[0], group[1], p); count == 0 || v > most {
					best, most = slices.Clone(p), v
				}
				count++
			})
			if got := c.best(scores, group[0], group[1]); !slices.Equal(got, best) {
				t.Fatalf("%d words, kinds %v: %v, want %v of %d paths", n, group, got, best, count)
			}
		}
	}
}

func TestTagsAreWellFormed(t *testing.T) {
	r := tinyReference(t)
	pieces, s := r.pieces(), tiny(t).NewSession(weights.Float32)
	pieces[20].Paragraph, pieces[41].Paragraph = 1, 1
	breaks := []int{10, 33, 33, 41}
	all := s.Tags(pieces, r.vectors(), breaks)
	if len(all) < 20 {
		t.Fatalf("only %d tags", len(all))
	}
	for i, tag := range all {
		if tag.First > tag.Last || tag.Start != pieces[tag.First].Start || tag.End != pieces[tag.Last].End {
			t.Errorf("%+v: positions and pieces differ", tag)
		}
		if !(tag.Confidence > 0 && tag.Confidence <= 1) {
			t.Errorf("%+v: confidence", tag)
		}
		for _, b := range append(breaks, 20) {
			if tag.First < b && b <= tag.Last {
				t.Errorf("%+v runs over a break at %d", tag, b)
			}
		}
		if !pieces[tag.First].First && !slices.Contains(append(breaks, 20, 0), tag.First) || tag.Last+1 < len(pieces) && !pieces[tag.Last+1].First && !slices.Contains(append(breaks, 20), tag.Last+1) {
			t.Errorf("%+v cuts a word", tag)
		}
		for _, other := range all[:i] {
			exclusive := tag.Kind == other.Kind || isName(tag.Kind) && isName(other.Kind)
			if exclusive && tag.Overlaps(other.Span) {
				t.Errorf("%+v overlaps %+v", tag, other)
			}
			if other.First > tag.First {
				t.Errorf("%+v stands after %+v", tag, other)
			}
		}
	}
}

func isName(k news.TagKind) bool { return slices.Contains(kinds[:Names], k) }

// Chains are read many at once; alone they give the same.
func TestChainsDoNotSeeEachOther(t *testing.T) {
	r := tinyReference(t)
	pieces, v, s := r.pieces(), r.vectors(), tiny(t).NewSession(weights.Quantised)
	const cut = 29
	whole := s.Tags(pieces, v, []int{cut})
	before := s.Tags(pieces[:cut], v, nil)
	after := s.Tags(pieces[cut:], &news.Vectors{Width: v.Width, Values: v.Values[cut*v.Width:], Scales: v.Scales[cut:]}, nil)
	for i := range after {
		after[i].First, after[i].Last = after[i].First+cut, after[i].Last+cut
	}
	if !slices.Equal(whole, append(before, after...)) {
		t.Errorf("%v, want %v and %v", whole, before, after)
	}
	var none []news.Piece
	if got := s.Tags(none, &news.Vectors{Width: v.Width}, nil); len(got) > 0 {
		t.Errorf("nothing has tags %v", got)
	}
}
