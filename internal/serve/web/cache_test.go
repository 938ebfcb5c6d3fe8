package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

// A page is what the archive is now, whoever wrote to it, and nothing of one
// visitor's page is in another's.
func TestPagesFollowTheArchive(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	pages := web.New(desk.New(store), web.Options{})
	for range 2 {
		wants(t, get(t, pages, "/search?q=promised", http.StatusOK), "Samir Dol")
		lacks(t, get(t, pages, "/search?q=promised", http.StatusOK), "Ferry stays")
	}
	ferry := pier()
	ferry.ID, ferry.URL, ferry.Title = "c3d4", "https://courier.example/ferry", "Ferry stays"
	keep(t, store, ferry)
	wants(t, get(t, pages, "/search?q=promised", http.StatusOK), "Ferry stays")

	stats, err := store.Stats(t.Context())
	if err != nil || stats.Articles != 2 {
		t.Fatalf("%+v, %v", stats, err)
	}
	if other := as(pages, visit.Visit{User: "ida", Role: visit.Reader, Token: "idas-token"}); !strings.Contains(get(t, other, "/search?q=promised", http.StatusOK), "idas-token") {
		t.Error("a page that was made for another has no token of its visitor")
	}
	lacks(t, get(t, pages, "/search?q=promised", http.StatusOK), "idas-token")
}

// What another process writes is seen as well.
func TestPagesFollowOtherWriters(t *testing.T) {
	path := t.TempDir() + "/archive.db"
	first, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	pages := web.New(desk.New(first), web.Options{})
	for n := range 3 {
		if got := strings.Count(get(t, pages, "/search?q=promised", http.StatusOK), "that Brandt had"); got != n {
			t.Errorf("%d articles have it, and the page shows %d", n, got)
		}
		doc := pier()
		doc.ID, doc.URL = fmt.Sprint("other", n), fmt.Sprintf("https://courier.example/%d", n)
		keep(t, second, []*news.Document{doc}...)
	}
}

// A browser that has a page already is told so, until it is another.
func TestNotModified(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	pages := web.New(desk.New(store), web.Options{})
	ask := func(tag string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/search?q=promised", nil)
		r.Header.Set("If-None-Match", tag)
		pages.ServeHTTP(w, r)
		return w
	}
	first := ask("")
	tag := first.Header().Get("ETag")
	if first.Code != http.StatusOK || tag == "" {
		t.Fatalf("the first answer is %d with tag %q", first.Code, tag)
	}
	for _, has := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag} {
		if w := ask(has); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("to who has %s the answer is %d and %d bytes", has, w.Code, w.Body.Len())
		}
	}
	ferry := pier()
	ferry.ID, ferry.URL = "c3d4", "https://courier.example/ferry"
	keep(t, store, ferry)
	if w := ask(tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("after a change the answer is %d with tag %q", w.Code, w.Header().Get("ETag"))
	}
}

func lacks(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(page, w) {
			t.Errorf("the page has %q", w)
		}
	}
}
