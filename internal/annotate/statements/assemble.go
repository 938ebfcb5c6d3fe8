package statements

import (
	"slices"
	"strconv"

	"whosaid/internal/news"
)

// leastWords is how long a passage in quotation marks must be to be listed by
// its marks alone; shorter ones are terms as often as speech.
const leastWords = 4

// assemble makes statements of the chosen candidates and of the passages in
// quotation marks that none of them holds.
func assemble(doc *news.Document, chosen []candidate, o Options) []news.Statement {
	held := newHoldings(doc.Quotes)
	type made struct {
		news.Statement
		Evidence
	}
	list := make([]made, 0, len(chosen))
	for _, c := range chosen {
		if len(c.spans[content]) > 0 {
			list = append(list, made{news.Statement{
				By: news.ByModel, Form: held.form(doc.Text, c.spans[content]),
				Source: c.spans[source], Cue: c.spans[cue], Content: c.spans[content], Confidence: c.sure,
			}, c.Evidence})
		}
	}
	most := make([]int, len(held.quotes)) // that one statement holds of each passage
	for _, m := range list {
		for i, shared := range held.shares(m.Content) {
			most[i] = max(most[i], shared)
		}
	}
	for i, q := range held.quotes {
		if q.Words >= leastWords && most[i] < q.Len() {
			list = append(list, made{Statement: news.Statement{By: news.ByMarks, Form: news.Direct, Content: []news.Span{q.Span}}})
		}
	}
	slices.SortStableFunc(list, func(a, b made) int { return begin(a.Statement) - begin(b.Statement) })
	statements := make([]news.Statement, len(list))
	for i, m := range list {
		m.ID = "s" + strconv.Itoa(i+1)
		if o.Observe != nil && m.By == news.ByModel {
			o.Observe(doc, m.ID, m.Evidence)
		}
		statements[i] = m.Statement
	}
	setParents(statements)
	return statements
}

// begin is where the reader meets s first.
func begin(s news.Statement) int {
	first := s.Content[0].Start
	for _, spans := range [][]news.Span{s.Source, s.Cue} {
		if len(spans) > 0 {
			first = min(first, spans[0].Start)
		}
	}
	return first
}

// toMarks moves the ends of content that stop short inside a quoted passage out
// to its marks, if most of the passage is held: what was said begins and ends
// there. Spans keep the line breaks between paragraphs of one passage.
func (h *holdings) toMarks(spans []news.Span) []news.Span {
	out, shared := slices.Clone(spans), h.shares(spans)
	for k := range out {
		s := &out[k]
		h.over(*s, func(i, _ int) {
			q := h.quotes[i]
			if 2*shared[i] <= q.Len() {
				return
			}
			if k == 0 || out[k-1].End <= q.Start {
				s.Start = min(s.Start, q.Start)
			}
			if k == len(out)-1 || out[k+1].Start >= q.End {
				s.End = max(s.End, q.End)
			}
		})
	}
	return join(out)
}

// setParents gives each statement whose words lie inside another's content that
// other as parent, the innermost if several hold it.
func setParents(statements []news.Statement) {
	type holder struct {
		news.Span
		of int
	}
	var holders []holder
	for i, s := range statements {
		if s.By != news.ByModel {
			continue
		}
		for _, span := range s.Content {
			holders = append(holders, holder{span, i})
		}
	}
	slices.SortStableFunc(holders, func(a, b holder) int { return a.Start - b.Start })
	order := make([]int, 0, len(statements))
	for i := range statements {
		if len(statements[i].Cue) > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return statements[a].Cue[0].Start - statements[b].Cue[0].Start })
	var open []holder
	next := 0
	for _, i := range order {
		s := &statements[i]
		at := s.Cue[0]
		for next < len(holders) && holders[next].Start <= at.Start {
			open = append(open, holders[next])
			next++
		}
		open = slices.DeleteFunc(open, func(h holder) bool { return h.End <= at.Start })
		least := 0
		for _, h := range open {
			if h.of == i || !h.Contains(at) || !within(s.Content, statements[h.of].Content) {
				continue
			}
			if s.Parent == "" || h.Len() < least {
				s.Parent, least = statements[h.of].ID, h.Len()
			}
		}
	}
}
