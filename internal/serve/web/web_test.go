package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/serve/web"
)

// open is an archive of a test's own.
func open(t *testing.T) archive.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "archive.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// keep puts documents into an archive.
func keep(t *testing.T, store archive.Store, docs ...*news.Document) {
	t.Helper()
	for _, doc := range docs {
		ready, err := archive.Prepare(archive.Entry{Doc: doc, Reader: "test", Kept: time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC), Page: &archive.Page{Body: []byte("<p>" + doc.Text), Type: "text/html"}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Keep(context.Background(), ready); err != nil {
			t.Fatal(err)
		}
	}
}

// pier is an article with a statement within a statement, one that is unsure,
// a label and a passage that nobody is known to have said.
func pier() *news.Document {
	const text = "Pier stays shut\n\n“Not one hour before that,” Ida Brandt, the embattled mayor, told reporters. Dol said that Brandt had promised a report & more.\n\n“A shame.”"
	doc := &news.Document{Article: news.Article{
		ID: "a1b2", File: "pier.html", URL: "https://courier.example/pier", Outlet: "Kelmere Courier", Title: "Pier stays shut", Published: "2025-03-12", Language: "en", Text: text,
		Authors: []string{"Nora Vance"}, Repairs: []news.Repair{{Span: find(text, "“Not"), Was: "â€œNot"}},
	}}
	at := func(words string) news.Span { return find(text, words) }
	doc.Blocks = []news.Block{{Span: at("Pier stays shut"), Kind: news.Headline}, {Span: news.Span{Start: at("“Not").Start, End: at("more.").End}, Kind: news.Paragraph}, {Span: at("“A shame.”"), Kind: news.Paragraph}}
	doc.Actors = []news.Actor{
		{ID: "a1", Name: "Ida Brandt", Named: true, Type: "person", Mentions: []news.Mention{{Span: at("Ida Brandt"), Form: "name"}}, Descriptions: []news.Description{{Span: at("embattled"), Kind: "label", By: "outlet"}, {Span: at("mayor"), Kind: "role", By: "outlet"}}},
		{ID: "a2", Name: "Samir Dol", Named: true, Type: "person", Mentions: []news.Mention{{Span: at("Dol"), Form: "short"}}},
	}
	addressee := at("reporters")
	doc.Statements = []news.Statement{
		{ID: "s1", By: news.ByModel, Form: news.Direct, Kind: "promise", CueStance: "neutral", Source: []news.Span{at("Ida Brandt")}, Cue: []news.Span{at("told")}, Content: []news.Span{at("“Not one hour before that,”")}, Speakers: []news.Speaker{{Actor: "a1", Name: "Ida Brandt", By: "name", Confidence: .97}}, Addressee: &addressee, Confidence: .95},
		{ID: "s2", By: news.ByModel, Form: news.Indirect, Kind: "claim", CueStance: "neutral", Source: []news.Span{at("Dol")}, Cue: []news.Span{at("said")}, Content: []news.Span{at("that Brandt had promised a report & more")}, Speakers: []news.Speaker{{Actor: "a2", Name: "Samir Dol", By: "name", Confidence: .9}}, Confidence: .8},
		{ID: "s3", By: news.ByModel, Form: news.Indirect, Kind: "promise", CueStance: "neutral", Source: []news.Span{at("Brandt had")}, Cue: []news.Span{at("promised")}, Content: []news.Span{at("a report & more")}, Speakers: []news.Speaker{{Actor: "a1", Name: "Ida Brandt", By: "name", Confidence: .9}}, Parent: "s2", Confidence: .4},
		{ID: "s4", By: news.ByMarks, Form: news.Direct, Content: []news.Span{at("“A shame.”")}},
	}
	return doc
}

func find(text, words string) news.Span {
	i := strings.Index(text, words)
	return news.Span{Start: i, End: i + len(words)}
}

// get is the page at an address.
func get(t *testing.T, h http.Handler, address string, status int) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if w.Code != status {
		t.Fatalf("GET %s: status %d, want %d:\n%s", address, w.Code, status, w.Body)
	}
	return w.Body.String()
}

