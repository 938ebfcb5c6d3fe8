package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// versions are two invented articles: one with marks that formats use
// themselves, one that has no address and whose people are known.
func versions(t *testing.T) []*archive.Version {
	t.Helper()
	file, err := os.Open("testdata/articles.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []*archive.Version
	first := int64(1)
	for r, err := range record.Read(file) {
		if err != nil {
			t.Fatal(err)
		}
		doc, err := record.Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		v := &archive.Version{Doc: doc}
		v.ID, v.First, v.Statements = int64(len(out)+1), first, len(doc.Statements)
		first += int64(len(doc.Statements))
		out = append(out, v)
	}
	known := out[len(out)-1]
	known.People = make([]int64, len(known.Doc.Actors))
	known.People[0] = 42
	return out
}

// written is what a format makes of versions: a file, or those of a folder by
// name.
func written(t *testing.T, f Format, list []*archive.Version) map[string][]byte {
	t.Helper()
	var b bytes.Buffer
	var w Writer
	var err error
	dir := t.TempDir()
	if f.Folder {
		w, err = f.To(dir)
	} else {
		w, err = f.On(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		if err := w.Write(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !f.Folder {
		return map[string][]byte{"": b.Bytes()}
	}
	out := map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGolden(t *testing.T) {
	for _, f := range Formats {
		if f.Name == "parquet" { // its bytes are the packer's; package parquet has tests of its own
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			for name, got := range written(t, f, versions(t)) {
				if strings.HasPrefix(name, "articles/") { // package print has tests of these pages
					continue
				}
				golden := filepath.Join("testdata", f.Name+".golden", filepath.FromSlash(name))
				if *update {
					if err := os.MkdirAll(filepath.Dir(golden), 0o777); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(golden, got, 0o666); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%s differs from %s (go test -update writes it anew):\n%s", name, golden, got)
				}
			}
		})
	}
}

// TestNothing writes archives without an article: the output is whole.
func TestNothing(t *testing.T) {
	for _, f := range Formats {
		for name, got := range written(t, f, nil) {
			switch f.Name {
			case "claimreview", "annotation", "quotation":
				if !json.Valid(got) {
					t.Errorf("%s %s is no JSON: %s", f.Name, name, got)
				}
			}
		}
	}
}

// TestSelectors finds each quotation again by its selectors, as a program that
// knows only the text would.
func TestSelectors(t *testing.T) {
	list := versions(t)
	text := map[string][]rune{}
	for _, v := range list {
		text[address(v.Doc)] = []rune(v.Doc.Text)
	}
	format, err := Named("annotation")
	if err != nil {
		t.Fatal(err)
	}
	var page struct {
		Items []struct {
			Target []struct {
				Source   string
				Selector []struct {
					Type, Exact, Prefix, Suffix string
					Start, End                  int
				}
			}
		}
	}
	if err := json.Unmarshal(written(t, format, list)[""], &page); err != nil {
		t.Fatal(err)
	}
	if len(page.Items) < 8 {
		t.Fatalf("there are %d annotations", len(page.Items))
	}
	for _, item := range page.Items {
		for _, target := range item.Target {
			quote, at := target.Selector[0], target.Selector[1]
			whole := text[target.Source]
			if got := string(whole[at.Start:at.End]); got != quote.Exact {
				t.Errorf("%d to %d is %q, and should be %q", at.Start, at.End, got, quote.Exact)
			}
			if !strings.HasSuffix(string(whole[:at.Start]), quote.Prefix) || !strings.HasPrefix(string(whole[at.End:]), quote.Suffix) {
				t.Errorf("%q does not stand between %q and %q", quote.Exact, quote.Prefix, quote.Suffix)
			}
		}
	}
}

// TestTags reads CoNLL back: every word of a part is tagged as of it, or of one
// that counts before it.
func TestTags(t *testing.T) {
	format, err := Named("conll")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^\d+\t(\S+)\t(\S+)\t(\S+)\t(\S+)\tTokenRange=(\d+):(\d+)$`)
	for _, v := range versions(t) {
		at := news.NewOffsets(v.Doc.Text)
		rows := row.FindAllStringSubmatch(string(written(t, format, []*archive.Version{v})[""]), -1)
		for _, p := range partsOf(v.Doc) {
			from, to := at.Rune(p.Start), at.Rune(p.End)
			words, begun, ended := 0, false, false
			for _, m := range rows {
				start, _ := strconv.Atoi(m[5])
				end, _ := strconv.Atoi(m[6])
				if start < from || end > to {
					continue
				}
				words++
				begun, ended = begun || start == from, ended || end == to
				ok := map[string]string{"Cue": "Cue", "Source": "CueSource", "Content": "CueSourceContent"}[p.role]
				if _, role, _ := strings.Cut(m[2+p.level], "-"); role == "" || !strings.Contains(ok, role) {
					t.Errorf("%q of the %s %q is tagged %s", m[1], p.role, p.Text(v.Doc.Text), m[2+p.level])
				}
			}
			if words == 0 || !begun || !ended {
				t.Errorf("no words fit the %s %q", p.role, p.Text(v.Doc.Text))
			}
		}
	}
}

func TestTokens(t *testing.T) {
	text := "Don't pay 3.5 % to Asa'ib—he said “so-so”… 🚢 e-mail: a.b@c."
	var got []string
	for _, s := range tokens(text, news.Span{End: len(text)}, nil) {
		got = append(got, s.Text(text))
	}
	want := "Don't|pay|3.5|%|to|Asa'ib|—|he|said|“|so-so|”|…|🚢|e-mail|:|a.b|@|c|."
	if strings.Join(got, "|") != want {
		t.Errorf("tokens are\n%s, want\n%s", strings.Join(got, "|"), want)
	}
}

// TestPagesAreClosed looks at what a hostile title and address can do to pages.
func TestPagesAreClosed(t *testing.T) {
	list := versions(t)
	list[0].Doc.Title = `"><script>alert(1)</script>`
	list[0].Doc.URL = "javascript:alert(1)"
	list[0].Doc.ID = "../../../etc/passwd"
	format, err := Named("html")
	if err != nil {
		t.Fatal(err)
	}
	files := written(t, format, list)
	links := regexp.MustCompile(`href="([^"]*)"`)
	for name, page := range files {
		if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("javascript:")) {
			t.Errorf("%s holds a script", name)
		}
		for _, m := range links.FindAllStringSubmatch(string(page), -1) {
			to := html.UnescapeString(m[1])
			if strings.HasPrefix(to, "#") || strings.HasPrefix(to, "https://") {
				continue
			}
			if target := filepath.ToSlash(filepath.Join(filepath.Dir(name), to)); files[target] == nil {
				t.Errorf("%s leads to %s, which is not there", name, to)
			}
		}
	}
}

func TestListGoesOnOnFurtherPages(t *testing.T) {
	format, err := Named("html")
	if err != nil {
		t.Fatal(err)
	}
	var list []*archive.Version
	for i := range 2*listed + 1 {
		doc := &news.Document{Article: news.Article{ID: fmt.Sprintf("a%d", i), Title: fmt.Sprintf("Article %d", i)}}
		list = append(list, &archive.Version{Doc: doc})
	}
	files := written(t, format, list)
	if len(files) != len(list)+3 {
		t.Errorf("there are %d files, want %d", len(files), len(list)+3)
	}
	for name, want := range map[string]string{
		"index.html":            `<a rel="next" href="index-2.html">`,
		"index-2.html":          `<a rel="prev" href="index.html">Before</a> <a rel="next" href="index-3.html">`,
		"index-3.html":          `<a rel="prev" href="index-2.html">`,
		"articles/a4/a400.html": `<a href="../../index-3.html">`,
	} {
		if !bytes.Contains(files[name], []byte(want)) {
			t.Errorf("%s does not hold %s", name, want)
		}
	}
}

func TestNarrow(t *testing.T) {
	v := versions(t)[0]
	whole := len(v.Doc.Statements)
	inner := -1
	for i, s := range v.Doc.Statements {
		if s.Parent != "" {
			inner = i
		}
	}
	if inner < 0 {
		t.Fatal("no statement stands within another")
	}
	was := v.Doc
	narrow(v, []hit{{v.ID, v.First}, {v.ID, v.First + int64(inner)}})
	if len(v.Doc.Statements) != 2 || v.Doc.Statements[1].ID != was.Statements[inner].ID || v.Doc.Statements[1].Parent != "" {
		t.Errorf("what is left is %+v", v.Doc.Statements)
	}
	if len(was.Statements) != whole || was.Statements[inner].Parent == "" {
		t.Error("the document that the archive gave has changed")
	}
}

func TestDatesInUTC(t *testing.T) {
	for iso, want := range map[string]string{
		"2025-06-18T07:30:00+01:00": "2025-06-18T06:30:00",
		"2025-06-18T07:30:00Z":      "2025-06-18T07:30:00",
		"2025-06-18":                "2025-06-18",
		"2025":                      "2025",
		"":                          "",
	} {
		if got := inUTC(iso); got != want {
			t.Errorf("%s is %s, want %s", iso, got, want)
		}
	}
}
