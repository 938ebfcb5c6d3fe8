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

func TestTileReadsEveryPieceOnce(t *testing.T) {
	for n := range 1200 {
		next := 0
		for _, w := range tile(n, 320, 40) {
			if w.from != next || w.start > w.from || w.end < w.to || w.end-w.start > 320 || w.end > n {
				t.Fatalf("%d pieces: window %+v after %d", n, w, next)
			}
			if (w.from > 0 && w.from-w.start < 40) || (w.to < n && w.end-w.to < 40) {
				t.Fatalf("%d pieces: window %+v has less than its margin", n, w)
			}
			next = w.to
		}
		if next != n {
			t.Fatalf("%d pieces: read up to %d", n, next)
		}
	}
}

func TestBestChainIsTheLikeliest(t *testing.T) {
	// Two pieces, one role: every path's score worked out by hand.
	scores := make([]float32, 2*width)
	copy(scores, []float32{1, -.5, 0})          // first piece: inside, enter, leave
	copy(scores[width:], []float32{-2, .25, 1}) // second
	var c chain
	p := c.best(scores, source, []int{0, 1})
	if want := []bool{true, false}; !reflect.DeepEqual(c.in, want) {
		t.Errorf("best path %v, want %v", c.in, want)
	}
	// out-out 0, in-out 1-.5+1, out-in -2+.25, in-in 1-.5-2
	if want := 0.7624; p < want-1e-3 || p > want+1e-3 {
		t.Errorf("its probability %.4f, want %.4f", p, want)
	}
	m := marginals(scores, source, []int{0, 1})
	if want := 0.8003; m[0] < want-1e-3 || m[0] > want+1e-3 {
		t.Errorf("probability of the first piece being in %.4f, want %.4f", m[0], want)
	}
}
