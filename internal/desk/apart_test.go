package desk_test

import (
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// tied tells how many ties the statements of an archive have to others.
func tied(t *testing.T, d *desk.Desk) int {
	t.Helper()
	n := 0
	for v, err := range d.Since(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range v.Doc.Statements {
			list, err := d.Store().Ties(t.Context(), v.Statement(i))
			if err != nil {
				t.Fatal(err)
			}
			n += len(list)
		}
	}
	return n
}

// A link that is in doubt is confirmed, or its statements are told apart: then
// they stay so whenever they are compared again, until that is undone.
func TestDoubtsOfLinks(t *testing.T) {
	d := empty(t)
	add(t, d,
		page("Halden Post", "2023-05-01", "Treaty", report{"Ida Brandt", "said", whole}),
		page("Coast Daily", "2023-05-02", "Harbour", report{"Ida Brandt", "told reporters", part}))
	if tied(t, d) != 2 {
		t.Fatal("the two statements are not linked")
	}
	if list := doubts(t, d, desk.DoubtLink); len(list) != 0 {
		t.Fatalf("in doubt are %+v", list)
	}
	loose := archive.Linking{Version: 2, Text: 2, Share: 1, Members: []archive.Member{{Statement: 1, Utterance: 1}, {Statement: 2, Utterance: 1}}, Ties: []archive.Tie{{Later: 2, Earlier: 1, Relation: "truncated", Likelihood: .6}}}
	if err := d.Store().Link(t.Context(), loose); err != nil {
		t.Fatal(err)
	}
	list := doubts(t, d, desk.DoubtLink)
	if len(list) != 1 || list[0].Confidence != .6 || list[0].ID != 2 || list[0].Other != 1 {
		t.Fatalf("in doubt are %+v", list)
	}
	in := func(what string, want int) {
		t.Helper()
		if n, err := d.CountDoubts(t.Context(), desk.DoubtLink, 10); err != nil || n != want {
			t.Errorf("%s, %d links are in doubt, want %d: %v", what, n, want, err)
		}
		if list := doubts(t, d, desk.DoubtLink); len(list) != want {
			t.Errorf("%s, in doubt are %+v", what, list)
		}
	}
	made, err := d.Confirm(t.Context(), list[0], desk.Verdict{Who: "ed"})
	if err != nil || made.About != "“We will not sign the harbour treaty” is what was said in “We will not sign the harbour treaty, not this year, not ever, and the fishermen …”" {
		t.Fatalf("%+v, %v", made, err)
	}
	in("confirmed", 0)
	if _, err := d.Undo(t.Context(), made.ID, "ed"); err != nil {
		t.Fatal(err)
	}
	in("confirmed and undone", 1)

	link := func(what string, want int) {
		t.Helper()
		if err := d.Link(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := tied(t, d); n != want {
			t.Errorf("%s, the statements have %d ties, want %d", what, n, want)
		}
	}
	if made, err = d.Part(t.Context(), "2", "Halden Post2023-05-01Treaty#s1", desk.Verdict{Who: "ed", Why: "another day"}); err != nil || made.What != "apart" {
		t.Fatalf("%+v, %v", made, err)
	}
	in("told apart", 0)
	for _, x := range [][2]string{{"1", "2"}, {"2", "2"}, {"2", "nothing"}, {"99", "1"}} {
		if made, err := d.Part(t.Context(), x[0], x[1], desk.Verdict{}); err == nil {
			t.Errorf("%q are told apart: %+v", x, made)
		}
	}
	link("told apart", 0)
	add(t, d, page("Inland Post", "2023-05-03", "Fish", report{"Samir Dol", "said", other}))
	keepAs(t, d, "a newer reader", page("Coast Daily", "2023-05-02", "Harbour", report{"Ida Brandt", "told reporters", part}))
	link("told apart and read anew", 0)
	if _, err := d.Undo(t.Context(), made.ID, "ed"); err != nil {
		t.Fatal(err)
	}
	link("told apart and undone", 2)
	if all, err := d.Decisions(t.Context()); err != nil || len(all) != 2 || all[0].Undone == nil {
		t.Errorf("decided was %+v, %v", all, err)
	}
	// Of what is forgotten the journal keeps no word.
	if _, err := d.Forget(t.Context(), archive.Target{Article: "Halden Post2023-05-01Treaty"}); err != nil {
		t.Fatal(err)
	}
	all, err := d.Decisions(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, x := range all {
		if len(x.About) < 20 || x.About[:25] != "something that was forgot" {
			t.Errorf("of a forgotten article there is left: %s", x.About)
		}
	}
}
