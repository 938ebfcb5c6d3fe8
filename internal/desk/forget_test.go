package desk_test

import (
	"bytes"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// What is forgotten is in nothing that was decided, and in nothing that is
// known of others.
func TestForgetDecisions(t *testing.T) {
	d := open(t)
	keep(t, d, married()...)
	keep(t, d, article("Tarn Reed", "2022-05-04", "Fair", said{"Greta Holm", "", "", ""}, said{"Rolf Weir", "", "", ""}))
	v := desk.Verdict{Who: "ed", Why: "Ida Brandt has married"}
	if _, err := d.Merge(t.Context(), "Ida Brandt", "Ida Holmqvist", v); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Rename(t.Context(), "Rolf Weir", "R. Weir", desk.Verdict{Who: "ed", Why: "as Ida Holmqvist calls him"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Reject(t.Context(), "bridge#s1", v); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Correct(t.Context(), ref(t, d, "Greta Holm"), desk.Change{Kind: "warning"}, desk.Verdict{Who: "ed", Why: "she warns"}); err != nil {
		t.Fatal(err)
	}
	if got, err := d.ForgetPerson(t.Context(), "Ida Brandt"); err != nil || got.Articles != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	list, err := d.Decisions(t.Context())
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	for i, left := range []string{"she warns", "", "", ""} { // the latest first
		if list[i].Why != left || (i == 1 || i == 3) != strings.HasPrefix(list[i].About, "something that was forgotten since (") {
			t.Errorf("decision %d is %+v", list[i].ID, list[i])
		}
	}
	var all bytes.Buffer
	if err := archive.Export(t.Context(), d.Store(), &all); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"brandt", "holmqvist"} {
		if strings.Contains(strings.ToLower(all.String()), name) {
			t.Errorf("%s is in the archive still", name)
		}
	}
	// What is about others holds, and can be undone.
	for range 2 {
		if _, err := d.Undo(t.Context(), list[0].ID, "ed"); err != nil {
			t.Fatal(err)
		}
		list[0] = list[2]
	}
	if p := who(t, d, "Rolf Weir"); p.Name != "Rolf Weir" {
		t.Errorf("he is %+v", p)
	}
	if _, err := d.Undo(t.Context(), list[1].ID, "ed"); err == nil || !strings.Contains(err.Error(), "is not kept") {
		t.Errorf("what was forgotten was undone: %v", err)
	}
}

func TestForgetOutlet(t *testing.T) {
	d := open(t)
	own, shared := council(), married()[1]
	own.URL, shared.URL = "https://www.kelmere.example/council", "https://news.example/1"
	other := article("Kelmere Post", "2022-02-01", "Second", said{"Rolf Weir", "", "", ""})
	other.URL = "https://news.example/2"
	keep(t, d, own, shared, other)
	if got, err := d.Forget(t.Context(), archive.Target{Outlet: "The Kelmere Post"}); err != nil || got.Articles != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := d.Forget(t.Context(), archive.Target{Outlet: "Kelmere Post"}); err != nil || got.Articles != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	var hosts int
	for x, err := range d.Store().Tombstones(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if x.What == "host" {
			hosts++
			if !bytes.Equal(x.Key, archive.HostKey("kelmere.example")) {
				t.Error("a site that others print on is forgotten")
			}
		}
	}
	if hosts != 1 {
		t.Errorf("%d sites are forgotten", hosts)
	}
}
