package web_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/desk"
	"whosaid/internal/serve/web"
)

// packed is how many bytes a page has on its way.
func packed(t *testing.T, page string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(page)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// An article of 30,000 words comes in parts, each of which is light and lists
// the statements in it; a link to any statement leads to its part.
func TestLongArticle(t *testing.T) {
	e := generated.New(5).Long(0, 1000).Entry
	if n := len(strings.Fields(e.Doc.Text)); n < 30_000 {
		t.Fatalf("the article has %d words", n)
	}
	store := open(t)
	ready, err := archive.Prepare(e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Keep(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
	pages := web.New(desk.New(store), web.Options{})
	base := "/article/" + e.Doc.ID
	first := get(t, pages, base, http.StatusOK)
	parts := regexp.MustCompile(`\?part=(\d+)"`).FindAllStringSubmatch(first, -1)
	if len(parts) < 2*5 { // above and below
		t.Fatalf("it has %d links to parts", len(parts))
	}
	listed := map[string]int{}
	for _, p := range parts[:len(parts)/2] {
		page := get(t, pages, base+"?part="+p[1], http.StatusOK)
		if n := packed(t, page); n > 70_000 { // beside styles and scripts, which are 44 KB
			t.Errorf("part %s is %d bytes", p[1], n)
		}
		for _, li := range regexp.MustCompile(`<li id="list-(s\d+)"`).FindAllStringSubmatch(page, -1) {
			listed[li[1]]++
		}
		if !strings.Contains(page, fmt.Sprint(len(e.Doc.Statements), " statements by ")) {
			t.Errorf("part %s does not tell how many statements the article has", p[1])
		}
	}
	twice := 0
	for _, n := range listed {
		twice += n - 1
	}
	if len(listed) != len(e.Doc.Statements) || twice > len(parts)/2 { // what goes on in the next part is in both
		t.Errorf("the parts list %d statements of %d, %d of them again", len(listed), len(e.Doc.Statements), twice)
	}
	last := fmt.Sprint("s", len(e.Doc.Statements))
	wants(t, get(t, pages, base+"?at="+last, http.StatusOK), `id="`+last+`"`, `id="list-`+last+`"`)
	wants(t, get(t, pages, base+"/cite/"+last, http.StatusOK), base+"?at="+last+"#"+last)
	get(t, pages, base+"?at=s99999", http.StatusOK)
}
