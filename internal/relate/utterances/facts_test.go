package utterances

import (
	"slices"
	"strings"
	"testing"

	"whosaid/internal/news"
)

// TestOffices joins those whom one outlet names with those whom another calls
// by their office, or by the body that they speak for.
func TestOffices(t *testing.T) {
	named := func(name, role string) []Speaker {
		text := role + " " + name + " spoke."
		doc := &news.Document{Article: news.Article{Text: text}, Actors: []news.Actor{{
			ID: "a1", Name: name, Named: true, Type: "person",
			Descriptions: []news.Description{{Span: news.Span{Start: 0, End: len(role)}, Kind: "role", By: "outlet"}},
		}}}
		doc.Statements = []news.Statement{{Speakers: []news.Speaker{{Actor: "a1", Name: name, By: "name"}}}}
		return New(doc, 0, nil).Speakers
	}
	called := func(what, kind, by string) []Speaker {
		doc := &news.Document{Article: news.Article{Text: what}, Actors: []news.Actor{{ID: "a1", Name: strings.TrimPrefix(what, "The "), Named: by == "name", Type: kind}}}
		doc.Statements = []news.Statement{{Source: []news.Span{{Start: 0, End: len(what)}}, Speakers: []news.Speaker{{Actor: "a1", Name: what, By: by}}}}
		return New(doc, 0, nil).Speakers
	}
	weir := named("Rolf Weir", "Kelmere harbour police director")
	for _, c := range []struct {
		other []Speaker
		want  Sameness
	}{
		{called("The director of the harbour police", "role", "nominal"), Perhaps},
		{called("The harbour police", "organisation", "name"), Perhaps},
		{called("The bishop of Kelmere", "role", "nominal"), Unknown},
		{called("The Kelmere Ferry Company", "organisation", "name"), Others},
	} {
		if got := Compare(weir, c.other); got != c.want || Compare(c.other, weir) != got {
			t.Errorf("%v and %v: %d, want %d", weir, c.other, got, c.want)
		}
	}
}

// TestFacts asks for the facts that tell a claim from its opposite and see
// through a headline's capitals.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		a, b string
		fact int
		want bool
	}{
		{"the council backs the ferry", "the council came out against the ferry", opposed, true},
		{"the council backs the ferry", "the ferry has the council behind it", opposed, false},
		{"Weir was never unfit to lead the harbour police", "Weir was unfit to lead the harbour police", opposed, true},
		{"The Council Buries Its Oldest Ferry Dispute", "the council buries a dispute over its oldest ferry", plainLess, true},
		{"The Council Buries Its Oldest Ferry Dispute", "a dispute over its oldest ferry lives on", nameLess, false},
	} {
		a, b := parse(t, "Ida Brandt, 2022-03-03: "+c.a), parse(t, "Ida Brandt, 2022-03-04: "+c.b)
		f, g := FactsOf(&a, &b), FactsOf(&b, &a)
		if f != g || f[c.fact] > 0 != c.want {
			t.Errorf("%s / %s: fact %d is %v, turned round %v", c.a, c.b, c.fact, f[c.fact], g[c.fact])
		}
	}
}

func TestStem(t *testing.T) {
	for _, group := range []string{"president presidential presidency", "immigrant immigrants immigration", "vote votes voting", "élitist élitists"} {
		var stems []string
		for w := range strings.FieldsSeq(group) {
			stems = append(stems, stem(strings.ToLower(w)))
		}
		if len(slices.Compact(stems)) != 1 {
			t.Errorf("%s: %v", group, stems)
		}
	}
	if stem("state") == stem("statute") {
		t.Error("a state is no statute")
	}
}

func TestAgainst(t *testing.T) {
	for cue, want := range map[string]bool{"has yet to endorse": true, "did not refuse": false, "came out against": true, "said": false} {
		doc := &news.Document{Article: news.Article{Text: cue + " the ferry"}}
		doc.Statements = []news.Statement{{Cue: []news.Span{{Start: 0, End: len(cue)}}, Content: []news.Span{{Start: len(cue) + 1, End: len(cue) + 10}}}}
		if got := New(doc, 0, nil).Against; got != want {
			t.Errorf("%q: %v", cue, got)
		}
	}
}
