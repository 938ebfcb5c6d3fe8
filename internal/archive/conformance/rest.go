package conformance

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
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

func forget(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	keep(t, s, docs...)
	changed := *docs[0]
	changed.Text += "\n\nMore."
	keep(t, s, &changed)
	got, err := s.Forget(t.Context(), archive.Target{Article: docs[0].URL})
	if err != nil {
		t.Fatal(err)
	}
	if want := (archive.Forgotten{Articles: 1, Versions: 2, Statements: 6}); got != want {
		t.Errorf("forgotten %+v, want %+v", got, want)
	}
	if hits := ask(t, s, archive.Query{Words: "drones"}); len(hits) != 1 {
		t.Errorf("%q are found", names(hits))
	}
	if n := count(t, s); n != 2 {
		t.Errorf("%d versions are left, want 2", n)
	}
	if o := keep(t, s, docs[0], docs[1]); o[0].Status != archive.Refused || o[1].Status != archive.Present {
		t.Errorf("what was forgotten is kept anew: %+v", o)
	}
	n := 0
	for x, err := range s.Tombstones(t.Context()) {
		if err != nil || x.What != "article" || !slices.Equal(x.Key, archive.Key(&docs[0].Article)) || time.Since(x.Made) > time.Hour {
			t.Errorf("tombstone %+v, %v", x, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d tombstones, want 1", n)
	}
	if got, err := s.Forget(t.Context(), archive.Target{Article: docs[1].ID}); err != nil || got.Articles != 1 {
		t.Errorf("by id %+v, %v", got, err)
	}
	if got, err := s.Forget(t.Context(), archive.Target{Article: "nothing"}); err != nil || got != (archive.Forgotten{}) {
		t.Errorf("of nothing %+v, %v", got, err)
	}
	clean(t, s)

	// By age: no tombstones, and it can come back.
	if got, err := s.Forget(t.Context(), archive.Target{Before: time.Now().Add(-time.Hour)}); err != nil || got.Articles != 0 {
		t.Errorf("before the hour %+v, %v", got, err)
	}
	if got, err := s.Forget(t.Context(), archive.Target{Before: time.Now().Add(time.Hour)}); err != nil || got.Articles != 1 {
		t.Errorf("before now %+v, %v", got, err)
	}
	if o := keep(t, s, docs[2]); o[0].Status != archive.New {
		t.Errorf("what was removed by its age is %s, want new", o[0].Status)
	}
	clean(t, s)
}

func forgetOutlet(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(2)
	var list []*archive.Ready
	of := map[string]int{}
	for n := range 300 {
		a := m.Article(n)
		of[a.Doc.Outlet]++
		list = append(list, ready(t, a.Entry))
	}
	if _, err := s.Keep(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	outlet := list[0].Doc.Outlet
	got, err := s.Forget(t.Context(), archive.Target{Outlet: outlet})
	if err != nil || got.Articles != of[outlet] {
		t.Errorf("forgotten %+v, %v, want %d articles", got, err, of[outlet])
	}
	if hits := ask(t, s, archive.Query{Outlets: []string{outlet}}); len(hits) != 0 {
		t.Errorf("%d statements are left", len(hits))
	}
	if out, err := s.Keep(t.Context(), list[0], list[1]); err != nil || out[0].Status != archive.Refused {
		t.Errorf("an article of the outlet is %+v, %v", out, err)
	}
	fresh := article(outlet, "2023-01-01", "Something new")
	if o := keep(t, s, fresh); o[0].Status != archive.Refused {
		t.Errorf("a new article of the outlet is %s", o[0].Status)
	}
	clean(t, s)
}

// A snapshot stays as it is while others write.
func snapshot(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	keep(t, s, docs[0])
	snap, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	keep(t, p.Again(t, s), docs[1])
	n := 0
	for v, err := range snap.Versions(t.Context(), archive.Selection{Past: true}) {
		if err != nil || v.Info.Title != docs[0].Title {
			t.Fatal(v, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("the snapshot has %d versions, want 1", n)
	}
	if err := snap.Close(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s); n != 2 {
		t.Errorf("%d versions are there after it, want 2", n)
	}
}

// Several writers, in one store and in another, keep each article once.
func writers(t *testing.T, p Place) {
	s := p.New(t)
	stores := []archive.Store{s, p.Again(t, s)}
	m := generated.New(9)
	const articles = 60
	var group sync.WaitGroup
	var mu sync.Mutex
	became := map[archive.Status]int{}
	for w := range 4 {
		store := stores[w%len(stores)]
		group.Go(func() {
			for n := 0; n < articles; n += 3 {
				var list []*archive.Ready
				for k := range 3 {
					r, err := archive.Prepare(m.Article((n + 15*w + k) % articles).Entry)
					if err != nil {
						t.Error(err)
						return
					}
					list = append(list, r)
				}
				out, err := store.Keep(t.Context(), list...)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, o := range out {
					became[o.Status]++
				}
				mu.Unlock()
				for _, err := range store.Search(t.Context(), archive.Query{Words: "the", Limit: 3}) {
					if err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	group.Wait()
	if became[archive.New] != articles || became[archive.Present] != 3*articles {
		t.Errorf("%v, want %d new and %d present", became, articles, 3*articles)
	}
	if n := count(t, s); n != articles {
		t.Errorf("%d versions, want %d", n, articles)
	}
	clean(t, s)
}

func verify(t *testing.T, p Place) {
	s := p.New(t)
	clean(t, s)
	m := generated.New(4)
	for n := range 20 {
		if _, err := s.Keep(t.Context(), ready(t, m.Article(n).Entry)); err != nil {
			t.Fatal(err)
		}
	}
	clean(t, s)
}

func stats(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	keep(t, s, docs...)
	changed := *docs[2]
	changed.Text += "\n\nMore."
	keep(t, s, &changed)
	got, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Articles != 3 || got.Versions != 4 || got.Statements != 8 || got.Outlets != 3 || got.Bytes <= 0 || got.Schema < 1 {
		t.Errorf("stats %+v", got)
	}
}

// A copy of an archive has all that it has.
func copies(t *testing.T, p Place) {
	s, to := p.New(t), p.New(t)
	fillAll(t, s)
	before := describe(t, s)
	if err := archive.Copy(t.Context(), to, s); err != nil {
		t.Fatal(err)
	}
	if after := describe(t, to); after != before {
		t.Errorf("the copy differs:\n%s\nand the archive\n%s", after, before)
	}
	clean(t, to)
	// Copying it again adds nothing.
	if err := archive.Copy(t.Context(), to, s); err != nil {
		t.Fatal(err)
	}
	if after := describe(t, to); after != before {
		t.Errorf("the second copy changed it:\n%s\nand the archive\n%s", after, before)
	}
}

// fillAll puts something of each kind into an archive.
func fillAll(t *testing.T, s archive.Store) {
	t.Helper()
	docs := town()
	docs[1].Authors, docs[1].AsIs = []string{"Rosa Fell"}, true
	keep(t, s, docs...)
	changed := *docs[0]
	changed.Text += "\n\nMore of it."
	keep(t, s, &changed)
	if _, err := s.Keep(t.Context(), ready(t, archive.Entry{Doc: docs[0], Reader: "test models 2"})); err != nil {
		t.Fatal(err)
	}
	m := generated.New(8)
	for n := range 5 {
		a := m.Article(n)
		a.Page = &archive.Page{Body: []byte(fmt.Sprint("page ", n/2)), Type: "text/html", Fetched: time.UnixMilli(1e12 + int64(n)).UTC()}
		if _, err := s.Keep(t.Context(), ready(t, a.Entry)); err != nil {
			t.Fatal(err)
		}
	}
	at := time.UnixMilli(1.6e12).UTC()
	if err := s.PutPeople(t.Context(), archive.Person{ID: 12, Name: "Ida Brandt", Names: []string{"Brandt"}, Data: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Decide(t.Context(), archive.Decision{Made: at, Who: "ed", What: "merge", About: []byte(`{"a":1}`)}); err != nil {
		t.Fatal(err)
	}
	if err := s.PutFeed(t.Context(), archive.Feed{URL: "https://a.example/feed", Due: at, State: []byte(`{"etag":"x"}`)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Forget(t.Context(), archive.Target{Article: docs[2].URL}); err != nil {
		t.Fatal(err)
	}
}

// describe is everything in an archive, as text.
func describe(t *testing.T, s archive.Store) string {
	t.Helper()
	var b strings.Builder
	if err := archive.Export(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
