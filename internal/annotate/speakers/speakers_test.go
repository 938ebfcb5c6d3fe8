package speakers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/annotate/speakers"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

func TestCases(t *testing.T) {
	for _, c := range casefile.Read(t, "cases/*.txt") {
		t.Run(c.Name, func(t *testing.T) {
			doc := c.Document()
			casefile.Mentions(doc)
			doc.Quotes = quotes.Read(doc.Text, doc.Blocks)
			doc.Sentences = sentences.Split(doc.Text, doc.Blocks)
			var want []string
			for i, line := range c.Want {
				left, right, ok := strings.Cut(line, " => ")
				parts := strings.Split(left, " | ")
				if !ok || len(parts) != 3 {
					t.Fatalf("%s:%d: a line needs source | cue | content => speakers: %s", c.File, c.Line, line)
				}
				doc.Statements = append(doc.Statements, statement(t, doc, fmt.Sprint("s", i+1), parts))
				want = append(want, right)
			}
			for _, stage := range []func(*news.Document){
				func(d *news.Document) { d.Actors = actors.New(nil, 0, actors.Options{}).Read(d) },
				func(d *news.Document) { speakers.Assign(d) },
			} {
				stage(doc)
			}
			for i, s := range doc.Statements {
				if got := said(doc, s); got != want[i] {
					t.Errorf("%s:%d\n%s\nexpected %s\nfound    %s", c.File, c.Line, c.Want[i], want[i], got)
				}
			}
		})
	}
}

// said writes the speakers of s as case files do.
func said(doc *news.Document, s news.Statement) string {
	if len(s.Speakers) == 0 {
		return "nobody"
	}
	var names []string
	for _, p := range s.Speakers {
		name := p.Name
		i := slices.IndexFunc(doc.Actors, func(a news.Actor) bool { return a.ID == p.Actor })
		if i < 0 {
			return "an actor that is not there: " + p.Actor
		}
		if !doc.Actors[i].Named {
			name = "“" + name + "”"
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ") + " (" + s.Speakers[0].By + ")"
}

// statement finds the words of a line in the text. A source and a cue are sought
// nearest to the content that they belong to.
func statement(t *testing.T, doc *news.Document, id string, parts []string) news.Statement {
	t.Helper()
	content := find(t, doc, parts[2], 0)
	s := news.Statement{ID: id, By: news.ByModel, Content: []news.Span{content}, Form: news.Indirect}
	if strings.HasPrefix(parts[2], "“") {
		s.Form = news.Direct
	}
	if parts[1] != "—" {
		s.Cue = []news.Span{find(t, doc, parts[1], content.Start)}
	}
	if parts[0] != "—" {
		s.Source = []news.Span{find(t, doc, parts[0], content.Start)}
	}
	return s
}

func find(t *testing.T, doc *news.Document, words string, near int) news.Span {
	t.Helper()
	best := -1
	for at := 0; ; {
		k := strings.Index(doc.Text[at:], words)
		if k < 0 {
			break
		}
		k += at
		if best < 0 || distance(k, near) < distance(best, near) {
			best = k
		}
		at = k + 1
	}
	if best < 0 {
		t.Fatalf("%q does not stand in the text", words)
	}
	return news.Span{Start: best, End: best + len(words)}
}

func distance(a, b int) int { return max(a-b, b-a) }
