package conformance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

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

// A person is forgotten with every article in which they act, and these stay
// away.
func forgetPerson(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	kept := keep(t, s, docs...)
	if err := s.PutPeople(t.Context(), archive.Person{ID: 7, Name: "Ida Brandt", Type: "person", Names: []string{"Ida Brandt"}}, archive.Person{ID: 8, Name: "Somebody", Type: "person"}); err != nil {
		t.Fatal(err)
	}
	var in []int64
	for i, doc := range docs {
		who := make([]int64, len(doc.Actors))
		for k, a := range doc.Actors {
			if a.Name == "Ida Brandt" {
				who[k] = 7
			} else if k == 0 {
				who[k] = 8
			}
		}
		if slices.Contains(who, 7) {
			in = append(in, kept[i].Version)
		}
		if err := s.Assign(t.Context(), archive.Assignment{Version: kept[i].Version, People: who}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Forget(t.Context(), archive.Target{Person: 7})
	if err != nil || got.Articles != len(in) || got.Articles == 0 || got.Articles == len(docs) {
		t.Fatalf("forgotten %+v, %v; the person acts in %d of %d articles", got, err, len(in), len(docs))
	}
	for person, err := range s.AllPeople(t.Context()) {
		if err != nil || person.ID == 7 {
			t.Errorf("there is still %+v, %v", person, err)
		}
	}
	for i, doc := range docs {
		want := archive.Present
		if slices.Contains(in, kept[i].Version) {
			want = archive.Refused
		}
		if o := keep(t, s, doc); o[0].Status != want {
			t.Errorf("article %d is now %s, want %s", i, o[0].Status, want)
		}
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

// The last version is known, and stays so when it is forgotten.
func last(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(5)
	check := func(want int64) {
		t.Helper()
		if got, err := s.Last(t.Context()); err != nil || got != want {
			t.Fatalf("the last version is %d (%v), want %d", got, err, want)
		}
	}
	check(0)
	first := m.Article(1)
	out, err := s.Keep(t.Context(), ready(t, m.Article(0).Entry), ready(t, first.Entry))
	if err != nil {
		t.Fatal(err)
	}
	check(out[1].Version)
	if _, err := s.Forget(t.Context(), archive.Target{Article: first.Doc.ID}); err != nil {
		t.Fatal(err)
	}
	check(out[1].Version)
}

// mark changes with each change, also one that another process makes, and is
// known where nothing may be written.
func mark(t *testing.T, p Place) {
	s := p.New(t)
	other := p.Again(t, s)
	was := map[string]bool{}
	changed := func(after string) {
		t.Helper()
		m, err := s.Mark(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if was[m] {
			t.Errorf("the mark is what it was once, after %s", after)
		}
		was[m] = true
	}
	changed("nothing")
	m := generated.New(5)
	keep(t, s, m.Article(0).Doc)
	changed("an article")
	keep(t, other, m.Article(1).Doc)
	changed("an article from elsewhere")
	if err := other.PutPeople(t.Context(), archive.Person{ID: 1, Name: "Ida Brandt"}); err != nil {
		t.Fatal(err)
	}
	changed("somebody")
	if _, err := s.Decide(t.Context(), archive.Decision{Who: "ida", What: "nothing"}); err != nil {
		t.Fatal(err)
	}
	changed("a decision")
}

func sites(t *testing.T, p Place) {
	s := p.New(t)
	for i, url := range []string{
		"https://www.kelmere.example/council", "http://kelmere.example:80/bridge?x=1", "https://News.example/1", "https://herald.example?id=2", "", "https://both.example/1",
	} {
		doc := article("Kelmere Post", "2022-02-0"+strconv.Itoa(i+1), "Story "+strconv.Itoa(i))
		doc.URL = url
		keep(t, s, doc)
	}
	for i, url := range []string{"https://news.example/2", "https://www.tarn.example/", "https://both.example/1"} {
		doc := article("Tarn Reed", "2022-03-0"+strconv.Itoa(i+1), "Story")
		doc.URL = url
		keep(t, s, doc)
	}
	for outlet, want := range map[string][]string{
		"The Kelmere Post": nil,
		"kelmere post":     {"herald.example", "kelmere.example"},
		"Tarn Reed":        {"tarn.example"},
		"":                 nil,
	} {
		if got, err := s.Sites(t.Context(), outlet); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q prints alone on %q, %v, want %q", outlet, got, err, want)
		}
	}
}
