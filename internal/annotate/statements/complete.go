package statements

import (
	"sort"
	"strings"

	"whosaid/internal/news"
)

// complete gives a statement whose content is a bare "that" the rest of the
// sentence. The network stops there where another statement follows ("He added
// that, if so, the party is considering its options"), for the corpus it learnt
// from never puts one inside another.
func complete(doc *news.Document, c candidate) candidate {
	if len(c.spans[content]) != 1 || !strings.EqualFold(c.spans[content][0].Text(doc.Text), "that") {
		return c
	}
	that := c.spans[content][0]
	if that.Start < c.spans[cue][len(c.spans[cue])-1].End {
		return c
	}
	i := sort.Search(len(doc.Sentences), func(i int) bool { return doc.Sentences[i].End > that.Start })
	if i == len(doc.Sentences) {
		return c
	}
	rest := news.Span{Start: that.Start, End: that.Start + len(strings.TrimRight(doc.Text[that.Start:max(that.End, doc.Sentences[i].End)], " \n\t.!?"))}
	if words(rest.Text(doc.Text)) >= leastWords {
		c.spans[content] = []news.Span{rest}
	}
	return c
}
