package speakers

import (
	"slices"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// called is the actor of exactly this name, or the organisation of which a name
// written with full stops is the initials ("I.R.S.").
func (a *assigner) called(name string) (string, bool) {
	letters := strings.ReplaceAll(name, ".", "")
	dotted := letters != name && len(letters) <= 6 && letters == strings.ToUpper(letters)
	for _, x := range a.doc.Actors {
		if !x.Named {
			continue
		}
		if x.Name == name {
			return x.ID, true
		}
		if !dotted || x.Type != "organisation" {
			continue
		}
		initials := ""
		for _, w := range strings.Fields(x.Name) {
			if english.Capitalised(w) {
				initials += w[:1]
			}
		}
		if initials == letters {
			return x.ID, true
		}
	}
	return "", false
}

// compound reports whether a capitalised word only tells whose or of what kind
// somebody is ("London-based").
func compound(word string) bool {
	_, tail, ok := strings.Cut(word, "-")
	switch tail {
	case "backed", "led", "based", "linked", "owned", "run", "born", "aligned", "controlled", "allied", "funded", "style", "speaking", "dominated", "appointed", "educated", "sponsored":
		return ok
	}
	return false
}

// closer is words without those that tell only where a body is or whose ("Seoul-based").
func (a *assigner) closer(some []news.Span) []news.Span {
	return slices.DeleteFunc(slices.Clone(some), func(w news.Span) bool { return compound(w.Text(a.text)) })
}

// corporate are nouns for a company, used in each other's place.
var corporate = words("company firm group business manufacturer maker retailer brokerage bank lender insurer airline carrier chain developer operator supplier producer utility")

// kindBefore is the noun in small letters right before the name m that tells what
// kind of body it is ("trade union Metalia"), or "".
func (a *assigner) kindBefore(m mention) string {
	before := a.text[max(0, m.Start-24):m.Start]
	word, ok := strings.CutSuffix(before, " ")
	if !ok || strings.HasSuffix(word, " ") {
		return ""
	}
	word = word[strings.LastIndexAny(word, " \n")+1:]
	if word != strings.ToLower(word) || !english.Body(word) {
		return ""
	}
	return word
}

// calledBody is the body whose name a noun for its kind follows in small letters
// ("the Halden newspaper chain", "the People’s Union party").
func (a *assigner) calledBody(words []news.Span) (found, bool) {
	end := len(words)
	for end > 0 && kinds[lower(a.text, words[end-1])] && !english.Capitalised(words[end-1].Text(a.text)) {
		end--
	}
	if end == 0 || end == len(words) {
		return found{}, false
	}
	for _, m := range a.inside(news.Span{Start: words[0].Start, End: words[end-1].End}) {
		if m.Form != "nominal" && m.Form != "pronoun" && a.typeOf(m.actor) == "organisation" && m.End >= words[end-1].Start+len(english.Bare(words[end-1].Text(a.text))) {
			f := a.byMention(m)
			f.sure = min(f.sure, 0.8)
			return f, true
		}
	}
	return found{}, false
}

// kinds are nouns that may follow the name of a body without belonging to it.
var kinds = words("party newspaper paper chain magazine group company firm agency network channel website portal broadcaster union militia movement bank charity station club")

// opening is how many bytes open an article: what is told there without a name is
// often named in what follows.
const opening = 400

// bodyBelow is the one body that is first named after a phrase that opens the article
// with its kind ("Federal court rules …", of the court that the text then names).
func (a *assigner) bodyBelow(at news.Span, first, head string) (found, bool) {
	if at.Start > opening || !english.Body(head) || definite(first) || english.Plural(head) {
		return found{}, false
	}
	only := ""
	for i := a.startingBefore(at.End); i < len(a.mentions) && a.mentions[i].Start < at.End+3*opening; i++ {
		m := a.mentions[i]
		name := english.Words(a.text, m.Span)
		if a.typeOf(m.actor) != "organisation" || m.Form == "nominal" || len(name) < 2 || m.actor == only || a.actorBefore(m.actor, at.Start) {
			continue
		}
		if !strings.EqualFold(english.Bare(a.headOfName(name)), head) {
			continue
		}
		if only != "" {
			return found{}, false
		}
		only = m.actor
	}
	if only == "" {
		return found{}, false
	}
	return found{actor: only, by: byNominal, sure: sureBody, why: quote(at.Text(a.text)) + " is named below"}, true
}

// actorBefore reports whether an actor is mentioned before a place.
func (a *assigner) actorBefore(id string, at int) bool {
	i, ok := a.actors[id]
	return ok && len(a.doc.Actors[i].Mentions) > 0 && a.doc.Actors[i].Mentions[0].Start < at
}

// panelOf is the court that a panel is of: what its judges rule the court rules.
func (a *assigner) panelOf(p english.Phrase, head string) (found, bool) {
	rest := p.Rest.Text(a.text)
	if !strings.EqualFold(head, "panel") || !strings.HasPrefix(rest, "of ") {
		return found{}, false
	}
	for _, m := range a.inside(p.Rest) {
		if lead := strings.TrimPrefix(a.text[p.Rest.Start:m.Start], "of "); a.typeOf(m.actor) == "organisation" && (lead == "" || lead == "the ") {
			f := a.byMention(m)
			f.sure, f.why = f.sure*0.9, "a panel of "+quote(m.Text(a.text))
			return f, true
		}
	}
	return found{}, false
}

// sameDocument is the document that spoke before, taken up by another noun ("the
// study" of a survey).
func (a *assigner) sameDocument(at news.Span, n int, head string) (found, bool) {
	if n != 2 || !inquiry[strings.ToLower(head)] || a.unnamed["last document "+strings.ToLower(head)] != "" {
		return found{}, false
	}
	var f found
	a.before(func(s news.Statement) bool {
		for _, x := range s.Speakers {
			if i, ok := a.actors[x.Actor]; ok && a.doc.Actors[i].Type == "document" {
				name := strings.Fields(strings.ToLower(a.doc.Actors[i].Name))
				if slices.ContainsFunc(name, func(w string) bool { return inquiry[w] }) {
					f = found{actor: x.Actor, by: byNominal, sure: sureBody, why: quote(at.Text(a.text)) + " takes up the document that spoke before"}
				}
			}
		}
		return f.actor == "" && len(s.Speakers) == 0
	})
	return f, f.actor != ""
}

// inquiry are nouns for one kind of document, used in each other's place.
var inquiry = words("study survey poll report research analysis paper review findings")
