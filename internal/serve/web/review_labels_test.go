package web_test

import (
	"net/http"
	"strings"
	"testing"

	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

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
