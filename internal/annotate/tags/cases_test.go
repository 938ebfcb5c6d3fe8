package tags_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
	"whosaid/models"
)

var update = flag.Bool("update", false, "write the scorecard of the cases anew")

const card = "../../../eval/names-cases.md"

// A model misses some; which ones is kept in a card, so that a better or worse
// model shows as a diff.
func TestCasesScorecard(t *testing.T) {
	if len(models.Who) == 0 {
		t.Skip("models/who.safetensors is empty: training makes it")
	}
	pipe, err := standard.New(standard.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows, notes strings.Builder
	var total count
	counts := map[string]*count{}
	var files []string
	for _, c := range casefile.Read(t, "cases/*.txt") {
		file := filepath.Base(c.File)
		if counts[file] == nil {
			counts[file] = &count{}
			files = append(files, file)
		}
		doc := c.Document()
		if err := pipe.Run(t.Context(), doc, nil); err != nil {
			t.Fatal(err)
		}
		one, faults := judge(c.Want, shown(doc))
		counts[file].add(one)
		total.add(one)
		for _, f := range faults {
			fmt.Fprintf(&notes, "- %s, %s: %s\n", file, c.Name, f)
		}
	}
	for _, file := range files {
		fmt.Fprintf(&rows, "| %s | %s |\n", file, counts[file])
	}
	got := "# Names in cases of our own\n\nTexts of `internal/annotate/tags/cases`, written before any model read them and never trained on. A name is right where both ends\n" +
		"and its kind are.\n\n| file | names | found | right | F |\n|---|---:|---:|---:|---:|\n" + rows.String() +
		fmt.Sprintf("| **all** | %s |\n\n## Missed (-) and wrongly found (+)\n\n%s", &total, notes.String())
	if *update {
		if err := os.WriteFile(card, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(card)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("the cases score differently from %s: run go test ./internal/annotate/tags -run Scorecard -update and look at the difference", card)
	}
}

// A count is of names: expected, found, right.
type count struct{ expected, found, right int }

func (c *count) add(o count) {
	c.expected, c.found, c.right = c.expected+o.expected, c.found+o.found, c.right+o.right
}

func (c *count) String() string {
	return fmt.Sprintf("%d | %d | %d | %.1f", c.expected, c.found, c.right, 200*float64(c.right)/float64(max(c.expected+c.found, 1)))
}

// shown are the names in doc as the cases write them.
func shown(doc *news.Document) []string {
	var list []string
	for _, t := range doc.Tags {
		switch t.Kind {
		case news.TagPerson, news.TagPlace, news.TagOrganisation:
			list = append(list, string(t.Kind)+" "+t.Text(doc.Text))
		}
	}
	return list
}

// judge counts got against want; a name that stands twice counts twice.
func judge(want, got []string) (count, []string) {
	c := count{expected: len(want), found: len(got)}
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	var faults []string
	for _, g := range got {
		if left[g] > 0 {
			left[g]--
			c.right++
			continue
		}
		faults = append(faults, "+ "+g)
	}
	for _, w := range want {
		if left[w] > 0 {
			left[w]--
			faults = append(faults, "- "+w)
		}
	}
	return c, faults
}

// What is expected stands in the text, in its order.
func TestCasesAreWellFormed(t *testing.T) {
	for _, c := range casefile.Read(t, "cases/*.txt") {
		at := 0
		for _, line := range c.Want {
			kind, words, _ := strings.Cut(line, " ")
			if kind != string(news.TagPerson) && kind != string(news.TagPlace) && kind != string(news.TagOrganisation) {
				t.Errorf("%s (%s): %q begins with no kind of name", c.File, c.Name, line)
			}
			found := strings.Index(c.Text[at:], words)
			if found < 0 || words == "" {
				t.Errorf("%s (%s): %q is not in the text after the name before it", c.File, c.Name, words)
				continue
			}
			at += found + len(words)
		}
	}
}
