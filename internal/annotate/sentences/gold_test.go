package sentences_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/sentences"
	"whosaid/internal/news"
)

// shared finds a folder of material that lies beside the checkout and is no
// part of it, and skips the test where there is none.
func shared(t *testing.T, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path = filepath.Join(filepath.Dir(dir), "shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skip("not here: ", path)
	}
	return path
}

// TestGold scores the ends of sentences inside paragraphs on the news of the
// GUM corpus.
func TestGold(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "data/gum/dep"), "GUM_news_*.conllu"))
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
