package statements

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

func TestNobodysWordsAreSaidTwice(t *testing.T) {
	text := "“We will stay,” Vance said. “It is late,” Bell added. Calder says the dam, which Orr said was safe, is not."
	span := func(part string) []news.Span {
		at := strings.Index(text, part)
		return []news.Span{{Start: at, End: at + len(part)}}
	}
	statement := func(p float64, cueWords string, contents ...string) candidate {
		c := candidate{sure: p}
		c.spans[cue] = span(cueWords)
		for _, words := range contents {
			c.spans[content] = append(c.spans[content], span(words)...)
		}
		return c
	}
	for _, c := range []struct {
		name string
		give []candidate
		want string
	}{
		{
			"one has other words",
			[]candidate{statement(.9, "said", "“We will stay,”", "“It is late,”"), statement(.6, "added", "“It is late,”")},
			"“We will stay,” / “It is late,”",
		},
		{"neither has", []candidate{statement(.9, "said", "“It is late,”"), statement(.6, "added", "“It is late,”")}, "“It is late,”"},
		{
			"one inside the other",
			[]candidate{statement(.9, "says", "the dam, which Orr said was safe, is not"), statement(.6, "said was", "safe")},
			"the dam, which Orr said was safe, is not / safe",
		},
	} {
		var got []string
		for _, s := range exclusive(&news.Document{Article: news.Article{Text: text}}, c.give) {
			var parts []string
			for _, span := range s.spans[content] {
				parts = append(parts, span.Text(text))
			}
			got = append(got, strings.Join(parts, " + "))
		}
		if strings.Join(got, " / ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
