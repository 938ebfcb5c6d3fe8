// Package casefile reads test cases that somebody who knows news, but not Go,
// can read and add to: a short text, and under it what is to be found in it.
//
//	# Anything before the first case is a note to the reader.
//
//	== the name of the case
//	[headline] Minister: 'We will stay'
//
//	“We will stay,” the minister said.
//	--
//	'We will stay'
//	“We will stay,”
//
// A blank line ends a paragraph. A paragraph may begin with the kind of its
// block in square brackets ([headline], [deck], [byline], [caption],
// [heading], [furniture]); without one it is a paragraph of the article. What
// the lines under "--" mean is for each stage to say; blank lines and lines
// that begin with "#" are skipped there.
package casefile

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/news"
)

// A Case is one text and the lines expected of it.
type Case struct {
	File string
	Line int // of its name, from 1
	Name string
	news.Article
	Want []string
}

// Document is a fresh document of the case's text, for stages to work on.
func (c Case) Document() *news.Document {
	return &news.Document{Article: c.Article}
}

// Parse reads the cases of one file; name is used in messages.
func Parse(name, text string) ([]Case, error) {
	var cases []Case
	var body []string
	wanting := false
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), " \t\r")
		title, isCase := strings.CutPrefix(line, "== ")
		switch {
		case isCase:
			if len(cases) > 0 && !wanting {
				return nil, fmt.Errorf("%s:%d: the case before this one has no line \"--\": put it under the text, above what is expected", name, n)
			}
			cases = append(cases, Case{File: name, Line: n, Name: title})
			body, wanting = nil, false
		case len(cases) == 0:
		case !wanting && line == "--":
			last := &cases[len(cases)-1]
			last.Text, last.Blocks = blocks(body)
			wanting = true
		case !wanting:
			body = append(body, line)
		case line != "" && !strings.HasPrefix(line, "#"):
			last := &cases[len(cases)-1]
			last.Want = append(last.Want, line)
		}
	}
	if len(cases) > 0 && !wanting {
		return nil, fmt.Errorf("%s: the last case has no line \"--\": put it under the text, above what is expected", name)
	}
	return cases, lines.Err()
}

// kinds are the blocks a paragraph of a case can be marked as.
var kinds = []news.BlockKind{
	news.Headline, news.Deck, news.Byline, news.Caption, news.Heading, news.Paragraph, news.Furniture,
}

func blocks(lines []string) (string, []news.Block) {
	var text strings.Builder
	var found []news.Block
	for _, p := range strings.Split(strings.Join(lines, "\n"), "\n\n") {
		p = strings.Trim(p, "\n")
		if p == "" {
			continue
		}
		kind := news.Paragraph
		for _, k := range kinds {
			if rest, ok := strings.CutPrefix(p, "["+string(k)+"] "); ok {
				kind, p = k, rest
				break
			}
		}
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		start := text.Len()
		text.WriteString(p)
		found = append(found, news.Block{Span: news.Span{Start: start, End: text.Len()}, Kind: kind})
	}
	return text.String(), found
}

// OneLine writes a passage as case files do: " ¶ " for the break between two
// paragraphs, a space for any other.
func OneLine(s string) string {
	paragraphs := strings.Split(s, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, " ¶ ")
}

// Read gives the cases of all files that pattern matches. No file at all, or a
// file without a case, fails the test.
func Read(t testing.TB, pattern string) []Case {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no case file matches %s (%v)", pattern, err)
	}
	var all []Case
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := Parse(f, string(data))
		if err != nil {
			t.Fatal(err)
		}
		if len(cases) == 0 {
			t.Fatalf("%s holds no case (a case begins with \"== \" and its name)", f)
		}
		all = append(all, cases...)
	}
	return all
}

// Run checks every case of the files that pattern matches: find gives the
// lines found in a case, which must be those expected, in the same order.
func Run(t *testing.T, pattern string, find func(Case) []string) {
	t.Helper()
	for _, c := range Read(t, pattern) {
		t.Run(c.Name, func(t *testing.T) {
			got := strings.Join(find(c), "\n")
			if want := strings.Join(c.Want, "\n"); got != want {
				t.Errorf("%s:%d\ntext:\n%s\n\nexpected:\n%s\n\nfound:\n%s", c.File, c.Line, c.Text, want, got)
			}
		})
	}
}
