package statements

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
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
	const size, margin = 320, 24
	r := rand.New(rand.NewPCG(1, 2))
	paragraphs, seams := 0, 0
	for n := range 1200 {
		pieces := make([]news.Piece, n)
		for i := 0; i < n && n%3 > 0; i += 1 + r.IntN(n%200+1) {
			pieces[i].Paragraph = 1
		}
		next := 0
		for _, w := range tile(pieces, size, margin) {
			if w.from != next || w.from >= w.to || w.start > w.from || w.end < w.to || w.end-w.start > size || w.end > n {
				t.Fatalf("%d pieces: window %+v after %d", n, w, next)
			}
			if (w.from > 0 && w.from-w.start < min(margin, w.from)) || (w.to < n && w.end-w.to < min(margin, n-w.to)) {
				t.Fatalf("%d pieces: window %+v has less than its margin", n, w)
			}
			if w.from > 0 && n%3 > 0 {
				seams++
				paragraphs += int(pieces[w.from].Paragraph)
			}
			next = w.to
		}
		if next != n {
			t.Fatalf("%d pieces: read up to %d", n, next)
		}
	}
	if 10*paragraphs < 8*seams {
		t.Errorf("%d of %d windows begin with a paragraph", paragraphs, seams)
	}
}

func TestStatementsAreSoughtAroundTheirCues(t *testing.T) {
	text := "The council met on Monday.\n\n“We have waited,” Aster said.\n\n“And we shall wait.\n\nThe road stays shut.\n\nNobody objected.\n\nIt rained."
	var pieces []news.Piece
	for _, w := range regexp.MustCompile(`\S+`).FindAllStringIndex(text, -1) {
		p := news.Piece{Span: news.Span{Start: w[0], End: w[1]}, First: true}
		if w[0] == 0 || text[w[0]-1] == '\n' {
			p.Paragraph = 1
		}
		pieces = append(pieces, p)
	}
	for _, c := range []struct {
		cue, first, last string
		reach            int
	}{
		{"met", "The", "wait.", 160}, // on over speech that opens marks anew
		{"said.", "The", "wait.", 160},
		{"wait.", "The", "shut.", 160},
		{"objected.", "The", "rained.", 160},
		{"rained.", "Nobody", "rained.", 160},
		{"said.", "“We", "shall", 4},
	} {
		at := slices.IndexFunc(pieces, func(p news.Piece) bool { return p.Text(text) == c.cue })
		lo, hi := around(text, pieces, at, c.reach)
		if first, last := pieces[lo].Text(text), pieces[hi-1].Text(text); first != c.first || last != c.last {
			t.Errorf("around %q: from %q to %q, want from %q to %q", c.cue, first, last, c.first, c.last)
		}
	}
}

func TestOnlySentencesThatReportAreReadAgain(t *testing.T) {
	doc := &news.Document{Article: news.Article{Text: "It was late. She told me to wait. He said so. We left."}}
	for _, s := range regexp.MustCompile(`[^.]+\.`).FindAllStringIndex(doc.Text, -1) {
		doc.Sentences = append(doc.Sentences, trim(doc.Text, news.Span{Start: s[0] + len(doc.Text[s[0]:]) - len(strings.TrimLeft(doc.Text[s[0]:], " ")), End: s[1]}))
	}
	got, ok := reporting(doc, news.Span{Start: 3, End: len(doc.Text)})
	if want := "She told me to wait. He said so."; !ok || got.Text(doc.Text) != want {
		t.Errorf("%q, %t; want %q", got.Text(doc.Text), ok, want)
	}
	for _, text := range []string{"I think that it rains.", "We don’t really believe that.", "It rains."} {
		doc := &news.Document{Article: news.Article{Text: text}, Sentences: []news.Span{{Start: 0, End: len(text)}}}
		if _, ok := reporting(doc, doc.Sentences[0]); ok {
			t.Errorf("%q reports what nobody else said", text)
		}
	}
}
