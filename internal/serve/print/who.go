package print

import (
	"cmp"
	"fmt"
	"slices"

	"whosaid/internal/news"
)

// colours is how many actors of an article the style sheet tells apart; those
// who speak most have one of their own, the others share a plain one.
const colours = 8

// who tells of the mentions of an article's actors how they are shown.
type who struct {
	classes  map[string]string // of an actor's id
	mentions []shownMention    // in the order of the text
}

// A shownMention is a mention on the page: in its actor's colour, under its
// actor's name, and linked to the place that names the actor first.
type shownMention struct {
	news.Span
	class, name string
	anchor      string // this is the place: its id on the page
	to          string // the id of the place, where it is another
}

// class is that of an actor; none has none.
func (w who) class(a *news.Actor) string {
	if a == nil {
		return ""
	}
	return w.classes[a.ID]
}

// colour gives the actors of doc their colours; id is the article's on the page.
func colour(doc *news.Document, o outline, id string) who {
	w := who{classes: map[string]string{}}
	for _, s := range o.Speakers {
		if s.Actor != nil && len(w.classes) < colours {
			w.classes[s.Actor.ID] = fmt.Sprintf("who c%d", len(w.classes)+1)
		}
	}
	for i := range doc.Actors {
		a := &doc.Actors[i]
		if w.classes[a.ID] == "" {
			w.classes[a.ID] = "who"
		}
		named := slices.IndexFunc(a.Mentions, func(m news.Mention) bool { return m.Form == "name" })
		for k, m := range a.Mentions {
			if m.Len() == 0 {
				continue
			}
			shown := shownMention{Span: m.Span, class: w.classes[a.ID], name: a.Name}
			place := fmt.Sprintf("%s-who%d", id, i+1)
			switch {
			case k == max(named, 0):
				shown.anchor = place
			default:
				shown.to = place
			}
			w.mentions = append(w.mentions, shown)
		}
	}
	slices.SortStableFunc(w.mentions, func(a, b shownMention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return w
}
