package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/serve/visit"
	"whosaid/internal/serve/web"
)

// note is an article in which somebody, called by a role, says something.
func note(title, who, role, words string, statement, speaker float64) *news.Document {
	text := who + ", " + role + ", was there.\n\n“" + words + ",” said " + who + ". Nobody else spoke."
	doc := &news.Document{Article: news.Article{ID: strings.ToLower(title), File: title, Outlet: "Kelmere Courier", Title: title, Published: "2025-03-12", Language: "en", Text: text}}
	cut := strings.Index(text, "\n\n")
	doc.Blocks = []news.Block{{Span: news.Span{End: cut}, Kind: news.Paragraph}, {Span: news.Span{Start: cut + 2, End: len(text)}, Kind: news.Paragraph}}
	second := strings.LastIndex(text, who)
	source := news.Span{Start: second, End: second + len(who)}
	doc.Actors = []news.Actor{
		{ID: "a1", Name: who, Named: true, Type: "person", Mentions: []news.Mention{{Span: news.Span{End: len(who)}, Form: "name"}, {Span: source, Form: "name"}}, Descriptions: []news.Description{{Span: find(text, role), Kind: "role", By: "outlet"}}},
		{ID: "a2", Name: "a guard", Type: "person"},
	}
	doc.Statements = []news.Statement{{
		ID: "s1", By: news.ByModel, Form: news.Direct, Kind: "claim", CueStance: "neutral", Confidence: statement,
		Source: []news.Span{source}, Cue: []news.Span{find(text, "said")}, Content: []news.Span{find(text, "“"+words+",”")},
		Speakers: []news.Speaker{{Actor: "a1", Name: who, By: "pronoun", Confidence: speaker}},
	}}
	return doc
}

