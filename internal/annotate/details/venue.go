package details

import (
	"slices"
	"strings"

	"whosaid/internal/news"
)

var (
	// Nouns of occasions and of what is written or sent.
	occasions = set("interview interviews speech speeches conference briefing debate rally event meeting hearing forum hall address remarks testimony ceremony summit convention " +
		"dinner breakfast lunch luncheon party podcast show program programme appearance broadcast session stop gathering fundraiser sermon lecture panel town-hall " +
		"townhall visit toast q&a presser chat webcast roundtable seminar court sitting trial tour march vigil funeral graduation commencement caucus telecast " +
		"monologue segment floor stage trip swing campaign-stop parliament assembly council inquiry tribunal livestream concert festival")
	documents = set("statement letter email e-mail emails e-mails memo memorandum tweet tweets post posts message op-ed oped column article essay book report ad advertisement video release note cable " +
		"filing lawsuit complaint blog newsletter text texts book memoir petition editorial commentary brief affidavit caption entry communique communiqué leaflet manifesto piece transcript " +
		"advert spot voicemail telegram website site page account questionnaire posting retweet series documentary film robocall mailer clip recording appeal interview")
	// Media that "on" stands before.
	media = set("twitter facebook instagram telegram youtube snapchat tiktok linkedin reddit weibo whatsapp medium periscope air camera television tv radio x " +
		"cnn msnbc nbc cbs abc fox bbc pbs npr c-span cnbc hbo itv sky rt foxnews al-jazeera aljazeera")
	mediaWords = set("news tv radio television network channel broadcasting jazeera arabiya mayadeen show tonight nation press morning program programme podcast")
	papers     = set("times post journal guardian telegraph herald tribune gazette daily observer independent mail mirror sun review standard chronicle courier examiner globe magazine " +
		"newspaper week economist atlantic politico slate vox newsweek today bild spiegel monde figaro pais repubblica haaretz dawn nation ledger star record register sentinel inquirer bulletin echo")
	venuePrepositions = set("in during at on via through over inside using")
	tails             = set("with in at for of on by to before")
)

// venue finds where or in what the statement was made; nil if the sentence does
// not say. others are the cues of other statements: a venue nearer to one of them
// is theirs.
func (c *scene) venue(others []news.Span) *news.Span {
	best, distance := (*news.Span)(nil), 1<<30
	for k := 0; k < len(c.words); k++ {
		p := c.venueAt(k)
		if p.empty() {
			continue
		}
		p = c.trim(p)
		span := p.span(c.words)
		k = p.to - 1 // what stands in a venue is no other
		if c.inContent(span) || slices.ContainsFunc(c.statement.Source, func(s news.Span) bool { return s.Overlaps(span) }) {
			continue
		}
		d := apart(c.cue, span)
		if slices.ContainsFunc(others, func(o news.Span) bool { return apart(o, span) < d }) {
			continue
		}
		if d < distance {
			best, distance = &span, d
		}
	}
	return best
}

// apart is how many bytes lie between two spans.
func apart(a, b news.Span) int { return max(a.Start-b.End, b.Start-a.End, 0) }

// remarks finds the venue in the sentence beside the statement's that says where
// it was made: "He made the remarks at …", "The comments came in …".
func remarks(doc *news.Document, s *news.Statement) *news.Span {
	k := sentenceAt(doc, s.Cue[0].Start)
	for _, j := range []int{k + 1, k - 1} {
		if j < 0 || j >= len(doc.Sentences) || doc.Sentences[j].Len() > widest {
			continue
		}
		c := &scene{statement: s, sentence: doc.Sentences[j], words: wordsOf(doc.Text, doc.Sentences[j])}
		for i := 1; i+1 < len(c.words); i++ {
			noun := saidThings[c.words[i].lower]
			came := c.words[i+1].lower == "came" || c.words[i+1].lower == "were" && i+2 < len(c.words) && c.words[i+2].lower == "made"
			made := i > 1 && determiners[c.words[i-1].lower] && (c.words[i-2].lower == "made" || c.words[i-2].lower == "making" || c.words[i-2].lower == "delivered")
			if !noun || !came && !made {
				continue
			}
			for m := i + 1; m < min(len(c.words), i+6); m++ {
				if p := c.venueAt(m); !p.empty() {
					span := c.trim(p).span(c.words)
					return &span
				}
			}
		}
	}
	return nil
}

