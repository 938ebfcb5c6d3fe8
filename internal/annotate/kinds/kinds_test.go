package kinds_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/annotate/kinds"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/annotate/standard"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/models"
)

func model(t testing.TB) *kinds.Model {
	t.Helper()
	m, err := kinds.Load(models.Kinds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The statements of a case are those that its lines name, not those that the
// network finds.
func TestCases(t *testing.T) {
	var statements []news.Statement
	given := pipeline.Stage{Name: "given", Doc: "The statements of the case.", Needs: []string{"statements"}, Run: func(_ context.Context, doc *news.Document) error {
		doc.Statements = statements
		return nil
	}}
	pipe, err := standard.New(standard.Options{After: map[string]pipeline.Stage{"statements": given}})
	if err != nil {
		t.Fatal(err)
	}
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := c.Document()
		statements = statementsOf(t, c, doc.Text)
		if err := pipe.Run(t.Context(), doc, nil); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for i, s := range doc.Statements {
			spans, _, _ := strings.Cut(c.Want[i], " => ")
			line := spans + " => " + s.Kind
			if s.CueStance != "neutral" {
				line += ", " + s.CueStance
			}
			if s.Conditional {
				line += ", if"
			}
			lines = append(lines, line)
		}
		return lines
	})
}

func statementsOf(t *testing.T, c casefile.Case, text string) []news.Statement {
	t.Helper()
	var list []news.Statement
	from := 0
	for _, line := range c.Want {
		spans, _, _ := strings.Cut(line, " => ")
		cue, content, ok := strings.Cut(spans, " | ")
		if !ok {
			t.Fatalf("%s:%d: a line is cue | content => kind: %s", c.File, c.Line, line)
		}
		// Cues come in the order of the text; a content stands anywhere.
		s := news.Statement{ID: fmt.Sprint("s", len(list)+1), By: news.ByModel, Form: news.Indirect, Cue: find(t, text, cue, from), Content: find(t, text, content, 0), Confidence: 1}
		from = s.Cue[0].Start + 1
		if strings.HasPrefix(content, "“") {
			s.Form = news.Direct
		}
		list = append(list, s)
	}
	return list
}

func find(t *testing.T, text, words string, from int) []news.Span {
	t.Helper()
	i := strings.Index(text[from:], words)
	if i < 0 {
		t.Fatalf("%q does not stand in the text after byte %d", words, from)
	}
	return []news.Span{{Start: from + i, End: from + i + len(words)}}
}

func TestLexiconRefuses(t *testing.T) {
	for _, text := range []string{"deny denial", "deny = denying", "deny, = denial", "ask (sometimes) = question", "= claim"} {
		if _, err := kinds.ParseLexicon(text); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("12345678"), models.Kinds[:len(models.Kinds)-1], models.Heads} {
		if _, err := kinds.Load(data); err == nil || !strings.Contains(err.Error(), "weights of the kinds") {
			t.Errorf("%d bytes: %v", len(data), err)
		}
	}
}

// FuzzTell gives statements with spans anywhere in any text.
func FuzzTell(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 3, 9, 12, 40)
	}
	m := model(f)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		text = strings.ToValidUTF8(text, "?")
		doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
		doc.Sentences = sentences.Split(text, doc.Blocks)
		span := func(x, y int) []news.Span {
			n := len(text) + 1
			x, y = (x%n+n)%n, (y%n+n)%n
			s := news.Span{Start: min(x, y), End: max(x, y)}
			for s.Start > 0 && s.Start < len(text) && text[s.Start]&0xC0 == 0x80 {
				s.Start--
			}
			for s.End < len(text) && text[s.End]&0xC0 == 0x80 {
				s.End++
			}
			if s.Len() == 0 {
				return nil
			}
			return []news.Span{s}
		}
		doc.Statements = []news.Statement{{Cue: span(a, b), Content: span(c, d)}, {Cue: span(c, d), Content: span(a, d), Source: span(b, c)}}
		m.Tell(doc)
		for _, s := range doc.Statements {
			if s.Kind == "" || s.CueStance == "" {
				t.Fatalf("a statement was told no kind or no stance: %+v", s)
			}
		}
	})
}
