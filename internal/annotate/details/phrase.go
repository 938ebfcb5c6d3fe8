package details

import (
	"strings"

	"whosaid/internal/news"
)

var (
	// Words that end a noun phrase.
	enders = set("that which who whom whose when where while as if because before after since until although though unless but or nor than so " +
		"is are was were be been being am has have had having will would can could may might shall should must do does did done " +
		"said says say saying told tells tell telling asked asks asking added adds adding wrote writes writing called calls calling warned urged " +
		"released published sent shown seen held aired posted filed obtained " +
		"in on at by from into over under about against during through via with without for to among between toward towards around across near amid despite following ahead " +
		"he she it they we i you not never also then just only still again even already later earlier yesterday today tonight tomorrow ago now here there " +
		"monday tuesday wednesday thursday friday saturday sunday why how what whether")
	// Words that begin one.
	determiners = set("a an the this that these those his her its their my our your some several many few both each every any no another all two three four five six seven eight nine ten")
	// Pronouns that are one.
	objects = set("him her them me us you it himself herself themselves everyone everybody anyone nobody")
	months  = set("january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec")
	whens   = set("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow last this next earlier later late early recently")
)

// A reading is a noun phrase: words [from, to).
type reading struct{ from, to int }

func (p reading) empty() bool { return p.from >= p.to }

func (p reading) span(words []word) news.Span {
	return news.Span{Start: words[p.from].Start, End: words[p.to-1].End}
}

// longestPhrase bounds a noun phrase, in words.
const longestPhrase = 16

// nounPhrase reads the noun phrase that begins at word i; empty if none does.
// "of" goes on with it, and "and" does where another noun phrase follows.
func nounPhrase(words []word, i int) reading {
	p := reading{i, i}
	if i >= len(words) || words[i].mark && words[i].lower != `"` {
		return p
	}
	if objects[words[i].lower] && (words[i].lower != "her" || i+1 >= len(words) || words[i+1].mark || enders[words[i+1].lower]) {
		return reading{i, i + 1}
	}
	if (enders[words[i].lower] || words[i].lower == "of" || words[i].lower == "and") && !determiners[words[i].lower] {
		return p
	}
	for j := i; j < len(words) && j < i+longestPhrase; j++ {
		w := words[j]
		name := j > i && w.capped && words[j-1].capped // "USA TODAY"
		switch {
		case j > i && pronounVerb(w.lower):
			return p
		case w.mark && w.lower == "'" && j > i && strings.HasSuffix(words[j-1].lower, "s") && j+1 < len(words) && words[j+1].capped:
			continue // "CBS' Face the Nation"
		case w.mark && w.lower == `"` && j == i:
			// A title in quotation marks, to the closing mark.
			end := closing(words, j)
			if end < 0 {
				return p
			}
			return reading{i, end + 1}
		case w.mark && w.lower == `"` && possessive(words[j-1]):
			if end := closing(words, j); end > 0 {
				return reading{i, end + 1}
			}
			return p
		case w.mark && w.lower == "&":
			continue
		case w.mark:
			return p
		case j > i && w.lower == "of":
			if j+1 >= len(words) || words[j+1].mark {
				return p
			}
			continue
		case j > i && w.lower == "and":
			if !more(words, j+1) {
				return p
			}
			continue
		case j > i && enders[w.lower] && !name:
			return p
		case j > i && (strings.HasSuffix(w.lower, "ly") || strings.HasSuffix(w.lower, "ing")) && !w.capped && len(w.lower) > 5 && !nounsInIng[w.lower] && !adjective(words, i, j):
			return p
		case j > i && (whens[w.lower] || months[w.lower] && w.capped) && !determiners[words[j-1].lower] && !name:
			return p
		}
		p.to = j + 1
	}
	return p
}

// pronounVerb reports whether w is a pronoun with its verb: "he'd", "they're".
func pronounVerb(w string) bool {
	pronoun, _, drawn := strings.Cut(w, "'")
	return drawn && (subjects[pronoun] || pronoun == "it" || pronoun == "that")
}

var nounsInIng = set("meeting hearing briefing gathering filing posting recording building opening ruling family assembly supply ally weekly daily monthly rally evening morning wedding")

// adjective reports whether word j, in -ing or -ly, stands between a determiner
// or another adjective and a noun ("a cheering crowd").
func adjective(words []word, i, j int) bool {
	return j > i && determiners[words[j-1].lower] && j+1 < len(words) && !words[j+1].mark && !enders[words[j+1].lower]
}

// more reports whether "and" goes on with another noun phrase, and not with a
// verb.
func more(words []word, j int) bool {
	if j >= len(words) || words[j].mark || enders[words[j].lower] && !determiners[words[j].lower] {
		return false
	}
	w := words[j].lower
	return words[j].capped || determiners[w] || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !verbal[w]
}

var verbal = set("says calls warns urges adds asks tells goes thinks wants believes insists argues claims notes")

func possessive(w word) bool {
	return strings.HasSuffix(w.lower, "'s") || strings.HasSuffix(w.lower, "s'") || w.capped
}

// closing is the mark that closes the one at i, at most twelve words on; -1 for
// none.
func closing(words []word, i int) int {
	for j := i + 1; j < len(words) && j <= i+12; j++ {
		if words[j].mark && words[j].lower == `"` {
			return j
		}
	}
	return -1
}
