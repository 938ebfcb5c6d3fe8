package print

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"whosaid/internal/annotate/statements"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A draft is an article under the pen: spans are given by their words, which
// are looked for in the text from left to right.
type draft struct {
	t   *testing.T
	doc *news.Document
}

func write(t *testing.T, file string, blocks ...string) *draft {
	d := &draft{t, &news.Document{Article: news.Article{ID: "id-" + file, File: file, Language: "en"}}}
	for i, b := range blocks {
		kind := news.Paragraph
		if name, rest, ok := strings.Cut(b, "] "); ok && strings.HasPrefix(b, "[") {
			kind, b = news.BlockKind(name[1:]), rest
		}
		if i > 0 {
			d.doc.Text += "\n\n"
		}
		start := len(d.doc.Text)
		d.doc.Text += b
		d.doc.Blocks = append(d.doc.Blocks, news.Block{Span: news.Span{Start: start, End: len(d.doc.Text)}, Kind: kind})
		if kind == news.Headline {
			d.doc.Title = b
		}
	}
	return d
}

// spans finds the parts of words, which " … " divides.
func (d *draft) spans(words string) []news.Span {
	d.t.Helper()
	if words == "" {
		return nil
	}
	var out []news.Span
	from := 0
	for part := range strings.SplitSeq(words, " … ") {
		i := strings.Index(d.doc.Text[from:], part)
		if i < 0 {
			d.t.Fatalf("%q is not in the text", part)
		}
		out = append(out, news.Span{Start: from + i, End: from + i + len(part)})
		from += i + len(part)
	}
	return out
}

func (d *draft) said(source, cue, content string, more func(*news.Statement)) {
	d.t.Helper()
	s := news.Statement{
		ID: "s" + strconv.Itoa(len(d.doc.Statements)+1), By: news.ByModel, Form: news.Direct, Confidence: 0.9,
		Source: d.spans(source), Cue: d.spans(cue), Content: d.spans(content),
	}
	if more != nil {
		more(&s)
	}
	d.doc.Statements = append(d.doc.Statements, s)
}

// pier is an article that has one of everything.
func pier(t *testing.T) *news.Document {
	d := write(t, "in/pier.txt",
		"[headline] Pier “to stay shut”, mayor says",
		"[byline] By Nora Vance",
		"“We will open it again when it is safe,” Ida Brandt told reporters, “and not one hour before that.”",
		"The mayor insisted that nobody had been warned. =SUM was the council’s <b>own</b> & only word.",
		"Opposition councillors want more. Dana Whitlock said that an aide had told her that “at least three people” knew.",
		"ida brandt\nwas accused of “hiding the papers” — a claim that “does not hold water”, it was said.",
		"[furniture] Most Popular: “I saw a lynx”, says vicar \x1b[2J",
	)
	d.doc.Outlet, d.doc.Published, d.doc.Authors = "The Kelmere Courier", "2025-03-12T08:00:00Z", []string{"Nora Vance"}
	d.doc.URL = "https://courier.example/pier?a=1&b=2"
	indirect := func(s *news.Statement) { s.Form = news.Indirect }
	d.said("Ida Brandt", "told", "“We will open it again when it is safe,” … “and not one hour before that.”", nil)
	d.said("mayor", "says", "Pier “to stay shut”", func(s *news.Statement) { s.Form = news.Mixed })
	d.said("The mayor", "insisted", "that nobody had been warned", func(s *news.Statement) { s.Form, s.Confidence = news.Indirect, .41 })
	d.said("the council", "word", "=SUM", indirect)
	d.said("Dana Whitlock", "said", "that an aide had told her that “at least three people” knew", indirect)
	d.said("an aide", "had told", "that “at least three people” knew", func(s *news.Statement) { s.Form, s.Parent = news.Mixed, "s5" })
	d.said("ida brandt", "", "“hiding the papers”", nil)
	d.said("", "it was said", "“does not hold water”", nil)
	d.said("", "", "“I saw a lynx”", func(s *news.Statement) { s.By, s.Confidence = news.ByMarks, 0 })
	d.said("vicar \x1b[2J", "", "", nil)
	return d.doc
}

