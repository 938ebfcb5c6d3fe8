package actors

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// resolve gives each pronoun and nominal to an actor, or to nobody. Within a
// paragraph what stands outside of contents comes first: who speaks a quotation
// is told beside it, often after it.
func (r *reading) resolve() {
	order := make([]int, 0, len(r.mentions))
	for i := range r.mentions {
		if m := &r.mentions[i]; m.actor == none && m.kind == person {
			order = append(order, i)
		}
	}
	late := func(i int) int {
		m := &r.mentions[i]
		if m.statement != none || m.quote != none {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(r.mentions[a].paragraph-r.mentions[b].paragraph, late(a)-late(b), a-b)
	})
	if r.options.Observe == nil {
		for _, i := range order {
			r.joinApposed(i)
		}
	}
	r.pollGenders(order)
	for _, i := range order {
		r.resolveOne(i)
	}
}

// class is the set of weights that mention m is judged by: "page" is for pages that
// are named by what they are about, whom pronouns mean more often.
func (r *reading) class(m *mention) string {
	switch {
	case m.form == formNominal:
		return "nominal"
	case m.pro.Person == 1:
		return "first"
	case m.pro.Person == 2:
		return "second"
	case r.topical():
		return "page"
	}
	return "third"
}

// resolveOne weighs the candidates of mention i and takes the best, if it is
// good enough.
func (r *reading) resolveOne(i int) {
	m := &r.mentions[i]
	if m.form == formPronoun && m.pro.Person != 3 && m.quote == none && m.statement == none {
		return // the author's, or the reader
	}
	if m.actor != none {
		return // stands beside its name
	}
	list := r.candidates(i)
	if m.form == formNominal && r.options.Observe == nil {
		c, why, sure, refused := r.byRule(i, list)
		if c != none {
			r.join(i, c, why, sure)
			r.clusters[c].heads = nil
			return
		}
		if refused {
			list = nil
		}
		// Who speaks must be sure; a description of somebody in passing may be weighed.
		list = slices.DeleteFunc(list, func(x candidate) bool { return m.source != none && r.conflicting(i, x.cluster) })
	}
	nobody := r.weighed(i, list)
	class := r.class(m)
	if r.options.Observe != nil {
		if who := r.options.Identify(r.doc, m.Span); who != Unknown {
			r.learn(i, who, class, nobody, list)
			return
		}
	}
	p, best := choose(learnt[class], nobody, list)
	least := r.options.Believe
	if m.form == formNominal {
		least = r.options.Nouns
	}
	if best != none && p >= least {
		c := list[best]
		r.join(i, c.cluster, r.because(i, c), p)
		if m.form == formNominal {
			r.clusters[c.cluster].heads = nil
		}
		return
	}
	if m.form == formNominal && m.tag.Confidence > 0 {
		c := r.newCluster(person)
		r.join(i, c, "nobody whom the article names fits", 1-p)
	}
}

// joinApposed gives mention i to the actor of the name that it stands beside.
func (r *reading) joinApposed(i int) {
	if j := r.apposed(i); j != none {
		r.join(i, r.mentions[j].actor, fmt.Sprintf("stands beside the name %q", r.mentions[j].Text(r.text)), 0.95)
	}
}

// apposed is the name that stands in apposition to nominal i: after it ("her
// lawyer, Abel Ross,") or before it ("Abel Ross, her lawyer,"); or none.
func (r *reading) apposed(i int) int {
	m := &r.mentions[i]
	if m.form != formNominal {
		return none
	}
	for _, j := range []int{i - 1, i + 1, i + 2} {
		if j < 0 || j >= len(r.mentions) {
			continue
		}
		a := &r.mentions[j]
		if a.kind != person || a.form == formPronoun || a.form == formNominal || a.actor == none || r.clashes(i, a.actor) {
			continue
		}
		first, second := a.Span, m.Span
		if m.Start < a.Start {
			first, second = second, first
		}
		if first.End > second.Start || strings.TrimRight(r.text[first.End:second.Start], " ") != "," {
			continue
		}
		after := strings.TrimLeft(r.text[second.End:], " ")
		if after == "" || strings.IndexByte(",.;:)\n", after[0]) >= 0 || m.Start < a.Start && m.source != none {
			return j
		}
	}
	return none
}

