package dates

import (
	"sort"

	"whosaid/internal/news"
)

// Bounds on how far from its cue the date of a statement is looked for.
const (
	aside     = 6  // expressions on each side
	afterCue  = 16 // tokens: said in an interview with the Halden Courier on Monday
	beforeCue = 24 // tokens: On Monday the minister, who …, said
)

// when finds for each statement the date that says when it was made: the
// nearest to its cue, in the same sentence, outside what was said, and so bound
// to the cue that it tells of the saying and not of something else.
func (s *setting) when() {
	s.said = make([]int, len(s.doc.Statements))
	for i := range s.said {
		s.said[i] = -1
		st := &s.doc.Statements[i]
		if st.By == news.ByMarks || len(st.Cue) == 0 {
			continue
		}
		first := s.tokenAt(st.Cue[0].Start)
		end := s.tokenAt(st.Cue[len(st.Cue)-1].End)
		if first >= len(s.tokens) || end <= first {
			continue
		}
		next := sort.Search(len(s.found), func(k int) bool { return s.found[k].start >= first })
		best, far := -1, 1<<30
		for k := next; k < len(s.found) && k < next+aside; k++ {
			if s.found[k].end <= end && s.tells(i, k, first) {
				best, far = k, 0 // issued a statement on Monday saying
				break
			}
			if n, ok := s.follows(i, k, end); ok && n < far {
				best, far = k, n
				break
			}
		}
		for k := next - 1; k >= 0 && k >= next-aside; k-- {
			if n, ok := s.leads(i, k, first); ok && n < far {
				best = k
				break
			}
		}
		s.said[i] = best
	}
}

// tokenAt is the first token that begins at byte b or later.
func (s *setting) tokenAt(b int) int {
	return sort.Search(len(s.tokens), func(i int) bool { return s.tokens[i].Start >= b })
}

// tells reports whether expression k can say when something was said: an
// adverb of its own, in the sentence of the statement's cue, on the same level
// of speech.
func (s *setting) tells(i, k, cue int) bool {
	e := &s.found[k]
	if e.by || e.attribute || e.rel == next || e.shape == aShift && e.n > 0 || e.shape == aLimit || e.shape == aDecade || e.shape == aCentury {
		return false
	}
	if e.shape == aVague && s.is(e.end-1, "later") || s.tokens[e.start].sentence != s.tokens[cue].sentence || s.possessive(e.end) {
		return false
	}
	if len(s.covers[k]) != len(s.cueCovers[i]) {
		return false
	}
	for j, c := range s.covers[k] {
		if s.cueCovers[i][j] != c {
			return false
		}
	}
	for _, span := range s.doc.Statements[i].Source {
		if span.Overlaps(e.span) {
			return false
		}
	}
	p := s.word(e.start - 1)
	if p == "the" && e.start > 0 {
		p = s.word(e.start - 2)
	}
	switch e.shape {
	case aDay, aMonth, aYear, aSeason, aPart:
		if e.rel == last || e.rel == this {
			break
		}
		mark := s.at(e.start-1).kind == mark || s.at(e.start-1).kind == boundary
		if p != "on" && p != "in" && p != "of" && p != "around" && !mark && !s.first(e.start) && e.part == "" && e.shape != aDay {
			return false
		}
	}
	return !s.is(e.start-1, "since", "until", "till", "after", "before", "by", "from", "for", "following", "over", "than", "to", "between")
}

// breaks are words that lead away from the saying: what was said after the vote
// on Sunday was said at some other time.
func (s *setting) breaks(j int) bool {
	switch s.word(j) {
	case "after", "before", "following", "since", "until", "till", "that", "when", "where", "which", "who", "while", "because", "if", "as", "over", "marked",
		"ahead", "how", "why", "what", "whether", "killed", "but":
		return true
	}
	t := s.at(j)
	if t.kind == mark && (t.sym == ';' || t.sym == ':') {
		return true
	}
	w := t.Text(s.text)
	return w == "about" || w == "despite" || w == "wake" || w == "against" || w == "whose"
}