func lakes(t *testing.T) *news.Document {
	d := write(t, "in/lakes.html", "[headline] Lakes", "The lakes are full, a warden said.")
	d.said("a warden", "said", "The lakes are full", func(s *news.Statement) { s.Form = news.Indirect })
	d.doc.Published = "2025-03"
	return d.doc
}

// harbour is an article whose people are known: who is who, what they are
// called, what kind of statement each makes.
func harbour(t *testing.T) *news.Document {
	d := write(t, "in/harbour.txt",
		"[headline] Harbour chief warns of strike",
		"Harbour master Selim Aydın, a veteran firebrand, told reporters on Monday that the port would close if the talks failed.",
		"“I will not wait,” he said. His deputy, Mona Reyes, claimed that he was bluffing.",
	)
	d.doc.Published = "2025-05-07"
	second := func(words, before, form string) news.Mention {
		at := d.spans(before)[0].Start + strings.Index(before, words)
		return news.Mention{Span: news.Span{Start: at, End: at + len(words)}, Form: form}
	}
	d.said("Selim Aydın", "told", "that the port would close if the talks failed", func(s *news.Statement) {
		s.Form, s.Kind, s.Conditional, s.CueStance = news.Indirect, "warning", true, "neutral"
		s.Speakers = []news.Speaker{{Actor: "a1", Name: "Selim Aydın", By: "name", Confidence: .98}}
		s.Addressee = &d.spans("reporters")[0]
		s.When = &news.Date{Span: d.spans("on Monday")[0], Value: "2025-05-05"}
	})
	d.said("", "said", "“I will not wait,”", func(s *news.Statement) {
		s.Source = []news.Span{second("he", "he said", "").Span}
		s.Kind, s.CueStance = "promise", "neutral"
		s.Speakers = []news.Speaker{{Actor: "a1", Name: "Selim Aydın", By: "pronoun", Confidence: .9}}
	})
	d.said("Mona Reyes", "claimed", "that he was bluffing", func(s *news.Statement) {
		s.Form, s.Kind, s.CueStance = news.Indirect, "criticism", "doubting"
		s.Speakers = []news.Speaker{{Actor: "a2", Name: "Mona Reyes", By: "name", Confidence: .97}}
	})
	mention := func(words, form string) news.Mention { return news.Mention{Span: d.spans(words)[0], Form: form} }
	d.doc.Actors = []news.Actor{
		{
			ID: "a1", Name: "Selim Aydın", Named: true, Type: "person",
			Mentions: []news.Mention{
				mention("Harbour chief", "nominal"), mention("Selim Aydın", "name"), second("I", "“I will", "pronoun"),
				second("he", "he said", "pronoun"), mention("His", "pronoun"), second("he", "he was", "pronoun"),
			},
			Descriptions: []news.Description{
				{Span: d.spans("Harbour master")[0], Kind: "title", By: "outlet"},
				{Span: d.spans("veteran firebrand")[0], Kind: "label", By: "outlet"},
			},
		},
		{
			ID: "a2", Name: "Mona Reyes", Named: true, Type: "person",
			Mentions:     []news.Mention{second("His deputy", "His deputy", "nominal"), mention("Mona Reyes", "name")},
			Descriptions: []news.Description{{Span: d.spans("deputy")[0], Kind: "role", By: "outlet"}},
		},
	}
	return d.doc
}

// wall is an article that could not be read.
func wall() *news.Document {
	return &news.Document{Article: news.Article{
		File: "in/wall.html", Title: "Council sells its park",
		Problems: []news.Problem{{Code: news.ProblemPaywall, Message: "Only the first lines came: the page asks for a subscription."}},
	}}
}

