package actors

import (
	"cmp"
	"slices"

	"whosaid/internal/news"
)

// A Link says of one mention to whom it was given, and why.
type Link struct {
	news.Mention
	Name string // the actor's
	Why  string // in a few words; of a pronoun with the mention that led to the actor
}

// Explain tells of every mention of doc why it was given to its actor, and of
// pronouns that were given to nobody that they were, in the order of the text.
func (r *Reader) Explain(doc *news.Document) []Link {
	work := r.read(doc)
	var links []Link
	for i := range work.mentions {
		m := &work.mentions[i]
		l := Link{Mention: news.Mention{Span: m.Span, Form: m.form, Confidence: m.sure}, Why: m.why}
		if m.actor == none {
			l.Why = cmp.Or(m.why, "nobody near is likely enough")
		} else {
			l.Name = work.nameOf(&work.clusters[m.actor])
		}
		links = append(links, l)
	}
	slices.SortFunc(links, func(a, b Link) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return links
}
