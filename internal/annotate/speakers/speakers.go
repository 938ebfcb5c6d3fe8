// Package speakers gives each statement those who speak in it: the actors that
// its source names, takes up or describes.
//
// A source is cut into the phrases that it joins, and the head of each is sought
// among the mentions of actors: a name, a pronoun or a nominal that stage actors
// tied to somebody. Heads that are nobody known are people, groups and documents
// without a name ("two officials", "a poll"), and become actors that were never
// named. A statement without a source is given to somebody only where the form
// of the article tells it: a quotation that goes on, a participle after another
// statement, two people taking turns. In all other cases nobody is named:
// unknown is better than wrong.
package speakers

import (
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// How a speaker was told, as records call it.
const (
	byName    = "name"
	byPronoun = "pronoun"
	byNominal = "nominal"
	implied   = "implied"
)

// least is the confidence under which nobody is named.
const least = 0.4

// Stage fills Statement.Speakers, and adds to Document.Actors those who speak
// without a name.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "speakers",
		Doc:   "gives each statement its speakers: the actors that its source names, takes up or describes, or those whom the form of the article implies",
		Needs: []string{"quotes", "sentences", "statements", "actors"},
		Gives: []string{"speakers"},
		Run: func(_ context.Context, doc *news.Document) error {
			Assign(doc)
			return nil
		},
	}
}

// A Reason says of one speaker of a statement why it is the one.
type Reason struct {
	Statement string // its id
	Actor     string // its id
	Name      string
	Why       string
}

// Assign fills in the speakers of doc's statements and says why each.
func Assign(doc *news.Document) []Reason {
	a := &assigner{doc: doc, text: doc.Text, unnamed: map[string]string{}, actors: map[string]int{}, families: map[string]string{}}
	for i := range doc.Actors {
		a.actors[doc.Actors[i].ID] = i
		a.knowLast(doc.Actors[i])
		for _, m := range doc.Actors[i].Mentions {
			a.mentions = append(a.mentions, mention{m, doc.Actors[i].ID})
		}
	}
	slices.SortStableFunc(a.mentions, func(x, y mention) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	order := make([]int, len(doc.Statements))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(x, y int) bool { return place(doc.Statements[order[x]]) < place(doc.Statements[order[y]]) })
	for at, i := range order {
		a.order, a.at = order, at
		s := &doc.Statements[i]
		s.Speakers = nil
		for _, f := range a.speakers(s) {
			a.give(s, f)
		}
	}
	for at, i := range order {
		a.at = at
		if s := &doc.Statements[i]; len(s.Speakers) == 0 && len(s.Source) == 0 {
			for _, f := range a.impliedBy(s) {
				a.give(s, f)
			}
		}
	}
	return a.reasons
}

// place is where the reader meets who speaks.
func place(s news.Statement) int {
	switch {
	case len(s.Source) > 0:
		return s.Source[0].Start
	case len(s.Cue) > 0:
		return s.Cue[0].Start
	}
	return s.Content[0].Start
}

// A mention is one of an actor's.
type mention struct {
	news.Mention
	actor string
}

// A found speaker, before it is believed.
type found struct {
	actor string
	name  string // where no actor is known
	by    string
	sure  float64
	why   string
}

// An assigner reads one article.
type assigner struct {
	doc      *news.Document
	text     string
	mentions []mention
	actors   map[string]int    // place of each actor
	unnamed  map[string]string // descriptions of those without a name -> actor
	order    []int             // statements in the order of who speaks
	at       int               // the place in it of the one being read
	families map[string]string // last word of a name -> the first actor with it
	small    map[string]bool   // words that the article writes small; nil until asked for
	reasons  []Reason
}

func (a *assigner) give(s *news.Statement, f found) {
	if f.sure < least {
		return
	}
	for _, p := range s.Speakers {
		if p.Actor == f.actor {
			return
		}
	}
	name := f.name
	if i, ok := a.actors[f.actor]; ok {
		name = a.doc.Actors[i].Name
	}
	s.Speakers = append(s.Speakers, news.Speaker{Actor: f.actor, Name: name, By: f.by, Confidence: f.sure})
	a.reasons = append(a.reasons, Reason{s.ID, f.actor, name, f.why})
}

// speakers are those whom the source of s tells.
func (a *assigner) speakers(s *news.Statement) []found {
	var list []found
	for k, span := range s.Source {
		inside := a.inside(span)
		for n, h := range english.Heads(a.text, span, plain(inside), func(i int) bool { return a.typeOf(inside[i].actor) == "person" }) {
			var f []found
			switch {
			case h.Mention >= 0:
				f = []found{a.byMention(inside[h.Mention])}
			case k > 0 && n == 0 && len(list) > 0:
				continue // the rest of a source that is broken up
			default:
				f = a.byPhrase(s, h.Phrase)
			}
			list = append(list, f...)
		}
	}
	return list
}

func plain(list []mention) []news.Mention {
	out := make([]news.Mention, len(list))
	for i, m := range list {
		out[i] = m.Mention
	}
	return out
}

// inside are the mentions that begin in span.
func (a *assigner) inside(span news.Span) []mention {
	from := a.startingBefore(span.Start)
	to := from
	for to < len(a.mentions) && a.mentions[to].Start < span.End {
		to++
	}
	return a.mentions[from:to]
}

// startingBefore is how many mentions begin before a place.
func (a *assigner) startingBefore(at int) int {
	return sort.Search(len(a.mentions), func(i int) bool { return a.mentions[i].Start >= at })
}

// byMention is the speaker whose mention is the head of a source.
func (a *assigner) byMention(m mention) found {
	f := found{actor: m.actor, by: byName, sure: sureName * max(m.Confidence, 0.5), why: "the source names " + quote(m.Text(a.text))}
	switch m.Form {
	case "pronoun":
		f.by, f.sure, f.why = byPronoun, surePronoun*m.Confidence, "the source is the pronoun "+quote(m.Text(a.text))
	case "nominal":
		f.by, f.sure, f.why = byNominal, sureNominal*m.Confidence, "the source calls them "+quote(m.Text(a.text))
	}
	return f
}

// How sure a speaker is, given that the mention means who it is taken to mean.
const (
	sureName    = 0.97
	surePronoun = 0.96
	sureNominal = 0.92
	sureBody    = 0.6
	sureUnnamed = 0.85
)

func quote(s string) string { return "“" + s + "”" }

// add makes an actor without a name.
func (a *assigner) add(name, kind string, span news.Span) string {
	id := "a" + strconv.Itoa(len(a.doc.Actors)+1)
	a.actors[id] = len(a.doc.Actors)
	a.doc.Actors = append(a.doc.Actors, news.Actor{ID: id, Name: name, Type: kind})
	a.mention(id, span, byNominal)
	return id
}

// knowLast keeps the last word of an actor's name.
func (a *assigner) knowLast(x news.Actor) {
	name := strings.Fields(strings.ToLower(x.Name))
	if !x.Named || len(name) == 0 {
		return
	}
	if _, taken := a.families[name[len(name)-1]]; !taken {
		a.families[name[len(name)-1]] = x.ID
	}
}

// mention adds one to an actor.
func (a *assigner) mention(id string, span news.Span, form string) {
	actor := &a.doc.Actors[a.actors[id]]
	for _, m := range actor.Mentions {
		if m.Span == span {
			return
		}
	}
	actor.Mentions = append(actor.Mentions, news.Mention{Span: span, Form: form, Confidence: sureUnnamed})
}
