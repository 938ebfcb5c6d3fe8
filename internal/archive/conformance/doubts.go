package conformance

import (
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/news"
)

// doubtful is a generated article whose statements are as sure as they are told.
func doubtful(m *generated.Maker, n int, sure ...float64) archive.Entry {
	e := m.Article(n).Entry
	for i := range e.Doc.Statements {
		s := &e.Doc.Statements[i]
		s.By, s.Confidence = news.ByModel, 1
		if i < len(sure) {
			s.Confidence = sure[i]
		}
		for k := range s.Speakers {
			s.Speakers[k].Confidence = 1
		}
	}
	return e
}

// all are the doubts about statements from one on.
func allDoubts(t *testing.T, s archive.Store, from archive.Doubt) []archive.Doubt {
	t.Helper()
	var out []archive.Doubt
	for x, err := range s.Doubts(t.Context(), archive.DoubtedStatement, from) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

// Doubts come the greatest first and the latest first, from anywhere on, more of
// them than are read at once; those of versions that are not current are none.
func doubts(t *testing.T, p Place) {
	s := p.New(t)
	const many = 300
	m := generated.New(9)
	want := 0
	for n := range many {
		e := doubtful(m, n, []float64{.25, .5, .699}[n%3], .7, float64(n+1)/1e4)
		keepOne(t, s, e)
		want += []int{0, 1, 1, 2}[min(len(e.Doc.Statements), 3)] // the second is sure enough
	}
	list := allDoubts(t, s, archive.Doubt{})
	if len(list) != want {
		t.Fatalf("%d statements are in doubt, want %d", len(list), want)
	}
	ordered := func(a, b archive.Doubt) int {
		switch {
		case a.Confidence != b.Confidence:
			return a.Confidence - b.Confidence
		case a.Version != b.Version:
			return int(b.Version - a.Version)
		}
		return a.Place - b.Place
	}
	if !slices.IsSortedFunc(list, ordered) {
		t.Error("they are not in order")
	}
	for _, i := range []int{0, 1, len(list) / 2, len(list) - 1} {
		if got := allDoubts(t, s, list[i]); !slices.Equal(got, list[i:]) {
			t.Errorf("from %d on there are %d of them, want %d", i, len(got), len(list)-i)
		}
	}
	gone := list[0]
	gone.Place++
	if got := allDoubts(t, s, gone); !slices.Equal(got, list[1:]) {
		t.Errorf("behind the first there are %d, want %d", len(got), len(list)-1)
	}

	// The article is read anew: its doubts are those of the new version, and
	// have the keys of what asks the same.
	e := doubtful(m, 1, .1, .7)
	e.Reader = "another reader"
	keepOne(t, s, e)
	anew := allDoubts(t, s, archive.Doubt{})
	at := slices.IndexFunc(anew, func(x archive.Doubt) bool { return x.Version > many })
	if at < 0 || anew[at].Confidence != 1000 {
		t.Fatalf("of the new version there is %d of %+v", at, anew)
	}
	same := slices.IndexFunc(list, func(x archive.Doubt) bool { return x.Key == anew[at].Key })
	if same < 0 || list[same].Version != 2 || list[same].Confidence != 5000 {
		t.Errorf("read anew, the first statement of the article has a key of its own: %d", same)
	}
	if slices.ContainsFunc(anew, func(x archive.Doubt) bool { return x.Version == 2 }) {
		t.Error("a version that is not current is in doubt")
	}
	// Somebody corrects it; then that is undone.
	if err := s.Amend(t.Context(), archive.Amending{Version: anew[at].Version, Amendments: []archive.Amendment{{Decision: 1, Statement: anew[at].Place, Kind: "denial"}}}); err != nil {
		t.Fatal(err)
	}
	if got := allDoubts(t, s, archive.Doubt{}); len(got) != len(anew)-1 {
		t.Errorf("corrected, there are %d doubts, want %d", len(got), len(anew)-1)
	}
	if err := s.Amend(t.Context(), archive.Amending{Version: anew[at].Version}); err != nil {
		t.Fatal(err)
	}
	if got := allDoubts(t, s, archive.Doubt{}); !slices.Equal(got, anew) {
		t.Errorf("corrected and undone, there are %d doubts, want %d", len(got), len(anew))
	}
	clean(t, s)
	if _, err := s.Forget(t.Context(), archive.Target{Article: e.Doc.ID}); err != nil {
		t.Fatal(err)
	}
	if got := allDoubts(t, s, archive.Doubt{}); len(got) != len(anew)-1 {
		t.Errorf("forgotten, there are %d doubts, want %d", len(got), len(anew)-1)
	}
	clean(t, s)
}

// Ties in doubt come the least likely first, from anywhere on; those that are
// sure, and the same claim on another occasion, are none.
func doubtedTies(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(9)
	for n := range 3 {
		keepOne(t, s, doubtful(m, n))
	}
	found := archive.Linking{Version: 3, Text: 3}
	first := int64(0)
	for _, h := range allHeads(t, s) {
		if h.ID == 3 {
			first = h.First
		}
	}
	if first < 4 {
		t.Fatalf("the third article begins with statement %d", first)
	}
	found.Ties = []archive.Tie{
		{Later: first, Earlier: 1, Relation: "reported", Likelihood: .6},
		{Later: first, Earlier: 2, Relation: "altered", Likelihood: .6},
		{Later: first, Earlier: 3, Relation: "reported", Likelihood: .55},
		{Later: first + 1, Earlier: 1, Relation: "same-claim", Likelihood: .5},
		{Later: first + 1, Earlier: 2, Relation: "verbatim", Likelihood: .7},
	}
	if err := s.Link(t.Context(), found); err != nil {
		t.Fatal(err)
	}
	want := []archive.Tie{found.Ties[2], found.Ties[0], found.Ties[1]}
	for i, from := range []archive.Tie{{}, want[1], want[2], {Later: first, Earlier: 2, Likelihood: .65}} {
		var got []archive.Tie
		for x, err := range s.DoubtedTies(t.Context(), from) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, x)
		}
		if !slices.Equal(got, want[i:]) {
			t.Errorf("from %+v on there is %+v, want %+v", from, got, want[i:])
		}
	}
}
