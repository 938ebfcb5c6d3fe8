package descriptions

import "strings"

// synonyms are nouns for one office or job.
var synonyms = map[string]string{
	"sen": "senator", "gov": "governor", "rep": "representative", "congressman": "representative", "congresswoman": "representative", "pres": "president",
	"pm": "premier", "vp": "vice president", "mp": "member of parliament", "gen": "general", "col": "colonel", "sgt": "sergeant", "capt": "captain", "lt": "lieutenant",
	"maj": "major", "adm": "admiral", "rev": "reverend", "prof": "professor", "dr": "doctor", "cllr": "councillor", "actress": "actor", "chairman": "chair", "chairwoman": "chair",
	"spokeswoman": "spokesman", "sheik": "sheikh", "det": "detective", "insp": "inspector", "attorney": "lawyer",
}

// An office is what an actor was called, so that "the senator" can take it up.
type office struct {
	actor  int
	from   int // where it was said
	former bool
	about  string // the capitalised words beside its noun, spaces around each
	near   string // those, and of "of" and a place after the name
}

// noun is the key of an office or job: the head of the phrase, one word for all
// that mean the same, "vice" and "prime" kept.
func (f *finder) noun(from, to int) string {
	head := f.head(from, to)
	low := f.words[head].low
	if strings.HasPrefix(low, "then-") || strings.HasPrefix(low, "ex-") {
		_, low, _ = strings.Cut(low, "-")
	}
	if s, ok := synonyms[low]; ok {
		low = s
	}
	if head > from {
		switch w := f.words[head-1].low; w {
		case "vice", "prime", "deputy":
			low = w + " " + low
		}
	}
	return low
}

// about are the words of [from, to) that tell one holder of an office from
// another.
func (f *finder) about(from, to int) (words string, former bool) {
	var b strings.Builder
	b.WriteByte(' ')
	head := f.head(from, to)
	for i := from; i < to; i++ {
		w := f.words[i]
		if w.low == "former" || w.low == "ex" || strings.HasPrefix(w.low, "ex-") {
			former = true
		} else if i != head && w.capital && !function(w.low) {
			b.WriteString(w.low + " ")
		}
	}
	return b.String(), former
}

// definites takes "the senator" for the one actor of the article who was called
// so before, where no mention says whom it means.
func (f *finder) definites() {
	known := map[string][]office{}
	taken := map[int]bool{}
	for _, d := range f.found {
		for w := d.from; w < d.to; w++ {
			taken[w] = true
		}
		if !f.person(d.actor) || !f.actors[d.actor].Named || d.rank == byPredicate {
			continue
		}
		about, former := f.about(d.from, d.to)
		near := about
		if m, ok := f.starts[d.to]; ok {
			i, s := f.mentions[m].to, f.words[d.from].sentence
			if low := f.low(i, s); low == "of" || low == "from" { // Senator Roe of Norland
				more, _ := f.about(i, f.pastPlace(i+1, s))
				near += more
			}
		}
		key := f.noun(d.from, d.to)
		if list := known[key]; len(list) < 50 {
			known[key] = append(list, office{d.actor, d.from, former, about, near})
		}
	}
	if len(known) == 0 {
		return
	}
	for _, m := range f.mentions {
		if m.form == "nominal" {
			for w := m.from; w < m.to; w++ {
				taken[w] = true
			}
		}
	}
	for i, w := range f.words {
		if w.low != "the" || taken[i] || f.inside[i] >= 0 {
			continue
		}
		s := w.sentence
		if beings[f.low(i-1, s)] {
			continue // she should be the president: nobody is called so
		}
		from := i + 1
		if f.low(from, s) == "" || taken[from] {
			continue
		}
		to := f.shortEnd(from, s)
		if to <= from || taken[to-1] || f.inside[to-1] >= 0 {
			continue
		}
		key := f.noun(from, to)
		list := known[key]
		if len(list) == 0 || f.inside[from] >= 0 {
			continue
		}
		if actor := f.holder(list, from, to); actor >= 0 {
			f.add(actor, from, to, "", byTag)
		}
	}
}

// shortEnd is where the nominal that begins at i ends: nouns and adjectives,
// and "of" or "from" with capitalised words after it; i where a name follows.
func (f *finder) shortEnd(i int, s int32) int {
	end := i
	for end < i+6 {
		low := f.low(end, s)
		if low == "" || f.words[end].mark || yetToCome[low] || function(low) && !adjectives[low] || verbs[low] || beings[low] || low == "'s" {
			break
		}
		if personNoun(low) || officeWord(low) {
			next := f.low(end+1, s)
			if next != "" && f.inside[end+1] < 0 && (personNoun(next) || officeWord(next)) && !verbs[next] {
				end++
				continue
			}
			end++
			if next != "" && f.inside[end] >= 0 {
				return i
			}
			if next == "of" || next == "from" {
				if past := f.pastPlace(end+1, s); past > end+1 {
					return past
				}
				if f.low(end+1, s) == "the" || next == "of" {
					return i
				}
			}
			if next != "" && !f.words[end].mark && !function(next) && !verbs[next] && !beings[next] && next != "'s" && !verbal(next) && !strings.HasSuffix(next, "s") {
				return i // the Republican era
			}
			return end
		}
		end++
	}
	return i
}

// yetToCome are words before an office that nobody holds now.
var yetToCome = list(`next future first second last previous prospective would-be potential eventual new likely only`)

// holder is the one actor of the list whom the words [from, to) can mean: said
// before them, former or not as they say, and none of their names against it;
// -1 where there is no such one or several.
func (f *finder) holder(list []office, from, to int) int {
	about, former := f.about(from, to)
	best, exact := -1, -1
	for _, o := range list {
		if o.from > from || o.former != former {
			continue
		}
		agrees := true
		for _, w := range strings.Fields(about) {
			agrees = agrees && strings.Contains(o.near, " "+w+" ")
		}
		if agrees && about != " " {
			if exact >= 0 && exact != o.actor {
				return -1
			}
			exact = o.actor
		}
		if best >= 0 && best != o.actor {
			best = len(f.actors)
			continue
		}
		best = o.actor
	}
	if exact >= 0 {
		return exact
	}
	if best == len(f.actors) || about != " " && !f.plain(list, best) {
		return -1
	}
	return best
}

// plain reports whether actor was called so without a name of a place or body.
func (f *finder) plain(list []office, actor int) bool {
	for _, o := range list {
		if o.actor == actor && o.about != " " {
			return false
		}
	}
	return true
}
