package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/annotate/voice"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// A cast is who speaks in an article: the voices, each with a colour, and whose
// each statement is.
type cast struct {
	doc    *news.Document
	voices []speaking
	of     []int // voice of each statement
	unsure []string
	ids    map[string]int // statements by their id in the record
	own    float64        // share of the words in the outlet's own voice
}

// A speaking is one voice.
type speaking struct {
	name   string
	actor  *news.Actor // nil where the source is none, or several
	person int64
	colour string
	share  float64
	words  int // in its statements, in bytes
	called []string
}

// colours are as many as can be told apart; who speaks less than the first so
// many is grey.
const colours = 8

// doubt is the confidence below which a statement, or who said it, is shown as
// unsure.
const doubt = 0.5

func newCast(a *desk.Article) *cast {
	doc := a.Doc
	c := &cast{doc: doc, of: make([]int, len(doc.Statements)), unsure: make([]string, len(doc.Statements)), ids: map[string]int{}}
	actors := map[string]int{}
	for i := range doc.Actors {
		actors[doc.Actors[i].ID] = i
	}
	known := map[string]int{}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		c.ids[s.ID] = i
		c.unsure[i] = unsure(s)
		v := speaking{name: speakerName(doc, s)}
		key := "name " + strings.ToLower(v.name)
		if len(s.Speakers) == 1 {
			if at, ok := actors[s.Speakers[0].Actor]; ok {
				v.actor = &doc.Actors[at]
				key = "actor " + v.actor.ID
				if len(a.People) == len(doc.Actors) {
					v.person = a.People[at]
				}
			}
		}
		k, ok := known[key]
		if !ok {
			k = len(c.voices)
			known[key] = k
			v.called = called(doc, v.actor)
			c.voices = append(c.voices, v)
		}
		c.of[i] = k
		for _, span := range s.Content {
			c.voices[k].words += span.Len()
		}
	}
	c.paint()
	if len(doc.OwnVoice) > 0 {
		b := voice.Shares(doc)
		c.own = b.Outlet.Share
		for _, x := range b.Speakers {
			if k, ok := known["actor "+x.Actor]; ok && x.Actor != "" {
				c.voices[k].share = x.Share
			}
		}
	}
	return c
}

// paint gives the colours to those who speak most.
func (c *cast) paint() {
	order := make([]int, len(c.voices))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.voices[b].words, c.voices[a].words) })
	given := 0
	for _, k := range order {
		v := &c.voices[k]
		if v.name == "" || given == colours {
			v.colour = "c0"
			continue
		}
		given++
		v.colour = "c" + strconv.Itoa(given)
	}
}

func (v *speaking) view() voiceView {
	out := voiceView{Name: cmp.Or(v.name, "Unknown"), Colour: v.colour, Person: v.person, Called: strings.Join(v.called, " · ")}
	if v.share >= 0.005 {
		out.Share = percent(v.share) + " of the words"
	}
	return out
}

// speakerName is who said s: the speakers' names, or else the source as it
// stands there, or nothing.
func speakerName(doc *news.Document, s *news.Statement) string {
	var names []string
	for _, p := range s.Speakers {
		if p.Name != "" {
			names = append(names, p.Name)
		}
	}
	return cmp.Or(strings.Join(names, " and "), sourced(joined(doc.Text, s.Source)))
}

// mostCalled is how many of the ways in which an article calls somebody are shown.
const mostCalled = 4

// called is what the article calls somebody: roles and titles, and in quotation
// marks the words that take a side.
func called(doc *news.Document, a *news.Actor) []string {
	if a == nil {
		return nil
	}
	var out []string
	for _, d := range a.Descriptions {
		words := oneLine(d.Text(doc.Text))
		if d.Kind == "label" {
			words = "“" + words + "”"
		}
		if !slices.ContainsFunc(out, func(w string) bool { return strings.EqualFold(w, words) }) {
			out = append(out, words)
		}
	}
	return out[:min(len(out), mostCalled)]
}

