// Package tags finds names, mentions of people and the words that describe them.
//
// The network's tagger (internal/neural/heads) reads what the encoder said of each
// word piece; a few rules then set the bounds of names as the field draws them.
package tags

import (
	"context"
	"sort"
	"sync"

	"whosaid/internal/neural/heads"
	"whosaid/internal/neural/weights"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// A Tagger finds tags. It may be used by many goroutines: each borrows a session
// of the network for the length of one article.
type Tagger struct {
	sessions sync.Pool
}

// New makes a tagger on loaded heads that computes at precision p.
func New(model *heads.Model, p weights.Precision) *Tagger {
	t := &Tagger{}
	t.sessions.New = func() any { return model.NewSession(p) }
	return t
}

// Stage fills Document.Tags.
func (t *Tagger) Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "tags",
		Doc:   "Names, mentions of people and words that describe them, by the network; honorifics stay outside names.",
		Needs: []string{"text", "blocks", "pieces", "vectors"},
		Gives: []string{"tags"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Tags = t.Read(doc)
			return nil
		},
	}
}

// Read returns the tags of doc in the order of the text, the longer of two that
// begin together first.
func (t *Tagger) Read(doc *news.Document) []news.Tag {
	s := t.sessions.Get().(*heads.Session)
	defer t.sessions.Put(s)
	found := s.Tags(doc.Pieces, doc.Vectors, blockStarts(doc))
	found = bound(doc, whole(doc, outsideAddresses(doc, found)))
	found = divide(doc, familyFirst(doc, together(doc, apart(doc, found))))
	return again(doc, known(doc, settled(doc, explained(doc, found))))
}

// blockStarts are the first pieces of blocks: no name runs from one into the next.
func blockStarts(doc *news.Document) []int {
	var starts []int
	for _, b := range doc.Blocks {
		starts = append(starts, sort.Search(len(doc.Pieces), func(i int) bool { return doc.Pieces[i].Start >= b.Start }))
	}
	return starts
}
