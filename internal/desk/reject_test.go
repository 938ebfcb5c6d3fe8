package desk_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// hits are the statements that a query finds.
func hits(t *testing.T, d *desk.Desk, q archive.Query) []*archive.Hit {
	t.Helper()
	f, err := d.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f.Hits
}

// ref is the statement of a speaker, as a search prints it.
func ref(t *testing.T, d *desk.Desk, speaker string) string {
	t.Helper()
	list := hits(t, d, archive.Query{Speaker: speaker})
	if len(list) != 1 {
		t.Fatalf("%s has %d statements", speaker, len(list))
	}
	return fmt.Sprint(list[0].ID)
}

// council prints two people of a town, of whom the second is not in the archive
// otherwise.
func council() *news.Document {
	return article("Kelmere Post", "2022-01-20", "Council", said{"Ida Brandt", "the mayor", "hard-liner", "Rolf Weir"}, said{"Rolf Weir", "", "", ""}, said{"Greta Holm", "", "", "Ida Brandt"})
}

// readAnew is a document as another program would read it: its statements begin
// earlier or end later, come in another order and have other ids.
func readAnew(doc *news.Document) *news.Document {
	out := *doc
	out.Statements = slices.Clone(doc.Statements)
	for i := range out.Statements {
		s := &out.Statements[i]
		s.ID = "x" + s.ID
		s.Content = slices.Clone(s.Content)
		s.Content[0].End-- // one letter of its last word
	}
	slices.Reverse(out.Statements)
	return &out
}

func TestReject(t *testing.T) {
	d := open(t)
	keep(t, d, council())
	before := stateOf(t, d)
	brandt := ref(t, d, "Brandt")

	made, err := d.Reject(t.Context(), brandt, desk.Verdict{Who: "ed", Why: "a headline"})
	if err != nil || made.What != "reject" || !strings.Contains(made.About, "it would do for Rolf Weir") {
		t.Fatalf("%+v, %v", made, err)
	}
	if list := hits(t, d, archive.Query{}); len(list) != 2 || list[0].Number != 1 || list[0].Statement.Speakers[0].Name != "Rolf Weir" {
		t.Errorf("there are %d statements", len(list))
	}
	if f, err := d.Facets(t.Context(), archive.Query{}); err != nil || f.Hits != 2 || f.Speakers["Ida Brandt"] != 0 || f.Speakers["Greta Holm"] != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	p := who(t, d, "Ida Brandt")
	if p.Statements != 0 || len(p.SpeaksOf) != 0 || len(p.SpokenOfBy) != 1 || len(p.Labels) != 1 {
		t.Errorf("she is %+v", p)
	}
	if list, err := d.People(t.Context(), "Ida Brandt", 1); err != nil || list[0].Statements != 0 {
		t.Errorf("the list has %+v, %v", list, err)
	}
	if _, err := d.Reject(t.Context(), brandt, desk.Verdict{}); err == nil || !strings.Contains(err.Error(), "already, by decision 1") {
		t.Errorf("rejected twice: %v", err)
	}
	if _, err := d.Utterance(t.Context(), hits(t, d, archive.Query{})[0].ID); err != nil {
		t.Error(err)
	}

	// The article's record has it still, with who rejected it.
	a, err := d.Article(t.Context(), "council", 0)
	if err != nil || len(a.Read.Statements) != 3 || len(a.Doc.Statements) != 2 || a.Rejected()[0].By != "ed" {
		t.Fatalf("%+v, %v", a, err)
	}

	// Read anew, it stays rejected; a third time too.
	for _, reader := range []string{"a newer reader", "the newest"} {
		keepAs(t, d, reader, readAnew(council()))
		if list := hits(t, d, archive.Query{}); len(list) != 2 {
			t.Errorf("%s: there are %d statements", reader, len(list))
		}
	}
	if list, err := d.Decisions(t.Context()); err != nil || list[0].Idle || list[0].Statement == 0 || list[0].Article != "council" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := d.Undo(t.Context(), 0, "em"); err != nil {
		t.Fatal(err)
	}
	if list := hits(t, d, archive.Query{}); len(list) != 3 {
		t.Errorf("undone there are %d statements", len(list))
	}
	after := stateOf(t, d)
	if !reflect.DeepEqual(after.versions[1], before.versions[1]) {
		t.Errorf("it is %+v, want %+v", after, before)
	}
	if p = who(t, d, "Ida Brandt"); p.Statements != 1 {
		t.Errorf("she is %+v", p)
	}
}

