package pieces

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// The vectors are made by testdata/make.py.
func TestFeaturesEqualThoseOfTraining(t *testing.T) {
	f, err := os.Open("testdata/vectors.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	texts := 0
	for d := json.NewDecoder(z); d.More(); texts++ {
		var v struct {
			Text                    string
			Spans                   [][2]int // code points
			Shape, Quote, Paragraph []int
		}
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		offsets := news.NewOffsets(v.Text)
		var pieces []news.Piece
		for _, s := range v.Spans {
			pieces = append(pieces, news.Piece{Span: news.Span{Start: offsets.Byte(s[0]), End: offsets.Byte(s[1])}})
		}
		shape, quote, paragraph := Features(v.Text, []news.Span{{Start: 0, End: len(v.Text)}}, pieces)
		for _, c := range []struct {
			name string
			got  []uint8
			want []int
		}{{"shape", shape, v.Shape}, {"quote", quote, v.Quote}, {"paragraph", paragraph, v.Paragraph}} {
			if !slices.EqualFunc(c.got, c.want, func(a uint8, b int) bool { return int(a) == b }) {
				t.Errorf("%s of %q\n got %v\nwant %v", c.name, v.Text, c.got, c.want)
			}
		}
	}
	if texts != 810 {
		t.Errorf("%d texts read, want 810", texts)
	}
}

// newlyLower are letters that Unicode 15 made lower-case; the Python of the
// training knows Unicode 14.
const newlyLower = "\u10FC\uA7F2\uA7F3\uA7F4\uAB69"

// TestClassesEqualPythons holds the classes of all code points that both
// versions of Unicode know against those of Python's str methods.
func TestClassesEqualPythons(t *testing.T) {
	f, err := os.Open("testdata/classes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	from, class, known := rune(0), "?", 0
	check := func(to rune) {
		for r := from; r < to && class != "?"; r++ {
			known++
			got := ""
			for _, c := range []struct {
				is   bool
				sign string
			}{
				{unicode.IsLetter(r), "a"},
				{alphanumeric(r) && !unicode.IsLetter(r), "n"},
				{lower(r), "l"},
				{upper(r), "u"},
				{unicode.IsTitle(r), "t"},
				{space(r), "s"},
			} {
				if c.is {
					got += c.sign
				}
			}
			if want := strings.Trim(class, "-"); got != want && !strings.ContainsRune(newlyLower, r) {
				t.Errorf("%U is %q, in Python %q", r, got, want)
			}
		}
	}
	for lines.Scan() {
		var start rune
		var next string
		if _, err := fmt.Sscanf(lines.Text(), "%x %s", &start, &next); err != nil {
			t.Fatal(err)
		}
		check(start)
		from, class = start, next
	}
	check(unicode.MaxRune + 1)
	if known < 280_000 {
		t.Errorf("only %d code points were compared", known)
	}
}

func TestRunsStartAfresh(t *testing.T) {
	text := "“Stay\n\nMost Popular\n\nShe left."
	runs := []news.Span{{Start: 0, End: 7}, {Start: 23, End: 32}}
	pieces := []news.Piece{{Span: news.Span{Start: 3, End: 7}}, {Span: news.Span{Start: 23, End: 26}}, {Span: news.Span{Start: 27, End: 31}}}
	_, quote, paragraph := Features(text, runs, pieces)
	if fmt.Sprint(quote, paragraph) != "[1 0 0] [2 1 0]" {
		t.Errorf("quote %v, paragraph %v", quote, paragraph)
	}
}

func FuzzFeatures(f *testing.F) {
	f.Add("“We'll stay,” ‘she’ said.\n\n\"No\"", 3)
	f.Fuzz(func(t *testing.T, text string, step int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		var pieces []news.Piece
		step = min(max(step, 1), 9)
		for i := 0; i < len(text); {
			end := i
			for n := 0; n < step && end < len(text); n++ {
				_, size := utf8.DecodeRuneInString(text[end:])
				end += size
			}
			pieces = append(pieces, news.Piece{Span: news.Span{Start: i, End: end}})
			i = end
		}
		shape, quote, paragraph := Features(text, []news.Span{{Start: 0, End: len(text)}}, pieces)
		for i := range pieces {
			if shape[i] < 1 || shape[i] > 7 || quote[i] > 1 || paragraph[i] > 2 {
				t.Fatalf("piece %d of %q: %d %d %d", i, text, shape[i], quote[i], paragraph[i])
			}
		}
	})
}
