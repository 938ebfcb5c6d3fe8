package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"whosaid/internal/desk"
	"whosaid/internal/serve/web"
)

// What is unsure is decided by mouse, and by keyboard alone: each key does what
// its button does.
func TestReviewInABrowser(t *testing.T) {
	ctx := browser(t)
	console := listen(ctx, t)
	click := func(button string) { t.Helper(); do(ctx, t, chromedp.Click(button)) }
	key := func(k string) { t.Helper(); do(ctx, t, chromedp.KeyEvent(k)) }
	for _, way := range []struct {
		name                         string
		right, wrong, one, undo, nxt func()
	}{
		{"mouse", func() { click(".right") }, func() { click(".wrong") }, func() { click(".right") }, func() { click(".last button") }, func() { click("a.button") }},
		{"keyboard", func() { key("r") }, func() { key("n") }, func() { key("y") }, func() { key("u") }, func() { key("j") }},
	} {
		t.Run(way.name, func(t *testing.T) {
			d := desk.New(open(t))
			doubtful(t, d)
			s := httptest.NewServer(behindDoor(web.New(d, web.Options{})))
			t.Cleanup(s.Close)
			// asks waits for the page of a question, or of what is said where there is
			// none; is for one that has some words.
			wait := func(of, words string) {
				t.Helper()
				script := `document.readyState === "complete" ? (` + of + `)?.innerText ?? "" : ""`
				var is string
				for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
					// An error is that of a page that is just left.
					if is, _ = chromedp.Run(ctx, chromedp.Evaluate[string](script)); strings.Contains(is, words) {
						return
					}
				}
				t.Fatalf("the page says %q, want %q", is, words)
			}
			asks := func(words string) {
				t.Helper()
				wait(`document.querySelector("#question") ?? document.querySelector(".review .empty")`, words)
			}
			is := func(words string) { t.Helper(); wait(`document.querySelector(".doubt .text")`, words) }
			do(ctx, t, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(s.URL+"/review"))
			asks("Mina Farrow")
			way.nxt()
			asks("Minna Farow")
			way.right()
			asks("Mina Farrow")
			way.undo()
			asks("Minna Farow")
			if at := value[string](ctx, t, "location.search"); !strings.Contains(at, "queue=speakers") || !strings.Contains(at, "at=") {
				t.Errorf("the address is %s, which cannot be shared", at)
			}
			// Wrong, and another.
			do(ctx, t, chromedp.Navigate(s.URL+"/review?queue=statements"))
			asks("Rolf Weir")
			way.wrong()
			is("“We pay,”")
			if way.name == "mouse" {
				do(ctx, t, chromedp.SendKeys("#who", "a guard"))
				click(".other button")
			} else {
				key("o")
				key(kb.Backspace) // the protocol sends a letter beside its key; a keyboard does not
				for _, k := range "a guard" {
					key(string(k))
				}
				if who := value[string](ctx, t, `document.activeElement.value`); who != "a guard" {
					t.Errorf("the field has %q", who)
				}
				key(kb.Enter)
			}
			asks("No statement of the archive")
			way.undo()
			is("“We pay,”")
			do(ctx, t, chromedp.Navigate(s.URL+"/review?queue=pairs"))
			asks("Are these two one?")
			way.wrong()
			asks("No two people")
			way.undo()
			asks("Are these two one?")
			way.one()
			asks("No two people")
			if list, err := d.People(t.Context(), "Rolf Weir", 0); err != nil || len(list) != 1 {
				t.Errorf("Rolf Weir is %+v, %v", list, err)
			}

			// Articles that mean somebody else, of one who may be several.
			do(ctx, t, chromedp.Navigate(s.URL+"/review?queue=people"))
			asks("one and the same")
			if way.name == "mouse" {
				do(ctx, t, chromedp.Click("#article-0"))
				click(".apart > button")
			} else {
				key("w")
				key(" ")
				key(kb.Enter)
			}
			asks("Nobody in the archive")
			if list, err := d.People(t.Context(), "Farow", 0); err != nil || len(list) != 1 || list[0].Articles != 1 {
				t.Errorf("split off is %+v, %v", list, err)
			}
			for _, line := range console() {
				t.Errorf("on the console: %s", line)
			}
		})
	}
}
