package main

import (
	"testing"

	"whosaid/internal/news"
)

func TestFilter(t *testing.T) {
	text := "Qadir al-Samir warned; Rosa Lind said; he said"
	doc := func() *news.Document {
		return &news.Document{
			Article: news.Article{Text: text, Published: "2024-03-10"},
			Statements: []news.Statement{
				{ID: "s1", Kind: "warning", Speakers: []news.Speaker{{Name: "Qadir al-Samir"}}},
				{ID: "s2", Kind: "claim", Parent: "s1", Speakers: []news.Speaker{{Name: "Rosa Lind"}}, When: &news.Date{Value: "2023-11"}},
				{ID: "s3", Kind: "claim", Source: []news.Span{{Start: 39, End: 41}}},
			},
		}
	}
	for _, c := range []struct {
		name string
		f    filter
		want string
	}{
		{"nothing asked", filter{}, "s1 s2 s3 "},
		{"family name without its particle", filter{speakers: []string{"samir"}}, "s1 "},
		{"either", filter{speakers: []string{"Samir", "rosa LIND"}}, "s1 s2 "},
		{"source where no speaker is known", filter{speakers: []string{"he"}}, "s3 "},
		{"part of a word is no word", filter{speakers: []string{"ros"}}, ""},
		{"kind", filter{kinds: []string{"claim"}}, "s2 s3 "},
		{"said earlier than printed", filter{since: "2024"}, "s1 s3 "},
		{"a month holds its days", filter{since: "2023-11-20"}, "s1 s2 s3 "},
		{"all", filter{since: "2023", kinds: []string{"claim"}, speakers: []string{"lind"}}, "s2 "},
	} {
		d := doc()
		c.f.apply(d)
		got := ""
		for _, s := range d.Statements {
			got += s.ID + " "
			if s.Parent != "" && len(d.Statements) == 1 {
				t.Errorf("%s: %s hangs under a statement that is not there", c.name, s.ID)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFilterFlags(t *testing.T) {
	for since, ok := range map[string]bool{"": true, "2022": true, "2022-01": true, "2022-01-20": true, "last year": false, "2022/01": false, "20220120": false} {
		if err := (&filter{since: since}).check(); (err == nil) != ok {
			t.Errorf("--since %q: %v", since, err)
		}
	}
	if err := (&filter{kinds: []string{"rant"}}).check(); err == nil {
		t.Error("--kind rant was taken")
	}
}
