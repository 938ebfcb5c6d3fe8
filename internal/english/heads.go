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
func Heads(text string, source news.Span, mentions []news.Mention) []Head {
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
		heads = append(heads, Head{p, headOf(text, p, mentions)})
	}
	return heads
}

func headOf(text string, p Phrase, mentions []news.Mention) int {
	best, after := -1, -1
	core := p.Core
	for i, m := range mentions {
		switch {
		case m.Start >= core.Start && bareEnd(text, m.End) >= bareEnd(text, core.End) && m.Start < core.End:
			// It ends the core, or reaches over it ("Ministry of Defence").
			if best < 0 || m.Form != "pronoun" {
				best = i
			}
		case m.Form == "nominal" && m.Start == core.Start && m.End >= core.End:
			best = i
		case after < 0 && m.Start >= core.End && m.Form != "pronoun" && opensRest(text, core.End, m.Start):
			after = i
		}
	}
	if best >= 0 && mentions[best].End >= core.End-1 {
		return best
	}
	if w := Words(text, core); len(w) > 0 {
		if pro, ok := PronounOf(strings.SplitN(strings.ReplaceAll(w[0].Text(text), "’", "'"), "'", 2)[0]); ok && len(w) == 1 && pro.Case == Subject {
			for i, m := range mentions {
				if m.Start == w[0].Start {
					return i
				}
			}
			return -1
		}
	}
	// "his lawyer, Ines Calloway": the name stands in apposition.
	if after >= 0 && lowerHead(p, text) {
		return after
	}
	return -1
}

// bareEnd is an end without trailing marks.
func bareEnd(text string, end int) int {
	return len(strings.TrimRight(text[:end], " ,.;:’'\"”)"))
}

// opensRest reports whether only a comma, a dash or a colon stands between the
// core and what begins at start, titles aside.
func opensRest(text string, end, start int) bool {
	between := text[end:start]
	if !strings.ContainsAny(between, ",–—-:(") || strings.ContainsAny(between, ".;") && !titled(between) {
		return false
	}
	for _, w := range strings.Fields(strings.Trim(between, " ,–—-:(")) {
		if _, ok := Honorific(w); !ok {
			return false
		}
	}
	return true
}

func titled(between string) bool {
	w := strings.Fields(strings.Trim(between, " ,–—-:("))
	for _, x := range w {
		if _, ok := Honorific(x); !ok {
			return false
		}
	}
	return len(w) > 0
}

// lowerHead reports whether the head of a core is a common noun, so that a name
// after it can say who is meant.
func lowerHead(p Phrase, text string) bool {
	return !Plural(Bare(p.Head(text)))
}
