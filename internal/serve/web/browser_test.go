package web_test

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"whosaid/internal/alert"
	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/serve/sample"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

//go:embed testdata/axe.min.js
var axe string

// policy is as strict as the one that the server's door sets.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// browser starts Chromium for a test, or skips it where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("there is no Chromium here")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 8*time.Minute) // of a machine that is busy with other things
	t.Cleanup(stop)
	return ctx
}

// serve serves the sample as the server's door would.
func serve(t *testing.T) (string, *desk.Desk) {
	t.Helper()
	d := desk.New(open(t))
	if err := sample.Fill(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(behindDoor(web.New(d, web.Options{Sample: true, Alerts: book(t, d), Mail: true})))
	t.Cleanup(s.Close)
	return s.URL, d
}

// behindDoor is h with what the door gives and demands.
func behindDoor(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		h.ServeHTTP(w, r.WithContext(visit.With(r.Context(), visit.Visit{Role: visit.Admin, Token: "a-token"})))
	})
}

// sampleArticle is the address of the page of an article of the sample.
func sampleArticle(t *testing.T, d *desk.Desk, title string) string {
	t.Helper()
	heads, err := d.Store().Find(t.Context(), "#1")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; len(heads) > 0; n++ {
		if strings.HasPrefix(heads[0].Info.Title, title) {
			return "/article/" + heads[0].Info.ID
		}
		if heads, err = d.Store().Find(t.Context(), fmt.Sprintf("#%d", n+1)); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("the sample has no article %q", title)
	return ""
}

// sampleUtterance is the address of the page of an utterance of the sample that
// several print.
func sampleUtterance(t *testing.T, d *desk.Desk) string {
	t.Helper()
	for v, err := range d.Store().Versions(t.Context(), archive.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		shared, err := d.Elsewhere(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		for id := range shared {
			return fmt.Sprintf("/utterance/%d", id)
		}
	}
	t.Fatal("the sample has no statement that several print")
	return ""
}

// A complaint is what axe-core finds wrong with a page.
type complaint struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

// listen collects what the pages write to the console.
func listen(ctx context.Context, t *testing.T) func() []string {
	t.Helper()
	var lock sync.Mutex
	var list []string
	if err := chromedp.Do(ctx); err != nil { // starts it
		t.Fatal(err)
	}
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			lock.Lock()
			list = append(list, fmt.Sprintf("%s: %s (%s)", m.Type, m.Text, m.URL))
			lock.Unlock()
		}
	}()
	return func() []string {
		lock.Lock()
		defer lock.Unlock()
		out := list
		list = nil
		return out
	}
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func value[T any](ctx context.Context, t *testing.T, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// shots is where pictures of the pages go; it is not kept.
const shots = "../../../.cache/screenshots"

// Every page, at two widths and in both themes: nothing that axe-core objects
// to, nothing on the console, nothing wider than the window, and a picture.
func TestPagesInABrowser(t *testing.T) {
	ctx := browser(t)
	base, d := serve(t)
	console := listen(ctx, t)
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	do(ctx, t, chromedp.Navigate(base+"/search"))
	value[any](ctx, t, `fetch("/alerts", {method: "POST", body: new URLSearchParams({q: "pier AND letters", name: "The letters", hook: "https://desk.example/hook"})}).then(r => r.status)`)
	pages := pagesOf(t, d)
	statements, err := d.Doubts(t.Context(), desk.DoubtStatement, "", 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range statements[:2] { // so that something is decided
		if _, err := d.Confirm(t.Context(), x, desk.Verdict{Who: "ed", Why: "I was there"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Undo(t.Context(), 0, "ed"); err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		for _, look := range []struct {
			name          string
			width, height int64
			theme         string
			rules         string // of axe-core; a theme changes colours alone
		}{
			{"wide-light", 1280, 900, "light", "resultTypes: ['violations']"},
			{"phone-dark", 390, 844, "dark", "resultTypes: ['violations']"},
			{"wide-dark", 1280, 900, "dark", "runOnly: ['color-contrast']"},
			{"phone-light", 390, 844, "light", "runOnly: ['color-contrast']"},
		} {
			t.Run(p.name+"-"+look.name, func(t *testing.T) {
				if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}); err != nil {
					t.Fatal(err)
				}
				do(ctx, t, chromedp.EmulateViewport(look.width, look.height), chromedp.Navigate(base+p.path))
				if wide := value[int](ctx, t, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
					t.Errorf("the page is %d pixels wider than the window", wide)
				}
				for _, line := range console() {
					if !p.fails || !strings.Contains(line, "Failed to load resource") {
						t.Errorf("on the console: %s", line)
					}
				}
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(shots, p.name+"-"+look.name+".png"), picture, 0o644); err != nil {
					t.Fatal(err)
				}
				value[any](ctx, t, axe+";undefined")
				found := value[[]complaint](ctx, t, "axe.run(document, {"+look.rules+"}).then(r => r.violations)")
				for _, c := range found {
					t.Errorf("%s: %s", c.ID, c.Help)
					for _, n := range c.Nodes[:min(3, len(c.Nodes))] {
						t.Logf("  %s\n  %s", n.HTML, n.FailureSummary)
					}
				}
			})
		}
	}
}

// A visited is a page that is opened.
type visited struct {
	name, path string
	fails      bool // it is a page that says what is wrong
}

// pagesOf are all pages, of an archive with the sample.
func pagesOf(t *testing.T, d *desk.Desk) []visited {
	t.Helper()
	wire := sampleArticle(t, d, "Kelmere pier closed")
	keep(t, d.Store(), pier(), mended())
	doubtful(t, d)
	loosen(t, d)
	return []visited{
		{"search", "/search", false},
		{"found", "/search?q=letters", false},
		{"narrowed", "/search?q=pier&speaker=Ida+Brandt&kind=claim&since=2025-03", false},
		{"nothing", "/search?q=zebra", false},
		{"article", sampleArticle(t, d, "Whistleblower"), false},
		{"article-bare", wire + "?hide=colours&hide=labels&hide=cues&show=rest", false},
		{"cite", wire + "/cite/s2", false},
		{"changes", "/article/a1b2/changes?to=2", false},
		{"utterance", sampleUtterance(t, d), false},
		{"people", "/people", false},
		{"person", "/person/Samir%20Dol?subject=letters", false},
		{"person-ties", "/person/Dana%20Whitlock", false},
		{"person-unknown", "/person/99", true},
		{"compare", "/compare?q=pier&of=Ida+Brandt", false},
		{"review", "/review", false},
		{"review-statement", "/review?queue=statements", false},
		{"review-labels", "/review?queue=labels", false},
		{"review-links", "/review?queue=links", false},
		{"review-people", "/review?queue=people", false},
		{"review-pairs", "/review?queue=pairs", false},
		{"review-decided", "/review?queue=decided", false},
		{"alerts", "/alerts", false},
		{"inputs", "/inputs", false},
		{"missing", "/article/none", true},
		{"unasked", "/search?q=AND", true},
	}
}

// On paper there is what is read, black on white, and nothing to press.
func TestPrinted(t *testing.T) {
	ctx := browser(t)
	base, d := serve(t)
	media := emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/search", sampleArticle(t, d, "Whistleblower"), "/compare?q=pier"} {
		do(ctx, t, chromedp.Navigate(base+path))
		if shown := value[[]string](ctx, t, `[...document.querySelectorAll("header.top, footer.bottom, .facets, form[method=post], .ask, .find, button, .switches, .quiet")].filter(x => x.checkVisibility()).map(x => x.outerHTML.slice(0, 60))`); len(shown) > 0 {
			t.Errorf("%s: on paper there is %q", path, shown)
		}
		if colours := value[[]string](ctx, t, `["backgroundColor", "color"].map(x => getComputedStyle(document.body)[x])`); colours[0] != "rgb(255, 255, 255)" || colours[1] != "rgb(28, 28, 30)" {
			t.Errorf("%s is printed in %q", path, colours)
		}
		if words := value[string](ctx, t, `document.querySelector("main").innerText`); len(words) < 300 {
			t.Errorf("%s: on paper there is but %q", path, words)
		}
	}
}

// Main tasks, by mouse.
func TestTasksByMouse(t *testing.T) {
	ctx := browser(t)
	base, d := serve(t)
	console := listen(ctx, t)
	do(ctx, t, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+"/"))

	// Search, and narrow to a speaker; the page is not loaded anew.
	value[any](ctx, t, "window.same = true")
	do(ctx, t, chromedp.SendKeys("#q", "letters"), chromedp.Click(".ask button"), chromedp.WaitVisible(".hits mark"))
	do(ctx, t, chromedp.Click("#speaker-0"), chromedp.WaitVisible(".chip"))
	if !value[bool](ctx, t, "window.same === true") {
		t.Error("narrowing loaded the whole page anew")
	}
	if at := value[string](ctx, t, "location.search"); !strings.Contains(at, "q=letters") || !strings.Contains(at, "speaker=Ida+Brandt") {
		t.Errorf("the address is %s, which cannot be shared", at)
	}
	if names := value[[]string](ctx, t, "[...document.querySelectorAll('.hits .who b')].map(x => x.innerText)"); len(names) == 0 {
		t.Error("nothing is left")
	}
	// Drag over the histogram.
	box := value[[]float64](ctx, t, "(() => { const b = document.querySelector('.histogram').getBoundingClientRect(); return [b.x, b.y, b.width, b.height] })()")
	do(ctx, t, chromedp.DragAndDropXY(box[0]+2, box[1]+box[3]/2, box[0]+box[2]/2, box[1]+box[3]/2), chromedp.WaitVisible("#all-days"))
	if at := value[string](ctx, t, "location.search"); !strings.Contains(at, "since=2025-03-") || !strings.Contains(at, "to=2025-03-") {
		t.Errorf("after dragging the address is %s", at)
	}
	// Open the article where a hit stands.
	do(ctx, t, chromedp.Click(".hits li:first-child .words a"), chromedp.WaitVisible(".article .text"))
	if !value[bool](ctx, t, "document.querySelector('.text :target') !== null") {
		t.Error("the statement is not the one that the address names")
	}
	// Point at a statement: its source, cue and words light up, in the list too.
	do(ctx, t, chromedp.Navigate(base+sampleArticle(t, d, "Kelmere pier closed")), chromedp.ScrollIntoView("#s2"))
	at := value[[]float64](ctx, t, "(() => { const b = document.querySelector('#s2').getBoundingClientRect(); return [b.x + 9, b.y + 9] })()")
	do(ctx, t, chromedp.MouseEvent("mouseMoved", at[0], at[1]), chromedp.WaitVisible(".text .source.lit"), chromedp.WaitVisible(".text .cue.lit"), chromedp.WaitVisible(".list li.lit"))
	// Switch the colours off.
	do(ctx, t, chromedp.Click(".switches a:first-of-type"), chromedp.WaitVisible(".text.no-colours"))
	// Keep a search as an alert, and take it away again.
	do(ctx, t, chromedp.Navigate(base+"/search?q=letters"), chromedp.Click(".keep > summary"), chromedp.WaitVisible("#alert-name"))
	do(ctx, t, chromedp.Click(".keep details summary"), chromedp.SendKeys("#alert-mail", "ida@kelmere.example"), chromedp.Click(".keep form > button"), chromedp.WaitVisible(".cards .fresh"))
	if is := value[[]string](ctx, t, "[document.querySelector('.fresh h2').innerText, document.querySelector('.fresh').innerText]"); is[0] != "letters" || !strings.Contains(is[1], "ida@kelmere.example") {
		t.Errorf("the alert is %q", is)
	}
	do(ctx, t, chromedp.Click(".fresh button"), chromedp.WaitVisible(".alerts .empty"))
	// Copy a citation.
	do(ctx, t, chromedp.Navigate(base+sampleArticle(t, d, "Kelmere pier closed")), chromedp.Click(".list li:first-child .quiet"), chromedp.WaitVisible("#citation"), chromedp.Click("[data-copy]"))
	for _, line := range console() {
		t.Errorf("on the console: %s", line)
	}
}

