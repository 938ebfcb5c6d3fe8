// Package relations finds the standing ties that an article states between its
// actors: who leads, belongs to, works for or is related to whom, and which
// office somebody holds.
//
// Most are in the words by which an article calls somebody ("leader of X",
// "X's spokesman", "his wife", "R-Texas"): the noun says what the tie is, and
// the mention beside it to whom. The rest are told by what stands between two
// mentions ("Roe of X", "X's Y", "endorsed"). Nouns and verbs are lists beside
// this file.
package relations

import (
	"cmp"
	"context"
	"slices"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.Relations.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "relations",
		Doc:   "Standing ties between actors (leads, works for, family of, …), by descriptions and by the words between two mentions.",
		Needs: []string{"text", "sentences", "statements", "actors", "descriptions"},
		Gives: []string{"relations"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Relations = Find(doc)
			return nil
		},
	}
}

// The types of relation.
const (
	Leads       = "leads"
	HoldsOffice = "holds-office"
	MemberOf    = "member-of"
	PartOf      = "part-of"
	AllyOf      = "ally-of"
	OpponentOf  = "opponent-of"
	FamilyOf    = "family-of"
	WorksFor    = "works-for"
)

// Find gives the relations that doc states, in the order of their evidence,
// each pair of actors once a type. An office is words of the text, and so is
// a body that is no actor.
func Find(doc *news.Document) []news.Relation {
	f := newFinder(doc)
	f.leavings()
	for i, a := range doc.Actors {
		for _, d := range a.Descriptions {
			f.described(i, d)
		}
	}
	for i := range f.mentions {
		f.beside(i)
	}
	f.verbs()
	f.alliances()
	return f.finish()
}

// A tie is a relation and where it comes from.
type tie struct {
	news.Relation
	title bool // an office before a name, which says it better than other words
}

// finish keeps the first of each pair, and sorts.
func (f *finder) finish() []news.Relation {
	slices.SortStableFunc(f.found, func(a, b tie) int {
		return cmp.Or(cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.Evidence.End, b.Evidence.End))
	})
	type pair struct{ kind, from, to string }
	titled, leads := map[string]bool{}, map[pair]bool{}
	for _, r := range f.found {
		titled[r.From] = titled[r.From] || r.title
		if r.Type == Leads || r.Type == HoldsOffice {
			leads[pair{"", r.From, r.To}] = true
		}
	}
	seen := map[pair]bool{}
	var out []news.Relation
	for _, r := range f.found {
		key := pair{r.Type, r.From, r.To}
		switch r.Type {
		case HoldsOffice:
			if _, ok := f.byID[r.To]; !ok {
				key.to = ""
				if titled[r.From] && !r.title {
					continue
				}
			}
		case WorksFor:
			if leads[pair{"", r.From, r.To}] {
				continue
			}
		case AllyOf, OpponentOf, FamilyOf:
			if key.from > key.to {
				key.from, key.to = key.to, key.from
			}
		}
		if r.From == r.To || seen[key] || f.nameless(r.From) || f.nameless(r.To) {
			continue
		}
		seen[key] = true
		out = append(out, r.Relation)
	}
	return out
}
