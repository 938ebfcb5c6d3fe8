package actors

import (
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// locate says of every mention where it stands.
func (r *reading) locate() {
	breaks := r.paragraphs()
	sentence, quote := 0, 0
	var outer []news.Quote
	for _, q := range r.doc.Quotes {
		if q.Depth == 0 && !q.Scare {
			outer = append(outer, q)
		}
	}
	var around []int // mentions that may hold the next
	for i := range r.mentions {
		m := &r.mentions[i]
		for sentence < len(r.doc.Sentences) && r.doc.Sentences[sentence].End <= m.Start {
			sentence++
		}
		m.sentence = sentence
		for quote < len(outer) && outer[quote].End <= m.Start {
			quote++
		}
		if quote < len(outer) && outer[quote].Contains(m.Span) {
			m.quote = quote
		}
		m.paragraph = sort.SearchInts(breaks, m.Start+1)
		if b := r.blockAt(m.Start); b != none {
			k := r.doc.Blocks[b].Kind
			m.headline = k == news.Headline || k == news.Deck || k == news.Heading
		}
		m.headline = m.headline || m.paragraph <= 1
		for len(around) > 0 && r.mentions[around[len(around)-1]].End <= m.Start {
			around = around[:len(around)-1]
		}
		if len(around) > 0 && r.mentions[around[len(around)-1]].Contains(m.Span) {
			m.holder = around[len(around)-1]
		}
		around = append(around, i)
		m.subject = r.verbFollows(m)
	}
	r.inStatements()
	r.openers()
}

// paragraphs are the bytes at which a paragraph begins, sorted.
func (r *reading) paragraphs() []int {
	starts := []int{0}
	for at := 0; ; {
		k := strings.IndexByte(r.text[at:], '\n')
		if k < 0 {
			return starts
		}
		at += k + 1
		if rest := strings.TrimLeft(r.text[at:], " \t\r\n"); strings.Contains(r.text[at:len(r.text)-len(rest)], "\n") {
			at = len(r.text) - len(rest)
			starts = append(starts, at)
		}
	}
}

// inStatements says of every mention whose content and source it stands in. An
// inner statement lies inside an outer one and is set after it.
func (r *reading) inStatements() {
	order := make([]int, len(r.doc.Statements))
	for i := range order {
		order[i] = i
	}
	size := func(i int) int {
		n := 0
		for _, s := range r.doc.Statements[i].Content {
			n += s.Len()
		}
		return n
	}
	sort.SliceStable(order, func(a, b int) bool { return size(order[a]) > size(order[b]) })
	for _, i := range order {
		s := r.doc.Statements[i]
		if s.By != news.ByMarks || len(s.Content) > 0 {
			for _, span := range s.Content {
				r.inside(span, func(m *mention) { m.statement = i })
			}
		}
		for _, span := range s.Source {
			r.inside(span, func(m *mention) { m.source = i })
		}
	}
}

// inside calls do for every mention inside span.
func (r *reading) inside(span news.Span, do func(*mention)) {
	k := sort.Search(len(r.mentions), func(k int) bool { return r.mentions[k].Start >= span.Start })
	for ; k < len(r.mentions) && r.mentions[k].Start < span.End; k++ {
		if r.mentions[k].End <= span.End {
			do(&r.mentions[k])
		}
	}
}

// openers marks the mentions that come first in their sentence, quotations
// apart: what stands inside one and outside it are read as two sentences.
func (r *reading) openers() {
	type where struct {
		sentence int
		quoted   bool
	}
	seen := map[where]bool{}
	for i := range r.mentions {
		m := &r.mentions[i]
		w := where{m.sentence, m.quote != none}
		m.opens = !seen[w] && m.holder == none
		seen[w] = true
	}
}

// verbFollows guesses whether m is the subject of a verb: the word after it,
// past an apposition, looks like one.
func (r *reading) verbFollows(m *mention) bool {
	next := m.word + m.words
	if next >= len(r.words) || m.owner {
		return false
	}
	gap := r.text[m.End:r.words[next].Start]
	if strings.ContainsAny(gap, ".;!?\n") {
		return false
	}
	if strings.Contains(gap, ",") || strings.Contains(gap, "(") {
		for k := next; k < min(next+16, len(r.words)-1); k++ {
			between := r.text[r.words[k].End:r.words[k+1].Start]
			if strings.ContainsAny(between, ".;!?\n") {
				return false
			}
			if strings.ContainsAny(between, ",)") {
				return r.verb(k + 1)
			}
		}
		return false
	}
	return r.verb(next)
}

// verb guesses whether word i is a finite verb or an adverb before one.
func (r *reading) verb(i int) bool {
	w := r.folded[i]
	if english.Capitalised(r.words[i].Text(r.text)) {
		return false
	}
	switch w {
	case "is", "was", "has", "had", "will", "would", "can", "could", "should", "may", "might", "must", "does", "did", "do", "be", "said", "says", "told", "went", "came", "took", "made",
		"gave", "got", "saw", "won", "lost", "left", "ran", "held", "kept", "began", "spoke", "wrote", "also", "never", "then", "later", "now", "who", "not", "just", "still", "already",
		"isn't", "wasn't", "hasn't", "won't", "wouldn't", "doesn't", "didn't", "can't", "couldn't", "knew", "thought", "felt", "met", "paid", "put", "led", "sent", "fell", "grew", "stood",
		"became", "chose", "drew", "drove", "found", "have", "am", "are", "were", "s", "ll", "d", "quit", "cut", "set", "hit", "let", "read", "swore", "vowed", "lay", "sat", "sought", "bought", "brought":
		return true
	}
	for _, end := range []string{"ed", "ly"} {
		if strings.HasSuffix(w, end) && len(w) > 3 {
			return true
		}
	}
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3
}
