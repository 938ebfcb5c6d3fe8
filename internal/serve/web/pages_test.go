package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

// Hits that come by date stand under the titles of their articles, each title
// once; those that come by how well they fit, each with its article.
func TestHitsUnderTheirArticles(t *testing.T) {
	store := open(t)
	keep(t, store, pier(), shorter())
	pages := web.New(desk.New(store), web.Options{})
	page := get(t, pages, "/search", http.StatusOK)
	wants(t, page, `<h2 class="from"><a href="/article/a1b2">Pier stays shut</a></h2>`, `<h2 class="from"><a href="/article/c3d4">Mayor stands firm</a></h2>`, `class="kind is-promise">promise</span>`)
	if n := strings.Count(page, "Pier stays shut"); n != 1 {
		t.Errorf("the title of an article with several hits is there %d times", n)
	}
	if page = get(t, pages, "/search?q=report", http.StatusOK); strings.Contains(page, `class="from"`) || !strings.Contains(page, "Pier stays shut") {
		t.Errorf("best hits do not each tell their article:\n%s", page)
	}
}

// A feed tells how it fares, and what went wrong last with it and its pages.
func TestFeedsTellWhatWentWrong(t *testing.T) {
	store := open(t)
	for url, state := range map[string]string{
		"https://courier.example/feed": `{"failures": 3, "why": "courier.example: the server answered 502", "known": {"a": {}}, "pending": []}`,
		"https://wire.example/feed":    `{"failures": 0, "known": {}, "pending": [{"url": "https://wire.example/1", "tries": 2, "why": "it took too long"}, {"url": "https://wire.example/2"}]}`,
	} {
		if err := store.PutFeed(t.Context(), archive.Feed{URL: url, Due: time.Date(2025, 3, 12, 9, 0, 0, 0, time.UTC), State: []byte(state)}); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, get(t, web.New(desk.New(store), web.Options{}), "/inputs", http.StatusOK),
		"failed 3 times, one after another", "Courier.example: the server answered 502.", "1 page did not come", "https://wire.example/1: It took too long.", "<td>2</td>")
}

// Statements of some months are drawn by weeks, which are Monday to Sunday.
func TestHistogramOfWeeks(t *testing.T) {
	store := open(t)
	first, last := pier(), shorter()
	first.Published, last.Published = "2025-03-12", "2025-06-01"
	keep(t, store, first, last)
	pages := web.New(desk.New(store), web.Options{})
	wants(t, get(t, pages, "/search", http.StatusOK),
		`aria-label="Statements by week"`, `data-from="2025-03-10" data-to="2025-03-16"`, `aria-label="week of 10 March 2025: 4 statements"`,
		`data-from="2025-05-26" data-to="2025-06-01"`, "since=2025-03-10&amp;to=2025-03-16")
	wants(t, get(t, pages, "/search?since=2025-03-10&to=2025-03-16", http.StatusOK), "4 statements")
}

// Whoever is signed in can sign out, and sees by which name; whoever reads what
// is public can sign in, and comes back to the page.
func TestSigningInAndOut(t *testing.T) {
	pages := web.New(desk.New(open(t)), web.Options{})
	wants(t, get(t, pages, "/people?name=x", http.StatusOK), `href="/login?next=%2Fpeople%3Fname%3Dx">Sign in</a>`)
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/people", nil)
	pages.ServeHTTP(w, r.WithContext(visit.With(r.Context(), visit.Visit{User: "ida", Role: visit.Reader, Token: "a-token"})))
	wants(t, w.Body.String(), `action="/logout"`, `name="token" value="a-token"`, "<span>ida</span>", "Sign out")
	w = httptest.NewRecorder()
	pages.ServeHTTP(w, r.WithContext(visit.With(r.Context(), visit.Visit{Role: visit.Admin, Token: "a-token"})))
	if page := w.Body.String(); strings.Contains(page, "Sign in") || strings.Contains(page, "Sign out") {
		t.Error("where there are no users, a page speaks of signing in")
	}
}
