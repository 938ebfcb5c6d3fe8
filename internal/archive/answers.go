package archive

import "math"

// A Candidate is a statement that a store's index offers for a query.
type Candidate struct{ Statement, Version int64 }

// spare is how many candidates are asked for beyond what is needed, since some
// may not answer the query after all.
const spare = 32

// Answers yields the hits of a query in the order of its candidates. candidates
// lists the first limit of them, in an order that stays; version loads one;
// yield returns false once it has enough.
func Answers(p *Parsed, candidates func(limit int) ([]Candidate, error), version func(id int64) (*Version, error), yield func(*Hit) bool) error {
	limit := math.MaxInt32
	if p.Limit > 0 && p.Limit+p.Skip < limit-spare {
		limit = p.Limit + p.Skip + spare
	}
	recent := map[int64]*Version{}
	given, skipped := 0, 0
	for done := 0; ; limit *= 4 {
		list, err := candidates(limit)
		if err != nil {
			return err
		}
		for _, c := range list[min(done, len(list)):] {
			v := recent[c.Version]
			if v == nil {
				if v, err = version(c.Version); err != nil {
					return err
				}
				if len(recent) >= spare {
					clear(recent)
				}
				recent[c.Version] = v
			}
			h := p.Answer(v, v.Place(c.Statement))
			if h == nil {
				continue
			}
			if skipped < p.Skip {
				skipped++
				continue
			}
			if !yield(h) {
				return nil
			}
			if given++; given == p.Limit {
				return nil
			}
		}
		if len(list) < limit || limit >= math.MaxInt32/4 {
			return nil
		}
		done = len(list)
	}
}
