package conformance

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// ask lists the hits of a query.
func ask(t *testing.T, s archive.Store, q archive.Query) []*archive.Hit {
	t.Helper()
	var out []*archive.Hit
	for h, err := range s.Search(t.Context(), q) {
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		out = append(out, h)
	}
	return out
}

// names gives hits short names: the article's title, its first word, and the
// statement.
func names(hits []*archive.Hit) []string {
	out := []string{}
	for _, h := range hits {
		word, _, _ := strings.Cut(h.Article.Title, " ")
		out = append(out, strings.ToLower(word)+" "+h.Statement.ID)
	}
	return out
}

func search(t *testing.T, p Place) {
	s := p.New(t)
	keep(t, s, town()...)
	for _, x := range []struct {
		query archive.Query
		want  string // sorted, with commas
	}{
		{archive.Query{Words: "bridge"}, "bridge s1, harbour s2, letters s1, letters s2"},
		{archive.Query{Words: "BRIDGES"}, "bridge s1, harbour s2, letters s1, letters s2"},
		{archive.Query{Words: `"bridges"`}, "bridge s1, letters s2"},
		{archive.Query{Words: "heavy weapon"}, "bridge s2, harbour s1"},
		{archive.Query{Words: `"heavy weapons"`}, "bridge s2"},
		{archive.Query{Words: `"heavy weapon"`}, "harbour s1"},
		{archive.Query{Words: `“heavy weapon”`}, "harbour s1"},
		{archive.Query{Words: `"weapons heavy"`}, ""},
		{archive.Query{Words: `drones OR "heavy weapon"`}, "bridge s2, harbour s1, harbour s3"},
		{archive.Query{Words: `drone border`}, "bridge s2, harbour s3"},
		{archive.Query{Words: `drone AND border`}, "bridge s2, harbour s3"},
		{archive.Query{Words: `border NOT weapons`}, "harbour s3"},
		{archive.Query{Words: `border -weapons`}, "harbour s3"},
		{archive.Query{Words: `(border OR harbour) NOT (drones AND heavy)`}, "harbour s1, harbour s3"},
		{archive.Query{Words: `cafe`}, "bridge s3"},
		{archive.Query{Words: `CAFÉ`}, "bridge s3"},
		{archive.Query{Words: `weap*`}, "bridge s2, harbour s1"},
		{archive.Query{Words: `nothing-of-the-kind`}, ""},
		{archive.Query{Words: `old-bridges`}, "bridge s1"},
		{archive.Query{Words: `Brandt`}, ""}, // a speaker, not a word of theirs
		{archive.Query{Speaker: "Brandt"}, "bridge s1, harbour s1"},
		{archive.Query{Speaker: "ida"}, "bridge s1, harbour s1, letters s2"},
		{archive.Query{Speaker: "Ida Brandt"}, "bridge s1, harbour s1"},
		{archive.Query{Speaker: "Brand"}, ""},
		{archive.Query{Speaker: "Brand", Spelled: []string{"Olena", "Ida  BRANDT", "—"}}, "bridge s1, harbour s1, harbour s2"},
		{archive.Query{Spelled: []string{"Qais Al Khalil"}}, "bridge s2"},
		{archive.Query{Speaker: "khalil"}, "bridge s2"},
		{archive.Query{Speaker: "Qais Al Khalil"}, "bridge s2"},
		{archive.Query{Speaker: "Jose Nunez"}, "bridge s3"},
		{archive.Query{Speaker: "saib"}, "harbour s3"},
		{archive.Query{Speaker: "Olena"}, "harbour s2"},
		{archive.Query{Speaker: "Коваль"}, "harbour s2"},
		{archive.Query{Words: "bridge", Speaker: "Weir"}, "letters s1, letters s2"},
		{archive.Query{Words: "harbour OR bridge", Speaker: "Brandt"}, "bridge s1, harbour s1"},
		{archive.Query{About: "Kelmere"}, "bridge s3"},
		{archive.Query{About: "weapons"}, "bridge s2, harbour s1"},
		{archive.Query{Outlets: []string{"kelmere post"}}, "bridge s1, bridge s2, bridge s3"},
		{archive.Query{Outlets: []string{"Kelmere Post", "Aster Tribune"}, Words: "bridge"}, "bridge s1, letters s1, letters s2"},
		{archive.Query{Outlets: []string{"nobody"}}, ""},
		{archive.Query{Kinds: []string{"warning"}}, "bridge s2"},
		{archive.Query{Kinds: []string{"warning", "promise"}}, "bridge s2, harbour s2"},
		{archive.Query{Forms: []string{"direct"}}, "bridge s2"},
		{archive.Query{Forms: []string{"direct"}, Words: "bridge"}, ""},
		{archive.Query{Since: "2022"}, "bridge s1, bridge s2, bridge s3"},
		{archive.Query{Since: "2021-11-03", To: "2021-11-03"}, "harbour s1, harbour s2, harbour s3"},
		{archive.Query{To: "2021"}, "harbour s1, harbour s2, harbour s3"},
		{archive.Query{To: "2022-01", Words: "bridge"}, "bridge s1, harbour s2"},
		{archive.Query{Since: "2022-01-21"}, ""},
		{archive.Query{Words: "bridge", Since: "2021-11", To: "2021-11"}, "harbour s2"},
		{archive.Query{}, "bridge s1, bridge s2, bridge s3, harbour s1, harbour s2, harbour s3, letters s1, letters s2"},
	} {
		got := names(ask(t, s, x.query))
		slices.Sort(got)
		if strings.Join(got, ", ") != x.want {
			t.Errorf("%+v found %q, want %q", x.query, strings.Join(got, ", "), x.want)
		}
	}
	for _, q := range []archive.Query{
		{Words: `"..."`},
		{Words: "bridge AND"},
		{Words: "NOT bridge"},
		{Words: "(bridge"},
		{Words: "bridge)"},
		{Words: "OR"},
		{Words: strings.Repeat("(", 100) + "x"},
		{Words: strings.Repeat("x ", 500)},
		{Speaker: "…"},
		{Since: "yesterday"},
		{To: "2022-13"},
		{Sort: "length"},
	} {
		for _, err := range s.Search(t.Context(), q) {
			var wrong *archive.QueryError
			if !errors.As(err, &wrong) {
				t.Errorf("%.40v gives %v, want a QueryError", q, err)
			}
			break
		}
	}
}

