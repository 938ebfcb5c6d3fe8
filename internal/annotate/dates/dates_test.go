package dates_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"whosaid/internal/annotate/dates"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

var head = regexp.MustCompile(`; (published|from) ([^\s;]+)`)

// document is that of a case, with what its head says of it.
func document(c casefile.Case) *news.Document {
	doc := c.Document()
	for _, m := range head.FindAllStringSubmatch(c.Name, -1) {
		if m[1] == "published" {
			doc.Published = m[2]
		} else {
			doc.Outlet = m[2]
		}
	}
	doc.Quotes = quotes.Read(doc.Text, doc.Blocks)
	doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
	return doc
}

// show writes a date as the case files do.
func show(doc *news.Document, d news.Date) string {
	value := d.Value
	if value == "" {
		value = "?"
	}
	line := casefile.OneLine(d.Text(doc.Text)) + " = " + value
	if d.Kind != "point" {
		line += " " + d.Kind
	}
	return line
}

func TestCases(t *testing.T) {
	expressions := 0
	casefile.Run(t, "cases/*.txt", func(c casefile.Case) []string {
		doc := document(c)
		dates.Read(doc)
		check(t, doc)
		var lines []string
		for _, d := range doc.Dates {
			lines = append(lines, show(doc, d))
		}
		expressions += len(c.Want)
		return lines
	})
	t.Logf("%d expressions", expressions)
	if expressions < 120 {
		t.Errorf("%d expressions, and 120 are the least", expressions)
	}
}

// TestWhen reads cases that give statements, as source | cue | content, and
// expect the date of each after "=>"; lines without statements expect dates.
func TestWhen(t *testing.T) {
	casefile.Run(t, "cases/when/*.txt", func(c casefile.Case) []string {
		doc := document(c)
		statements := 0
		for i, line := range c.Want {
			if !strings.Contains(line, " | ") {
				break
			}
			statements++
			st, err := statement(doc, line)
			if err != nil {
				t.Fatalf("%s:%d: %v", c.File, c.Line, err)
			}
			st.ID = fmt.Sprint("s", i+1)
			doc.Statements = append(doc.Statements, st)
		}
		dates.Read(doc)
		check(t, doc)
		var lines []string
		for i, line := range c.Want[:statements] {
			given, _, _ := strings.Cut(line, " => ")
			when := "none"
			if w := doc.Statements[i].When; w != nil {
				when = show(doc, *w)
			}
			lines = append(lines, given+" => "+when)
		}
		for _, line := range c.Want[statements:] {
			text, _, _ := strings.Cut(line, " = ")
			for _, d := range doc.Dates {
				if d.Text(doc.Text) == text {
					lines = append(lines, show(doc, d))
				}
			}
		}
		return lines
	})
}

// statement reads source | cue | content; the parts of one are joined by " + ".
func statement(doc *news.Document, line string) (news.Statement, error) {
	st := news.Statement{By: news.ByModel}
	given, _, ok := strings.Cut(line, " => ")
	parts := strings.Split(given, " | ")
	if !ok || len(parts) != 3 {
		return st, fmt.Errorf("a line is source | cue | content => when: %s", line)
	}
	for i, into := range []*[]news.Span{&st.Source, &st.Cue, &st.Content} {
		for _, p := range strings.Split(parts[i], " + ") {
			if p == "-" {
				continue
			}
			at := nearest(doc.Text, p, st.Source)
			if at < 0 {
				return st, fmt.Errorf("the text has no %q", p)
			}
			*into = append(*into, news.Span{Start: at, End: at + len(p)})
		}
	}
	return st, nil
}

