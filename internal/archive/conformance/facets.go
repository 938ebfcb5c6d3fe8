package conformance

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"whosaid/internal/archive"
)

// What is counted is what Search finds.
func facets(t *testing.T, p Place) {
	s := p.New(t)
	keep(t, s, town()...)
	for _, q := range []archive.Query{
		{},
		{Words: "bridge"},
		{Words: "bridge OR border NOT drone"},
		{Speaker: "Brandt"},
		{About: "Brandt"},
		{Kinds: []string{"claim", "warning"}},
		{Forms: []string{"direct"}, Since: "2020"},
		{Words: "nothing-of-the-kind"},
	} {
		got, err := s.Facets(t.Context(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		want := archive.Facets{Speakers: map[string]int{}, Outlets: map[string]int{}, Kinds: map[string]int{}, Forms: map[string]int{}, Days: map[archive.Day]int{}}
		for _, h := range ask(t, s, q) {
			want.Hits++
			want.Forms[h.Statement.Form]++
			want.Days[archive.DayOf(h.Article.Published)]++
			if h.Article.Outlet != "" {
				want.Outlets[h.Article.Outlet]++
			}
			if h.Statement.Kind != "" {
				want.Kinds[h.Statement.Kind]++
			}
			for _, x := range h.Statement.Speakers {
				want.Speakers[x.Name]++
			}
		}
		if got.Hits != want.Hits || got.More || got.Rough {
			t.Errorf("%+v: %d hits (more: %t, rough: %t), want %d", q, got.Hits, got.More, got.Rough, want.Hits)
		}
		for _, x := range []struct {
			what      string
			got, want map[string]int
		}{{"speakers", got.Speakers, want.Speakers}, {"outlets", got.Outlets, want.Outlets}, {"kinds", got.Kinds, want.Kinds}, {"forms", got.Forms, want.Forms}} {
			if !maps.Equal(x.got, x.want) {
				t.Errorf("%+v: %s %v, want %v", q, x.what, x.got, x.want)
			}
		}
		if !maps.Equal(got.Days, want.Days) {
			t.Errorf("%+v: days %v, want %v", q, got.Days, want.Days)
		}
	}
	for _, q := range []archive.Query{{Words: `"heavy weapons"`}, {Speaker: "Ida Brandt"}, {People: []int64{1}}} {
		if got, err := s.Facets(t.Context(), q); err != nil || !got.Rough {
			t.Errorf("%+v: an index cannot tell it exactly, and nobody says so (%v)", q, err)
		}
	}
	var bad *archive.QueryError
	if _, err := s.Facets(t.Context(), archive.Query{Words: "AND"}); !errors.As(err, &bad) {
		t.Errorf("AND alone gives %v", err)
	}

	heads := allHeads(t, s)
	if _, err := s.Forget(t.Context(), archive.Target{Article: heads[0].Info.ID}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Facets(t.Context(), archive.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(ask(t, s, archive.Query{})); all.Hits != n {
		t.Errorf("after something was forgotten %d are counted, and there are %d", all.Hits, n)
	}
}

func allHeads(t *testing.T, s archive.Store) []archive.Head {
	t.Helper()
	var out []archive.Head
	for v, err := range s.Versions(t.Context(), archive.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v.Head)
	}
	return slices.Clip(out)
}
