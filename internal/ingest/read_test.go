package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"whosaid/internal/news"
)

// readAllOf reads one input and gives its articles and its error.
func readAllOf(t *testing.T, name string, o Options) ([]news.Article, error) {
	t.Helper()
	var out []news.Article
	for in, err := range Expand([]string{name}, o) {
		if err != nil {
			return out, err
		}
		if err := Read(context.Background(), in, o, func(a Arrival) error {
			sound(t, a.Article)
			out = append(out, a.Article)
			return nil
		}); err != nil {
			return out, err
		}
	}
	return out, nil
}

// sound checks what every article must keep to.
func sound(t *testing.T, a news.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || len(a.ID) != 16 || a.File == "" || a.Language == "" {
		t.Errorf("article %q of %q in %q, valid %v", a.ID, a.File, a.Language, utf8.ValidString(a.Text))
	}
	at := 0
	for _, b := range a.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(a.Text) || strings.TrimSpace(a.Text[at:b.Start]) != "" {
			t.Errorf("%s: block %v after %d", a.File, b, at)
			return
		}
		at = b.End
	}
	if strings.TrimSpace(a.Text[at:]) != "" {
		t.Errorf("%s: words after the last block: %.40q", a.File, a.Text[at:])
	}
	at = 0
	for _, r := range a.Repairs {
		if r.Start < at || r.End < r.Start || r.End > len(a.Text) {
			t.Errorf("%s: repair %v after %d", a.File, r, at)
			return
		}
		at = r.End
	}
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const pasted = `Harbour union rejects ministry offer, warns of a longer strike in Velm
The head of the dockers says that no ship will be unloaded before the wage claim is met
By News Desk - March 3 2021

(Photo credit: Velm Press)

Speaking to Radio Ostrin, union leader Mara Tolven said the offer was “an insult to every docker in Velm.”

“We will stay out until May,” Tolven told the station, and that would likely┬áprevent a deal.

Most Popular
`

const pageText = `<!DOCTYPE html><html lang="en"><head><title>Harbour union rejects ministry offer - The Velm Ledger</title>
<meta property="og:title" content="Harbour union rejects ministry offer"><meta charset="utf-8"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Harbour union rejects ministry offer</h1><p>By Jane Roe</p>
<p>Speaking to Radio Ostrin, union leader Mara Tolven said the offer was â€œan insult to every docker in Velm.â€</p>
<p>“We will stay out until May,” Tolven told the station. The ministry said it had not yet read the letter of the union, and that it would answer in the coming week.</p>
<p>The strike began in January, after the ministry had closed two of the four basins of the old harbour without a word to those who work there.</p>
</article><footer>All rights reserved</footer></body></html>`

func TestReadText(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.txt", []byte(pasted))
	write(t, "b.txt.gz", zipped(t, []byte(pasted)))
	for _, name := range []string{"a.txt", "b.txt.gz"} {
		as, err := readAllOf(t, name, Options{})
		if err != nil || len(as) != 1 {
			t.Fatalf("%s: %d articles, %v", name, len(as), err)
		}
		a := as[0]
		if a.Title != "Harbour union rejects ministry offer, warns of a longer strike in Velm" || strings.Join(a.Authors, ";") != "News Desk" || a.Published != "2021-03-03" || a.Language != "en" || a.File != name {
			t.Errorf("%s: %+v", name, a)
		}
		if len(a.Repairs) != 1 || a.Repairs[0].Was != "likely┬áprevent" || a.Repairs[0].Text(a.Text) != "likely prevent" {
			t.Errorf("%s: repairs %v", name, a.Repairs)
		}
		if len(a.Problems) != 0 {
			t.Errorf("%s: problems %v", name, a.Problems)
		}
	}
}

func TestReadPage(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.html", []byte(pageText))
	as, err := readAllOf(t, "a.html", Options{})
	if err != nil || len(as) != 1 {
		t.Fatalf("%d articles, %v", len(as), err)
	}
	a := as[0]
	if a.Title != "Harbour union rejects ministry offer" || !strings.Contains(a.Text, "“an insult to every docker in Velm.”") || len(a.Repairs) == 0 {
		t.Errorf("%+v", a)
	}
}

