package statements

import (
	"slices"
	"sort"

	"whosaid/internal/news"
)

// A verdict says what became of a candidate.
type verdict string

const (
	kept      verdict = "kept"
	filled    verdict = "kept, though unsure: a quotation would belong to nobody without it"
	tooUnsure verdict = "left out: too unsure"
	empty     verdict = "left out: no content found"
	named     verdict = "left out: the cue names a talk, it does not report it"
	twin      verdict = "left out: a surer cue reports the same words"
)

// choose keeps the candidates to be believed, in the order of their cues.
func choose(doc *news.Document, found []candidate, o Options) []candidate {
	verdicts := judge(doc, found, o)
	var chosen []candidate
	for i, c := range found {
		if verdicts[i] == kept || verdicts[i] == filled {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// judge sorts found by their cues and says of each whether it is to be
// believed: those over the threshold are, and of the others those that give a
// quotation to somebody that nobody else was given. Of two that report the same
// words by overlapping cues the surer stays.
func judge(doc *news.Document, found []candidate, o Options) []verdict {
	slices.SortFunc(found, func(a, b candidate) int { return a.piece - b.piece })
	verdicts := make([]verdict, len(found))
	last := -1
	for i, c := range found {
		switch {
		case len(c.spans[content]) == 0:
			verdicts[i] = empty
			continue
		case onlyNamed(doc.Text, c):
			verdicts[i] = named
			continue
		case last >= 0 && sameStatement(found[last], c):
			if c.sure <= found[last].sure {
				verdicts[i] = twin
				continue
			}
			verdicts[last] = twin
		}
		verdicts[i], last = tooUnsure, i
		if c.sure >= o.Threshold {
			verdicts[i] = kept
		}
	}
	held := newHoldings(doc.Quotes)
	for i, c := range found {
		if verdicts[i] == kept {
			held.give(c.spans[content])
		}
	}
	for i, c := range found {
		if verdicts[i] == tooUnsure && c.sure >= o.Second && len(c.spans[source]) > 0 && held.wouldFill(c.spans[content]) {
			verdicts[i] = filled
			held.give(c.spans[content])
		}
	}
	return verdicts
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

// shares is how many bytes of each passage spans hold, by the passage's place.
func (h *holdings) shares(spans []news.Span) map[int]int {
	shared := map[int]int{}
	for _, s := range spans {
		h.over(s, func(i, n int) { shared[i] += n })
	}
	return shared
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