// nearest is where s stands in text, nearest to the end of source.
func nearest(text, s string, source []news.Span) int {
	best := strings.Index(text, s)
	if len(source) == 0 {
		return best
	}
	from := source[len(source)-1].End
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

var iso = regexp.MustCompile(`^(?:|P|P/P)$`)

var point = regexp.MustCompile(`\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\dZ?)?)?)?`)

// check fails unless the promises of Read hold.
func check(t *testing.T, doc *news.Document) {
	t.Helper()
	last := 0
	for _, d := range doc.Dates {
		switch {
		case d.Start < last || d.End <= d.Start || d.End > len(doc.Text):
			t.Fatalf("date %v does not lie after %d", d, last)
		case !utf8.RuneStart(doc.Text[d.Start]) || d.End < len(doc.Text) && !utf8.RuneStart(doc.Text[d.End]):
			t.Fatalf("date %v cuts a code point", d)
		case d.Kind != "point" && d.Kind != "range" && d.Kind != "deadline":
			t.Fatalf("date %v is of no kind", d)
		case !iso.MatchString(point.ReplaceAllString(d.Value, "P")):
			t.Fatalf("date %v has a value that is not ISO 8601", d)
		}
		inside := false
		for _, b := range doc.Blocks {
			inside = inside || b.Contains(d.Span) && b.Kind != news.Furniture
		}
		if !inside {
			t.Fatalf("date %v lies in no block that is read", d)
		}
		for _, p := range point.FindAllString(d.Value, -1) {
			if len(p) >= 10 {
				if _, err := time.Parse(time.DateOnly, p[:10]); err != nil {
					t.Fatalf("date %v names a day that the calendar has not", d)
				}
			}
		}
		last = d.End
	}
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"cases/*.txt", "cases/when/*.txt"} {
		for _, c := range casefile.Read(f, pattern) {
			f.Add(c.Text, "2022-01-20", 3)
		}
	}
	f.Add("by 31 December 2021 to the end of last Monday at 9am", "2022", 1)
	f.Fuzz(func(t *testing.T, text, published string, cut int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		doc := &news.Document{Article: news.Article{Text: text, Published: published}}
		for start := 0; start < len(text); {
			end := len(text)
			if i := strings.Index(text[start:], "\n\n"); i >= 0 {
				end = start + i
			}
			doc.Blocks = append(doc.Blocks, news.Block{Span: news.Span{Start: start, End: end}, Kind: news.Paragraph})
			start = end + 2
		}
		doc.Quotes = quotes.Read(text, doc.Blocks)
		doc.Sentences = sentences.Split(text, doc.Blocks)
		// A statement a sentence: its words are cut into source, cue and content.
		for _, s := range doc.Sentences {
			words := strings.Fields(s.Text(text))
			if len(words) < 3 || cut < 0 {
				continue
			}
			a := s.Start + len(words[0])
			b := min(a+1+cut%9, s.End)
			for b < s.End && !utf8.RuneStart(text[b]) {
				b++
			}
			doc.Statements = append(doc.Statements, news.Statement{
				By: news.ByModel, Source: []news.Span{{Start: s.Start, End: a}}, Cue: []news.Span{{Start: a, End: b}}, Content: []news.Span{{Start: b, End: s.End}},
			})
		}
		dates.Read(doc)
		check(t, doc)
	})
}

// TestLongTexts reads texts of 100,000 words that would run into the time-out if any
// step were quadratic.
func TestLongTexts(t *testing.T) {
	for _, unit := range []string{
		"on Monday ", "two days later ", "in 2019, ", "May ", "the ", "the end of ", "early ", "from ", "between 3 and ", "by ", "1 ", "5 May ", "last ",
		"“tomorrow ", "said on 3 May that ", "2003-", "Monday to ", "a few ", "the first day of ", "the last week of ", "In 2011 they met on 5 June. ",
	} {
		text := strings.Repeat(unit, 100_000/len(strings.Fields(unit)))
		doc := &news.Document{Article: news.Article{Text: text, Published: "2022-01-20", Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
		doc.Sentences = []news.Span{{End: len(text)}}
		for i := 0; i+40 < len(text) && len(doc.Statements) < 10_000; i += 20 {
			doc.Statements = append(doc.Statements, news.Statement{
				By: news.ByModel, Cue: []news.Span{{Start: i, End: i + 5}}, Content: []news.Span{{Start: i + 6, End: len(text)}},
			})
		}
		for i := range doc.Statements {
			for _, s := range [][]news.Span{doc.Statements[i].Cue, doc.Statements[i].Content} {
				for j := range s {
					for s[j].Start > 0 && !utf8.RuneStart(text[s[j].Start]) {
						s[j].Start--
					}
				}
			}
		}
		dates.Read(doc)
	}
}
