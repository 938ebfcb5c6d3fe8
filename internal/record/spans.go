package record

import (
	"iter"

	"whosaid/internal/news"
)

// Spans yields every span of doc that its record shows, each with the words
// to name it by in a message.
func Spans(doc *news.Document) iter.Seq2[string, news.Span] {
	return func(yield func(string, news.Span) bool) {
		ok := true
		one := func(what string, s news.Span) { ok = ok && yield(what, s) }
		maybe := func(what string, s *news.Span) {
			if s != nil {
				one(what, *s)
			}
		}
		all := func(what string, list []news.Span) {
			for _, s := range list {
				one(what, s)
			}
		}
		for _, b := range doc.Blocks {
			one("a block", b.Span)
		}
		for _, r := range doc.Repairs {
			one("a repair", r.Span)
		}
		for _, t := range doc.Chain {
			maybe("the evidence of the reporting chain", t.Evidence)
		}
		for _, s := range doc.Statements {
			all("a source of "+s.ID, s.Source)
			all("a cue of "+s.ID, s.Cue)
			all("a content of "+s.ID, s.Content)
			maybe("the addressee of "+s.ID, s.Addressee)
			maybe("the venue of "+s.ID, s.Venue)
			if s.When != nil {
				one("the time of "+s.ID, s.When.Span)
			}
		}
		for _, a := range doc.Actors {
			for _, m := range a.Mentions {
				one("a mention of "+a.ID, m.Span)
			}
			for _, d := range a.Descriptions {
				one("a description of "+a.ID, d.Span)
			}
		}
		for _, r := range doc.Relations {
			one("the evidence of a relation", r.Evidence)
		}
		for _, d := range doc.Dates {
			one("a date", d.Span)
		}
		all("a sentence in the outlet's own voice", doc.OwnVoice)
	}
}
