package archive

import (
	"slices"
	"strings"

	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// MostCounted is how many statements Facets counts at most.
const MostCounted = 5000

// Facets counts what the statements that answer a query have: how many of them
// each speaker made, and so on. A name is counted as its article has it.
type Facets struct {
	Hits  int  // MostCounted at most
	More  bool // there are others, which are not counted
	Rough bool // some of those counted may not answer the query after all

	Speakers, About, Outlets, Kinds, Forms map[string]int
	Days                                   map[Day]int // 0 where the day is not known
}

// A Counting counts what a store's index finds.
type Counting struct {
	rough                                  bool
	hits                                   int
	more                                   bool
	speakers, about, outlets, kinds, forms tally[string]
	days                                   tally[Day]
}

// A tally counts without making a key of what it has met before.
type tally[K comparable] map[K]*int

func (t tally[K]) counts() map[K]int {
	out := make(map[K]int, len(t))
	for k, n := range t {
		out[k] = *n
	}
	return out
}

func count(t tally[string], name []byte) {
	if len(name) == 0 {
		return
	}
	n := t[string(name)]
	if n == nil {
		n = new(int)
		t[string(name)] = n
	}
	*n++
}

// NewCounting counts for p.
func NewCounting(p *Parsed) *Counting {
	return &Counting{
		rough:    slices.ContainsFunc(p.By, func(name []string) bool { return len(name) > 1 }) || len(p.People) > 0 || exact(p.Said),
		speakers: tally[string]{}, about: tally[string]{}, outlets: tally[string]{}, kinds: tally[string]{}, forms: tally[string]{},
		days: tally[Day]{},
	}
}

// Facets is what was counted.
func (c *Counting) Facets() *Facets {
	return &Facets{
		Hits: c.hits, More: c.more, Rough: c.rough,
		Speakers: c.speakers.counts(), About: c.about.counts(), Outlets: c.outlets.counts(), Kinds: c.kinds.counts(), Forms: c.forms.counts(),
		Days: c.days.counts(),
	}
}

// exact reports whether q asks for the very letters of a phrase, which an index
// of stems cannot tell.
func exact(q *terms.Query) bool {
	return q != nil && (q.Exact || slices.ContainsFunc(q.Parts, exact))
}

// A Counted is a row that a store's index finds.
type Counted struct {
	Number     int // of the statement in its article, from 0
	Day        Day
	Kind, Form []byte
	Facet      []byte // packed
}

// Full reports whether no more is counted, only that there is more.
func (c *Counting) Full() bool { return c.hits == MostCounted }

// Add counts a row. Of what is in it nothing is kept.
func (c *Counting) Add(x Counted) error {
	if c.Full() {
		c.more = true
		return nil
	}
	c.hits++
	n := c.days[x.Day]
	if n == nil {
		n = new(int)
		c.days[x.Day] = n
	}
	*n++
	count(c.kinds, x.Kind)
	count(c.forms, x.Form)
	of := func(t tally[string]) func([]byte) { return func(name []byte) { count(t, name) } }
	return pack.ReadFacet(x.Facet, x.Number, of(c.outlets), of(c.speakers), of(c.about))
}

// FacetOf is what a store keeps for counting and choosing the statements of doc,
// which have rows, and places among those that were read, so many. Actors whom
// the article never names are no one to choose, so they are left out.
func FacetOf(doc *news.Document, rows []Row, places Places, read int) []byte {
	f := pack.Facet{
		Outlet: oneSpace(doc.Outlet), Speakers: make([][]int, read), About: make([][]int, read),
		Day: int(DayOf(doc.Published)), Traits: make([]pack.Trait, read),
	}
	at := map[string]int{}
	name := func(list []int, s string) []int {
		s = oneSpace(s)
		k, ok := at[s]
		if !ok {
			k = len(f.Names)
			at[s] = k
			f.Names = append(f.Names, s)
		}
		if slices.Contains(list, k) {
			return list
		}
		return append(list, k)
	}
	named := map[string]bool{}
	for _, a := range doc.Actors {
		named[a.ID] = a.Named
	}
	for i := range doc.Statements {
		s, at := &doc.Statements[i], places.At(i)
		f.Traits[at] = pack.Trait{Kind: rows[i].Kind, Form: rows[i].Form}
		if w := rows[i].Words; w != "" {
			f.Traits[at].Words = 1 + strings.Count(w, " ")
		}
		for _, p := range s.Speakers {
			if named[p.Actor] && p.Name != "" {
				f.Speakers[at] = name(f.Speakers[at], p.Name)
			}
		}
		for _, a := range spokenOf(doc, s) {
			if doc.Actors[a].Named {
				f.About[at] = name(f.About[at], doc.Actors[a].Name)
			}
		}
	}
	return f.Bytes()
}
