package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"whosaid/internal/alert"
	"whosaid/internal/desk"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
	"whosaid/internal/state"
)

// book is the alerts of a test's server.
func book(t *testing.T, d *desk.Desk) *alert.Book {
	t.Helper()
	kept, err := state.Open(t.Context(), filepath.Join(t.TempDir(), "x.serve"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	return alert.NewBook(d, kept)
}

// as is h as a visitor meets it.
func as(h http.Handler, v visit.Visit) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(visit.With(r.Context(), v)))
	})
}

// post sends a form, and is where it leads to.
func post(t *testing.T, h http.Handler, address string, form url.Values, status int) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != status {
		t.Fatalf("POST %s %v: status %d, want %d:\n%s", address, form, w.Code, status, w.Body)
	}
	return w.Header().Get("Location")
}

// The form that a page has is all that is needed to keep its search.
func TestAlerts(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	d := desk.New(store)
	all := book(t, d)
	site := web.New(d, web.Options{Alerts: all})
	ida := as(site, visit.Visit{User: "ida", Role: visit.Reader, Token: "t0"})
	nora := as(site, visit.Visit{User: "nora", Role: visit.Reader, Token: "t1"})
	public := as(site, visit.Visit{})
	const search = "/search?q=report&kind=claim&since=2025&speaker=Dol&sort=date"
	page := get(t, ida, search, http.StatusOK)
	wants(t, page, "Save as alert", `name="token" value="t0"`, `value="report, said by Dol, claim, from 2025"`)
	if strings.Contains(page, "alert-mail") {
		t.Error("mail is offered where none can be sent")
	}
	for _, p := range []string{get(t, public, search, http.StatusOK), get(t, ida, "/search", http.StatusOK)} {
		if strings.Contains(p, "Save as alert") {
			t.Error("what cannot be kept is offered to be")
		}
	}
	wants(t, get(t, public, "/alerts", http.StatusOK), "Those who sign in")
	wants(t, get(t, ida, "/alerts", http.StatusOK), "No search is kept yet")

	form := url.Values{}
	fields := regexp.MustCompile(`(?s)action="/alerts".*?</form>`).FindString(page)
	for _, f := range regexp.MustCompile(`<input[^>]*name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(fields, -1) {
		form.Add(f[1], f[2])
	}
	form.Set("hook", "https://kelmere.example/hook")
	form.Set("every", "24h0m0s")
	post(t, public, "/alerts", form, http.StatusBadRequest)
	page = get(t, ida, post(t, ida, "/alerts", form, http.StatusSeeOther), http.StatusOK)
	wants(t, page, "It is kept", "report, said by Dol, claim, from 2025", "/feeds/1/atom.xml?key=", "/feeds/1/feed.json?key=", "also sent to https://kelmere.example/hook, once a day", "whsec_", `href="/search?kind=claim&amp;q=report&amp;since=2025&amp;speaker=Dol"`)
	if list, err := all.List(t.Context(), "ida", false); err != nil || len(list) != 1 || list[0].Query.Speaker != "Dol" || list[0].Every.Hours() != 24 {
		t.Errorf("kept is %+v, %v", list, err)
	}
	for name, bad := range map[string]string{"name": " ", "hook": "ftp://kelmere.example", "every": "soon", "kind": "oath"} {
		wrong := url.Values{"q": {"pier"}, "name": {"pier"}}
		wrong.Set(name, bad)
		post(t, ida, "/alerts", wrong, http.StatusBadRequest)
	}

	// Nobody sees or removes another's but an administrator.
	wants(t, get(t, nora, "/alerts", http.StatusOK), "No search is kept yet")
	post(t, nora, "/alerts/1/remove", nil, http.StatusNotFound)
	post(t, public, "/alerts/1/remove", nil, http.StatusBadRequest)
	post(t, ida, "/alerts/x/remove", nil, http.StatusNotFound)
	admin := as(site, visit.Visit{User: "ed", Role: visit.Admin, Token: "t2"})
	wants(t, get(t, admin, "/alerts", http.StatusOK), "of ida")
	post(t, admin, "/alerts/1/remove", nil, http.StatusSeeOther)
	wants(t, get(t, ida, "/alerts", http.StatusOK), "No search is kept yet")
	wants(t, get(t, as(web.New(d, web.Options{}), visit.Visit{Role: visit.Admin}), "/alerts", http.StatusOK), "keeps no alerts")
}
