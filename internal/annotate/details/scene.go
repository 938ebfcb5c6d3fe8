package details

import (
	"slices"

	"whosaid/internal/news"
)

// A scene is the sentence of one statement's cue, in words.
type scene struct {
	statement   *news.Statement
	sentence    news.Span
	words       []word
	cue         news.Span // from the first span of the cue to the end of the last in this sentence
	first, last int       // its words
}

func newScene(r *reader, s *news.Statement) *scene {
	c := &scene{statement: s, sentence: r.sentence, words: r.words, cue: s.Cue[0]}
	for _, span := range s.Cue[1:] {
		if r.sentence.Contains(span) {
			c.cue.End = max(c.cue.End, span.End)
		}
	}
	c.first = wordAt(c.words, c.cue.Start)
	c.last = c.first
	for c.last < len(c.words) && c.words[c.last].Start < c.cue.End {
		c.last++
	}
	return c
}

// inContent reports whether span lies in what the statement reports as said.
func (c *scene) inContent(span news.Span) bool {
	return slices.ContainsFunc(c.statement.Content, func(s news.Span) bool { return s.Overlaps(span) })
}
