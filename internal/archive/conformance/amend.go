package conformance

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// decided are amendments of the first article of the town: its first statement
// is none, its second is said by somebody whom it does not name, its third is a
// claim.
func decided() []archive.Amendment {
	at := time.Date(2022, 3, 4, 5, 6, 7, 8e6, time.UTC)
	return []archive.Amendment{
		{Decision: 1, By: "ed", Why: "a headline", Made: at, Rejected: true},
		{Decision: 2, By: "ed", Made: at, Statement: 1, Speaker: &archive.Voice{Actor: "p9", Name: "Rolf Weir", Type: "person"}, Form: "mixed"},
		{Decision: 3, By: "em", Made: at, Statement: 2, Kind: "claim"},
		{Decision: 4, By: "em", Made: at, Label: &archive.Label{Actor: "a2", Text: "Militia leader"}, Rejected: true},
	}
}

func amend(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	out := keep(t, s, docs[0], docs[1])
	if err := s.PutPeople(t.Context(), archive.Person{ID: 9, Name: "Rolf Weir", Type: "person", Names: []string{"Rolf Weir"}}, archive.Person{ID: 2, Name: "Qais al-Khalil", Type: "person"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Assign(t.Context(), archive.Assignment{Version: out[0].Version, People: []int64{0, 2, 0, 0}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Link(t.Context(), archive.Linking{Version: out[0].Version, Text: out[0].Version, Members: []archive.Member{{Statement: 1, Utterance: 1}}, Ties: []archive.Tie{{Later: 1, Earlier: 4, Relation: "same-claim", Likelihood: 0.5}}}); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Facets(t.Context(), archive.Query{Words: "heavy OR drones"}); err != nil || f.Speakers["Ida Brandt"] == 0 {
		t.Errorf("before, the facets are %+v, %v", f, err)
	}
	before := describe(t, s)
	change := archive.Amending{Version: out[0].Version, Amendments: decided(), People: []int64{0, 2, 0, 0, 9}}
	if err := s.Amend(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	for _, q := range []struct {
		archive.Query
		want []string
	}{
		{archive.Query{}, []string{"bridge s2", "bridge s3", "harbour s1", "harbour s2", "harbour s3"}},
		{archive.Query{Words: "spring"}, []string{}},
		{archive.Query{Words: "heavy", Speaker: "Weir"}, []string{"bridge s2"}},
		{archive.Query{Words: "heavy", Speaker: "Khalil"}, []string{}},
		{archive.Query{People: []int64{9}}, []string{"bridge s2"}},
		{archive.Query{People: []int64{9}, Words: "drones", Forms: []string{"mixed"}}, []string{"bridge s2"}},
		{archive.Query{People: []int64{2}}, []string{}},
		{archive.Query{Kinds: []string{"denial"}}, []string{}},
	} {
		if got := names(ask(t, s, q.Query)); !slices.Equal(got, q.want) {
			t.Errorf("%+v finds %q, want %q", q.Query, got, q.want)
		}
	}
	f, err := s.Facets(t.Context(), archive.Query{Outlets: []string{"Kelmere Post"}})
	if err != nil || f.Hits != 2 || f.Speakers["Rolf Weir"] != 1 || f.Speakers["José Núñez"] != 1 || f.Speakers["Ida Brandt"] != 0 || f.Kinds["claim"] != 1 {
		t.Errorf("the facets are %+v, %v", f, err)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Statements != 5 {
		t.Errorf("with one of six rejected there are %d statements, %v", st.Statements, err)
	}
	if f, err := s.Facets(t.Context(), archive.Query{Words: "heavy OR drones", Outlets: []string{"Kelmere Post"}}); err != nil || f.Speakers["Ida Brandt"] != 0 || f.Speakers["Rolf Weir"] != 1 {
		t.Errorf("with words the facets are %+v, %v", f, err)
	}
	h := ask(t, s, archive.Query{Words: "drones", Outlets: []string{"Kelmere Post"}})[0]
	if h.ID != 2 || h.Number != 1 || len(h.Corrected) != 1 || h.Corrected[0].By != "ed" || h.Rejected != nil {
		t.Errorf("the hit is %+v", h)
	}
	v, err := s.Version(t.Context(), out[0].Version)
	if err != nil || len(v.Doc.Statements) != 2 || len(v.Read.Statements) != 3 || !reflect.DeepEqual(v.Amendments, change.Amendments) || !slices.Equal(v.People, change.People) ||
		len(v.Doc.Actors[1].Descriptions) != 0 || v.Place(1) != -1 || v.Place(3) != 1 || v.Statement(1) != 3 {
		t.Fatalf("the version is %+v, %v", v, err)
	}
	for statement, want := range map[int64]int64{1: out[0].Version, 3: out[0].Version, 4: out[1].Version} {
		if got, err := s.Holder(t.Context(), statement); err != nil || got != want {
			t.Errorf("statement %d is of version %d, %v", statement, got, err)
		}
	}
	if _, err := s.Holder(t.Context(), 99); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("no statement: %v", err)
	}
	if list, err := s.Members(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("a rejected statement is of an utterance: %+v, %v", list, err)
	}
	if list, err := s.Unlinked(t.Context(), 0, 10); err != nil || len(list) != 2 {
		t.Errorf("%d versions are to be linked, %v", len(list), err)
	}
	clean(t, s)
	for _, bad := range []archive.Amendment{{Statement: 3}, {Statement: -1}, {Speaker: &archive.Voice{Actor: "p9"}}} {
		if err := s.Amend(t.Context(), archive.Amending{Version: out[0].Version, Amendments: []archive.Amendment{bad}}); !errors.Is(err, archive.ErrNoRecord) {
			t.Errorf("%+v gives %v", bad, err)
		}
	}

	// Another reading replaces it whole; taken back, everything is as it was.
	if err := s.Amend(t.Context(), archive.Amending{Version: out[0].Version, People: []int64{0, 2, 0, 0}}); err != nil {
		t.Fatal(err)
	}
	if after := describe(t, s); after != before {
		t.Errorf("taken back it is\n%s\nand was\n%s", after, before)
	}
	if err := s.Amend(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	changed := *docs[0]
	changed.Deck = "Another deck"
	keep(t, s, &changed)
	if got := names(ask(t, s, archive.Query{Words: "spring"})); !slices.Equal(got, []string{"bridge s1"}) {
		t.Errorf("another version has %q", got)
	}
	clean(t, s)
	if got, err := s.Forget(t.Context(), archive.Target{Article: docs[0].URL}); err != nil || got.Versions != 2 {
		t.Errorf("forgotten %+v, %v", got, err)
	}
	clean(t, s)
}

func amendCopies(t *testing.T, p Place) {
	s, to := p.New(t), p.New(t)
	a := generated.New(5).Article(2)
	first := ready(t, a.Entry)
	if err := first.Amend([]archive.Amendment{{Decision: 1, By: "ed", Rejected: true}}, nil); err != nil {
		t.Fatal(err)
	}
	out, err := s.Keep(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if hits := ask(t, s, archive.Query{}); len(hits) != len(a.Doc.Statements)-1 || hits[0].ID != 2 {
		t.Errorf("kept with a decision it has %d statements", len(hits))
	}
	if err := archive.Copy(t.Context(), to, s); err != nil {
		t.Fatal(err)
	}
	v, err := to.Version(t.Context(), out[0].Version)
	if err != nil || len(v.Amendments) != 1 || len(v.Doc.Statements) != len(a.Doc.Statements)-1 {
		t.Errorf("the copy is %+v, %v", v, err)
	}
	clean(t, s)
	clean(t, to)
}
