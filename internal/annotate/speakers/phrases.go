package speakers

import (
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// byPhrase is the speaker that a phrase without a known head means: what a
// relative or neuter pronoun takes up, an organisation called by its kind, or
// somebody or something without a name.
func (a *assigner) byPhrase(s *news.Statement, p english.Phrase) []found {
	words := english.Words(a.text, p.Core)
	if len(words) == 0 {
		return nil
	}
	first, last := lower(a.text, words[0]), lower(a.text, words[len(words)-1])
	if len(words) == 1 {
		switch first {
		case "who", "whose", "whom", "which", "that":
			return a.relative(p.Core)
		case "it", "its":
			return a.neuter(p.Core)
		case "q", "a":
			if p.Rest.Len() == 0 {
				return a.interview(first, p.Core)
			}
		}
		if pro, ok := english.PronounOf(strings.SplitN(strings.ReplaceAll(first, "’", "'"), "'", 2)[0]); ok {
			return a.pronoun(s, p.Core, pro)
		}
	}
	head := english.Bare(last)
	if definite(first) {
		if f, ok := a.body(p.Core, head); ok {
			return []found{f}
		}
		if f, ok := a.sameDocument(p.Core, len(words), head); ok {
			return []found{f}
		}
	}
	if f, ok := a.panelOf(p, head); ok {
		return []found{f}
	}
	if f, ok := a.bodyBelow(p.Core, first, head); ok {
		return []found{f}
	}
	if f, ok := a.theTwo(p.Core, first, words); ok {
		return f
	}
	if at := a.wholeBody(p); at != p.Core {
		if f, ok := a.capitals(at, english.Words(a.text, at), true); ok {
			return []found{f}
		}
	}
	if f, ok := a.capitals(p.Core, words, false); ok {
		return []found{f}
	}
	return []found{a.nobodyNamed(p, head)}
}

// wholeBody is a phrase with what belongs to the name of a body that it begins
// ("the Union of Municipal Carters"), or its core.
func (a *assigner) wholeBody(p english.Phrase) news.Span {
	core := english.Words(a.text, p.Core)
	last := core[len(core)-1].Text(a.text)
	if !english.Capitalised(last) || !english.Body(last) || a.titleCase(p.Core) {
		return p.Core
	}
	rest := english.Words(a.text, p.Rest)
	if len(rest) < 2 || a.text[p.Core.End:rest[0].Start] != " " {
		return p.Core
	}
	span := p.Core
	for k, w := range rest {
		text := w.Text(a.text)
		switch {
		case english.Capitalised(text):
			span.End = w.End
		case text != "of" && text != "for" && text != "and" && text != "the" || k > 0 && strings.TrimSpace(a.text[rest[k-1].End:w.Start]) != "":
			return span
		}
	}
	return span
}

func lower(text string, s news.Span) string { return strings.ToLower(s.Text(text)) }

func definite(word string) bool {
	switch word {
	case "the", "his", "her", "their", "its", "that", "this":
		return true
	}
	return false
}

// relative is who the phrase before "who" or "which" means.
func (a *assigner) relative(at news.Span) []found {
	best := -1
	end := a.startingBefore(at.Start)
	for i := max(0, end-6); i < end; i++ {
		m := a.mentions[i]
		gap := outOfBrackets(a.text[min(m.End, at.Start):at.Start])
		if m.End <= at.Start && len(gap) < 6 && strings.TrimLeft(gap, "’'s ,") == "" {
			best = i
		}
	}
	sure, why := 0.9, "the relative pronoun takes up "
	if best < 0 {
		best, sure = a.apposed(at, end), 0.6
	}
	if best < 0 {
		return nil
	}
	f := a.byMention(a.mentions[best])
	f.by, f.sure, f.why = byPronoun, f.sure*sure, why+quote(a.mentions[best].Text(a.text))
	return []found{f}
}

// outOfBrackets is what stands between a name and "who" without a short remark in
// brackets ("Ross (Lab, Ellery), who").
func outOfBrackets(gap string) string {
	open, end := strings.IndexByte(gap, '('), strings.LastIndexByte(gap, ')')
	if open >= 0 && end > open && end-open < 40 {
		return gap[:open] + gap[end+1:]
	}
	return gap
}

// apposed is the name before a relative pronoun that an apposition parts from it
// ("Lena Aster, the harbour commissioner, who"), among the mentions up to end.
func (a *assigner) apposed(at news.Span, end int) int {
	if !strings.HasSuffix(strings.TrimRight(a.text[:at.Start], " "), ",") {
		return -1
	}
	for i := end - 1; i >= max(0, end-6); i-- {
		m := a.mentions[i]
		if m.Form == "pronoun" || at.Start-m.End > 140 || m.End > at.Start {
			continue
		}
		between := a.text[m.End:at.Start]
		if strings.ContainsAny(between, ".;!?\n“”\"") || !strings.HasPrefix(strings.TrimLeft(between, " "), ",") {
			continue
		}
		if strings.Count(between, ",") == 2 && a.typeOf(m.actor) == "person" {
			return i
		}
	}
	return -1
}

// back is how many statements before one are looked at for who spoke.
const back = 4

// before calls yield for the speakers of the statements before the one being
// read, nearest first, until it returns false.
func (a *assigner) before(yield func(news.Statement) bool) {
	for k := a.at - 1; k >= 0 && k >= a.at-back; k-- {
		if !yield(a.doc.Statements[a.order[k]]) {
			return
		}
	}
}

// neuter is the organisation, place or document that "it" takes up: the one that
// spoke last, or else the one named last in the sentence.
func (a *assigner) neuter(at news.Span) []found {
	var list []found
	a.before(func(s news.Statement) bool {
		for _, p := range s.Speakers {
			switch a.typeOf(p.Actor) {
			case "organisation", "place", "document":
				list = []found{{actor: p.Actor, by: byPronoun, sure: sureBody, why: "“it” takes up who spoke before"}}
			}
		}
		return len(list) == 0 && len(s.Speakers) == 0
	})
	return list
}

// interview is who is meant by Q and A.
func (a *assigner) interview(letter string, at news.Span) []found {
	if letter == "q" {
		if len(a.doc.Authors) != 1 {
			return nil
		}
		return []found{{actor: a.author(at), by: implied, sure: 0.6, why: "“Q” is who asks: the author"}}
	}
	if m := a.mostNamed(); m != "" {
		return []found{{actor: m, by: implied, sure: 0.6, why: "“A” is who is interviewed: the person named most"}}
	}
	return nil
}

// mostNamed is the person with the most mentions.
func (a *assigner) mostNamed() string {
	best, most := "", 0
	for _, x := range a.doc.Actors {
		if x.Type == "person" && x.Named && len(x.Mentions) > most {
			best, most = x.ID, len(x.Mentions)
		}
	}
	return best
}

func (a *assigner) typeOf(id string) string {
	if i, ok := a.actors[id]; ok {
		return a.doc.Actors[i].Type
	}
	return ""
}

// pronoun is who a personal pronoun means that stage actors tied to nobody:
// several who spoke together, a group, or the author.
func (a *assigner) pronoun(s *news.Statement, at news.Span, p english.Pronoun) []found {
	switch {
	case p.Person == 1 && !p.Plural && !a.quoted(at):
		if len(a.doc.Authors) != 1 {
			return nil
		}
		return []found{{actor: a.author(at), by: byPronoun, sure: 0.8, why: "the author speaks: “I” outside quotation marks"}}
	case p.Person == 3 && p.Plural:
		var list []found
		a.before(func(s news.Statement) bool {
			if len(s.Speakers) == 0 {
				return true
			}
			plural := len(s.Speakers) > 1
			for _, x := range s.Speakers {
				plural = plural || a.typeOf(x.Actor) == "group" || a.typeOf(x.Actor) == "organisation"
			}
			if plural {
				for _, x := range s.Speakers {
					list = append(list, found{actor: x.Actor, by: byPronoun, sure: 0.6 * max(x.Confidence, 0.7), why: "“they” takes up those who spoke before"})
				}
			}
			return false
		})
		return list
	}
	return nil
}

// quoted reports whether s lies in quotation marks.
func (a *assigner) quoted(s news.Span) bool {
	i := sort.Search(len(a.doc.Quotes), func(i int) bool { return a.doc.Quotes[i].Start > s.Start })
	for k := i - 1; k >= 0; k-- {
		if q := a.doc.Quotes[k]; q.Depth == 0 {
			return q.Contains(s) && !q.Scare
		}
	}
	return false
}

// author is the actor of the one name in the byline.
func (a *assigner) author(at news.Span) string {
	name := a.doc.Authors[0]
	for _, x := range a.doc.Actors {
		if x.Type == "person" && strings.EqualFold(x.Name, name) {
			return x.ID
		}
	}
	id := a.add(name, "person", at)
	x := &a.doc.Actors[a.actors[id]]
	x.Named, x.Mentions[0].Form = true, byPronoun
	return id
}
