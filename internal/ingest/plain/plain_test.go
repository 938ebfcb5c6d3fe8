package plain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/eval/reference"
	"whosaid/internal/ingest/charset"
	"whosaid/internal/news"
)

// outline writes an article's blocks, one a line, as "kind: first words".
func outline(a news.Article) string {
	var b strings.Builder
	for _, block := range a.Blocks {
		b.WriteString(string(block.Kind))
		b.WriteString(": ")
		b.WriteString(strings.ReplaceAll(block.Text(a.Text), "\n", "⏎"))
		b.WriteByte('\n')
	}
	return b.String()
}

// TestCases reads the files of testdata: a text, a line of ====, and what is
// expected of it: fields, then its blocks.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(b), "\n====\n")
			if !ok {
				t.Fatal("no line of ====")
			}
			a := Read(text, nil, Known{})
			var got strings.Builder
			for _, f := range [][2]string{
				{"title", a.Title}, {"deck", a.Deck}, {"authors", strings.Join(a.Authors, "; ")}, {"published", a.Published}, {"modified", a.Modified},
			} {
				if f[1] != "" {
					got.WriteString(f[0] + " = " + f[1] + "\n")
				}
			}
			got.WriteString(outline(a))
			if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
			holdsEveryWord(t, text, a)
		})
	}
}

func holdsEveryWord(t *testing.T, text string, a news.Article) {
	t.Helper()
	if !slices.Equal(strings.Fields(text), strings.Fields(a.Text)) {
		t.Errorf("words were lost or moved:\n%q\nbecame\n%q", text, a.Text)
	}
	var blocks []string
	at := 0
	for _, b := range a.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(a.Text) {
			t.Fatalf("block %v after %d in a text of %d", b, at, len(a.Text))
		}
		at = b.End
		blocks = append(blocks, strings.Fields(b.Text(a.Text))...)
	}
	if !slices.Equal(blocks, strings.Fields(a.Text)) {
		t.Errorf("the blocks do not hold all of the text %q", a.Text)
	}
}

func TestBylines(t *testing.T) {
	for _, c := range []struct{ line, authors, published, modified string }{
		{"By News Desk - January 20 2022", "News Desk", "2022-01-20", ""},
		{"By Jane Roe and John Doe | 3 March 2021 10:15 GMT", "Jane Roe; John Doe", "2021-03-03T10:15Z", ""},
		{"By JANE ROE", "JANE ROE", "", ""},
		{"By Jane Roe, Political Editor", "Jane Roe", "", ""},
		{"By Jane Roe, John Doe and Ann van der Poe", "Jane Roe; John Doe; Ann van der Poe", "", ""},
		{"by Karim al-Sayed, Cairo", "Karim al-Sayed", "", ""},
		{"Written by: Jane Roe", "Jane Roe", "", ""},
		{"By Jane Roe, The Daily Ledger, Updated March 3, 2021 5:04 p.m. EST", "Jane Roe; The Daily Ledger", "", "2021-03-03T17:04-05:00"},
		{"Jane Roe in Cairo", "Jane Roe", "", ""},
		{"Jane Roe in Cairo and John Doe in Beirut", "Jane Roe; John Doe", "", ""},
		{"Jane Roe | 3 March 2021", "Jane Roe", "2021-03-03", ""},
		{"Jane Roe, Thursday 3 March 2022", "Jane Roe", "2022-03-03", ""},
		{"By Reuters", "Reuters", "", ""},
		{"Reuters, Baghdad —", "Reuters", "", ""},
		{"AFP", "AFP", "", ""},
		{"Published: 3 March 2021", "", "2021-03-03", ""},
		{"Published 10:15 GMT, 3 March 2021", "", "2021-03-03", ""},
		{"Published Jan. 5, 2021; Updated Jan 6, 2021 9.30am", "", "2021-01-05", "2021-01-06T09:30"},
		{"Last updated on 2021-03-03T10:15:00Z", "", "", "2021-03-03T10:15:00Z"},
		{"Wed 3 Mar 2021 10.15 GMT", "", "2021-03-03T10:15Z", ""},
		{"January 2022", "", "2022-01", ""},
		{"20/01/2022", "", "2022-01-20", ""},
		{"01/20/2022", "", "2022-01-20", ""},
	} {
		var a news.Article
		r := reader{article: &a}
		if !r.byline(c.line, true) {
			t.Errorf("%q is a byline", c.line)
			continue
		}
		if got := strings.Join(a.Authors, "; "); got != c.authors || a.Published != c.published || a.Modified != c.modified {
			t.Errorf("%q: authors %q, published %q, modified %q", c.line, got, a.Published, a.Modified)
		}
	}
}

