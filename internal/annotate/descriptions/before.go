package descriptions

import "strings"

// around looks for descriptions where the patterns of one mention put them.
func (f *finder) around(m mention) {
	end := m.to
	switch m.form {
	case "nominal":
		f.nominal(m)
		end = f.after(m)
	case "name", "short", "acronym":
		edge := f.title(m)
		edge = f.modifier(m, edge)
		f.beforeComma(m, edge)
		f.examples(m, edge)
		f.brackets(m)
		end = f.after(m)
	}
	f.predicate(m, end)
}

// nominal takes the words of a mention that is no name ("the former minister").
// "This man" and "that person" say of somebody that he needs no name.
func (f *finder) nominal(m mention) {
	if !f.actors[m.actor].Named {
		return // its words are all the name it has
	}
	kind := ""
	from := f.skipDeterminer(m.from, m.to)
	if low := f.words[m.from].low; (low == "this" || low == "that") && from == m.to-1 && anybody[f.words[from].low] {
		kind = Label
	}
	to := m.to
	for w := from; w < to; w++ {
		if n := f.inside[w]; n >= 0 && f.mentions[n].actor == m.actor {
			to = w // the name itself is no description
		}
	}
	if low := f.low(to, f.words[m.from].sentence); to == m.to && (low == "of" || low == "from") && !f.inList(m) {
		to = max(to, f.phraseEnd(from)) // the vice president of the league
	}
	f.add(m.actor, from, to, kind, byMention)
}

// inList reports whether m is one of several, of whom "of" speaks ("two of them").
func (f *finder) inList(m mention) bool {
	low := f.words[m.to-1].low
	return pointers[low] || numerals[low]
}

var anybody = list(`man woman guy person thing fellow bloke chap creature`)

// title takes the capitalised run before a name that holds an office or an
// honorific, and gives where it begins.
func (f *finder) title(m mention) int {
	if !f.person(m.actor) {
		return m.from
	}
	s := f.words[m.from].sentence
	edge, office := m.from, -1
	shouting := f.shouts(s)
walk:
	for i := m.from - 1; i >= 0 && m.from-i < longest; i-- {
		low := f.low(i, s)
		switch {
		case low == "" || f.words[i].mark:
			break walk
		case f.words[i].capital:
			if f.low(i-1, s) == "" && function(low) || calendar[low] {
				break walk
			}
			known := officeWord(low)
			if shouting && !known && !parties[low] {
				break walk
			}
			if known {
				office = i
			}
			edge = i
		case edge == m.from:
			if strings.HasPrefix(low, "then-") && officeWord(low) {
				edge, office = i, i
			}
			break walk
		case low == "of" || low == "for" || low == "the" && f.low(i-1, s) == "of":
		case low == "and":
			// Minister for Health and Sport Roe, but: Roe and President Pike.
			if f.endsName(i) || office >= 0 && officeWord(f.words[i+1].low) {
				break walk
			}
		default:
			break walk
		}
	}
	if office < 0 {
		return m.from
	}
	if last := f.words[m.from-1]; !officeWord(last.low) && !f.officeOf(office, m.from) {
		return m.from
	}
	start := edge
	if parties[f.words[edge].low] && edge+1 < m.from {
		f.add(m.actor, edge, edge+1, Role, byAdjacency)
		start = edge + 1
	}
	for {
		switch f.low(edge-1, s) {
		case "former", "then", "acting", "ex", "interim", "incoming", "outgoing":
			if f.words[start].low == "mr" || f.words[start].low == "mrs" || f.words[start].low == "ms" {
				break
			}
			if start == edge {
				start--
			}
			edge--
			continue
		}
		break
	}
	f.add(m.actor, start, m.from, Title, byAdjacency)
	if last := f.words[m.from-1].low; strings.HasSuffix(last, "s") && titles[strings.TrimSuffix(last, "s")] && last != "ms" && last != "mrs" {
		for _, n := range f.listed(m)[1:] { // Sens. Jane Roe and John Pike
			f.add(n.actor, start, m.from, Title, byAdjacency)
		}
	}
	return edge
}

// officeWord reports whether a word makes the capitalised run before a name a
// title.
func officeWord(low string) bool {
	for _, prefix := range []string{"then-", "ex-", "vice-", "deputy-", "co-", "acting-"} {
		if rest, ok := strings.CutPrefix(low, prefix); ok && titles[rest] {
			return true
		}
	}
	return titles[low]
}

// function reports whether a word is of a closed class, and begins a sentence
// with a capital that means nothing.
func function(low string) bool {
	return prepositions[low] || articles[low] || conjunctions[low] || pronouns[low] || adverbs[low] || possessives[low] || pointers[low]
}

// shouts reports whether nearly every word of sentence s begins with a capital,
// as in the headlines of some outlets.
func (f *finder) shouts(s int32) bool {
	if f.loud == nil {
		f.loud = map[int32]bool{}
		for i := 0; i < len(f.words); {
			lower, capitals := 0, 0
			sentence := f.words[i].sentence
			for ; i < len(f.words) && f.words[i].sentence == sentence; i++ {
				w := f.words[i]
				switch {
				case w.mark || f.inside[i] >= 0 || function(w.low) || len(w.low) < 3 || officeWord(w.low):
				case w.capital:
					capitals++
				default:
					lower++
				}
			}
			f.loud[sentence] = capitals >= 4 && lower*6 <= capitals
		}
	}
	return f.loud[s]
}

// endsName reports whether a person's name ends before word i.
func (f *finder) endsName(i int) bool {
	m, ok := f.ends[i]
	return ok && f.person(f.mentions[m].actor)
}

