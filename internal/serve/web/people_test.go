package web_test

import (
	"net/http"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/sample"
	"whosaid/internal/serve/web"
)

// introduce makes one person of all actors of one name.
func introduce(t *testing.T, store archive.Store) map[string]int64 {
	t.Helper()
	ids := map[string]int64{}
	var people []archive.Person
	var all []archive.Assignment
	for v, err := range store.Versions(t.Context(), archive.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		a := archive.Assignment{Version: v.ID, People: make([]int64, len(v.Doc.Actors))}
		for i, x := range v.Doc.Actors {
			if !x.Named || x.Type != "person" {
				continue
			}
			if ids[x.Name] == 0 {
				ids[x.Name] = int64(len(ids) + 1)
				people = append(people, archive.Person{ID: ids[x.Name], Name: x.Name, Type: x.Type, Names: []string{x.Name}})
			}
			a.People[i] = ids[x.Name]
		}
		all = append(all, a)
	}
	if err := store.PutPeople(t.Context(), people...); err != nil {
		t.Fatal(err)
	}
	if err := store.Assign(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestPerson(t *testing.T) {
	store := open(t)
	d := desk.New(store)
	pages := web.New(d, web.Options{})
	wants(t, get(t, pages, "/people", http.StatusOK), "Nobody is known yet")
	if err := sample.Fill(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	ids := introduce(t, store)
	if ids["Samir Dol"] != 0 {
		wants(t, get(t, pages, "/people?name=dol", http.StatusOK), "Samir Dol")
	}
	wants(t, get(t, pages, "/person/Samir%20Dol?subject=letters", http.StatusOK),
		"Samir Dol", `<span class="label">Self-styled pier expert</span>`, "whistleblower", "Coast Daily", "What each outlet calls them", "he had sent the council two <mark>letters</mark>", "Statements by time and kind", "March 2025",
		`<rect class="bar c5"`, `aria-label="May 2025: 2 statements, 1 claim, 1 praise"`, // stacked by kind
		`%20Samir%20Dol%2C%20the-,engineer">Kelmere Courier`, // the very words in the article
		`<a href="/article/8d568fd2b13e84e3#s3">11 March 2025</a>`)
	wants(t, get(t, pages, "/person/Dana%20Whitlock", http.StatusOK), "Roles over time", `<a href="#tie-`, `<details id="tie-`, "leads: Dana Whitlock → ", `leader of the independent group on the council <span class="n">11 March 2025`)
	if page := get(t, pages, "/person/Ida%20Brandt", http.StatusOK); strings.Contains(page, `class="graph"`) || !strings.Contains(page, "holds office: Ida Brandt → Mayor") {
		t.Errorf("an office is drawn as if it were somebody:\n%s", page)
	}
	wants(t, get(t, pages, "/person/Samir%20Dol?subject=zebra", http.StatusOK), "Nothing on “zebra” was found")
	wants(t, get(t, pages, "/people?name=Nobody", http.StatusOK), "Nobody of this name")
	get(t, pages, "/person/99", http.StatusNotFound)
}
