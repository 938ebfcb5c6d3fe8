package heads

import "math"

// A step is what a path says of one word: its state, and of which kind the run
// is that it belongs to.
type step struct{ kind, state uint8 }

// A chain finds the likeliest path through some kinds that exclude each other
// (Viterbi): a run is a single word, or begins, goes on and ends, and while one
// is open no other is.
type chain struct {
	path   []step
	closed []step // [words]: what the word is if no run is open after it
	inside []bool // [words][kinds]: whether, if one is, the word goes on with it or begins it
	sums   []float64
}

// best is the likeliest path of count kinds from kind on, given the logits
// [words][Kinds][States]: the path with the largest sum of them, since what turns
// logits into probabilities is the same for all states of a word. The path holds
// until the next.
func (c *chain) best(scores []float32, kind, count int) []step {
	n := len(scores) / (Kinds * States)
	c.path, c.closed, c.inside = grow(c.path, n), grow(c.closed, n), grow(c.inside, n*count)
	c.sums = grow(c.sums, count)
	open := c.sums // the best sum with a run of a kind open
	for k := range open {
		open[k] = math.Inf(-1)
	}
	closed := 0.0 // and with none
	for i := range n {
		w := scores[(i*Kinds+kind)*States:][:count*States]
		without := 0.0 // of all kinds
		for k := range count {
			without += float64(w[k*States+outside])
		}
		best, how := closed+without, step{state: outside}
		for k := range count {
			of := w[k*States:][:States]
			others := without - float64(of[outside])
			if v := closed + others + float64(of[single]); v > best {
				best, how = v, step{uint8(kind + k), single}
			}
			if v := open[k] + others + float64(of[end]); v > best {
				best, how = v, step{uint8(kind + k), end}
			}
			begun, gone := closed+others+float64(of[begin]), open[k]+others+float64(of[inside])
			open[k] = max(begun, gone)
			c.inside[i*count+k] = gone > begun
		}
		closed, c.closed[i] = best, how
	}
	run := -1 // the kind of the run that is open after word i
	for i := n - 1; i >= 0; i-- {
		switch {
		case run < 0:
			c.path[i] = c.closed[i]
			if c.closed[i].state == end {
				run = int(c.closed[i].kind)
			}
		case c.inside[i*count+run-kind]:
			c.path[i] = step{uint8(run), inside}
		default:
			c.path[i], run = step{uint8(run), begin}, -1
		}
	}
	return c.path
}
