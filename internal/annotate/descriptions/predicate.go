package descriptions

import "strings"

// predicate takes what the verb after a mention says that somebody is ("She is
// the chair of the council", "who became a judge").
// end is where its apposition ends.
func (f *finder) predicate(m mention, end int) {
	s := f.words[m.from].sentence
	actor := m.actor
	i := end
	if f.called(m) {
		f.complement(actor, m.to, s)
		return
	}
	if f.low(m.from-1, s) == "if" {
		return
	}
	if f.low(i, s) == "(" {
		for n := 0; n < 12 && f.low(i, s) != "" && f.low(i, s) != ")"; n++ {
			i++
		}
		i++
	}
	comma := f.low(i, s) == ","
	if comma {
		i++
	}
	if low := f.low(i, s); low == "who" || low == "which" {
		i++
		if !comma {
			actor = f.described(m)
		}
	} else if comma && f.described(m) != m.actor {
		return // the one whom the words before the name describe goes on
	}
	for f.low(i, s) == "has" || f.low(i, s) == "had" || f.low(i, s) == "have" || f.low(i, s) == "'ve" || adverbs[f.low(i, s)] && !negative[f.low(i, s)] {
		i++
	}
	if verb := f.low(i, s); !beings[verb] || verb == "be" || verb == "'s" && f.possessive(i) {
		return
	}
	i++
	if f.low(i, s) == "been" {
		i++
	}
	if negative[f.low(i, s)] && articles[f.low(i+1, s)] {
		return
	}
	f.complement(actor, i, s)
}

// called reports whether a verb of calling stands before m and its title, and
// what it was called after it ("branded Mr Roe a coward").
func (f *finder) called(m mention) bool {
	s := f.words[m.from].sentence
	next := f.low(m.to, s)
	if !articles[next] && !quoteMark(next) {
		return false
	}
	i := m.from - 1
	for n := 0; n < 3 && (officeWord(f.low(i, s)) || articles[f.low(i, s)]); n++ {
		i--
	}
	return callings[f.low(i, s)]
}

var callings = list(`call called calls calling brand branded brands branding label labelled labeled labels labelling dub dubbed dubs dubbing term termed considers considered deems deemed
	declared declares proclaimed pronounced thinks think`)

var negative = list(`not never hardly`)

// described is the actor whom the description is of that m ends, or m's own:
// "a former adviser to Roe who is now a judge" speaks of the adviser.
func (f *finder) described(m mention) int {
	for i := len(f.found) - 1; i >= 0 && i >= len(f.found)-8; i-- {
		if d := f.found[i]; d.to == m.to && d.from < m.from {
			return d.actor
		}
	}
	return m.actor
}

// complement takes the description that begins at i, after a verb or "as".
func (f *finder) complement(actor, i int, s int32) {
	for adverbs[f.low(i, s)] || quoteMark(f.low(i, s)) {
		i++
	}
	first := f.low(i, s)
	if first == "" || f.inMarks(actor, i) {
		return
	}
	from := f.skipDeterminer(i, len(f.words))
	if f.low(from, s) == "" {
		return
	}
	to := f.phraseEnd(from)
	if to <= from || yetToCome[f.words[from].low] && f.words[from].low != "first" && f.words[from].low != "only" && f.words[from].low != "new" {
		return
	}
	if articles[first] || possessives[first] {
		if f.low(i-1, s) == "as" && f.ranOn(from, to) {
			return // as the party gathered: a clause
		}
		if next := f.low(to, s); f.low(i-1, s) == "as" && next != "" && (verbs[next] || beings[next] || next == "has" || next == "had") {
			return
		}
		if f.describes(from, to, actor) {
			f.phrases(actor, i, s, byPredicate)
		} else if f.low(i-1, s) != "as" && f.likens(from, to, actor) {
			f.add(actor, from, to, Label, byPredicate)
		}
		return
	}
	if from != i {
		return
	}
	// No article: an office (was secretary of state) or a judgement (is corrupt).
	head := f.head(from, to)
	if personNoun(f.words[head].low) && f.person(actor) && !verbal(first) && !prepositions[first] && !plural(f.words[head].low) {
		f.add(actor, from, to, "", byPredicate)
	} else if head == from && isLabel(first) {
		f.add(actor, from, from+1, Label, byPredicate)
	} else if f.person(actor) && judges(first) {
		f.add(actor, from, to, Label, byPredicate)
	}
}

// inMarks takes the few words from i on that stand in quotation marks of their own,
// after the verb that says what somebody is ("called him “weak” and “a liar”"), if
// they can: no noun for persons leads them elsewhere.
func (f *finder) inMarks(actor, i int) bool {
	s := f.words[i].sentence
	if !f.person(actor) || i == 0 || !quoteMark(f.low(i-1, s)) {
		return false
	}
	end := f.quoted(i - 1)
	if end == 0 {
		return false
	}
	to := end - 1
	for to > i && f.words[to-1].mark {
		to--
	}
	from := f.skipDeterminer(i, to)
	if from >= to || f.inside[from] >= 0 || function(f.words[from].low) && !adverbs[f.words[from].low] {
		return false
	}
	for w := from; w < to; w++ { // was “quoted out of context”: what was done
		if low := f.words[w].low; verbal(low) && !adjectives[low] && !strings.HasSuffix(low, "ly") {
			return false
		}
	}
	kind := Label
	if head := f.words[f.head(from, to)].low; personNoun(head) {
		kind = ""
	}
	f.add(actor, from, to, kind, byPredicate)
	if next := f.low(end, s); next == "and" || next == "or" || next == "," {
		if next == "," && f.low(end+1, s) == "and" {
			end++
		}
		end++
		if articles[f.low(end, s)] {
			end++
		}
		if quoteMark(f.low(end, s)) && f.low(end+1, s) != "" {
			f.inMarks(actor, end+1)
		}
	}
	return true
}

