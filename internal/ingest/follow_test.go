package ingest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whosaid/internal/ingest/crawl"
)

// storyPage is a page of a made-up paper.
func storyPage(title, quote string) string {
	return "<html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>" +
		strings.Repeat("<p>The harbour union of Velm met on Monday evening to talk about the offer that the port authority had made a week before.</p>", 4) +
		"<p>“" + quote + "” the mayor said after the meeting, and went home.</p></article></body></html>"
}

// A paper is a server that notes what it was asked for.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newPaper(t *testing.T, pages map[string]string) *paper {
	t.Helper()
	p := &paper{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.URL.RequestURI())
		p.mu.Unlock()
		body, ok := pages[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if strings.HasPrefix(body, "<html") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		_, _ = io.WriteString(w, strings.ReplaceAll(body, "SELF", p.URL))
	}))
	t.Cleanup(p.Close)
	return p
}

// hurried reads from a server on this machine without long pauses.
func hurried() Options {
	o := Options{AllowPrivate: true}
	o.Client = crawl.NewClient(crawl.Options{Fetch: o.withDefaults().fetching(), Gap: time.Millisecond})
	return o
}

func TestFollowFeed(t *testing.T) {
	p := newPaper(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /private/\n",
		"/feed": `<rss version="2.0"><channel><title>The Velm Courier</title>
			<item><title>First</title><link>SELF/1</link><pubDate>Tue, 01 Mar 2022 10:15:00 GMT</pubDate><author>a@b.example (Ada Marsh)</author></item>
			<item><title>Gone</title><link>SELF/gone</link></item>
			<item><title>Kept back</title><link>SELF/private/3</link></item>
			<item><title>First again</title><link>SELF/1</link></item>
			<item><title>Whole</title><link>SELF/whole</link><description>` + strings.Repeat("The union would stay out until May, the mayor of Velm said on Monday. ", 20) + `</description></item>
			<item><title>Feed in itself</title><link>SELF/feed</link></item>
			</channel></rss>`,
		"/1": storyPage("Harbour union stays out", "We will stay out until May,"),
	})
	as, err := readAllOf(t, p.URL+"/feed", hurried())
	if len(as) != 2 {
		t.Fatalf("%d articles, %v", len(as), err)
	}
	a := as[0]
	if a.URL != p.URL+"/1" || a.Title != "Harbour union stays out" || a.Outlet == "" || a.Published != "2022-03-01T10:15:00Z" || !slices.Equal(a.Authors, []string{"Ada Marsh"}) || a.File != p.URL+"/feed" || !strings.Contains(a.Text, "“We will stay out until May,” the mayor said") {
		t.Errorf("%+v", a)
	}
	if as[1].URL != p.URL+"/whole" || as[1].Title != "Whole" || !strings.Contains(as[1].Text, "the mayor of Velm said") {
		t.Errorf("%+v", as[1])
	}
	for _, want := range []string{
		"entry 2 (" + p.URL + "/gone): the server answered 404 (not found); check the address",
		"entry 3 (" + p.URL + "/private/3): the robots.txt of " + strings.TrimPrefix(p.URL, "http://") + " asks programs not to fetch it; save the page in a browser and give the file",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %s", err, want)
		}
	}
	for _, path := range []string{"/whole", "/private/3"} {
		if slices.Contains(p.asked, path) {
			t.Errorf("%s was fetched", path)
		}
	}
	if n := strings.Count(strings.Join(p.asked, " ")+" ", "/1 "); n != 1 {
		t.Errorf("the same page was fetched %d times: %v", n, p.asked)
	}
}

func TestFollowSitemaps(t *testing.T) {
	p := newPaper(t, map[string]string{
		"/sitemap.xml": "<sitemapindex><sitemap><loc>SELF/a.xml</loc></sitemap><sitemap><loc>SELF/sitemap.xml</loc></sitemap></sitemapindex>",
		"/a.xml":       "<urlset><url><loc>SELF/1</loc></url><url><loc>SELF/2</loc></url></urlset>",
		"/1":           storyPage("Harbour union stays out", "We will stay out until May,"),
		"/2":           storyPage("Ferry leaves", "It has left,"),
	})
	o := hurried()
	o.Pages = true
	var pages []string
	for in, err := range Expand([]string{p.URL + "/sitemap.xml"}, o) {
		if err != nil {
			t.Fatal(err)
		}
		if err := Read(t.Context(), in, o, func(a Arrival) error {
			pages = append(pages, fmt.Sprintf("%s %s %d", a.Title, strings.TrimPrefix(a.Page.URL, p.URL), len(a.Page.Body)))
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		fmt.Sprintf("Harbour union stays out /1 %d", len(storyPage("Harbour union stays out", "We will stay out until May,"))),
		fmt.Sprintf("Ferry leaves /2 %d", len(storyPage("Ferry leaves", "It has left,"))),
	}
	if !slices.Equal(pages, want) {
		t.Errorf("got %q, want %q", pages, want)
	}
	o.MaxPages = 2 // the inner sitemap and one page
	as, err := readAllOf(t, p.URL+"/sitemap.xml", o)
	if len(as) != 1 || err == nil || err.Error() != p.URL+"/sitemap.xml: it leads to more than 2 pages; the rest was left; raise the limit with --max-pages" {
		t.Errorf("%d articles, %v", len(as), err)
	}
}
