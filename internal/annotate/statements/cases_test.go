package statements_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

var update = flag.Bool("update", false, "write the scorecard of the cases anew")

const card = "../../../eval/cases.md"

// A model misses some; which ones is kept in a card, so that a better or worse
// model shows as a diff.
func TestCasesScorecard(t *testing.T) {
	pipe, err := standard.New(standard.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows, notes strings.Builder
	var total tally
	files := map[string]*tally{}
	var order []string
	for _, c := range casefile.Read(t, "cases/*.txt") {
		doc := c.Document()
		if err := pipe.Run(context.Background(), doc, nil); err != nil {
			t.Fatal(err)
		}
		file := filepath.Base(c.File)
		if files[file] == nil {
			files[file] = &tally{}
			order = append(order, file)
		}
		one, missed := judge(doc, c.Want)
		files[file].add(one)
		total.add(one)
		for _, m := range missed {
			fmt.Fprintf(&notes, "- %s, %s: %s\n", file, c.Name, m)
		}
	}
	for _, file := range order {
		fmt.Fprintf(&rows, "| %s | %s |\n", file, files[file])
	}
	got := "# Cases of our own\n\nTexts of `internal/annotate/statements/cases`, written before any model read them and never trained on. Found: half of the content's words and\n" +
		"some of the source's; exact: the same words in all three. Spurious: statements that no line expects.\n\n" +
		"| file | expected | found | exact | spurious |\n|---|---|---|---|---|\n" + rows.String() +
		fmt.Sprintf("| **all** | %s |\n\n## Not found, or spurious\n\n%s", &total, notes.String())
	if *update {
		if err := os.WriteFile(card, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(card)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("the cases score differently from %s: run go test ./internal/annotate/statements -run Scorecard -update and look at the difference", card)
	}
}

type tally struct{ expected, found, exact, spurious int }

func (t *tally) add(o tally) {
	t.expected += o.expected
	t.found += o.found
	t.exact += o.exact
	t.spurious += o.spurious
}

func (t *tally) String() string {
	return fmt.Sprintf("%d | %d | %d | %d", t.expected, t.found, t.exact, t.spurious)
}

// judge sets the statements found against the lines expected. A line that
// begins with "?" may be missed without being counted; one by marks alone has
// neither source nor cue.
func judge(doc *news.Document, want []string) (t tally, notes []string) {
	used := make([]bool, len(doc.Statements))
	for _, line := range want {
		if line == "none" {
			continue
		}
		plain := strings.TrimSpace(strings.TrimLeft(line, "?> "))
		parts := strings.Split(plain, " | ")
		if len(parts) != 3 {
			notes = append(notes, "a line needs source | cue | content: "+line)
			continue
		}
		best, exact := -1, false
		for i, s := range doc.Statements {
			if used[i] {
				continue
			}
			source, cue, content := words(spans(doc, s.Source)), words(spans(doc, s.Cue)), words(spans(doc, s.Content))
			someone := len(source)+len(words(parts[0])) > 0
			if share(content, words(parts[2])) < .5 || someone && share(source, words(parts[0])) == 0 {
				continue
			}
			same := fmt.Sprint(source, cue, content) == fmt.Sprint(words(parts[0]), words(parts[1]), words(parts[2]))
			if best < 0 || same {
				best, exact = i, same
			}
		}
		if best >= 0 {
			used[best] = true
		}
		if strings.HasPrefix(line, "?") {
			continue
		}
		t.expected++
		switch {
		case exact:
			t.exact++
			t.found++
		case best >= 0:
			t.found++
		default:
			notes = append(notes, "missed `"+line+"`")
		}
	}
	for i, s := range doc.Statements {
		if !used[i] && s.By == news.ByModel && s.Parent == "" {
			t.spurious++
			notes = append(notes, fmt.Sprintf("spurious `%s | %s | %s`", spans(doc, s.Source), spans(doc, s.Cue), spans(doc, s.Content)))
		}
	}
	return t, notes
}

func spans(doc *news.Document, list []news.Span) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, strings.Join(strings.Fields(s.Text(doc.Text)), " "))
	}
	return strings.Join(parts, " + ")
}

var (
	word = regexp.MustCompile(`[\pL\pN]+(?:[’'-][\pL\pN]+)*`)
	nth  = regexp.MustCompile(` #\d+`)
)

func words(text string) []string {
	return word.FindAllString(strings.ToLower(nth.ReplaceAllString(text, "")), -1)
}

// share is the overlap of two lists of words, over their union.
func share(a, b []string) float64 {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	both := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