// Undone at once, everything is as it was.
func TestUndoStatement(t *testing.T) {
	for name, decide := range map[string]func(*desk.Desk, string) (desk.Decision, error){
		"reject": func(d *desk.Desk, ref string) (desk.Decision, error) {
			return d.Reject(t.Context(), ref, desk.Verdict{})
		},
		"kind": func(d *desk.Desk, ref string) (desk.Decision, error) {
			return d.Correct(t.Context(), ref, desk.Change{Kind: "warning"}, desk.Verdict{})
		},
		"speaker": func(d *desk.Desk, ref string) (desk.Decision, error) {
			return d.Correct(t.Context(), ref, desk.Change{Speaker: "Ida Holmqvist"}, desk.Verdict{})
		},
		"nobody": func(d *desk.Desk, ref string) (desk.Decision, error) {
			return d.Correct(t.Context(), ref, desk.Change{Speaker: desk.Unknown}, desk.Verdict{})
		},
		"label": func(d *desk.Desk, ref string) (desk.Decision, error) {
			return d.RejectLabel(t.Context(), "council", "hard-liner", "", desk.Verdict{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			keep(t, d, council(), married()[1])
			before := stateOf(t, d)
			if _, err := decide(d, ref(t, d, "Greta Holm")); err != nil {
				t.Fatal(err)
			}
			if changed := stateOf(t, d); reflect.DeepEqual(changed, before) && name != "form" {
				t.Error("nothing has changed")
			}
			if _, err := d.Undo(t.Context(), 0, "em"); err != nil {
				t.Fatal(err)
			}
			if after := stateOf(t, d); !reflect.DeepEqual(after, before) {
				t.Errorf("undone it is\n%+v, want\n%+v", after, before)
			}
		})
	}
}

func TestCorrect(t *testing.T) {
	d := open(t)
	keep(t, d, council(), married()[1])
	holm := ref(t, d, "Greta Holm")
	v := desk.Verdict{Who: "ed"}
	if _, err := d.Correct(t.Context(), holm, desk.Change{Speaker: "Ida Holmqvist", Kind: "warning", Form: "direct"}, v); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		p := who(t, d, "Ida Holmqvist")
		list := hits(t, d, archive.Query{Speaker: "Holmqvist", Kinds: []string{"warning"}, Forms: []string{"direct"}})
		if len(list) != 1 || p.Statements != 2 || p.Articles != 2 || !slices.Equal(list[0].People, []int64{p.ID}) || list[0].Corrected[0].By != "ed" ||
			!slices.Equal(list[0].Corrected[0].What, []string{"speaker", "kind", "form"}) {
			t.Errorf("%s: she is %+v, and said %+v", when, p, list)
		}
		if list := hits(t, d, archive.Query{Speaker: "Greta Holm"}); len(list) != 0 {
			t.Errorf("%s: she who did not say it is found", when)
		}
	}
	check("corrected")
	keepAs(t, d, "a newer reader", readAnew(council()))
	check("read anew")
	keepAs(t, desk.New(d.Store()), "the newest", council())
	check("read by another program")

	// An edition with another paragraph before it, and one without the statement.
	edited := article("Kelmere Post", "2022-01-20", "Council", said{"Tom Aster", "", "", ""}, said{"Ida Brandt", "the mayor", "hard-liner", "Rolf Weir"}, said{"Rolf Weir", "", "", ""}, said{"Greta Holm", "", "", "Ida Brandt"})
	keep(t, d, edited)
	check("edited")
	keep(t, d, article("Kelmere Post", "2022-01-20", "Council", said{"Ida Brandt", "the mayor", "", "Rolf Weir"}))
	if list, err := d.Decisions(t.Context()); err != nil || !list[0].Idle {
		t.Errorf("%+v, %v", list, err)
	}
	if p := who(t, d, "Ida Holmqvist"); p.Statements != 1 {
		t.Errorf("she is %+v", p)
	}
	stateOf(t, d)
}

