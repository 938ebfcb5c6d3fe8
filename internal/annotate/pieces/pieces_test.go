package pieces_test

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/annotate/pieces"
	"whosaid/internal/casefile"
	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/news"
)

// vocabulary is enough for the cases below; words outside it are one unknown piece.
const vocabulary = "[PAD]\n[UNK]\n“\n”\n,\n.\nwe\nstay\nmos\n##t\nsaid\nharbour\nmore"

func TestCut(t *testing.T) {
	cases, err := casefile.Parse("", `== article
[headline] Stay

“We stay,” Harbour said.

[furniture] Most more

More said.
--
`)
	if err != nil {
		t.Fatal(err)
	}
	tokenizer := wordpiece.New(vocabulary)
	tell := func(asIs bool) string {
		doc := cases[0].Document()
		doc.AsIs = asIs
		if err := pieces.Stage(tokenizer).Run(t.Context(), doc); err != nil {
			t.Fatal(err)
		}
		var s []string
		for _, p := range doc.Pieces {
			s = append(s, fmt.Sprintf("%s%d%d%d", p.Text(doc.Text), p.Shape, p.Quote, p.Paragraph))
		}
		return strings.Join(s, " ")
	}
	const title = "Stay602 “711 We710 stay310 ,310 ”210 Harbour600 said300 .300 "
	if got, want := tell(false), title+"More601 said300 .300"; got != want {
		t.Errorf("pieces with shape, quote, paragraph:\n got %s\nwant %s", got, want)
	}
	if got, want := tell(true), title+"Mos601 t600 more300 More601 said300 .300"; got != want {
		t.Errorf("as it is:\n got %s\nwant %s", got, want)
	}
}

func TestRuns(t *testing.T) {
	b := func(kind news.BlockKind, start, end int) news.Block {
		return news.Block{Span: news.Span{Start: start, End: end}, Kind: kind}
	}
	doc := &news.Document{Article: news.Article{Text: "0123456789", Blocks: []news.Block{
		b(news.Furniture, 0, 1), b(news.Headline, 1, 2), b(news.Paragraph, 3, 4), b(news.Caption, 4, 5), b(news.Paragraph, 6, 7), b(news.Heading, 8, 9),
	}}}
	if got := fmt.Sprint(pieces.Runs(doc)); got != "[{1 4} {6 9}]" {
		t.Errorf("runs %s", got)
	}
	doc.AsIs = true
	if got := fmt.Sprint(pieces.Runs(doc)); got != "[{0 10}]" {
		t.Errorf("runs as it is %s", got)
	}
	if got := pieces.Runs(&news.Document{AsIs: true}); got != nil {
		t.Errorf("runs of nothing %v", got)
	}
}