// doubtful keeps articles with something of everything that can be unsure.
func doubtful(t *testing.T, d *desk.Desk) {
	t.Helper()
	for _, doc := range []*news.Document{
		note("Bridge", "Mina Farrow", "the mayor", "It will hold", .9, .31),
		note("Weir", "Minna Farow", "a visitor", "It was loud", .9, .42),
		note("Lock", "Rolf Weir", "the striker", "We lost", .33, .9),
		note("Quay", "Rolf Weir", "the minister", "We pay", .44, .9),
	} {
		ready, err := archive.Prepare(archive.Entry{Doc: doc, Reader: "test", Kept: time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Keep(t.Context(), ready); err != nil {
			t.Fatal(err)
		}
	}
}

// formOf is what a page's form sends whose text has some words.
func formOf(t *testing.T, page, words string) url.Values {
	t.Helper()
	for _, f := range regexp.MustCompile(`(?s)<form.*?</form>`).FindAllString(page, -1) {
		if !strings.Contains(strings.Join(strings.Fields(f), " "), words) {
			continue
		}
		out := url.Values{}
		for _, x := range regexp.MustCompile(`<(?:input|button)[^>]* name="([^"]*)"[^>]*? value="([^"]*)"`).FindAllStringSubmatch(f, -1) {
			out.Set(x[1], x[2])
		}
		return out
	}
	t.Fatalf("the page has no form with %q:\n%s", words, page)
	return nil
}

func TestReview(t *testing.T) {
	d := desk.New(open(t))
	site := web.New(d, web.Options{})
	ed := as(site, visit.Visit{User: "ed", Role: visit.Reviewer, Token: "t0"})
	ida := as(site, visit.Visit{User: "ida", Role: visit.Reader, Token: "t1"})
	wants(t, get(t, ed, "/review", http.StatusOK), "nobody is unsure", "Speakers")
	wants(t, get(t, ed, "/review?queue=decided", http.StatusOK), "Nothing was decided yet")
	doubtful(t, d)

	// The greatest doubt comes first; who may not decide has no form.
	page := get(t, ed, "/review", http.StatusOK)
	wants(t, page, "Does Mina Farrow say this?", "known by a pronoun", "31 of 100", `class="mention">Mina Farrow</span>, the mayor`, `<span class="said c1">“It will hold,”</span>`, `href="/article/bridge#s1"`, `data-key="ry"`)
	if read := get(t, ida, "/review", http.StatusOK); strings.Contains(read, `action="/review`) || !strings.Contains(read, "Those who may review") {
		t.Error("a reader is offered to decide")
	}
	if off := get(t, ed, "/review?keys=off", http.StatusOK); strings.Contains(off, `data-key="r`) || !strings.Contains(off, "Switch single keys on") {
		t.Error("keys cannot be switched off")
	}

	// Right: the next comes, and what was decided can be undone.
	form := formOf(t, page, "Right")
	post(t, ida, "/review", form, http.StatusBadRequest)
	at := post(t, ed, "/review", form, http.StatusSeeOther)
	page = get(t, ed, at, http.StatusOK)
	wants(t, page, "Does Minna Farow say this?", "Decided last", "Mina Farrow said: “It will hold,”", "ed, ")
	post(t, ed, "/review", form, http.StatusBadRequest) // it is decided already
	undo := formOf(t, page, "Undo")
	post(t, ida, "/review/undo", undo, http.StatusBadRequest)
	page = get(t, ed, post(t, ed, "/review/undo", undo, http.StatusSeeOther), http.StatusOK)
	wants(t, page, "Does Mina Farrow say this?")
	post(t, ed, "/review/undo", undo, http.StatusBadRequest)
	post(t, ed, "/review/undo", url.Values{"id": {"99"}}, http.StatusNotFound)
	post(t, ed, "/review/undo", url.Values{"id": {"x"}}, http.StatusBadRequest)
	wants(t, get(t, ed, "/review?queue=decided", http.StatusOK), "Mina Farrow said", "undone ", "by ed")

	// Another speaker, nobody known, and no statement at all.
	page = get(t, ed, "/review", http.StatusOK)
	wants(t, page, `<option value="a guard">`)
	form = formOf(t, page, "Other")
	form.Set("who", "Nobody Atall")
	post(t, ed, "/review", form, http.StatusBadRequest)
	form.Set("who", " ")
	post(t, ed, "/review", form, http.StatusBadRequest)
	form.Set("who", "a guard")
	form.Set("why", "I was there")
	post(t, ed, "/review", form, http.StatusSeeOther)
	wants(t, get(t, ed, "/article/bridge", http.StatusOK), "a guard")
	wants(t, get(t, ed, "/review?queue=decided", http.StatusOK), "is said by a guard", "“I was there”", `href="/article/bridge"`)
	page = get(t, ed, "/review", http.StatusOK)
	wants(t, page, "Does Minna Farow say this?")
	for answer, says := range map[string]string{"Wrong": "is said by nobody known", "Nobody says it": "is no statement"} {
		page = get(t, ed, post(t, ed, "/review", formOf(t, page, answer), http.StatusSeeOther), http.StatusOK)
		wants(t, page, says, "nobody is unsure")
		page = get(t, ed, post(t, ed, "/review/undo", formOf(t, page, "Undo"), http.StatusSeeOther), http.StatusOK)
		wants(t, page, "Does Minna Farow say this?")
	}

	// A statement.
	page = get(t, ed, "/review?queue=statements", http.StatusOK)
	wants(t, page, "Does Rolf Weir say, think or write this?", "33 of 100", "“We lost,”")
	page = get(t, ed, post(t, ed, "/review", formOf(t, page, "Wrong"), http.StatusSeeOther), http.StatusOK)
	wants(t, page, "“We pay,”", "is no statement")
	if lock := get(t, ed, "/article/lock", http.StatusOK); strings.Contains(lock, `id="s1"`) {
		t.Error("what was rejected is still marked")
	}
	post(t, ed, "/review/undo", formOf(t, page, "Undo"), http.StatusSeeOther)

	// One who may be several: articles that mean somebody else are split off.
	page = get(t, ed, "/review?queue=people", http.StatusOK)
	wants(t, page, "one and the same in these articles?", "Minna Farow", "a visitor", `value="weir"`)
	form = formOf(t, page, "These mean somebody else")
	form.Del("article")
	post(t, ed, "/review", form, http.StatusBadRequest)
	form.Set("article", "weir")
	post(t, ed, "/review", form, http.StatusSeeOther)
	wants(t, get(t, ed, "/people", http.StatusOK), "Minna Farow")
	wants(t, get(t, ed, "/review?queue=people", http.StatusOK), "Nobody in the archive may be several", "is not #")

	// Two who may be one.
	page = get(t, ed, "/review?queue=pairs", http.StatusOK)
	wants(t, page, "Are these two one?", "the striker", "the minister")
	post(t, ed, "/review", formOf(t, page, "One"), http.StatusSeeOther)
	if list, err := d.People(t.Context(), "Rolf Weir", 0); err != nil || len(list) != 1 || list[0].Articles != 2 {
		t.Errorf("Rolf Weir is %+v, %v", list, err)
	}
	merged := formOf(t, get(t, ed, "/review?queue=pairs", http.StatusOK), "Undo").Get("id")
	get(t, ed, post(t, ed, "/review/undo", url.Values{"id": {merged}, "queue": {"pairs"}}, http.StatusSeeOther), http.StatusOK)
	post(t, ed, "/review", formOf(t, get(t, ed, "/review?queue=pairs", http.StatusOK), "Two"), http.StatusSeeOther)
	wants(t, get(t, ed, "/review?queue=pairs", http.StatusOK), "No two people in the archive may be one")

	get(t, ed, "/review?queue=weather", http.StatusBadRequest)
	post(t, ed, "/review", url.Values{"queue": {"weather"}}, http.StatusBadRequest)
	post(t, ed, "/review", url.Values{"queue": {"speakers"}, "at": {"99"}}, http.StatusBadRequest)
	form = formOf(t, get(t, ed, "/review", http.StatusOK), "Right")
	form.Set("answer", "perhaps")
	post(t, ed, "/review", form, http.StatusBadRequest)
}
