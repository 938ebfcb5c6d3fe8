package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// called are the words by which the current version of an article calls its
// actors.
func called(t *testing.T, d *desk.Desk, article string) (out []string) {
	t.Helper()
	a, err := d.Article(t.Context(), article, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range a.Doc.Actors {
		for _, s := range x.Descriptions {
			out = append(out, x.Name+": "+s.Text(a.Doc.Text)+" ("+s.Kind+")")
		}
	}
	return out
}

// A label is of another kind, has other words or is of somebody else, one after
// the other; so it is in another reading too, until it is undone.
func TestCorrectLabel(t *testing.T) {
	d := open(t)
	keep(t, d, council())
	before, was := stateOf(t, d), called(t, d, "council")
	v := desk.Verdict{Who: "ed", Why: "so it reads"}
	text := func() string {
		a, err := d.Article(t.Context(), "council", 0)
		if err != nil {
			t.Fatal(err)
		}
		return a.Doc.Text
	}()
	// More of the words that stand there.
	at := strings.Index(text, "hard-liner")
	wider := text[strings.LastIndexByte(text[:at-1], ' ')+1 : at+len("hard-liner")]
	for i, c := range []struct {
		label, of string
		desk.LabelChange
		says string
		want []string
	}{
		{"Hard-Liner", "", desk.LabelChange{Kind: "role"}, "“Hard-Liner” of Ida Brandt in article council is a role", []string{"Ida Brandt: the mayor (role)", "Ida Brandt: hard-liner (role)"}},
		{"hard-liner", "Brandt", desk.LabelChange{Words: wider}, "reads “" + wider + "”", []string{"Ida Brandt: the mayor (role)", "Ida Brandt: " + wider + " (role)"}},
		{wider, "Ida Brandt", desk.LabelChange{To: "Weir", Kind: "title"}, "is a title and is of Rolf Weir", []string{"Ida Brandt: the mayor (role)", "Rolf Weir: " + wider + " (title)"}},
	} {
		made, err := d.CorrectLabel(t.Context(), "council", c.label, c.of, c.LabelChange, v)
		if err != nil || !strings.Contains(made.About, c.says) || made.What != "correct" {
			t.Fatalf("%d: %+v, %v; want %s", i, made, err, c.says)
		}
		if got := called(t, d, "council"); !slices.Equal(sorted(got), sorted(c.want)) {
			t.Errorf("%d: they are called %q, want %q", i, got, c.want)
		}
	}
	if p := who(t, d, "Rolf Weir"); len(p.Roles) != 1 {
		t.Errorf("of %+v are known the roles %+v", p.Name, p.Roles)
	}
	// Read anew it is so too.
	keepAs(t, d, "a newer reader", readAnew(council()))
	want := sorted([]string{"Ida Brandt: the mayor (role)", "Rolf Weir: " + wider + " (title)"})
	if got := sorted(called(t, d, "council")); !slices.Equal(got, want) {
		t.Errorf("read anew they are called %q, want %q", got, want)
	}
	if list, err := d.Decisions(t.Context()); err != nil || list[0].Idle || list[1].Idle || list[2].Idle {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := d.RejectLabel(t.Context(), "council", wider, "Weir", v); err != nil {
		t.Error(err)
	}
	for range 4 {
		if _, err := d.Undo(t.Context(), 0, "em"); err != nil {
			t.Fatal(err)
		}
	}
	if got := called(t, d, "council"); !slices.Equal(got, was) {
		t.Errorf("undone they are called %q, want %q", got, was)
	}
	other := open(t)
	keep(t, other, council())
	if _, err := other.CorrectLabel(t.Context(), "council", "hard-liner", "", desk.LabelChange{To: "Rolf Weir"}, v); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Undo(t.Context(), 0, "em"); err != nil {
		t.Fatal(err)
	}
	if after := stateOf(t, other); !reflect.DeepEqual(after, before) {
		t.Errorf("undone it is\n%+v, want\n%+v", after, before)
	}
	for what, c := range map[string]struct {
		label, of string
		desk.LabelChange
	}{
		"no label":     {"reformer", "", desk.LabelChange{Kind: "role"}},
		"no kind":      {"hard-liner", "", desk.LabelChange{Kind: "song"}},
		"no words":     {"hard-liner", "", desk.LabelChange{Words: "soft-liner"}},
		"part of one":  {"hard-liner", "", desk.LabelChange{Words: "ard-liner"}},
		"nobody":       {"hard-liner", "", desk.LabelChange{To: "Nobody Atall"}},
		"as it is":     {"hard-liner", "", desk.LabelChange{Kind: "label", Words: "hard-liner", To: "Brandt"}},
		"of another":   {"hard-liner", "Weir", desk.LabelChange{Kind: "role"}},
		"of no change": {"hard-liner", "", desk.LabelChange{}},
	} {
		if made, err := other.CorrectLabel(t.Context(), "council", c.label, c.of, c.LabelChange, v); err == nil {
			t.Errorf("%s: %+v", what, made)
		}
	}
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// What a label was corrected to is not asked about any more.
func TestCorrectedLabelIsNoDoubt(t *testing.T) {
	d := open(t)
	keep(t, d, council())
	doubts := func() (n int) {
		for _, err := range d.Store().Doubts(t.Context(), archive.DoubtedLabel, archive.Doubt{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if doubts() != 1 {
		t.Fatalf("%d labels are in doubt", doubts())
	}
	if _, err := d.CorrectLabel(t.Context(), "council", "hard-liner", "", desk.LabelChange{To: "Rolf Weir"}, desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	if doubts() != 0 {
		t.Error("it still is in doubt")
	}
}
