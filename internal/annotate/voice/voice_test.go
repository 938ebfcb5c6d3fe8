package voice_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/sentences"
	"whosaid/internal/annotate/voice"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// document is that of a case with the statements that its lines give.
func document(t *testing.T, c casefile.Case) *news.Document {
	t.Helper()
	doc := c.Document()
	doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
	for _, line := range c.Want {
		given, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		given, speakers, _ := strings.Cut(given, " :: ")
		parts := strings.Split(given, " | ")
		if len(parts) != 3 {
			t.Fatalf("%s:%d: a statement is source | cue | content: %s", c.File, c.Line, line)
		}
		st := news.Statement{ID: fmt.Sprint("s", len(doc.Statements)+1), By: news.ByModel}
		for i, into := range []*[]news.Span{&st.Source, &st.Cue, &st.Content} {
			for _, p := range strings.Split(parts[i], " + ") {
				if p == "-" {
					continue
				}
				p = strings.ReplaceAll(p, " ¶ ", "\n\n")
				at := nearest(doc.Text, p, strings.Index(doc.Text, " "+parts[1]))
				if at < 0 {
					t.Fatalf("%s:%d: the text has no %q", c.File, c.Line, p)
				}
				*into = append(*into, news.Span{Start: at, End: at + len(p)})
			}
		}
		if len(st.Source)+len(st.Cue) == 0 {
			st.By = news.ByMarks
		}
		for _, name := range strings.Split(speakers, " and ") {
			if name != "" {
				st.Speakers = append(st.Speakers, news.Speaker{Name: name, By: "name", Confidence: 1})
			}
		}
		doc.Statements = append(doc.Statements, st)
	}
	return doc
}

// nearest is where s stands in text, nearest to position from.
func nearest(text, s string, from int) int {
	best := strings.Index(text, s)
	for at := best; at >= 0; {
		if max(at-from, from-at) < max(best-from, from-best) {
			best = at
		}
		next := strings.Index(text[at+1:], s)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return best
}

func TestOwn(t *testing.T) {
	casefile.Run(t, "cases/own/*.txt", func(c casefile.Case) []string {
		doc := document(t, c)
		if err := voice.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, line := range c.Want {
			if strings.HasPrefix(line, "> ") {
				lines = append(lines, line)
			}
		}
		for _, s := range doc.OwnVoice {
			lines = append(lines, casefile.OneLine(s.Text(doc.Text)))
		}
		return lines
	})
}

func TestShares(t *testing.T) {
	casefile.Run(t, "cases/shares/*.txt", func(c casefile.Case) []string {
		doc := document(t, c)
		b := voice.Shares(doc)
		checkBalance(t, b)
		var lines []string
		for _, line := range c.Want {
			if strings.HasPrefix(line, "> ") {
				lines = append(lines, line)
			}
		}
		lines = append(lines, fmt.Sprintf("outlet %g of %d", b.Outlet.Words, b.Words))
		for _, s := range b.Speakers {
			lines = append(lines, fmt.Sprintf("%s %g in %d", s.Name, s.Words, s.Statements))
		}
		if b.Unknown.Words > 0 || b.Unknown.Statements > 0 {
			lines = append(lines, fmt.Sprintf("unknown %g in %d", b.Unknown.Words, b.Unknown.Statements))
		}
		return lines
	})
}

// checkBalance fails unless the shares make up the whole.
func checkBalance(t *testing.T, b voice.Balance) {
	t.Helper()
	sum, part := b.Outlet.Words+b.Unknown.Words, b.Outlet.Share+b.Unknown.Share
	for _, s := range b.Speakers {
		sum, part = sum+s.Words, part+s.Share
	}
	if math.Abs(sum-float64(b.Words)) > 1e-6 || b.Words > 0 && math.Abs(part-1) > 1e-9 {
		t.Fatalf("%+v: the shares do not make up the whole", b)
	}
}

func FuzzOwn(f *testing.F) {
	f.Add("The mayor said it. It rained.\n\n***", 3, 7)
	f.Add("“a” b", 0, 1)
	f.Fuzz(func(t *testing.T, text string, a, step int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
		doc.Sentences = sentences.Split(text, doc.Blocks)
		cut := func(i int) int {
			for i < len(text) && !utf8.RuneStart(text[i]) {
				i++
			}
			return min(i, len(text))
		}
		for i := max(a, 0) % 50; step > 0 && step < 1000 && i < len(text); i += step {
			span := func(n, m int) []news.Span { return []news.Span{{Start: cut(i + n), End: cut(i + m)}} }
			doc.Statements = append(doc.Statements, news.Statement{
				Source: span(0, 2), Cue: span(step, step+3), Content: span(4, 30),
				Speakers: []news.Speaker{{Name: []string{"", "Pike", "Calloway"}[i%3]}},
			})
		}
		own := voice.Own(doc)
		for _, s := range own {
			if !slices.Contains(doc.Sentences, s) {
				t.Fatalf("%v is no sentence", s)
			}
		}
		b := voice.Shares(doc)
		if b.Outlet.Words < 0 || b.Unknown.Words < 0 {
			t.Fatalf("%+v: less than nothing", b)
		}
	})
}

// TestManyStatements would run into the time-out of the tests if any step were quadratic.
func TestManyStatements(t *testing.T) {
	unit := "“It is so,” the mayor said. "
	const n = 40_000
	doc := &news.Document{Article: news.Article{Text: strings.Repeat(unit, n)}}
	doc.Blocks = []news.Block{{Span: news.Span{End: len(doc.Text)}, Kind: news.Paragraph}}
	doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
	for i := range n {
		doc.Statements = append(doc.Statements, news.Statement{
			Source: []news.Span{{Start: i*len(unit) + 18, End: i*len(unit) + 27}}, Content: []news.Span{{Start: i * len(unit), End: len(doc.Text)}},
			Speakers: []news.Speaker{{Name: fmt.Sprint("speaker ", i)}},
		})
	}
	voice.Own(doc)
	checkBalance(t, voice.Shares(doc))
}
