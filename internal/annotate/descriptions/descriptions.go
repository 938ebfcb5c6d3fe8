// Package descriptions finds the words by which an article calls its actors,
// and whose they are: "US President" (title), "leader of the opposition"
// (role), "hard-line cleric" (label).
//
// It looks where English puts them: before a name, between commas after one, in
// brackets, after "is" and "as", and in mentions that are no names at all. What
// the network took for a description, but no pattern reached, is given to the
// actor that it stands nearest to by the same patterns. The nouns that make a
// description and the words that make it a label are lists beside this file.
//
// Every step looks at a bounded number of words around a mention, so the time
// is linear in the text.
package descriptions

import (
	"cmp"
	"context"
	"slices"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Actor.Descriptions.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "descriptions",
		Doc:   "What the article calls its actors (role, title, label), by where the words stand and what the network saw.",
		Needs: []string{"text", "sentences", "tags", "statements", "actors"},
		Gives: []string{"descriptions"},
		Run: func(_ context.Context, doc *news.Document) error {
			for i, list := range Find(doc) {
				doc.Actors[i].Descriptions = list
			}
			return nil
		},
	}
}

// Outlet is the By of words that stand in no statement.
const Outlet = "outlet"

// The kinds of description.
const (
	Role  = "role"  // office, job, function, party, kinship
	Title = "title" // capitalised, directly before the name
	Label = "label" // words that frame or judge
)

// A finding is a range of words that describes an actor.
type finding struct {
	actor, from, to int
	kind            string // empty: by its words
	rank            int    // the lower is believed where two overlap
}

// Ranks, by how sure a pattern is.
const (
	byAdjacency = iota // before a name, in brackets after one
	byApposition
	byMention // the words of a nominal
	byPredicate
	byTag
)

// Find gives the descriptions of each actor of doc, in the order of the text.
// Those of one actor never overlap.
func Find(doc *news.Document) [][]news.Description {
	p := read(doc)
	f := &finder{page: p}
	for _, m := range p.mentions {
		f.around(m)
	}
	f.complements()
	f.goneOn()
	f.tagged(doc.Tags)
	f.definites()
	return p.describe(f.found, doc.Statements)
}

// A finder collects findings.
type finder struct {
	*page
	found []finding
	loud  map[int32]bool // sentence -> whether its words begin with capitals
}

func (f *finder) add(actor, from, to int, kind string, rank int) {
	says := false
	for i := from; i < to && !says; i++ {
		says = !f.words[i].mark && !function(f.words[i].low)
	}
	if says {
		f.found = append(f.found, finding{actor, from, to, kind, rank})
	}
}

// describe keeps the best of overlapping findings and says what each is.
func (p *page) describe(found []finding, statements []news.Statement) [][]news.Description {
	slices.SortStableFunc(found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.actor, b.actor), cmp.Compare(a.rank, b.rank), cmp.Compare(a.from, b.from))
	})
	out := make([][]news.Description, len(p.actors))
	voices := tellers(statements)
	taken := map[int]int{}      // word -> the actor, plus one, that it describes
	introduced := map[int]int{} // word -> the actor, plus one, that it introduces
	for _, d := range found {
		if d.rank <= byApposition && p.actors[d.actor].Named {
			for w := d.from; w < d.to; w++ {
				introduced[w] = d.actor + 1
			}
		}
	}
	for _, d := range found {
		if d.rank == byMention && !plural(p.words[d.to-1].low) {
			if other := introduced[d.to-1]; other > 0 && other != d.actor+1 {
				continue
			}
		}
		if d.rank == byTag && !p.actors[d.actor].Named {
			continue
		}
		free := true
		for w := d.from; w < d.to && free; w++ {
			free = taken[w] != d.actor+1
		}
		if !free {
			continue
		}
		for w := d.from; w < d.to; w++ {
			taken[w] = d.actor + 1
		}
		if d.kind == "" {
			d.kind = p.kind(d.from, d.to)
		}
		span := p.span(d.from, d.to)
		out[d.actor] = append(out[d.actor], news.Description{Span: span, Kind: d.kind, By: voices.of(span)})
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b news.Description) int { return cmp.Compare(a.Start, b.Start) })
	}
	return out
}
