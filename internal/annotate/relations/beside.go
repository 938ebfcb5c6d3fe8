package relations

import (
	"strings"
	"unicode"

	"whosaid/internal/news"
)

// beside takes the ties of mention i and the next one that little but "of",
// "at" or 's parts from it.
func (f *finder) beside(i int) {
	a := f.mentions[i]
	if !a.named() {
		return
	}
	b := f.next(i)
	if b == nil || !b.named() || b.Start-a.End > 48 {
		return
	}
	gap := f.text[a.End:b.Start]
	if strings.ContainsRune(gap, '\n') {
		return
	}
	gap = strings.ReplaceAll(gap, "’", "'")
	bare := strings.TrimFunc(gap, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"“”‘'`, r) })
	if kind := inApposition(gap); kind != "" && f.kind(a.actor) == "organisation" && f.kind(b.actor) == "organisation" {
		f.add(kind, a.actor, f.id(*b), cover(a.Span, b.Span), f.voice(cover(a.Span, b.Span)))
		return
	}
	bare = strings.TrimSuffix(strings.TrimPrefix(bare, ", "), " the")
	evidence := cover(a.Span, b.Span)
	switch {
	case bare == "of" || bare == "from" || bare == "at" || bare == "with" || bare == "/":
		if f.person(a) && f.kind(b.actor) == "organisation" {
			if party := partyName(f.doc.Actors[b.actor].Name); party != "" {
				f.add(MemberOf, a.actor, f.id(*b), evidence, f.voice(evidence))
			} else if bare != "with" {
				f.add(WorksFor, a.actor, f.id(*b), evidence, f.voice(evidence))
			}
			return
		}
		if (bare == "at" || bare == "of") && f.kind(a.actor) == "organisation" && f.kind(b.actor) == "organisation" {
			f.add(PartOf, a.actor, f.id(*b), evidence, f.voice(evidence))
		}
	case strings.HasPrefix(gap, "'s ") && quoted(gap):
		switch {
		case f.person(*b) && f.kind(a.actor) == "organisation":
			f.add(WorksFor, b.actor, f.id(a), evidence, f.voice(evidence))
		case f.kind(b.actor) == "organisation" && f.kind(a.actor) != "person":
			f.add(PartOf, b.actor, f.id(a), evidence, f.voice(evidence))
		}
	}
}

// inApposition is the relation of two organisations that stand either side of
// ", part of the", or "".
func inApposition(gap string) string {
	gap, ok := strings.CutPrefix(strings.ToLower(gap), ",")
	if !ok {
		return ""
	}
	words := strings.Fields(gap)
	for len(words) > 0 && (words[0] == "which" || words[0] == "is" || words[0] == "a" || words[0] == "now" || words[0] == "itself") {
		words = words[1:]
	}
	switch strings.TrimSuffix(strings.Join(words, " "), " the") {
	case "part of", "belonging to", "owned by", "run by", "controlled by":
		return PartOf
	case "member of":
		return MemberOf
	}
	return ""
}

// quoted reports whether gap is 's and nothing else, or ends in an opening mark
// after words without a capital (CNN's morning program “).
func quoted(gap string) bool {
	rest := strings.TrimPrefix(gap, "'s ")
	bare := strings.TrimRight(rest, `"“‘'`)
	return bare == "" || bare != rest && bare == strings.ToLower(bare)
}

// next is the first mention after i that begins where i has ended, or nil.
func (f *finder) next(i int) *mention {
	for j := i + 1; j < len(f.mentions) && j < i+8; j++ {
		if f.mentions[j].Start >= f.mentions[i].End {
			return &f.mentions[j]
		}
	}
	return nil
}

// verbs takes the ties of two mentions of one sentence that a verb between them
// states ("Roe endorsed Pike", "her race against Pike").
func (f *finder) verbs() {
	sentence := 0
	for i, a := range f.mentions {
		for sentence < len(f.doc.Sentences) && f.doc.Sentences[sentence].End <= a.Start {
			sentence++
		}
		if sentence == len(f.doc.Sentences) {
			return
		}
		if i > 0 && f.reach[i-1] >= a.End {
			continue // part of a longer one
		}
		tried := 0
		for j := i + 1; j < len(f.mentions) && tried < 2; j++ {
			b := f.mentions[j]
			if b.Start < a.End {
				continue
			}
			if b.Start-a.End > 110 || b.Start >= f.doc.Sentences[sentence].End {
				break
			}
			tried++
			if b.actor != a.actor {
				f.joins(a, b)
			}
		}
	}
}

// joins notes the tie that the words between a and b state.
func (f *finder) joins(a, b mention) {
	if possessive[strings.ToLower(b.Text(f.text))] {
		return
	}
	words := f.tokens(news.Span{Start: a.End, End: b.Start})
	if len(words) == 0 || len(words) > 14 {
		return
	}
	for i := range words {
		if negations[words[i].low] {
			return
		}
		kind, after := link(words[i:])
		kind, back := strings.CutSuffix(kind, ",back")
		if kind == "" || after > 2 || back && !f.fit(kind, b, a) || !back && !f.fit(kind, a, b) {
			continue
		}
		if f.owns(a) && !ofNoun[words[i].low] {
			continue // his rival endorsed Pike
		}
		evidence := cover(a.Span, b.Span)
		b = f.candidate(b)
		if back {
			a, b = b, a
		}
		f.add(kind, a.actor, f.id(b), evidence, f.voice(evidence))
		return
	}
}

// owns reports whether a stands before a noun of its own ("her race", "Roe's
// challenge").
func (f *finder) owns(a mention) bool {
	rest := f.text[a.End:min(len(f.text), a.End+4)]
	return possessive[strings.ToLower(a.Text(f.text))] || strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") || strings.HasPrefix(rest, "' ") || strings.HasPrefix(rest, "’ ")
}

// ofNoun are the links that begin with a noun.
var ofNoun = set(`race battle contest fight campaign primary offensive election matchup rivalry feud challenge opposition win victory ties close endorsement fund-raiser
	fundraiser support backing criticism`)

// link is the relation that the words at the start of words state, and how many
// follow them.
func link(words []token) (kind string, after int) {
	for n := min(3, len(words)); n >= 1; n-- {
		if kind := links[phrase(words[:n])]; kind != "" {
			if w := words[0].low; w == "donated" || w == "contributed" {
				return kind, max(0, len(words)-4) // a sum in between
			}
			return kind, len(words) - n
		}
	}
	if n := len(words); n > 1 && n < 5 && (words[0].low == "teaches" || words[0].low == "works") {
		if last := strings.TrimSuffix(phrase(words[1:]), " the"); strings.HasSuffix(last, "at") || strings.HasSuffix(last, "for") {
			return WorksFor, 0 // teaches law at
		}
	}
	return "", 0
}

// fit reports whether a can be tied to b so: bodies are led, belonged to and
// worked for, people are kin, and places are none of it.
func (f *finder) fit(kind string, a, b mention) bool {
	body := f.kind(b.actor) == "organisation"
	switch kind {
	case Leads, WorksFor, MemberOf:
		return body && (kind == MemberOf || f.person(a))
	case FamilyOf:
		return f.person(a) && f.person(b)
	}
	return (body || f.person(b)) && f.kind(a.actor) != "place"
}

// candidate is the person whose campaign m is, or m.
func (f *finder) candidate(m mention) mention {
	if !strings.HasSuffix(strings.ToLower(f.doc.Actors[m.actor].Name), " campaign") {
		return m
	}
	for i := f.before(m.Start); i < len(f.mentions) && f.mentions[i].Start < m.End; i++ {
		if in := f.mentions[i]; in.End < m.End && f.person(in) {
			return in
		}
	}
	return m
}

var negations = set(`not never refused declined n't don't doesn't didn't won't wouldn't hasn't haven't cannot can't without stopped if would could might may should`)

func phrase(words []token) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = w.low
	}
	return strings.Join(parts, " ")
}
