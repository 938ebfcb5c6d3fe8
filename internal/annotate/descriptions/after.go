package descriptions

import "slices"

// brackets takes a party and seat after a name: (R-Texas), D-N.Y.
func (f *finder) brackets(m mention) {
	s := f.words[m.from].sentence
	open := f.low(m.to, s)
	if open != "(" && open != "," {
		return
	}
	if partyTag(f.low(m.to+1, s)) {
		f.add(m.actor, m.to+1, m.to+2, Role, byAdjacency)
		return
	}
	if open != "(" {
		return
	}
	from := f.skipDeterminer(m.to+1, len(f.words))
	for i := from; i < len(f.words) && i < from+10; i++ {
		low := f.low(i, s)
		if low == "" {
			return
		}
		if low != ")" {
			continue
		}
		if from < i && (f.describes(from, i, m.actor) || benches[f.words[from].low] && f.person(m.actor)) {
			f.add(m.actor, from, i, Role, byAdjacency)
		}
		return
	}
}

// benches are parties as gazettes shorten them after a name: (Lab, Leeds East).
var benches = list(`lab labour con conservative tory lib libdem ld dem snp dup sdlp sf green plaid bjp inc aap tmc ff fg likud`)

// after takes the phrases that commas part from the name before them ("Jane
// Roe, 41, a lawyer for the family and a former judge,"), and gives where they
// end.
func (f *finder) after(m mention) int {
	s := f.words[m.from].sentence
	i := m.to
	if f.low(i, s) == "(" { // Roe (R-Texas), a critic of …
		for n := 0; n < 10 && f.low(i, s) != "" && f.low(i, s) != ")"; n++ {
			i++
		}
		i++
	}
	switch f.low(i, s) {
	case ",", "–", "—", "-", "--", "―":
	default:
		if f.low(i, s) == "the" && m.named() { // Wallace the Democrat
			if f.describes(i+1, min(i+2, len(f.words)), m.actor) && f.words[i+1].capital {
				f.add(m.actor, i+1, i+2, "", byApposition)
			}
		}
		if f.low(i, s) != "of" || !m.named() {
			return m.to
		}
		i = f.pastPlace(i+1, s)
		if f.low(i, s) != "," {
			return m.to
		}
	}
	i++
	if f.number(i, s) {
		if i++; f.low(i, s) != "," {
			return m.to
		}
		i++
		if f.low(i, s) == "of" {
			if i = f.pastPlace(i+1, s); f.low(i, s) != "," {
				return m.to
			}
			i++
			if past := f.pastPlace(i, s); past > i && f.low(past, s) == "," { // of Dock Street, Carrow,
				i = past + 1
			}
		}
	}
	return f.phrases(m.actor, i, s, byApposition)
}

func (f *finder) number(i int, s int32) bool {
	low := f.low(i, s)
	return low != "" && low[0] >= '0' && low[0] <= '9'
}

// pastPlace is the word after the capitalised words that begin at i.
func (f *finder) pastPlace(i int, s int32) int {
	for n := 0; n < 6 && f.low(i, s) != "" && f.words[i].capital; n++ {
		i++
	}
	return i
}

// phrases takes the description that begins at i, and those that "and" or a
// comma ties to it, and gives where the last one ends.
func (f *finder) phrases(actor, i int, s int32, rank int) int {
	end := i
	for n := range 4 {
		for adverbs[f.low(i, s)] {
			i++
		}
		low := f.low(i, s)
		if low == "" {
			return end
		}
		from := f.skipDeterminer(i, len(f.words))
		if from >= len(f.words) || f.low(from, s) == "" {
			return end
		}
		to := f.phraseEnd(from)
		if to <= from || !f.accepts(actor, i, from, to, s) || n > 0 && !f.describes(from, to, actor) {
			return end
		}
		f.add(actor, from, to, "", rank)
		end = to
		next := f.low(to, s)
		if next == "," && (f.low(to+1, s) == "and" || f.low(to+1, s) == "but") {
			to++
			next = f.low(to, s)
		}
		if next != "and" && next != "but" {
			if next == "," && f.low(to+1, s) == "former" {
				i = to + 1
				continue
			}
			bare := next == "," && rank == byPredicate && f.low(to+1, s) != "" && !f.words[to+1].capital && f.describes(to+1, f.phraseEnd(to+1), actor)
			if next != "," || !articles[f.low(to+1, s)] && !bare || f.endsAny(to) {
				return end
			}
			first := f.skipDeterminer(to+1, len(f.words))
			last := f.phraseEnd(first)
			next = f.low(last, s)
			if next != "and" && next != "," && !(bare && slices.ContainsFunc(f.words[first:last], func(w word) bool { return w.low == "and" })) {
				return end
			}
		}
		i = to + 1
	}
	return end
}

// accepts reports whether the phrase [from, to), determiner and all from i, is
// one that describes and not the next member of a list or the next clause.
func (f *finder) accepts(actor, i, from, to int, s int32) bool {
	indefinite := from > i && (f.low(i, s) == "a" || f.low(i, s) == "an" || f.low(i, s) == "another")
	head := f.words[f.head(from, to)].low
	if n := f.inside[from]; n >= 0 && (f.mentions[n].to >= to || !f.person(actor) && !f.owned(from, to) && !bodyNoun(f.words[f.mentions[n].to].low)) {
		return false // a name alone, or one of a list of names
	}
	if n := f.inside[to-1]; n >= 0 {
		if m := f.mentions[n]; m.from > from && f.person(m.actor) && !prepositions[f.words[m.from-1].low] && f.words[m.from-1].low != "and" && !officeWord(f.words[m.from-1].low) {
			return false // words before another name
		}
	}
	if from == i && !f.person(actor) && !bodyNoun(head) {
		return false
	}
	if from == i && verbal(f.words[from].low) && !adjectives[f.words[from].low] {
		return false
	}
	switch {
	case possessives[f.low(i, s)]:
		return f.another(actor, i, to, s)
	case f.describes(from, to, actor):
	case indefinite && !prepositions[f.words[from].low] && f.person(actor) != bodyNoun(head) && !measures[head] && (f.low(to, s) == "" || f.words[to].mark):
	default:
		return false
	}
	if from == i { // no article: an office, not a list or a clause
		end := f.low(to, s)
		if end != "" && !f.words[to].mark && end != "who" && end != "and" && !beings[end] && !verbs[end] {
			return false
		}
		return to-from > 1 || end == "," || end == ")" || end == "."
	}
	return true
}

// measures are nouns that stand after "a" in a parenthesis and describe nobody.
var measures = list(`move day week month year time decision statement sign way result claim fact percent moment example step trend development role job post case first question reminder`)

// another reports whether the phrase from the possessive at i to word to is said
// of actor by way of somebody else ("Roe, his mother, …"), and not of the next
// one named ("Pike, her husband, John, …").
func (f *finder) another(actor, i, to int, s int32) bool {
	m, ok := f.ends[i+1]
	if !ok || f.mentions[m].actor == actor || !f.person(actor) || f.low(to, s) != "" && !f.words[to].mark {
		return false
	}
	next, ok := f.starts[to+1]
	return personNoun(f.words[f.head(i+1, to)].low) && (!ok || f.low(to+1, s) == "" || !f.person(f.mentions[next].actor))
}
