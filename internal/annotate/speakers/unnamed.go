package speakers

import (
	"slices"
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// body is the organisation that is called by its kind ("the campaign", "the
// foundation"): the last one before whose name ends so, or else the
// organisation that spoke last.
func (a *assigner) body(at news.Span, head string) (found, bool) {
	if !english.Body(head) {
		return found{}, false
	}
	words := english.Words(a.text, at)
	if f, ok := a.owned(at, words, head); ok {
		return f, true
	}
	closer := a.closer(words[1 : len(words)-1]) // what tells the body more closely: "appeals" of "the appeals court"
	end := a.startingBefore(at.Start)
	for i := end - 1; i >= 0 && i >= end-60; i-- {
		m := a.mentions[i]
		t := a.typeOf(m.actor)
		if t != "organisation" && t != "place" || m.Form == "pronoun" {
			continue
		}
		name := english.Words(a.text, m.Span)
		if len(name) > 1 && strings.EqualFold(english.Bare(a.headOfName(name)), head) && a.holdsAll(name, closer) {
			return found{actor: m.actor, by: byNominal, sure: 0.8, why: quote(at.Text(a.text)) + " takes up " + quote(m.Text(a.text))}, true
		}
	}
	switch {
	case len(closer) > 0:
		return found{}, false // not simply taken up
	case ofName[strings.ToLower(head)]:
		return a.ofPerson(at, head)
	}
	f, ok := a.onlyBody(at, end, head)
	if ok && corporate[head] {
		a.unnamed["corporate"] = f.actor
	}
	return f, ok
}

// holdsAll reports whether each of some words is one of a name, in the singular or
// the plural.
func (a *assigner) holdsAll(name, some []news.Span) bool {
	singular := func(s news.Span) string { return strings.TrimSuffix(lower(a.text, s), "s") }
	for _, w := range some {
		if !slices.ContainsFunc(name, func(n news.Span) bool { return singular(n) == singular(w) }) {
			return false
		}
	}
	return true
}

// headOfName is the noun of a body's name: its last word, or the one before "of" or
// "for" ("Council" of "Coordinating Council of Teachers").
func (a *assigner) headOfName(words []news.Span) string {
	for k, w := range words {
		switch lower(a.text, w) {
		case "of", "for", "on":
			if k > 0 {
				return words[k-1].Text(a.text)
			}
		}
	}
	return words[len(words)-1].Text(a.text)
}

// owned is the body of somebody whom a pronoun names ("his campaign").
func (a *assigner) owned(at news.Span, words []news.Span, head string) (found, bool) {
	if p, ok := english.PronounOf(words[0].Text(a.text)); !ok || p.Case != english.Possessive || len(words) != 2 || !ofName[strings.ToLower(head)] {
		return found{}, false
	}
	for _, m := range a.inside(words[0]) {
		if i, ok := a.actors[m.actor]; ok && a.doc.Actors[i].Named {
			f := a.bodyOf(a.doc.Actors[i], head, at)
			f.sure *= m.Confidence
			return f, true
		}
	}
	return found{}, false
}

// ofPerson is the body that was last called by a person's name and the same noun
// before ("the Ross campaign", "Ross’s campaign").
func (a *assigner) ofPerson(at news.Span, head string) (found, bool) {
	end := a.startingBefore(at.Start)
	for i := end - 1; i >= 0 && i >= end-80; i-- {
		m := a.mentions[i]
		if a.typeOf(m.actor) != "person" || m.Form == "nominal" {
			continue
		}
		rest := a.text[m.End:min(len(a.text), m.End+40)]
		for _, s := range []string{"'s ", "’s ", "' ", "’ ", " "} {
			if after, ok := strings.CutPrefix(rest, s); ok {
				rest = after
				break
			}
		}
		if p := m.Form == "pronoun"; p && !strings.HasPrefix(strings.TrimLeft(rest, " "), head) || !strings.HasPrefix(strings.ToLower(rest), strings.ToLower(head)) {
			continue
		}
		if k := a.actors[m.actor]; a.doc.Actors[k].Named {
			return a.bodyOf(a.doc.Actors[k], head, at), true
		}
	}
	return found{}, false
}

// bodyOf is the actor that is the campaign, the office, the team of a person.
func (a *assigner) bodyOf(x news.Actor, head string, at news.Span) found {
	words := strings.Fields(x.Name)
	name := words[len(words)-1] + " " + strings.ToLower(head)
	key := "name " + strings.ToLower(name)
	id, ok := a.unnamed[key]
	if !ok {
		for _, y := range a.doc.Actors {
			if y.Named && y.Type == "organisation" && strings.HasSuffix(strings.ToLower(y.Name), strings.ToLower(name)) {
				id, ok = y.ID, true
			}
		}
	}
	if !ok {
		id = a.add(name, "organisation", at)
		y := &a.doc.Actors[a.actors[id]]
		y.Named = true
	} else {
		a.mention(id, at, byNominal)
	}
	a.unnamed[key] = id
	return found{actor: id, by: byNominal, sure: 0.7, why: quote(at.Text(a.text)) + " is that of " + x.Name}
}

// onlyBody is the organisation that is the only one of its kind named in the sentence
// before, up to the mentions that end gives, or else the only one that spoke before.
func (a *assigner) onlyBody(at news.Span, end int, head string) (found, bool) {
	s := sort.Search(len(a.doc.Sentences), func(i int) bool { return a.doc.Sentences[i].End > at.Start }) - 1
	if s < 0 {
		return found{}, false
	}
	only := ""
	for i := end - 1; i >= 0 && a.mentions[i].Start >= a.doc.Sentences[s].Start; i-- {
		m := a.mentions[i]
		if a.typeOf(m.actor) != "organisation" || m.actor == only || a.otherKind(m, head) {
			continue
		}
		if only != "" {
			return found{}, false
		}
		only = m.actor
	}
	if only == "" || !a.doc.Actors[a.actors[only]].Named {
		if id := a.unnamed["corporate"]; id != "" && corporate[head] {
			return found{actor: id, by: byNominal, sure: sureBody, why: quote(at.Text(a.text)) + " takes up the one that was called so before"}, true
		}
		return a.bodyThatSpoke(at, head)
	}
	return found{actor: only, by: byNominal, sure: sureBody, why: quote(at.Text(a.text)) + " takes up the one organisation named just before"}, true
}

// otherKind reports whether the name of a body tells that it is of another kind than
// head: a ministry is no company.
func (a *assigner) otherKind(m mention, head string) bool {
	if kind := a.kindBefore(m); kind != "" {
		return kind != head && !(corporate[kind] && corporate[head])
	}
	name := english.Words(a.text, m.Span)
	if len(name) < 2 {
		return false
	}
	own := english.Bare(a.headOfName(name))
	return english.Body(own) && !strings.EqualFold(own, head)
}

// bodyThatSpoke is the one organisation that spoke in the statements before, if its
// name tells no other kind.
func (a *assigner) bodyThatSpoke(at news.Span, head string) (found, bool) {
	only, rivals := "", false
	a.before(func(s news.Statement) bool {
		for _, x := range s.Speakers {
			i, ok := a.actors[x.Actor]
			if !ok || x.Actor == only || a.doc.Actors[i].Type != "organisation" || !a.doc.Actors[i].Named || a.otherKind(mention{Mention: a.doc.Actors[i].Mentions[0]}, head) {
				continue
			}
			rivals, only = only != "", x.Actor
		}
		return !rivals
	})
	if only == "" || rivals {
		return found{}, false
	}
	return found{actor: only, by: byNominal, sure: sureBody, why: quote(at.Text(a.text)) + " takes up the one organisation that spoke before"}, true
}

// capitals is the name with which a phrase ends though no mention of an actor
// stands there: an organisation or person that nobody marked, or one that is
// called by a name and its kind ("Ross's campaign", "Marsh & Co poll"). whole tells
// that the phrase is known to be all of a body's name.
func (a *assigner) capitals(at news.Span, words []news.Span, whole bool) (found, bool) {
	n := len(words)
	if f, ok := a.lastWord(words); ok && a.inCapitals(at) && len(words) > 1 {
		return f, true // a speaker's tag in a transcript
	}
	if f, ok := a.calledBody(words); ok {
		return f, true
	}
	if a.inCapitals(at) || a.titleCase(at) || !whole && (english.Person(english.Bare(words[n-1].Text(a.text))) || english.Plural(english.Bare(words[n-1].Text(a.text))) && !manyAsOne[lower(a.text, words[n-1])]) {
		return found{}, false
	}
	if f, ok := a.lastWord(words); ok {
		return f, true
	}
	end := n
	kind := "organisation"
	if last := lower(a.text, words[n-1]); ofName[last] && n > 1 {
		end--
		if english.Document(last) {
			kind = "document"
		}
	}
	from := end
	for from > 0 && (whole || english.Capitalised(words[from-1].Text(a.text))) {
		from--
	}
	if from < end && (definite(lower(a.text, words[from])) || lower(a.text, words[from]) == "a" || lower(a.text, words[from]) == "an") {
		from++
	}
	for from < end && compound(words[from].Text(a.text)) {
		from++ // "the Seoul-backed government" is no name
	}
	switch {
	case from == end, end < n && end-from == 1 && commonOpeners[lower(a.text, words[from])]:
		return found{}, false
	case end == n && n-from == 1 && (from > 1 || from == 1 && !definite(lower(a.text, words[0])) || !a.properWord(words[from])):
		return found{}, false
	case n-from < 2 && end == n && (english.Body(words[n-1].Text(a.text)) || english.Document(words[n-1].Text(a.text))):
		return found{}, false
	}
	for title := true; title && end-from > 1; {
		if _, title = english.Honorific(words[from].Text(a.text)); title {
			from, kind = from+1, "person" // a tag in a transcript: "JUDGE ROWAN"
		}
	}
	if known, distinct := english.NameSuffix(words[n-1].Text(a.text)); known && !distinct && end == n && n-from > 2 {
		n, kind = n-1, "person"
	}
	span := news.Span{Start: words[from].Start, End: words[n-1].End}
	name := strings.Join(strings.Fields(english.Bare(span.Text(a.text))), " ")
	key := "name " + strings.ToLower(strings.NewReplacer("'s", "", "’s", "").Replace(name))
	id, ok := a.unnamed[key]
	if !ok {
		id, ok = a.called(name)
	}
	if !ok {
		id = a.add(name, kind, span)
		a.unnamed[key] = id
		x := &a.doc.Actors[a.actors[id]]
		x.Named, x.Mentions[0].Form = true, byName
		a.knowLast(*x)
	} else {
		a.mention(id, span, byName)
	}
	return found{actor: id, by: byName, sure: 0.6, why: "the source ends with a name"}, true
}

// ofName are nouns that make a name with the name before them.
var ofName = words("campaign administration team office government legislature foundation transition ministry magazine newspaper network channel website poll survey polling investigation")

// properWord reports whether a capitalised word is never written small in the
// article, so that its capital is no beginning of a sentence.
func (a *assigner) properWord(s news.Span) bool {
	w := english.Bare(s.Text(a.text))
	if strings.HasSuffix(w, "ese") || len(w) < 3 {
		return false
	}
	if a.small == nil {
		a.small = map[string]bool{}
		for _, x := range english.Words(a.text, news.Span{Start: 0, End: len(a.text)}) {
			if t := x.Text(a.text); !english.Capitalised(t) {
				a.small[t] = true
			}
		}
	}
	if a.small[strings.ToLower(w)] || commonOpeners[strings.ToLower(w)] {
		return false
	}
	if _, pronoun := english.PronounOf(w); pronoun || english.IsNeuter(w) {
		return false
	}
	return true
}

// commonOpeners are words that sources begin and end with, and no names.
var commonOpeners = words(`who which that report poll someone somebody everyone everybody nobody anyone one another none most many some others man woman this these those
what whoever here there anything something nothing everything monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december american british german french russian european western eastern northern southern new latest federal democrat republican conservative liberal democratic opponents nominee host anchor author mayor president senator governor judge police officer official`)

// manyAsOne are plural words with which names of one body end.
var manyAsOne = words(`times news nations states motors airlines airways partners associates networks industries affairs services sciences works sachs brothers systems studios holdings
lines logistics foods homes hospitals trains ports mines metals resources technologies communications ventures properties pictures`)

// lastWord is the actor whose name ends with the one capitalised word that a
// phrase ends with ("the Times", "Mr. Ross’s").
func (a *assigner) lastWord(words []news.Span) (found, bool) {
	w := words[len(words)-1]
	if !english.Capitalised(w.Text(a.text)) {
		return found{}, false
	}
	for _, before := range words[:len(words)-1] {
		_, title := english.Honorific(before.Text(a.text))
		if !title && !definite(lower(a.text, before)) {
			return found{}, false
		}
	}
	id, ok := a.families[strings.ToLower(english.Bare(w.Text(a.text)))]
	if !ok {
		return found{}, false
	}
	a.mention(id, news.Span{Start: w.Start, End: w.Start + len(english.Bare(w.Text(a.text)))}, "short")
	return found{actor: id, by: byName, sure: 0.7, why: "a name of the article ends with the word " + quote(w.Text(a.text))}, true
}

// titleCase reports whether s stands in a line of which nearly every word is
// capitalised, as headlines may be.
func (a *assigner) titleCase(s news.Span) bool {
	from := strings.LastIndexByte(a.text[max(0, s.Start-300):s.Start], '\n') + 1 + max(0, s.Start-300)
	to := len(a.text)
	if k := strings.IndexByte(a.text[s.End:min(len(a.text), s.End+300)], '\n'); k >= 0 {
		to = s.End + k
	}
	to = min(to, s.End+300)
	capitals, all := 0, 0
	for _, w := range english.Words(a.text, news.Span{Start: from, End: to}) {
		if t := w.Text(a.text); len(t) > 3 {
			all++
			if english.Capitalised(t) {
				capitals++
			}
		}
	}
	return all > 3 && 10*capitals > 7*all
}

// inCapitals reports whether s is part of a line written in capitals, where they
// tell no names.
func (a *assigner) inCapitals(s news.Span) bool {
	if t := s.Text(a.text); t != strings.ToUpper(t) {
		return false
	}
	around := a.text[max(0, s.Start-40):min(len(a.text), s.End+40)]
	small := 0
	for i := range len(around) {
		if around[i] >= 'a' && around[i] <= 'z' {
			small++
		}
	}
	return small < len(around)/4
}

// nobodyNamed is somebody or something without a name, called as the phrase
// calls them. The same words mean the same; "the poll" means the last poll.
func (a *assigner) nobodyNamed(p english.Phrase, head string) found {
	span := a.described(p)
	name := strings.Join(strings.Fields(span.Text(a.text)), " ")
	head = strings.ToLower(head)
	kind := "role"
	switch {
	case english.Document(head):
		kind = "document"
	case english.Body(head):
		kind = "organisation"
	case english.Plural(head), strings.HasPrefix(strings.ToLower(name), "many"), strings.HasPrefix(strings.ToLower(name), "some"), !lettered(name):
		kind = "group"
	}
	key := strings.ToLower(name)
	for _, article := range []string{"the ", "a ", "an ", "this ", "that ", "these ", "those "} {
		if rest, ok := strings.CutPrefix(key, article); ok {
			key = rest
			if article == "the " || strings.HasPrefix(article, "th") {
				key = a.lastOf(rest, head, kind)
			}
			break
		}
	}
	id, ok := a.unnamed[key]
	if !ok {
		id = a.add(shortest(name), kind, span)
	} else {
		a.mention(id, span, byNominal)
	}
	a.unnamed[key] = id
	a.unnamed["last "+kind+" "+head] = id
	return found{actor: id, by: byNominal, sure: sureUnnamed, why: "the source describes somebody who is not named"}
}

// lastOf is the key under which the last actor of the same noun is kept, where
// the description says no more than the noun.
func (a *assigner) lastOf(rest, head, kind string) string {
	last := "last " + kind + " " + head
	if _, ok := a.unnamed[last]; ok && rest == head {
		return last
	}
	return rest
}

// shortest is a description without its article.
func shortest(name string) string {
	for _, article := range []string{"The ", "the ", "A ", "a ", "An ", "an "} {
		if rest, ok := strings.CutPrefix(name, article); ok && rest != "" {
			return rest
		}
	}
	return name
}

// described is the phrase as far as it describes: its core, and what belongs to
// it without a mark between ("a spokesman for the board").
func (a *assigner) described(p english.Phrase) news.Span {
	span := p.Core
	if p.Rest.Len() > 0 && strings.TrimSpace(a.text[p.Core.End:p.Rest.Start]) == "" {
		end := p.Rest.End
		if at := strings.IndexAny(p.Rest.Text(a.text), ",;:—–()\n"); at >= 0 {
			end = p.Rest.Start + at
		}
		for _, w := range english.Words(a.text, news.Span{Start: p.Rest.Start, End: end}) {
			switch lower(a.text, w) {
			case "who", "which", "that", "whose":
				if w.Start < end {
					end = w.Start
				}
			}
		}
		span.End = p.Core.End + len(strings.TrimRight(a.text[p.Core.End:end], " "))
	}
	return span
}

// lettered reports whether s has a letter.
func lettered(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'z' || r > 0x7f })
}
