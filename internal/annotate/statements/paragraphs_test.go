package statements

import (
	"reflect"
	"strings"
	"testing"

	"whosaid/internal/annotate/quotes"
	"whosaid/internal/news"
)

func TestContentEndsWithItsParagraph(t *testing.T) {
	for _, c := range []struct{ name, text, cue, content, want string }{
		{"plain speech stops", "The mayor said the bridge is shut\n\nTraders were angry.", "said", "the bridge is shut\n\nTraders were angry.", "the bridge is shut"},
		{
			"a quotation goes on over paragraphs that open anew", "“We will stay,\n\n“and we will win,” she said.", "said",
			"“We will stay,\n\n“and we will win,”", "“We will stay,|“and we will win,”",
		},
		{"the cue's paragraph is the one kept", "Nobody came.\n\nThe bridge is shut, he said.", "said", "Nobody came.\n\nThe bridge is shut", "The bridge is shut"},
		{"the next paragraph may hold it all", "The mayor said:\n\nNo comment.", "said", "No comment.", "No comment."},
	} {
		doc := &news.Document{Article: news.Article{Text: c.text, Blocks: []news.Block{{Span: news.Span{End: len(c.text)}, Kind: news.Paragraph}}}}
		doc.Quotes = quotes.Read(doc.Text, doc.Blocks)
		find := func(part string) news.Span {
			at := strings.Index(c.text, part)
			return news.Span{Start: at, End: at + len(part)}
		}
		var got []string
		for _, s := range newCutter(doc).cut([]news.Span{find(c.content)}, find(c.cue), newHoldings(doc.Quotes)) {
			got = append(got, s.Text(c.text))
		}
		if want := strings.Split(c.want, "|"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %q, want %q", c.name, got, want)
		}
	}
}

func TestSourceStandsBesideItsCue(t *testing.T) {
	text := "Leaks and figures\n\nA report found that pipes leak."
	doc := &news.Document{Article: news.Article{Text: text, Blocks: []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}}}}
	report := strings.Index(text, "A report")
	cue := news.Span{Start: report + 9, End: report + 14}
	got := newCutter(doc).beside([]news.Span{{Start: 0, End: report + 8}}, cue)
	if want := []news.Span{{Start: report, End: report + 8}}; !reflect.DeepEqual(got, want) {
		t.Errorf("source %v, want %v", got, want)
	}
	if far := []news.Span{{Start: 0, End: 5}}; !reflect.DeepEqual(newCutter(doc).beside(far, cue), far) {
		t.Error("a source in another paragraph alone must stay")
	}
}

func TestTileReadsEveryPieceOnce(t *testing.T) {
	for n := range 1200 {
		next := 0
		for _, w := range tile(n, 320, 40) {
			if w.from != next || w.start > w.from || w.end < w.to || w.end-w.start > 320 || w.end > n {
				t.Fatalf("%d pieces: window %+v after %d", n, w, next)
			}
			if (w.from > 0 && w.from-w.start < 39) || (w.to < n && w.end-w.to < 39) {
				t.Fatalf("%d pieces: window %+v has less than its margin", n, w)
			}
			next = w.to
		}
		if next != n {
			t.Fatalf("%d pieces: read up to %d", n, next)
		}
	}
}