// The same by keyboard alone.
func TestTasksByKeyboard(t *testing.T) {
	ctx := browser(t)
	base, d := serve(t)
	do(ctx, t, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+"/"))
	press := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			do(ctx, t, chromedp.KeyEvent(k))
		}
	}
	// until presses Tab until what has the focus fits a selector.
	until := func(selector string) {
		t.Helper()
		for range 120 {
			press(kb.Tab)
			if value[bool](ctx, t, fmt.Sprintf("document.activeElement?.matches(%q) ?? false", selector)) {
				return
			}
		}
		t.Fatalf("Tab does not come to %s", selector)
	}
	press(kb.Tab)
	if !value[bool](ctx, t, "document.activeElement.matches('.skip')") {
		t.Error("the first stop does not skip to the content")
	}
	until("#q")
	press("l", "e", "t", "t", "e", "r", "s", kb.Enter)
	do(ctx, t, chromedp.WaitVisible(".hits mark"))
	until("#speaker-0")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible(".chip"))
	do(ctx, t, chromedp.Navigate(base+"/search?q=letters"))
	until(".histogram a")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible("#all-days"))
	until(".hits .words a")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible(".article .text"))
	do(ctx, t, chromedp.Navigate(base+sampleArticle(t, d, "Kelmere pier closed")))
	until(".text a")
	do(ctx, t, chromedp.WaitVisible(".list li.lit"))
	until(".list .quiet")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible("#citation"))
	until("[data-copy]")
	press(kb.Enter)
	do(ctx, t, chromedp.Navigate(base+"/search?q=letters"))
	until(".keep > summary")
	press(kb.Enter)
	until("#alert-name")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible(".cards .fresh"))
	until(".fresh button")
	press(kb.Enter)
	do(ctx, t, chromedp.WaitVisible(".alerts .empty"))
}

