package web

import (
	"cmp"
	"slices"
	"strings"

	"whosaid/internal/news"
)

// A run is a stretch of text throughout which the same things hold.
type run struct {
	Text  string
	Class string   // how it looks; empty where nothing holds
	ID    string   // of the statement that begins here
	More  []string // of others that begin here too
	To    string   // where a click leads, within the page
	Marks string   // the statements that it is part of, for the script that shows them together
	Note  string   // why it is unsure, what it is called by
}

// The parts that a span of an article can play.
type part int

const (
	partContent part = iota
	partSource
	partCue
	partLabel
	partMention // of the speaker, where one statement alone is shown
)

// A piece is a span and the part that it plays.
type piece struct {
	news.Span
	part      part
	statement int    // its place in the document; -1 of a label
	note      string // of a label
}

// A cutter divides the text of an article at the borders of what is shown of
// it. Spans may lie inside each other and may cross.
type cutter struct {
	doc     *news.Document
	colours []string // class of each statement's speaker
	unsure  []string // why each statement is unsure; empty where it is not
	pieces  []piece  // by where they begin
	next    int      // the first of pieces that has not begun
	open    []piece  // those that hold
	begun   map[int]bool
}

func newCutter(doc *news.Document, colours, unsure []string) *cutter {
	c := &cutter{doc: doc, colours: colours, unsure: unsure, begun: map[int]bool{}}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		for _, g := range []struct {
			part  part
			spans []news.Span
		}{{partContent, s.Content}, {partSource, s.Source}, {partCue, s.Cue}} {
			for _, span := range g.spans {
				if span.Len() > 0 {
					c.pieces = append(c.pieces, piece{span, g.part, i, ""})
				}
			}
		}
	}
	for i := range doc.Actors {
		a := &doc.Actors[i]
		for _, d := range a.Descriptions {
			if d.Kind == "label" && d.Len() > 0 {
				c.pieces = append(c.pieces, piece{d.Span, partLabel, -1, "a label for " + a.Name})
			}
		}
	}
	c.sort()
	return c
}

// sort puts the pieces in order: of two that begin together the longer is the
// outer one.
func (c *cutter) sort() {
	slices.SortStableFunc(c.pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
}

// block cuts one block. Blocks must come in order.
func (c *cutter) block(b news.Span) []run {
	var out []run
	for at := b.Start; at < b.End; {
		c.open = slices.DeleteFunc(c.open, func(p piece) bool { return p.End <= at })
		var first []int // statements that begin here
		for c.next < len(c.pieces) && c.pieces[c.next].Start <= at {
			p := c.pieces[c.next]
			c.next++
			if p.End <= at {
				continue
			}
			c.open = append(c.open, p)
			if p.part == partContent && !c.begun[p.statement] {
				c.begun[p.statement] = true
				first = append(first, p.statement)
			}
		}
		end := b.End
		for _, p := range c.open {
			end = min(end, p.End)
		}
		if c.next < len(c.pieces) {
			end = min(end, c.pieces[c.next].Start)
		}
		out = append(out, c.run(news.Span{Start: at, End: end}, first))
		at = end
	}
	return out
}

// run is one stretch, with what holds there.
func (c *cutter) run(s news.Span, first []int) run {
	r := run{Text: s.Text(c.doc.Text)}
	var marks, class []string
	depth, inner := 0, -1 // contents that hold, and the statement of the innermost
	role, of := part(-1), -1
	for _, p := range c.open {
		if p.statement >= 0 {
			marks = append(marks, statementID(p.statement))
		}
		switch p.part {
		case partContent:
			depth++
			inner = p.statement
		case partSource, partCue:
			role, of = p.part, p.statement
		case partLabel:
			class = append(class, "label")
			r.Note = p.note
		case partMention:
			class = append(class, "mention")
		}
	}
	if depth > 0 {
		class = append(class, "said", c.colours[inner])
		if depth > 1 {
			class = append(class, "inner")
		}
		if why := c.unsure[inner]; why != "" {
			class = append(class, "unsure")
			r.Note = cmp.Or(r.Note, why)
		}
	}
	switch role {
	case partSource:
		class = append(class, "source", "w-"+c.colours[of])
	case partCue:
		class = append(class, "cue")
	}
	r.Class = strings.Join(class, " ")
	slices.Sort(marks)
	r.Marks = strings.Join(slices.Compact(marks), " ")
	for i, n := range first {
		if i == 0 {
			r.ID, r.To = statementID(n), "#list-"+statementID(n)
		} else {
			r.More = append(r.More, statementID(n))
		}
	}
	return r
}
