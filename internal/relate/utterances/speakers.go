package utterances

import (
	"slices"
	"strings"
	"unicode"

	"whosaid/internal/english"
	"whosaid/internal/names"
	"whosaid/internal/news"
)

// Sameness is how far the speakers of two statements are the same.
type Sameness int

// From not at all to surely.
const (
	Others  Sameness = iota // both are named, and nobody is on both sides
	Unknown                 // one side does not name its speaker
	Perhaps                 // the names agree in part: a last name, a role
	Same                    // one name, or one person across articles
)

// Compare tells how far the speakers of a and b are the same.
func Compare(a, b []Speaker) Sameness {
	if len(a) == 0 || len(b) == 0 {
		return Unknown
	}
	best := Others
	for _, x := range a {
		for _, y := range b {
			same := compare(x, y)
			if same == Others && (x.Doubtful || y.Doubtful) {
				same = Unknown
			}
			if same <= Unknown && (holds(x, y) || holds(y, x)) {
				same = Perhaps
			}
			best = max(best, same)
		}
	}
	return best
}

func compare(x, y Speaker) Sameness {
	if x.Person != 0 && x.Person == y.Person {
		return Same
	}
	agree := names.Agree(x.Words, y.Words)
	if !x.Named || !y.Named {
		switch agree {
		case names.Same:
			return Same
		case names.Differ:
			return Unknown
		}
		return Perhaps
	}
	switch agree {
	case names.Same, names.Acronym:
		return Same
	case names.Part:
		// One word alone is a last name, or a given name.
		if last(x.Words) == last(y.Words) {
			return Same
		}
		return Perhaps
	case names.Last:
		if len(x.Words) > 1 && len(y.Words) > 1 && !alike(x.Words[0], y.Words[0]) {
			return Others // two of one family
		}
		return Same
	}
	if len(x.Words) == 1 && len(y.Words) > 1 && slices.Contains(y.Words, x.Words[0]) || len(y.Words) == 1 && len(x.Words) > 1 && slices.Contains(x.Words, y.Words[0]) {
		return Perhaps
	}
	// A spokesman or a campaign speaks for the one it is named after.
	for _, w := range x.Words {
		if slices.Contains(y.Words, w) && len(w) > 2 && (speaksFor(x.Words) || speaksFor(y.Words)) {
			return Perhaps
		}
	}
	return Others
}

// holds reports whether y has the office by which x is called ("the attorney
// general of New York"), or speaks for the body that x names.
func holds(x, y Speaker) bool {
	n := 0
	for _, w := range x.Called {
		if slices.Contains(y.Roles, w) {
			n++
		}
	}
	return n > 0 && n == len(x.Called) || n >= 2 && 3*n >= 2*len(x.Called)
}

// mostRoles is how many words of an actor's offices are kept.
const mostRoles = 8

// roles are the words of the offices that the document gives an actor in the
// outlet's words, each once, in the order of their hashes.
func roles(doc *news.Document, a *news.Actor) []uint32 {
	var out []uint32
	for _, d := range a.Descriptions {
		if d.Kind != "label" && d.By == "outlet" && len(out) < mostRoles {
			out = described(out, d.Text(doc.Text))
		}
	}
	out = out[:min(len(out), mostRoles)]
	slices.Sort(out)
	return out
}

// described adds the telling words of a description, each once.
func described(out []uint32, text string) []uint32 {
	for _, w := range nameWords(text) {
		key := hash(w)
		if weight(key) > leastRole && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// leastRole leaves out "the", "of" and the like.
const leastRole = 4.25

// speaksFor reports whether a name has a word in it that is none: a body or an
// office.
func speaksFor(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return english.Body(w) || english.Person(w) })
}

// alike reports whether one given name may be short for the other.
func alike(a, b string) bool {
	return a == b || len(a) <= 2 && strings.HasPrefix(b, a[:1]) || len(b) <= 2 && strings.HasPrefix(a, b[:1]) ||
		len(a) > 2 && len(b) > 2 && a[:3] == b[:3]
}

// last is the last word that is not one such as "Jr.".
func last(words []string) string {
	for _, w := range slices.Backward(words) {
		if known, _ := english.NameSuffix(w); !known {
			return w
		}
	}
	return ""
}

// habit reports whether the cue of s tells of something said more than once,
// or on no day: "has vowed", "keeps saying".
func habit(text string, s *news.Statement) bool {
	for _, span := range s.Cue {
		for w := range strings.FieldsSeq(strings.ToLower(span.Text(text))) {
			switch w {
			case "has", "have", "continues", "continue", "continued", "keeps", "kept", "repeatedly", "repeated", "repeats", "often", "long", "frequently", "again", "reiterated":
				return true
			}
		}
	}
	return false
}

// cue is the stem of the word of the cue of s that tells most, where one does.
func cue(text string, s *news.Statement) uint32 {
	best, stemOf := float32(6), uint32(0)
	for _, span := range s.Cue {
		for w := range strings.FieldsFuncSeq(span.Text(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			f := formOf(w)
			if weight := weight(f.key); weight > best && !f.empty && !plainCue[f.key] {
				best, stemOf = weight, f.stem
			}
		}
	}
	return stemOf
}

// plainCue are cues that tell no more than "said" does.
var plainCue = func() map[uint32]bool {
	out := map[uint32]bool{}
	for w := range strings.FieldsSeq("said says say saying told tells tell telling added adds adding asked wrote writes according noted continued interview statement news") {
		out[hash(w)] = true
	}
	return out
}()
