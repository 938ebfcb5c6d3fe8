package descriptions

import "strings"

// longest is how many words a description may have.
const longest = 24

// skipDeterminer is the first word from i that belongs to a description:
// articles, possessives and pointers do not.
func (p *page) skipDeterminer(i, to int) int {
	if i >= to {
		return i
	}
	s := p.words[i].sentence
	for i < to {
		low := p.low(i, s)
		if quoteMark(low) {
			if end := p.quoted(i); end > 0 && p.low(end, s) != "" && !p.words[end].mark && !p.words[end-2].mark {
				break // a name in quotation marks that a noun follows: “Today” anchor
			}
		} else if !articles[low] && !possessives[low] && !pointers[low] && !numerals[low] {
			break
		}
		i++
	}
	return i
}

// phraseEnd is where the noun phrase that begins at i ends, a relative clause
// not included.
func (p *page) phraseEnd(i int) int {
	if i >= len(p.words) {
		return i
	}
	s := p.words[i].sentence
	start := i
	for i < len(p.words) && i-start < longest {
		low := p.low(i, s)
		if low == "" {
			break
		}
		if p.words[i].mark {
			if quoteMark(low) && p.quoted(i) > 0 && i-start < 6 {
				i = p.quoted(i)
				continue
			}
			break
		}
		if verbs[low] || (beings[low] && low != "'s" || low == "'s" && !p.possessive(i)) {
			break
		}
		if conjunctions[low] && low != "and" && low != "or" {
			break
		}
		if (low == "and" || low == "or" || low == "but") && !p.joins(i) {
			break
		}
		if i > start && pronouns[low] && !possessives[low] {
			break
		}
		if i > start && (prepositions[low] && !carries[low] || p.past(i)) {
			break
		}
		if after := p.low(i+1, s); low == "for" && (pointers[after] || after != "" && after[0] >= '0' && after[0] <= '9') {
			break // senator for eight years
		}
		i++
	}
	for i > start && (prepositions[p.words[i-1].low] || articles[p.words[i-1].low] || conjunctions[p.words[i-1].low] || adverbs[p.words[i-1].low]) {
		i--
	}
	return i
}

// past reports whether the word at i is a verb in the past, by its end and by
// an object after it.
func (p *page) past(i int) bool {
	low, s := p.words[i].low, p.words[i].sentence
	if !strings.HasSuffix(low, "ed") || !verbal(low) || adjectives[low] || strings.HasSuffix(p.words[i-1].low, "ly") {
		return false
	}
	next := p.low(i+1, s)
	return next != "" && !p.words[i+1].mark && (articles[next] || possessives[next] || pronouns[next] || next == "that" || p.words[i+1].capital)
}

// carries are the prepositions that a description runs on over.
var carries = list(`of for at in to on from with against behind`)

// quoted is the word after a passage in quotation marks that opens at i and is
// at most six words long, or 0.
func (p *page) quoted(i int) int {
	s := p.words[i].sentence
	for j := i + 2; j < i+8; j++ {
		low := p.low(j, s)
		if low == "" {
			return 0
		}
		if quoteMark(low) {
			return j + 1
		}
	}
	return 0
}

// possessive reports whether the 's at i belongs to the noun before it.
func (p *page) possessive(i int) bool {
	s := p.words[i].sentence
	before, after := p.low(i-1, s), p.low(i+1, s)
	if pronouns[before] || conjunctions[before] {
		return false
	}
	return !articles[after] && !adverbs[after] && !prepositions[after] && after != ""
}

// joins reports whether the "and" at i joins two nouns of one description, and
// does not begin another or a clause.
func (p *page) joins(i int) bool {
	s := p.words[i].sentence
	next := p.low(i+1, s)
	if next == "" || p.words[i+1].mark || articles[next] || possessives[next] || pronouns[next] || verbs[next] || beings[next] || adverbs[next] || prepositions[next] {
		return false
	}
	switch next {
	case "former", "ex", "now", "then", "current", "longtime":
		return false
	}
	if judges(p.low(i-1, s)) && p.words[i+1].capital {
		return false // is divisive and Pike is not
	}
	return !verbal(next) || adjectives[next]
}

// head is the last noun of the phrase [from, to) before a preposition: what it
// says that somebody is.
func (p *page) head(from, to int) int {
	for i := from; i < to; i++ {
		low := p.words[i].low
		if i > from && (prepositions[low] || p.words[i].mark && !quoteMark(low) || low == "who" || low == "that" || low == "which") {
			return i - 1
		}
		if i > from && (strings.HasSuffix(low, "ing") || strings.HasSuffix(low, "ed")) && verbal(low) && !adjectives[low] && (personNoun(p.words[i-1].low) || bodyNoun(p.words[i-1].low)) {
			return i - 1 // a veteran attending school, a firm founded in May
		}
	}
	return to - 1
}

// describes reports whether the phrase [from, to) can describe an actor: a
// person by a noun for persons, another by a noun for bodies.
func (p *page) describes(from, to, actor int) bool {
	if from >= to {
		return false
	}
	low := p.words[p.head(from, to)].low
	if p.person(actor) {
		return personNoun(low) || personNoun(p.words[to-1].low) || p.framed(from, to) && !bodyNoun(low)
	}
	return bodyNoun(low) || p.framed(from, to) && !personNoun(low)
}

// framed reports whether a word of [from, to) frames or judges.
func (p *page) framed(from, to int) bool {
	for _, w := range p.words[from:to] {
		if isLabel(w.low) {
			return true
		}
	}
	return false
}

func (p *page) person(actor int) bool {
	switch p.actors[actor].Type {
	case "person", "role", "group":
		return true
	}
	return false
}
