package sqlite

import (
	"cmp"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

func TestByRank(t *testing.T) {
	m := func(id int64, words int, times ...int64) match {
		out := match{Candidate: archive.Candidate{Statement: id}, words: int32(words)}
		for p, n := range times {
			out.tally |= n << (tallyBits * p)
		}
		return out
	}
	for _, x := range []struct {
		what string
		list []match
		want []int64
	}{
		{"of one word the shorter statement is better, and the later of two alike", []match{m(1, 9, 1), m(2, 30, 1), m(3, 9, 1)}, []int64{3, 1, 2}},
		{"a word that comes again makes up for some length", []match{m(1, 10, 1), m(2, 12, 3)}, []int64{2, 1}},
		{"a rare word counts more than a common one", []match{m(1, 10, 1, 0), m(2, 10, 1, 0), m(3, 10, 1, 0), m(4, 10, 0, 1)}, []int64{4, 3, 2, 1}},
		{"both count more than one", []match{m(1, 10, 1, 1), m(2, 10, 0, 1), m(3, 10, 1, 0)}, []int64{1, 3, 2}},
		{"nothing", nil, nil},
	} {
		byRank(x.list, 2, 1000)
		var got []int64
		for _, m := range x.list {
			got = append(got, m.Statement)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.what, got, x.want)
		}
	}
}

// What FTS5 counts is what the statements say.
func TestTally(t *testing.T) {
	s := filled(t, 10).(*store)
	p, err := archive.Query{Words: `the OR "of the" OR (bridge NOT harbour) OR gov*`}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	_, _, err = s.matches(t.Context(), p, 1<<40, 1<<20, func(id, tally int64, v *told, n int) error {
		whole, err := s.Version(t.Context(), v.version)
		if err != nil {
			return err
		}
		words := archive.Rows(whole.Doc)[n].Words
		if got, want := v.Words(n), len(strings.Fields(words)); got != want {
			t.Errorf("statement %d has %d words, want %d", id, got, want)
		}
		the, pairs, last := 0, 0, ""
		for _, w := range strings.Fields(words) {
			if w == "the" {
				the++
				if last == "of" {
					pairs++
				}
			}
			last = w
		}
		if tallied(tally, 0) != min(the, 31) || tallied(tally, 1) != pairs {
			t.Errorf("%q: %d and %d are counted, want %d and %d", words, tallied(tally, 0), tallied(tally, 1), the, pairs)
		}
		found++
		return nil
	})
	if err != nil || found == 0 {
		t.Errorf("%d found (%v)", found, err)
	}
}

// Of more hits than are ranked those that were kept last come first, and each
// comes once.
func TestRankedLast(t *testing.T) {
	s := filled(t, 40).(*store)
	for _, q := range []archive.Query{{Words: "the"}, {Words: "the", Kinds: []string{"claim"}}} {
		p, err := q.Parse()
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.matching(t.Context(), p, 10_000)(10_000)
		if err != nil || len(all) < 100 {
			t.Fatalf("%d are found (%v)", len(all), err)
		}
		slices.SortFunc(all, func(a, b archive.Candidate) int { return cmp.Compare(b.Statement, a.Statement) })
		get := s.matching(t.Context(), p, 20)
		first, err := get(20)
		if err != nil {
			t.Fatal(err)
		}
		got, err := get(10_000)
		if err != nil || !slices.Equal(got[:20], first) {
			t.Errorf("%+v: the first are %v, and then %v (%v)", q, first, got[:20], err)
		}
		if !slices.Equal(got[20:], all[20:]) {
			t.Errorf("%+v: those that are not ranked are %v, want %v", q, got[20:], all[20:])
		}
		slices.SortFunc(first, func(a, b archive.Candidate) int { return cmp.Compare(b.Statement, a.Statement) })
		if !slices.Equal(first, all[:20]) {
			t.Errorf("%+v: ranked are %v, want %v", q, first, all[:20])
		}
	}
}

// The ledger tells what was kept after it was read.
func TestLedgerFollows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s, other := open(t, path), open(t, path)
	s.(*store).ledger.asked = mostAlone // so that it reads blocks
	m := generated.New(4)
	for n := range 5 {
		keep(t, other, m, n)
		f, err := s.Facets(t.Context(), archive.Query{Words: "the"})
		if err != nil {
			t.Fatal(err)
		}
		hits := 0
		for _, err := range s.Search(t.Context(), archive.Query{Words: "the", Forms: []string{"direct", "indirect"}}) {
			if err != nil {
				t.Fatal(err)
			}
			hits++
		}
		if hits < n || f.Hits != hits {
			t.Errorf("after %d articles %d are counted and %d found", n+1, f.Hits, hits)
		}
	}
}

// A warm ledger has all statements of a small archive, and tells the same of them.
func TestWarm(t *testing.T) {
	s := filled(t, 40)
	q := archive.Query{Words: "the"}
	cold, err := s.Facets(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.(archive.Warmer).Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, statements := s.(*store).ledger, 0
	for _, b := range l.blocks {
		for i := range b.versions {
			statements += b.versions[i].Statements()
		}
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if int64(statements) != stats.Statements {
		t.Errorf("%d statements are known of %d", statements, stats.Statements)
	}
	if warm, err := s.Facets(t.Context(), q); err != nil || !reflect.DeepEqual(warm, cold) {
		t.Errorf("warm %+v, cold %+v (%v)", warm, cold, err)
	}
}

func filled(t *testing.T, articles int) archive.Store {
	t.Helper()
	s := open(t, filepath.Join(t.TempDir(), "archive.db"))
	m := generated.New(3)
	for n := range articles {
		keep(t, s, m, n)
	}
	return s
}

func keep(t *testing.T, s archive.Store, m *generated.Maker, n int) {
	t.Helper()
	ready, err := archive.Prepare(m.Article(n).Entry)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
}
