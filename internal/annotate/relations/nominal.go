package relations

import (
	"strings"

	"whosaid/internal/news"
)

// groups are nouns by which an article takes up an organisation it has named
// ("the firm's co-founder").
var groups = set(`firm company committee network group party bank agency department campaign newspaper paper magazine organisation organization university ministry union club
	movement militia faction foundation charity commission council bureau school hospital church station channel website institute think-tank`)

// nominalOwner is the organisation that "the firm's" stands for, at the start of
// the description or right before it: the last one named before that holds the
// same noun in its name, else the last one named; nil if it says nothing of the
// kind or none was named in the paragraph or the one before.
func (c *claim) nominalOwner() *mention {
	noun := ""
	for i, w := range c.words[:min(3, len(c.words))] {
		low, ok := strings.CutSuffix(w.low, "'s")
		if ok && groups[low] && i < 2 {
			noun = low
		}
	}
	if noun == "" {
		before := c.tokens(news.Span{Start: c.wordStart(max(0, c.d.Start-24)), End: c.d.Start})
		if n := len(before); n > 0 {
			if low, ok := strings.CutSuffix(before[n-1].low, "'s"); ok && groups[low] {
				noun = low
			}
		}
	}
	if noun == "" {
		return nil
	}
	var last *mention
	for n, i := 0, c.before(c.d.Start)-1; i >= 0 && n < 40 && c.d.Start-c.mentions[i].Start < 1500; i, n = i-1, n+1 {
		m := c.mentions[i]
		if c.kind(m.actor) != "organisation" {
			continue
		}
		if strings.Contains(strings.ToLower(c.doc.Actors[m.actor].Name), noun) {
			return &c.mentions[i]
		}
		if last == nil {
			last = &c.mentions[i]
		}
	}
	return last
}

// sides takes "pro-Roe" and "anti-Roe" for ties to the actor of that name.
func (c *claim) sides() {
	for _, w := range c.words {
		side, name, ok := strings.Cut(w.low, "-")
		if !ok || side != "pro" && side != "anti" {
			continue
		}
		to, ok := c.names[name]
		if !ok || to == c.actor {
			continue
		}
		kind := AllyOf
		if side == "anti" {
			kind = OpponentOf
		}
		c.add(kind, c.actor, c.doc.Actors[to].ID, c.evidence, c.d.By)
	}
}
