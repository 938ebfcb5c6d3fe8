package quotes_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/quotes"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// show writes a quote as the case files do.
func show(text string, q news.Quote) string {
	s := strings.Repeat("> ", q.Depth) + casefile.OneLine(q.Text(text))
	if q.Scare {
		s += " | scare"
	}
	if !q.Closed {
		s += " | unclosed"
	}
	return s
}

func TestCases(t *testing.T) {
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := c.Document()
		if err := quotes.Stage().Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		check(t, doc.Text, doc.Blocks, doc.Quotes)
		var lines []string
		for _, q := range doc.Quotes {
			lines = append(lines, show(doc.Text, q))
		}
		return lines
	})
}

// check fails unless the promises of Read hold.
func check(t *testing.T, text string, blocks []news.Block, found []news.Quote) {
	t.Helper()
	var around []news.Quote
	last := -1
	for _, q := range found {
		switch {
		case q.Start <= last:
			t.Fatalf("%v does not come after the one before, at %d", q, last)
		case !(q.Start < q.Inner.Start && q.Inner.Start < q.Inner.End && q.Inner.End <= q.End):
			t.Fatalf("%v: the passage does not lie within its marks", q)
		case q.Closed != (q.Inner.End < q.End):
			t.Fatalf("%v: closed, but where is the mark", q)
		case q.Words < 1:
			t.Fatalf("%v has no words", q)
		}
		for _, at := range []int{q.Start, q.Inner.Start, q.Inner.End, q.End} {
			if at < len(text) && !utf8.RuneStart(text[at]) {
				t.Fatalf("%v: byte %d lies inside a code point", q, at)
			}
		}
		for len(around) > 0 && around[len(around)-1].End <= q.Start {
			around = around[:len(around)-1]
		}
		if len(around) > 0 && !around[len(around)-1].Inner.Contains(q.Span) {
			t.Fatalf("%v crosses %v", q, around[len(around)-1])
		}
		if q.Depth != len(around) {
			t.Fatalf("%v lies in %d others", q, len(around))
		}
		around = append(around, q)
		for _, b := range blocks {
			inside := b.Contains(q.Span)
			if inside || !b.Overlaps(q.Span) {
				continue
			}
			if b.Kind != news.Paragraph {
				t.Fatalf("%v runs over a %s", q, b.Kind)
			}
		}
		last = q.Start
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		`“Don’t go half-way,” she said.`:             3,
		`“Rates are 3.5 percent — no more,” he said`: 6,
		`“‘No,’ he says—and goes.”`:                  5,
	} {
		found := quotes.Read(text, paragraphOf(text))
		if len(found) == 0 || found[0].Words != want {
			t.Errorf("%s: found %+v, want %d words", text, found, want)
		}
	}
}

func paragraphOf(text string) []news.Block {
	return []news.Block{{Span: news.Span{Start: 0, End: len(text)}, Kind: news.Paragraph}}
}

// TestManyMarks reads texts that would run into the time-out of the tests if any step were quadratic.
func TestManyMarks(t *testing.T) {
	for _, unit := range []string{
		`"`, `“`, `”`, `'`, `’`, `‘`, "`", `« `, `“a `, `"a `, `‘a `, `'a' `, `“‘`, `“a ‘b `, `«a “b `,
		`12" a `, `‘as’ a `, `“a” `, "“a\n\n", "“a”\n\n", `“a`, `"a“a'a`,
	} {
		text := strings.Repeat(unit, 200_000)
		quotes.Read(text, paragraphOf(text))
	}
}

func FuzzQuotes(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 7)
	}
	f.Add("“‘a “b’ c” d’ «e “f» g", 3)
	f.Fuzz(func(t *testing.T, text string, every int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		kinds := []news.BlockKind{news.Paragraph, news.Paragraph, news.Furniture, news.Headline}
		var blocks []news.Block
		start := 0
		for i, p := range strings.SplitAfter(text, "\n\n") {
			body := strings.TrimSuffix(p, "\n\n")
			kind := news.Paragraph
			if every > 0 && i%every == every-1 {
				kind = kinds[i%len(kinds)]
			}
			if strings.TrimSpace(body) != "" {
				blocks = append(blocks, news.Block{Span: news.Span{Start: start, End: start + len(body)}, Kind: kind})
			}
			start += len(p)
		}
		check(t, text, blocks, quotes.Read(text, blocks))
	})
}