func TestReadAsIs(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, text := range []string{pasted, "\uFEFF" + strings.ReplaceAll(pasted, "\n", "\r\n"), "One line", "\n\n  a\n b\n \n c\u00AD\x00d " + strings.Repeat("and more of it ", 9) + "\n"} {
		write(t, "a.txt", []byte(text))
		as, err := readAllOf(t, "a.txt", Options{AsIs: true})
		if err != nil || len(as) != 1 {
			t.Fatalf("%q: %d articles, %v", text, len(as), err)
		}
		if as[0].Text != text || len(as[0].Repairs) != 0 {
			t.Errorf("%q became %q, %v", text, as[0].Text, as[0].Repairs)
		}
		for _, b := range as[0].Blocks {
			if b.Kind != news.Paragraph {
				t.Errorf("block of kind %s", b.Kind)
			}
		}
	}
	write(t, "a.txt", []byte("It\x92s over, he said."))
	if as, err := readAllOf(t, "a.txt", Options{AsIs: true}); err != nil || as[0].Text != "It’s over, he said." {
		t.Errorf("%+v, %v", as, err)
	}
}

func TestIdentityIsStable(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("elsewhere", 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, "a.txt", []byte(pasted))
	write(t, "elsewhere/a.txt", []byte(pasted))
	write(t, "b.txt", []byte(pasted+"One more."))
	ids := map[string]string{}
	for _, name := range []string{"a.txt", "elsewhere/a.txt", "b.txt"} {
		as, err := readAllOf(t, name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = as[0].ID
	}
	if ids["a.txt"] != ids["elsewhere/a.txt"] || ids["a.txt"] == ids["b.txt"] {
		t.Errorf("%v", ids)
	}
}

func TestReadStandardInput(t *testing.T) {
	as, err := readAllOf(t, "-", Options{Stdin: strings.NewReader(pasted)})
	if err != nil || len(as) != 1 || as[0].File != "-" {
		t.Errorf("%v, %v", as, err)
	}
	if _, err := readAllOf(t, "-", Options{}); err == nil || err.Error() != "-: there is no standard input here; name a file" {
		t.Errorf("%v", err)
	}
}

func TestReadManyArticlesOfOneFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.jsonl", []byte(`{"url":"http://news.example/1","title":"Harbour opens","date":"2021-03-03","outlet":"The Velm Ledger","text":"The harbour has opened, the mayor said on Monday."}
{"title":"Broken","text":
{"title":"A page","html":"<p>The mayor said that she would not resign before the vote.</p>"}
`))
	as, err := readAllOf(t, "a.jsonl", Options{})
	if len(as) != 2 {
		t.Fatalf("%d articles, %v", len(as), err)
	}
	if a := as[0]; a.Title != "Harbour opens" || a.Outlet != "The Velm Ledger" || a.Published != "2021-03-03" || a.URL != "http://news.example/1" || !strings.Contains(a.Text, "the mayor said on Monday") {
		t.Errorf("%+v", a)
	}
	var own *Error
	if !errors.As(err, &own) || own.Input != "a.jsonl" || own.Item == "" {
		t.Errorf("the broken line: %#v", err)
	}
	stop := errors.New("enough")
	n := 0
	for in, expandErr := range Expand([]string{"a.jsonl"}, Options{}) {
		if expandErr != nil {
			t.Fatal(expandErr)
		}
		err = Read(context.Background(), in, Options{}, func(Arrival) error { n++; return stop })
	}
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d articles, %v", n, err)
	}
}

func TestReadPiecesOfPages(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.jsonl", []byte(`{"title":"Mayor stays","date":"2020-01-02","html":"<p>The mayor said that she would not resign before the vote.</p><p>He left.</p>"}
{"title":"Mayor goes","html":"“I am <b>off</b>,” she said.<br>So she was.<script>x()</script>"}
`))
	as, err := readAllOf(t, "a.jsonl", Options{})
	if err != nil || len(as) != 2 {
		t.Fatalf("%d articles, %v", len(as), err)
	}
	for i, want := range []string{
		"Mayor stays\n\nThe mayor said that she would not resign before the vote.\n\nHe left.",
		"Mayor goes\n\n“I am off,” she said.\nSo she was.",
	} {
		a := as[i]
		if a.Text != want || len(a.Blocks) != 3-i || a.Blocks[0].Kind != news.Headline || a.Blocks[1].Kind != news.Paragraph {
			t.Errorf("article %d: %+v", i, a)
		}
		for _, p := range a.Problems {
			if p.Fatal() || p.Code == news.ProblemNoDate && a.Published != "" {
				t.Errorf("article %d: %v", i, p)
			}
		}
	}
}

func TestBadInput(t *testing.T) {
	t.Chdir(t.TempDir())
	damaged := zipped(t, []byte(strings.Repeat(pasted, 20)))
	flipped := bytes.Clone(damaged)
	flipped[len(flipped)-6] ^= 0xFF
	write(t, "empty.txt", nil)
	write(t, "space.txt", []byte(" \r\n\t\n"))
	write(t, "empty.html", nil)
	write(t, "picture.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	write(t, "zeros.txt", make([]byte, 5000))
	write(t, "noise.txt", []byte("\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff"))
	write(t, "cut.txt.gz", damaged[:len(damaged)/2])
	write(t, "flipped.txt.gz", flipped)
	write(t, "bomb.txt.gz", zipped(t, make([]byte, 3<<20)))
	write(t, "long.txt", bytes.Repeat([]byte("long "), 1<<19))
	if err := os.Mkdir("nothing", 0o755); err != nil {
		t.Fatal(err)
	}
	o := Options{MaxInput: 1 << 20, MaxUnpacked: 2 << 20}
	for name, want := range map[string]string{
		"empty.txt":      "empty.txt: it is empty",
		"space.txt":      "space.txt: it is empty",
		"empty.html":     "empty.html: it is empty",
		"picture.txt":    "picture.txt: it is not text: it looks like a picture (PNG)",
		"zeros.txt":      "zeros.txt: it",
		"noise.txt":      "noise.txt: it",
		"cut.txt.gz":     "cut.txt.gz: its gzip data is cut short",
		"flipped.txt.gz": "flipped.txt.gz: its gzip data is damaged",
		"bomb.txt.gz":    "bomb.txt.gz: it unpacks to more than 2 MB",
		"long.txt":       "long.txt: it is 2.5 MB long, and 1 MB is the most that is read; raise the limit with --max-input",
		"missing.txt":    "missing.txt: there is no such file or folder; check the path",
		"nothing":        "nothing: the folder is empty",
	} {
		as, err := readAllOf(t, name, o)
		var own *Error
		if !errors.As(err, &own) || !strings.HasPrefix(err.Error(), want) || len(as) > 0 {
			t.Errorf("%s: %d articles, error %v", name, len(as), err)
		}
	}
	if _, err := readAllOf(t, "-", Options{MaxInput: 100, Stdin: strings.NewReader(pasted)}); err == nil || err.Error() != "-: it is too long, and 100 bytes is the most that is read; raise the limit with --max-input" {
		t.Errorf("standard input: %v", err)
	}
}

// Strange text is read all the same, within reason.
func TestStrangeText(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"line.txt":       strings.Repeat("He said so. ", 10<<20/12),
		"quotes.txt":     strings.Repeat("“", 1_000_000),
		"straight.txt":   strings.Repeat("\"", 1_000_000),
		"lines.txt":      strings.Repeat("By A\n", 200_000),
		"nuls.txt":       "The mayor\x00 said it was over, and\x00 the strike went on for a week and longer, and nobody came to see it end in the old harbour of Velm.",
		"surrogates.txt": "The mayor said \xed\xa0\x80it was over – “over” – and \xed\xb0\x80 went.",
		"invalid.txt":    "The mayor – “she” – said\xff it was over.",
		"damage.txt":     strings.Repeat("Ã¢â‚¬â„¢ ┬á", 100_000),
	} {
		write(t, name, []byte(text))
		for _, asIs := range []bool{false, true} {
			start := time.Now()
			as, err := readAllOf(t, name, Options{AsIs: asIs})
			if err != nil || len(as) != 1 {
				t.Errorf("%s: %d articles, %v", name, len(as), err)
				continue
			}
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s took %v", name, took)
			}
			told := false
			for _, p := range as[0].Problems {
				told = told || p.Code == news.ProblemEncoding && !p.Fatal()
			}
			if replaced := strings.Contains(as[0].Text, "\uFFFD"); replaced != told || replaced != (name == "surrogates.txt" || name == "invalid.txt") {
				t.Errorf("%s: replaced %v, told %v", name, replaced, told)
			}
		}
	}
}

func TestReadAddress(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/article":
			w.Header().Set("Content-Type", "text/html; charset=windows-1252") // wrongly
			_, _ = io.WriteString(w, pageText)
		case "/old":
			w.Header().Set("Content-Type", "text/plain; charset=windows-1251")
			_, _ = io.WriteString(w, "The mayor said \x93\xcf\xf0\xe8\xe2\xe5\xf2\x94 to those who had come to the harbour.")
		case "/moved":
			http.Redirect(w, r, "/article", http.StatusMovedPermanently)
		case "/empty":
			w.Header().Set("Content-Type", "text/html")
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	o := Options{AllowPrivate: true}
	for _, path := range []string{"/article", "/moved"} {
		as, err := readAllOf(t, srv.URL+path, o)
		if err != nil || len(as) != 1 || as[0].Title != "Harbour union rejects ministry offer" || as[0].URL != srv.URL+"/article" || as[0].File != srv.URL+path || !strings.Contains(as[0].Text, "“We will stay out until May,”") {
			t.Errorf("%s: %+v, %v", path, as, err)
		}
	}
	if as, err := readAllOf(t, srv.URL+"/old", o); err != nil || !strings.Contains(as[0].Text, "“Привет”") {
		t.Errorf("%+v, %v", as, err)
	}
	for path, want := range map[string]string{
		"/gone":  srv.URL + "/gone: the server answered 404 (not found); check the address",
		"/empty": srv.URL + "/empty: it is empty; nothing was read from it",
	} {
		if _, err := readAllOf(t, srv.URL+path, o); err == nil || err.Error() != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := readAllOf(t, srv.URL+"/article", Options{}); err == nil || !strings.Contains(err.Error(), "--allow-private") {
		t.Errorf("private: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Read(ctx, Input{Name: srv.URL, kind: address}, o, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off: %v", err)
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ said, text, want string }{
		{"", "The minister said on Monday that the talks had failed and that her government would not return to them.", "en"},
		{"", "Talks failed.", "und"},
		{"", "Mara Tolven, Velm: no deal", "und"},
		{"", "“Non,” said Tolven.", "und"},
		{"", "“Nous ne partirons pas,” he said. “Je ne sais pas ce que le ministre veut dire,” she said, and they left for the harbour of Velm.", "en"},
		{"en-GB", "Talks failed.", "en"},
		{"de", "Ein Satz.", "de"},
		{"de-AT", "The minister said on Monday that the talks had failed and that her government would not return to them.", "en"},
		{"", "Die Ministerin sagte am Montag, dass die Gespräche gescheitert seien und ihre Regierung nicht an den Verhandlungstisch zurückkehren werde. „Es gibt nichts mehr zu sagen“, erklärte sie im Parlament. Die Gewerkschaft hatte zuvor angekündigt, den Streik im Hafen bis zum Mai fortzusetzen, wenn ihre Forderungen nicht erfüllt werden.", "de"},
		{"en", "Премьер-министр заявил во вторник, что переговоры продолжатся на следующей неделе. Мы останемся за столом, пока не будет решения, сказал он журналистам.", "ru"},
		{"", "قال رئيس الوزراء يوم الثلاثاء إن المحادثات ستستمر في الأسبوع المقبل، وأضاف أن الحكومة لن تقبل بأقل من اتفاق كامل.", "ar"},
		{"", "总理星期二表示，谈判将在下周继续进行。他对记者说，在找到解决办法之前，我们会留在谈判桌旁。外交部发言人拒绝对这些报道发表评论。", "zh"},
		{"", "Премиерът заяви във вторник, че преговорите ще продължат следващата седмица. Ще останем на масата, докато не се намери решение.", "und"}, // Bulgarian or Macedonian
		{"x", "123", "und"},
	} {
		a := news.Article{Language: c.said, Text: c.text}
		tellLanguage(&a)
		if a.Language != c.want {
			t.Errorf("%q, said to be %q: %s, want %s", c.text, c.said, a.Language, c.want)
		}
		if foreign := c.want != "en" && c.want != "und" || strings.Contains(c.text, "Премиерът"); foreign != (len(a.Problems) == 1) {
			t.Errorf("%q: problems %v", c.text, a.Problems)
		}
	}
	a := news.Article{Language: "de", Text: "Ein Satz."}
	tellLanguage(&a)
	if want := "This article is in German; whosaid reads statements from English only so far. Its text is kept."; a.Problems[0].Message != want {
		t.Errorf("%q", a.Problems[0].Message)
	}
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte(pasted), "a.txt", false)
	f.Add([]byte(pageText), "a.html", true)
	f.Add([]byte("{\"text\":\"x\"}"), "a.json", false)
	f.Fuzz(func(t *testing.T, b []byte, name string, asIs bool) {
		s := &source{input: "in", name: name, data: b}
		o := Options{AsIs: asIs, MaxUnpacked: 1 << 20, Client: nowhere()}.withDefaults()
		r := &reading{o: o, input: "in", visited: map[string]bool{}, yield: func(a Arrival) error {
			sound(t, a.Article)
			return nil
		}}
		_ = r.read(context.Background(), s)
	})
}
