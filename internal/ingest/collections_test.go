package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"whosaid/internal/ingest/crawl"
	"whosaid/internal/ingest/fetch"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

func archived(url, page string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2022-03-01T10:15:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(block), block)
}

func TestReadWARC(t *testing.T) {
	t.Chdir(t.TempDir())
	good := archived("http://courier.example/1", storyPage("Harbour union stays out", "We will stay,"))
	all := good + strings.Replace(good, "Content-Length: ", "Content-Length: x", 1) + archived("http://courier.example/2", storyPage("Ferry leaves", "It has left,"))
	write(t, "a.warc", []byte(all))
	write(t, "a.warc.gz", zipped(t, []byte(all)))
	write(t, "b", []byte(all))
	for _, name := range []string{"a.warc", "a.warc.gz", "b", "-"} {
		o := Options{Pages: true, Stdin: strings.NewReader(all)}
		var got []string
		for in, err := range Expand([]string{name}, o) {
			if err != nil {
				t.Fatal(err)
			}
			err = Read(t.Context(), in, o, func(a Arrival) error {
				got = append(got, a.Title+" "+a.URL)
				if a.Page == nil || a.Page.Fetched.Year() != 2022 || !bytes.Contains(a.Page.Body, []byte("<h1>")) || a.File != name {
					t.Errorf("%s: %+v", a.File, a.Page)
				}
				return nil
			})
			if err == nil || !strings.Contains(err.Error(), name+", record 2 (http://courier.example/1): its length is") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !slices.Equal(got, []string{"Harbour union stays out http://courier.example/1", "Ferry leaves http://courier.example/2"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestReadRecords(t *testing.T) {
	t.Chdir(t.TempDir())
	doc := &news.Document{Article: news.Article{ID: "0123456789abcdef", File: "then.html", Title: "Ferry leaves", Language: "en", Text: "Ferry leaves\n\nIt has left, Mara Tolven said.", Blocks: []news.Block{{Span: news.Span{Start: 0, End: 12}, Kind: news.Headline}, {Span: news.Span{Start: 14, End: 44}, Kind: news.Paragraph}}}}
	doc.Statements = []news.Statement{{ID: "s1", By: news.ByModel, Form: news.Indirect, Cue: []news.Span{{Start: 39, End: 43}}, Source: []news.Span{{Start: 27, End: 38}}, Content: []news.Span{{Start: 14, End: 25}}}}
	var line, indented bytes.Buffer
	if err := record.Encode(doc).Write(&line, false); err != nil {
		t.Fatal(err)
	}
	if err := record.Encode(doc).Write(&indented, true); err != nil {
		t.Fatal(err)
	}
	l := line.String()
	other := `{"format":"whosaid-archive/1","feed":{"url":"http://a.example"}}` + "\n"
	broken := strings.Replace(l, `"start":39`, `"start":3900`, 1)
	kept := strings.TrimSuffix(strings.TrimSpace(l), "}") + `,"archive":{"reader":"whosaid 1"}}` + "\n"
	for name, c := range map[string]struct {
		text string
		want int
		err  string
	}{
		"a.jsonl":    {l + kept + "\n" + l, 3, ""},
		"a.json":     {indented.String(), 1, ""},
		"two.json":   {indented.String() + indented.String(), 2, ""},
		"bad.jsonl":  {l + broken + l[:50] + "\n" + l, 2, "bad.jsonl, line 2: this record is not sound: "},
		"all.jsonl":  {other + kept + other, 1, "all.jsonl: 2 of its lines are no articles but people, decisions or feeds of an archive, and were left out; whosaid import brings in the whole"},
		"none.jsonl": {`{"format":"whosaid/9"}`, 0, "none.jsonl, line 1: this record is not sound: "},
	} {
		write(t, name, []byte(c.text))
		n := 0
		for in, err := range Expand([]string{name}, Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			err = Read(t.Context(), in, Options{}, func(a Arrival) error {
				n++
				if a.Doc == nil || len(a.Doc.Statements) != 1 || a.Doc.Statements[0].Content[0].Text(a.Text) != "It has left" || a.File != "then.html" || a.Reader != "" && a.Reader != "whosaid 1" {
					t.Errorf("%s: %+v", name, a)
				}
				return nil
			})
			if (err == nil) != (c.err == "") || err != nil && !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n != c.want {
			t.Errorf("%s: %d articles, want %d", name, n, c.want)
		}
	}
}

func TestReadTranscript(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "velm.vtt", []byte("WEBVTT - Velm tonight\n\n00:01.000 --> 00:03.000\n<v Mara Tolven>We will stay until May.\n\n00:03.500 --> 00:05.000\n<v Tom Reed>That is long, I think.\n"))
	as, err := readAllOf(t, "velm.vtt", Options{})
	if err != nil || len(as) != 1 || as[0].Text != "Velm tonight\n\nMara Tolven: We will stay until May.\n\nTom Reed: That is long, I think." {
		t.Errorf("%+v, %v", as, err)
	}
}

func TestGivenAndAgain(t *testing.T) {
	known := news.Article{Outlet: "The Velm Courier", Published: "2022-03-01", Authors: []string{"Ada Marsh"}}
	page := Page{URL: "http://courier.example/1", Type: "text/html", Body: []byte(storyPage("Harbour union stays out", "We will stay,"))}
	var as []news.Article
	keep := func(a Arrival) error { as = append(as, a.Article); return nil }
	if err := Read(t.Context(), Given("page", page, known), Options{}, keep); err != nil {
		t.Fatal(err)
	}
	if err := Read(t.Context(), Again(as[0]), Options{}, keep); err != nil {
		t.Fatal(err)
	}
	if a := as[0]; a.Published != "2022-03-01" || a.Outlet == "" || a.URL != page.URL || !slices.Equal(a.Authors, known.Authors) || as[1].Text != a.Text {
		t.Errorf("%+v", as)
	}
}

// nowhere is a client whose every fetch fails before it reaches the network.
func nowhere() *crawl.Client {
	return crawl.NewClient(crawl.Options{Fetch: fetch.Options{Timeout: 1, MaxBytes: 1, MaxUnpacked: 1}, Gap: 1})
}

// FuzzCollections reads what may be a collection from memory.
func FuzzCollections(f *testing.F) {
	f.Add([]byte(archived("http://courier.example/1", "<p>x</p>")))
	f.Add([]byte(`{"format":"whosaid/1","article":{"text":"x"}}` + "\n{\n}\n"))
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(`{"format":"whosaid-archive/1"}`))
	z.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		o := Options{MaxInput: 1 << 16, MaxUnpacked: 1 << 16, Client: nowhere()}.withDefaults()
		n := 0
		r := &reading{o: o, input: "in", visited: map[string]bool{}, yield: func(Arrival) error { n++; return nil }}
		err := r.finish(r.read(t.Context(), &source{input: "in", name: "in", data: b}))
		if err == nil && n == 0 && !bytes.Contains(b, []byte("format")) {
			t.Error("neither an article nor an error")
		}
	})
}
