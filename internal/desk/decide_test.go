package desk_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// All that an archive has of people: they, who the actors of each version are,
// and their traces.
type state struct {
	people   []archive.Person
	versions map[int64][]int64
	traces   map[int64][]archive.Trace
}

func stateOf(t *testing.T, d *desk.Desk) state {
	t.Helper()
	s := state{versions: map[int64][]int64{}, traces: map[int64][]archive.Trace{}}
	for p, err := range d.Store().AllPeople(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		s.people = append(s.people, p)
		for x, err := range d.Store().Traces(t.Context(), p.ID) {
			if err != nil {
				t.Fatal(err)
			}
			s.traces[p.ID] = append(s.traces[p.ID], x)
		}
	}
	for v, err := range d.Store().Versions(t.Context(), archive.Selection{Past: true}) {
		if err != nil {
			t.Fatal(err)
		}
		s.versions[v.ID] = v.People
	}
	for problem, err := range d.Store().Verify(t.Context()) {
		t.Errorf("the archive is not sound: %s, %v", problem, err)
	}
	return s
}

func who(t *testing.T, d *desk.Desk, name string) *desk.Person {
	t.Helper()
	p, err := d.Person(t.Context(), name, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The mayor of Kelmere has married: two names, one person. A third is in one
// article with her.
func married() []*news.Document {
	return []*news.Document{
		article("Kelmere Post", "2021-01-20", "Bridge", said{"Ida Brandt", "the mayor", "hard-liner", "Rolf Weir"}),
		article("Halden Courier", "2022-02-03", "Harbour", said{"Ida Holmqvist", "the mayor", "reformer", ""}, said{"Rolf Weir", "", "", "Ida Brandt"}),
		article("Aster Tribune", "2022-03-04", "Weir", said{"Ida Holmqvist", "", "", "Rolf Weir"}),
	}
}

func TestMerge(t *testing.T) {
	d := open(t)
	keep(t, d, married()...)
	keepAs(t, d, "an older reader", married()[2]) // a version beside the first
	other := desk.New(d.Store())
	keep(t, other, article("Kelmere Post", "2022-03-05", "Toll", said{"Rolf Weir", "", "", ""})) // it remembers both now
	before := stateOf(t, d)
	brandt, holmqvist := who(t, d, "Ida Brandt"), who(t, d, "Ida Holmqvist")
	if brandt.ID == holmqvist.ID {
		t.Fatal("they are one already")
	}

	made, err := d.Merge(t.Context(), "Ida Brandt", "Ida Holmqvist", desk.Verdict{Who: "ed", Why: "she married"})
	if err != nil || !strings.Contains(made.About, "Ida Holmqvist") || made.What != "merge" || made.Who != "ed" || made.Why != "she married" {
		t.Fatalf("%+v, %v", made, err)
	}
	p := who(t, d, "Ida Holmqvist")
	if p.ID != brandt.ID || p.Name != "Ida Brandt" || p.Articles != 3 || p.Statements != 3 || len(p.Spellings) != 2 || len(p.Labels) != 2 {
		t.Errorf("merged they are %+v", p)
	}
	// A list counts the same: three, the one in which both act once.
	if list, err := d.People(t.Context(), "Brandt", 0); err != nil || len(list) != 1 || list[0].Articles != 3 {
		t.Errorf("the list has %+v, %v", list, err)
	}
	var unknown *desk.UnknownError
	if _, err := d.Find(t.Context(), fmt.Sprintf("#%d", holmqvist.ID)); !errors.As(err, &unknown) {
		t.Errorf("whoever was merged is found: %v", err)
	}

	// Undone at once, everything is what it was.
	if _, err := d.Undo(t.Context(), 0, "em"); err != nil {
		t.Fatal(err)
	}
	if after := stateOf(t, d); !reflect.DeepEqual(after, before) {
		t.Errorf("undone it is\n%+v, want\n%+v", after, before)
	}
	if _, err := d.Undo(t.Context(), 0, "em"); err == nil {
		t.Error("there was something more to undo")
	}

	// Decided again it holds: for the same article read anew, for articles that
	// are new, and at a desk that remembers both.
	if made, err = d.Merge(t.Context(), "Ida Brandt", "Ida Holmqvist", desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	keepAs(t, other, "a newer reader", married()[1])
	keep(t, other, article("Aster Tribune", "2022-04-04", "Lock", said{"Ida Holmqvist", "", "", ""}))
	keep(t, d, article("Aster Tribune", "2022-05-04", "Quay", said{"Ida Holmqvist", "", "", ""}))
	if p = who(t, d, "Ida Holmqvist"); p.ID != brandt.ID || p.Articles != 5 {
		t.Errorf("with what came they are %+v", p)
	}
	for id, people := range stateOf(t, d).versions {
		for _, x := range people {
			if x == holmqvist.ID {
				t.Errorf("version %d still has who was merged", id)
			}
		}
	}
	// An entry that says itself who its actors are is told too.
	ready, err := archive.Prepare(archive.Entry{Doc: article("Aster Tribune", "2022-06-04", "Pier", said{"Ida Holmqvist", "", "", ""}), Reader: "test", People: []int64{holmqvist.ID}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Keep(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
	if p = who(t, d, "Ida Brandt"); p.Articles != 6 {
		t.Errorf("they have %d articles, want 6", p.Articles)
	}

	// Undone now, the reading that came goes back as well.
	if undone, err := d.Undo(t.Context(), made.ID, "em"); err != nil || undone.By != "em" || undone.Undone == nil {
		t.Fatalf("%+v, %v", undone, err)
	}
	if p = who(t, d, fmt.Sprintf("#%d", holmqvist.ID)); p.Articles != 2 || p.Name != "Ida Holmqvist" {
		t.Errorf("given back they are %+v", p)
	}
	if list, err := d.Decisions(t.Context()); err != nil || len(list) != 2 || list[0].ID != made.ID || list[0].Undone == nil || list[1].By != "em" {
		t.Errorf("the decisions are %+v, %v", list, err)
	}
}

func TestRename(t *testing.T) {
	d := open(t)
	keep(t, d, married()...)
	before := stateOf(t, d)
	v := desk.Verdict{Who: "ed"}
	first, err := d.Rename(t.Context(), "Rolf Weir", "  Rolf  Weir-Aster ", v)
	if err != nil {
		t.Fatal(err)
	}
	p := who(t, d, "Weir-Aster")
	if p.Name != "Rolf Weir-Aster" || p.Articles != 3 || who(t, d, "Rolf Weir").ID != p.ID {
		t.Errorf("renamed they are %+v", p)
	}
	// It holds for what comes, and articles join by either name.
	keep(t, d, article("Kelmere Post", "2022-03-05", "Toll", said{"Rolf Weir", "", "", ""}), article("Kelmere Post", "2022-03-06", "Ferry", said{"Rolf Weir-Aster", "", "", ""}))
	if p = who(t, d, "Rolf Weir"); p.Name != "Rolf Weir-Aster" || p.Articles != 5 {
		t.Errorf("then they are %+v", p)
	}
	second, err := d.Rename(t.Context(), "Rolf Weir", "R. Weir", v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(t.Context(), first.ID, "ed"); err == nil || !strings.Contains(err.Error(), "undo that one first") {
		t.Errorf("a decision that another rests on: %v", err)
	}
	for _, id := range []int64{second.ID, first.ID} {
		if _, err := d.Undo(t.Context(), id, "ed"); err != nil {
			t.Fatal(err)
		}
	}
	if p = who(t, d, "Rolf Weir"); p.Name != "Rolf Weir" || p.Articles != 5 {
		t.Errorf("undone they are %+v", p)
	}
	if list, err := d.People(t.Context(), "Rolf Weir", 1); err != nil || list[0].Articles != 5 {
		t.Errorf("the list has %+v, %v", list, err)
	}
	for i, x := range stateOf(t, d).people {
		if x.Name != before.people[i].Name {
			t.Errorf("%s was %s", x.Name, before.people[i].Name)
		}
	}
}

func TestSplit(t *testing.T) {
	d := open(t)
	docs := []*news.Document{
		article("Kelmere Post", "2021-01-20", "Bridge", said{"Ida Brandt", "the mayor", "hard-liner", "Rolf Weir"}),
		article("Halden Courier", "2021-02-03", "Harbour", said{"Ida Brandt", "the mayor", "", ""}),
		article("Aster Tribune", "2021-03-04", "Final", said{"Ida Brandt", "", "", "Greta Holm"}),
	}
	keep(t, d, docs...)
	before := stateOf(t, d)
	mayor := who(t, d, "Ida Brandt").ID
	v := desk.Verdict{Who: "ed"}
	for _, refs := range [][]string{{"nowhere"}, {docs[0].ID, docs[1].ID, docs[2].ID}} {
		if _, err := d.Split(t.Context(), "Ida Brandt", refs, v); err == nil {
			t.Errorf("%q are split off", refs)
		}
	}
	if _, err := d.Split(t.Context(), "Ida Brandt", []string{docs[2].URL}, v); err != nil {
		t.Fatal(err)
	}
	list, err := d.People(t.Context(), "Ida Brandt", 0)
	if err != nil || len(list) != 2 || list[0].ID != mayor || list[0].Articles != 2 || list[1].Articles != 1 || list[1].Statements != 1 {
		t.Fatalf("split they are %+v, %v", list, err)
	}
	if _, err := d.Undo(t.Context(), 0, "ed"); err != nil {
		t.Fatal(err)
	}
	if after := stateOf(t, d); !reflect.DeepEqual(after, before) {
		t.Errorf("undone it is\n%+v, want\n%+v", after, before)
	}

	// It holds for the article read anew, which goes back with it.
	made, err := d.Split(t.Context(), "Ida Brandt", []string{docs[2].ID}, v)
	if err != nil {
		t.Fatal(err)
	}
	keepAs(t, d, "a newer reader", docs[2])
	list, err = d.People(t.Context(), "Ida Brandt", 0)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if p := who(t, d, fmt.Sprintf("#%d", list[1].ID)); p.Articles != 1 || who(t, d, fmt.Sprintf("#%d", mayor)).Articles != 2 {
		t.Errorf("read anew they are %+v", p)
	}
	if _, err := d.Undo(t.Context(), made.ID, "ed"); err != nil {
		t.Fatal(err)
	}
	if p := who(t, d, "Ida Brandt"); p.ID != mayor || p.Articles != 3 {
		t.Errorf("undone they are %+v", p)
	}
	stateOf(t, d)
}

func TestDecideBad(t *testing.T) {
	d := open(t)
	keep(t, d, married()...)
	before := stateOf(t, d)
	v := desk.Verdict{Who: "ed"}
	for what, do := range map[string]func() (desk.Decision, error){
		"one person":      func() (desk.Decision, error) { return d.Merge(t.Context(), "Ida Brandt", "brandt", v) },
		"nobody":          func() (desk.Decision, error) { return d.Merge(t.Context(), "Ida Brandt", "Nobody Atall", v) },
		"no name":         func() (desk.Decision, error) { return d.Rename(t.Context(), "Ida Brandt", " … ", v) },
		"the same name":   func() (desk.Decision, error) { return d.Rename(t.Context(), "Ida Brandt", "Ida Brandt", v) },
		"no decision":     func() (desk.Decision, error) { return d.Undo(t.Context(), 7, "ed") },
		"nothing decided": func() (desk.Decision, error) { return d.Undo(t.Context(), 0, "ed") },
	} {
		if _, err := do(); err == nil {
			t.Errorf("%s: it was done", what)
		}
	}
	if after := stateOf(t, d); !reflect.DeepEqual(after, before) {
		t.Errorf("it is\n%+v, want\n%+v", after, before)
	}
	if list, err := d.Decisions(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
