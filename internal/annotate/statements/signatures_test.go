package statements

import (
	"testing"

	"whosaid/internal/annotate/quotes"
	"whosaid/internal/news"
)

func TestSignedQuotations(t *testing.T) {
	text := "Readers wrote to us.\n\n“We have waited long enough.” — Lena Aster\n“Nobody asked the fishermen.”― Otto Bell, Kelmere.\n\n" +
		"“The bridge is quite safe” — or so the mayor thought.\n\nHe said “we are going home now” — Paul was not there."
	doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
	doc.Quotes = quotes.Read(text, doc.Blocks)
	var got []string
	for _, c := range signed(doc, newHoldings(doc.Quotes)) {
		got = append(got, c.spans[source][0].Text(text)+" | "+c.spans[cue][0].Text(text)+" | "+c.spans[content][0].Text(text))
	}
	want := []string{"Lena Aster | — | “We have waited long enough.”", "Otto Bell, Kelmere | ― | “Nobody asked the fishermen.”"}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %q, want %q", got, want)
	}
}
