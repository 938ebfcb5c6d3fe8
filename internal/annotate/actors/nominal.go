package actors

import (
	"fmt"
	"slices"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// Who a description means is told by plain rules before anything is weighed, where
// they settle it: the article calls one person so and no other; a definite
// description of the one who spoke just before; in a headline or the first
// sentences, whoever is later reported with the same words. Two who fit are
// nobody.

// A nominal is a description of one person taken apart.
type nominal struct {
	definite bool // "the", "this", a possessive; in headlines also without an article
	some     bool // "a", "one": somebody new, unless the article is just opening
	owned    bool // opens with a possessive: "his lawyer", "the bank’s treasurer"
	former   bool // of somebody who is no longer so: besides any other office
	head     string
	word     string   // the head itself; head is of which kind it is
	words    []string // of content, besides the head, in their full forms
}

// parseNominal takes mention i apart.
func (r *reading) parseNominal(i int) (n nominal, ok bool) {
	m := &r.mentions[i]
	phrases := english.Phrases(r.text, m.Span, func(news.Span) bool { return false })
	if len(phrases) == 0 {
		return n, false
	}
	head := english.Bare(phrases[0].Head(r.text))
	if len(phrases) > 1 {
		head = english.Bare(phrases[len(phrases)-1].Head(r.text)) // "the former mayor and lawmaker"
	}
	if english.Plural(head) || english.Thing(head) {
		return n, false
	}
	n.word = inFull(fold(head))
	n.head = kindOf(n.word)
	switch r.folded[m.word] {
	case "the", "this", "that":
		n.definite = true
	case "a", "an", "one", "another", "some", "any", "every", "no":
		n.some = true
	case "his", "her", "their", "its", "my", "our", "your":
		n.definite, n.owned = true, true
	default:
		n.definite = m.headline && english.Person(head)
	}
	for w := m.word; w < m.word+m.words; w++ {
		text := r.words[w].Text(r.text)
		if strings.HasSuffix(text, "'s") || strings.HasSuffix(text, "’s") || strings.HasSuffix(text, "’") || strings.HasSuffix(text, "'") {
			n.definite, n.owned = true, true
		}
		f := kindOf(r.folded[w])
		n.former = n.former || f == "former" || f == "ex" || f == "then" || strings.HasPrefix(r.folded[w], "ex-")
		if f != n.head && !small(f) && !timely(f) && len(f) > 1 {
			n.words = append(n.words, f)
		}
	}
	return n, true
}

// timely reports whether a word says when somebody was something, not what.
func timely(w string) bool {
	switch w {
	case "former", "ex", "then", "current", "new", "now", "late", "own", "then-", "veteran", "longtime", "one":
		return true
	}
	return false
}

// kindOf is a word for one that news uses in its place: a reporter is called a
// journalist, a senator a lawmaker.
func kindOf(w string) string {
	w = strings.TrimPrefix(w, "ex-")
	switch w {
	case "reporter", "correspondent", "columnist", "anchor", "broadcaster", "presenter":
		return "journalist"
	case "solicitor", "barrister", "counsel":
		return "lawyer"
	case "legislator", "parliamentarian", "mp", "msp", "mep":
		return "lawmaker"
	case "chairman", "chairwoman", "chairperson", "director", "secretary-general":
		return "head"
	case "tycoon", "mogul", "billionaire", "magnate", "entrepreneur", "businesswoman":
		return "businessman"
	case "actress", "star":
		return "actor"
	case "striker", "midfielder", "defender", "forward", "goalkeeper", "winger":
		return "player"
	case "imam", "priest", "sheikh", "ayatollah", "pastor":
		return "cleric"
	case "ambassador", "diplomat":
		return "envoy"
	case "academic", "scholar", "lecturer":
		return "professor"
	case "ministers":
		return "minister"
	}
	return inFull(w)
}

// office reports whether a kind of person is one of which nobody holds two: who is
// called a mayor is not the minister.
func office(w string) bool {
	switch w {
	case "president", "minister", "premier", "chancellor", "governor", "mayor", "judge", "king", "queen", "envoy", "speaker", "general", "colonel", "captain", "bishop", "pope",
		"lawmaker", "senator", "prince", "princess", "emir", "sultan", "sheriff", "prosecutor", "lawyer", "journalist", "professor", "spokesman", "spokeswoman", "witness",
		"doctor", "player", "coach", "actor", "singer", "cleric", "secretary", "akim", "economist", "manager", "analyst":
		return true
	}
	return false
}

// passing reports whether a kind of person is one that news reports without a name
// as a rule, so that a bare description takes up nobody named before.
func passing(w string) bool {
	switch w {
	case "spokesman", "spokeswoman", "spokesperson", "official", "source", "witness", "resident", "judge", "host", "moderator", "interviewer", "journalist", "officer", "aide", "lawyer", "expert",
		"neighbour", "neighbor", "passenger", "driver", "shopper", "protester", "analyst", "diplomat", "envoy", "adviser", "advisor", "prosecutor", "doctor", "nurse", "teacher", "victim", "suspect",
		"person", "someone", "rival", "opponent", "friend", "colleague", "agent", "author", "editor", "manager", "insider", "observer", "head", "critic", "voter", "worker", "one", "other", "rest", "majority":
		return true
	}
	return false
}

// described settles nominal i by what the article calls people. refused tells that
// two people fit, so that nobody is to be guessed.
func (r *reading) described(i int, n nominal, list []candidate) (c int, refused bool) {
	best, bestShare, rivals := none, -1.0, 0
	near := func(c candidate) int { return abs(r.mentions[i].sentence - r.mentions[c.near].sentence) }
	var at candidate
	for _, x := range list {
		words := r.wordsAround(x.cluster)
		if words[n.head] < 1 && (words[n.head] == 0 || len(n.words) > 0 && r.shared(n, words) == 0) {
			continue
		}
		if n.some && !(r.mentions[i].paragraph <= opening && len(r.clusters[x.cluster].names) > 0 && r.clusters[x.cluster].names[0] > i) {
			continue
		}
		share := r.shared(n, words)
		if words[n.word] > 0 {
			share += 0.25
		}
		switch {
		case share > bestShare:
			best, bestShare, rivals, at = x.cluster, share, 1, x
		case share == bestShare:
			rivals++
			if near(at) > 2 && near(x) <= 1 {
				best, rivals, at = x.cluster, 1, x // the other one was left long ago
			} else if near(x) > 2 && near(at) <= 1 {
				rivals--
			}
		}
	}
	switch {
	case best == none:
		return none, false
	case rivals > 1:
		return none, r.mentions[i].source != none
	case len(n.words) > 0 && bestShare < 0.3 && (n.owned || near(at) > 3):
		return none, false // the noun alone, with other words about it
	}
	return best, false
}

// shared is the share of a nominal's words besides its noun by which a person is
// called; 0.5 where it has none.
func (r *reading) shared(n nominal, words map[string]float64) float64 {
	if len(n.words) == 0 {
		return 0.5
	}
	both := 0
	for _, w := range n.words {
		if words[w] > 0 {
			both++
		}
	}
	return float64(both) / float64(len(n.words))
}

// conflicts reports whether the article calls a person by an office or a part
// that the nominal does not name, or one of another gender.
func (r *reading) conflicts(i int, n nominal, c int) bool {
	if r.clashes(i, c) || r.otherAge(i, c) {
		return true
	}
	if n.former || !office(n.head) {
		return false
	}
	words := r.wordsAround(c)
	if words[n.head] > 0 {
		return false
	}
	for w, weight := range words {
		if weight >= 1 && (office(w) || english.Person(w)) {
			return true
		}
	}
	return false
}

// conflicting is conflicts for a nominal that is not yet taken apart.
func (r *reading) conflicting(i, c int) bool {
	n, ok := r.parseNominal(i)
	return ok && r.conflicts(i, n, c)
}

// spokeBefore is whom a definite description in a source takes up: who spoke the
// statement before, if that person is the only one named in its sentence or opens
// it.
func (r *reading) spokeBefore(i int, n nominal) int {
	m := &r.mentions[i]
	if m.source == none || !n.definite || m.headline || passing(n.head) || n.owned && english.Kin(n.head) {
		return none
	}
	if !english.Person(n.word) && !n.former && !strings.HasSuffix(n.word, "-old") && !r.demonym(i, n) {
		return none
	}
	c := r.lastSpeaker(i)
	if c == none || r.namedInOwnWords(m)[c] || len(r.clusters[c].names) == 0 || r.clusters[c].kind != person || r.conflicts(i, n, c) {
		return none
	}
	last := none // the sentence in which c spoke
	for j := i - 1; j >= 0 && j > i-40; j-- {
		a := &r.mentions[j]
		if last == none {
			if a.actor != c || a.source == none {
				continue
			}
			last = a.sentence
			if m.sentence-last > 3 || m.paragraph-a.paragraph > 2 || r.excluded(i, j) {
				return none
			}
			if a.opens {
				return c
			}
			continue
		}
		if a.sentence < last-1 {
			break
		}
	}
	if last == none {
		return none
	}
	for j := i - 1; j >= 0 && r.mentions[j].sentence >= last; j-- {
		a := &r.mentions[j]
		if a.kind == person && a.form != formPronoun && a.actor != none && a.actor != c && a.quote == none {
			return none
		}
	}
	return c
}

// demonym reports whether nominal i calls somebody by where they are from ("the New
// Yorker"): its head has a capital.
func (r *reading) demonym(i int, n nominal) bool {
	m := &r.mentions[i]
	w := m.word + m.words - 1
	return r.folded[w] == n.word && english.Capitalised(r.words[w].Text(r.text))
}

// leads is whom a description means with which the article opens: the person who
// is later reported with the same words, or the first who is named and speaks
// after it if nothing else is told of that person.
func (r *reading) leads(i int, n nominal) int {
	m := &r.mentions[i]
	if m.source == none || m.paragraph > opening || n.owned && english.Kin(n.head) {
		return none
	}
	words := r.contentWords(m.source)
	best, most, rival := none, 0, false
	first := none
	for k := range r.doc.Statements {
		s := &r.doc.Statements[k]
		if k > 60 {
			break
		}
		if len(s.Source) == 0 || s.Source[0].Start <= m.End {
			continue
		}
		c := r.namedSpeaker(k)
		if c == none || r.conflicts(i, n, c) || r.clusters[c].names[0] < i {
			continue
		}
		if first == none {
			first = k
		}
		both := 0
		for w := range r.contentWords(k) {
			if words[w] {
				both++
			}
		}
		switch {
		case both > most:
			best, most, rival = c, both, rival && best == c
		case both == most && c != best:
			rival = true
		}
	}
	if best != none && most >= 2 && 3*most >= len(words) && !rival {
		return best
	}
	if first == none || n.owned || passing(n.head) && !english.Person(n.head) {
		return none
	}
	c := r.namedSpeaker(first)
	at := r.doc.Statements[first].Source[0].Start
	if r.paragraphsApart(m.End, at) > 2 || r.clusters[c].names[0] < i {
		return none
	}
	if others := r.peopleBetween(m.End, at, c); others || len(r.wordsAround(c)) > 0 && r.shared(n, r.wordsAround(c)) == 0 && r.wordsAround(c)[n.head] == 0 {
		return none
	}
	return c
}

// peopleBetween reports whether somebody else than c is named between two places.
func (r *reading) peopleBetween(from, to, c int) bool {
	for k := r.firstIn(news.Span{Start: from}); k < len(r.mentions) && r.mentions[k].Start < to; k++ {
		if a := &r.mentions[k]; a.kind == person && a.form != formPronoun && a.form != formNominal && a.actor != c {
			return true
		}
	}
	return false
}

// namedSpeaker is the one person with a name whom the source of statement k names.
func (r *reading) namedSpeaker(k int) int {
	if len(r.doc.Statements[k].Source) == 0 {
		return none
	}
	list := r.speakersOf(k)
	if len(list) != 1 || r.clusters[list[0]].kind != person || len(r.clusters[list[0]].names) == 0 {
		return none
	}
	return list[0]
}

// contentWords are the beginnings of the longer words of a statement's cue and
// content: what two reports of one act of speaking share.
func (r *reading) contentWords(k int) map[string]bool {
	s := &r.doc.Statements[k]
	set := map[string]bool{}
	for _, span := range slices.Concat(s.Cue, s.Content) {
		first, n := r.wordsOf(span)
		for w := first; w < first+min(n, 60); w++ {
			if f := r.folded[w]; len(f) > 3 && f != "said" && f != "says" && f != "that" && f != "will" && f != "would" {
				set[f[:min(len(f), 5)]] = true
			}
		}
	}
	return set
}

// byRule settles nominal i where a rule does, with the reason; refused where
// nobody may be guessed.
func (r *reading) byRule(i int, list []candidate) (c int, why string, sure float64, refused bool) {
	n, ok := r.parseNominal(i)
	if !ok {
		return none, "", 0, false
	}
	if c := r.ofAge(i, list); c != none {
		return c, "the article gives one person this age", 0.9, false
	}
	if c, refused := r.described(i, n, list); c != none || refused {
		return c, fmt.Sprintf("the article calls one person so: %s", n.head), 0.9, refused
	}
	if c := r.spokeBefore(i, n); c != none {
		return c, "describes who spoke before", 0.7, false
	}
	if c := r.leads(i, n); c != none {
		return c, "opens the article with who is named below", 0.75, false
	}
	return none, "", 0, n.some && r.mentions[i].source != none
}
