package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/news"
)

var update = flag.Bool("update", false, "write the .want files anew; read the difference before committing it")

// TestCases reads each page of testdata and expects exactly what the file
// beside it says.
func TestCases(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages in testdata", err)
	}
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Extract(string(source), "https://courier.example/story/"+name)
			if err != nil {
				t.Fatal(err)
			}
			checkBlocks(t, a)
			got := show(a)
			wantFile := strings.TrimSuffix(path, ".html") + ".want"
			if *update {
				if err := os.WriteFile(wantFile, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(wantFile)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// show is an article as the .want files have it.
func show(a news.Article) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("title", a.Title)
	line("deck", a.Deck)
	line("authors", strings.Join(a.Authors, "; "))
	line("outlet", a.Outlet)
	line("published", a.Published)
	line("modified", a.Modified)
	line("language", a.Language)
	line("url", a.URL)
	for _, p := range a.Problems {
		line("problem", p.Code)
	}
	for _, bl := range a.Blocks {
		fmt.Fprintf(&b, "\n%s\n%s\n", bl.Kind, bl.Text(a.Text))
	}
	return b.String()
}

// checkBlocks holds an article to what every reader promises.
func checkBlocks(t *testing.T, a news.Article) {
	t.Helper()
	end := 0
	for i, b := range a.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(a.Text) {
			t.Fatalf("block %d lies at %d to %d, the one before ends at %d, the text at %d", i, b.Start, b.End, end, len(a.Text))
		}
		if gap := a.Text[end:b.Start]; i > 0 && gap != "\n\n" {
			t.Fatalf("between blocks %d and %d stands %q", i-1, i, gap)
		}
		end = b.End
	}
	if end != len(a.Text) {
		t.Fatalf("text after the last block: %q", a.Text[end:])
	}
}
