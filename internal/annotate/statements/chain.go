package statements

import "math"

// The tagger gives three scores for a piece and a role.
const (
	inside = iota // of being in a span of the role
	enter         // of the first piece in, the one before being out
	leave         // of the first piece out, the one before being in
)

// roles of a statement, in the order of the tagger's outputs.
const (
	source = iota
	cue
	content
	roles
)

// width is how many scores the tagger gives for one piece.
const width = 3 * roles

// A chain reads one role of one cue: at each of n places two states, out and
// in, the score of a path being the sum of its scores (a linear-chain
// conditional random field: Lafferty, McCallum and Pereira 2001). Its slices
// are kept between calls; it is not for concurrent use.
type chain struct {
	in   []bool // the best path
	back []step
}

// A step says how the best path came to a place.
type step struct {
	entered bool // to in, from out
	fresh   bool // to in, from out with no span before
	left    bool // to out, from in
}

// best fills c.in with the best path over the pieces listed in at, and returns
// its probability among all paths. scores holds width values a piece.
//
// There are many ways of having a span and one of having none, so the best path
// may have none though some span is likely. None is taken only if its
// probability is at least none; 1 never takes it.
func (c *chain) best(scores []float32, role int, at []int, none float64) float64 {
	n := len(at)
	c.in, c.back = grow(c.in, n), grow(c.back, n)
	out, within := math.Inf(-1), math.Inf(-1) // best path with a span that ends out, in
	all, allIn := 0.0, math.Inf(-1)           // log of the sum over all paths that end out, in
	for i, p := range at {
		s := scores[p*width+role*3:]
		in, on, off := float64(s[inside]), float64(s[enter]), float64(s[leave])
		c.back[i] = step{entered: max(out, 0)+on > within, fresh: out < 0, left: within+off > out}
		out, within = max(out, within+off), in+max(within, max(out, 0)+on)
		all, allIn = logAdd(all, allIn+off), in+logAdd(allIn, all+on)
	}
	all = logAdd(all, allIn)
	clear(c.in)
	if n == 0 || math.Exp(-all) >= none {
		return math.Exp(-all)
	}
	state := within > out
	for i := n - 1; i >= 0; i-- {
		c.in[i] = state
		s := c.back[i]
		if !state {
			state = s.left
			continue
		}
		if s.entered && s.fresh {
			break
		}
		state = !s.entered
	}
	return math.Exp(max(out, within) - all)
}

// marginals returns for each piece in at the probability of being in a span of
// the role, over all paths.
func marginals(scores []float32, role int, at []int) []float64 {
	n := len(at)
	if n == 0 {
		return nil
	}
	type pair struct{ out, in float64 }
	ahead := make([]pair, n+1)
	ahead[0] = pair{0, math.Inf(-1)}
	get := func(i int) (in, on, off float64) {
		s := scores[at[i]*width+role*3:]
		return float64(s[inside]), float64(s[enter]), float64(s[leave])
	}
	for i := range n {
		in, on, off := get(i)
		a := ahead[i]
		ahead[i+1] = pair{logAdd(a.out, a.in+off), in + logAdd(a.in, a.out+on)}
	}
	all := logAdd(ahead[n].out, ahead[n].in)
	back, p := pair{0, 0}, make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		p[i] = math.Exp(ahead[i+1].in + back.in - all)
		in, on, off := get(i)
		back = pair{logAdd(back.out, on+in+back.in), logAdd(back.out+off, in+back.in)}
	}
	return p
}

// logAdd is log(exp(a)+exp(b)).
func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(b, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
