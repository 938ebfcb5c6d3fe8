package archive

import (
	"reflect"
	"testing"

	"whosaid/internal/archive/pack"
	"whosaid/internal/news"
)

// One speaks of another, and leads the union that the other is a member of.
func TestTracesOf(t *testing.T) {
	const text = "Ida Brandt, who leads the dockers' union, praised Rolf Weir."
	at := func(start, end int) news.Span { return news.Span{Start: start, End: end} }
	doc := &news.Document{Article: news.Article{Text: text}}
	doc.Actors = []news.Actor{
		{ID: "a1", Name: "Ida Brandt", Named: true, Mentions: []news.Mention{{Span: at(0, 10), Form: "name"}}},
		{ID: "a2", Name: "dockers' union", Named: true, Mentions: []news.Mention{{Span: at(26, 40), Form: "name"}}},
		{ID: "a3", Name: "Rolf Weir", Named: true, Mentions: []news.Mention{{Span: at(50, 59), Form: "name"}}},
	}
	doc.Statements = []news.Statement{{
		ID: "s1", Form: "indirect", Kind: "praise", Content: []news.Span{at(50, 59)},
		Speakers: []news.Speaker{{Actor: "a1", Name: "Ida Brandt"}},
	}}
	doc.Relations = []news.Relation{
		{Type: "leads", From: "a1", To: "a2", Evidence: at(0, 40), By: "outlet"},
		{Type: "opponent-of", From: "the employers", To: "a2", Evidence: at(22, 40), By: "s1"},
	}
	got := map[int64]pack.Trace{}
	for _, x := range TracesOf(doc, nil, []int64{7, 8, 9}, 100) {
		trace, err := pack.UnpackTrace(x.Trace)
		if err != nil {
			t.Fatal(err)
		}
		got[x.Person] = trace
	}
	want := map[int64]pack.Trace{
		7: {
			Names: []string{"Ida Brandt"}, Said: []Saying{{Statement: 100, Form: "indirect", Kind: "praise"}}, About: []int64{9},
			Ties: []Related{{Type: "leads", From: true, Other: 8, Words: "dockers' union", By: "outlet"}},
		},
		8: {
			Names: []string{"dockers' union"},
			Ties: []Related{
				{Type: "leads", Other: 7, Words: "Ida Brandt", By: "outlet"},
				{Type: "opponent-of", Words: "the employers", By: "s1"},
			},
		},
		9: {Names: []string{"Rolf Weir"}, Of: []int64{7}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the traces are %+v, want %+v", got, want)
	}
}
