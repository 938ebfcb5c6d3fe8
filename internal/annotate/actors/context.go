package actors

import (
	"slices"
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// mainCluster is the person whom the article names most often, or none.
func (r *reading) mainCluster() int {
	if r.main == 0 {
		best := none
		for c := range r.clusters {
			if k := &r.clusters[c]; k.kind == person && (best == none || len(k.names) > len(r.clusters[best].names)) {
				best = c
			}
		}
		r.main = best + 2
	}
	return r.main - 2
}

// firstNamed is the person whom the article names first, headlines aside, or none.
func (r *reading) firstNamed() int {
	if r.opener == 0 {
		r.opener = 1
		for i := range r.mentions {
			if m := &r.mentions[i]; m.kind == person && m.actor != none && m.form != formPronoun && m.form != formNominal && !(m.headline && r.headed()) {
				r.opener = m.actor + 2
				break
			}
		}
	}
	return r.opener - 2
}

// headed reports whether the article has a headline of its own.
func (r *reading) headed() bool {
	return len(r.doc.Blocks) > 0 && r.doc.Blocks[0].Kind == news.Headline
}

// inTitle reports whether a name of cluster c stands in the article's title: the
// family name or, of whom no more is said, the one name.
func (r *reading) inTitle(c int) bool {
	if r.title == nil {
		r.title = map[string]bool{}
		for _, w := range english.Words(r.doc.Title, news.Span{End: len(r.doc.Title)}) {
			r.title[fold(english.Bare(w.Text(r.doc.Title)))] = true
		}
	}
	k := &r.clusters[c]
	if len(k.full) == 0 && len(k.names) > 0 {
		n := r.mentions[k.names[0]].name
		return len(n.words) > 0 && r.title[n.words[0]]
	}
	return slices.ContainsFunc(k.full, func(n name) bool { return r.title[n.family()] })
}

// topical reports whether the article's title names what it is about and reports
// nothing, as those of encyclopaedias do: at most six words, all with capitals but the
// small ones.
func (r *reading) topical() bool {
	words := english.Words(r.doc.Title, news.Span{End: len(r.doc.Title)})
	for i, w := range words {
		t := w.Text(r.doc.Title)
		if i > 0 && t[0] >= 'a' && t[0] <= 'z' && !small(t) && !english.Particle(t) {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 6
}

// titleIsName reports whether a topical title may be somebody's name and no more.
func (r *reading) titleIsName() bool {
	words := english.Words(r.doc.Title, news.Span{End: len(r.doc.Title)})
	return len(words) > 1 && len(words) <= 4 && !slices.ContainsFunc(words, func(w news.Span) bool {
		t := w.Text(r.doc.Title)
		return !english.Capitalised(t) && !english.Particle(t)
	})
}

// afterPreposition reports whether the word before m is a preposition.
func (r *reading) afterPreposition(m *mention) bool {
	if m.word == 0 || r.text[r.words[m.word-1].End:m.Start] != " " {
		return false
	}
	switch r.folded[m.word-1] {
	case "of", "by", "with", "for", "to", "from", "in", "at", "on", "against", "about", "like", "between", "under", "over", "after", "before", "including", "than", "as":
		return true
	}
	return false
}

// joined reports whether m is one of several people whom "and" joins.
func (r *reading) joined(m *mention) bool {
	next := m.word + m.words
	return next < len(r.words) && r.folded[next] == "and" && r.text[m.End:r.words[next].Start] == " " && next+1 < len(r.words) && english.Capitalised(r.words[next+1].Text(r.text)) ||
		m.word > 0 && r.folded[m.word-1] == "and" && m.word > 1 && english.Capitalised(r.words[m.word-2].Text(r.text))
}

// marksIn is how many marks part a text into clauses.
func marksIn(text string) int {
	n := 0
	for _, c := range text {
		switch c {
		case ',', ';', ':', '(', '—', '–':
			n++
		}
	}
	return n
}

// mentionedBefore is how many mentions of cluster c stand before mention i,
// names alone being counted to the last.
func (r *reading) mentionedBefore(c, i int) int {
	names := r.clusters[c].names
	return sort.SearchInts(names, i) + len(r.clusters[c].mentions) - len(names)
}

// samePronounBefore is the actor of the last pronoun of the same gender in this
// sentence or the one before, inside quotations only of the same one; or none.
func (r *reading) samePronounBefore(i int) int {
	m := &r.mentions[i]
	for j := i - 1; j >= 0 && j > i-20; j-- {
		a := &r.mentions[j]
		if m.pro.Person != 3 && a.form == formPronoun && a.actor != none && a.pro.Person == m.pro.Person && a.quote != none && m.quote != none && a.paragraph >= m.paragraph-3 {
			return a.actor
		}
		if m.sentence-a.sentence > 1 {
			if m.pro.Person != 3 {
				continue
			}
			break
		}
		if a.form == formPronoun && a.actor != none && a.pro.Person == m.pro.Person && a.gender == m.gender && a.quote == m.quote {
			return a.actor
		}
	}
	return none
}

// lastSpeaker is who spoke the last statement whose source stands before
// mention i, outside the sentence of i; or none.
func (r *reading) lastSpeaker(i int) int {
	m := &r.mentions[i]
	seen := 0
	for j := i - 1; j >= 0 && j > i-40 && seen < 2; j-- {
		a := &r.mentions[j]
		if a.source == none || a.source == m.source || a.source == m.statement || a.actor == none || a.holder != none {
			continue
		}
		if m.paragraph-a.paragraph > 3 {
			return none
		}
		return a.actor
	}
	return none
}

// firstOfParagraph is the person first mentioned in a paragraph before mention
// i, or none.
func (r *reading) firstOfParagraph(paragraph, i int) int {
	if r.firsts == nil {
		r.firsts = map[int]int{}
		for j := range r.mentions {
			if _, ok := r.firsts[r.mentions[j].paragraph]; !ok && r.mentions[j].kind == person && r.mentions[j].form != formPronoun {
				r.firsts[r.mentions[j].paragraph] = j
			}
		}
	}
	if j, ok := r.firsts[paragraph]; ok && j < i {
		return r.mentions[j].actor
	}
	return none
}

// sourcesOfSentence are the clusters in a source that stands in the sentence of
// m, m's own aside.
func (r *reading) sourcesOfSentence(m *mention) []int {
	var list []int
	k := r.firstIn(m.Span)
	for _, step := range []int{-1, 1} {
		for j := k; j >= 0 && j < len(r.mentions) && abs(j-k) < 15; j += step {
			a := &r.mentions[j]
			if a.sentence != m.sentence {
				break
			}
			if a.source != none && a.source != m.source && a.actor != none {
				list = append(list, a.actor)
			}
		}
	}
	return list
}

// addressed are the clusters that are told what the statement around m says:
// the person whose name follows its cue directly ("told Abel Ross").
func (r *reading) addressed(m *mention) []int {
	if m.statement == none {
		return nil
	}
	var list []int
	for _, cue := range r.doc.Statements[m.statement].Cue {
		k := sort.Search(len(r.mentions), func(k int) bool { return r.mentions[k].Start >= cue.End })
		for ; k < len(r.mentions) && r.mentions[k].Start-cue.End < 24; k++ {
			a := &r.mentions[k]
			if a.source == m.statement || a.statement == m.statement || a.actor == none || a.kind != person {
				continue
			}
			if between := r.text[cue.End:a.Start]; !strings.ContainsAny(between, ".,;:!?\n“”\"") {
				list = append(list, a.actor)
			}
		}
	}
	return list
}

// oneClause reports whether no mark and no joining word stands between a and m,
// so that they are likely arguments of one verb.
func (r *reading) oneClause(a, m *mention) bool {
	for w := a.word + a.words; w < m.word; w++ {
		switch r.folded[w] {
		case "that", "and", "but", "who", "because", "when", "while", "if", "after", "before", "as", "which", "where", "or", "said", "says", "whom":
			return false
		}
		if p, ok := english.PronounOf(r.words[w].Text(r.text)); ok && p.Case == english.Subject {
			return false
		}
	}
	return a.End <= m.Start && !strings.ContainsAny(r.text[a.End:m.Start], ",;:—–\n“”\"()")
}

// learn tells who wants to learn what was weighed for mention i and what would
// have been right, and links it so: what follows is weighed as it should be.
func (r *reading) learn(i int, who, class string, nobody []float64, list []candidate) {
	e := Evidence{Class: class, Text: r.mentions[i].Text(r.text), None: nobody, Right: none}
	for k, c := range list {
		e.Candidates = append(e.Candidates, c.facts)
		if who != "" && e.Right == none && r.identity(c.cluster) == who {
			e.Right = k
		}
	}
	if e.Right != none {
		r.join(i, list[e.Right].cluster, "known", 1)
	} else if who != "" {
		return // the right one is no candidate: nothing to learn from
	}
	r.options.Observe(e)
}

// identity is whom most of a cluster's names are known to mean.
func (r *reading) identity(c int) string {
	votes := map[string]int{}
	best := ""
	for _, i := range r.clusters[c].mentions {
		if w := r.options.Identify(r.doc, r.mentions[i].Span); w != "" && w != Unknown {
			votes[w]++
			if votes[w] > votes[best] {
				best = w
			}
		}
	}
	return best
}
