package statements

import (
	"slices"
	"sort"

	"whosaid/internal/news"
)

// An Explanation says how the network saw one word.
type Explanation struct {
	Word  news.Span
	Start float64 // probability that a cue begins at the word
	Cues  []Seen  // the cues that had a use for it, in the order of the text
}

// Seen is what one cue made of a word.
type Seen struct {
	P          float64        // probability that a cue begins there
	Roles      [3]float64     // probability that the word belongs to its source, cue, content
	Spans      [3][]news.Span // its source, cue, content
	Verdict    string         // what became of it
	Confidence float64        // of its statement
}

// leastSeen is the probability under which a cue, or its use of a word, is not
// worth telling.
const leastSeen = 0.02

// Explain says why the word at byte offset of doc's text was labelled as it
// was. It reports false where the text has no word there that was read.
func (r *Reader) Explain(doc *news.Document, offset int) (Explanation, bool) {
	at := sort.Search(len(doc.Pieces), func(i int) bool { return doc.Pieces[i].End > offset })
	if at == len(doc.Pieces) || doc.Pieces[at].Start > offset {
		return Explanation{}, false
	}
	for at > 0 && !doc.Pieces[at].First {
		at--
	}
	end := at + 1
	for end < len(doc.Pieces) && !doc.Pieces[end].First {
		end++
	}
	e := Explanation{Word: news.Span{Start: doc.Pieces[at].Start, End: doc.Pieces[end-1].End}}

	s := r.sessions.Get().(*session)
	defer r.sessions.Put(s)
	low := r.options
	low.Least = leastSeen
	found := s.candidates(doc, newVectors(len(doc.Pieces), r.width), low)
	verdicts := judge(doc, found, r.options)
	for i, c := range found {
		seen := Seen{P: c.p, Spans: c.spans, Verdict: string(verdicts[i]), Confidence: c.sure}
		if c.piece == at {
			e.Start = c.p
		}
		seen.Roles = s.uses(doc, r.options, c, at)
		if slices.Max(seen.Roles[:]) >= leastSeen {
			e.Cues = append(e.Cues, seen)
		}
	}
	return e, true
}

// uses reads the window that owns cue c again and returns the probability that
// the word beginning at piece at belongs to each of its roles.
func (s *session) uses(doc *news.Document, o Options, c candidate, at int) (p [roles]float64) {
	for _, w := range tile(doc.Pieces, o.Window, o.Margin) {
		if c.piece < w.from || c.piece >= w.to || at < w.start || at >= w.end {
			continue
		}
		pieces := doc.Pieces[w.start:w.end]
		s.load(pieces)
		lo, hi := around(doc.Text, pieces, c.piece-w.start, o.Reach)
		if at-w.start < lo || at-w.start >= hi {
			return p
		}
		s.tags = s.net.Tag(s.tags[:0], c.piece-w.start, lo, hi)
		s.at = firsts(pieces[lo:hi], s.at)
		k := sort.SearchInts(s.at, at-w.start-lo)
		for role := range roles {
			p[role] = marginals(s.tags, role, s.at)[k]
		}
	}
	return p
}
