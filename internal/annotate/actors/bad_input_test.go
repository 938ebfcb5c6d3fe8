package actors_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

func read(doc *news.Document) []news.Actor {
	prepare(doc)
	return actors.New(nil, 0, actors.Options{}).Read(doc)
}

func article(text string) *news.Document {
	doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
	casefile.Mentions(doc)
	return doc
}

// Two thousand people, and one named five thousand times with as many pronouns.
func TestCrowds(t *testing.T) {
	var crowd strings.Builder
	const letters = "bdfglmnprstvk"
	n := len(letters)
	for i := range 2000 {
		fmt.Fprintf(&crowd, "[Anna %co%co%con] spoke. ", letters[i%n]-'a'+'A', letters[i/n%n], letters[i/n/n])
	}
	if got := read(article(crowd.String())); len(got) != 2000 {
		t.Errorf("%d actors of 2,000 names", len(got))
	}
	var one strings.Builder
	one.WriteString("[Lena Aster] came. ")
	for range 5000 {
		one.WriteString("[Aster] smiled, and (*she) left. ")
	}
	got := read(article(one.String()))
	if len(got) != 1 || len(got[0].Mentions) != 10001 {
		t.Errorf("%d actors, the first with %d mentions, of one name said 5,001 times and 5,000 pronouns", len(got), len(got[0].Mentions))
	}
	var namesakes strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&namesakes, "[G%c%c%c Marsden] met [Marsden]. ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	if got := read(article(namesakes.String())); len(got) < 2900 {
		t.Errorf("%d actors of 3,000 people of one family name", len(got))
	}
}

// FuzzRead feeds any text with any tags.
func FuzzRead(f *testing.F) {
	for _, c := range casefile.Read(f, "cases/*.txt") {
		f.Add(c.Text, 3, 7)
	}
	f.Add("(*he) (*she) [a] [A.] <> {x}", 1, 1)
	f.Fuzz(func(t *testing.T, text string, step, length int) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		doc := article(text)
		doc.Tags = slices.DeleteFunc(doc.Tags, func(tag news.Tag) bool { return tag.Len() == 0 })
		cuts := []int{}
		for i := range doc.Text {
			cuts = append(cuts, i)
		}
		kinds := []news.TagKind{news.TagPerson, news.TagPersonNominal, news.TagPlace, news.TagOrganisation, news.TagPersonPronoun, news.TagActingBody}
		if step > 0 && length > 0 {
			for i := 0; i+length%60+1 < len(cuts) && i >= 0; i += step%97 + 1 {
				s := news.Span{Start: cuts[i], End: cuts[i+length%60+1]}
				doc.Tags = append(doc.Tags, news.Tag{Span: s, Kind: kinds[i%len(kinds)], Confidence: 0.6})
				if i%5 == 0 {
					doc.Statements = append(doc.Statements, news.Statement{ID: fmt.Sprint(i), Source: []news.Span{s}, Content: []news.Span{{Start: s.Start, End: len(doc.Text)}}})
				}
			}
		}
		slices.SortFunc(doc.Tags, func(a, b news.Tag) int { return a.Start - b.Start })
		seen := map[news.Span]string{}
		for _, a := range read(doc) {
			if a.ID == "" || a.Type == "" || len(a.Mentions) == 0 {
				t.Fatalf("an actor without id, type or mentions: %+v", a)
			}
			for _, m := range a.Mentions {
				if m.Start < 0 || m.End > len(doc.Text) || m.Start >= m.End || !utf8.ValidString(m.Text(doc.Text)) {
					t.Fatalf("mention %v of a text of %d bytes", m.Span, len(doc.Text))
				}
				if other, twice := seen[m.Span]; twice {
					t.Fatalf("%q is a mention of %s and of %s", m.Text(doc.Text), other, a.ID)
				}
				seen[m.Span] = a.ID
			}
		}
	})
}