func render(t *testing.T, format string, o Options, docs ...*news.Document) string {
	t.Helper()
	var out bytes.Buffer
	p, err := New(format, &out, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := record.Check(d); err != nil {
			t.Fatal(err)
		}
		if err := p.Print(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed (go test -update writes it anew):\n%s", path, got)
	}
}

func TestGolden(t *testing.T) {
	for name, got := range map[string]string{
		"all.txt":     render(t, Text, Options{}, pier(t), wall(), lakes(t)),
		"narrow.txt":  render(t, Text, Options{Width: 40}, pier(t)),
		"all.csv":     render(t, CSV, Options{}, pier(t), wall(), lakes(t)),
		"one.ann":     render(t, Brat, Options{}, pier(t)),
		"all.ann":     render(t, Brat, Options{}, pier(t), lakes(t)),
		"all.html":    render(t, HTML, Options{}, pier(t), wall(), lakes(t)),
		"people.txt":  render(t, Text, Options{}, harbour(t)),
		"people.html": render(t, HTML, Options{}, harbour(t)),
		"none.html":   render(t, HTML, Options{}),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, got) })
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := New("xml", nil, Options{}); err == nil || !strings.Contains(err.Error(), "text, json, jsonl, csv, brat, html") {
		t.Errorf("got %v, want an error that lists the formats", err)
	}
}

// TestColourChangesNoWord strips the colours and finds what a pipe gets.
func TestColourChangesNoWord(t *testing.T) {
	plain := render(t, Text, Options{Width: 60}, pier(t), wall())
	colour := render(t, Text, Options{Width: 60, Colour: true}, pier(t), wall())
	if plain == colour {
		t.Error("there is no colour")
	}
	if got := ansi.Strip(colour); got != plain {
		t.Errorf("colour changed the words:\n%s", got)
	}
	if strings.Contains(plain, "\x1b") {
		t.Error("the article's own escape reached the terminal")
	}
}

func TestWidth(t *testing.T) {
	for _, width := range []int{30, 40, 57, 80} {
		for line := range strings.SplitSeq(render(t, Text, Options{Width: width}, pier(t), wall()), "\n") {
			if n := ansi.StringWidth(line); n > width {
				t.Errorf("width %d: a line of %d columns: %s", width, n, line)
			}
		}
	}
}

// TestEveryStatementIsPrinted looks at documents whose parents are missing,
// are each other's, or are passages by marks.
func TestEveryStatementIsPrinted(t *testing.T) {
	d := write(t, "loop.txt", "One two three four five six seven eight.")
	parent := func(id string) func(*news.Statement) { return func(s *news.Statement) { s.Parent = id } }
	d.said("", "", "One", parent("s2"))
	d.said("", "", "two", parent("s1"))
	d.said("", "", "three", parent("s3"))
	d.said("", "", "four", parent("gone"))
	d.said("", "", "five", func(s *news.Statement) { s.By = news.ByMarks })
	d.said("", "", "six", parent("s5"))
	d.said("", "", "seven", parent("s6"))
	d.said("", "", "eight", parent("s7"))
	for _, format := range []string{Text, HTML, CSV, Brat} {
		out := render(t, format, Options{}, d.doc)
		for _, word := range []string{"One", "two", "three", "four", "five", "six", "seven", "eight"} {
			if !strings.Contains(out, word) {
				t.Errorf("%s: %q is missing", format, word)
			}
		}
	}
	// The page shows the text as well: count the list's entries.
	if n := strings.Count(render(t, HTML, Options{}, d.doc), `<li id="list-a1-`); n != 8 {
		t.Errorf("the page lists %d statements, want 8", n)
	}
}

// TestPageHoldsTheText takes the tags away and finds the article's words, in
// order, with spans that cross each other and blocks.
func TestPageHoldsTheText(t *testing.T) {
	d := write(t, "cross.txt", "[headline] One two three", "four five <six> seven", "eight nine & ten")
	whole := func(s *news.Statement) {
		s.Content = []news.Span{{Start: 4, End: len(d.doc.Text) - 3}}
		s.Source = []news.Span{{Start: 0, End: 9}}
	}
	d.said("two three", "five", "One", nil)
	d.said("", "", "", whole)
	d.said("", "", "three", whole)
	blocks, shown := cut(d.doc, map[*news.Statement]string{
		&d.doc.Statements[0]: "k1", &d.doc.Statements[1]: "k2", &d.doc.Statements[2]: "k3",
	}, who{})
	for i, b := range blocks {
		var got string
		for _, r := range b.Runs {
			got += r.Text
		}
		if want := d.doc.Blocks[i].Text(d.doc.Text); got != want {
			t.Errorf("block %d holds %q, want %q", i, got, want)
		}
	}
	if len(shown) != 3 {
		t.Errorf("%d statements are anchored, want 3", len(shown))
	}
}

