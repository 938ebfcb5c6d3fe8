package desk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// together lists the actors of current versions, as article and name, by who
// they are; nobody's are left out.
func together(t *testing.T, d *desk.Desk) []string {
	t.Helper()
	of := map[int64][]string{}
	for v, err := range d.Store().Versions(t.Context(), archive.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range v.People {
			if id != 0 {
				of[id] = append(of[id], v.Info.ID+" "+v.Doc.Actors[i].Name)
			}
		}
	}
	var out []string
	for _, list := range of {
		slices.Sort(list)
		out = append(out, fmt.Sprint(list))
	}
	slices.Sort(out)
	return out
}

// In whatever order articles come, joined anew their people are the same, and
// joining them once more changes nothing.
func TestRejoinOrder(t *testing.T) {
	m := generated.New(11)
	var docs []*news.Document
	for n := range 120 {
		docs = append(docs, m.Article(n).Doc)
	}
	var first []string
	for seed := range uint64(2) {
		d := open(t)
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(docs), func(i, k int) { docs[i], docs[k] = docs[k], docs[i] })
		keep(t, d, docs...)
		keepAs(t, d, "another reader", docs[:5]...) // versions beside the first
		if _, err := d.Rejoin(t.Context(), desk.Verdict{Who: "ed"}, false, nil); err != nil {
			t.Fatal(err)
		}
		got := together(t, d)
		if seed == 0 {
			first = got
		} else if !slices.Equal(got, first) {
			t.Errorf("in another order there are\n%v\nnot\n%v", got, first)
		}
		before := stateOf(t, d)
		again, err := d.Rejoin(t.Context(), desk.Verdict{Who: "ed"}, false, nil)
		if err != nil || again.Moved+again.New+again.Merged+again.Split != 0 || again.Unchanged != again.People || again.Articles != len(docs) {
			t.Errorf("joined once more: %+v, %v", again, err)
		}
		if after := stateOf(t, d); !reflect.DeepEqual(after, before) {
			t.Error("joining once more has changed something")
		}
	}
}

// What somebody decided stays; what the program made of the others is made anew.
func TestRejoinDecided(t *testing.T) {
	d := open(t)
	docs := append(
		married(),
		article("Halden Courier", "2022-05-01", "Ferry", said{"Per Lund", "", "", ""}, said{"Eva Strand", "", "", ""}),
		article("Kelmere Post", "2022-05-02", "Ferry again", said{"Per Lund", "", "", ""}, said{"Eva Strand", "", "", ""}),
	)
	keep(t, d, docs...)
	if _, err := d.Merge(t.Context(), "Ida Brandt", "Ida Holmqvist", desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Rename(t.Context(), "Rolf Weir", "Rolf Weir, councillor", desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	brandt, weir, lund, strand := who(t, d, "Ida Brandt"), who(t, d, "Rolf Weir"), who(t, d, "Per Lund"), who(t, d, "Eva Strand")

	// Somebody made a mess: in one article one is taken for the other.
	v, err := d.Store().Version(t.Context(), 5)
	if err != nil {
		t.Fatal(err)
	}
	mixed := slices.Clone(v.People)
	for i, id := range mixed {
		if id == lund.ID {
			mixed[i] = strand.ID
		}
	}
	if err := d.Store().Assign(t.Context(), archive.Assignment{Version: 5, People: mixed}); err != nil {
		t.Fatal(err)
	}
	messy := stateOf(t, d)
	if dry, err := d.Rejoin(t.Context(), desk.Verdict{}, true, nil); err != nil || dry.Moved != 1 || dry.Split != 1 || dry.Settled != 2 {
		t.Errorf("it would be %+v, %v", dry, err)
	}
	stopped, stop := context.WithCancel(t.Context())
	if _, err := d.Rejoin(stopped, desk.Verdict{}, false, func(int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if after := stateOf(t, d); !reflect.DeepEqual(after, messy) {
		t.Error("something has changed already")
	}

	done, err := d.Rejoin(t.Context(), desk.Verdict{Who: "ed", Why: "a mess"}, false, nil)
	if err != nil || done.Moved != 1 || done.New != 0 || done.Merged != 0 || done.People != 4 {
		t.Errorf("%+v, %v", done, err)
	}
	for _, was := range []*desk.Person{brandt, weir, lund, strand} {
		p := who(t, d, fmt.Sprintf("#%d", was.ID))
		if p.Name != was.Name || p.Articles != was.Articles || p.Statements != was.Statements {
			t.Errorf("%s of %d articles is %s of %d", was.Name, was.Articles, p.Name, p.Articles)
		}
	}
	list, err := d.Decisions(t.Context())
	if err != nil || list[0].What != "rejoin" || list[0].Why != "a mess" {
		t.Errorf("%+v, %v", list, err)
	}
	// It is no decision that undo takes for the latest, and cannot be undone.
	if _, err := d.Undo(t.Context(), list[0].ID, "em"); err == nil {
		t.Error("it was undone")
	}
	for range 2 {
		if _, err := d.Undo(t.Context(), 0, "em"); err != nil {
			t.Fatal(err)
		}
	}
	if p := who(t, d, "Ida Holmqvist"); p.ID == brandt.ID || p.Articles != 2 {
		t.Errorf("undone she is %+v", p)
	}
	// A desk of another process, which remembers who was, is told.
	keep(t, d, article("Aster Tribune", "2022-05-03", "Ferry at last", said{"Per Lund", "", "", ""}))
	if p := who(t, d, "Per Lund"); p.ID != lund.ID || p.Articles != 3 {
		t.Errorf("later he is %+v", p)
	}
}
