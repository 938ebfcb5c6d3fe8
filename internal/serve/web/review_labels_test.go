package web_test

import (
	"net/http"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

// loosen makes the first two statements of an archive a link that is in doubt.
func loosen(t *testing.T, d *desk.Desk) {
	t.Helper()
	var ids, versions []int64
	for v, err := range d.Since(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Doc.Statements) > 0 && len(ids) < 2 {
			ids, versions = append(ids, v.Statement(0)), append(versions, v.ID)
		}
	}
	tie := archive.Tie{Later: ids[1], Earlier: ids[0], Relation: "reported", Likelihood: .58}
	if err := d.Store().Link(t.Context(), archive.Linking{Version: versions[1], Text: versions[1], Share: 1, Ties: []archive.Tie{tie}}); err != nil {
		t.Fatal(err)
	}
}

// A link is asked about with both its statements; one that is wrong is gone.
func TestReviewOfLinks(t *testing.T) {
	store := open(t)
	keep(t, store, pier(), shorter())
	d := desk.New(store)
	loosen(t, d)
	ed := as(web.New(d, web.Options{}), visit.Visit{User: "ed", Role: visit.Reviewer, Token: "t0"})
	page := get(t, ed, "/review?queue=links", http.StatusOK)
	wants(t, page, "Do these two report the same words", "58 of 100", "Kelmere Courier", "Coast Daily", `<span class="said c1">“Not one hour before that,”</span>`, `<span class="said c1">“Not one hour before,”</span>`)
	page = get(t, ed, post(t, ed, "/review", formOf(t, page, "The same"), http.StatusSeeOther), http.StatusOK)
	wants(t, page, "No two statements", "“Not one hour before” is what was said in “Not one hour before that”")
	page = get(t, ed, post(t, ed, "/review/undo", formOf(t, page, "Undo"), http.StatusSeeOther), http.StatusOK)
	page = get(t, ed, post(t, ed, "/review", formOf(t, page, "Two occasions"), http.StatusSeeOther), http.StatusOK)
	wants(t, page, "No two statements", "is not what was said in", "Decided last")
	if list, err := store.Ties(t.Context(), 1); err != nil || len(list) != 0 {
		t.Errorf("told apart they are tied: %+v, %v", list, err)
	}
}

// Labels are asked about one after another, the latest article's first: one that
// is none is gone from the article until that is undone, one that is right is
// not asked about again.
func TestReviewOfLabels(t *testing.T) {
	store := open(t)
	later := pier()
	later.ID, later.URL, later.Title = "later", "", "Another day"
	keep(t, store, pier(), later)
	d := desk.New(store)
	ed := as(web.New(d, web.Options{}), visit.Visit{User: "ed", Role: visit.Reviewer, Token: "t0"})
	page := get(t, ed, "/review?queue=labels", http.StatusOK)
	wants(t, page, "Does “embattled” take a side on Ida Brandt?", "In the outlet’s own words.", "Ida Brandt, the <mark>embattled</mark> mayor", "Another day", `Labels <span class="n">2</span>`)
	page = get(t, ed, post(t, ed, "/review", formOf(t, page, "No label"), http.StatusSeeOther), http.StatusOK)
	wants(t, page, "Pier stays shut", `Labels <span class="n">1</span>`, "Decided last")
	if strings.Contains(get(t, ed, "/article/later", http.StatusOK), "embattled</span>") {
		t.Error("what was rejected is a label still")
	}
	undo := formOf(t, page, "Undo")
	page = get(t, ed, post(t, ed, "/review", formOf(t, page, "A label"), http.StatusSeeOther), http.StatusOK)
	wants(t, page, "Every label in the archive was looked at", "Ida Brandt is called “embattled”")
	wants(t, get(t, ed, post(t, ed, "/review/undo", undo, http.StatusSeeOther), http.StatusOK), "Another day", "Does “embattled”")
	wants(t, get(t, ed, "/article/later", http.StatusOK), `title="a label for Ida Brandt">embattled</span>`)
}