func TestNoBylines(t *testing.T) {
	for _, line := range []string{
		"By Friday the army had left the town.",
		"By Monday",
		"By the time the minister spoke, the hall was empty",
		"By then nobody in Ostrin knew who led the council",
		"Jane Roe said on 3 March 2021 that it was over.",
		"The talks of 20 January 2022 in Velm",
		"New York",
		"03/04/2021",
		"31 February 2022",
		"In March 2021 the council closed the harbour.",
		"Author of the report",
		"With the Mayor Out, What's Next at Velm Harbour?",
		"Thousands March in Velm",
		"The Velm Strike in Pictures",
		"Words fail me",
	} {
		var a news.Article
		r := reader{article: &a}
		if r.byline(line, true) {
			t.Errorf("%q was taken for a byline of %q, %q", line, a.Authors, a.Published)
		}
	}
}

// A headline that could be a name and a place is a headline.
func TestHeadlineBeforePlacedByline(t *testing.T) {
	a := Read("Dockers Strike in Velm\n\nJane Roe in Velm\n\nThe harbour was quiet on Monday, the mayor said.", nil, Known{})
	if want := "headline: Dockers Strike in Velm\nbyline: Jane Roe in Velm\nparagraph: The harbour was quiet on Monday, the mayor said.\n"; outline(a) != want || a.Title != "Dockers Strike in Velm" || !slices.Equal(a.Authors, []string{"Jane Roe"}) {
		t.Errorf("%q by %q:\n%s", a.Title, a.Authors, outline(a))
	}
}

func TestFurniture(t *testing.T) {
	for _, line := range []string{
		"Most Popular", "MOST READ", "Read more:", "Read more: Harbour closes for a third day", "Related:", "Related Articles", "Sign up for our newsletter", "Sign up",
		"Follow us on Twitter", "Follow us @ledger", "Advertisement", "ADVERTISEMENT", "Share this", "Share this article", "© 2022 The Ledger. All rights reserved.", "Copyright 2022",
		"This site uses cookies to improve your experience", "Accept all cookies", "Facebook Twitter WhatsApp", "Article continues below", "4 min read", "Tags: Velm, harbour", "* * *", "More from World",
		"Story continues below advertisement", "Subscribe to our daily briefing", "Get the Ledger in your inbox", "READ ALSO: Minister resigns",
	} {
		if !isFurniture(line) && !isBox(line) {
			t.Errorf("%q is furniture", line)
		}
	}
	for _, line := range []string{
		"“Follow us,” the officer said, and they did.", "Share prices fell on Monday after the bank said it would cut jobs.", "The most popular minister resigned.", "Related parties said the deal was off.",
		"Sign up or leave, the minister told them.", "More than forty people were hurt, officials said.", "Read the letter, she said, and you will see.", "He said the cookies were stale.", "Watch the borders, he warned.",
		"Support for the plan is falling, the mayor said.", "The end of the war is near, he said.", "Endless talks",
	} {
		if isFurniture(line) || isBox(line) {
			t.Errorf("%q was taken for furniture", line)
		}
	}
}

func TestCaptions(t *testing.T) {
	for _, line := range []string{
		"(Photo credit: AP)", "Photo: Jane Roe/Reuters", "Image: The Ledger", "[Photo by Jane Roe]", "Getty Images", "AP Photo/Jane Roe", "The harbour of Velm at dawn. (Photo: Jane Roe)", "File photo: the minister at the harbour",
		"The minister leaves the council on Monday | AFP", "Image source, Getty Images", "Image caption, The harbour of Velm",
	} {
		if !isCaption(line) {
			t.Errorf("%q is a caption", line)
		}
	}
	for _, line := range []string{
		"The photo showed a man in uniform, police said.", "Photographs of the minister were found, he said.", "Image is everything, the mayor said.", "“The picture: it is false,” she said.", "He credited the army.",
	} {
		if isCaption(line) {
			t.Errorf("%q was taken for a caption", line)
		}
	}
}

