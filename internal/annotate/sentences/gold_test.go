package sentences_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/sentences"
	"whosaid/internal/eval/reference"
	"whosaid/internal/news"
)

// TestGold scores the ends of sentences inside paragraphs on the news of the
// GUM corpus.
func TestGold(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(reference.Path(t, "data", "gum", "dep"), "GUM_news_*.conllu"))
	if err != nil || len(files) == 0 {
		t.Fatal("no gold: ", err)
	}
	right, found, gold := 0, 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, paragraph := range strings.Split(string(data), "\n# newpar\n") {
			var text strings.Builder
			ends := map[int]bool{}
			for line := range strings.Lines(paragraph) {
				s, ok := strings.CutPrefix(strings.TrimSpace(line), "# text = ")
				if !ok {
					continue
				}
				if text.Len() > 0 {
					ends[text.Len()] = true
					text.WriteByte(' ')
				}
				text.WriteString(s)
			}
			whole := text.String()
			spans := sentences.Split(whole, []news.Block{{Span: news.Span{Start: 0, End: len(whole)}, Kind: news.Paragraph}})
			gold += len(ends)
			for k, s := range spans[:max(len(spans)-1, 0)] {
				found++
				if ends[s.End] {
					right++
				} else {
					t.Logf("%s, paragraph %d: too early: %s | %s", filepath.Base(file), i, s.Text(whole), spans[k+1].Text(whole))
				}
				delete(ends, s.End)
			}
			for end := range ends {
				t.Logf("%s, paragraph %d: missed: %s |", filepath.Base(file), i, whole[max(0, end-60):min(len(whole), end+40)])
			}
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(gold)
	t.Logf("precision %.3f, recall %.3f of %d ends", precision, recall, gold)
	if precision < .97 || recall < .93 {
		t.Error("worse than precision .973 and recall .940, most misses being captions without a point")
	}
}
