// Package voice tells what an outlet asserts in its own voice from what it
// reports that others said, and how much of an article is whose.
//
// A sentence is the outlet's own where no statement covers it. One that a
// statement covers in part is its own where most of it lies outside: outside
// the stretch from the first to the last word of source, cue and content, that
// is. "The mayor, who took office in May, said that the port would open" is
// covered; "The port, the third to shut since the drought, which farmers call
// ‘the long one’, lies idle" is the outlet's.
package voice

import (
	"context"
	"sort"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.OwnVoice.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "voice",
		Doc:   "What the outlet asserts itself: the sentences that no statement covers, or covers only in small part.",
		Needs: []string{"text", "blocks", "sentences", "statements"},
		Gives: []string{"own_voice"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.OwnVoice = Own(doc)
			return nil
		},
	}
}

// Of a sentence that a statement covers in part, so many words and such a share
// of all its words must lie outside for it to be the outlet's own.
const (
	leastWords = 8
	leastShare = 0.6
)

// Own gives the sentences of doc that are the outlet's own, in order. A
// sentence without a word (“***”) is nobody's.
func Own(doc *news.Document) []news.Span {
	stretches := reported(doc)
	blocks := blocksOf(doc)
	var own []news.Span
	next := 0
	for _, s := range doc.Sentences {
		if !blocks.speech(s) {
			continue
		}
		for next < len(stretches) && stretches[next].End <= s.Start {
			next++
		}
		all := words(s.Text(doc.Text))
		free, at := 0, s.Start
		covered := false
		for i := next; i < len(stretches) && stretches[i].Start < s.End; i++ {
			covered = true
			if stretches[i].Start > at {
				free += words(doc.Text[at:stretches[i].Start])
			}
			at = max(at, min(stretches[i].End, s.End))
		}
		free += words(doc.Text[at:s.End])
		switch {
		case all == 0:
		case !covered, free >= leastWords && float64(free) >= leastShare*float64(all):
			own = append(own, s)
		}
	}
	return own
}

// reported gives the stretches of text that statements take up, from the first
// to the last of their words in each sentence, merged and in order.
func reported(doc *news.Document) []news.Span {
	var all []news.Span
	for _, st := range doc.Statements {
		for _, list := range [][]news.Span{st.Source, st.Cue, st.Content} {
			all = append(all, list...)
		}
		all = append(all, bridges(doc.Sentences, st)...)
	}
	return merge(all)
}

// bridges are the words of each sentence between the first and the last that a
// statement has in it: whom the mayor told, and when, is no claim of the
// outlet's.
func bridges(sentences []news.Span, st news.Statement) []news.Span {
	var parts, found []news.Span
	for _, list := range [][]news.Span{st.Source, st.Cue, st.Content} {
		parts = append(parts, list...)
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].Start < parts[j].Start })
	for i := 1; i < len(parts); i++ {
		a, b := parts[i-1], parts[i]
		if a.End >= b.Start {
			continue
		}
		k := sort.Search(len(sentences), func(k int) bool { return sentences[k].End > a.Start })
		for ; k < len(sentences) && sentences[k].Start < a.End; k++ {
			if sentences[k].Start <= b.Start && b.Start < sentences[k].End {
				found = append(found, news.Span{Start: a.End, End: b.Start})
			}
		}
	}
	return found
}

// merge puts spans in order and joins those that touch.
func merge(spans []news.Span) []news.Span {
	sort.Slice(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
	var out []news.Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if s.Len() > 0 {
			out = append(out, s)
		}
	}
	return out
}

// prose walks over the blocks in step with spans in order.
type prose struct {
	blocks []news.Block
	at     int
}

func blocksOf(doc *news.Document) *prose { return &prose{blocks: doc.Blocks} }

// speech reports whether s lies in a block in which statements are looked for.
func (p *prose) speech(s news.Span) bool {
	for p.at < len(p.blocks) && p.blocks[p.at].End <= s.Start {
		p.at++
	}
	return p.at < len(p.blocks) && p.blocks[p.at].Kind.Speech()
}

// words counts runs of letters and figures; a mark between two of them joins
// them (don’t, half-way, 3.5).
func words(s string) int {
	n, in, joint := 0, false, false
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !in && !joint {
				n++
			}
			in, joint = true, false
		case in && unicode.Is(unicode.M, r):
		case in && (r == '\'' || r == '’' || r == '-' || r == '‑' || r == '.' || r == ','):
			in, joint = false, true
		default:
			in, joint = false, false
		}
	}
	return n
}
