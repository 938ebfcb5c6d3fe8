package print

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"whosaid/internal/annotate/statements"
	"whosaid/internal/news"
)

// roleNames are in the order of statements.Seen.
var roleNames = [3]string{"source", "cue", "content"}

// Explanation prints how the network saw one word of doc.
func Explanation(w io.Writer, doc *news.Document, e statements.Explanation) error {
	p := &printing{w: w}
	at := news.NewOffsets(doc.Text)
	p.f("%s, characters %d to %d\n", quoted(doc, e.Word), at.Rune(e.Word.Start), at.Rune(e.Word.End))
	p.f("  %s\n\n", around(doc, e.Word))
	holding := 0
	for _, s := range doc.Statements {
		for i, spans := range [3][]news.Span{s.Source, s.Cue, s.Content} {
			if slices.ContainsFunc(spans, e.Word.Overlaps) {
				holding++
				by := fmt.Sprintf("confidence %.2f", s.Confidence)
				if s.By == news.ByMarks {
					by = "found by its quotation marks alone"
				}
				p.f("It is in the %s of statement %s, %s.\n", roleNames[i], s.ID, by)
			}
		}
	}
	if holding == 0 {
		p.f("It is in no statement.\n")
	}
	p.f("A cue begins here with probability %.3f.\n", e.Start)
	if len(e.Cues) == 0 {
		p.f("No cue of the article has a use for it.\n")
	}
	for i, c := range e.Cues {
		p.f("\n%d. The cue %s (probability %.3f): %s", i+1, inBrackets(doc, c.Spans[1]), c.P, c.Verdict)
		if c.Confidence > 0 {
			p.f(", confidence %.2f", c.Confidence)
		}
		p.f("\n   takes the word as its source %.3f, cue %.3f, content %.3f\n", c.Roles[0], c.Roles[1], c.Roles[2])
		p.f("   source: %s\n   content: %s\n", inBrackets(doc, c.Spans[0]), inBrackets(doc, c.Spans[2]))
	}
	return p.err
}

// printing keeps the first error of many writes.
type printing struct {
	w   io.Writer
	err error
}

func (p *printing) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// quoted is the words of a span in brackets, the marks that articles use least.
func quoted(doc *news.Document, s news.Span) string {
	return "[" + oneLine(s.Text(doc.Text)) + "]"
}

func inBrackets(doc *news.Document, spans []news.Span) string {
	if len(spans) == 0 {
		return "none"
	}
	var out []string
	for _, s := range spans {
		out = append(out, quoted(doc, s))
	}
	return strings.Join(out, " … ")
}

// around is the word among those next to it in its block.
func around(doc *news.Document, word news.Span) string {
	const most = 6 // words on each side
	block := news.Span{Start: 0, End: len(doc.Text)}
	for _, b := range doc.Blocks {
		if b.Contains(word) {
			block = b.Span
		}
	}
	before := strings.Fields(doc.Text[block.Start:word.Start])
	after := strings.Fields(doc.Text[word.End:block.End])
	dots := [2]string{}
	if n := len(before); n > most {
		before, dots[0] = before[n-most:], "… "
	}
	if len(after) > most {
		after, dots[1] = after[:most], " …"
	}
	return dots[0] + strings.Join(append(append(before, quoted(doc, word)), after...), " ") + dots[1]
}
