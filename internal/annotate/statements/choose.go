package statements

import (
	"slices"
	"sort"

	"whosaid/internal/news"
)

// choose keeps the candidates to be believed, in the order of their cues: those
// over the threshold, and of the others those that give a quotation to somebody
// that nobody else was given. Of two that report the same words by overlapping
// cues the surer stays.
func choose(doc *news.Document, found []candidate, o Options) []candidate {
	slices.SortFunc(found, func(a, b candidate) int { return a.piece - b.piece })
	var apart []candidate
	for _, c := range found {
		if len(c.spans[content]) == 0 || onlyNamed(doc.Text, c) {
			continue
		}
		if k := len(apart) - 1; k >= 0 && sameStatement(apart[k], c) {
			if c.p > apart[k].p {
				apart[k] = c
			}
			continue
		}
		apart = append(apart, c)
	}
	held := newHoldings(doc.Quotes)
	for _, c := range apart {
		if c.p >= o.Threshold {
			held.give(c.spans[content])
		}
	}
	return slices.DeleteFunc(apart, func(c candidate) bool {
		if c.p >= o.Threshold {
			return false
		}
		if len(c.spans[source]) == 0 || !held.wouldFill(c.spans[content]) {
			return true
		}
		held.give(c.spans[content])
		return false
	})
}

// sameStatement reports whether two cues overlap and report mostly the same words.
func sameStatement(a, b candidate) bool {
	return overlap(a.spans[cue], b.spans[cue]) > 0 &&
		2*overlap(a.spans[content], b.spans[content]) > min(length(a.spans[content]), length(b.spans[content]))
}

// holdings keeps account of how much of each outermost passage in quotation
// marks the contents given out so far hold.
type holdings struct {
	quotes []news.Quote // outermost, sorted, disjoint
	bytes  []int
}

func newHoldings(quotes []news.Quote) *holdings {
	h := &holdings{}
	for _, q := range quotes {
		if q.Depth == 0 {
			h.quotes = append(h.quotes, q)
		}
	}
	h.bytes = make([]int, len(h.quotes))
	return h
}

// over calls yield for each quote that shares words with span.
func (h *holdings) over(span news.Span, yield func(i, shared int)) {
	i := sort.Search(len(h.quotes), func(i int) bool { return h.quotes[i].End > span.Start })
	for ; i < len(h.quotes) && h.quotes[i].Start < span.End; i++ {
		yield(i, min(h.quotes[i].End, span.End)-max(h.quotes[i].Start, span.Start))
	}
}

func (h *holdings) give(spans []news.Span) {
	for _, s := range spans {
		h.over(s, func(i, shared int) { h.bytes[i] += shared })
	}
}

// wouldFill reports whether spans hold most of a passage that is speech by
// itself and of which nothing was given out yet.
func (h *holdings) wouldFill(spans []news.Span) bool {
	fills := false
	for _, s := range spans {
		h.over(s, func(i, shared int) {
			fills = fills || !h.quotes[i].Scare && h.bytes[i] == 0 && 2*shared > h.quotes[i].Len()
		})
	}
	return fills
}
