package pieces

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/news"
)

func TestLongTextIsReadInPartAndSaysSo(t *testing.T) {
	vocabulary, err := os.ReadFile("../../../models/vocab.txt")
	if err != nil {
		t.Fatal(err)
	}
	stage := Stage(wordpiece.New(string(vocabulary)))
	for _, c := range []struct {
		text     string
		problems int
	}{
		{strings.Repeat("é ", longest/2), 1},
		{strings.Repeat("a\" ", longest/3), 1},
		{"Short.", 0},
	} {
		doc := &news.Document{Article: news.Article{Text: c.text, Blocks: []news.Block{{Span: news.Span{End: len(c.text)}, Kind: news.Paragraph}}}}
		if err := stage.Run(context.Background(), doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Problems) != c.problems {
			t.Errorf("%d bytes: problems %v, want %d", len(c.text), doc.Problems, c.problems)
		}
		if len(doc.Pieces) > most {
			t.Errorf("%d bytes: %d pieces", len(c.text), len(doc.Pieces))
		}
		if last := doc.Pieces[len(doc.Pieces)-1]; last.End > longest {
			t.Errorf("a piece ends at byte %d", last.End)
		}
	}
}

func TestMarksWithoutWordsAreLeftOut(t *testing.T) {
	marks := strings.Repeat("“", 2*barren)
	const first, second = "The mayor said no.", "The clerk said yes."
	for _, c := range []struct {
		text string
		want []string
	}{
		{marks, nil},
		{first, []string{first}},
		{first + marks, []string{first}},
		{marks + first, []string{first}},
		{first + marks + second + marks, []string{first, second}},
		{first + strings.Repeat("“", barren/4) + second, []string{first + strings.Repeat("“", barren/4) + second}},
	} {
		var got []string
		for _, run := range worded(c.text, []news.Span{{Start: 0, End: len(c.text)}}) {
			kept := run.Text(c.text)
			if n := len(kept); n > barren+len(first)+len(second) {
				t.Errorf("a run of %d bytes is kept", n)
			}
			if !utf8.ValidString(kept) {
				t.Errorf("a run is cut within a character: %q", kept)
			}
			got = append(got, strings.Trim(kept, "“"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%.60q: kept %q, want %q", c.text, got, c.want)
		}
	}
}
