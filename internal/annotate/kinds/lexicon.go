package kinds

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// cues is the lexicon, a plain text that a reader can edit; its head says how.
//
//go:embed cues.txt
var cues string

// Standard is the lexicon that the program is built with.
var Standard = func() *Lexicon {
	l, err := ParseLexicon(cues)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return l
}()

// A Lexicon says what cues tell of a statement by themselves.
type Lexicon struct {
	lemmas  forms
	phrases map[string][]phrase // by their first word
}

// A phrase is one entry: its words, what the content must be, what they tell.
type phrase struct {
	words     []string
	condition string // empty, to, for, clause, noun, whether, own, future, act
	kind      string
	leaning   bool // the content may outweigh the kind
	stance    string
}

// A Verdict is what the cue of one statement tells.
type Verdict struct {
	Kind    string // empty where it tells none
	Leaning bool   // the content may outweigh it
	Negated bool   // the cue denies the act ("did not praise")
	Stance  string // empty where it tells none
}

// gap is how many other words may stand between two words of a phrase.
const gap = 3

var conditions = []string{"to", "for", "clause", "noun", "whether", "own", "future", "act"}

// ParseLexicon reads the text of a lexicon. An entry that cannot be understood
// is an error that names its line.
func ParseLexicon(text string) (*Lexicon, error) {
	l := &Lexicon{lemmas: forms{}, phrases: map[string][]phrase{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if forms, ok := strings.CutPrefix(line, "forms:"); ok {
			l.lemmas.irregular(forms)
			continue
		}
		if err := l.entry(line); err != nil {
			return nil, fmt.Errorf("lexicon of cues, line %d: %w", n+1, err)
		}
	}
	return l, nil
}

// entry reads "phrase, phrase (condition) = kind?, stance".
func (l *Lexicon) entry(line string) error {
	left, right, ok := strings.Cut(line, "=")
	if !ok {
		return fmt.Errorf("%q has no \"=\": write phrases, \"=\" and what they tell", line)
	}
	var told phrase
	for what := range strings.SplitSeq(right, ",") {
		what = strings.TrimSpace(what)
		kind, leaning := strings.CutSuffix(what, "?")
		switch {
		case slices.Contains(Kinds, kind):
			told.kind, told.leaning = kind, leaning
		case slices.Contains(Stances, what):
			told.stance = what
		default:
			return fmt.Errorf("%q is neither a kind nor a stance", what)
		}
	}
	for words := range strings.SplitSeq(left, ",") {
		p := told
		words, condition, _ := strings.Cut(words, "(")
		if condition != "" {
			p.condition = strings.TrimSuffix(strings.TrimSpace(condition), ")")
			if !slices.Contains(conditions, p.condition) {
				return fmt.Errorf("%q is no condition: write one of %s", p.condition, strings.Join(conditions, ", "))
			}
		}
		p.words = strings.Fields(words)
		if len(p.words) == 0 {
			return fmt.Errorf("%q has a comma with no phrase before or after it", line)
		}
		for _, w := range p.words {
			l.lemmas.regular(w)
		}
		l.phrases[p.words[0]] = append(l.phrases[p.words[0]], p)
	}
	return nil
}

// refusals are words that turn an act named after them into none.
var refusals = wordSet("not never no without decline declines declined declining refuse refuses refused refusing fail fails failed failing refrain refrained " +
	"avoid avoided avoids stop stopped hardly barely rarely nor cannot nothing little reluctant reluctance refusal unable unwilling")

// Look says what a cue tells. after is the few words that follow the cue in the
// text: the last words of a phrase may stand there.
func (l *Lexicon) Look(cue, after []string, c content) Verdict {
	words := append(slices.Clip(cue), after...)
	var v Verdict
	var kind, stance hit
	for i := range cue {
		for _, lemma := range l.lemmas[words[i]] {
			for _, p := range l.phrases[lemma] {
				h, ok := l.fit(p, words, i, len(cue))
				if !ok || !c.meets(p.condition) {
					continue
				}
				if p.kind != "" && h.better(kind) {
					kind = h
					v.Kind, v.Leaning = p.kind, p.leaning
				}
				if p.stance != "" && h.better(stance) {
					stance = h
					v.Stance = p.stance
				}
			}
		}
	}
	if v.Kind != "" {
		before := cue[:kind.at]
		v.Negated = slices.ContainsFunc(before[max(0, len(before)-4):], func(w string) bool { return refusals[w] })
	}
	return v
}

// A hit is where a phrase stands in a cue.
type hit struct {
	words     int // of the phrase
	condition bool
	at        int
}

// better prefers the longer phrase, then the one that asks more of the content,
// then the later one.
func (h hit) better(o hit) bool {
	switch {
	case o.words == 0:
		return true
	case h.words != o.words:
		return h.words > o.words
	case h.condition != o.condition:
		return h.condition
	}
	return h.at >= o.at
}

// fit finds p in words, its first at i and at most the last ones after the cue,
// which has n words.
func (l *Lexicon) fit(p phrase, words []string, i, n int) (hit, bool) {
	at := i
	for _, want := range p.words[1:] {
		next := at + 1
		for next < len(words) && next <= at+1+gap && !slices.Contains(l.lemmas[words[next]], want) {
			next++
		}
		if next >= len(words) || next > at+1+gap || next >= n && next > at+1 {
			return hit{}, false
		}
		at = next
	}
	return hit{words: len(p.words), condition: p.condition != "", at: i}, true
}
