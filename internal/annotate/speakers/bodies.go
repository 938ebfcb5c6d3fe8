package speakers

import (
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
