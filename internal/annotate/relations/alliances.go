package relations

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// sidings are words that tie several to the actor after them.
var sidings = map[string]string{
	"allied with": AllyOf, "allied to": AllyOf, "aligned with": AllyOf, "loyal to": AllyOf, "close to": AllyOf, "supportive of": AllyOf, "backed by": AllyOf,
	"opposed to": OpponentOf, "hostile to": OpponentOf, "critical of": OpponentOf,
}

// alliances takes the ties of groups that are no actors by themselves ("Shia
// parties allied with the X"): the group is words of the text.
func (f *finder) alliances() {
	for _, m := range f.mentions {
		if !m.named() || !f.sided(f.longForm(m.Start)) {
			continue
		}
		end := f.longForm(m.Start)
		start := f.wordStart(max(0, end-80))
		before := f.text[start:end]
		if i := strings.LastIndexAny(before, ".;:\n,"); i >= 0 {
			start += i + 1
		}
		words := f.tokens(news.Span{Start: start, End: end})
		if n := len(words); n > 0 && words[n-1].low == "the" {
			words = words[:n-1]
		}
		n := len(words) - 2
		if n < 1 {
			continue
		}
		kind, ok := sidings[phrase(words[n:])]
		noun := words[n-1]
		if !ok || !collective[noun.low] || f.endsAt(noun.End) != nil {
			continue
		}
		first := n - 1
		for first > 0 && n-first < 3 && !stops[words[first-1].low] && !common[words[first-1].low] {
			first--
		}
		group := news.Span{Start: words[first].Start, End: noun.End}
		evidence := cover(group, m.Span)
		f.found = append(f.found, tie{Relation: news.Relation{
			Type: kind, From: group.Text(f.text), To: f.id(m), Evidence: evidence, By: f.voice(evidence),
		}})
	}
}

// longForm is where the capitalised words begin that an acronym in brackets at
// byte position at stands for, or at.
func (f *finder) longForm(at int) int {
	before, ok := strings.CutSuffix(f.text[:at], " (")
	if !ok {
		return at
	}
	start := len(before)
	for range 8 {
		i := strings.LastIndexAny(before[:start], " \n")
		if i < 0 {
			break
		}
		first, _ := utf8.DecodeRuneInString(before[i+1 : start])
		if !unicode.IsUpper(first) && before[i+1:start] != "of" && before[i+1:start] != "for" && before[i+1:start] != "and" {
			return start + 1
		}
		start = i
	}
	return at
}

// sided reports whether the last word before byte position at, "the" aside, can
// end a siding: a quick look before a closer one.
func (f *finder) sided(at int) bool {
	before := strings.TrimSuffix(strings.TrimRight(f.text[:at], " "), " the")
	for _, w := range []string{" with", " to", " of", " by"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// collective are nouns for several who take a side.
var collective = set(`parties factions groups militias forces tribes lawmakers mps senators deputies ministers politicians officials unions newspapers outlets media blocs movements
	fighters militants generals officers clerics activists donors businessmen oligarchs judges states countries governments`)

// common are words before a noun that are no part of what a group is called.
var common = set(`the a an most many some several all other two three four five six seven eight nine ten both these those its his her their few more`)
