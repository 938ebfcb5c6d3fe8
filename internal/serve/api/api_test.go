package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"go.uber.org/goleak"

	"whosaid/client"
	"whosaid/internal/alert"
	"whosaid/internal/annotate/standard"
	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/ingest"
	"whosaid/internal/intake"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
	"whosaid/internal/serve/api"
	"whosaid/internal/serve/door"
	"whosaid/internal/serve/visit"
	"whosaid/internal/state"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A place is an archive with a server before it.
type place struct {
	t      *testing.T
	folder string
	store  archive.Store
	state  *state.Store
	at     string
	end    func() error
}

// articles is how many generated articles a place has.
const articles = 40

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, folder: t.TempDir()}
	store, err := sqlite.Open(t.Context(), filepath.Join(p.folder, "a.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := generated.New(3)
	var list []*archive.Ready
	for n := range articles {
		r, err := archive.Prepare(m.Article(n).Entry)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	if _, err := store.Keep(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	p.start()
	t.Cleanup(func() {
		if err := p.end(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// start opens the archive and serves it.
func (p *place) start() {
	p.t.Helper()
	ctx := context.Background()
	var err error
	if p.store, err = sqlite.Open(ctx, filepath.Join(p.folder, "a.db"), sqlite.Options{}); err != nil {
		p.t.Fatal(err)
	}
	if p.state, err = state.Open(ctx, filepath.Join(p.folder, "a.db.serve")); err != nil {
		p.t.Fatal(err)
	}
	d := desk.New(p.store)
	in := intake.New(intake.Options{
		Pipeline: func() (*pipeline.Pipeline, error) { return standard.New(standard.Options{}) },
		Reader:   func() string { return "a test" }, Keep: d.Keep,
		Ingest: ingest.Options{Timeout: 10 * time.Second},
	})
	programs := api.New(api.Options{Desk: d, Intake: in, Alerts: alert.NewBook(d, p.state), State: p.state, Version: "test"})
	entry, err := door.New(ctx, door.Options{State: p.state, Pages: http.NotFoundHandler(), API: programs, Local: true, Feeds: []string{"/feeds/"}})
	if err != nil {
		p.t.Fatal(err)
	}
	l, _, err := door.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		p.t.Fatal(err)
	}
	p.at = "http://" + l.Addr().String()
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- entry.Serve(running, door.Listening{Listener: l}) }()
	p.end = sync.OnceValue(func() error {
		stop()
		err := <-ended
		p.state.Close()
		p.store.Close()
		return err
	})
}

// A reply is an answer that was read.
type reply struct {
	Status int
	Header http.Header
}

// ask sends a request and reads the answer into out, unless that is nil.
func (p *place) ask(method, path, body string, out any, headers ...string) reply {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.at+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if out != nil {
		if resp.StatusCode > 299 {
			p.t.Fatalf("%s %s is answered %d %s", method, path, resp.StatusCode, data)
		}
		if err := json.Unmarshal(data, out); err != nil {
			p.t.Fatalf("%s %s: %v in %.200s", method, path, err, data)
		}
	}
	return reply{resp.StatusCode, resp.Header}
}

func (p *place) get(path string, out any, headers ...string) reply {
	p.t.Helper()
	return p.ask("GET", path, "", out, headers...)
}

// token is what writes carry.
func (p *place) token() string {
	p.t.Helper()
	var v struct{ Token string }
	p.get("/api/v1/visit", &v)
	return v.Token
}

type listed[T any] struct {
	Items []T
	Next  string
}

// A record is, byte for byte, the one that the command line prints.
func TestRecordsAreThoseOfTheContract(t *testing.T) {
	p := newPlace(t)
	var first listed[desk.Head]
	p.get("/api/v1/articles?limit=1", &first)
	v, err := p.store.Version(t.Context(), first.Items[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := record.Encode(v.Doc).Write(&want, false); err != nil {
		t.Fatal(err)
	}
	var got json.RawMessage
	resp := p.get("/api/v1/articles/"+first.Items[0].ID, &got)
	if strings.TrimSpace(string(got)) != strings.TrimSpace(want.String()) {
		t.Errorf("got\n%.300s\nwant\n%.300s", got, want.String())
	}
	tag := resp.Header.Get("ETag")
	if again := p.get("/api/v1/articles/"+first.Items[0].ID, nil, "If-None-Match", tag); tag == "" || again.Status != 304 {
		t.Errorf("asked again with %q it is answered %d", tag, again.Status)
	}
	var statements []record.Statement
	p.get("/api/v1/articles/"+first.Items[0].ID+"/statements", &statements)
	var one record.Statement
	p.get("/api/v1/articles/"+first.Items[0].ID+"/statements/s1", &one)
	if len(statements) != len(v.Doc.Statements) || one.ID != "s1" {
		t.Errorf("%d statements, %s", len(statements), one.ID)
	}
}

func TestPagesOfLists(t *testing.T) {
	p := newPlace(t)
	seen := map[string]bool{}
	for path, n := "/api/v1/articles?limit=7", 0; path != ""; n++ {
		var l listed[desk.Head]
		p.get(path, &l)
		for _, h := range l.Items {
			seen[h.ID] = true
		}
		path = ""
		if l.Next != "" && n < 50 {
			path = "/api/v1/articles?limit=7&cursor=" + l.Next
		}
	}
	if len(seen) != articles {
		t.Errorf("%d articles were listed, want %d", len(seen), articles)
	}
	var all, found []int
	query := "/api/v1/search?kind=claim&sort=date"
	for path := query + "&limit=100"; path != ""; {
		var l listed[desk.Hit]
		p.get(path, &l)
		for _, h := range l.Items {
			found = append(found, h.Start)
			if h.Statement.Kind != "claim" {
				t.Errorf("a %s was found", h.Statement.Kind)
			}
		}
		path = ""
		if l.Next != "" {
			path = query + "&limit=100&cursor=" + l.Next
		}
		if l.Next != "" {
			if resp := p.get("/api/v1/search?kind=denial&cursor="+l.Next, nil); resp.Status != 422 {
				t.Errorf("the cursor of another query is answered %d", resp.Status)
			}
		}
	}
	for h, err := range p.store.Search(t.Context(), archive.Query{Kinds: []string{"claim"}, Sort: archive.ByDate}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h.Start)
	}
	if fmt.Sprint(all) != fmt.Sprint(found) || len(all) < 20 {
		t.Errorf("page by page %d are found, at once %d", len(found), len(all))
	}
}

func TestSideBySide(t *testing.T) {
	p := newPlace(t)
	var list listed[desk.Head]
	p.get("/api/v1/articles?limit=2", &list)
	var c desk.Comparison
	p.get("/api/v1/compare?article="+list.Items[0].ID+"&article="+list.Items[1].ID, &c)
	if len(c.Articles) != 2 || c.Articles[1].Version != list.Items[1].Version || len(c.Only)+len(c.Shared) == 0 {
		t.Errorf("compared: %+v", c)
	}
	var hits listed[desk.Hit]
	p.get("/api/v1/search?limit=1", &hits)
	var u desk.Utterance
	p.get(fmt.Sprintf("/api/v1/utterances/%d", hits.Items[0].ID), &u)
	if len(u.Printings) == 0 || u.Again == nil || u.Path == nil {
		t.Errorf("the utterance is %+v", u)
	}
}

func TestExports(t *testing.T) {
	p := newPlace(t)
	lines := map[string]int{}
	for _, format := range []string{"jsonl", "csv", "hits", "jsonl&kind=claim", "ftm", "annotation"} {
		resp, err := http.Get(p.at + "/api/v1/export?format=" + format)
		if err != nil {
			t.Fatal(err)
		}
		s := bufio.NewScanner(resp.Body)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			lines[format]++
		}
		resp.Body.Close()
		if s.Err() != nil || resp.Header.Get("Content-Disposition") == "" {
			t.Error(format, s.Err(), resp.Header)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	st, err := p.store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := int(st.Statements); lines["hits"] != n || lines["csv"] <= n || lines["jsonl"] != articles || lines["jsonl&kind=claim"] == 0 {
		t.Errorf("of %d statements in %d articles come %v lines", n, articles, lines)
	}
}

func TestFaults(t *testing.T) {
	p := newPlace(t)
	token := p.token()
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/api/v1/articles/nowhere", "", 404},
		{"GET", "/api/v1/nothing", "", 404},
		{"GET", "/api/v1/search?q=(open", "", 422},
		{"GET", "/api/v1/search?limit=1000", "", 422},
		{"GET", "/api/v1/search?since=yesterday", "", 422},
		{"GET", "/api/v1/search?cursor=zzz", "", 422},
		{"GET", "/api/v1/search?color=red", "", 422},
		{"GET", "/api/v1/search?q=" + strings.Repeat("x", 2000), "", 422},
		{"GET", "/api/v1/people/9999999", "", 404},
		{"GET", "/api/v1/utterances/9999999", "", 404},
		{"GET", "/api/v1/compare?article=nowhere&article=elsewhere", "", 404},
		{"GET", "/api/v1/compare?article=nowhere", "", 422},
		{"GET", "/api/v1/export?format=xml", "", 422},
		{"POST", "/api/v1/read", `{}`, 422},
		{"POST", "/api/v1/read", `{"url": "file:///etc/passwd"}`, 422},
		{"POST", "/api/v1/read", `{"url": "/etc/passwd"}`, 422},
		{"POST", "/api/v1/read", `{"text": "a", "html": "b"}`, 422},
		{"POST", "/api/v1/read", `{`, 400},
		{"POST", "/api/v1/alerts", `{"name": "x", "query": {"words": "(open"}}`, 422},
		{"POST", "/api/v1/alerts", `{"name": "x", "query": {}, "hook": "ftp://example.org"}`, 422},
		{"POST", "/api/v1/alerts", `{"name": "x", "query": {}, "mail": "a@b.example\r\nBcc: c@d.example"}`, 422},
		{"DELETE", "/api/v1/alerts/77", "", 404},
	} {
		resp := p.ask(c.method, c.path, c.body, nil, visit.TokenHeader, token)
		if resp.Status != c.want || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %.60s %s is answered %d %s, want %d", c.method, c.path, c.body, resp.Status, resp.Header.Get("Content-Type"), c.want)
		}
	}
}

// What is handed in as an address leads to no private one, whatever name that
// goes by: the address is looked at when the connection is made.
func TestPrivateAddresses(t *testing.T) {
	p := newPlace(t)
	var reached atomic.Int32
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { reached.Add(1) }))
	defer inner.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(inner.URL, "http://"), ":")
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "127.1", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"} {
		body := fmt.Sprintf(`{"url": "http://%s:%s/latest"}`, host, port)
		if resp := p.ask("POST", "/api/v1/read", body, nil); resp.Status != 422 {
			t.Errorf("%s is answered %d", host, resp.Status)
		}
	}
	if n := reached.Load(); n > 0 {
		t.Errorf("the inner server was reached %d times", n)
	}
}

func TestReading(t *testing.T) {
	p := newPlace(t)
	const text = `{"text": "Kelmere council to close pier\n\n\"We will open it again when it is safe,\" Mayor Ida Brandt told reporters on Tuesday. She said that nobody had been warned.", "outlet": "The Kelmere Post", "published": "2025-03-12"}`
	var records []record.Record
	p.ask("POST", "/api/v1/read", text, &records)
	if len(records) != 1 || len(records[0].Statements) == 0 || records[0].Article.Outlet != "The Kelmere Post" {
		t.Fatalf("read: %+v", records)
	}
	if resp := p.ask("POST", "/api/v1/articles", text, nil); resp.Status != 403 {
		t.Errorf("keeping without a token is answered %d", resp.Status)
	}
	var kept []struct {
		Status  string
		Article desk.Head
	}
	p.ask("POST", "/api/v1/articles", text, &kept, visit.TokenHeader, p.token())
	if len(kept) != 1 || kept[0].Status != "new" {
		t.Fatalf("kept: %+v", kept)
	}
	var hits listed[desk.Hit]
	p.get("/api/v1/search?q=safe&outlet=The+Kelmere+Post", &hits)
	if len(hits.Items) == 0 || hits.Items[0].Article.ID != kept[0].Article.ID {
		t.Errorf("found: %+v", hits)
	}
}

func TestAlertsAndFeeds(t *testing.T) {
	p := newPlace(t)
	type saved struct {
		ID         int64
		Atom, JSON string
	}
	var a struct {
		ID   int64  `json:"id"`
		Atom string `json:"atom"`
		JSON string `json:"json_feed"`
	}
	p.ask("POST", "/api/v1/alerts", `{"name": "claims & <counter-claims>", "query": {"kinds": ["claim"]}}`, &a, visit.TokenHeader, p.token())
	var list []saved
	p.get("/api/v1/alerts", &list)
	if len(list) != 1 || a.Atom == "" {
		t.Fatalf("%+v %+v", a, list)
	}
	for _, path := range []string{a.Atom, a.JSON} {
		resp, err := http.Get(p.at + path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := gofeed.NewParser().Parse(resp.Body)
		resp.Body.Close()
		if err != nil || f.Title != "claims & <counter-claims>" || len(f.Items) != 50 || f.Items[0].Title == "" {
			t.Errorf("%s: %v %+v", path, err, f)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	// Once there are users, the key opens it and nothing else does.
	if err := p.state.AddUser(t.Context(), "ida", visit.Admin, "long enough a password"); err != nil {
		t.Fatal(err)
	}
	p.restart()
	bare, _, _ := strings.Cut(a.Atom, "?")
	for path, want := range map[string]int{a.Atom: 200, bare: 404, bare + "?key=guess": 404, "/feeds/99/atom.xml?key=guess": 404} {
		if resp := p.get(path, nil); resp.Status != want {
			t.Errorf("%s is answered %d, want %d", path, resp.Status, want)
		}
	}
}

func (p *place) restart() {
	p.t.Helper()
	if err := p.end(); err != nil {
		p.t.Fatal(err)
	}
	p.start()
}

// What was acknowledged is there after a restart under load, and nothing that
// was in flight is left half.
func TestRestartUnderLoad(t *testing.T) {
	p := newPlace(t)
	token, at := p.token(), p.at
	var acknowledged sync.Map
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			for n := 0; ; n++ {
				name := fmt.Sprintf("alert %d of %d", n, w)
				req, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, at+"/api/v1/alerts", strings.NewReader(`{"name": "`+name+`", "query": {}}`))
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set(visit.TokenHeader, token)
				resp, err := client.Do(req)
				if err != nil {
					return // the server has gone
				}
				resp.Body.Close()
				switch resp.StatusCode {
				case http.StatusCreated:
					acknowledged.Store(name, true)
				case http.StatusUnprocessableEntity:
					return // there are as many as one may have
				default:
					t.Errorf("answered %d", resp.StatusCode)
					return
				}
			}
		})
	}
	for count := 0; count < 20; {
		count = 0
		acknowledged.Range(func(any, any) bool { count++; return true })
		time.Sleep(time.Millisecond)
	}
	p.restart()
	group.Wait()
	var list []struct{ Name string }
	p.get("/api/v1/alerts", &list)
	there := map[string]bool{}
	for _, a := range list {
		there[a.Name] = true
	}
	acknowledged.Range(func(name, _ any) bool {
		if !there[name.(string)] {
			t.Errorf("%s was acknowledged and is lost", name)
		}
		return true
	})
}

