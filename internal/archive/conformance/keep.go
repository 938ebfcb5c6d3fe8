package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// same ends the test unless two documents give the same record.
func same(t *testing.T, got, want *news.Document) {
	t.Helper()
	g, err := json.Marshal(record.Encode(got))
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(record.Encode(want))
	if err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Fatalf("what came back is\n%s\nand what was kept\n%s", g, w)
	}
}

// Everything that is kept comes back.
func keepsEverything(t *testing.T, p Place) {
	s := p.New(t)
	a := generated.New(7).Article(3)
	a.Doc.AsIs = true
	a.Doc.Deck, a.Doc.Modified = "A deck with “marks” and a 🌉", "2022-02-03"
	a.Doc.Repairs = []news.Repair{{Span: news.Span{Start: 0, End: 1}, Was: "┬á"}}
	a.Doc.Chain = []news.Teller{{Name: "Quist Wire", Evidence: &news.Span{Start: 2, End: 9}}, {Name: "this page", Actor: "a1"}}
	a.Doc.Problems = []news.Problem{{Code: "no-date", Message: "It has no date."}}
	a.Doc.Statements[0].Parent = "s2"
	a.Doc.Statements[0].Addressee = &news.Span{Start: 3, End: 5}
	a.Doc.Statements[0].Venue = &news.Span{Start: 4, End: 6}
	a.Doc.Statements[0].When = &news.Date{Span: news.Span{Start: 5, End: 8}, Value: "2022-01"}
	a.Page = &archive.Page{Body: []byte("<html>\x00\xff"), Type: "text/html", Fetched: time.Date(2022, 1, 21, 3, 4, 5, 6e6, time.UTC)}
	r := ready(t, a.Entry)
	out, err := s.Keep(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if out[0].Status != archive.New {
		t.Errorf("it is %s, want new", out[0].Status)
	}
	v, err := s.Version(t.Context(), out[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	same(t, v.Doc, a.Doc)
	if !v.Doc.AsIs {
		t.Error("that it was taken as it is was lost")
	}
	if !v.Current || v.Number != 1 || v.Edition != 1 || v.Reader != a.Reader || !v.Kept.Equal(a.Kept) || v.Statements != len(a.Doc.Statements) {
		t.Errorf("its head is %+v", v.Head)
	}
	if !reflect.DeepEqual(v.People, a.People) {
		t.Errorf("people %v, want %v", v.People, a.People)
	}
	page, err := s.Page(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(page, a.Page) {
		t.Errorf("page %+v, want %+v", page, a.Page)
	}
	var vectors []archive.Vector
	for x, err := range s.Vectors(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if x.Statement != v.First+int64(len(vectors)) {
			t.Errorf("vector %d is of statement %d", len(vectors), x.Statement)
		}
		vectors = append(vectors, x.Vector)
	}
	if !reflect.DeepEqual(vectors, a.Vectors) {
		t.Error("the vectors differ")
	}
	if _, err := s.Version(t.Context(), 999); !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a version that is not there gives %v", err)
	}
	if page, err := s.Page(t.Context(), 999); page != nil || err != nil {
		t.Errorf("a page that is not there gives %v, %v", page, err)
	}
	// In another process too.
	v, err = p.Again(t, s).Version(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, v.Doc, a.Doc)
}

// The same page is one article, by whatever address; pages of one outlet, title
// and day are too where none is known.
func identity(t *testing.T, p Place) {
	s := p.New(t)
	first := town()[0]
	keep(t, s, first)
	for _, url := range []string{first.URL, strings.Replace(first.URL, "https://", "http://www.", 1), first.URL + "/?utm_source=x#top", strings.ToUpper(first.URL[:20]) + first.URL[20:]} {
		again := *first
		again.URL, again.File, again.ID = url, "elsewhere/page.html", "0123456789abcdef"
		if o := keep(t, s, &again); o[0].Status != archive.Present || o[0].Article != 1 {
			t.Errorf("by %s it is %+v, want present as article 1", url, o[0])
		}
	}
	other := *first
	other.URL += "?page=2"
	if o := keep(t, s, &other); o[0].Status != archive.New {
		t.Errorf("another page of the address is %s, want new", o[0].Status)
	}
	printed := *first
	printed.URL = ""
	if o := keep(t, s, &printed); o[0].Status != archive.New {
		t.Errorf("without an address it is %s, want new", o[0].Status)
	}
	printed.File, printed.ID, printed.Outlet, printed.Published = "copy.txt", "fedcba9876543210", "KELMERE  Post", "2022-01-20T09:00:00Z"
	if o := keep(t, s, &printed); o[0].Status != archive.Updated {
		t.Errorf("the same title of the same outlet and day is %s, want updated", o[0].Status)
	}
	bare := *first
	bare.URL, bare.Outlet = "", ""
	if o := keep(t, s, &bare, &bare); o[0].Status != archive.New || o[1].Status != archive.Present || o[1].Version != o[0].Version {
		t.Errorf("a text alone, twice in one batch, is %+v", o)
	}
}

// A changed page is a new edition, a new reading a new version of its edition.
func versions(t *testing.T, p Place) {
	s := p.New(t)
	doc := town()[0]
	entry := func(d *news.Document, reader string) *archive.Ready {
		return ready(t, archive.Entry{Doc: d, Reader: reader})
	}
	changed := *doc
	changed.Text += "\n\nThis page has changed."
	better := *doc
	better.Statements = append([]news.Statement{}, doc.Statements...)
	better.Statements[0].Kind = "prediction"
	for i, step := range []struct {
		entry   *archive.Ready
		status  archive.Status
		current []bool
	}{
		{entry(doc, "models 1"), archive.New, []bool{true}},
		{entry(doc, "models 1"), archive.Present, []bool{true}},
		{entry(&better, "models 2"), archive.Reread, []bool{false, true}},
		{entry(&better, "models 2"), archive.Present, []bool{false, true}},
		{entry(&changed, "models 2"), archive.Updated, []bool{false, false, true}},
		{entry(doc, "models 1"), archive.Present, []bool{false, false, true}},
		{entry(doc, "models 3"), archive.Reread, []bool{false, false, true, false}}, // of an edition that is past
		{entry(&changed, "models 3"), archive.Reread, []bool{false, false, false, false, true}},
	} {
		out, err := s.Keep(t.Context(), step.entry)
		if err != nil {
			t.Fatal(err)
		}
		if out[0].Status != step.status {
			t.Errorf("step %d is %s, want %s", i+1, out[0].Status, step.status)
		}
		heads, err := s.Find(t.Context(), doc.URL)
		if err != nil {
			t.Fatal(err)
		}
		var current []bool
		for k, h := range heads {
			current = append(current, h.Current)
			if h.Number != k+1 || h.Article != 1 {
				t.Errorf("step %d: version %d has number %d of article %d", i+1, k+1, h.Number, h.Article)
			}
		}
		if !reflect.DeepEqual(current, step.current) {
			t.Errorf("step %d: current are %v, want %v", i+1, current, step.current)
		}
	}
	heads, err := s.Find(t.Context(), doc.ID)
	if err != nil {
		t.Fatal(err)
	}
	var editions []int
	var readers []string
	for _, h := range heads {
		editions = append(editions, h.Edition)
		readers = append(readers, h.Reader)
	}
	if want := []int{1, 1, 2, 1, 2}; !reflect.DeepEqual(editions, want) {
		t.Errorf("editions %v, want %v", editions, want)
	}
	if want := []string{"models 1", "models 2", "models 2", "models 3", "models 3"}; !reflect.DeepEqual(readers, want) {
		t.Errorf("readers %v, want %v", readers, want)
	}
	first, err := s.Version(t.Context(), heads[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, first.Doc, doc)
	clean(t, s)

	// All of it in one batch; the index has the words of the last alone.
	s = p.New(t)
	out, err := s.Keep(t.Context(), entry(doc, "models 1"), entry(&better, "models 2"), entry(&changed, "models 2"))
	if err != nil {
		t.Fatal(err)
	}
	if out[0].Status != archive.New || out[1].Status != archive.Reread || out[2].Status != archive.Updated {
		t.Errorf("in one batch they are %+v", out)
	}
	stats, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if stats.Versions != 3 || stats.Statements != int64(len(doc.Statements)) {
		t.Errorf("three versions in one batch are %+v", stats)
	}
	clean(t, s)
}

// A batch is kept whole or not at all.
func allOrNone(t *testing.T, p Place) {
	s := p.New(t)
	docs := town()
	good, bad := ready(t, archive.Entry{Doc: docs[0]}), ready(t, archive.Entry{Doc: docs[1]})
	bad.Findings = nil // refused by the tables
	if _, err := s.Keep(t.Context(), good, bad); err == nil {
		t.Fatal("a broken entry was kept")
	}
	if n := count(t, s); n != 0 {
		t.Errorf("%d versions are there after a batch that failed", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Keep(ctx, good); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Keep gives %v", err)
	}
	if n := count(t, s); n != 0 {
		t.Errorf("%d versions are there after a batch that was cancelled", n)
	}
	if o := keep(t, s, docs...); o[2].Article != 3 {
		t.Errorf("the third article has id %d: ids were lost to what failed", o[2].Article)
	}
	clean(t, s)

	for what, spoil := range map[string]func(*archive.Entry){
		"a span outside the text":   func(e *archive.Entry) { e.Doc.OwnVoice = []news.Span{{Start: 0, End: 1 << 20}} },
		"too few vectors":           func(e *archive.Entry) { e.Vectors = make([]archive.Vector, 1) },
		"too many people":           func(e *archive.Entry) { e.People = make([]int64, 99) },
		"a person below nobody":     func(e *archive.Entry) { e.People = []int64{-1, 0, 0, 0} },
		"a NUL in the title":        func(e *archive.Entry) { e.Doc.Title = "a\x00b" },
		"an outlet that is no text": func(e *archive.Entry) { e.Doc.Outlet = "\xff" },
	} {
		e := archive.Entry{Doc: town()[0]}
		spoil(&e)
		if _, err := archive.Prepare(e); !errors.Is(err, archive.ErrNoRecord) {
			t.Errorf("%s gives %v", what, err)
		}
	}
}

// count is how many versions there are.
func count(t *testing.T, s archive.Store) int {
	t.Helper()
	n := 0
	for _, err := range s.Versions(t.Context(), archive.Selection{Past: true}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// clean fails the test if the archive finds anything wrong with itself.
func clean(t *testing.T, s archive.Store) {
	t.Helper()
	for fault, err := range s.Verify(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("verify: %s", fault)
	}
}