// officeOf reports whether the office at i goes on with "of" or "for" up to the
// name (Secretary of State Roe).
func (f *finder) officeOf(i, name int) bool {
	for ; i < name; i++ {
		if low := f.words[i].low; low == "of" || low == "for" {
			return true
		}
	}
	return false
}

// modifier takes the noun and what goes before it that stand before a name or
// its title ("actor", "former prime minister"), and gives where they begin.
func (f *finder) modifier(m mention, edge int) int {
	s := f.words[m.from].sentence
	low := f.low(edge-1, s)
	if low == "" || f.words[edge-1].mark || verbs[low] {
		return edge
	}
	person := f.person(m.actor)
	noun := bodyNoun(low)
	if person {
		noun = personNoun(low) || agent(low) || m.form == "name" && sorts[low] // a body whose name was taken for a person's
	}
	if plural(low) && (edge < m.from || f.low(m.to, s) != "and" && f.low(m.to, s) != ",") {
		return edge
	}
	if !noun && (!isLabel(low) || f.goesOn(m)) {
		return edge
	}
	start := f.modifierStart(edge-1, s)
	f.add(m.actor, start, edge, "", byAdjacency)
	return start
}

// sorts are nouns before a name that say what sort of body it is and never stand
// before a person's.
var sorts = list(`faction militia movement brigade battalion group party alliance coalition company firm newspaper broadcaster charity ngo`)

// goesOn reports whether the name is only the first part of a longer noun
// phrase ("Roe supporters").
func (f *finder) goesOn(m mention) bool {
	low := f.low(m.to, f.words[m.from].sentence)
	return low != "" && !f.words[m.to].mark && !function(low) && !verbs[low] && !beings[low] && !verbal(low)
}

// agent reports whether a noun ends like those for somebody who does something
// (shooter, introducer).
func agent(low string) bool {
	for _, end := range []string{"er", "or", "ist"} {
		if len(low) > len(end)+3 && strings.HasSuffix(low, end) {
			return !seldom[low] && !bodyNoun(low) && !function(low)
		}
	}
	return false
}

// seldom are words that end like an agent and are none.
var seldom = list(`former other another later earlier better whether either neither however rather further number order matter power paper letter water
	winter summer september october november december weather centre center border corner counter error terror mirror major minor senior junior superior interior exterior
	together never ever after under over offer answer consider remember whatever whoever wherever larger smaller older younger greater lower higher fewer stronger weaker
	harder easier clear prior motor floor door color honor labor favor favour harbor river tower dinner chapter quarter computer twitter newspaper cover deliver discover
	exist resist persist consist insist assist list`)

// plural reports whether a noun is one for several.
func plural(low string) bool {
	return strings.HasSuffix(low, "s") && !titles[low] && !roles[low] && !bodies[low] || strings.HasSuffix(low, "men")
}

// modifierStart walks left from the noun at i to the first word of its phrase.
func (f *finder) modifierStart(i int, s int32) int {
	noun := i
	for i > 0 && noun-i < longest {
		low := f.low(i-1, s)
		if low == "" {
			break
		}
		w := f.words[i-1]
		if w.mark {
			if quoteMark(low) && f.low(i-2, s) != "" && !f.words[i-2].mark {
				if open := f.quotedBefore(i-1, s); open >= 0 {
					i = open
					continue
				}
			}
			break
		}
		if low == "'s" || low == "'" {
			if at := f.ownerStart(i-1, s); at >= 0 {
				i = at
				continue
			}
			break
		}
		if low == "then" {
			if before := f.low(i-2, s); before == "" || articles[before] || f.words[i-2].mark {
				i--
			}
			break
		}
		if function(low) && !adjectives[low] || verbs[low] || beings[low] || calendar[low] && w.capital {
			break
		}
		if !w.capital && (!adjectives[low] && verbal(low) || f.words[i].capital && thirdPerson(low) || low == "percent") {
			break
		}
		i--
	}
	return i
}

// thirdPerson reports whether a word in small letters before a capital may be a
// verb ("believes Governor Roe") and is no noun for somebody or a body.
func thirdPerson(low string) bool {
	return strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") && len(low) > 3 && !personNoun(low) && !bodyNoun(low) && !isLabel(low)
}

// verbal reports whether a word ends like a verb or an adverb.
func verbal(low string) bool {
	n := len(low)
	if n < 4 || strings.ContainsRune(low, '-') || isLabel(low) {
		return false
	}
	return low[n-2:] == "ed" || n > 4 && (low[n-3:] == "ing" || low[n-2:] == "ly")
}

// quotedBefore is where a short passage in quotation marks that closes at i
// opens, or -1.
func (f *finder) quotedBefore(i int, s int32) int {
	for j := i - 2; j >= 0 && j > i-8; j-- {
		low := f.low(j, s)
		if low == "" {
			return -1
		}
		if quoteMark(low) {
			return j
		}
	}
	return -1
}

// ownerStart is where the owner begins whose 's stands at i: a mention and the
// honorific before it, or a single word; -1 if there is none.
func (f *finder) ownerStart(i int, s int32) int {
	if f.low(i-1, s) == "" || f.words[i-1].mark || pronouns[f.words[i-1].low] {
		return -1
	}
	at := i - 1
	if m, ok := f.ends[i]; ok {
		at = f.mentions[m].from
		for at > 0 && titles[f.low(at-1, s)] && f.words[at-1].capital {
			at--
		}
	}
	return at
}

// owned reports whether [from, to) has an owner ('s).
func (f *finder) owned(from, to int) bool {
	for _, w := range f.words[from:to] {
		if w.low == "'s" || w.low == "'" {
			return true
		}
	}
	return false
}
