package descriptions

import "whosaid/internal/news"

// believed is how sure the network must be of a description that no pattern
// reached.
const believed = 0.35

// tagged gives the network's descriptions to the actors whose they are.
func (f *finder) tagged(tags []news.Tag) {
	for _, t := range tags {
		if t.Confidence < believed {
			continue
		}
		var kind string
		switch t.Kind {
		case news.TagRole:
			kind = Role
		case news.TagTitle:
			kind = Title
		case news.TagLabel:
			kind = Label
		default:
			continue
		}
		from := f.at(t.Start)
		to := from
		for to < len(f.words) && f.words[to].Start < t.End {
			to++
		}
		if from < to && !prepositions[f.words[from].low] {
			if actor := f.owner(from, to); actor >= 0 {
				f.add(actor, from, to, kind, byTag)
			}
		}
	}
}

// owner is the actor that words [from, to) describe, by where they stand, or -1.
func (f *finder) owner(from, to int) int {
	s := f.words[from].sentence
	// The words of a mention that is no name.
	for j := from; j >= 0 && j > from-4; j-- {
		if m, ok := f.starts[j]; ok && f.mentions[m].form == "nominal" && f.mentions[m].to >= to {
			return f.mentions[m].actor
		}
	}
	// Before a name, other descriptions and a comma between them.
	for i := to; i < to+6; i++ {
		low := f.low(i, s)
		if low == "" {
			break
		}
		if m, ok := f.starts[i]; ok && f.mentions[m].named() && f.suits(from, to, f.mentions[m].actor) && (i == to || f.precedes(to, i)) {
			return f.mentions[m].actor
		}
	}
	for j := from; j > from-4 && j > 0; j-- {
		if f.low(j-1, s) == "as" {
			if m := f.career(j-1, s); m != nil {
				return m.actor
			}
		}
	}
	// After a mention: apposition, brackets, verb.
	if m := f.before(from, to, s); m != nil && !(plural(f.words[f.head(from, to)].low) && f.actors[m.actor].Type == "person" && personNoun(f.words[f.head(from, to)].low)) {
		return m.actor
	}
	return -1
}

// precedes reports whether only further words of description lie in [i, name).
func (f *finder) precedes(i, name int) bool {
	for ; i < name; i++ {
		switch low := f.words[i].low; {
		case low == "," || low == ":" || quoteMark(low) || low == "the" || low == "late" || low == "like" || low == "including":
		case officeWord(low) || parties[low] || personNoun(low) || bodyNoun(low) || adjectives[low]:
		default:
			return false
		}
	}
	return true
}

// suits reports whether the noun of [from, to) is not one for another sort of
// actor.
func (f *finder) suits(from, to, actor int) bool {
	low := f.words[f.head(from, to)].low
	if f.person(actor) {
		return personNoun(low) || !bodyNoun(low)
	}
	return bodyNoun(low) || !personNoun(low)
}

// before is the mention that words from i on are said of: the nearest before
// them whose form can have words after it, where what lies between leads from
// one to the other.
func (f *finder) before(from, to int, s int32) *mention {
	foreign, i := 0, from
	owner := -1 // "his colleague" is somebody else
	if m, ok := f.ends[from]; ok && possessives[f.words[from-1].low] && !f.isSaid(from-2, s) {
		owner = f.mentions[m].actor
	}
	for j := i; j > 0 && j > i-16 && f.low(j-1, s) != ""; j-- {
		m, ok := f.ends[j]
		last := f.words[j-1].low
		if ok && f.mentions[m].actor != owner && f.suits(from, to, f.mentions[m].actor) && !possessives[last] && !(f.low(j, s) == "'s" && f.possessive(j)) {
			return &f.mentions[m]
		}
		if !f.leads(j - 1) {
			if foreign++; foreign > 2 {
				return nil
			}
		}
	}
	return nil
}

// isSaid reports whether the word at i, adverbs aside, is one that says what somebody
// is ("who is also her uncle").
func (f *finder) isSaid(i int, s int32) bool {
	for adverbs[f.low(i, s)] {
		i--
	}
	return beings[f.low(i, s)]
}

// leads reports whether the word at i may stand between somebody and what is
// said of them.
func (f *finder) leads(i int) bool {
	low := f.words[i].low
	return f.words[i].mark || articles[low] || possessives[low] || adverbs[low] || beings[low] || low == "as" || low == "who" || low == "and" || low == "has" || low == "had" ||
		low >= "0" && low <= "9~" || callings[low] || f.describedWord(i)
}

// describedWord reports whether the word at i is one of a description found
// before.
func (f *finder) describedWord(i int) bool {
	for n := len(f.found) - 1; n >= 0 && n >= len(f.found)-6; n-- {
		if d := f.found[n]; d.from <= i && i < d.to && d.rank == byTag {
			return true
		}
	}
	return false
}
