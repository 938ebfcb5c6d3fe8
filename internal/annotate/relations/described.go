package relations

import (
	"strings"
	"unicode/utf8"

	"whosaid/internal/news"
)

// described takes the ties that a description of actor states.
func (f *finder) described(actor int, d news.Description) {
	words := f.tokens(d.Span)
	if len(words) == 0 {
		return
	}
	if i := split(words); i > 0 { // founder and chairman of X
		first, second := d, d
		first.End, second.Start = words[i-1].End, words[i+1].Start
		f.claim(actor, second, words[i+1:], nil)
		f.claim(actor, first, words[:i], f.lastOwner(actor))
		return
	}
	f.claim(actor, d, words, nil)
}

// split is where "and" joins two nouns that each state a tie, or 0.
func split(words []token) int {
	for i := 1; i+1 < len(words); i++ {
		if words[i].low == "and" && says(words[i-1].low) {
			for _, w := range words[i+1:] {
				if stops[w.low] {
					break
				}
				if says(w.low) {
					return i
				}
			}
		}
	}
	return 0
}

// says reports whether a noun states a tie or is an office.
func says(w string) bool { return tieOf(w) != "" || isOffice(w) }

// lastOwner is the other end of the last tie found, if it is one of actor's to
// an organisation.
func (f *finder) lastOwner(actor int) *mention {
	if len(f.found) == 0 {
		return nil
	}
	last := f.found[len(f.found)-1]
	to, ok := f.byID[last.To]
	if !ok || last.From != f.doc.Actors[actor].ID || f.kind(to) == "person" {
		return nil
	}
	return f.near(to, last.Evidence)
}

func (f *finder) claim(actor int, d news.Description, words []token, owner *mention) {
	anchor := d.Span
	if m := f.near(actor, d.Span); m != nil {
		anchor = cover(d.Span, m.Span)
	}
	c := claim{finder: f, actor: actor, d: d, words: words, evidence: anchor}
	c.read(owner)
}

// A claim is one description, taken apart.
type claim struct {
	*finder
	actor    int
	d        news.Description
	words    []token
	evidence news.Span
	over     bool // it speaks of the past, or of what may be
}

// has reports whether one of words is of the set, short forms with a hyphen
// too.
func has(words []token, set map[string]bool) bool {
	for _, w := range words {
		first, rest, hyphen := strings.Cut(w.low, "-")
		if set[w.low] || hyphen && (set[first] || set["-"+rest]) {
			return true
		}
	}
	return false
}

func (c *claim) read(shared *mention) {
	owner, inside := c.owner()
	head := c.head(owner, inside)
	if owner == nil {
		owner = shared
	}
	word := c.words[head].low
	c.sides()
	if c.kind(c.actor) != "person" {
		if owner != nil && !c.person(*owner) && tieOf(word) == PartOf {
			c.say(PartOf, owner)
		}
		return
	}
	c.party(head)
	c.over = has(c.words[:head+1], past) || c.past()
	t := tieOf(word)
	if c.over && t != FamilyOf && t != OpponentOf && t != AllyOf {
		return
	}
	switch {
	case word == "chief" && c.after(head, "of", "staff"):
		t = WorksFor
	case word == "executive" && head > 0 && c.words[head-1].low == "chief":
		t = Leads
	case (word == "attorney" || word == "prosecutor") && !c.public(head):
		t = WorksFor
	case word == "secretary" && owner != nil && (c.after(head, "general") || head > 0 && c.words[head-1].low == "general"):
		t = Leads
	case isOffice(word) && !(owner != nil && c.kind(owner.actor) == "organisation" && t == Leads):
		c.office(owner, head)
		return
	}
	if t == Leads && c.subordinate(head) {
		t = WorksFor
	}
	switch {
	case t == "" || t == PartOf || t == FamilyOf && owner != nil && !c.person(*owner):
	case owner == nil:
		if t == Leads && c.d.Kind != "title" {
			c.body(head)
			c.partyOf(head)
		}
	case word == "boss" && c.person(*owner):
		c.add(WorksFor, owner.actor, c.doc.Actors[c.actor].ID, cover(c.evidence, owner.Span), c.d.By)
	case t == Leads && c.person(*owner) && !c.isBody(*owner):
		c.say(WorksFor, owner)
	case t == FamilyOf:
		c.family(owner)
	default:
		c.say(t, owner)
	}
}

// isBody reports whether a word right before the owner says that it is one,
// whatever its name was taken for ("leader of resistance faction X").
func (c *claim) isBody(owner mention) bool {
	before := c.tokens(news.Span{Start: c.wordStart(max(0, owner.Start-32)), End: owner.Start})
	for i := len(before) - 1; i >= 0 && i >= len(before)-2; i-- {
		if groups[before[i].low] {
			return true
		}
	}
	return false
}

// family ties the actor to the owner, and to the other one of two parents.
func (c *claim) family(owner *mention) {
	c.say(FamilyOf, owner)
	if !c.d.Contains(owner.Span) {
		return
	}
	for _, m := range c.within(news.Span{Start: owner.End, End: c.d.End}) {
		if strings.TrimSpace(c.text[owner.End:m.Start]) == "and" && c.person(m) {
			c.say(FamilyOf, &m)
		}
	}
}