// ranOn reports whether the phrase [from, to) ends with a verb in the past, so that
// what it begins is a clause.
func (f *finder) ranOn(from, to int) bool {
	low := f.words[to-1].low
	return to-from > 1 && strings.HasSuffix(low, "ed") && verbal(low) && !adjectives[low] && (personNoun(f.words[to-2].low) || bodyNoun(f.words[to-2].low))
}

// likens reports whether the phrase after "is a" says what a person is like
// though its noun is none for a person ("a danger to us", "the future").
func (f *finder) likens(from, to, actor int) bool {
	low := f.words[f.head(from, to)].low
	return f.person(actor) && !bodyNoun(low) && !measures[low] && !verbal(low) && !prepositions[f.words[from].low] && !f.words[from].capital && f.inside[from] < 0
}

// judges reports whether an adjective ends like those that judge somebody.
func judges(low string) bool {
	for _, end := range []string{"ous", "ful", "less", "ish", "ive", "some", "able"} {
		if len(low) > len(end)+3 && strings.HasSuffix(low, end) {
			return !neutral[low]
		}
	}
	return false
}

// neutral are adjectives that end so and judge nobody.
var neutral = list(`previous various famous nervous anxious cautious curious serious conscious furious jealous alive active native able unable available eligible responsible
	comfortable uncomfortable grateful hopeful thankful careful doubtful successful useful painful awful british english irish scottish finnish swedish spanish turkish polish danish jewish`)

// complements takes what "as" and "while" say of the actor before them
// ("portrayed him as a bully", "while secretary of state").
func (f *finder) complements() {
	for i, w := range f.words {
		if w.low != "as" && w.low != "while" {
			continue
		}
		s := w.sentence
		if f.low(i-1, s) == "" {
			f.opening(i, s)
			continue
		}
		if w.low == "as" && (f.low(i-1, s) == "well" || f.low(i-1, s) == "such" || f.low(i-1, s) == "as" || f.low(i+2, s) == "as") {
			continue
		}
		if m := f.nearest(i, s); m != nil {
			if quoteMark(f.low(i+1, s)) && m.to != i && f.low(i-1, s) != "described" {
				continue // what was spoken of in between is called so
			}
			f.complement(m.actor, i+1, s)
		}
	}
}

// goneOn takes what a second verb says that the one subject of a sentence is ("Roe
// left early and is a liar").
func (f *finder) goneOn() {
	for i, w := range f.words {
		s := w.sentence
		if w.low != "and" && w.low != "but" || f.low(i+1, s) != "is" && f.low(i+1, s) != "was" || !articles[f.low(i+2, s)] {
			continue
		}
		actor := -1
		for j := i; j > 0 && i-j < longest && f.low(j-1, s) != ""; j-- {
			if m, ok := f.ends[j]; ok {
				if m := f.mentions[m]; actor >= 0 && m.actor != actor || !f.person(m.actor) {
					actor = -1
					break
				}
				actor = f.mentions[m].actor
			}
		}
		if actor >= 0 {
			f.complement(actor, i+2, s)
		}
	}
}

// opening takes "As mayor of Halden, Jane Roe …".
func (f *finder) opening(i int, s int32) {
	from := f.skipDeterminer(i+1, len(f.words))
	if f.low(from, s) == "" {
		return
	}
	to := f.phraseEnd(from)
	for j := to; j < to+4; j++ {
		if f.low(j, s) != "," {
			continue
		}
		if m, ok := f.starts[j+1]; ok && f.describes(from, to, f.mentions[m].actor) {
			f.add(f.mentions[m].actor, from, to, "", byPredicate)
		}
		return
	}
}

// nearest is the last mention of a person before word i, at most twelve words
// back in its sentence, or nil.
func (f *finder) nearest(i int, s int32) *mention {
	if m := f.career(i, s); m != nil {
		return m
	}
	var owner *mention // of what is spoken of ("her use of the car while mayor")
	for j := i; j > 0 && j > i-12 && f.low(j-1, s) != ""; j-- {
		m, ok := f.ends[j]
		switch {
		case !ok:
		case f.words[j-1].low == "its":
		case f.words[j-1].low == "his" || f.words[j-1].low == "her" || f.low(j, s) == "'s":
			if owner == nil {
				owner = &f.mentions[m]
			}
		case owner != nil && f.mentions[m].actor != owner.actor:
			return nil
		default:
			return &f.mentions[m]
		}
	}
	if next := f.low(i+1, s); owner != nil && f.words[i].low == "while" && !articles[next] && !possessives[next] {
		return owner
	}
	return nil
}

// career is the mention whose time in an office "as" at i speaks of ("her years
// as mayor"), or nil.
func (f *finder) career(i int, s int32) *mention {
	for j := i - 1; j > i-5 && j > 0; j-- {
		if !careers[f.low(j, s)] {
			continue
		}
		for k := j; k > j-4 && k > 0; k-- {
			if m, ok := f.ends[k]; ok && (possessives[f.low(k-1, s)] || k < j && f.low(k, s) == "'s") {
				return &f.mentions[m]
			}
		}
	}
	return nil
}

var careers = list(`role roles days years time job work career stint stints term terms tenure spell position post service record efforts strength status credentials
	experience reputation appointment election re-election reelection nomination reign premiership background life`)
