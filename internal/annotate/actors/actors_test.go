package actors_test

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// prepare runs what needs no network.
func prepare(doc *news.Document) {
	doc.Quotes = quotes.Read(doc.Text, doc.Blocks)
	doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
}

func TestCases(t *testing.T) {
	reader := actors.New(nil, 0, actors.Options{})
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := c.Document()
		casefile.Mentions(doc)
		prepare(doc)
		if err := reader.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, a := range doc.Actors {
			var list []string
			for _, m := range a.Mentions {
				list = append(list, m.Text(doc.Text))
			}
			lines = append(lines, fmt.Sprintf("%s (%s): %s", a.Name, a.Type, strings.Join(list, " | ")))
		}
		return lines
	})
}
