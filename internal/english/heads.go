package english

import (
	"strings"

	"whosaid/internal/news"
)

// A Head is one who speaks in a source: the phrase, and the mention of an actor
// that is its head, or -1 where it is none of those known ("two officials").
type Head struct {
	Phrase
	Mention int // index in the mentions given
}

// Heads finds who a source says is speaking. mentions are those that lie inside
// it, in the order of the text, outer ones first. The head of "Calloway’s lawyer
// Abel Ross" is Abel Ross; that of "a spokesman for Abel Ross" is no one known.
// person tells which mentions are of persons: only those can stand in apposition
// to what somebody is.
func Heads(text string, source news.Span, mentions []news.Mention, person func(i int) bool) []Head {
	named := func(s news.Span) bool {
		for _, m := range mentions {
			if m.Form != "nominal" && m.Contains(s) {
				return true
			}
		}
		return false
	}
	// A nominal that an actor is known by is a phrase of its own, whatever
	// stands in it.
	for i, m := range mentions {
		if m.Form == "nominal" && m.Start-source.Start <= 1 && source.End-m.End <= 2 {
			return []Head{{Phrase{Core: m.Span, Rest: news.Span{Start: m.End, End: m.End}}, i}}
		}
	}
	var heads []Head
	for _, p := range Phrases(text, source, named) {
		heads = append(heads, Head{p, headOf(text, p, mentions, person)})
	}
	return heads
}

func headOf(text string, p Phrase, mentions []news.Mention, person func(i int) bool) int {
	core := p.Core
	if w := Words(text, core); len(w) > 0 {
		last := w[len(w)-1]
		core.End = last.Start + len(Bare(last.Text(text)))
		if extended := ofOffice(text, p, w, mentions); extended >= 0 {
			return extended
		}
	}
	best := -1
	for i, m := range mentions {
		switch {
		case m.Start >= core.Start && bareEnd(text, m.End) >= bareEnd(text, core.End) && m.Start < core.End:
			// It ends the core, or reaches over it ("Ministry of Defence").
			if best < 0 || m.Form != "pronoun" {
				best = i
			}
		case m.Form == "nominal" && m.Start == core.Start && m.End >= core.End:
			best = i
		}
	}
	if best >= 0 && mentions[best].Form == "nominal" {
		if name := apposed(text, p, mentions, person); name >= 0 {
			return name
		}
	}
	if best >= 0 {
		return best
	}
	if w := Words(text, core); len(w) == 1 {
		if pro, ok := PronounOf(strings.SplitN(strings.ReplaceAll(w[0].Text(text), "’", "'"), "'", 2)[0]); ok && pro.Case == Subject {
			for i, m := range mentions {
				if m.Start == w[0].Start {
					return i
				}
			}
			return -1
		}
	}
	if head := Bare(p.Head(text)); Plural(head) || Document(head) {
		return -1
	}
	return apposed(text, p, mentions, person)
}

// ofOffice finds the name after an office that "of" runs through ("Secretary of
// State Lena Aster"): the core has no article, and the name ends the phrase.
func ofOffice(text string, p Phrase, core []news.Span, mentions []news.Mention) int {
	rest := p.Rest.Text(text)
	if !strings.HasPrefix(rest, "of ") || Plural(Bare(core[len(core)-1].Text(text))) {
		return -1
	}
	switch strings.ToLower(core[0].Text(text)) {
	case "the", "a", "an", "one", "some", "most", "many", "his", "her", "their", "its":
		return -1
	}
	end := p.Rest.End
	if at := strings.IndexAny(rest, ",;:—–()"); at >= 0 {
		end = p.Rest.Start + at
	}
	for _, m := range mentions {
		if m.Form != "nominal" && m.Contains(core[len(core)-1]) {
			return -1 // the name stands before ("economist Ines Aster of the Harbour Institute")
		}
	}
	for i, m := range mentions {
		if m.Form != "name" && m.Form != "short" || m.Start < p.Rest.Start || bareEnd(text, m.End) < bareEnd(text, end) || m.Start >= end {
			continue
		}
		before := Words(text, news.Span{Start: p.Rest.Start, End: m.Start})
		if len(before) < 2 || leavesCore(strings.ToLower(before[len(before)-1].Text(text))) {
			return -1
		}
		return i
	}
	return -1
}

// apposed finds the name that stands in apposition to a phrase without one: "his
// lawyer, Ines Calloway", "one of the board’s members, chairman Abel Ross,". It
// ends a stretch between two marks in which no preposition stands.
func apposed(text string, p Phrase, mentions []news.Mention, person func(i int) bool) int {
	for i, m := range mentions {
		if m.Start < p.Core.End || m.Form != "name" && m.Form != "short" || !person(i) {
			continue
		}
		after := strings.TrimLeft(text[m.End:max(m.End, p.Rest.End)], " ")
		if after != "" && !strings.ContainsRune(",;()—–-", []rune(after)[0]) {
			continue
		}
		from := p.Core.End + strings.LastIndexAny(text[p.Core.End:m.Start], ",:(—–") + 1
		if from == p.Core.End || innerPerson(text, p, from-1) {
			continue
		}
		words := Words(text, news.Span{Start: from, End: m.Start})
		clear := len(words) <= 6
		for k, w := range words {
			word := strings.ToLower(w.Text(text))
			clear = clear && !leavesCore(word) && (k > 0 || word != "and")
		}
		if clear {
			return i
		}
	}
	return -1
}

// innerPerson reports whether a comma at a place follows another person than the
// head of the phrase: in "a source close to the minister, Abel Ross" it is the
// minister that the name may belong to.
func innerPerson(text string, p Phrase, comma int) bool {
	words := Words(text, news.Span{Start: p.Core.End, End: comma})
	if len(words) < 2 {
		return false
	}
	return Person(Bare(words[len(words)-1].Text(text))) && leavesCore(strings.ToLower(words[0].Text(text)))
}

// bareEnd is an end without trailing marks.
func bareEnd(text string, end int) int {
	return len(strings.TrimRight(text[:end], " ,.;:’'\"”)"))
}
