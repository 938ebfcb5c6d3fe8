package print

import (
	"io"

	"whosaid/internal/annotate/actors"
	saying "whosaid/internal/annotate/speakers"
	"whosaid/internal/news"
)

// Who prints why a word was taken to mean somebody, and why the statements that
// hold it have their speakers.
func Who(w io.Writer, doc *news.Document, word news.Span, links []actors.Link, reasons []saying.Reason) error {
	p := &printing{w: w}
	for _, l := range links {
		if !l.Overlaps(word) {
			continue
		}
		if l.Name == "" {
			p.f("\n%s is given to nobody: %s.\n", quoted(doc, l.Span), l.Why)
			continue
		}
		p.f("\n%s is %s (%s, confidence %.2f): %s.\n", quoted(doc, l.Span), l.Name, l.Form, l.Confidence, l.Why)
	}
	for _, s := range doc.Statements {
		holds := false
		for _, spans := range [][]news.Span{s.Source, s.Cue, s.Content} {
			for _, span := range spans {
				holds = holds || span.Overlaps(word)
			}
		}
		if !holds {
			continue
		}
		named := false
		for _, r := range reasons {
			if r.Statement == s.ID {
				p.f("\nStatement %s is said by %s: %s.\n", s.ID, r.Name, r.Why)
				named = true
			}
		}
		if !named {
			p.f("\nStatement %s is given to nobody: its source leads to no actor that is likely enough.\n", s.ID)
		}
	}
	return p.err
}
