package kinds

import (
	"encoding/binary"
	"encoding/json"
	"io"

	"whosaid/internal/annotate/kinds"
	"whosaid/internal/news"
)

// An example is what train/kinds.py learns from: one relation, what the program
// knows of it and what a reader said, if one did.
type example struct {
	Article      string        `json:"article"`
	Relation     string        `json:"relation"`
	Verdict      kinds.Verdict `json:"verdict"`
	Names        []string      `json:"names"`
	Kind         string        `json:"kind,omitempty"`
	Alternatives []string      `json:"alternatives,omitempty"`
	Stance       string        `json:"stance,omitempty"`
}

// WriteExamples writes the relations of an article, gold spans in doc, to list,
// one JSON object a line, and their vectors to vectors, float32 in the order of
// the list. vectors may be nil.
func WriteExamples(a Article, doc *news.Document, list, vectors io.Writer) error {
	e := json.NewEncoder(list)
	e.SetEscapeHTML(false)
	for i := range doc.Statements {
		s := &doc.Statements[i]
		f := kinds.Describe(doc, s, kinds.Standard)
		x := example{Article: a.ID, Relation: s.ID, Verdict: f.Verdict, Names: f.Names}
		if l, ok := a.Labels[s.ID]; ok {
			x.Kind, x.Alternatives, x.Stance = l.Kind, l.Alternatives, l.Stance
		}
		if err := e.Encode(x); err != nil {
			return err
		}
		if vectors == nil {
			continue
		}
		if err := binary.Write(vectors, binary.LittleEndian, f.Vectors); err != nil {
			return err
		}
	}
	return nil
}