func searchOrder(t *testing.T, p Place) {
	s := p.New(t)
	keep(t, s, town()...)
	if got, want := names(ask(t, s, archive.Query{Words: "bridge", Sort: archive.ByDate})), []string{"bridge s1", "harbour s2", "letters s1", "letters s2"}; !slices.Equal(got, want) {
		t.Errorf("by date %q, want %q", got, want)
	}
	if got, want := names(ask(t, s, archive.Query{})), []string{"bridge s1", "bridge s2", "bridge s3", "harbour s1", "harbour s2", "harbour s3", "letters s1", "letters s2"}; !slices.Equal(got, want) {
		t.Errorf("all of them are %q, want %q", got, want)
	}
	ranked := names(ask(t, s, archive.Query{Words: "bridge"}))
	if ranked[0] != "letters s2" {
		t.Errorf("the one with three bridges is not the first of %q", ranked)
	}
	var parts []string
	for skip := 0; skip < 6; skip += 2 {
		parts = append(parts, names(ask(t, s, archive.Query{Words: "bridge", Limit: 2, Skip: skip}))...)
	}
	if !slices.Equal(parts, ranked) {
		t.Errorf("in parts %q, at once %q", parts, ranked)
	}
	if got := ask(t, s, archive.Query{Limit: 3}); len(got) != 3 {
		t.Errorf("%d hits, want 3", len(got))
	}
}

func searchHit(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	keep(t, s, docs...)
	h := ask(t, s, archive.Query{Words: `"heavy weapons" drone`})[0]
	text := []rune(docs[0].Text)
	if got, want := string(text[h.Start:h.End]), docs[0].Statements[1].Content[0].Text(docs[0].Text); got != want {
		t.Errorf("the positions %d to %d are those of %q, want %q", h.Start, h.End, got, want)
	}
	if want := record.Encode(docs[0]).Statements[1]; !reflect.DeepEqual(h.Statement, want) {
		t.Errorf("the statement is %+v, want %+v", h.Statement, want)
	}
	if h.Block != news.Paragraph || h.Paragraph != 2 {
		t.Errorf("it stands in %s %d, want paragraph 2", h.Block, h.Paragraph)
	}
	if h.Article.Title != "Bridge to close" || h.Article.Outlet != "Kelmere Post" || h.Article.ID != docs[0].ID || h.Article.Text != "" {
		t.Errorf("the article is %+v", h.Article)
	}
	var shown string
	for _, piece := range h.Snippet {
		if piece.Marked {
			shown += "[" + piece.Text + "]"
		} else {
			shown += piece.Text
		}
	}
	if want := "“We will stop the [heavy weapons] at the border, and their [drones],”"; shown != want {
		t.Errorf("the snippet is %s, want %s", shown, want)
	}

	long := article("Kelmere Post", "2022-02-01", "Long", said{"Ida Brandt", "said", strings.Repeat("this and that ", 60) + "and the  zebra\n\nwas " + strings.Repeat("not there at all ", 60), "", ""})
	keep(t, s, long)
	shown = ""
	for _, piece := range ask(t, s, archive.Query{Words: "zebras"})[0].Snippet {
		if piece.Marked && piece.Text != "zebra" {
			t.Errorf("%q is marked", piece.Text)
		}
		shown += piece.Text
	}
	if !strings.Contains(shown, "that and the zebra was not") || !strings.HasPrefix(shown, "… ") || !strings.HasSuffix(shown, " …") || len(shown) > 450 {
		t.Errorf("the snippet of a long statement is %q", shown)
	}
}