var saidThings = set("remarks remark comments comment statement statements announcement speech allegations accusation claim warning appeal")

// trim takes "the start of" off a venue.
func (c *scene) trim(p reading) reading {
	for j := p.from; j+2 < p.to && j < p.from+3; j++ {
		if c.words[j+1].lower == "of" && stretches[c.words[j].lower] {
			return reading{j + 2, p.to}
		}
	}
	return p
}

var stretches = set("start beginning end middle course close heels outset rest margins sidelines")

// venueAt reads the venue that begins at word k.
func (c *scene) venueAt(k int) reading {
	w := c.words[k].lower
	none := reading{}
	switch {
	case k+1 >= len(c.words) || c.words[k].mark:
		return none
	case w == "took" || w == "take" || w == "takes" || w == "taking":
		if c.words[k+1].lower == "to" && k+2 < len(c.words) && (media[c.words[k+2].lower] || c.words[k+2].lower == "social") {
			return c.withTail(nounPhrase(c.words, k+2))
		}
		return none
	case venuePrepositions[w]:
		p := nounPhrase(c.words, k+1)
		if p.empty() || p.to-p.from > 9 {
			return none
		}
		return c.placed(w, p)
	case sending[w] && k < c.last && k > c.first-12:
		k++
		if c.words[k].lower == "out" {
			k++
		}
		p := nounPhrase(c.words, k)
		if !p.empty() && k < c.first && !c.noun(p, documents) {
			return none
		}
		if p.empty() || !c.has(p, documents) && !c.has(p, occasions) || !determiners[c.words[p.from].lower] {
			return none
		}
		return c.withTail(p)
	}
	return none
}

// sending are verbs whose object is what was said or where.
var sending = set("sent send sends sending issued issue issuing released release releasing posted post posting wrote write published publish delivered deliver delivering gave give giving " +
	"held hold holding aired launched recorded circulated filed hosted addressed")

// placed decides whether a noun phrase after a preposition is a venue.
func (c *scene) placed(preposition string, p reading) reading {
	none := reading{}
	head := c.words[p.to-1].lower
	if !determiners[c.words[p.from].lower] && !c.words[p.from].capped && !strings.HasSuffix(c.words[p.from].lower, "'s") && preposition != "on" &&
		head != "remarks" && head != "interviews" && head != "speeches" && head != "testimony" && head != "court" {
		return none
	}
	if head == "show" && preposition == "in" || p.from+2 < p.to && c.words[p.from+1].lower == "show" && c.words[p.from+2].lower == "of" {
		return none
	}
	named := c.words[p.from].capped || c.words[p.from].lower == "the" && p.from+1 < p.to && c.words[p.from+1].capped
	switch {
	case preposition == "on" && (media[c.words[p.from].lower] || c.words[p.from].lower == "social" && head == "media" || c.has(p, media) || named && c.has(p, mediaWords)):
		return c.withTail(p)
	case preposition == "on" && named && c.words[p.to-1].lower == `"`:
		return p
	case preposition == "on":
		if head == "trail" || head == "stump" || head == "floor" || head == "stage" || head == "show" || head == "program" || head == "programme" || head == "call" || head == "podcast" || head == "website" || head == "page" || head == "account" || head == "blog" || head == "radio" || head == "television" {
			return c.withTail(p)
		}
		return none
	case c.noun(p, occasions):
		return c.withTail(p)
	case (preposition == "in" || preposition == "via" || preposition == "through") && c.noun(p, documents):
		return c.withTail(p)
	case preposition == "in" && named && c.has(p, papers) && c.wrote():
		return p
	case head == "call" && p.to-p.from > 1 && calls[c.words[p.to-2].lower]:
		return c.withTail(p)
	case (preposition == "at" || preposition == "outside") && named && c.has(p, places) && c.beside(p):
		return c.withTail(p)
	}
	return none
}