func TestKnownTitleIsNotRepeated(t *testing.T) {
	a := Read("Harbour closes for a third day.\n\nThe mayor said it would open soon.", nil, Known{Title: "Harbour closes for a third day", Deck: "Ships wait"})
	if got, want := outline(a), "deck: Ships wait\nheadline: Harbour closes for a third day.\nparagraph: The mayor said it would open soon.\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	a = Read("The mayor said it would open soon", nil, Known{Title: "Harbour closes"})
	if got, want := outline(a), "headline: Harbour closes\nparagraph: The mayor said it would open soon\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAsIs(t *testing.T) {
	text := "\uFEFFFirst line\r\nsecond line\r\n\r\n \t\r\n  Third — “line”.\r\n\n\n"
	a := AsIs(text)
	if a.Text != text {
		t.Errorf("the text was changed: %q", a.Text)
	}
	if got, want := outline(a), "paragraph: \uFEFFFirst line\r⏎second line\nparagraph:   Third — “line”.\n"; got != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestRepairsKeepTheirPlaces(t *testing.T) {
	text, repairs := charset.Repair("Minister â€œwarnsâ€\u009d council\r\n\r\n\r\n   It would likely┬áprevent it.\r\n\r\nA ﬁne day, he said. We\u00ADll, well.\x00\r\n")
	a := Read(text, repairs, Known{})
	var got []string
	for _, r := range a.Repairs {
		got = append(got, r.Was+" > "+r.Text(a.Text))
	}
	want := []string{"â€œwarnsâ€\u009d > “warns”", "likely┬áprevent > likely prevent", "ﬁne > fine", "We\u00ADll, > Well,", "well.\x00 > well."}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSeed(t *testing.T) {
	var gold struct {
		Article struct {
			Title     string   `json:"title"`
			Authors   []string `json:"authors"`
			Published string   `json:"published"`
			NotInText []string `json:"not_in_text"`
		} `json:"article"`
	}
	if err := json.Unmarshal(read(t, "record.json"), &gold); err != nil {
		t.Fatal(err)
	}
	text, repairs := charset.Repair(string(read(t, "khazali-bbc-farsi.txt")))
	a := Read(text, repairs, Known{})
	if a.Title != gold.Article.Title || !slices.Equal(a.Authors, gold.Article.Authors) || a.Published != gold.Article.Published {
		t.Errorf("title %q, authors %q, published %q", a.Title, a.Authors, a.Published)
	}
	for _, b := range a.Blocks {
		for _, no := range gold.Article.NotInText {
			if b.Kind.Speech() && strings.Contains(b.Text(a.Text), no) {
				t.Errorf("%s holds %q", b.Kind, no)
			}
		}
	}
	if len(a.Repairs) != 1 || !strings.Contains(a.Text, "would likely prevent such a conflict") {
		t.Errorf("repairs: %v", a.Repairs)
	}
	if a.Deck == "" || len(a.Blocks) != 16 {
		t.Errorf("deck %q, %d blocks:\n%s", a.Deck, len(a.Blocks), outline(a))
	}
	holdsEveryWord(t, text, a)
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil {
			f.Add(string(b), "")
		}
	}
	f.Add("By By By - - 1 May 2020 2020-01-01 | | ,", "x")
	f.Fuzz(func(t *testing.T, in, title string) {
		text, repairs := charset.Repair(in)
		a := Read(text, repairs, Known{})
		if !slices.Equal(strings.Fields(text), strings.Fields(a.Text)) {
			t.Fatalf("words were lost or moved: %q became %q", text, a.Text)
		}
		at := 0
		for _, b := range a.Blocks {
			if b.Start < at || b.End <= b.Start || b.End > len(a.Text) || b.Kind == "" {
				t.Fatalf("block %v in %q", b, a.Text)
			}
			at = b.End
		}
		at = 0
		for _, r := range a.Repairs {
			if r.Start < at || r.End < r.Start || r.End > len(a.Text) {
				t.Fatalf("repair %v in %q", r, a.Text)
			}
			at = r.End
		}
		Read(text, repairs, Known{Title: title})
		AsIs(in)
	})
}

// read is the content of a file of the seed, or skips the test.
func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(reference.Path(t, "seed", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