// What is decided about people holds for whom a correction names.
func TestCorrectThenMerge(t *testing.T) {
	d := open(t)
	keep(t, d, council(), married()[1])
	v := desk.Verdict{Who: "ed"}
	if _, err := d.Correct(t.Context(), ref(t, d, "Greta Holm"), desk.Change{Speaker: "Ida Holmqvist"}, v); err != nil {
		t.Fatal(err)
	}
	merged, err := d.Merge(t.Context(), "Ida Brandt", "Ida Holmqvist", v)
	if err != nil {
		t.Fatal(err)
	}
	if p := who(t, d, "Ida Brandt"); p.Statements != 3 || p.Articles != 2 {
		t.Errorf("she is %+v", p)
	}
	keepAs(t, d, "a newer reader", readAnew(council()))
	if p := who(t, d, "Ida Brandt"); p.Statements != 3 {
		t.Errorf("read anew she is %+v", p)
	}
	if _, err := d.Undo(t.Context(), merged.ID, "ed"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(t.Context(), 0, "ed"); err != nil {
		t.Fatal(err)
	}
	if p := who(t, d, "Greta Holm"); p.Statements != 1 {
		t.Errorf("undone she is %+v", p)
	}
	stateOf(t, d)
}

func TestRejectLabel(t *testing.T) {
	d := open(t)
	keep(t, d, council(), article("Halden Courier", "2022-01-21", "Harbour", said{"Ida Brandt", "", "hard-liner", ""}))
	if _, err := d.RejectLabel(t.Context(), "council", "Hard-Liner", "Brandt", desk.Verdict{Who: "ed"}); err != nil {
		t.Fatal(err)
	}
	for _, again := range []string{"decided", "read anew"} {
		if p := who(t, d, "Ida Brandt"); len(p.Labels) != 1 || p.Labels[0].Outlet != "Halden Courier" || len(p.Roles) != 1 {
			t.Errorf("%s: she is called %+v", again, p.Labels)
		}
		keepAs(t, d, "a newer reader", readAnew(council()))
	}
	if list, err := d.Decisions(t.Context()); err != nil || list[0].Idle || list[0].About != "Ida Brandt is not called “Hard-Liner” in article council" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestDecideStatementBad(t *testing.T) {
	d := open(t)
	keep(t, d, council())
	holm := ref(t, d, "Greta Holm")
	v := desk.Verdict{Who: "ed"}
	for what, do := range map[string]func() (desk.Decision, error){
		"no statement": func() (desk.Decision, error) { return d.Reject(t.Context(), "99", v) },
		"no article":   func() (desk.Decision, error) { return d.Reject(t.Context(), "nowhere#s1", v) },
		"no id":        func() (desk.Decision, error) { return d.Reject(t.Context(), "council#s9", v) },
		"no reference": func() (desk.Decision, error) { return d.Reject(t.Context(), "council", v) },
		"no kind":      func() (desk.Decision, error) { return d.Correct(t.Context(), holm, desk.Change{Kind: "song"}, v) },
		"no form":      func() (desk.Decision, error) { return d.Correct(t.Context(), holm, desk.Change{Form: "sung"}, v) },
		"nobody": func() (desk.Decision, error) {
			return d.Correct(t.Context(), holm, desk.Change{Speaker: "Nobody Atall"}, v)
		},
		"the same": func() (desk.Decision, error) {
			return d.Correct(t.Context(), holm, desk.Change{Speaker: "greta holm", Kind: "claim"}, v)
		},
		"no label":        func() (desk.Decision, error) { return d.RejectLabel(t.Context(), "council", "reformer", "", v) },
		"another's label": func() (desk.Decision, error) { return d.RejectLabel(t.Context(), "council", "hard-liner", "Weir", v) },
	} {
		if _, err := do(); err == nil {
			t.Errorf("%s: it was done", what)
		}
	}
	if _, err := d.Reject(t.Context(), "99", v); !errors.Is(err, archive.ErrNotFound) {
		t.Error(err)
	}
	if list, err := d.Decisions(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if made, err := d.Reject(t.Context(), "council#s3", v); err != nil || !strings.Contains(made.About, "Greta Holm") {
		t.Errorf("%+v, %v", made, err)
	}
}
