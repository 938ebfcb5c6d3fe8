package statements

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// every calls yield with every path over n places and its score.
func every(scores []float32, role, n int, yield func(path []bool, score float64)) {
	for bits := range 1 << n {
		path, score := make([]bool, n), 0.0
		before := false
		for i := range n {
			s := scores[i*width+role*3:]
			path[i] = bits>>i&1 == 1
			switch {
			case path[i] && before:
				score += float64(s[inside])
			case path[i]:
				score += float64(s[inside]) + float64(s[enter])
			case before:
				score += float64(s[leave])
			}
			before = path[i]
		}
		yield(path, score)
	}
}

// The chain against all paths written out.
func TestChainAgainstEveryPath(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		n, role := 1+random.IntN(7), random.IntN(roles)
		scores, at := make([]float32, n*width), make([]int, n)
		for i := range scores {
			scores[i] = float32(2 * random.NormFloat64())
		}
		for i := range at {
			at[i] = i
		}
		var sum, empty, most float64
		var best []bool
		in := make([]float64, n)
		every(scores, role, n, func(path []bool, score float64) {
			p := math.Exp(score)
			sum += p
			some := false
			for i, is := range path {
				some = some || is
				if is {
					in[i] += p
				}
			}
			if !some {
				empty = p
			} else if p > most {
				most, best = p, path
			}
		})
		var c chain
		p := c.best(scores, role, at, 1)
		if !reflect.DeepEqual(c.in, best) || math.Abs(p-most/sum) > 1e-9 {
			t.Fatalf("best path with a span %v (%.4f), want %v (%.4f)", c.in, p, best, most/sum)
		}
		p = c.best(scores, role, at, empty/sum-1e-9)
		if !reflect.DeepEqual(c.in, make([]bool, n)) || math.Abs(p-empty/sum) > 1e-9 {
			t.Fatalf("path without a span %v (%.4f), want none (%.4f)", c.in, p, empty/sum)
		}
		for i, m := range marginals(scores, role, at) {
			if math.Abs(m-in[i]/sum) > 1e-9 {
				t.Fatalf("probability of place %d being in %.6f, want %.6f", i, m, in[i]/sum)
			}
		}
	}
}