func TestDescription(t *testing.T) {
	p := newPlace(t)
	var doc struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
		}
	}
	p.get("/api/v1/openapi.json", &doc)
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < 12 {
		t.Errorf("version %s, %d paths", doc.OpenAPI, len(doc.Paths))
	}
	for path, methods := range doc.Paths {
		for method, o := range methods {
			if o.OperationID == "" || o.Summary == "" {
				t.Errorf("%s %s is not described", method, path)
			}
		}
	}
}

// The generated client asks as people do.
func TestClient(t *testing.T) {
	p := newPlace(t)
	if err := p.state.AddUser(t.Context(), "ida", visit.Admin, "long enough a password"); err != nil {
		t.Fatal(err)
	}
	_, token, err := p.state.AddToken(t.Context(), state.Token{User: "ida", Scope: door.ScopeWrite})
	if err != nil {
		t.Fatal(err)
	}
	p.restart()
	transport := &http.Transport{DisableKeepAlives: true}
	c, err := client.NewClientWithResponses(p.at+"/api/v1", client.WithToken(token), client.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	kinds, limit := []client.SearchParamsKind{"claim", "denial"}, int64(3)
	found, err := c.SearchWithResponse(t.Context(), &client.SearchParams{Kind: &kinds, Limit: &limit})
	if err != nil || found.JSON200 == nil || len(found.JSON200.Items) != 3 || found.JSON200.Next == nil {
		t.Fatalf("found %s, %v", found.Body, err)
	}
	a, err := c.GetArticleWithResponse(t.Context(), found.JSON200.Items[0].Article.Id, nil)
	if err != nil || a.JSON200 == nil {
		t.Fatalf("the article is %s, %v", a.Body, err)
	}
	text := []rune(a.JSON200.Article.Text)
	for _, s := range a.JSON200.Statements {
		for _, span := range s.Content {
			if string(text[span.Start:span.End]) != span.Text {
				t.Errorf("the span %+v is not in the text", span)
			}
		}
	}
	made, err := c.AddAlertWithResponse(t.Context(), client.AddAlertJSONRequestBody{Name: "claims"})
	if err != nil || made.JSON201 == nil || made.JSON201.Owner != "ida" {
		t.Errorf("the alert is %s, %v", made.Body, err)
	}
	if refused, err := c.GetPersonWithResponse(t.Context(), 99, nil); err != nil || refused.ApplicationproblemJSON404 == nil {
		t.Errorf("nobody is %s, %v", refused.Body, err)
	}
}
