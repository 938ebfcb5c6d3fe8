package details

import (
	"slices"

	"whosaid/internal/news"
)

var (
	// Verbs whose object is spoken to.
	telling = set("tell tells told telling assure assures assured assuring inform informs informed informing remind reminds reminded reminding " +
		"notify notified thank thanks thanked thanking congratulate congratulates congratulated congratulating advise advises advised advising " +
		"urge urges urged urging implore implored beg begged begs exhort exhorted instruct instructs instructed order ordered orders invite invited " +
		"encourage encouraged encourages convince convinced persuade persuaded persuading lecture lectured chide chided chiding scold scolded rebuke rebuked " +
		"brief briefed promise promised warn warned warns warning address addressed addressing greet greeted ask asks asked asking press pressed pressing " +
		"challenge challenged question questioned grill grilled quiz quizzed interrupt interrupted needle needled needling answer answered admonish admonished " +
		"request requested petition petitioned lobby lobbied summon summoned email emailed phone phoned caution cautioned cautions")
	// Of these, the one whose object may be what is told.
	tells = set("tell tells told telling")
	// Of these, those whose object may be what is asked or warned of: a person
	// is told by what follows.
	guarded = set("promise promised warn warned warns warning address addressed addressing ask asks asked asking question questioned challenge challenged press pressed pressing " +
		"answer answered order ordered orders request requested caution cautioned cautions encourage encouraged encourages lobby lobbied")
	// Verbs with "on" or "upon" before who is spoken to.
	callingOn = set("call calls called calling")
	// Words before "to" and who is spoken to.
	saying = set("say says said saying write writes wrote writing written speak speaks spoke speaking spoken explain explains explained explaining announce announced announcing " +
		"repeat repeated confirm confirmed describe described describing complain complained complaining admit admitted suggest suggested respond responded reply replied " +
		"replying responding talk talked talking testify testified shout shouted shouting whisper whispered confess confessed signal signaled signalled appeal appealed appealing " +
		"propose proposed boast boasted mention mentioned tweet tweeted tweeting back identified identify apologize apologized herself himself " +
		"letter memo message email e-mail note text remarks speech address statement apology tribute appeal compliments shout-out case report plea testimony interview")
	// Nouns that are never spoken to.
	things = set("it that this questions question a request requests allegations criticism comment comments report reports claims charges accusations attacks attack news idea " +
		"calls way point issue issues problem end vote support run win fact need be power use pressure fears concerns result results")
	passive = set("was were is are been being be get got")
)

// addressee finds who is spoken to; nil if the sentence does not say.
func (c *scene) addressee(doc *news.Document, i int) *news.Span {
	for k := c.first; k < c.last && k < len(c.words); k++ {
		w := c.words[k].lower
		switch {
		case telling[w] || w == "directed":
			if c.passive(k) {
				if p := c.subject(k); !p.empty() {
					return c.person(p)
				}
			}
			if found, asked := c.clauseHead(doc, i, k); asked {
				return found
			}
			p := nounPhrase(c.words, k+1)
			told := !p.empty() && c.inContent(c.words[p.from].Span) && tells[w] // "told stories"
			if !p.empty() && !told && (!guarded[w] || c.goesOn(p)) {
				return c.person(p)
			}
		case callingOn[w] && k+2 < len(c.words) && (c.words[k+1].lower == "on" || c.words[k+1].lower == "upon"):
			if p := nounPhrase(c.words, k+2); !p.empty() {
				return c.person(p)
			}
		}
	}
	return c.toSomebody()
}

// passive reports whether the verb at k is one of the passive: "was asked", "was
// also told".
func (c *scene) passive(k int) bool {
	for j := k - 1; j >= max(0, k-3); j-- {
		if passive[c.words[j].lower] || c.words[j].lower == "'re" {
			return true
		}
		if c.words[j].mark {
			return false
		}
	}
	return false
}

// subject reads the noun phrase that ends before the verb of the passive at k.
func (c *scene) subject(k int) reading {
	end := k - 1
	for end > 0 && !passive[c.words[end].lower] {
		end--
	}
	for end > 0 && (passive[c.words[end-1].lower] || c.words[end-1].lower == "has" || c.words[end-1].lower == "had" || c.words[end-1].lower == "have") {
		end--
	}
	from := end
	for from > 0 && end-from < 10 {
		w := c.words[from-1]
		if w.mark || enders[w.lower] && !subjects[w.lower] && !determiners[w.lower] && w.lower != "of" || w.lower == "and" {
			break
		}
		from--
		if subjects[w.lower] || determiners[w.lower] {
			break
		}
	}
	return reading{from, end}
}