func TestCSVIsInert(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(render(t, CSV, Options{}, pier(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 11 {
		t.Fatalf("%d rows, want a head and 10", len(rows))
	}
	found := false
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
			found = found || cell == "'=SUM"
		}
	}
	if !found {
		t.Error("the cell that begins with = is missing")
	}
}

func TestBratFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "brat")
	p, err := NewBratFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"in/pier.txt", "other/pier.html", "in/PIER.md", "in/pier-2.txt", "-", "https://a.example/x?q=1", "in/..", `c:\news\pier.txt`}
	for _, name := range names {
		doc := pier(t)
		doc.File = name
		if err := p.Print(doc); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.ann"))
	if err != nil || len(files) != len(names) {
		t.Fatalf("%d files %v, want one for each of %d articles", len(files), files, len(names))
	}
	for _, ann := range files {
		text, err := os.ReadFile(strings.TrimSuffix(ann, ".ann") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(ann)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, string(text), string(got))
	}
}

// holds reads annotations as brat does and finds each span's words at its
// offsets.
func holds(t *testing.T, text, ann string) {
	t.Helper()
	chars := []rune(text)
	n := 0
	for line := range strings.Lines(ann) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if !strings.HasPrefix(line, "T") {
			continue
		}
		n++
		_, ranges, _ := strings.Cut(fields[1], " ")
		var words []string
		for r := range strings.SplitSeq(ranges, ";") {
			from, to, _ := strings.Cut(r, " ")
			a, err1 := strconv.Atoi(from)
			b, err2 := strconv.Atoi(to)
			if err1 != nil || err2 != nil || a >= b || b > len(chars) {
				t.Fatalf("bad range in %q", line)
			}
			words = append(words, string(chars[a:b]))
		}
		if got := strings.Join(words, " "); got != fields[2] || strings.Contains(got, "\n") {
			t.Errorf("the offsets hold %q, the line says %q", got, fields[2])
		}
	}
	if n < 20 {
		t.Errorf("only %d spans", n)
	}
}

func TestDay(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "2025": "2025", "2025-03": "March 2025", "2025-03-12": "12 March 2025",
		"2025-03-12T08:00:00+01:00": "12 March 2025", "2025-13-40": "2025-13-40", "soon": "soon",
	} {
		if got := day(in); got != want {
			t.Errorf("day(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestLongTitle has a title that every row of the table would repeat.
func TestLongTitle(t *testing.T) {
	d := write(t, "long.txt", "[headline] "+strings.Repeat("Pier shut again ", 20_000), "“No,” she said.", "“Yes,” he said.")
	d.said("she", "said", "“No,”", nil)
	d.said("he", "said", "“Yes,”", nil)
	if n := len(render(t, CSV, Options{}, d.doc)); n > 4000 {
		t.Errorf("two statements make a table of %d bytes", n)
	}
}

func TestExplanation(t *testing.T) {
	doc := pier(t)
	s := doc.Statements[0]
	var out bytes.Buffer
	err := Explanation(&out, doc, statements.Explanation{
		Word: s.Cue[0], Start: .97,
		Cues: []statements.Seen{{
			P: .97, Roles: [3]float64{.01, .98, 0}, Verdict: "kept", Confidence: .91,
			Spans: [3][]news.Span{s.Source, s.Cue, s.Content},
		}, {P: .04, Roles: [3]float64{0, 0, .06}, Verdict: "left out: too unsure", Spans: [3][]news.Span{nil, doc.Statements[2].Cue, nil}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "explanation.txt", out.String())
}
