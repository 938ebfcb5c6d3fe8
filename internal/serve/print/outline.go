package print

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"whosaid/internal/annotate/voice"
	"whosaid/internal/news"
)

// An outline is the statements of one article in the order in which a person
// wants them: by speaker, each under the statement that reports it, and last
// the passages that only their quotation marks show.
type outline struct {
	Speakers []speaker
	Marks    []*entry
	Balance  voice.Balance // whose words the article is made of; zero where own voice was not told
}

// A speaker is everything said by one source.
type speaker struct {
	Name    string      // the actor's, or the source as the article has it first; empty where it names none
	Actor   *news.Actor // nil where the source is none, or several
	Share   float64     // of the article's words
	Entries []*entry
}

// An entry is one statement.
type entry struct {
	*news.Statement
	Place  string   // where it stands: ¶3, headline, deck, …
	Who    string   // its speakers, or else its source
	Words  string   // its content
	Cue    string   // its cue
	Unsure bool     // more likely wrong than right
	Nested []*entry // statements that its content reports
}

// notes are, in small print, the cue, how it is quoted, what kind of statement
// it is, and to whom, where and when it was made.
func (e *entry) notes(text string) []string {
	var out []string
	add := func(mark, words string) {
		if words != "" {
			out = append(out, mark+words)
		}
	}
	add("", e.Cue)
	if e.By == news.ByModel {
		add("", string(e.Form))
	}
	add("", e.Kind)
	if e.Conditional {
		add("", "conditional")
	}
	if e.CueStance != "neutral" {
		add("", e.CueStance)
	}
	for _, at := range []struct {
		mark string
		span *news.Span
	}{{"→ ", e.Addressee}, {"in: ", e.Venue}} {
		if at.span != nil {
			add(at.mark, oneLine(at.span.Text(text)))
		}
	}
	if w := e.When; w != nil {
		when := oneLine(w.Text(text))
		if w.Value != "" {
			when += " (" + w.Value + ")"
		}
		add("", when)
	}
	return out
}

// arrange makes the outline of doc.
func arrange(doc *news.Document) outline {
	places := newPlaces(doc)
	byID := map[string]*entry{}
	var all []*entry
	for i := range doc.Statements {
		s := &doc.Statements[i]
		e := &entry{
			Statement: s,
			Place:     places.of(s),
			Who:       cmp.Or(names(s), strings.Trim(words(doc.Text, s.Source), " ,;:–—")),
			Words:     words(doc.Text, s.Content),
			Cue:       strings.Trim(words(doc.Text, s.Cue), " ,:;–—"),
			Unsure:    s.By == news.ByModel && s.Confidence < 0.5,
		}
		all = append(all, e)
		if s.ID != "" && byID[s.ID] == nil {
			byID[s.ID] = e
		}
	}
	slices.SortStableFunc(all, func(a, b *entry) int { return cmp.Compare(start(a.Statement), start(b.Statement)) })

	var out outline
	index := map[string]int{}
	actors := map[string]*news.Actor{}
	for i := range doc.Actors {
		actors[doc.Actors[i].ID] = &doc.Actors[i]
	}
	for _, e := range all {
		if e.By == news.ByMarks {
			out.Marks = append(out.Marks, e)
			continue
		}
		if parent := byID[e.Parent]; parent != nil && parent.By != news.ByMarks && !inside(parent, e, byID) {
			parent.Nested = append(parent.Nested, e)
			continue
		}
		actor := soleActor(e.Statement, actors)
		key := same(e.Who)
		if actor != nil {
			key = "actor " + actor.ID
		}
		i, known := index[key]
		if !known {
			i = len(out.Speakers)
			index[key] = i
			out.Speakers = append(out.Speakers, speaker{Name: e.Who, Actor: actor})
		}
		out.Speakers[i].Entries = append(out.Speakers[i].Entries, e)
	}
	if len(doc.OwnVoice) > 0 {
		out.Balance = voice.Shares(doc)
	}
	for _, b := range out.Balance.Speakers {
		if i, known := index["actor "+b.Actor]; known {
			out.Speakers[i].Share = b.Share
		}
	}
	slices.SortStableFunc(out.Speakers, func(a, b speaker) int {
		return cmp.Compare(btoi(a.Name == ""), btoi(b.Name == ""))
	})
	return out
}

// soleActor is who said s, where it is one actor.
func soleActor(s *news.Statement, actors map[string]*news.Actor) *news.Actor {
	if len(s.Speakers) != 1 {
		return nil
	}
	return actors[s.Speakers[0].Actor]
}

// mostCalled is how many of the ways in which an article calls somebody are shown.
const mostCalled = 4

// courtesies are titles that tell nothing of anybody.
var courtesies = map[string]bool{"Mr": true, "Mrs": true, "Ms": true, "Miss": true, "Mx": true}

// called is what the article calls the speaker: first roles and titles, then
// the words that take a side, in quotation marks.
func (s speaker) called(text string) string {
	if s.Actor == nil {
		return ""
	}
	var roles, labels []string
	for _, d := range s.Actor.Descriptions {
		words := oneLine(d.Text(text))
		if courtesies[strings.TrimRight(words, ".")] {
			continue
		}
		list := &roles
		if d.Kind == "label" {
			words, list = "“"+words+"”", &labels
		}
		if !slices.ContainsFunc(*list, func(w string) bool { return strings.EqualFold(w, words) }) {
			*list = append(*list, words)
		}
	}
	out := roles[:min(len(roles), mostCalled)]
	if len(labels) > 0 {
		out = append(out, "called "+strings.Join(labels[:min(len(labels), mostCalled)], ", "))
	}
	if s.Share >= 0.005 {
		out = append(out, percent(s.Share)+" of the words")
	}
	return strings.Join(out, " · ")
}

// same is what two ways of writing one source have in common: “The mayor” is
// “the mayor” is “mayor”.
func same(who string) string {
	key := strings.ToLower(who)
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(key, article); ok {
			return rest
		}
	}
	return key
}

// deepest is how many statements within statements are looked through; no
// article comes near it.
const deepest = 16

// inside reports whether e hangs under other, directly or not, or under too
// many statements to tell: such a parent would never be printed.
func inside(e, other *entry, byID map[string]*entry) bool {
	for range deepest {
		if e == nil {
			return false
		}
		if e == other {
			return true
		}
		e = byID[e.Parent]
	}
	return true
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// start is the first byte of a statement.
func start(s *news.Statement) int {
	first := -1
	for _, spans := range [][]news.Span{s.Content, s.Cue, s.Source} {
		for _, p := range spans {
			if first < 0 || p.Start < first {
				first = p.Start
			}
		}
	}
	return first
}

// places names the part of the article that a statement stands in.
type places struct {
	blocks []news.Block
	names  []string
}

func newPlaces(doc *news.Document) places {
	p := places{blocks: doc.Blocks, names: make([]string, len(doc.Blocks))}
	n := 0
	for i, b := range doc.Blocks {
		if b.Kind == news.Paragraph {
			n++
			p.names[i] = "¶" + strconv.Itoa(n)
		} else {
			p.names[i] = string(b.Kind)
		}
	}
	return p
}

// of names the block in which the content of s begins.
func (p places) of(s *news.Statement) string {
	at := start(s)
	if len(s.Content) > 0 {
		at = s.Content[0].Start
	}
	i := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].End > at })
	if i == len(p.blocks) || p.blocks[i].Start > at {
		return ""
	}
	return p.names[i]
}
