package archive

import (
	"slices"

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

// NewFacets are the facets of nothing. What a store's index finds for p is
// added row by row.
func NewFacets(p *Parsed) *Facets {
	return &Facets{
		Rough:    slices.ContainsFunc(p.By, func(name []string) bool { return len(name) > 1 }) || len(p.People) > 0 || exact(p.Said),
		Speakers: map[string]int{}, About: map[string]int{}, Outlets: map[string]int{}, Kinds: map[string]int{}, Forms: map[string]int{},
		Days: map[Day]int{},
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
	Kind, Form string
	Facet      []byte // packed
}

// Add counts a row.
func (f *Facets) Add(c Counted) error {
	if f.Hits == MostCounted {
		f.More = true
		return nil
	}
	f.Hits++
	f.Days[c.Day]++
	if c.Kind != "" {
		f.Kinds[c.Kind]++
	}
	f.Forms[c.Form]++
	count := func(m map[string]int) func([]byte) {
		return func(name []byte) {
			if len(name) > 0 {
				m[string(name)]++
			}
		}
	}
	return pack.ReadFacet(c.Facet, c.Number, count(f.Outlets), count(f.Speakers), count(f.About))
}

// FacetOf is what a store keeps for counting the statements of doc, which have
// places among those that were read, so many. Actors whom the article never
// names are no one to choose, so they are left out.
func FacetOf(doc *news.Document, places Places, read int) []byte {
	f := pack.Facet{Outlet: oneSpace(doc.Outlet), Speakers: make([][]int, read), About: make([][]int, read)}
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