// wants checks that a page has every one of these.
func wants(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q:\n%s", w, page)
		}
	}
}

func TestArticle(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	pages := web.New(desk.New(store), web.Options{})
	page := get(t, pages, "/article/a1b2", http.StatusOK)
	wants(t, page,
		`<a id="s1" class="said c1" href="#list-s1" data-s="s1">“Not one hour before that,”</a> <span class="source w-c1" data-s="s1">Ida Brandt</span>, the <span class="label" title="a label for Ida Brandt">embattled</span>`,
		`Dol</span> <span class="cue" data-s="s2">said</span> <a id="s2"`, // no space but the outlet's
		`class="said c1 inner unsure" href="#list-s3" data-s="s2 s3" title="Perhaps no statement at all: 40 of 100 like it are right.">a report &amp; more</a>`,
		"3 statements by 2 sources", "In quotation marks, speaker not told", "“embattled” · mayor",
		"as told by", "to reporters", "Version 1", "â€œNot", "Kelmere Courier", `href="https://courier.example/pier"`,
	)
	wants(t, get(t, pages, "/article/a1b2?hide=labels&show=rest", http.StatusOK), `class="text no-labels"`)
	get(t, pages, "/article/a1b2?version=2", http.StatusNotFound)
	get(t, pages, "/article/a1b2?version=x", http.StatusBadRequest)
	get(t, pages, "/article/nobody", http.StatusNotFound)
}

func TestCite(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	pages := web.New(desk.New(store), web.Options{})
	wants(t, get(t, pages, "/article/a1b2/cite/s2", http.StatusOK),
		"Samir Dol said: that Brandt had promised a report &amp; more [in the outlet’s words] — Kelmere Courier, Pier stays shut, 12 March 2025",
		"https://courier.example/pier#:~:text=that%20Brandt%20had%20promised%20a%20report%20%26%20more",
	)
	get(t, pages, "/article/a1b2/cite/s9", http.StatusNotFound)
}

// mended is the edition after that of pier: the mayor says another thing, and
// the last paragraph is gone.
func mended() *news.Document {
	doc := pier()
	cut := find(doc.Text, "\n\n“A shame.”").Start
	text := strings.Replace(doc.Text[:cut], "Not one hour", "Not one week", 1)
	doc.Text, doc.Title = text, "Pier stays closed"
	doc.Blocks, doc.Statements = doc.Blocks[:2], doc.Statements[:3]
	return doc
}

func TestChanges(t *testing.T) {
	store := open(t)
	keep(t, store, pier())
	pages := web.New(desk.New(store), web.Options{})
	get(t, pages, "/article/a1b2/changes", http.StatusNotFound)
	keep(t, store, mended())
	wants(t, get(t, pages, "/article/a1b2", http.StatusOK), `href="/article/a1b2/changes?to=2">what changed in the text`)
	page := get(t, pages, "/article/a1b2/changes?to=2", http.StatusOK)
	wants(t, strings.Join(strings.Fields(page), " "), "“Not one <del>hour</del> <ins>week</ins> before that,”", "Pier stays <del>shut</del> <ins>closed</ins>")
	wants(t, page, "report &amp; more.</p>", "<del>“A shame.”</del>", "from version 1", `href="/article/a1b2?version=2"`)
	_, body, _ := strings.Cut(page, "<main")
	if !strings.HasSuffix(get(t, pages, "/article/a1b2/changes", http.StatusOK), body) {
		t.Error("without a version the changes up to the current one are not shown")
	}
	get(t, pages, "/article/a1b2/changes?to=1", http.StatusNotFound)
	get(t, pages, "/article/a1b2/changes?to=3", http.StatusNotFound)
	get(t, pages, "/article/a1b2/changes?to=x", http.StatusBadRequest)
}

