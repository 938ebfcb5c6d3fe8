package conformance

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

func find(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	keep(t, s, docs...)
	for _, ref := range []string{docs[1].ID, docs[1].URL, strings.Replace(docs[1].URL, "https", "http", 1), "#2"} {
		heads, err := s.Find(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		if len(heads) != 1 || heads[0].ID != 2 || heads[0].Info.Title != docs[1].Title {
			t.Errorf("%s finds %+v", ref, heads)
		}
	}
	for _, ref := range []string{"", "nothing", "https://nowhere.example/", "#9", "#x"} {
		if heads, err := s.Find(t.Context(), ref); err != nil || len(heads) != 0 {
			t.Errorf("%q finds %+v, %v", ref, heads, err)
		}
	}
}

// Sequences are in order, can be begun anywhere and be left early.
func sequences(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(5)
	const articles = 600 // more than a store reads at a time
	var list []*archive.Ready
	statements := 0
	for n := range articles {
		a := m.Article(n)
		statements += len(a.Doc.Statements)
		list = append(list, ready(t, a.Entry))
	}
	if _, err := s.Keep(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	last, n, next := int64(0), 0, int64(1)
	for v, err := range s.Versions(t.Context(), archive.Selection{Vectors: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if v.ID <= last || v.First != next || v.Statements != len(v.Doc.Statements) || len(v.Vectors) != v.Statements {
			t.Fatalf("version %d follows %d, begins with statement %d, which should be %d, and has %d vectors of %d", v.ID, last, v.First, next, len(v.Vectors), v.Statements)
		}
		last, n, next = v.ID, n+1, v.First+int64(v.Statements)
	}
	if n != articles {
		t.Errorf("%d versions, want %d", n, articles)
	}
	n = 0
	for v, err := range s.Versions(t.Context(), archive.Selection{From: 100}) {
		if err != nil || v.ID < 100 {
			t.Fatal(v.ID, err)
		}
		// A store can be asked while a sequence of it runs, and it can be left.
		if _, err := s.Version(t.Context(), v.ID); err != nil {
			t.Fatal(err)
		}
		if n++; n == 300 {
			break
		}
	}
	outlet := list[0].Doc.Outlet
	for v, err := range s.Versions(t.Context(), archive.Selection{Outlet: strings.ToUpper(outlet)}) {
		if err != nil || v.Info.Outlet != outlet {
			t.Fatalf("%s is of %s: %v", v.Info.File, v.Info.Outlet, err)
		}
	}
	vectors := 0
	for x, err := range s.Vectors(t.Context(), 11) {
		if err != nil || len(x.Values) != generated.Width {
			t.Fatal(x.Statement, err)
		}
		vectors++
	}
	if vectors != statements-10 {
		t.Errorf("%d vectors from statement 11 on, want %d", vectors, statements-10)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stopped error
	for _, err := range s.Versions(ctx, archive.Selection{}) {
		cancel()
		stopped = err
	}
	if !errors.Is(stopped, context.Canceled) {
		t.Errorf("a sequence whose context is done ends with %v", stopped)
	}
}

func people(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	out := keep(t, s, docs...)
	first, err := s.NextPerson(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	brandt, khalil := first, first+1
	if next, err := s.NextPerson(t.Context(), 1); err != nil || next != first+2 {
		t.Errorf("the next id is %d, %v, want %d", next, err, first+2)
	}
	want := []archive.Person{
		{ID: brandt, Name: "Ida Brandt", Type: "person", Names: []string{"Ida Brandt", "Brandt"}, Data: []byte(`{"wikidata":"Q1"}`)},
		{ID: khalil, Name: "Qais al-Khalil", Type: "person"},
	}
	if err := s.PutPeople(t.Context(), want...); err != nil {
		t.Fatal(err)
	}
	var got []archive.Person
	for x, err := range s.AllPeople(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, x)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("people %+v, want %+v", got, want)
	}

	some, err := s.PeopleOf(t.Context(), khalil, 99, brandt)
	if err != nil || !reflect.DeepEqual(some, []archive.Person{want[1], want[0]}) {
		t.Errorf("two of them are %+v, %v", some, err)
	}
	for x, err := range s.PeopleFrom(t.Context(), khalil) {
		if err != nil || x.ID != khalil {
			t.Errorf("from the second on there is %+v, %v", x, err)
		}
	}

	// Kelmere stays nobody.
	if err := s.Assign(t.Context(),
		archive.Assignment{Version: out[0].Version, People: []int64{brandt, khalil, 0, 0}},
		archive.Assignment{Version: out[1].Version, People: []int64{brandt, 0, 0}}); err != nil {
		t.Fatal(err)
	}
	traces := func(person int64) []archive.Trace {
		t.Helper()
		var list []archive.Trace
		for x, err := range s.Traces(t.Context(), person) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, x)
		}
		return list
	}
	list := traces(brandt)
	if len(list) != 2 || list[0].Outlet != "Kelmere Post" || list[0].Day.String() != "2022-01-20" || list[1].Day.String() != "2021-11-03" {
		t.Fatalf("the traces are %+v", list)
	}
	if x := list[0]; !reflect.DeepEqual(x.Names, []string{"Ida Brandt"}) || len(x.Said) != 1 || x.Said[0] != (archive.Saying{Statement: 1, Form: "indirect", Kind: "claim"}) {
		t.Errorf("the first trace is %+v", x)
	}
	if x := traces(khalil)[0].Called; !reflect.DeepEqual(x, []archive.Called{{Kind: "label", Text: "militia leader", By: "outlet"}}) {
		t.Errorf("they are called %+v", x)
	}
	sum, err := archive.Portrait(t.Context(), s, brandt)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Articles != 2 || sum.Statements != 2 || sum.First.String() != "2021-11-03" || sum.Last.String() != "2022-01-20" ||
		sum.Said[archive.Month{Month: "2022-01", Kind: "claim"}] != 1 || sum.Names["Ida Brandt"] != 2 {
		t.Errorf("the portrait is %+v", sum)
	}
	if got, want := names(ask(t, s, archive.Query{People: []int64{brandt}})), []string{"bridge s1", "harbour s1"}; !slices.Equal(got, want) {
		t.Errorf("their statements are %q, want %q", got, want)
	}
	if got, want := names(ask(t, s, archive.Query{People: []int64{brandt, khalil}, Words: "weapons", Sort: archive.ByDate})), []string{"bridge s2", "harbour s1"}; !slices.Equal(got, want) {
		t.Errorf("their words on weapons are %q, want %q", got, want)
	}
	if h := ask(t, s, archive.Query{Words: "spring"})[0]; !slices.Equal(h.People, []int64{brandt}) {
		t.Errorf("the hit is by %v", h.People)
	}

	months, err := s.Months(t.Context())
	if err != nil || months[archive.Month{Month: "2021-11", Kind: "claim"}] != 2 || months[archive.Month{Kind: "question"}] != 1 || len(months) != 7 {
		t.Errorf("the months are %v, %v", months, err)
	}

	// Who is who can change; who is removed is nobody.
	if err := s.Assign(t.Context(), archive.Assignment{Version: out[0].Version, People: []int64{khalil, khalil, 0, 0}}); err != nil {
		t.Fatal(err)
	}
	if n, m := len(traces(brandt)), len(traces(khalil)); n != 1 || m != 1 {
		t.Errorf("they have %d and %d traces, want one each", n, m)
	}
	if x := traces(khalil)[0]; len(x.Said) != 2 {
		t.Errorf("they said %+v, want two statements", x.Said)
	}
	if err := s.RemovePeople(t.Context(), khalil); err != nil {
		t.Fatal(err)
	}
	if n := len(traces(khalil)); n != 0 {
		t.Errorf("%d traces are left of who was removed", n)
	}
	if v, err := s.Version(t.Context(), out[0].Version); err != nil || slices.Contains(v.People, khalil) {
		t.Errorf("the actors are %v, %v", v.People, err)
	}
	if err := s.Assign(t.Context(), archive.Assignment{Version: out[0].Version, People: []int64{1}}); !errors.Is(err, archive.ErrNoRecord) {
		t.Errorf("too few people give %v", err)
	}
	if err := s.Assign(t.Context(), archive.Assignment{Version: 99}); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a version that is not there gives %v", err)
	}
	// A new edition begins without anybody, the past one leaves no traces.
	changed := *docs[1]
	changed.Text += "\n\nMore."
	keep(t, s, &changed)
	if n := len(traces(brandt)); n != 0 {
		t.Errorf("%d traces are left of a past edition", n)
	}
	clean(t, s)
}

func peopleNamed(t *testing.T, p Place) {
	s := p.New(t)
	var list []archive.Person
	for i, n := range [][]string{{"Qais al-Khazali", "Qays al Khazaali", "Khazali"}, {"Mustafa al-Khadimi", "Mustafa Kadhimi"}, {"Ida Brandt"}, {"Ida Brandtner"}, {"Wu Li"}, {"Олена Коваль"}} {
		list = append(list, archive.Person{ID: int64(i + 1), Name: n[0], Type: "person", Names: n})
	}
	if err := s.PutPeople(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]int64{
		"khazali":          {1},
		"Qais Khazali":     {1},
		"QAYS AL-KHAZAALI": {1},
		"Khazalli":         {1},
		"Brandt":           {3},
		"ida":              {3, 4},
		"Kadhimy":          {2},
		"li":               {5},
		"Olena":            {6},
		"xyzzy":            nil,
		"…":                nil,
	} {
		got, err := s.PeopleNamed(t.Context(), name, 5)
		if err != nil {
			t.Fatal(err)
		}
		var ids []int64
		for _, x := range got {
			ids = append(ids, x.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s is %v, want %v", name, ids, want)
		}
	}
	like := func(part string, limit int) (ids []int64) {
		t.Helper()
		got, err := s.PeopleLike(t.Context(), func(folded string) bool { return strings.Contains(folded, part) }, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range got {
			ids = append(ids, x.ID)
		}
		return ids
	}
	if got := like("k", 10); !slices.Equal(got, []int64{1, 2, 6}) {
		t.Errorf("those with a k in some spelling are %v", got)
	}
	if got := like("k", 2); !slices.Equal(got, []int64{1, 2}) {
		t.Errorf("the first two are %v", got)
	}
	if got := like("?", 9); len(got) > 0 {
		t.Errorf("nobody is %v", got)
	}
	if err := s.PutPeople(t.Context(), archive.Person{ID: 3, Name: "Ida Weir"}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.PeopleNamed(t.Context(), "Ida Brandt", 5); err != nil || len(got) != 1 || got[0].ID != 4 && got[0].ID != 3 {
		t.Errorf("after the name has changed it is %+v, %v", got, err)
	}
	if next, err := s.NextPerson(t.Context(), 1); err != nil || next != 7 {
		t.Errorf("the next id is %d, %v, want 7", next, err)
	}
	if err := s.RemovePeople(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if got, err := s.PeopleNamed(t.Context(), "Wu", 5); err != nil || len(got) != 0 {
		t.Errorf("who was removed is found: %+v, %v", got, err)
	}
	clean(t, s)
}

func journal(t *testing.T, p Place) {
	s := p.New(t)
	at := time.Date(2022, 3, 4, 5, 6, 7, 8e6, time.UTC)
	d := archive.Decision{Made: at, Who: "ed", Why: "two spellings", What: "merge", About: []byte(`{"people":[1,2]}`)}
	first, err := s.Decide(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Decide(t.Context(), d)
	if err != nil || second == first {
		t.Fatal(first, second, err)
	}
	for range 2 { // the second undoing changes nothing
		if err := s.Undo(t.Context(), first, "em", at.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Minute)
	}
	if err := s.Undo(t.Context(), 99, "em", at); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("undoing what is not there gives %v", err)
	}
	d.ID = first
	e := d
	e.ID = second
	d.Undone, d.By = d.Made.Add(time.Hour), "em"
	var got []archive.Decision
	for x, err := range s.Decisions(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, x)
	}
	if want := []archive.Decision{d, e}; !reflect.DeepEqual(got, want) {
		t.Errorf("decisions %+v, want %+v", got, want)
	}

	f := archive.Feed{URL: "https://a.example/feed", Due: at, State: []byte(`{"etag":"x"}`)}
	g := archive.Feed{URL: "https://b.example/feed", State: []byte(`{}`)}
	for _, x := range []archive.Feed{g, {URL: f.URL}, f, {URL: "https://c.example/", Due: at}} {
		if err := s.PutFeed(t.Context(), x); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RemoveFeed(t.Context(), "https://c.example/"); err != nil {
		t.Fatal(err)
	}
	f.Due = f.Due.Truncate(time.Millisecond)
	var feeds []archive.Feed
	for x, err := range s.Feeds(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		feeds = append(feeds, x)
	}
	if want := []archive.Feed{f, g}; !reflect.DeepEqual(feeds, want) {
		t.Errorf("feeds %+v, want %+v", feeds, want)
	}
}
