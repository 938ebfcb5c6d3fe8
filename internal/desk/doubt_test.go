package desk_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// unsure makes a statement, and who says it, as sure as it is told.
func unsure(doc *news.Document, i int, statement, speaker float64) *news.Document {
	doc.Statements[i].Confidence, doc.Statements[i].Speakers[0].Confidence = statement, speaker
	return doc
}

func doubts(t *testing.T, d *desk.Desk, about string) []desk.Doubt {
	t.Helper()
	list, err := d.Doubts(t.Context(), about, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestDoubtsOfStatements(t *testing.T) {
	d := open(t)
	bridge := func() *news.Document {
		doc := article("Kelmere Post", "2021-01-20", "Bridge", said{"Ida Brandt", "the mayor", "", "Rolf Weir"}, said{"Rolf Weir", "", "", ""})
		return unsure(unsure(doc, 0, .5, .9), 1, .9, .3)
	}
	keep(t, d, bridge())
	if list := doubts(t, d, desk.DoubtStatement); len(list) != 1 || list[0].Confidence != .5 {
		t.Fatalf("unsure are %+v", list)
	}
	keep(t, d, unsure(article("Aster Tribune", "2021-02-20", "Weir", said{"Greta Holm", "", "", ""}), 0, .4, .2))
	statements, speakers := doubts(t, d, desk.DoubtStatement), doubts(t, d, desk.DoubtSpeaker)
	if len(statements) != 2 || statements[0].Confidence != .4 || statements[1].Confidence != .5 {
		t.Errorf("unsure statements are %+v", statements)
	}
	if len(speakers) != 2 || speakers[0].Confidence != .2 || speakers[1].Confidence != .3 {
		t.Fatalf("unsure speakers are %+v", speakers)
	}
	a, i, err := d.Doubted(t.Context(), speakers[1])
	if err != nil || a.Info.Title != "Bridge" || i != 1 {
		t.Fatalf("it is in %+v at %d, %v", a, i, err)
	}

	// What is confirmed does not come again, also when the article is read anew.
	made, err := d.Confirm(t.Context(), speakers[1], desk.Verdict{Who: "ed"})
	if err != nil || made.What != "confirm" || made.About != "Rolf Weir said: it would do" || made.Who != "ed" {
		t.Fatalf("%+v, %v", made, err)
	}
	if list := doubts(t, d, desk.DoubtSpeaker); len(list) != 1 || list[0].ID != speakers[0].ID {
		t.Errorf("confirmed, unsure are %+v", list)
	}
	keepAs(t, d, "a newer reader", bridge())
	if list := doubts(t, d, desk.DoubtSpeaker); len(list) != 1 {
		t.Errorf("read anew, unsure are %+v", list)
	}
	if list := doubts(t, d, desk.DoubtStatement); len(list) != 2 || list[1].ID == statements[1].ID {
		t.Errorf("read anew, unsure are %+v: that of the version before is still there", list)
	}
	if _, _, err := d.Doubted(t.Context(), speakers[1]); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a statement of a version that is past: %v", err)
	}
	if undone, err := d.Undo(t.Context(), 0, "em"); err != nil || undone.ID != made.ID || undone.By != "em" {
		t.Fatalf("%+v, %v", undone, err)
	}
	if list := doubts(t, d, desk.DoubtSpeaker); len(list) != 2 {
		t.Errorf("undone, unsure are %+v", list)
	}
	// What somebody rejects or corrects is no doubt any more, until that is undone.
	for name, do := range map[string]func() (desk.Decision, error){
		"rejected": func() (desk.Decision, error) {
			return d.Reject(t.Context(), fmt.Sprint(speakers[0].ID), desk.Verdict{})
		},
		"nobody's": func() (desk.Decision, error) {
			return d.Correct(t.Context(), fmt.Sprint(speakers[0].ID), desk.Change{Speaker: desk.Unknown}, desk.Verdict{})
		},
		"another's": func() (desk.Decision, error) {
			return d.Correct(t.Context(), fmt.Sprint(speakers[0].ID), desk.Change{Speaker: "Ida Brandt"}, desk.Verdict{})
		},
	} {
		made, err := do()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if list := append(doubts(t, d, desk.DoubtSpeaker), doubts(t, d, desk.DoubtStatement)...); len(list) != 2 {
			t.Errorf("%s, unsure are %+v", name, list)
		}
		if last, _, err := d.Standing(t.Context()); err != nil || last == nil || last.ID != made.ID {
			t.Errorf("the last is %+v, %v", last, err)
		}
		if _, err := d.Undo(t.Context(), made.ID, "ed"); err != nil {
			t.Fatal(err)
		}
		if list := append(doubts(t, d, desk.DoubtSpeaker), doubts(t, d, desk.DoubtStatement)...); len(list) != 4 {
			t.Errorf("%s and undone, unsure are %+v", name, list)
		}
	}
	if last, all, err := d.Standing(t.Context()); err != nil || last != nil || all != 4 {
		t.Errorf("the last of %d is %+v, %v", all, last, err)
	}
	if _, err := d.Doubts(t.Context(), "weather", "", 9); err == nil {
		t.Error("there are doubts about the weather")
	}
	if _, err := d.Confirm(t.Context(), desk.Doubt{About: "weather"}, desk.Verdict{}); err == nil {
		t.Error("the weather is confirmed")
	}
}

// All of the archive is in doubt where it is: one can go on from each doubt to
// the last, and what is confirmed on the way is left out.
func TestDoubtsFromOneOn(t *testing.T) {
	d := open(t)
	for n := range 30 {
		keep(t, d, unsure(article("Kelmere Post", "2021-01-20", fmt.Sprint("Bridge ", n), said{"Ida Brandt", "the mayor", "", "Rolf Weir"}), 0, .5, float64(n)/100))
	}
	all := doubts(t, d, desk.DoubtSpeaker)
	if len(all) != 30 {
		t.Fatalf("%d are in doubt, want 30", len(all))
	}
	next := ""
	for i := range 29 {
		list, err := d.Doubts(t.Context(), desk.DoubtSpeaker, next, 2)
		if err != nil || len(list) != 2 || list[0].Key() != all[i].Key() || list[1].Key() != all[i+1].Key() {
			t.Fatalf("from %q on there is %+v, %v", next, list, err)
		}
		if i%2 == 0 {
			if _, err := d.Confirm(t.Context(), list[0], desk.Verdict{}); err != nil {
				t.Fatal(err)
			}
		}
		next = list[1].Key()
	}
	for _, x := range []struct {
		about string
		most  int
		want  int
	}{{desk.DoubtSpeaker, 100, 15}, {desk.DoubtSpeaker, 4, 4}, {desk.DoubtStatement, 100, 30}, {desk.DoubtPerson, 100, 0}} {
		if n, err := d.CountDoubts(t.Context(), x.about, x.most); err != nil || n != x.want {
			t.Errorf("%d %ss are in doubt, want %d of at most %d: %v", n, x.about, x.want, x.most, err)
		}
	}
	// The key of one that was decided meanwhile leads to the one behind it.
	if list, err := d.Doubts(t.Context(), desk.DoubtSpeaker, all[0].Key(), 1); err != nil || len(list) != 1 || list[0].Key() != all[1].Key() {
		t.Errorf("behind the first is %+v, %v", list, err)
	}
}

// The mayor of Kelmere, written in two ways, and two of one name who do other
// things.
func TestDoubtsOfPeople(t *testing.T) {
	d := open(t)
	keep(
		t, d,
		article("Kelmere Post", "2021-01-20", "Bridge", said{"Mina Farrow", "the mayor", "", ""}),
		article("Aster Tribune", "2021-02-20", "Weir", said{"Minna Farow", "", "", ""}),
		article("Aster Tribune", "2021-02-21", "Lock", said{"Rolf Weir", "the striker", "", ""}),
		article("Aster Tribune", "2021-02-22", "Quay", said{"Rolf Weir", "the minister", "", ""}),
		article("Aster Tribune", "2021-02-23", "Pier", said{"Rolf Weir", "the minister", "", ""}),
	)
	farrow := who(t, d, "Mina Farrow")
	people := doubts(t, d, desk.DoubtPerson)
	if len(people) != 1 || people[0].ID != farrow.ID || people[0].Confidence < .5 || people[0].Confidence > .85 {
		t.Fatalf("perhaps several people are %+v, want #%d", people, farrow.ID)
	}
	places, err := d.Places(t.Context(), farrow.ID, 1)
	if err != nil || len(places) != 1 || places[0].Title != "Weir" || places[0].Names[0] != "Minna Farow" || places[0].Said != 1 {
		t.Errorf("they are in %+v, %v", places, err)
	}
	pairs := doubts(t, d, desk.DoubtPair)
	if len(pairs) != 1 || pairs[0].Confidence < .4 || pairs[0].Confidence > .7 {
		t.Fatalf("alike are %+v", pairs)
	}
	if p := who(t, d, fmt.Sprintf("#%d", pairs[0].ID)); p.Name != "Rolf Weir" || p.Articles != 2 {
		t.Errorf("of the two whoever is better known comes second: %+v", p)
	}

	for _, c := range []struct {
		doubt desk.Doubt
		says  string
	}{{people[0], "Mina Farrow is one"}, {pairs[0], "Rolf Weir is not #"}} {
		made, err := d.Confirm(t.Context(), c.doubt, desk.Verdict{Who: "ed"})
		if err != nil || !strings.Contains(made.About, c.says) {
			t.Errorf("%+v, %v", made, err)
		}
		if list := doubts(t, d, c.doubt.About); len(list) != 0 {
			t.Errorf("confirmed, unsure are %+v", list)
		}
		if _, err := d.Undo(t.Context(), made.ID, "ed"); err != nil {
			t.Error(err)
		}
		if list := doubts(t, d, c.doubt.About); len(list) != 1 {
			t.Errorf("undone, unsure are %+v", list)
		}
	}

	// What is decided otherwise is none either.
	if _, err := d.Merge(t.Context(), fmt.Sprintf("#%d", pairs[0].ID), fmt.Sprintf("#%d", pairs[0].Other), desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	if list := doubts(t, d, desk.DoubtPair); len(list) != 0 {
		t.Errorf("merged, alike are %+v", list)
	}
	if _, err := d.Split(t.Context(), "Mina Farrow", []string{places[0].Article}, desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	if list := append(doubts(t, d, desk.DoubtPair), doubts(t, d, desk.DoubtPerson)...); len(list) != 0 {
		t.Errorf("split, unsure are %+v", list)
	}
	if _, err := d.Confirm(t.Context(), desk.Doubt{About: desk.DoubtPerson, ID: 999}, desk.Verdict{}); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("nobody is confirmed: %v", err)
	}
}
