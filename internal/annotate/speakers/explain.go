package speakers

import (
	"slices"

	"whosaid/internal/news"
)

// Explain says of each speaker of doc's statements why it is the one. found are
// the actors as stage actors found them, without those that this stage added;
// doc stays as it is.
func Explain(doc *news.Document, found []news.Actor) []Reason {
	again := *doc
	again.Actors = slices.Clone(found)
	for i := range again.Actors {
		again.Actors[i].Mentions = slices.Clone(again.Actors[i].Mentions)
	}
	again.Statements = slices.Clone(doc.Statements)
	return Assign(&again)
}
