package names

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/eval/reference"
	"whosaid/internal/news"
)

const sample = `# newdoc id = weblog-port.example_20260104
# sent_id = 1
# text = Ilse Brandvold's boat left Port Ellery.
1	Ilse	B-PER	-	a
2	Brandvold	I-PER	-	a
3	's	O	-	a
4	boat	O	-	a
5	left	O	-	a
6	Port	B-LOC	-	a
7	Ellery	I-LOC	-	a
8	.	O	-	a

# sent_id = 2
# text = The Courier and Ellery Radio don't know.
1	The	O	-	a
2	Courier	B-OTH	-	a
3	and	O	-	a
4	Ellery	B-ORG	-	a
5	Radio	I-ORG	-	a
6-7	don't	_	-	a
6	do	O	-	a
7	n't	O	-	a
8	know	O	-	a
9	.	O	-	a

# newdoc id = email-7
# text = Orr Vance
1	Orr	B-PER	-	a
2	Vance	B-PER	-	a
`

// shown are a text's names with their kinds.
func shown(t Text) string {
	var list []string
	for _, n := range t.Names {
		list = append(list, string(n.Kind)+" "+n.Text(t.Text))
	}
	return strings.Join(list, ", ")
}

func TestParse(t *testing.T) {
	texts, err := Parse(strings.ReplaceAll(sample, "\n", "\r\n"), Space, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, text := range texts {
		got = append(got, text.Genre()+": "+text.Text+" "+shown(text))
	}
	want := []string{
		"weblog: Ilse Brandvold's boat left Port Ellery. The Courier and Ellery Radio don't know. PER Ilse Brandvold, LOC Port Ellery, ORG Ellery Radio",
		"email: Orr Vance PER Orr, PER Vance",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	lines, err := Parse(sample, Line, nil)
	if err != nil || !strings.Contains(lines[0].Text, "Ellery.\nThe") || shown(lines[0]) != shown(texts[0]) {
		t.Errorf("in lines: %q, %q, %v", lines[0].Text, shown(lines[0]), err)
	}
}

func TestParagraphs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tree.conllu")
	load := func(tree string) (Openings, error) {
		if err := os.WriteFile(file, []byte(tree), 0o644); err != nil {
			t.Fatal(err)
		}
		return Paragraphs(file)
	}
	for tree, want := range map[string]string{
		"# newdoc id = a\n# sent_id = 1\n1\tIlse\n\n# newpar id = b\r\n# sent_id = 2\r\n": "Ellery.\nThe",
		"# newdoc id = a\n# sent_id = 1\n# sent_id = 2\n":                                 "Ellery. The",
	} {
		openings, err := load(tree)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := Parse(sample, Space, openings)
		if err != nil || !strings.Contains(texts[0].Text, want) {
			t.Errorf("%q: %q, %v, want %q", tree, texts[0].Text, err, want)
		}
	}
	if _, err := load("# sent_id = 1\n"); err == nil || !strings.Contains(err.Error(), "newpar") {
		t.Errorf("no paragraphs: %v", err)
	}
	if _, err := Paragraphs(filepath.Dir(file)); err == nil {
		t.Error("no file: no error")
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	for data, want := range map[string]string{
		"# text = A boat\n1\tA\n":                   "line 2: ",
		"# text = A boat\n1\tboat\tO\n2\tA\tO\n":    `line 3: word "A" is not in its sentence`,
		"1\tboat\tO\n":                              `line 1: word "boat"`,
		"# text = A boat\n\n1\t\tO\n":               `word ""`,
		"# newdoc\n# text = A boat\n1\tBoat\tB-PER": `word "Boat"`,
	} {
		if _, err := Parse(data, Space, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", data, err, want)
		}
	}
	empty := filepath.Join(t.TempDir(), "empty.iob2")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{empty, filepath.Join(filepath.Dir(empty), "none.iob2"), filepath.Dir(empty)} {
		if _, err := Load(path, Space, nil); err == nil {
			t.Errorf("%s: no error", path)
		}
	}
}

func TestDevHasItsNames(t *testing.T) {
	texts, err := Load(reference.Path(t, "data", "uner-ewt"), Line, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := map[news.TagKind]int{}
	for _, text := range texts {
		for _, name := range text.Names {
			n[name.Kind]++
			if s := name.Text(text.Text); strings.TrimSpace(s) != s || s == "" {
				t.Errorf("%s: name %q", text.ID, s)
			}
		}
	}
	// The B- tags in the file.
	openings, err := Paragraphs(reference.Path(t, "data", "ud-ewt"))
	if err != nil || len(openings) < 2*len(texts) {
		t.Errorf("%d paragraphs in %d texts, %v", len(openings), len(texts), err)
	}
	if len(texts) != 318 || n[news.TagPerson] != 343 || n[news.TagPlace] != 399 || n[news.TagOrganisation] != 224 {
		t.Errorf("%d texts, names %v", len(texts), n)
	}
}

func TestScore(t *testing.T) {
	texts, err := Parse(sample, Line, nil)
	if err != nil {
		t.Fatal(err)
	}
	tag := func(text int, words string, k news.TagKind) news.Tag {
		at := strings.Index(texts[text].Text, words)
		return news.Tag{Span: news.Span{Start: at, End: at + len(words)}, Kind: k}
	}
	r, err := Score(texts, [][]news.Tag{
		{
			tag(0, "Ilse Brandvold", news.TagPerson), // right
			tag(0, "Ilse Brandvold's boat", news.TagPersonName),
			tag(0, "Ellery", news.TagPlace),             // other bounds
			tag(0, "Courier", news.TagOrganisation),     // none
			tag(0, "Ellery Radio don't", news.TagPlace), // both
		},
		{tag(1, "Orr", news.TagPlace)}, // another kind; Vance is passed over
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Count{Gold: 5, Found: 5, Right: 1}); r.Total != want || r.Total.F() != 20 {
		t.Errorf("%+v, F %v, want %+v", r.Total, r.Total.F(), want)
	}
	if want := [faults]int{bounds: 1, kind: 1, both: 1, invent: 1, missed: 1}; r.Faults != want {
		t.Errorf("faults %v, want %v", r.Faults, want)
	}
	if want := []Group{{"LOC", Count{1, 3, 0}}, {"ORG", Count{1, 1, 0}}, {"PER", Count{3, 1, 1}}}; !slices.Equal(r.Kinds, want) {
		t.Errorf("%v, want %v", r.Kinds, want)
	}
	if len(r.Genres) != 2 || r.Genres[0].Name != "email" || r.Low > r.Total.F() || r.High < r.Total.F() {
		t.Errorf("%+v", r)
	}
	for _, s := range []string{"| people | 100.0 | 33.3 | 50.0 | 3 |", "Of 5 names found, 1 are right; 1 have other bounds, 1 another kind, 1 both, and 1 are none."} {
		if !strings.Contains(r.Card("int8"), s) {
			t.Errorf("%q is not in the card:\n%s", s, r.Card("int8"))
		}
	}
	if _, err := Score(texts, nil); err == nil {
		t.Error("texts without tags are no error")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, data string) {
		texts, err := Parse(data, Line, nil)
		if err != nil {
			return
		}
		for _, text := range texts {
			end := 0
			for _, n := range text.Names {
				if n.Start < end || n.Start >= n.End || n.End > len(text.Text) {
					t.Fatalf("%q: name at %v", text.Text, n.Span)
				}
				end = n.End
			}
		}
	})
}