// What a page does not say any more is not found.
func searchCurrent(t *testing.T, p Place) {
	s := p.New(t)
	doc := article("Kelmere Post", "2022-01-20", "Bridge", said{"Ida Brandt", "said", "the bridge will close", "", ""}, said{"Ida Brandt", "said", "the ferry will not", "", ""})
	keep(t, s, doc)
	changed := article("Kelmere Post", "2022-01-20", "Bridge", said{"Rolf Weir", "said", "the bridge will stay open", "", ""})
	if o := keep(t, s, changed); o[0].Status != archive.Updated {
		t.Fatalf("it is %s", o[0].Status)
	}
	for q, want := range map[string]int{"bridge": 1, "close": 0, "ferry": 0, "open": 1} {
		if got := ask(t, s, archive.Query{Words: q}); len(got) != want {
			t.Errorf("%q finds %q, want %d", q, names(got), want)
		}
	}
	if got := ask(t, s, archive.Query{Speaker: "Brandt"}); len(got) != 0 {
		t.Errorf("the speaker of the past edition is found: %q", names(got))
	}
	if got := ask(t, s, archive.Query{}); len(got) != 1 {
		t.Errorf("%q are listed, want one", names(got))
	}
	clean(t, s)
}

// searchAgrees compares what an index finds with what reading every statement
// finds, on many articles and queries.
func searchAgrees(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(11)
	var list []*archive.Ready
	for n := range 120 {
		list = append(list, ready(t, m.Article(n).Entry))
	}
	if _, err := s.Keep(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	var all []*archive.Version
	for v, err := range s.Versions(t.Context(), archive.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	if len(all) != len(list) {
		t.Fatalf("%d versions, want %d", len(all), len(list))
	}
	r := rand.New(rand.NewPCG(3, 4))
	word := func() string { return m.Word(r.IntN(400)) }
	phrase := func() string {
		d := all[r.IntN(len(all))].Doc
		words := strings.Fields(strings.Trim(d.Statements[r.IntN(len(d.Statements))].Content[0].Text(d.Text), "“”,"))
		k := r.IntN(len(words) - 2)
		return `"` + strings.Join(words[k:k+2], " ") + `"`
	}
	// Neighbours that are common words: the bulk of any index.
	common := func(words int, by string) string {
		for {
			d := all[r.IntN(len(all))].Doc
			list := strings.Fields(strings.Trim(d.Statements[r.IntN(len(d.Statements))].Content[0].Text(d.Text), "“”,"))
			k := r.IntN(len(list) - words)
			list = list[k : k+words]
			if !slices.ContainsFunc(list, func(w string) bool { return !terms.Common(strings.ToLower(w)) }) {
				return strings.Join(list, by)
			}
		}
	}
	found := 0
	for n := range 400 {
		var q archive.Query
		switch n % 11 {
		case 0:
			q.Words = word() + " " + word()
		case 1:
			q.Words = phrase() + " OR " + word()
		case 2:
			q.Words = "(" + word() + " OR " + word() + ") NOT " + word()
		case 3:
			q.Words, q.Kinds = word(), []string{"claim", "denial"}
		case 4:
			d := all[r.IntN(len(all))].Doc
			q.Words, q.Speaker = word()+" OR "+word(), d.Actors[0].Name
		case 5:
			q.Words, q.Since, q.To = word(), "2015", "2018-06"
		case 6:
			d := all[r.IntN(len(all))].Doc
			q.About, q.Forms = d.Actors[r.IntN(len(d.Actors))].Name, []string{"direct", "mixed"}
		case 7:
			q.Words, q.Outlets = word(), []string{all[r.IntN(len(all))].Info.Outlet}
		case 8:
			q.Words = `"` + common(2+r.IntN(2), " ") + `"`
		case 9:
			q.Words = common(2+r.IntN(2), "-") + " OR " + word()
		case 10:
			d := all[r.IntN(len(all))].Doc
			q.Words, q.Sort = word()+` NOT "`+common(2, " ")+`"`, archive.ByDate
			q.Speaker = d.Actors[0].Name
		}
		parsed, err := q.Parse()
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		want := []string{}
		for _, v := range all {
			for _, h := range parsed.Fits(v) {
				want = append(want, fmt.Sprint(h.ID))
			}
		}
		got := []string{}
		for _, h := range ask(t, s, q) {
			got = append(got, fmt.Sprint(h.ID))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%+v finds %d statements, reading them all finds %d", q, len(got), len(want))
		}
		found += len(got)
		counts, err := s.Facets(t.Context(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if counts.Hits != len(want) && !counts.Rough || counts.Hits < len(want) || counts.More {
			t.Fatalf("%+v: %d are counted (rough: %t), reading them all finds %d", q, counts.Hits, counts.Rough, len(want))
		}
	}
	if found < 1000 {
		t.Errorf("only %d were found in all: the test compares too little", found)
	}
}