// evil is what a page might try to be shown as anything but text.
func evil(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			out = append(out, line)
		}
	}
	if len(out) < 100 {
		t.Fatalf("%d hostile strings are too few", len(out))
	}
	return out
}

// hostile is an article each field of which is s, but the day, by which it is
// told from others whose words are the same.
func hostile(n int, s string) *news.Document {
	doc := &news.Document{}
	text := "Before " + s + " after"
	at := news.Span{Start: len("Before "), End: len("Before ") + len(s)}
	doc.Article = news.Article{
		ID: fmt.Sprintf("evil%d", n), File: s, URL: s, Outlet: s, Title: s, Deck: s, Authors: []string{s}, Published: time.Date(2025, 1, 2+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Modified: s, Language: s, Text: text,
		Blocks:  []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}},
		Repairs: []news.Repair{{Span: at, Was: s}}, Chain: []news.Teller{{Name: s}}, Problems: []news.Problem{{Code: news.ProblemNoDate, Message: s}},
	}
	doc.Actors = []news.Actor{{ID: "a1", Name: s, Named: true, Type: s, Mentions: []news.Mention{{Span: at, Form: "name"}}, Descriptions: []news.Description{{Span: at, Kind: "label", By: "outlet"}, {Span: at, Kind: "role", By: "outlet"}}}}
	when := news.Date{Span: at, Value: s, Kind: "point"}
	doc.Statements = []news.Statement{{ID: s, By: news.ByModel, Form: news.Form(s), Kind: s, CueStance: s, Conditional: true, Source: []news.Span{at}, Cue: []news.Span{at}, Content: []news.Span{at}, Speakers: []news.Speaker{{Actor: "a1", Name: s, By: s, Confidence: .2}}, Addressee: &at, Venue: &at, When: &when, Confidence: .4}}
	return doc
}

