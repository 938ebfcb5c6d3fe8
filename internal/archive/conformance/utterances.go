package conformance

import (
	"iter"
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// What was found about the same statement in several articles is kept, passes
// over what is not current, and goes with what is forgotten.
func sameStatement(t *testing.T, p Place) {
	s, ctx := p.New(t), t.Context()
	m := generated.New(9)
	var first []int64 // statement of each article
	next := int64(1)
	var docs []archive.Entry
	for n := range 4 {
		a := m.Article(n)
		docs = append(docs, a.Entry)
		keepOne(t, s, a.Entry)
		first = append(first, next)
		next += int64(len(a.Doc.Statements))
	}
	unlinked := func(want ...int64) {
		t.Helper()
		list, err := s.Unlinked(ctx, 0, 100)
		var got []int64
		for _, p := range list {
			got = append(got, p.Version)
			if p.Version <= int64(len(docs)) && p.Day != archive.DayOf(docs[p.Version-1].Doc.Published) {
				t.Errorf("version %d is of day %s", p.Version, p.Day)
			}
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("not compared yet: %v, %v; want %v", got, err, want)
		}
	}
	unlinked(1, 2, 3, 4)
	if got, err := s.Unlinked(ctx, 2, 2); err != nil || len(got) != 2 || got[0].Version != 2 || got[1].Version != 3 {
		t.Errorf("two from 2 on: %v, %v", got, err)
	}

	u := first[0]
	err := s.Link(
		ctx,
		archive.Linking{Version: 1, Text: 1, Share: 1},
		archive.Linking{
			Version: 2, Text: 1, Share: 0.75, Members: []archive.Member{{Statement: first[1], Utterance: u}, {Statement: u, Utterance: u}},
			Ties: []archive.Tie{{Later: first[1], Earlier: u, Relation: "truncated", Likelihood: 0.9}},
		},
		archive.Linking{
			Version: 3, Text: 3, Share: 1, Members: []archive.Member{{Statement: first[2], Utterance: u}},
			Ties: []archive.Tie{
				{Later: first[2], Earlier: u, Relation: "verbatim", Likelihood: 0.95},
				{Later: first[2] + 1, Earlier: first[1] + 1, Relation: "same-claim", Likelihood: 0.6},
				{Later: first[2], Earlier: 999, Relation: "verbatim", Likelihood: 1}, // it was forgotten meanwhile
			},
		},
		archive.Linking{Version: 99, Text: 99},
	)
	if err != nil {
		t.Fatal(err)
	}
	unlinked(4)
	printings := func(of, utterance int64, want ...archive.Candidate) {
		t.Helper()
		name, got, err := s.Printings(ctx, of)
		if err != nil || name != utterance || !slices.Equal(got, want) {
			t.Errorf("statement %d is of utterance %d: %v, %v; want %d: %v", of, name, got, err, utterance, want)
		}
	}
	all := []archive.Candidate{{Statement: u, Version: 1}, {Statement: first[1], Version: 2}, {Statement: first[2], Version: 3}}
	printings(u, u, all...)
	printings(first[2], u, all...)
	printings(first[2]+1, first[2]+1, archive.Candidate{Statement: first[2] + 1, Version: 3})
	if got, err := s.Members(ctx, u, first[1], first[1]+1); err != nil || !slices.Equal(got, []archive.Member{{Statement: u, Utterance: u}, {Statement: first[1], Utterance: u}}) {
		t.Errorf("members %v, %v", got, err)
	}
	want := []archive.Tie{{Later: first[2], Earlier: u, Relation: "verbatim", Likelihood: 0.95}, {Later: first[1], Earlier: u, Relation: "truncated", Likelihood: 0.9}}
	if got, err := s.Ties(ctx, u); err != nil || !slices.Equal(got, want) {
		t.Errorf("ties %v, %v", got, err)
	}
	texts := func(of int64, want ...int64) {
		t.Helper()
		list, err := s.Copies(ctx, of)
		var got []int64
		for _, c := range list {
			got = append(got, c.Version)
			if c.Version == 2 && (c.Text != 1 || c.Share != 0.75 || c.Outlet != docs[1].Doc.Outlet || c.Day != archive.DayOf(docs[1].Doc.Published)) {
				t.Errorf("a copy is %+v", c)
			}
		}
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("version %d prints the text of %v, %v; want %v", of, got, err, want)
		}
	}
	texts(1, 1, 2)
	texts(2, 1, 2)
	texts(3, 3)
	texts(4)

	// Said again, it replaces what was said.
	if err := s.Link(ctx, archive.Linking{Version: 3, Text: 3, Share: 1}); err != nil {
		t.Fatal(err)
	}
	printings(first[2], first[2], all[2])
	printings(u, u, all[:2]...)

	// Another edition takes the place of a version.
	again := docs[1]
	doc := *again.Doc
	doc.Text += "\n\nAnd so on."
	again.Doc, again.Vectors = &doc, nil
	keepOne(t, s, again)
	unlinked(4, 5)
	printings(u, u, all[0])
	texts(1, 1)

	if _, err := s.Forget(ctx, archive.Target{Article: docs[0].Doc.ID}); err != nil {
		t.Fatal(err)
	}
	printings(u, u)
	if got, err := s.Ties(ctx, first[1]); err != nil || len(got) != 0 {
		t.Errorf("ties to what was forgotten: %v, %v", got, err)
	}
	if err := s.Unlink(ctx); err != nil {
		t.Fatal(err)
	}
	unlinked(3, 4, 5)
	days(t, s, docs)
}

