package sentences_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/sentences"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

func TestCases(t *testing.T) {
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := c.Document()
		if err := sentences.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc.Text, doc.Blocks, doc.Sentences)
		var lines []string
		for _, s := range doc.Sentences {
			lines = append(lines, casefile.OneLine(s.Text(doc.Text)))
		}
		return lines
	})
}

// check fails unless the promises of Split hold.
func check(t *testing.T, text string, blocks []news.Block, found []news.Span) {
	t.Helper()
	var last, i int
	for _, b := range blocks {
		if !b.Kind.Speech() {
			continue
		}
		last = b.Start
		for ; i < len(found) && found[i].Start < b.End; i++ {
			s := found[i]
			switch {
			case s.Start < last || s.End > b.End || s.Len() <= 0:
				t.Fatalf("sentence %v does not lie after %d in block %v", s, last, b)
			case strings.TrimSpace(s.Text(text)) != s.Text(text):
				t.Fatalf("sentence %q has space around it", s.Text(text))
			case strings.TrimSpace(text[last:s.Start]) != "":
				t.Fatalf("%q lies in no sentence", text[last:s.Start])
			case !utf8.RuneStart(text[s.Start]) || (s.End < len(text) && !utf8.RuneStart(text[s.End])):
				t.Fatalf("sentence %v cuts a code point", s)
			}
			last = s.End
		}
		if strings.TrimSpace(text[last:b.End]) != "" {
			t.Fatalf("%q lies in no sentence", text[last:b.End])
		}
	}
	if i != len(found) {
		t.Fatalf("sentence %v lies in no block", found[i])
	}
}

// TestManyPoints splits texts that would run into the time-out if any step were
// quadratic.
func TestManyPoints(t *testing.T) {
	for _, unit := range []string{".", ". ", "a. ", "A. ", `."`, "\n", "… ", "?”", "U.S. ", ". \n", "(", ".("} {
		text := strings.Repeat(unit, 200_000)
		sentences.Split(text, []news.Block{{Span: news.Span{Start: 0, End: len(text)}, Kind: news.Paragraph}})
	}
}

func FuzzSplit(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		blocks := []news.Block{{Span: news.Span{Start: 0, End: len(text)}, Kind: news.Paragraph}}
		check(t, text, blocks, sentences.Split(text, blocks))
	})
}