// choose gives each candidate its score and returns the best with its
// probability among all and nobody.
func choose(w weightsOf, nobody []float64, list []candidate) (p float64, best int) {
	zero := dot(w.None, nobody)
	top, best := zero, none
	for k := range list {
		list[k].score = dot(w.Facts, list[k].facts)
		if best == none || list[k].score > list[best].score {
			best = k
		}
		top = max(top, list[k].score)
	}
	if best == none {
		return 0, none
	}
	sum := math.Exp(zero - top)
	for _, c := range list {
		sum += math.Exp(c.score - top)
	}
	return math.Exp(list[best].score-top) / sum, best
}

func dot(w, x []float64) float64 {
	sum := 0.0
	for i, v := range x {
		if i < len(w) {
			sum += float64(w[i] * v)
		}
	}
	return sum
}

// candidates lists the actors that mention i may mean, those mentioned nearest
// before it first.
func (r *reading) candidates(i int) []candidate {
	m := &r.mentions[i]
	var list []candidate
	seen := r.namedInOwnWords(m)
	if c := r.namedRightBefore(i); c != none {
		seen[c] = true
	}
	consider := func(j int) {
		a := &r.mentions[j]
		if a.actor == none || a.kind != person || seen[a.actor] || r.excluded(i, j) {
			return
		}
		seen[a.actor] = true
		list = append(list, candidate{cluster: a.actor, near: j})
	}
	for j := i - 1; j >= 0 && j >= i-r.options.Window && len(list) < r.options.Candidates; j-- {
		consider(j)
	}
	for j := i + 1; j < len(r.mentions) && j <= i+12 && r.mentions[j].sentence == m.sentence; j++ {
		if m.form != formNominal || r.mentions[j].holder != i {
			consider(j)
		}
	}
	for _, c := range r.introducedLater(i, seen) {
		seen[c.cluster] = true
		list = append(list, c)
	}
	for _, c := range r.speakersAround(m) {
		if !seen[c] && !r.clashes(i, c) && len(r.clusters[c].mentions) > 0 {
			seen[c] = true
			list = append(list, candidate{cluster: c, near: r.nearestMention(c, i)})
		}
	}
	return list
}

// namedInOwnWords are those whom the content names that m is the source of: nobody
// who says “I love Larry” is Larry, and neither is "he" of "he said Larry had left"
// (Principle C: Chomsky 1981).
func (r *reading) namedInOwnWords(m *mention) map[int]bool {
	named := map[int]bool{}
	if m.source == none || m.form == formPronoun && m.pro.Person != 3 {
		return named
	}
	for _, span := range r.doc.Statements[m.source].Content {
		r.inside(span, func(a *mention) {
			if a.kind == person && a.actor != none && (a.form == formName || a.form == formShort) {
				named[a.actor] = true
			}
		})
	}
	return named
}

// namedRightBefore is who is named before nominal i with a comma between, where a
// source begins with i: "questioned by Ross, the widow agreed" is about two; or none.
func (r *reading) namedRightBefore(i int) int {
	m := &r.mentions[i]
	if m.form != formNominal || m.source == none || i == 0 {
		return none
	}
	a := &r.mentions[i-1]
	if a.kind != person || a.form == formPronoun || a.source == m.source || a.End > m.Start || strings.TrimSpace(r.text[a.End:m.Start]) != "," {
		return none
	}
	return a.actor
}

// introducedLater are the people who are first named after mention i, a nominal
// near the beginning of the article, in words that resemble it: headlines and
// first sentences say "harbour chief" of whom the text then names.
func (r *reading) introducedLater(i int, seen map[int]bool) []candidate {
	m := &r.mentions[i]
	if m.form != formNominal || m.paragraph > opening {
		return nil
	}
	var list []candidate
	for j := i + 1; j < len(r.mentions) && j <= i+40 && r.mentions[j].paragraph <= m.paragraph+opening+2; j++ {
		a := &r.mentions[j]
		if a.actor == none || a.kind != person || a.form == formPronoun || seen[a.actor] || len(r.clusters[a.actor].names) == 0 || r.clusters[a.actor].names[0] < i || r.excluded(i, j) {
			continue
		}
		if head, share := r.alike(m, a.actor); share >= 0.5 || head > 0 && share >= 0.3 {
			list = append(list, candidate{cluster: a.actor, near: j})
			break
		}
	}
	return list
}

// opening is how many paragraphs open an article, headline and deck among them.
const opening = 4

// nearestMention is the mention of cluster c that stands nearest to mention i.
func (r *reading) nearestMention(c, i int) int {
	best := r.clusters[c].mentions[0]
	for _, j := range r.clusters[c].names {
		if abs(j-i) < abs(best-i) {
			best = j
		}
	}
	return best
}

