package quotes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/quotes"
	"whosaid/internal/eval/reference"
)

// TestRealArticles counts what is found in 84 articles whose text may not be
// committed. All but a few of their double marks belong to a quote; those few
// are signs for inches, marks that open a further paragraph of one quote, and
// marks whose other half was lost.
func TestRealArticles(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(reference.Path(t, "data", "polnear", "dev", "text"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no articles: ", err)
	}
	var all, long, unclosed, scare, nested, joined, marks, lost int
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		found := quotes.Read(text, paragraphOf(text))
		check(t, text, paragraphOf(text), found)
		used := map[int]bool{}
		for _, q := range found {
			count := func(n *int, yes bool) {
				if yes {
					*n++
				}
			}
			count(&all, true)
			count(&long, q.Words >= 4)
			count(&unclosed, !q.Closed)
			count(&scare, q.Scare)
			count(&nested, q.Depth > 0)
			count(&joined, strings.Contains(q.Text(text), "\n\n"))
			used[q.Start], used[q.Inner.End] = true, true
		}
		for i, r := range text {
			if strings.ContainsRune("“”\"", r) {
				marks++
				if !used[i] && !strings.HasSuffix(text[:i], "\n\n") {
					lost++
				}
			}
		}
	}
	t.Logf("%d quotes: %d of four words or more, %d unclosed, %d scare, %d nested, %d over several paragraphs; %d of %d double marks in none",
		all, long, unclosed, scare, nested, joined, lost, marks)
	if long < 760 || unclosed > 5 || lost > 5 {
		t.Errorf("fewer quotes are found than once were: 762 of four words or more, 3 unclosed, 2 marks in none")
	}
}