// shorter is another outlet's report of what the mayor says in pier.
func shorter() *news.Document {
	const text = "“Not one hour before,” said Ida Brandt, 61, on Wednesday."
	doc := &news.Document{Article: news.Article{
		ID: "c3d4", File: "short.html", Outlet: "Coast Daily", Title: "Mayor stands firm", Published: "2025-03-13T07:30:00Z", Language: "en", Text: text,
		Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}},
	}}
	at := func(words string) news.Span { return find(text, words) }
	doc.Actors = []news.Actor{{ID: "a1", Name: "Ida Brandt", Named: true, Type: "person", Mentions: []news.Mention{{Span: at("Ida Brandt"), Form: "name"}}}}
	doc.Statements = []news.Statement{{ID: "s1", By: news.ByModel, Form: news.Direct, Kind: "promise", Source: []news.Span{at("Ida Brandt")}, Cue: []news.Span{at("said")}, Content: []news.Span{at("“Not one hour before,”")}, Speakers: []news.Speaker{{Actor: "a1", Name: "Ida Brandt", By: "name", Confidence: .97}}, Confidence: .95}}
	return doc
}

// join makes one utterance of a statement and the first of another version.
func join(t *testing.T, store archive.Store, version, statement, with int64) {
	t.Helper()
	if err := store.Link(t.Context(), archive.Linking{Version: version, Text: version, Members: []archive.Member{{Statement: statement, Utterance: with}, {Statement: with, Utterance: with}}}); err != nil {
		t.Fatal(err)
	}
}

func TestUtterance(t *testing.T) {
	store := open(t)
	keep(t, store, pier(), shorter())
	join(t, store, 2, 5, 1)
	pages := web.New(desk.New(store), web.Options{})
	wants(t, get(t, pages, "/article/a1b2", http.StatusOK), `href="/utterance/1"`, "also printed elsewhere")
	wants(t, get(t, pages, "/search?q=hour", http.StatusOK), `href="/utterance/1"`, `href="/utterance/5"`)
	page := strings.Join(strings.Fields(get(t, pages, "/utterance/5", http.StatusOK)), " ")
	wants(t, page,
		"2 printings", "Kelmere Courier", "Coast Daily", "13 March 2025, 07:30", "“embattled” · mayor", "<i>told</i>", "<i>said</i>", "the fullest",
		"“Not one hour before that,”", "Not one hour before <del>that</del>", "Left out: that", "printed it first", "the same quotation as in Kelmere Courier", `href="/article/c3d4#s1"`,
	)
	get(t, pages, "/utterance/99", http.StatusNotFound)
	get(t, pages, "/utterance/x", http.StatusBadRequest)
}

func TestSearch(t *testing.T) {
	store := open(t)
	pages := web.New(desk.New(store), web.Options{})
	wants(t, get(t, pages, "/", http.StatusOK), "The archive is empty", "whosaid add")
	keep(t, store, pier())
	wants(t, get(t, pages, "/search?q=hour", http.StatusOK), "<mark>hour</mark>", "Ida Brandt", "told", "to reporters", `href="/article/a1b2#s1"`)
	wants(t, get(t, pages, "/search?q=report&kind=claim&sort=date", http.StatusOK), `href="/api/v1/export?format=csv&amp;kind=claim&amp;q=report&amp;sort=date" download`)
	wants(t, get(t, pages, "/search?q=zebra", http.StatusOK), "Nothing was found")
	wants(t, get(t, pages, "/search?q=report&kind=claim&since=2025", http.StatusOK), "Samir Dol", "from 2025")
	for _, bad := range []string{"q=AND", "kind=oath", "form=sung", "page=0", "page=x", "since=May", "person=me", "sort=size"} {
		wants(t, get(t, pages, "/search?"+bad, http.StatusBadRequest), "This cannot be asked")
	}
}

func TestStatic(t *testing.T) {
	pages := web.New(desk.New(open(t)), web.Options{})
	wants(t, get(t, pages, "/static/whosaid.css", http.StatusOK), "color-scheme: light dark")
	get(t, pages, "/static/nothing.css", http.StatusNotFound)
	get(t, pages, "/nothing", http.StatusNotFound)
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