var subjects = set("he she they i we you")

// clauseHead reads "Asked if …, the minister said": who is asked is the source
// of the statement that follows in the sentence. asked is false where the cue at
// k does not head a clause of that kind.
func (c *scene) clauseHead(doc *news.Document, i, k int) (found *news.Span, asked bool) {
	w := c.words[k].lower
	if w != "asked" && w != "pressed" && w != "questioned" && w != "told" && w != "challenged" {
		return nil, false
	}
	s := &doc.Statements[i]
	heads := k == 0 || c.words[k-1].mark || c.words[k-1].lower == "when"
	if !heads || len(s.Source) > 0 {
		return nil, false
	}
	for j := max(0, i-2); j < min(len(doc.Statements), i+3); j++ {
		o := &doc.Statements[j]
		if j != i && len(o.Source) > 0 && c.sentence.Contains(o.Source[0]) {
			span := o.Source[0]
			return &span, true
		}
	}
	return nil, true
}

// goesOn reports whether after the phrase p comes what people are told or asked:
// "that", "to", "if", a comma before a quotation, a colon.
func (c *scene) goesOn(p reading) bool {
	if p.to >= len(c.words) {
		return false
	}
	w := c.words[p.to]
	if w.mark {
		return w.lower == `"` || w.lower == ":" || w.lower == "," && p.to+1 < len(c.words) && c.words[p.to+1].lower == `"`
	}
	return goingOn[w.lower]
}

var goingOn = set("that to if whether why how what not about who when where against")

// toSomebody reads "said to reporters", "wrote in a letter to the minister", "with
// reporters".
func (c *scene) toSomebody() *news.Span {
	for k := range c.words {
		w := c.words[k]
		if w.mark || c.inContent(w.Span) || k+1 >= len(c.words) {
			continue
		}
		switch {
		case (w.lower == "to" || w.lower == "with") && (c.words[k+1].lower == "reporters" || c.words[k+1].lower == "journalists"):
			return c.person(reading{k + 1, k + 2})
		case (w.lower == "to" || w.lower == "at") && k > 0 && saying[c.words[k-1].lower] && (k-1 >= c.first && k-1 < c.last+6 || documents[c.words[k-1].lower]):
			if c.words[k-1].lower == "interview" {
				continue
			}
			if w.lower == "at" && c.words[k-1].lower != "back" && c.words[k-1].lower != "shouted" {
				continue
			}
			if p := nounPhrase(c.words, k+1); !p.empty() && !c.inContent(c.words[p.from].Span) && c.somebody(p) {
				return c.person(p)
			}
		case w.lower == "before" && k > 0 && (c.words[k-1].lower == "testified" || c.words[k-1].lower == "testify" || c.words[k-1].lower == "testifying"):
			if p := nounPhrase(c.words, k+1); !p.empty() {
				return c.person(p)
			}
		}
	}
	return nil
}

// somebody reports whether p may be people or an organisation: a name, a
// pronoun, or a noun phrase with a determiner or of many.
func (c *scene) somebody(p reading) bool {
	head := c.words[p.to-1]
	if things[c.words[p.from].lower] && p.to-p.from == 1 || things[head.lower] {
		return false
	}
	if objects[c.words[p.from].lower] || c.words[p.from].capped {
		return true
	}
	plural := len(head.lower) > 3 && head.lower[len(head.lower)-1] == 's'
	return determiners[c.words[p.from].lower] && p.to-p.from > 1 || plural
}

// person is p as a span, unless it is no one who can be spoken to.
func (c *scene) person(p reading) *news.Span {
	if p.empty() || things[c.words[p.to-1].lower] && p.to-p.from <= 2 {
		return nil
	}
	if first := c.words[p.from]; first.lower == "that" && c.inContent(first.Span) {
		return nil // it opens what was said: "promised that the traders …"
	}
	span := p.span(c.words)
	if slices.ContainsFunc(c.statement.Source, func(s news.Span) bool { return s.Contains(span) }) {
		return nil
	}
	return &span
}
