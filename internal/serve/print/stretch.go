package print

import (
	"cmp"
	"slices"
	"strings"

	"whosaid/internal/news"
)

// A stretch is a run of text throughout which the same spans hold.
type stretch struct {
	Text  string
	Class string   // what the spans are; empty outside all
	ID    string   // of the statement whose content begins here
	More  []string // of others that begin here too
	To    string   // the id of its place in the list, or of where its actor is named first
	Name  string   // of the actor mentioned here
}

// The parts that a span can play in the text.
const (
	partContent = iota
	partSource
	partCue
	partMarks
	parts
)

// An edge is where a span begins or ends.
type edge struct {
	at    int
	part  int
	delta int    // +1 or -1
	key   string // of the statement, where its first span begins
}

// A mentioned keeps the mentions that hold, the innermost last.
type mentioned struct {
	rest []shownMention
	open []shownMention
}

// at moves on to a place and returns the next one where a mention begins or ends.
func (m *mentioned) at(place, end int) int {
	m.open = slices.DeleteFunc(m.open, func(o shownMention) bool { return o.End <= place })
	for len(m.rest) > 0 && m.rest[0].Start <= place {
		if m.rest[0].End > place {
			m.open = append(m.open, m.rest[0])
		}
		m.rest = m.rest[1:]
	}
	for _, o := range m.open {
		end = min(end, o.End)
	}
	if len(m.rest) > 0 {
		end = min(end, m.rest[0].Start)
	}
	return end
}

// show tells s whom it mentions. What begins a statement leads to the list,
// and other mentions to the place that names their actor.
func (m *mentioned) show(s *stretch, at int) {
	for _, o := range m.open {
		if o.Start == at && o.anchor != "" {
			s.More = append(s.More, o.anchor)
		}
	}
	if len(m.open) == 0 {
		return
	}
	inner := m.open[len(m.open)-1]
	s.Name = inner.name
	s.Class = strings.TrimPrefix(s.Class+" "+inner.class, " ")
	if s.To == "" {
		s.To = inner.to
	}
}

// cut divides the text of doc, block by block, at the edges of the spans of
// its statements and of its mentions. Spans may lie inside each other and may
// cross. It also tells which keys the stretches hold. Time is that of sorting
// the edges.
func cut(doc *news.Document, keys map[*news.Statement]string, w who) ([]blockView, map[string]bool) {
	edges := allEdges(doc, keys)
	blocks := doc.Blocks
	if len(blocks) == 0 && doc.Text != "" {
		blocks = []news.Block{{Span: news.Span{End: len(doc.Text)}, Kind: news.Paragraph}}
	}
	shown := map[string]bool{}
	var open [parts]int // spans that hold
	var begun []string  // statements that begin at the next stretch
	var out []blockView
	next := 0
	mentions := mentioned{rest: w.mentions}
	for _, b := range blocks {
		view := blockView{Kind: b.Kind}
		for at := b.Start; at < b.End; {
			for next < len(edges) && edges[next].at <= at {
				e := edges[next]
				open[e.part] += e.delta
				if e.key != "" {
					begun = append(begun, e.key)
				}
				next++
			}
			end := b.End
			if next < len(edges) {
				end = min(end, edges[next].at)
			}
			end = mentions.at(at, end)
			s := stretch{Text: doc.Text[at:end], Class: class(open)}
			if len(begun) > 0 {
				s.ID, s.More, s.To = begun[0], begun[1:], "list-"+begun[0]
				for _, key := range begun {
					shown[key] = true
				}
				begun = nil
			}
			mentions.show(&s, at)
			view.Runs = append(view.Runs, s)
			at = end
		}
		out = append(out, view)
	}
	return out, shown
}

// allEdges lists the edges of all spans in order.
func allEdges(doc *news.Document, keys map[*news.Statement]string) []edge {
	var edges []edge
	for i := range doc.Statements {
		s := &doc.Statements[i]
		content := partContent
		if s.By == news.ByMarks {
			content = partMarks
		}
		key := keys[s] // until it is given to an edge
		for _, g := range []struct {
			part  int
			spans []news.Span
		}{{content, s.Content}, {partCue, s.Cue}, {partSource, s.Source}} {
			for _, span := range g.spans {
				if span.Len() == 0 {
					continue
				}
				edges = append(edges, edge{span.Start, g.part, +1, key}, edge{span.End, g.part, -1, ""})
				key = ""
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Compare(a.at, b.at) })
	return edges
}

// class names what holds for the style sheet.
func class(open [parts]int) string {
	var names []string
	if open[partContent] > 0 {
		names = append(names, "content")
	}
	if open[partContent] > 1 {
		names = append(names, "inner")
	}
	if open[partMarks] > 0 {
		names = append(names, "marks")
	}
	switch {
	case open[partCue] > 0:
		names = append(names, "cue")
	case open[partSource] > 0:
		names = append(names, "source")
	}
	return strings.Join(names, " ")
}
