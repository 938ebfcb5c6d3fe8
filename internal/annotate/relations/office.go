package relations

import "strings"

// office takes an office of state that is held now: of a body that is an
// actor, of one that the words name, or as the words say it.
func (c *claim) office(owner *mention, head int) {
	if c.over || c.d.Kind == "label" && len(c.words) > 4 || c.left[c.officeKey(c.actor, c.words, head)] {
		return
	}
	if owner != nil && c.kind(owner.actor) == "organisation" && partyName(c.doc.Actors[owner.actor].Name) == "" {
		c.say(HoldsOffice, owner)
		return
	}
	if body := c.ofBody(head); body != "" {
		c.add(HoldsOffice, c.actor, body, c.evidence, c.d.By)
		return
	}
	first := 0
	for first < len(c.words)-1 && (parties[c.words[first].low] != "" || honorifics[c.words[first].low]) {
		first++
	}
	end := c.d.End
	for i, w := range c.words {
		if i > head+1 && (w.low == "who" || w.low == "that" || w.low == "which") {
			end = c.words[i-1].End
			break
		}
	}
	c.add(HoldsOffice, c.actor, c.text[c.words[first].Start:end], c.evidence, c.d.By).title = c.d.Kind == "title"
}

// chambers are bodies of state that an office may be of and that seldom are
// actors by themselves.
var chambers = set(`parliament house senate assembly congress council court commons lords knesset majlis sabha duma seimas diet bundestag riksdag storting folketing
	eduskunta cortes commission cabinet union`)

// ofBody is the body after "of" where it is a chamber (Speaker of Parliament).
func (c *claim) ofBody(head int) string {
	if !c.after(head, "of") {
		return ""
	}
	for i := head + 2; i < len(c.words); i++ {
		w := c.words[i]
		if chambers[w.low] {
			return c.text[c.words[head+2].Start:w.End]
		}
		if !w.capital && w.low != "the" && w.low != "of" {
			break
		}
	}
	return ""
}

// body takes what somebody leads that is no actor ("leader of the winning
// coalition").
func (c *claim) body(head int) {
	if !c.after(head, "of") || head+2 >= len(c.words) {
		return
	}
	first := head + 2
	end := len(c.words)
	for i := first; i < len(c.words); i++ {
		if w := c.words[i].low; i > first && (w == "who" || w == "that" || w == "which" || w == "and") {
			end = i
			break
		}
	}
	c.add(Leads, c.actor, c.text[c.words[first].Start:c.words[end-1].End], c.evidence, c.d.By)
}

// party takes the party that the words up to the noun tell.
func (c *claim) party(head int) {
	in := c.within(c.d.Span)
	for i, w := range c.words[:head+1] {
		low := w.low
		if first, rest, ok := strings.Cut(low, "-"); ok && len(first) == 1 && rest != "" && i == 0 {
			low = first
		} else if len(low) < 3 {
			continue
		}
		name := parties[low]
		if name == "" || !w.capital {
			continue
		}
		covered := false
		for _, m := range in {
			covered = covered || m.Contains(w.Span) && m.Len() > w.Len() && partyName(c.doc.Actors[m.actor].Name) == ""
		}
		if covered || i+1 < len(c.words) && c.words[i+1].low == "national" {
			continue
		}
		for n, v := range c.words {
			if v.low == "former" && n+1 == i {
				covered = true
			}
		}
		if covered {
			continue
		}
		c.add(MemberOf, c.actor, c.partyID(name), c.evidence, c.d.By)
		return
	}
}

// partyOf takes the leader of a party that is named by one word before the noun
// ("Labour leader"). A Republican leader leads no more than some Republicans.
func (c *claim) partyOf(head int) {
	if head == 0 || !c.words[head-1].capital || c.words[head].low == "president" {
		return
	}
	switch name := parties[c.words[head-1].low]; name {
	case "", "Republican Party", "Democratic Party":
	default:
		c.add(Leads, c.actor, c.partyID(name), c.evidence, c.d.By)
	}
}

// partyID is the id of the actor that is the party, or its name.
func (f *finder) partyID(name string) string {
	if id, ok := f.bodies[strings.ToLower(name)]; ok {
		return id
	}
	return name
}

// partyName is the party that an actor's name stands for, or "".
func partyName(name string) string {
	low := strings.ToLower(name)
	if p, ok := parties[low]; ok {
		return p
	}
	if strings.HasSuffix(low, " party") {
		return name
	}
	return ""
}

// short are offices as they stand before names.
var short = map[string]string{"sen": "senator", "gov": "governor", "rep": "representative", "congressman": "representative", "congresswoman": "representative", "vp": "vice president"}

// officeKey is one actor's office, however it is written.
func (f *finder) officeKey(actor int, words []token, head int) string {
	name := words[head].low
	if long, ok := short[name]; ok {
		name = long
	}
	if head > 0 && (words[head-1].low == "vice" || words[head-1].low == "prime" || words[head-1].low == "deputy") {
		name = words[head-1].low + " " + name
	}
	return f.doc.Actors[actor].ID + " " + name
}

// leavings notes the offices that the article says somebody held before, so
// that the title by which it goes on to call him is no office held.
func (f *finder) leavings() {
	for i, a := range f.doc.Actors {
		for _, d := range a.Descriptions {
			words := f.tokens(d.Span)
			over := false
			for head, w := range words {
				over = over || w.low == "former" || w.low == "ex" || w.low == "onetime" || w.low == "one-time" || w.low == "retired"
				if over && isOffice(w.low) {
					f.left[f.officeKey(i, words, head)] = true
				}
			}
		}
	}
}
