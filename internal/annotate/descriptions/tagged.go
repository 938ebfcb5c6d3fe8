package descriptions

import "whosaid/internal/news"

// tagged gives the network's descriptions to the actors whose they are.
func (f *finder) tagged(tags []news.Tag) {
	for _, t := range tags {
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
		if from < to {
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
		if m, ok := f.starts[i]; ok && f.mentions[m].named() && (i == to || f.precedes(to, i)) {
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
	if m := f.before(from, s); m != nil {
		return m.actor
	}
	return -1
}

// precedes reports whether only further words of description lie in [i, name).
func (f *finder) precedes(i, name int) bool {
	for ; i < name; i++ {
		w := f.words[i]
		switch {
		case w.low == "," || w.low == ":" || quoteMark(w.low) || w.low == "the" || w.low == "late" || w.low == "like" || w.low == "including":
		case w.mark || verbs[w.low] || beings[w.low] || prepositions[w.low] || conjunctions[w.low]:
			return false
		}
	}
	return true
}

// before is the mention that words from i on are said of: the nearest before
// them whose form can have words after it.
func (f *finder) before(i int, s int32) *mention {
	for j := i; j > 0 && j > i-16 && f.low(j-1, s) != ""; j-- {
		m, ok := f.ends[j]
		if !ok {
			continue
		}
		last := f.words[j-1].low
		if possessives[last] || f.low(j, s) == "'s" && f.possessive(j) {
			continue
		}
		return &f.mentions[m]
	}
	return nil
}