// public reports whether the attorney at head is one of a state or a district,
// who holds an office and is nobody's.
func (c *claim) public(head int) bool {
	if c.after(head, "general") {
		return true
	}
	return head > 0 && publicly[c.words[head-1].low]
}

var publicly = set(`u.s us district state county city commonwealth crown chief federal special`)

// past reports whether the words before the description say that it holds no
// longer ("was", "while", "the late").
func (c *claim) past() bool {
	before := c.tokens(news.Span{Start: max(0, c.wordStart(c.d.Start-48)), End: c.d.Start})
	if len(before) == 0 {
		return false
	}
	i := len(before) - 1
	if w := before[i].low; w == "late" || w == "former" || w == "then" {
		return true
	}
	if c.d.Kind == "title" {
		return false
	}
	if before[i].low == "while" {
		return true
	}
	for i > 0 && (before[i].low == "the" || before[i].low == "a" || before[i].low == "an" || possessive[before[i].low]) {
		i--
	}
	switch before[i].low {
	case "was", "were", "been":
		return true
	case "as":
		return !has(before[:i], entering)
	}
	return false
}

// entering are words by which somebody comes to hold an office.
var entering = set(`elected re-elected reelected election re-election reelection appointed reappointed named nominated sworn confirmed inaugurated installed serves
	continues appointment chosen picked`)

// wordStart is at, or the start of the code point that at lies in.
func (f *finder) wordStart(at int) int {
	for at > 0 && at < len(f.text) && !utf8.RuneStart(f.text[at]) {
		at--
	}
	return at
}

func (c *claim) say(kind string, owner *mention) {
	c.add(kind, c.actor, c.id(*owner), cover(c.evidence, owner.Span), c.d.By)
}

// after reports whether words follow the one at i.
func (c *claim) after(i int, words ...string) bool {
	if i+len(words) >= len(c.words) {
		return false
	}
	for n, w := range words {
		if c.words[i+1+n].low != w {
			return false
		}
	}
	return true
}

// owner is the actor of whom the description says something: one after its
// noun ("leader of X"), one before it ("X spokesman", "X's wife"), one that a
// possessive right before it stands for ("his wife").
func (c *claim) owner() (owner *mention, inside bool) {
	var before, after *mention
	noun := false
	in := c.within(c.d.Span)
	next := 0
	for i, w := range c.words {
		for next < len(in) && in[next].End <= w.Start {
			next++
		}
		covered := next < len(in) && in[next].Start < w.End && in[next].End > w.Start
		if covered && in[next].Contains(cover(c.words[0].Span, c.words[len(c.words)-1].Span)) {
			continue // the words as a whole, taken for a name
		}
		if covered && in[next].actor != c.actor {
			if noun && i > 0 && (after == nil || c.possesses(*after, in[next])) {
				after = &in[next]
			} else if !noun && before == nil {
				before = &in[next]
			}
		}
		if stops[w.low] && !covered {
			noun = true
		}
	}
	if after != nil && (before == nil || c.kind(after.actor) != "place") {
		return after, true
	}
	if before != nil {
		return before, true
	}
	// "his closest rival", "X's wife" with the owner left out of the words.
	at := c.d.Start
	trimmed := strings.TrimRight(c.text[:at], " \u00a0\n")
	if m := c.endsAt(len(trimmed)); m != nil && possessive[strings.ToLower(m.Text(c.text))] && m.actor != c.actor {
		return m, false
	}
	if m := c.nominalOwner(); m != nil {
		return m, false
	}
	for _, s := range []string{"'s", "’s", "’", "'"} {
		if rest, ok := strings.CutSuffix(trimmed, s); ok {
			if m := c.endsAt(len(rest)); m != nil && m.actor != c.actor {
				return m, false
			}
		}
	}
	return nil, false
}

// possesses reports whether only 's stands between a and b.
func (f *finder) possesses(a, b mention) bool {
	if b.Start < a.End {
		return false
	}
	gap := strings.TrimSpace(f.text[a.End:b.Start])
	return gap == "'s" || gap == "’s"
}

// head is the noun that says what the actor is: the last one before a
// preposition that states a tie, or the last word there, not of the owner's
// name.
func (c *claim) head(owner *mention, inside bool) int {
	last := len(c.words) - 1
	for i, w := range c.words {
		if i > 0 && stops[w.low] && !(inside && owner.Contains(w.Span)) {
			last = i - 1
			break
		}
	}
	for i := last; i >= 0; i-- {
		if says(c.words[i].low) && !(inside && owner.Contains(c.words[i].Span)) {
			return i
		}
	}
	return last
}

// subordinate reports whether words before the head make of it a lower rank.
func (c *claim) subordinate(head int) bool {
	for _, w := range c.words[:head] {
		if first, _, _ := strings.Cut(w.low, "-"); under[w.low] || under[first] {
			return true
		}
	}
	return false
}