var (
	calls  = set("phone telephone conference video zoom")
	places = set("club center centre university hall institute college church school arena house museum hotel stadium library square mosque cathedral synagogue temple airport palace parliament " +
		"ministry embassy headquarters base foundation nations forum theater theatre auditorium park plaza academy")
)

// beside reports whether p stands right after the cue or opens the sentence: a
// place elsewhere may be where something else is.
func (c *scene) beside(p reading) bool {
	return p.from <= 2 || p.from-c.last >= 0 && p.from-c.last <= 3
}

// wrote reports whether the cue is one of writing.
func (c *scene) wrote() bool {
	for k := c.first; k < c.last; k++ {
		switch c.words[k].lower {
		case "wrote", "writes", "writing", "write", "argued", "argues", "published", "said", "editorialized", "opined":
			return true
		}
	}
	return false
}

// noun reports whether the head of p is one of nouns: its last word, or the last
// before "of".
func (c *scene) noun(p reading, nouns map[string]bool) bool {
	for j := p.from; j < p.to; j++ {
		if j+1 == p.to || c.words[j+1].lower == "of" || c.words[j+1].capped && !c.words[j].capped && j+2 >= p.to {
			if nouns[strings.TrimSuffix(strings.TrimSuffix(c.words[j].lower, "'s"), "'")] {
				return true
			}
		}
	}
	return false
}

// has reports whether any word of p is one of nouns.
func (c *scene) has(p reading, nouns map[string]bool) bool {
	return slices.ContainsFunc(c.words[p.from:p.to], func(w word) bool { return nouns[strings.TrimSuffix(w.lower, "'s")] })
}

// withTail adds to a venue what tells which it was: "an interview with …", "a
// rally in …".
func (c *scene) withTail(p reading) reading {
	if p.to < len(c.words) && participles[c.words[p.to].lower] {
		end := p.to
		for end < len(c.words) && end < p.to+9 && (!c.words[end].mark || c.words[end].lower == `"` && end+1 < len(c.words)) && !c.inContent(c.words[end].Span) && (!whens[c.words[end].lower] || months[c.words[end].lower]) {
			end++
		}
		return reading{p.from, end}
	}
	for range 2 {
		// "a meeting on Monday with reporters"
		if p.to+3 < len(c.words) && c.words[p.to].lower == "on" && whens[c.words[p.to+1].lower] && (c.words[p.to+2].lower == "with" || c.words[p.to+2].lower == "at") {
			p.to += 2
		}
		if p.to+1 >= len(c.words) || !tails[c.words[p.to].lower] {
			return c.state(p)
		}
		preposition, head := c.words[p.to].lower, c.words[p.to-1].lower
		if whens[c.words[p.to+1].lower] || months[c.words[p.to+1].lower] || preposition == "to" && head != "interview" || preposition == "by" || preposition == "before" {
			return c.state(p)
		}
		next := nounPhrase(c.words, p.to+1)
		if next.empty() || c.inContent(next.span(c.words)) || next.to-next.from > 6 && preposition != "with" || objects[c.words[next.from].lower] {
			return c.state(p)
		}
		if preposition != "with" && preposition != "to" && !c.words[next.from].capped && !determiners[c.words[next.from].lower] {
			return c.state(p)
		}
		p.to = next.to
	}
	return c.state(p)
}

// state adds ", N.H." after the name of a town.
func (c *scene) state(p reading) reading {
	if p.to+1 < len(c.words) && c.words[p.to].lower == "," && c.words[p.to-1].capped && c.words[p.to+1].capped &&
		(strings.Contains(c.words[p.to+1].lower, ".") || states[c.words[p.to+1].lower]) {
		p.to += 2
	}
	return p
}

// participles go on with what an occasion or a document is.
var participles = set("billed filed dated titled entitled called hosted sponsored organized organised obtained addressed signed held")

var states = set("alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts " +
	"michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming")
