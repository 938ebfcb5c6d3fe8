package descriptions_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/descriptions"
	"whosaid/internal/annotate/quotes"
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
	return doc
}

func TestCases(t *testing.T) {
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := prepare(c.Marked())
		if err := descriptions.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc)
		var lines []string
		for _, a := range doc.Actors {
			for _, d := range a.Descriptions {
				line := fmt.Sprintf("%s | %s | %s", a.Name, d.Kind, casefile.OneLine(d.Text(doc.Text)))
				if d.By != descriptions.Outlet {
					line += " | " + d.By
				}
				lines = append(lines, line)
			}
		}
		return lines
	})
}

// check fails unless the promises of Find hold.
func check(t *testing.T, doc *news.Document) {
	t.Helper()
	for _, a := range doc.Actors {
		end := 0
		for _, d := range a.Descriptions {
			switch {
			case d.Start < end || d.End <= d.Start || d.End > len(doc.Text):
				t.Fatalf("%s: %v overlaps the one before, or is empty", a.Name, d)
			case !utf8.ValidString(d.Text(doc.Text)):
				t.Fatalf("%s: %v cuts a code point", a.Name, d)
			case d.Kind != descriptions.Role && d.Kind != descriptions.Title && d.Kind != descriptions.Label:
				t.Fatalf("%s: %v is of no kind", a.Name, d)
			case d.By == "":
				t.Fatalf("%s: %v is by nobody", a.Name, d)
			}
			end = d.End
		}
	}
}

// TestManyMentions describes texts that would run into the time-out if any step were
// quadratic.
func TestManyMentions(t *testing.T) {
	for _, unit := range []string{
		"<Jane Roe>, a lawyer, ", "the head of the board of ", "<Jane Roe> and ", "Mr. <Roe = Jane Roe> is a judge. ", "“a ” <Roe = Jane Roe> ", "as a judge ",
		"former ", "<the judge = Jane Roe> who is a judge and a judge and ", "President of President of ", "pilots such as <Jane Roe>, ",
	} {
		cases, err := casefile.Parse("many", "== many\n"+strings.Repeat(unit, 5_000)+"\n--\n")
		if err != nil {
			t.Fatal(err)
		}
		doc := cases[0].Marked()
		doc.Sentences = []news.Span{{Start: 0, End: len(doc.Text)}}
		descriptions.Find(doc)
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 0, 0)
	}
	f.Fuzz(func(t *testing.T, text string, from, length int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		cases, err := casefile.Parse("fuzz", "== fuzz\n"+strings.ReplaceAll(text, "\n--", "\n-")+"\n--\n")
		if err != nil || len(cases) != 1 {
			return
		}
		doc := prepare(cases[0].Marked())
		if n := len(doc.Text); n > 0 && from >= 0 && length > 0 && from < n && length <= n-from {
			doc.Tags = []news.Tag{{Span: news.Span{Start: from, End: from + length}, Kind: news.TagRole}}
			if !utf8.ValidString(doc.Tags[0].Text(doc.Text)) {
				return
			}
		}
		for i, list := range descriptions.Find(doc) {
			doc.Actors[i].Descriptions = list
		}
		check(t, doc)
	})
}