func abs(x int) int { return max(x, -x) }

// excluded reports whether mention i cannot mean the actor of mention j: their
// genders differ, or one stands inside the other ("her husband" is not her).
func (r *reading) excluded(i, j int) bool {
	m, a := &r.mentions[i], &r.mentions[j]
	for h := m.holder; h != none; h = r.mentions[h].holder {
		if h == j || r.mentions[h].actor != none && r.mentions[h].actor == a.actor {
			return true
		}
	}
	if m.form == formNominal {
		for k := i + 1; k < len(r.mentions) && r.mentions[k].Start < m.End; k++ {
			if k == j || r.mentions[k].actor == a.actor && r.mentions[k].actor != none {
				return true
			}
		}
	}
	return r.clashes(i, a.actor) || m.form == formNominal && r.otherAge(i, a.actor)
}

// clashes reports whether mention i and cluster c are of different genders.
func (r *reading) clashes(i, c int) bool {
	m, k := &r.mentions[i], &r.clusters[c]
	return m.gender.Clashes(k.gender)
}

// speakersAround are the clusters that speak the statement that holds m, or
// none for what stands in no content.
func (r *reading) speakersAround(m *mention) []int {
	if m.statement == none {
		return nil
	}
	return r.speakersOf(m.statement)
}

// speakersOf are the clusters that the source of a statement names. A statement
// without a source is taken to go on from the one before it, if that stands in
// the same paragraph or the one above.
func (r *reading) speakersOf(s int) []int {
	const back = 3
	for k := s; k >= 0 && k > s-back; k-- {
		st := r.doc.Statements[k]
		if len(st.Source) == 0 {
			continue
		}
		if k < s && r.paragraphsApart(st.Source[0].Start, r.doc.Statements[s].Content[0].Start) > 1 {
			return nil
		}
		var list []int
		for _, span := range st.Source {
			first := r.firstIn(span)
			isPerson := func(k int) bool { return r.mentions[first+k].kind == person }
			for _, h := range english.Heads(r.text, span, r.asMentions(span), isPerson) {
				if h.Mention >= 0 {
					if c := r.mentions[first+h.Mention].actor; c != none {
						list = append(list, c)
					}
				}
			}
		}
		return list
	}
	return nil
}

func (r *reading) paragraphsApart(a, b int) int {
	n := 0
	for i := min(a, b); i+1 < max(a, b); i++ {
		if r.text[i] == '\n' && r.text[i+1] == '\n' {
			n++
		}
	}
	return n
}

// firstIn is the first mention that begins in span.
func (r *reading) firstIn(span news.Span) int {
	return sort.Search(len(r.mentions), func(k int) bool { return r.mentions[k].Start >= span.Start })
}

// asMentions are the mentions that begin in span.
func (r *reading) asMentions(span news.Span) []news.Mention {
	var list []news.Mention
	for k := r.firstIn(span); k < len(r.mentions) && r.mentions[k].Start < span.End; k++ {
		list = append(list, news.Mention{Span: r.mentions[k].Span, Form: r.mentions[k].form})
	}
	return list
}

// because says in a few words why mention i was given to c.
func (r *reading) because(i int, c candidate) string {
	type reason struct {
		text   string
		weight float64
	}
	var best reason
	w := learnt[r.class(&r.mentions[i])].Facts
	for f := range factCount {
		text, ok := reasons[f]
		if !ok {
			continue
		}
		if f >= len(w) {
			break
		}
		if v := w[f] * c.facts[f]; v > best.weight {
			best = reason{text, v}
		}
	}
	near := r.mentions[c.near]
	return fmt.Sprintf("%s; nearest: %q", cmp.Or(best.text, "nobody else fits better"), near.Text(r.text))
}

// reasons are the facts that a person can follow, in words.
var reasons = map[int]string{
	sameSentence:  "named in the same sentence",
	speakerQuoted: "speaks the quotation",
	speakerPlain:  "speaks the words around it",
	spokeLast:     "spoke before",
	chained:       "goes on from the pronoun before",
	genderTold:    "the gender fits",
	genderGuessed: "the given name fits",
	topic:         "the paragraph is about them",
	parallel:      "subject after subject",
	addressee:     "is being spoken to",
	sameHead:      "the article calls them so",
	sharedWords:   "the article calls them so",
	onlyOne:       "nobody else is near",
	likelihood:    "the network takes them for one",
	nearest:       "named nearest",
	nearSubject:   "the subject before",
	mainActor:     "whom the article is about",
}