// content reports whether token j lies in the content of a statement that does
// not hold the cue of statement i, and where that content ends.
func (s *setting) content(i, j int) (end int, ok bool) {
	for _, c := range s.doc.Statements[i].Content {
		if c.Start <= s.tokens[j].Start && s.tokens[j].Start < c.End {
			return c.End, true
		}
	}
	return 0, false
}

// follows reports whether expression k, after the cue that ends at token end,
// tells when statement i was made, and how many tokens lie between.
func (s *setting) follows(i, k, end int) (int, bool) {
	e := &s.found[k]
	if e.start < end || !s.tells(i, k, end-1) {
		return 0, false
	}
	n, passed := 0, false
	for j := end; j < e.start; j++ {
		if stop, ok := s.content(i, j); ok {
			// What was said stands between: only a date right behind it counts,
			// and behind plain speech it is part of that.
			if s.tokens[j].quote == 0 {
				return 0, false
			}
			for j+1 < e.start && s.tokens[j+1].Start < stop {
				j++
			}
			passed = true
			n = 0
			continue
		}
		if s.breaks(j) || s.tokens[j].quote != s.tokens[end-1].quote {
			return 0, false
		}
		n++
	}
	if n > afterCue || passed && n > 2 {
		return 0, false
	}
	return n, true
}

// leads reports whether expression k, before the cue that begins at token first,
// tells when statement i was made.
func (s *setting) leads(i, k, first int) (int, bool) {
	e := &s.found[k]
	if e.end > first || !s.tells(i, k, first) {
		return 0, false
	}
	n, free := 0, 0
	for j := e.end; j < first; j++ {
		n++
		if s.inSource(i, j) {
			continue
		}
		if _, ok := s.content(i, j); ok {
			return 0, false
		}
		if s.breaks(j) || s.verb(j) != 0 && !s.adverbial(j, first) || s.sym(j) == '—' || s.sym(j) == '–' {
			return 0, false
		}
		if s.at(j).kind == letters {
			free++
		}
	}
	if n > beforeCue || free > 8 {
		return 0, false
	}
	if e.end == first || s.beforeIsSource(i, e) {
		return n, true // the minister on Monday said
	}
	if n <= 2 && !s.inSource(i, first-1) && (s.sym(e.end) == ',' || s.is(e.end, "and") && e.daily()) {
		return n, true // said on Monday, adding; said on Monday and added
	}
	return n, s.opens(i, e)
}

// adverbial reports whether the verb at j only helps the cue at first: has
// said, was quoted as saying.
func (s *setting) adverbial(j, first int) bool { return first-j <= 2 }

func (s *setting) inSource(i, j int) bool {
	for _, span := range s.doc.Statements[i].Source {
		if span.Start <= s.tokens[j].Start && s.tokens[j].End <= span.End {
			return true
		}
	}
	return false
}

// beforeIsSource reports whether the words right before e are the source.
func (s *setting) beforeIsSource(i int, e *expression) bool {
	j := e.start - 1
	for s.is(j, "on", "in") || s.sym(j) == ',' {
		j--
	}
	return j >= 0 && s.inSource(i, j)
}

// opens reports whether e stands in the words that open the sentence or the
// clause: On Monday, the minister said; Speaking in Halden on Monday, she said.
func (s *setting) opens(i int, e *expression) bool {
	from := s.sentences[s.tokens[e.start].sentence].Start
	for j := e.start - 1; j >= from; j-- {
		if e.start-j > beforeCue {
			return false
		}
		if s.sym(j) == ',' && s.is(j+1, "on", "in", "and") || s.is(j, "and") || s.sym(j) == '”' || s.sym(j) == '"' {
			return true
		}
		if s.breaks(j) || s.verb(j) != 0 || s.inSource(i, j) {
			return false
		}
		if _, ok := s.content(i, j); ok {
			return true
		}
	}
	return true
}
