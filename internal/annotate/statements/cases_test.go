package statements_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/casefile"
	"whosaid/internal/news"
)

// An expected statement is one line of a case file.
type expected struct {
	line                 string
	hard                 bool // the model may miss it
	depth                int  // how many statements hold it
	parent               int  // index of the one that does, or -1
	source, cue, content []news.Span
}

// expectations reads what is expected of c; cases/british.txt says how it is
// written.
func expectations(c casefile.Case) ([]expected, error) {
	if len(c.Want) == 1 && c.Want[0] == "none" {
		return nil, nil
	}
	var all []expected
	var around []int
	for _, line := range c.Want {
		e, err := expect(c.Text, line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d (%s): %q: %w", c.File, c.Line, c.Name, line, err)
		}
		if e.depth > len(around) {
			return nil, fmt.Errorf("%s:%d (%s): %q: no statement above it that could hold it", c.File, c.Line, c.Name, line)
		}
		around = around[:e.depth]
		e.parent = -1
		if e.depth > 0 {
			e.parent = around[e.depth-1]
		}
		around = append(around, len(all))
		all = append(all, e)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s:%d (%s): nothing is expected: write none if so", c.File, c.Line, c.Name)
	}
	return all, nil
}

func expect(text, line string) (expected, error) {
	e := expected{line: line}
	line, e.hard = strings.CutPrefix(line, "? ")
	for strings.HasPrefix(line, "> ") {
		line = line[len("> "):]
		e.depth++
	}
	fields := strings.Split(line, " | ")
	if len(fields) != 3 {
		return e, fmt.Errorf("%d parts, not source | cue | content", len(fields))
	}
	var err error
	if e.content, err = find(text, fields[2], nil, nil); err != nil {
		return e, err
	}
	if e.cue, err = find(text, fields[1], e.content, e.content); err != nil {
		return e, err
	}
	near := e.cue
	if len(near) == 0 {
		near = e.content
	}
	e.source, err = find(text, fields[0], near, append(e.content[:len(e.content):len(e.content)], e.cue...))
	if err == nil && len(e.content) == 0 {
		err = fmt.Errorf("no content")
	}
	return e, err
}

// numbered is a part of which the text has several.
var numbered = regexp.MustCompile(`^(.*) #([1-9])$`)

// find looks up the parts of a field in text, each after the one before. The
// first is the one nearest to the spans near that overlaps none of the spans
// taken, or the first of all if near is empty.
func find(text, field string, near, taken []news.Span) ([]news.Span, error) {
	if field == "—" {
		return nil, nil
	}
	var spans []news.Span
	for _, part := range strings.Split(field, " + ") {
		number := 0
		if m := numbered.FindStringSubmatch(part); m != nil {
			part = m[1]
			number, _ = strconv.Atoi(m[2]) // one digit
		}
		places := occurrences(text, part)
		if len(places) < max(number, 1) {
			return nil, fmt.Errorf("%q is not in the text so often", part)
		}
		best := -1
		for i, p := range places {
			switch {
			case number > 0:
				if i == number-1 {
					best = i
				}
			case len(spans) > 0:
				if best < 0 && p.Start >= spans[len(spans)-1].End {
					best = i
				}
			case overlap(p, taken):
			case best < 0 || distance(p, near) < distance(places[best], near):
				best = i
			}
		}
		if best < 0 {
			return nil, fmt.Errorf("%q does not stand apart from the rest, or not in this order", part)
		}
		spans = append(spans, places[best])
	}
	return spans, nil
}

// occurrences are the places where part stands in text as whole words.
func occurrences(text, part string) []news.Span {
	var all []news.Span
	for from := 0; ; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return all
		}
		s := news.Span{Start: from + i, End: from + i + len(part)}
		before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
		after, _ := utf8.DecodeRuneInString(text[s.End:])
		first, _ := utf8.DecodeRuneInString(part)
		last, _ := utf8.DecodeLastRuneInString(part)
		if !(unicode.IsLetter(before) && unicode.IsLetter(first)) && !(unicode.IsLetter(last) && unicode.IsLetter(after)) {
			all = append(all, s)
		}
		from = s.End
	}
}

func overlap(s news.Span, spans []news.Span) bool {
	for _, t := range spans {
		if s.Overlaps(t) {
			return true
		}
	}
	return false
}

// distance is the least number of bytes between s and one of spans.
func distance(s news.Span, spans []news.Span) int {
	least := 0
	for i, t := range spans {
		d := max(t.Start-s.End, s.Start-t.End, 0)
		if i == 0 || d < least {
			least = d
		}
	}
	return least
}

// TestCaseFiles checks that every line of the case files can be found in its
// text and that what is said to lie in another does.
func TestCaseFiles(t *testing.T) {
	statements := 0
	for _, c := range casefile.Read(t, "cases/*.txt") {
		all, err := expectations(c)
		if err != nil {
			t.Error(err)
			continue
		}
		statements += len(all)
		for _, e := range all {
			if e.parent < 0 {
				continue
			}
			outer := all[e.parent]
			for _, s := range e.content {
				inside := false
				for _, o := range outer.content {
					inside = inside || o.Contains(s)
				}
				if !inside {
					t.Errorf("%s:%d (%s): %q does not lie in %q", c.File, c.Line, c.Name, e.line, outer.line)
				}
			}
		}
	}
	t.Logf("%d statements are expected", statements)
}
