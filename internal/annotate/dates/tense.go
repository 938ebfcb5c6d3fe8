package dates

import "strings"

// reach is how many tokens on each side are looked at for a verb.
const (
	reach   = 30
	forward = 30
)

// tense tells whether the words around e speak of what has been, of what is to
// come, or of what was to come; 0 where nothing tells. near is how many tokens
// lie between e and the word that told.
func (r *reader) tense(e *expression) (told sense, near int) {
	switch {
	case e.forced != 0:
		return e.forced, 0
	case e.rel == next:
		return future, 0
	case e.rel == last:
		return past, 0
	}
	i, inside := e.start, r.at(e.start)
	start := i
	for r.is(start-1, "on", "in", "at", "the", "early", "late", "around") {
		start--
	}
	// an auxiliary right after it is the verb of what the date belongs to: the
	// vote on Sunday will …
	if s := r.verb(e.end); s&(past|future|would) != 0 && r.at(e.end).sentence == inside.sentence && !r.first(start) {
		return s, 0
	}
	if r.is(start-1, "of", "to") && r.is(start-2, "ahead", "run") {
		return future, 0
	}
	if r.possessive(e.end) {
		for j := e.end + 1; j < e.end+6; j++ {
			if r.at(j).kind != letters {
				if j > e.end+1 {
					break
				}
				continue
			}
			if r.is(j, "and", "but", "which", "who", "that", "in", "after") {
				break
			}
			if done[r.at(j).Text(r.text)] {
				return past, 0
			}
			if r.is(j, "may", "might", "can", "could") {
				return 0, reach // Monday’s debate may help: it may be over
			}
			if s := r.verb(j); s == future || s == would {
				return s, j - e.end
			}
		}
	}
	if r.is(start-1, "since") {
		return past, 0
	}
	for j, n := start-1, 0; n < reach; j, n = j-1, n+1 {
		t := r.at(j)
		if t.kind == boundary || t.sentence != inside.sentence || r.sym(j) == ';' {
			break
		}
		if t.quote != inside.quote {
			if inside.quote != 0 {
				break // what stands before the marks is of another moment
			}
			continue
		}
		s := r.verb(j)
		switch {
		case s == present && r.is(start-1, "after", "following"):
			return 0, reach
		case s == past && r.supposed(j):
			return future, n
		case s != 0:
			return s, n
		case r.is(j, "after") && strings.HasSuffix(r.at(j+1).Text(r.text), "ing"):
			return past, n // after winning in Halden on Sunday
		}
	}
	for j, n := e.end, 0; n < forward; j, n = j+1, n+1 {
		t := r.at(j)
		if t.kind == boundary || t.sentence != inside.sentence || r.sym(j) == ';' || inside.quote != 0 && t.quote != inside.quote {
			break
		}
		s := r.verb(j)
		switch {
		case s == 0 || s == present || n >= 4 && r.is(j-1, "to"):
			continue
		case s != past && r.is(start-1, "after", "following"):
			return 0, reach
		}
		return s, n
	}
	return 0, reach
}

// done are things that lie in the past when news speaks of a day’s: Monday’s
// attack.
var done = set("attack", "attacks", "decision", "ruling", "verdict", "announcement", "victory", "win", "loss", "defeat", "bombing", "bombings", "shooting",
	"statement", "results", "result", "killing", "killings", "incident", "clashes", "raid", "raids", "accident", "crash", "explosion", "blast",
	"earthquake", "quake", "move", "arrest", "arrests", "resignation", "violence", "massacre", "assault", "storm", "fire", "death", "deaths")

// supposed reports whether the verb at j says what is not so yet: if he won.
func (r *reader) supposed(j int) bool {
	for k := j - 1; k > j-5; k-- {
		if r.at(k).kind != letters {
			return false
		}
		if r.is(k, "if") {
			return true
		}
	}
	return false
}

// verb is what the word at i tells of tense, seen with its neighbours.
func (r *reader) verb(i int) sense {
	t := r.at(i)
	if t.kind != letters {
		return 0
	}
	w := t.word
	if r.is(i-1, "to") && (w.sense&base != 0 || r.is(i, "vote", "end", "start", "begin")) {
		return r.infinitive(i)
	}
	if t.upper && !r.first(i) && w.sense&(past|future) != 0 && r.at(i-1).kind == letters && w.text == "may" {
		return 0
	}
	switch {
	case w.text == "won" && r.apostrophe(i+1) && r.is(i+2, "t"):
		return future
	case w.text == "may" && t.upper:
		return 0
	case (w.text == "set" || w.text == "meant") && r.is(i+1, "to"):
		return future
	case w.text == "going" && r.is(i+1, "to"):
		return future
	case w.text == "could" && r.is(i+1, "not"):
		return past
	case w.sense&would != 0:
		return would
	case r.is(i, "plan", "plans", "hopes", "aims") && !r.is(i+1, "to"):
		return 0
	case w.text == "ahead" || w.sense&(future|would) == 0 && (r.is(i-1, "be") || r.is(i-2, "be")):
		return 0 // will be held: the auxiliary tells
	case w.sense&future != 0:
		if r.is(i-1, "was", "were", "had") && w.text != "will" {
			return would
		}
		return future
	case w.sense&past != 0:
		return past
	case w.sense&present != 0 && w.text != "am" && w.text != "be" && w.text != "re":
		if r.is(i+1, "not") {
			return 0
		}
		if s := r.at(i + 1); s.kind == letters && participle(s.Text(r.text)) {
			return 0
		}
		return present
	case w.sense&schedule != 0 && !r.is(i-1, "to", "the", "a", "not"):
		return future
	case w.class == other && w.sense&^modal == 0 && !t.upper && participle(t.Text(r.text)):
		return past
	}
	return 0
}

// participle reports whether s looks like killed or reached.
func participle(s string) bool {
	if len(s) < 5 || !strings.HasSuffix(s, "ed") || strings.HasSuffix(s, "eed") {
		return false
	}
	return s != "hundred" && s != "sacred" && s != "naked" && s != "kindred"
}

// infinitive tells the tense of "to meet": what is to come, unless what stands
// before it says that it has come (was forced to leave).
func (r *reader) infinitive(i int) sense {
	b := r.at(i - 2)
	if b.word.sense&modal != 0 || r.is(i-2, "had") {
		return past
	}
	for j := i - 2; j > i-8; j-- {
		if r.is(j, "was", "were", "would", "had", "told") {
			return would
		}
		if s := r.at(j); s.kind != letters {
			break
		}
	}
	return future
}
