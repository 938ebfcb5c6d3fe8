package archive

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

func TestAddress(t *testing.T) {
	for raw, want := range map[string]string{
		"https://www.kelmere-post.example/2022/bridge/":        "kelmere-post.example/2022/bridge",
		"http://Kelmere-Post.example:80/2022/bridge#comments":  "kelmere-post.example/2022/bridge",
		"https://a.example/story?id=7&utm_source=x&fbclid=abc": "a.example/story?id=7",
		"https://a.example:8443/":                              "a.example:8443",
		"https://a.example/a%20b":                              "a.example/a%20b",
		"https://user:secret@a.example/x":                      "a.example/x",
		"ftp://a.example/x":                                    "",
		"news/bridge.html":                                     "",
		"":                                                     "",
		"https://":                                             "",
		"http://[::1":                                          "",
	} {
		if got := Address(raw); got != want {
			t.Errorf("%q is %q, want %q", raw, got, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://www.a.example:80/x/?utm_source=1&b=2#c")
	f.Fuzz(func(t *testing.T, raw string) {
		a := Address(raw)
		if a != "" && strings.Contains(a, "#") {
			t.Errorf("%q keeps the fragment in %q", raw, a)
		}
	})
}

func TestDays(t *testing.T) {
	for iso, want := range map[string][2]string{
		"2022-01-20":                {"2022-01-20", "2022-01-20"},
		"2022-01-20T23:59:59+05:00": {"2022-01-20", "2022-01-20"},
		"2022-02":                   {"2022-02-01", "2022-02-28"},
		"2022":                      {"2022-01-01", "2022-12-31"},
		"1969-12-31":                {"1969-12-31", "1969-12-31"},
	} {
		first, last, err := days(iso)
		if err != nil || first.String() != want[0] || last.String() != want[1] {
			t.Errorf("%s is %s to %s, %v, want %v", iso, first, last, err, want)
		}
	}
	for _, bad := range []string{"", "soon", "2022-13", "2022-02-30", "20 January 2022"} {
		if _, _, err := days(bad); err == nil || DayOf(bad) != 0 {
			t.Errorf("%q is taken for a date", bad)
		}
	}
}

func TestSnippet(t *testing.T) {
	text := "“We stay,” she said, “until  the\n\nspring comes.”"
	s := &news.Statement{Content: []news.Span{{Start: 0, End: 14}, {Start: strings.Index(text, "“until"), End: len(text)}}}
	doc := &news.Document{Article: news.Article{Text: text}}
	words := content(doc, s)
	marked := make([]bool, len(words))
	marked[1], marked[4] = true, true
	var b strings.Builder
	for _, p := range snippet(text, s, words, marked) {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	if got, want := b.String(), "“We [stay],” … “until the [spring] comes.”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSimilarity(t *testing.T) {
	if s := Similarity("word", "two words"); s < 0.36 || s > 0.37 {
		t.Errorf("word and two words are alike by %.4f; PostgreSQL's manual says 0.3636", s)
	}
	if Similarity("", "") != 0 || Similarity("khazali", "khazali") != 1 {
		t.Error("nothing and everything in common")
	}
}
