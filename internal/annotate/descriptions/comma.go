package descriptions

// beforeComma takes a phrase that a comma parts from the name after it
// ("another partner, Jane Roe", "his wife, Maria,").
func (f *finder) beforeComma(m mention, edge int) {
	s := f.words[m.from].sentence
	if f.low(edge-1, s) == "late" && f.low(edge-2, s) == "the" {
		edge -= 2
	}
	if comma := f.low(edge-1, s); comma != "," && comma != ":" && comma != "–" && comma != "—" {
		return
	}
	if start, from := f.phraseBefore(edge-1, m.actor); from >= 0 {
		if n, ok := f.starts[start]; ok && f.mentions[n].form == "nominal" && f.mentions[n].to >= edge-1 && f.mentions[n].actor != m.actor && articles[f.low(start, s)] && f.actors[f.mentions[n].actor].Named {
			return // somebody else, whom the clause before is about
		}
		if !f.owned(from, edge-1) && m.form != "name" && articles[f.low(start, s)] {
			return // who is introduced so is so by the full name
		}
		f.add(m.actor, from, edge-1, "", byApposition)
	}
}

// phraseBefore finds the noun phrase that ends at word end and can describe
// actor: where it starts and where its description does, or -1. The longest
// that an article, an owner or the start of the sentence opens is taken.
func (f *finder) phraseBefore(end, actor int) (start, from int) {
	s := f.words[end].sentence
	start, from = -1, -1
	try := func(i int, open bool) {
		if i >= end || i > 0 && f.low(i-1, s) == "," && f.endsAny(i-1) {
			return // nothing, or between commas after another name
		}
		first := f.skipDeterminer(i, end)
		if first >= end || !(first > i || f.owned(first, end) || open && f.words[first].capital) {
			return
		}
		if f.calls(first, end, actor) {
			start, from = i, first
		}
	}
	for i := end - 1; i >= -1 && end-i < 14; i-- {
		low := f.low(i, s)
		if low == "" {
			try(i+1, true)
			break
		}
		if f.words[i].mark && !(quoteMark(low) && f.low(i+1, s) != "" && i < end-1) || verbs[low] || beings[low] && low != "'s" ||
			pronouns[low] && !possessives[low] || conjunctions[low] && (low != "and" || f.endsAny(i)) || prepositions[low] && !carries[low] {
			try(i+1, f.words[i].mark && low != ",")
			break
		}
		if low == "of" && f.low(i+2, s) == "'s" {
			try(i+1, false) // the party of Norland's president
		}
		if articles[low] || possessives[low] || low == "another" || low == "one" || low == "other" || low == "fellow" {
			if !beings[f.low(i-1, s)] {
				try(i, false)
			}
			if from >= 0 && f.low(i-1, s) != "of" {
				break
			}
		}
	}
	return start, from
}

// endsAny reports whether a mention ends before word i.
func (f *finder) endsAny(i int) bool {
	_, ok := f.ends[i]
	return ok
}

// calls reports whether the noun of [from, to) is one for such an actor.
func (f *finder) calls(from, to, actor int) bool {
	low := f.words[f.head(from, to)].low
	if f.person(actor) {
		return personNoun(low) || agent(low) && !f.words[from].mark || isLabel(low) && !bodyNoun(low)
	}
	return bodyNoun(low) || isLabel(low) && !personNoun(low)
}

// examples takes what names are an example of: "leading reformers such as Jane
// Roe and John Pike", "three victims: …".
func (f *finder) examples(m mention, edge int) {
	s := f.words[m.from].sentence
	low := f.low(edge-1, s)
	end := edge - 1
	switch {
	case low == "like" || low == "including":
	case low == "as" && f.low(edge-2, s) == "such":
		end--
	case low == ":":
	default:
		return
	}
	if f.low(end-1, s) == "," {
		end--
	}
	if f.low(end-1, s) == "" || !plural(f.words[end-1].low) && !labels[f.words[end-1].low] {
		return
	}
	from := f.modifierStart(end-1, s)
	if !f.calls(from, end, m.actor) {
		return
	}
	for _, n := range f.listed(m) {
		f.add(n.actor, from, end, "", byAdjacency)
	}
}

// listed are the mentions of the list that begins with m: named ones with a
// comma or "and" between them, titles aside.
func (f *finder) listed(m mention) []mention {
	s := f.words[m.from].sentence
	all := []mention{m}
	for len(all) < 12 {
		i := all[len(all)-1].to
		if f.low(i, s) == "(" {
			for i < len(f.words) && f.low(i, s) != "" && f.low(i, s) != ")" {
				i++
			}
			i++
		}
		comma := f.low(i, s) == ","
		if comma {
			i++
		}
		and := f.low(i, s) == "and"
		if and {
			i++
		}
		if !comma && !and {
			break
		}
		for n := 0; n < 4 && f.low(i, s) != "" && f.words[i].capital; n++ {
			if _, ok := f.starts[i]; ok {
				break
			}
			i++
		}
		n, ok := f.starts[i]
		if !ok || !f.mentions[n].named() || f.person(f.mentions[n].actor) != f.person(m.actor) || f.low(i, s) == "" {
			break
		}
		all = append(all, f.mentions[n])
		if and {
			break
		}
	}
	return all
}
