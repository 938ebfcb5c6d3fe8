package details_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/details"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

func TestCases(t *testing.T) {
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := c.Document()
		for _, b := range doc.Blocks {
			if b.Kind == news.Byline {
				doc.Authors = append(doc.Authors, b.Text(doc.Text))
			}
		}
		doc.Quotes = quotes.Read(doc.Text, doc.Blocks)
		doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
		var heads []string
		from := 0
		for _, line := range c.Want {
			if strings.HasPrefix(line, "chain:") {
				continue
			}
			head, _, _ := strings.Cut(line, " => ")
			parts := strings.Split(head, " | ")
			if len(parts) != 3 {
				t.Fatalf("%s:%d: a line is source | cue | content => to / in: %s", c.File, c.Line, line)
			}
			heads = append(heads, head)
			s := news.Statement{By: news.ByModel, Form: news.Indirect, Cue: find(t, doc.Text, parts[1], from), Content: find(t, doc.Text, parts[2], 0)}
			if parts[0] != "-" {
				s.Source = find(t, doc.Text, parts[0], max(0, from-1))
			}
			from = s.Cue[0].End
			if strings.HasPrefix(parts[2], "“") {
				s.Form = news.Direct
			}
			doc.Statements = append(doc.Statements, s)
		}
		if err := details.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for i, s := range doc.Statements {
			lines = append(lines, heads[i]+" => "+show(doc, s.Addressee)+" / "+show(doc, s.Venue))
		}
		if len(doc.Chain) > 0 {
			var names []string
			for _, link := range doc.Chain {
				names = append(names, link.Name)
			}
			lines = append(lines, "chain: "+strings.Join(names, " > "))
		}
		return lines
	})
}

func show(doc *news.Document, s *news.Span) string {
	if s == nil {
		return "-"
	}
	return s.Text(doc.Text)
}

// find gives words after position from, or the first ones in the text: a second
// statement may share the source of the first.
func find(t *testing.T, text, words string, from int) []news.Span {
	t.Helper()
	i := strings.Index(text[from:], words)
	if i < 0 {
		i, from = strings.Index(text, words), 0
	}
	if i < 0 {
		t.Fatalf("%q does not stand in the text", words)
	}
	return []news.Span{{Start: from + i, End: from + i + len(words)}}
}

// TestManyStatements reads articles that would run into the time-out if any step were
// quadratic.
func TestManyStatements(t *testing.T) {
	for _, unit := range []string{"Falk told reporters in an interview with Radio Halden that it rained. ", "In a letter to the the the the letter Falk said it. ", "told told on \"told "} {
		text := strings.Repeat(unit, 5_000)
		doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
		doc.Sentences = sentences.Split(text, doc.Blocks)
		for i := 0; i+len(unit) <= len(text); i += len(unit) {
			doc.Statements = append(doc.Statements, news.Statement{
				Source: []news.Span{{Start: i, End: i + 4}}, Cue: []news.Span{{Start: i + 5, End: i + 9}}, Content: []news.Span{{Start: i + len(unit) - 4, End: i + len(unit) - 1}},
			})
		}
		details.Find(doc)
	}
}

// FuzzFind gives statements with spans anywhere in any text; what is found lies
// in the text and cuts no character.
func FuzzFind(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 3, 9, 12, 40)
	}
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		text = strings.ToValidUTF8(text, "?")
		doc := &news.Document{Article: news.Article{Text: text, Authors: []string{"Velm Desk"}, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
		doc.Sentences = sentences.Split(text, doc.Blocks)
		span := func(x, y int) []news.Span {
			n := len(text) + 1
			x, y = (x%n+n)%n, (y%n+n)%n
			s := news.Span{Start: min(x, y), End: max(x, y)}
			for s.Start > 0 && s.Start < len(text) && !utf8.RuneStart(text[s.Start]) {
				s.Start--
			}
			for s.End < len(text) && !utf8.RuneStart(text[s.End]) {
				s.End++
			}
			if s.Len() == 0 {
				return nil
			}
			return []news.Span{s}
		}
		doc.Statements = []news.Statement{{Cue: span(a, b), Content: span(c, d)}, {Cue: span(c, d), Content: span(a, d), Source: span(b, c)}}
		details.Find(doc)
		for _, s := range doc.Statements {
			for _, found := range []*news.Span{s.Addressee, s.Venue} {
				if found == nil {
					continue
				}
				if found.Start < 0 || found.End > len(text) || found.Len() <= 0 || !utf8.ValidString(found.Text(text)) {
					t.Fatalf("%v lies outside the text or cuts a character", *found)
				}
			}
		}
	})
}
