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
	if f := a.quotedBy(s); f != nil {
		return f
	}
	var list []found
	nearest := -1 // how far the span is from the cue that list is of
	for k, span := range a.sources(s) {
		inside := a.inside(span)
		var here []found
		far := fromCue(s, span)
		for n, h := range english.Heads(a.text, span, plain(inside), func(i int) bool { return a.typeOf(inside[i].actor) == "person" }) {
			switch {
			case h.Mention >= 0:
				here = append(here, a.byMention(inside[h.Mention]))
			case k > 0 && n == 0 && len(list) > 0 && far >= nearest:
				continue // the rest of a source that is broken up
			default:
				here = append(here, a.byPhrase(s, h.Phrase)...)
			}
		}
		if len(here) == 0 {
			continue
		}
		// Two spans that name two people are two tries of the network at one source,
		// unless they are joined: the one beside the cue speaks.
		if nearest < 0 || a.joined(s.Source, k) {
			list = append(list, here...)
		} else if far < nearest {
			list = here
		}
		if nearest < 0 || far < nearest {
			nearest = far
		}
	}
	return list
}

// sources are the spans of the source of s. A speaker's tag in a transcript that was
// cut in two ("JUDGE | ROWAN:") is one.
func (a *assigner) sources(s *news.Statement) []news.Span {
	if len(s.Source) != 1 || len(s.Cue) != 1 {
		return s.Source
	}
	source, cue := s.Source[0], s.Cue[0]
	tag := strings.TrimRight(cue.Text(a.text), ": ")
	if tag == "" || tag == cue.Text(a.text) || tag != strings.ToUpper(tag) || cue.Start-source.End != 1 || !english.Capitalised(tag) {
		return s.Source
	}
	return []news.Span{{Start: source.Start, End: cue.Start + len(tag)}}
}

// fromCue is how many bytes lie between a span of the source and the nearest cue.
func fromCue(s *news.Statement, span news.Span) int {
	least := 1 << 30
	for _, c := range s.Cue {
		least = min(least, max(c.Start-span.End, span.Start-c.End, 0))
	}
	return least
}

// joined reports whether span k of a source goes on from the one before: nothing
// but a few letters and marks stands between, or a word that joins.
func (a *assigner) joined(source []news.Span, k int) bool {
	if k == 0 || k >= len(source) {
		return false
	}
	between := strings.TrimSpace(a.text[source[k-1].End:max(source[k-1].End, source[k].Start)])
	switch strings.ToLower(strings.Trim(between, ", ")) {
	case "", "and", "&", "or", "including", "as well as", "along with", "together with", "both":
		return true
	}
	return strings.HasPrefix(strings.ToLower(source[k].Text(a.text)), "and ") || strings.HasPrefix(strings.ToLower(source[k].Text(a.text)), "including ")
}

// quotedBy is who speaks where another is said to quote ("Ross was quoted by the
// Courier as saying"): the one named before the cue.
func (a *assigner) quotedBy(s *news.Statement) []found {
	if len(s.Cue) == 0 {
		return nil
	}
	cue := s.Cue[0]
	words := strings.Fields(strings.ToLower(cue.Text(a.text)))
	if len(words) < 2 || !slices.Contains(words, "quoted") || !slices.Contains([]string{"was", "were", "is", "been", "being"}, words[0]) {
		return nil
	}
	for k := a.startingBefore(cue.Start) - 1; k >= 0 && k >= a.startingBefore(cue.Start)-3; k-- {
		m := a.mentions[k]
		if m.End <= cue.Start && strings.TrimLeft(a.text[m.End:cue.Start], " ,") == "" {
			return []found{a.byMention(m)}
		}
	}
	return nil
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
