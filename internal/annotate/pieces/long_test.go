package pieces

import (
	"context"
	"os"
	"strings"
	"testing"

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
	}{{strings.Repeat("é ", longest/2), 1}, {"Short.", 0}} {
		doc := &news.Document{Article: news.Article{Text: c.text, Blocks: []news.Block{{Span: news.Span{End: len(c.text)}, Kind: news.Paragraph}}}}
		if err := stage.Run(context.Background(), doc); err != nil {
			t.Fatal(err)
		}
		if len(doc.Problems) != c.problems {
			t.Errorf("%d bytes: problems %v, want %d", len(c.text), doc.Problems, c.problems)
		}
		if last := doc.Pieces[len(doc.Pieces)-1]; last.End > longest {
			t.Errorf("a piece ends at byte %d", last.End)
		}
	}
}
