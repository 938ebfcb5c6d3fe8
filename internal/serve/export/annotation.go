package export

import (
	"io"
	"unicode/utf8"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// annotations writes a Web Annotation for each statement
// (https://www.w3.org/TR/annotation-model/), in an AnnotationPage. What was said
// is its target; its bodies tell who said it, by which words and what kind of
// statement it is. Of a statement without content the source is the target.
type annotations struct{ list }

func newAnnotations(w io.Writer) (Writer, error) {
	return &annotations{list{
		w:    w,
		head: `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:whosaid:annotations","type":"AnnotationPage","items":[`,
		foot: "]}",
	}}, nil
}

type annotation struct {
	ID         string     `json:"id"`
	Type       string     `json:"type"`
	Motivation string     `json:"motivation"`
	Body       []any      `json:"body"`
	Target     []specific `json:"target"`
}

// A textual body is words of ours.
type textual struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose"`
	Value    string `json:"value"`
	Format   string `json:"format"`
	Language string `json:"language,omitempty"`
}

// A specific resource is a stretch of the article.
type specific struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose,omitempty"`
	Source   string `json:"source"`
	Selector []any  `json:"selector"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// around is how many code points stand before and behind a quotation, so that
// it is found again where the page has changed.
const around = 32

func (a *annotations) Write(v *archive.Version) error {
	doc := v.Doc
	r := record.Encode(doc)
	selected := func(purpose string, byteSpans []news.Span, spans []record.Span) []specific {
		var out []specific
		for i, s := range spans {
			out = append(out, specific{"SpecificResource", purpose, address(doc), []any{
				quoteSelector{"TextQuoteSelector", s.Text, before(doc.Text[:byteSpans[i].Start]), behind(doc.Text[byteSpans[i].End:])},
				positionSelector{"TextPositionSelector", s.Start, s.End},
			}})
		}
		return out
	}
	for i := range r.Statements {
		s, was := &r.Statements[i], &doc.Statements[i]
		out := annotation{ID: urn(doc, s.ID), Type: "Annotation", Motivation: "describing"}
		out.Target = selected("", was.Content, s.Content)
		if len(out.Target) == 0 {
			out.Target = selected("", was.Source, s.Source)
		}
		if len(out.Target) == 0 {
			out.Target = selected("", was.Cue, s.Cue)
		}
		if len(out.Target) == 0 {
			continue // it stands nowhere
		}
		for _, p := range speakers(v, s) {
			out.Body = append(out.Body, textual{"TextualBody", "identifying", p.Name, "text/plain", language(doc)})
		}
		for _, k := range keywords(s) {
			out.Body = append(out.Body, textual{"TextualBody", "classifying", k, "text/plain", "en"})
		}
		for _, part := range selected("identifying", was.Source, s.Source) {
			out.Body = append(out.Body, part)
		}
		for _, part := range selected("describing", was.Cue, s.Cue) {
			out.Body = append(out.Body, part)
		}
		if err := a.add(out); err != nil {
			return err
		}
	}
	return nil
}

// before is the end of text, behind its beginning.
func before(text string) string {
	at := len(text)
	for range around {
		_, n := utf8.DecodeLastRuneInString(text[:at])
		at -= n
	}
	return text[at:]
}

func behind(text string) string {
	at := 0
	for range around {
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return text[:at]
}