// edited is another edition of a hostile article, with nothing said in it.
func edited(doc *news.Document) *news.Document {
	doc.Title, doc.Statements = "Edited", nil
	doc.Text = strings.Replace(doc.Text, " after", " hereafter", 1)
	doc.Blocks = []news.Block{{Span: news.Span{End: len(doc.Text)}, Kind: news.Paragraph}}
	return doc
}

// hostilePeople makes a person of the actor of each hostile article, of whom
// everything that is known is hostile; and decisions, feeds and alerts likewise.
func hostilePeople(t *testing.T, d *desk.Desk, alerts *alert.Book, list []string) {
	t.Helper()
	ctx, store := t.Context(), d.Store()
	ids := map[string]int64{}
	for i, x := range list {
		id := int64(i + 1)
		ids[fmt.Sprintf("evil%d", i)] = id
		data := fmt.Sprintf(`{"statements":1,"wikidata":%[1]s,"offices":[{"title":%[1]s,"from":%[1]s,"to":%[1]s}],"who":{"names":{%[1]s:2},"articles":2,"sure":1,"least":0.5}}`, jsonOf(t, x))
		if err := store.PutPeople(ctx, archive.Person{ID: id, Name: x, Type: "person", Names: []string{x, x + " too"}, Data: []byte(data)}); err != nil {
			t.Fatal(err)
		}
		if err := store.PutFeed(ctx, archive.Feed{URL: x, State: []byte(`{"Failures": 1}`)}); err != nil {
			t.Fatal(err)
		}
		// A name that is none is refused, which is as well.
		_, err := alerts.Add(ctx, alert.Alert{Name: x, Query: alert.Query{Outlets: []string{x}, People: []int64{id}}})
		var bad *alert.BadError
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
	}
	for v, err := range store.Versions(ctx, archive.Selection{Past: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Assign(ctx, archive.Assignment{Version: v.ID, People: []int64{ids[v.Info.ID]}}); err != nil {
			t.Fatal(err)
		}
	}
	for about, want := range map[string]int{desk.DoubtSpeaker: len(list), desk.DoubtStatement: len(list), desk.DoubtPerson: len(list) - 10, desk.DoubtLabel: len(list)} {
		unsure, err := d.Doubts(ctx, about, "", 1000)
		if err != nil || len(unsure) < want {
			t.Fatalf("%d %ss are unsure, want %d: %v", len(unsure), about, want, err)
		}
		for i, x := range unsure {
			if about != desk.DoubtStatement || i == 0 {
				continue
			}
			if _, err := d.Confirm(ctx, x, desk.Verdict{Who: list[i], Why: list[i]}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Text from outside stays text, in every field of every page.
func TestHostileText(t *testing.T) {
	ctx := browser(t)
	list := evil(t)
	store := open(t)
	for i, s := range list {
		keep(t, store, edited(hostile(i, s)), hostile(i, s))
		join(t, store, int64(2*i+2), int64(i+1), 1)
	}
	d := desk.New(store)
	alerts := book(t, d)
	hostilePeople(t, d, alerts, list)
	loosen(t, d)
	s := httptest.NewServer(behindDoor(web.New(d, web.Options{Alerts: alerts})))
	t.Cleanup(s.Close)
	console := listen(ctx, t)
	do(ctx, t, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(s.URL+"/search?q=nothing"))
	paths := []string{"/people", "/inputs", "/alerts", "/review?queue=statements", "/review?queue=links", "/review?queue=decided", "/search", "/search?page=2", "/search?page=3", "/search?page=4", "/search?page=5", "/utterance/1"}
	for i, x := range list {
		id := fmt.Sprintf("/article/evil%d", i)
		paths = append(paths, id, id+"/cite/s1", id+"/changes", "/search?"+url.Values{"q": {x}}.Encode(), "/search?"+url.Values{"speaker": {x}, "outlet": {x}}.Encode())
		person := fmt.Sprintf("%d", i+1)
		paths = append(paths, "/person/"+person+"?"+url.Values{"subject": {x}}.Encode(), "/person/"+url.PathEscape(x), "/people?"+url.Values{"name": {x}}.Encode(),
			"/compare?"+url.Values{"q": {"before"}, "of": {"#" + person}, "outlet": {x}, "speaker": {x}}.Encode(), "/compare?"+url.Values{"q": {x}, "of": {x}, "about": {x}, "since": {x}}.Encode(),
			"/review?queue=people&at="+person, "/review?"+url.Values{"queue": {"speakers"}, "at": {x}, "before": {x}}.Encode())
	}
	for _, about := range []string{desk.DoubtSpeaker, desk.DoubtLabel} {
		unsure, err := d.Doubts(t.Context(), about, "", 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range unsure {
			paths = append(paths, "/review?"+url.Values{"queue": {about + "s"}, "at": {x.Key()}}.Encode())
		}
	}
	// The pages are taken apart by the browser's own parser: what counts as an
	// element, an attribute or an address there would count on the page.
	const look = `(async (paths) => {
		const out = [];
		const forms = new Set(["meta", "link", "script"]);
		for (const path of paths) {
			const text = await (await fetch(path)).text();
			const page = new DOMParser().parseFromString(text, "text/html");
			for (const e of page.querySelectorAll("*")) {
				const name = e.localName;
				if (name === "script" && !e.getAttribute("src")?.startsWith("/static/")) out.push(path + ": a script");
				if (["iframe", "object", "embed", "img", "base", "style", "math", "video", "audio", "marquee", "isindex", "template"].includes(name)) out.push(path + ": " + name);
				for (const a of e.attributes) {
					if (a.name.startsWith("on") || a.name === "style" || a.name === "srcdoc") out.push(path + ": " + name + " " + a.name);
					if (["href", "src", "action", "formaction", "xlink:href"].includes(a.name) && !/^(https?:\/\/|\/(?!\/)|#)/.test(a.value)) out.push(path + ": " + name + " " + a.name + "=" + a.value);
				}
			}
			if (page.querySelectorAll("body > *").length > 6) out.push(path + ": the page is broken open");
		}
		return out;
	})`
	for _, wrong := range value[[]string](ctx, t, look+"("+jsonOf(t, paths)+")") {
		t.Error(wrong)
	}
	// And some are opened for good: nothing runs.
	for i := 0; i < len(list); i += 9 {
		do(ctx, t, chromedp.Navigate(fmt.Sprintf("%s/article/evil%d", s.URL, i)))
		if value[bool](ctx, t, "'hacked' in window") {
			t.Errorf("%q ran", list[i])
		}
	}
	_ = console() // pages with nonsense in the address answer 400, which the browser logs
}
