package relations_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/descriptions"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/relations"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// prepare runs what the stage needs on a document whose actors are known. Each
// quotation is the content of a statement: s1, s2, …
func prepare(doc *news.Document) *news.Document {
	doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
	for i, q := range quotes.Read(doc.Text, doc.Blocks) {
		doc.Statements = append(doc.Statements, news.Statement{ID: fmt.Sprint("s", i+1), Content: []news.Span{q.Span}})
	}
	for i, list := range descriptions.Find(doc) {
		doc.Actors[i].Descriptions = list
	}
	return doc
}

func TestCases(t *testing.T) {
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := prepare(c.Marked())
		if err := relations.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc)
		names := map[string]string{}
		for _, a := range doc.Actors {
			names[a.ID] = a.Name
		}
		var lines []string
		for _, r := range doc.Relations {
			to, ok := names[r.To]
			if !ok {
				to = `"` + r.To + `"`
			}
			from, ok := names[r.From]
			if !ok {
				from = `"` + r.From + `"`
			}
			line := fmt.Sprintf("%s %s %s", from, r.Type, to)
			if r.By != "outlet" {
				line += " | " + r.By
			}
			lines = append(lines, line)
		}
		return lines
	})
}

// check fails unless the promises of Find hold.
func check(t *testing.T, doc *news.Document) {
	t.Helper()
	seen := map[string]bool{}
	start := 0
	for _, r := range doc.Relations {
		e := r.Evidence
		switch {
		case e.Start < start || e.End <= e.Start || e.End > len(doc.Text) || !utf8.ValidString(e.Text(doc.Text)):
			t.Fatalf("%v: evidence out of order, empty or broken", r)
		case r.From == "" || r.To == "" || r.From == r.To || r.By == "":
			t.Fatalf("%v: an end is missing", r)
		case seen[r.Type+r.From+r.To]:
			t.Fatalf("%v is said twice", r)
		}
		seen[r.Type+r.From+r.To] = true
		start = e.Start
	}
}

func TestEvidence(t *testing.T) {
	cases, err := casefile.Parse("evidence", "== evidence\nOn Monday <Una Crane>, a spokeswoman for <Carrow Rail : organisation>, left.\n--\n")
	if err != nil {
		t.Fatal(err)
	}
	doc := prepare(cases[0].Marked())
	found := relations.Find(doc)
	if len(found) != 1 || found[0].Evidence.Text(doc.Text) != "Una Crane, a spokeswoman for Carrow Rail" {
		t.Errorf("found %+v", found)
	}
}

// TestManyMentions relates texts that would run into the time-out if any step were
// quadratic.
func TestManyMentions(t *testing.T) {
	for _, unit := range []string{
		"<Jane Roe>, a spokeswoman for <X : organisation>, ", "<Jane Roe> and ", "<Roe = Jane Roe> of <X : organisation> ", "<Roe = Jane Roe> endorsed <John Pike> and ",
		"the firm's owner <Roe = Jane Roe>, ", "his wife <Roe = Jane Roe>, ",
	} {
		cases, err := casefile.Parse("many", "== many\n"+strings.Repeat(unit, 5_000)+"\n--\n")
		if err != nil {
			t.Fatal(err)
		}
		doc := cases[0].Marked()
		doc.Sentences = []news.Span{{Start: 0, End: len(doc.Text)}}
		for i, list := range descriptions.Find(doc) {
			doc.Actors[i].Descriptions = list
		}
		relations.Find(doc)
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 0, 5, "role")
	}
	f.Fuzz(func(t *testing.T, text string, from, length int, kind string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		cases, err := casefile.Parse("fuzz", "== fuzz\n"+strings.ReplaceAll(text, "\n--", "\n-")+"\n--\n")
		if err != nil || len(cases) != 1 {
			return
		}
		doc := prepare(cases[0].Marked())
		if n := len(doc.Text); n > 0 && from >= 0 && length > 0 && from < n && length <= n-from && len(doc.Actors) > 0 {
			span := news.Span{Start: from, End: from + length}
			if !utf8.ValidString(span.Text(doc.Text)) {
				return
			}
			doc.Actors[0].Descriptions = append(doc.Actors[0].Descriptions, news.Description{Span: span, Kind: kind, By: "outlet"})
		}
		doc.Relations = relations.Find(doc)
		check(t, doc)
	})
}
