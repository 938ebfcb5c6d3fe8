package casefile_test

import (
	"strings"
	"testing"

	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

const sample = `# notes
-- not yet a case

== first
[headline] Stay, says minister

They will
stay.


[furniture] Most Popular
--
one

# why two
two

== second
Text.
--
`

func TestParse(t *testing.T) {
	cases, err := casefile.Parse("sample.txt", sample)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 {
		t.Fatalf("%d cases, want 2", len(cases))
	}
	c := cases[0]
	if c.Name != "first" || c.Line != 4 || strings.Join(c.Want, "|") != "one|two" {
		t.Errorf("read %+v", c)
	}
	var kinds, texts []string
	for _, b := range c.Blocks {
		kinds = append(kinds, string(b.Kind))
		texts = append(texts, b.Text(c.Text))
	}
	if got := strings.Join(kinds, " "); got != "headline paragraph furniture" {
		t.Errorf("kinds of block: %s", got)
	}
	if got := strings.Join(texts, "|"); got != "Stay, says minister|They will\nstay.|Most Popular" {
		t.Errorf("blocks: %s", got)
	}
	if got := c.Document().Text; got != "Stay, says minister\n\nThey will\nstay.\n\nMost Popular" {
		t.Errorf("text: %q", got)
	}
	if len(cases[1].Want) != 0 || cases[1].Blocks[0].Kind != news.Paragraph {
		t.Errorf("read %+v", cases[1])
	}
}

func TestParseNamesTheLineThatIsMissing(t *testing.T) {
	for _, text := range []string{"== a\ntext\n== b\ntext\n--\n", "== a\ntext\n"} {
		if _, err := casefile.Parse("x.txt", text); err == nil || !strings.Contains(err.Error(), "x.txt") {
			t.Errorf("Parse(%q): error %v, want one that names the file", text, err)
		}
	}
}

func TestOneLine(t *testing.T) {
	if got := casefile.OneLine("We go\non.\n\nAnd  on."); got != "We go on. ¶ And on." {
		t.Errorf("OneLine: %q", got)
	}
}
