package kinds

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// signs lists the words that a content shows its kind by; its head says how.
//
//go:embed signs.txt
var signs string

// standardSigns is that list, read.
var standardSigns = func() *signList {
	l, err := parseSigns(signs)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return l
}()

// noSign is the name under which phrases stand that show nothing, whatever their
// first word would show alone.
const noSign = "nothing"

// A signList finds signs by the first word of their phrases.
type signList struct {
	lemmas  forms
	phrases map[string][]signPhrase
}

type signPhrase struct {
	words []string
	sign  string
}

func parseSigns(text string) (*signList, error) {
	l := &signList{lemmas: forms{}, phrases: map[string][]signPhrase{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		sign, list, ok := strings.Cut(line, ":")
		if !ok || sign == "" || strings.Contains(sign, " ") {
			return nil, fmt.Errorf("signs of kinds, line %d: %q does not begin with the name of a sign and a colon", n+1, line)
		}
		if sign == "forms" {
			l.lemmas.irregular(list)
			continue
		}
		for phrase := range strings.SplitSeq(list, ",") {
			words := strings.Fields(phrase)
			if len(words) == 0 {
				return nil, fmt.Errorf("signs of kinds, line %d: a comma with no phrase before or after it", n+1)
			}
			for _, w := range words {
				l.lemmas.regular(w)
			}
			l.phrases[words[0]] = append(l.phrases[words[0]], signPhrase{words, sign})
		}
	}
	return l, nil
}

// A sighting is a sign that begins at a word.
type sighting struct {
	at      int
	sign    string
	negated bool
}

// in lists the signs that words show, in order.
func (l *signList) in(words []string) []sighting {
	var found []sighting
	for i, w := range words {
		before := len(found)
		for _, lemma := range l.lemmas[w] {
			for _, p := range l.phrases[lemma] {
				if len(words)-i < len(p.words) {
					continue
				}
				fits := true
				for k, want := range p.words[1:] {
					if !slices.Contains(l.lemmas[words[i+1+k]], want) {
						fits = false
						break
					}
				}
				if fits {
					found = append(found, sighting{i, p.sign, negated(words, i)})
				}
			}
		}
		if slices.ContainsFunc(found[before:], func(f sighting) bool { return f.sign == noSign }) {
			found = found[:before]
		}
	}
	return found
}

// negated reports whether a negation stands among the three words before i.
func negated(words []string, i int) bool {
	return slices.ContainsFunc(words[max(0, i-3):i], func(w string) bool { return negations[w] || w == "less" || w == "hardly" })
}
