package archive

import (
	"fmt"
	"slices"

	"whosaid/internal/archive/terms"
)

// A Query says which statements to find. Empty fields ask for nothing.
type Query struct {
	Words   string   // as terms.Parse reads it
	Speaker string   // words of the speaker's name
	Spelled []string // or all words of one of these other names of the speaker
	People  []int64  // spoken by one of these
	About   string   // words of the name of somebody spoken of in it
	Outlets []string // printed by one of these
	Kinds   []string // of one of these
	Forms   []string // of one of these
	Since   string   // published on this day, month or year or later
	To      string   // published on it or earlier
	Sort    Order
	Limit   int // hits at most; all of them if 0
	Skip    int // hits to leave out before the first
}

// An Order is an order of hits.
type Order string

// The orders. Where there are no words to rank by, ByRank is ByDate.
const (
	ByRank Order = "rank" // best first, by BM25 or what the database has like it; of more than MostCounted hits a store may rank those that were kept last, and the others come behind them
	ByDate Order = "date" // latest first, those without a date last
)

// A QueryError is a query that cannot be read, with the reason.
type QueryError struct{ Err error }

func (e *QueryError) Error() string { return e.Err.Error() }
func (e *QueryError) Unwrap() error { return e.Err }

// Parsed is a Query made ready to be asked.
type Parsed struct {
	Query
	Said    *terms.Query // Words; nil if there are none
	By      [][]string   // Speaker and Spelled: the words of one of these
	Of      []terms.Word // About
	Places  []string     // Outlets, folded
	First   Day          // Since; 0 if open
	Last    Day          // To; 0 if open
	ByWords bool         // the index of words is needed
}

// Parse reads q; what is wrong with it is a *QueryError.
func (q Query) Parse() (*Parsed, error) {
	p := &Parsed{Query: q}
	var err error
	if p.Said, err = terms.Parse(q.Words); err != nil {
		return nil, &QueryError{err}
	}
	for _, name := range []struct{ flag, is string }{{"speaker", q.Speaker}, {"about", q.About}} {
		if name.is != "" && len(terms.Name(name.is)) == 0 {
			return nil, &QueryError{fmt.Errorf("the %s %q holds no word to look for", name.flag, name.is)}
		}
	}
	for _, name := range append([]string{q.Speaker}, q.Spelled...) {
		if words := terms.Name(name); len(words) > 0 {
			p.By = append(p.By, words)
		}
	}
	p.Of = terms.Words(q.About)
	for _, o := range q.Outlets {
		p.Places = append(p.Places, FoldOutlet(o))
	}
	if q.Since != "" {
		if p.First, _, err = days(q.Since); err != nil {
			return nil, &QueryError{err}
		}
	}
	if q.To != "" {
		if _, p.Last, err = days(q.To); err != nil {
			return nil, &QueryError{err}
		}
	}
	if p.First != 0 && p.Last != 0 && p.First > p.Last {
		return nil, &QueryError{fmt.Errorf("no day is both since %s and until %s: give the earlier one first", q.Since, q.To)}
	}
	switch q.Sort {
	case "":
		p.Sort = ByRank
	case ByRank, ByDate:
	default:
		return nil, &QueryError{fmt.Errorf("there is no order %q: choose %s or %s", q.Sort, ByRank, ByDate)}
	}
	if p.Said == nil {
		p.Sort = ByDate
	}
	p.ByWords = p.Said != nil || len(p.By) > 0 || len(p.Of) > 0
	return p, nil
}

// spokenBy reports whether a statement's speakers, in folded words each, hold one
// that p asks for.
func (p *Parsed) spokenBy(speakers [][]string) bool {
	if len(p.By) == 0 {
		return true
	}
	return slices.ContainsFunc(speakers, func(s []string) bool {
		return slices.ContainsFunc(p.By, func(name []string) bool {
			return !slices.ContainsFunc(name, func(w string) bool { return !slices.Contains(s, w) })
		})
	})
}
