package statements_test

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/casefile"
)

// TestCasesAreWellFormed finds slips of the pen in the case files: words that
// are not in the text, and statements said to lie in one that does not hold
// them. cases/british.txt says how lines are written.
func TestCasesAreWellFormed(t *testing.T) {
	for _, c := range casefile.Read(t, "cases/*.txt") {
		if len(c.Want) == 0 {
			t.Errorf("%s:%d (%s): nothing is expected: write none if so", c.File, c.Line, c.Name)
		}
		var around []string // contents of the statements around the one being looked at
		for _, line := range c.Want {
			if line == "none" && len(c.Want) == 1 {
				continue
			}
			content, err := wellFormed(c.Text, line, &around)
			if err != nil {
				t.Errorf("%s:%d (%s): %q: %v", c.File, c.Line, c.Name, line, err)
			}
			around = append(around, content)
		}
	}
}

func wellFormed(text, line string, around *[]string) (content string, err error) {
	line = strings.TrimPrefix(line, "? ")
	depth := 0
	for strings.HasPrefix(line, "> ") {
		line = line[len("> "):]
		depth++
	}
	fields := strings.Split(line, " | ")
	if len(fields) != 3 {
		return "", fmt.Errorf("%d parts, not source | cue | content", len(fields))
	}
	for _, field := range fields[:2] {
		for _, part := range strings.Split(field, " + ") {
			if part = nth.ReplaceAllString(part, ""); part != "—" && !strings.Contains(text, part) {
				return "", fmt.Errorf("%q is not in the text", part)
			}
		}
	}
	if depth > len(*around) {
		return "", fmt.Errorf("no statement above that could hold it")
	}
	*around = (*around)[:depth]
	content = strings.ReplaceAll(fields[2], " ¶ ", "\n\n")
	for _, part := range strings.Split(content, " + ") {
		part = nth.ReplaceAllString(part, "")
		if !strings.Contains(text, part) {
			return "", fmt.Errorf("%q is not in the text", part)
		}
		if depth > 0 && !strings.Contains((*around)[depth-1], part) {
			return "", fmt.Errorf("%q does not lie in the statement above", part)
		}
	}
	return content, nil
}
