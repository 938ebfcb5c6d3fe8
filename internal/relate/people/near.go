package people

import (
	"cmp"
	"math"
	"slices"
)

// A Pair is two people who may be one, the one with more articles first.
type Pair struct {
	First, Second *Person
	Confidence    float64 // that they are one, 0 to 1
}

// nearest is the log-odds from which two people are worth a look.
const nearest = -0.4

// mostNear is how many people of like names are compared with one another.
const mostNear = 60

// Near lists people whom Join told apart and who may still be one, the likeliest
// first, most of them at most. Who acts beside another in an article is not
// that other.
func (j *Joiner) Near(most int) []Pair {
	var out []Pair
	seen := map[[2]int64]bool{}
	for _, list := range j.block {
		if len(list) < 2 || len(list) > mostNear {
			continue // names of so many tell little
		}
		for i, p := range list {
			for _, q := range list[:i] {
				if cmp.Or(cmp.Compare(q.Articles, p.Articles), cmp.Compare(p.ID, q.ID)) > 0 {
					p, q = q, p
				}
				key := [2]int64{p.ID, q.ID}
				if seen[key] || p.Articles == 0 || q.Articles == 0 {
					continue
				}
				seen[key] = true
				if s := j.near(p, q); s >= nearest {
					out = append(out, Pair{p, q, 1 / (1 + math.Exp(-s))})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.First.ID, b.First.ID), cmp.Compare(a.Second.ID, b.Second.ID))
	})
	return out[:min(len(out), most)]
}

// near is the log-odds that p is q, as if q were an actor of an article that
// has all that is known of them.
func (j *Joiner) near(p, q *Person) float64 {
	for name := range p.Names {
		if q.Company[exactKey(p.Type, name)] > 0 {
			return math.Inf(-1)
		}
	}
	for name := range q.Names {
		if p.Company[exactKey(q.Type, name)] > 0 {
			return math.Inf(-1)
		}
	}
	a := &Article{Day: q.First}
	best := math.Inf(-1)
	for name := range q.Names {
		f := &facts{actor: &Actor{Name: name, Type: q.Type}, roles: sortedKeys(q.Roles), company: sortedKeys(q.Company)}
		if q.Type == person {
			f.name = Parse(name)
		}
		best = max(best, j.weigh(a, f, p))
	}
	return best
}