// unsure says why a statement is unsure, or nothing where it is not.
func unsure(s *news.Statement) string {
	if s.By == news.ByMarks {
		return ""
	}
	if s.Confidence < doubt {
		return fmt.Sprintf("Perhaps no statement at all: %.0f of 100 like it are right.", 100*s.Confidence)
	}
	for _, p := range s.Speakers {
		if p.Confidence < doubt {
			return fmt.Sprintf("Perhaps somebody else’s words: known by a %s, and %.0f of 100 like it are right.", cmp.Or(p.By, "guess"), 100*p.Confidence)
		}
	}
	return ""
}

// blocks are the blocks from from to to, and in shown the statements that begin
// in them.
func (c *cast) blocks(from, to int, shown map[int]bool) []blockView {
	doc := c.doc
	class := make([]string, len(doc.Statements))
	for i := range class {
		class[i] = c.voices[c.of[i]].colour
		if doc.Statements[i].By == news.ByMarks {
			class[i] = "c0"
		}
	}
	cut := newCutter(doc, class, c.unsure)
	cut.begun = shown
	if len(doc.Blocks) == 0 && doc.Text != "" {
		return []blockView{{Kind: news.Paragraph, Number: 1, Runs: cut.block(news.Span{End: len(doc.Text)})}}
	}
	var out []blockView
	n := 0
	for i, b := range doc.Blocks {
		if b.Kind == news.Paragraph {
			n++
		}
		if i < from || i >= to {
			continue
		}
		view := blockView{Kind: b.Kind, Runs: cut.block(b.Span)}
		if b.Kind == news.Paragraph {
			view.Number = n
		}
		out = append(out, view)
	}
	return out
}

// place names the part of the article in which a byte lies.
func (c *cast) place(at int) string {
	n := 0
	for _, b := range c.doc.Blocks {
		if b.Kind == news.Paragraph {
			n++
		}
		if b.Start <= at && at < b.End {
			if b.Kind == news.Paragraph {
				return "¶" + strconv.Itoa(n)
			}
			return string(b.Kind)
		}
	}
	return ""
}

// start is the byte at which statement i begins, -1 where nothing of it stands
// in the text.
func (c *cast) start(i int) int {
	s := &c.doc.Statements[i]
	for _, spans := range [][]news.Span{s.Content, s.Cue, s.Source} {
		if len(spans) > 0 {
			return spans[0].Start
		}
	}
	return -1
}

// statement is statement i in the list.
func (c *cast) statement(i int) statementView {
	doc := c.doc
	s := &doc.Statements[i]
	v := statementView{
		ID: statementID(i), Words: cmp.Or(joined(doc.Text, s.Content), nothing), Cue: joined(doc.Text, s.Cue),
		Speaker: c.voices[c.of[i]].name, Unsure: c.unsure[i],
	}
	if at := c.start(i); at >= 0 {
		v.Place = c.place(at)
	}
	if s.Kind != "" {
		v.Tags = append(v.Tags, s.Kind)
	}
	if s.By != news.ByMarks {
		v.Tags = append(v.Tags, string(s.Form))
	}
	if s.Conditional {
		v.Tags = append(v.Tags, "conditional")
	}
	if t := stances[s.CueStance]; t != "" {
		v.Tags = append(v.Tags, t)
	}
	if s.Addressee != nil {
		v.To = oneLine(s.Addressee.Text(doc.Text))
	}
	if s.Venue != nil {
		v.Where = oneLine(s.Venue.Text(doc.Text))
	}
	if s.When != nil {
		v.When = oneLine(s.When.Text(doc.Text))
		if s.When.Value != "" {
			v.When += " (" + s.When.Value + ")"
		}
	}
	if k, ok := c.ids[s.Parent]; ok && s.Parent != "" && k != i {
		v.Within, v.Parent = cmp.Or(c.voices[c.of[k]].name, "somebody"), "#list-"+statementID(k)
	}
	return v
}

// nothing stands where a statement's words should: the article tells that
// somebody spoke, and not what was said.
const nothing = "(what was said is not told)"
