package actors_test

import (
	"strings"
	"testing"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// Whom a description in the source of a statement means, by who spoke before and
// by who is reported later with the same words. Statements are "source|cue|content".
func TestDescriptionsThatSpeak(t *testing.T) {
	reader := actors.New(nil, 0, actors.Options{})
	for _, c := range []struct {
		name, text string
		statements []string
		nominal    string
		want       string // its actor
	}{
		{
			"takes up who spoke before", "[Lena Aster] said the pier was safe.\n\nThe former harbour pilot said the town had waited too long.",
			[]string{"Lena Aster|said|the pier was safe", "The former harbour pilot|said|the town had waited too long"},
			"The former harbour pilot", "Lena Aster",
		},
		{
			"another holder of an office", "Mayor [Lena Aster] said the pier was safe.\n\nThe interior minister said the town had waited too long.",
			[]string{"Lena Aster|said|the pier was safe", "The interior minister|said|the town had waited too long"},
			"The interior minister", "",
		},
		{
			"a spokesman is not who spoke before", "[Lena Aster] said the pier was safe.\n\nThe spokesman said the town had waited too long.",
			[]string{"Lena Aster|said|the pier was safe", "The spokesman|said|the town had waited too long"},
			"The spokesman", "",
		},
		{
			"somebody new", "[Lena Aster] said the pier was safe.\n\nA pilot said the town had waited too long.",
			[]string{"Lena Aster|said|the pier was safe", "A pilot|said|the town had waited too long"},
			"A pilot", "",
		},
		{
			"nobody is named in his own words", "[Lena Aster] said the pier was safe.\n\n“[Lena Aster] never listens,” the former harbour pilot said.",
			[]string{"Lena Aster|said|the pier was safe", "the former harbour pilot|said|“Lena Aster never listens,”"},
			"the former harbour pilot", "",
		},
		{
			"a thing is nobody", "[Lena Aster] said the pier was safe.\n\nThe first accord said the town should wait.",
			[]string{"Lena Aster|said|the pier was safe", "The first accord|said|the town should wait"},
			"The first accord", "",
		},
		{
			"the headline by its words", "[headline] Harbour chief dismisses rumours of a quarrel\n\nThe port is quiet.\n\nEngineer [Lena Aster] dismissed rumours that she had a quarrel with the town.\n\n[Abel Ross] said the cranes were old.",
			[]string{"Harbour chief|dismisses|rumours of a quarrel", "Lena Aster|dismissed|rumours that she had a quarrel with the town", "Abel Ross|said|the cranes were old"},
			"Harbour chief", "Lena Aster",
		},
		{
			"the one who is named next", "The mayor of Yunmore has apologised for sending melons to voters.\n\n[Yoshi Kuramo], 57, told reporters it would not happen again.",
			[]string{"The mayor of Yunmore|apologised|for sending melons to voters", "Yoshi Kuramo|told|it would not happen again"},
			"The mayor of Yunmore", "Yoshi Kuramo",
		},
		{
			"the one who is named next has another office", "The mayor of Yunmore has apologised for sending melons to voters.\n\nPolice captain [Yoshi Kuramo] told reporters he knew of no melons.",
			[]string{"The mayor of Yunmore|apologised|for sending melons to voters", "Yoshi Kuramo|told|he knew of no melons"},
			"The mayor of Yunmore", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			cases, err := casefile.Parse("here", "== "+c.name+"\n"+c.text+"\n--\nnothing\n")
			if err != nil {
				t.Fatal(err)
			}
			doc := cases[0].Document()
			casefile.Mentions(doc)
			prepare(doc)
			span := func(words string) []news.Span {
				at := strings.Index(doc.Text, words)
				if at < 0 {
					t.Fatalf("%q does not stand in the text", words)
				}
				return []news.Span{{Start: at, End: at + len(words)}}
			}
			for _, s := range c.statements {
				p := strings.Split(s, "|")
				doc.Statements = append(doc.Statements, news.Statement{By: news.ByModel, Source: span(p[0]), Cue: span(p[1]), Content: span(p[2])})
			}
			if err := reader.Stage().Run(t.Context(), doc); err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, a := range doc.Actors {
				for _, m := range a.Mentions {
					if m.Text(doc.Text) == c.nominal && a.Named {
						got = a.Name
					}
				}
			}
			if got != c.want {
				t.Errorf("%s is %q, want %q", c.nominal, got, c.want)
			}
		})
	}
}
