package speakers

import (
	"slices"
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// theTwo are the two who spoke last, where a source counts them ("both", "the
// two", "the two women").
func (a *assigner) theTwo(at news.Span, first string, words []news.Span) ([]found, bool) {
	second := ""
	if len(words) > 1 {
		second = lower(a.text, words[1])
	}
	both := first == "both" && (second == "" || english.Person(strings.TrimSuffix(second, "s")) || second == "men" || second == "women")
	if !both && !(first == "the" && (second == "two" || second == "pair")) || len(words) > 3 {
		return nil, false
	}
	var pair []string
	earlier := 0 // where the one of them stands whom the text names first
	for k := a.startingBefore(at.Start) - 1; k >= 0 && len(pair) < 2; k-- {
		m := a.mentions[k]
		if a.typeOf(m.actor) != "person" || m.Form == "pronoun" || slices.Contains(pair, m.actor) {
			continue
		}
		if at.Start-m.Start > 1500 {
			break
		}
		pair, earlier = append(pair, m.actor), k
	}
	if len(pair) < 2 || a.thirdBeside(earlier, pair) {
		return nil, false // of three who are named together it is open which two
	}
	var list []found
	for _, id := range []string{pair[1], pair[0]} {
		list = append(list, found{actor: id, by: byNominal, sure: 0.55, why: quote(at.Text(a.text)) + " takes up the two named last"})
	}
	return list, true
}

// thirdBeside reports whether the sentence that holds mention k names a third person
// beside two.
func (a *assigner) thirdBeside(k int, pair []string) bool {
	at := a.mentions[k].Start
	s := sort.Search(len(a.doc.Sentences), func(i int) bool { return a.doc.Sentences[i].End > at })
	if s == len(a.doc.Sentences) {
		return false
	}
	return slices.ContainsFunc(a.inside(a.doc.Sentences[s]), func(m mention) bool {
		return a.typeOf(m.actor) == "person" && m.Form != "pronoun" && m.Form != "nominal" && !slices.Contains(pair, m.actor)
	})
}
