package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestWatchAndReread watches a feed of two pages, sees one of them change, and
// reads what was kept again.
func TestWatchAndReread(t *testing.T) {
	story := func(title, quote string) string {
		return "<html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>" +
			strings.Repeat("<p>The harbour union of Velm met on Monday evening to talk about the offer that the port authority had made a week before.</p>", 4) +
			"<p>“" + quote + "” the mayor said after the meeting, and went home.</p></article></body></html>"
	}
	var mu sync.Mutex
	var asked []string
	pages := map[string]string{
		"/1": story("Harbour union stays out", "We will stay out until May,"),
		"/2": story("Ferry leaves Velm", "It has left,"),
	}
	stamp := "Tue, 01 Mar 2022 10:15:00 GMT"
	var srv *httptest.Server
	srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, r.URL.Path)
		switch page, ok := pages[r.URL.Path]; {
		case r.URL.Path == "/feed":
			_, _ = io.WriteString(w, "<rss version='2.0'><channel><title>The Velm Courier</title><item><link>"+srv.URL+"/1</link><pubDate>"+stamp+"</pubDate></item><item><link>"+srv.URL+"/2</link><pubDate>Tue, 01 Mar 2022 11:00:00 GMT</pubDate></item></channel></rss>")
		case ok:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, page)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()

	store := filepath.Join(t.TempDir(), "archive.db")
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("whosaid", append(args, "--archive", store)...).CombinedOutput()
		if err != nil {
			t.Fatalf("whosaid %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return strings.ReplaceAll(string(out), srv.URL, "")
	}
	watch := []string{"watch", "--once", "--allow-private", "--gap", "1ms", srv.URL + "/feed"}
	out := run(watch...)
	if strings.Count(out, "new      ") != 2 || !strings.Contains(out, "/1: Harbour union stays out\n") || !strings.Contains(out, "/2: Ferry leaves Velm\n") {
		t.Fatalf("the first poll says\n%s", out)
	}
	if out = run(watch...); out != "Nothing was kept.\n" {
		t.Errorf("the second poll says\n%s", out)
	}
	mu.Lock()
	pages["/1"] = story("Harbour union stays out", "We will stay out until June,")
	stamp = "Tue, 01 Mar 2022 12:00:00 GMT"
	asked = nil
	mu.Unlock()
	out = run(watch...)
	if !strings.Contains(out, "updated  ") || !strings.Contains(out, "- “We will stay out until May,” the mayor said") || !strings.Contains(out, "+ “We will stay out until June,” the mayor said") || strings.Contains(out, "/2") {
		t.Errorf("the third poll says\n%s", out)
	}
	if slices.Contains(asked, "/2") {
		t.Error("a page that has not changed was fetched again")
	}
	asked = nil
	if out = run("reread"); out != "Nothing was kept.\n" {
		t.Errorf("reread with the same models says\n%s", out)
	}
	out = run("reread", "--precision", "float32")
	if !strings.Contains(out, "articles: 2 read anew.") {
		t.Errorf("reread with other models says\n%s", out)
	}
	if len(asked) > 0 {
		t.Errorf("reread fetched %q", asked)
	}
	if out = run("watch", "--list"); !strings.HasPrefix(out, "/feed\n   2 pages done with · polled next after ") {
		t.Errorf("the list of feeds is\n%s", out)
	}
	if out = run("search", "June"); !strings.Contains(out, "June") {
		t.Errorf("search says\n%s", out)
	}

	// Of an outlet that was forgotten no page is fetched.
	if out = run("forget", "--outlet", "127.0.0.1"); !strings.HasPrefix(out, "Forgotten: 2 articles") {
		t.Fatalf("forget says\n%s", out)
	}
	mu.Lock()
	stamp = "Tue, 01 Mar 2022 13:00:00 GMT"
	asked = nil
	mu.Unlock()
	if out = run(watch...); out != "Nothing was kept.\n" || slices.Contains(asked, "/1") || !slices.Contains(asked, "/feed") {
		t.Errorf("of a forgotten outlet %q is fetched, and watch says\n%s", asked, out)
	}

	if out = run("watch", "--drop", srv.URL+"/feed"); out != "No longer watched: 1 feed.\n" {
		t.Errorf("dropping the feed says\n%s", out)
	}
	if out = run("watch", "--list"); !strings.Contains(out, "no feed is watched yet") {
		t.Errorf("without it the list is\n%s", out)
	}
}