// days asks for versions by their day of publication, and for some by id.
func days(t *testing.T, s archive.Store, docs []archive.Entry) {
	t.Helper()
	ctx := t.Context()
	undated := *docs[3].Doc
	undated.Published, undated.URL, undated.ID = "", "", "undated"
	keepOne(t, s, archive.Entry{Doc: &undated, Reader: "r"})
	of := func(since, until archive.Day) (out []int64) {
		list, err := s.Calendar(ctx, since, until)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range list {
			if i > 0 && (d.Day < list[i-1].Day || d.Day == list[i-1].Day && d.Version < list[i-1].Version) {
				t.Errorf("%v is out of order", list)
			}
			out = append(out, d.Version)
		}
		return out
	}
	day := archive.DayOf(docs[2].Doc.Published)
	for _, c := range []struct {
		since, until archive.Day
		want         bool
	}{{day, day + 100_000, true}, {day + 1, day + 100_000, false}, {1, day, true}, {1, day - 1, false}} {
		got := of(c.since, c.until)
		if slices.Contains(got, 3) != c.want || !slices.Contains(got, 6) {
			t.Errorf("from %s to %s there are %v", c.since, c.until, got)
		}
	}
	if got := of(1, day+100_000); len(got) != 4 || got[0] != 6 {
		t.Errorf("of any day there are %v", got) // 1 was forgotten, 2 has a later edition
	}
	for _, c := range []struct {
		sel  archive.Selection
		want []int64
	}{
		{archive.Selection{IDs: []int64{6, 3, 99}}, []int64{3, 6}},
		{archive.Selection{IDs: []int64{2, 5}}, []int64{5}},
		{archive.Selection{IDs: []int64{2, 5}, Past: true}, []int64{2, 5}},
		{archive.Selection{IDs: []int64{3, 4, 5}, From: 4, Outlet: docs[3].Doc.Outlet, Vectors: true}, []int64{4}},
	} {
		if got := inOrder(t, s.Versions(ctx, c.sel)); !slices.Equal(got, c.want) {
			t.Errorf("%+v gives %v, want %v", c.sel, got, c.want)
		}
	}
}

func inOrder(t *testing.T, versions iter.Seq2[*archive.Version, error]) []int64 {
	t.Helper()
	var out []int64
	for v, err := range versions {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v.ID)
	}
	return out
}

func keepOne(t *testing.T, s archive.Store, e archive.Entry) {
	t.Helper()
	if _, err := s.Keep(t.Context(), ready(t, e)); err != nil {
		t.Fatal(err)
	}
}
