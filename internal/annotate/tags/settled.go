package tags

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// A name means one kind of thing throughout an article, so what the article says
// around one place settles all of them. The network sees one place at a time and
// takes names that it does not know for people's.

var (
	// ofBody ends where the name of a body begins, not that of a person: “leader of
	// Rayat al-Nur”, “members of the Halden Lodge”, “the news website Rowan”. Nobody
	// speaks for a person in these words; spokesmen and aides do, and are left out.
	ofBody = regexp.MustCompile(`(?i)\b(?:(?:leaders?|founders?|co-founders?|members?|secretary[ -]general|deputy head|head|commanders?|fighters|gunmen|units?|wing|branch|ranks|faction|militia|treasurer|governor|editor|owners?|director|chairman|chairwoman) of|` +
		`(?:fighters|gunmen) from|factions?|militias?|militant group|armed group|resistance group|paramilitary group|rebel group|movement|brigade|` +
		`website|portal|news site|newspaper|daily|magazine|tabloid|broadcaster|radio|radio station|television station|tv station|tv channel|news agency|news channel|wire service|` +
		`rights group|campaign group|advocacy group|opposition party|ruling party|contractor|airline|shipping line|think tank|tanker|ferry|river|mount|lake) (?:the )?[“"‘']?$`)
	// bodyComma ends where a body that was just called by its kind is named ("the
	// state weather bureau, TARGON,").
	bodyComma = regexp.MustCompile(`(?i)\b(?:bureau|agency|website|portal|newspaper|broadcaster|militia|contractor|utility|regulator|authority|commission|ministry|party|company), $`)
	// afterBody is what follows the name of a body or its first words.
	afterBody = regexp.MustCompile(`^(?:[’']s)? (?:lawmakers?|MPs?|party|police|ministry|newspaper|TV|television|radio|Lines|Shipping|Bank|Trust|University|Council|Holdings|Group|Airways|Airlines|Ltd|[0-9]+\b)`)
	// inPlace ends where a place is named and seldom a person.
	inPlace = regexp.MustCompile(`(?:\b(?:[Ii]n|near|outside|across|throughout|towards|(?:north|south|east|west|city|town|village|province|district|region|state|people|residents|mayor|bishop|archbishop|baker|kingdom|republic|battle|siege|streets|outskirts|suburbs?|port|governor) of)|\(\p{Lu}[\w-]*\.?,|Correspondent,|Reporter,) $`)
	// storm ends before the name of one, which is no name of anybody.
	storm = regexp.MustCompile(`(?i)\b(?:typhoon|hurricane|cyclone|tropical storm) $`)
	// trusted ends before what people believe in.
	trusted = regexp.MustCompile(`(?i)\b(?:belie\w+|trust\w*|faith|confidence|interest\w*|disappoint\w+|hope) in $`)
	// aged follows a person: “, 46,”, “, who”.
	aged = regexp.MustCompile(`^(?:[’']s)?(?:, (?:aged )?[1-9][0-9],|, who\b| \([1-9][0-9]\)| who\b)`)
	// titled ends before a person ("Mr ", "Sheikh ").
	titled = regexp.MustCompile(`(\p{L}+)\.? $`)
)

// reach is how many bytes before and after a name are looked at.
const reach = 40

// votes are what is known of one name throughout an article.
type votes struct {
	person, body, place float64 // what the network was sure of, summed
	people              bool    // somewhere it stands as only people's names do
	ofBody, inPlace     bool
	storm               bool // of one word, and that of a storm
	known               bool // as a body, everywhere
	words               []string
}

// settled gives all tags of one name one kind where the article tells it is no
// person's, and drops those that are no names.
func settled(doc *news.Document, tags []news.Tag) []news.Tag {
	s := settler{doc: doc, names: map[string]*votes{}, people: map[string]bool{}, bodies: map[string]bool{}}
	for _, t := range tags {
		s.count(t)
	}
	for _, v := range s.names {
		if len(v.words) > 1 && v.person > 0 && s.kind(v) == "" {
			for _, w := range v.words {
				s.people[w] = true
			}
		}
		if len(v.words) > 1 && v.body > v.person && !led(v.words[len(v.words)-1]) {
			s.bodies[v.words[0]] = true
		}
	}
	there := map[news.Tag]bool{} // bodies and places that the network saw itself, without their confidence
	bare := func(t news.Tag) news.Tag { return news.Tag{Span: t.Span, Kind: t.Kind} }
	for _, t := range tags {
		there[bare(t)] = true
	}
	kept := tags[:0]
	for _, t := range tags {
		if v := s.names[key(doc, t)]; v != nil && v.storm && !v.people && !s.people[v.words[0]] {
			continue
		}
		if isPerson(t) {
			if s.noName(t) {
				continue
			}
			if kind := s.kind(s.names[key(doc, t)]); kind != "" {
				if t.Kind == news.TagPersonName && kind == news.TagOrganisation {
					kind = news.TagActingBody
				}
				if t.Kind = kind; there[bare(t)] {
					continue
				}
				there[bare(t)] = true
			}
		}
		kept = append(kept, t)
	}
	return inOrder(kept)
}

// led reports whether the word before word in the name of a body is that of who leads it
// ("the Vance administration").
func led(word string) bool { return word == "administration" || word == "campaign" }

// A settler counts what is told of the names of one article.
type settler struct {
	doc    *news.Document
	names  map[string]*votes
	people map[string]bool // words of people's names of two words and more
	bodies map[string]bool // first words of such names of bodies
	small  map[string]bool // words that the article writes small; nil until asked for
}

// count adds one tag to what is known of its name.
func (s *settler) count(t news.Tag) {
	k := key(s.doc, t)
	v := s.names[k]
	if v == nil {
		v = &votes{words: strings.Fields(k)}
		s.names[k] = v
	}
	switch t.Kind {
	case news.TagPerson, news.TagPersonName:
		v.person += t.Confidence
	case news.TagOrganisation, news.TagActingBody:
		v.body += t.Confidence
	case news.TagPlace, news.TagActingPlace:
		v.place += t.Confidence
	default:
		return
	}
	before, after := s.doc.Text[max(0, t.Start-reach):t.Start], s.doc.Text[t.End:min(len(s.doc.Text), t.End+reach)]
	if m := titled.FindStringSubmatch(before); m != nil {
		_, honorific := english.Honorific(m[1])
		v.people = v.people || honorific && english.Capitalised(m[1]) || english.Person(m[1]) && !ofBody.MatchString(before)
	}
	if _, known := english.GivenName(v.words[0]); known && len(v.words) > 1 {
		v.people = true
	}
	v.people = v.people || aged.MatchString(after)
	possessive := strings.HasPrefix(after, "’s") || strings.HasPrefix(after, "'s")
	v.ofBody = v.ofBody || ofBody.MatchString(before) && (len(v.words) > 1 || !possessive) || bodyComma.MatchString(before) && strings.HasPrefix(after, ",") || len(v.words) == 1 && afterBody.MatchString(after)
	v.ofBody = v.ofBody || len(v.words) == 1 && strings.HasSuffix(k, "s") && !s.people[strings.TrimSuffix(k, "s")] && (strings.HasSuffix(before, "the ") || strings.HasSuffix(before, "The ")) && !possessive
	v.known = v.known || english.KnownBody(t.Text(s.doc.Text))
	v.storm = v.storm || len(v.words) == 1 && storm.MatchString(before)
	v.inPlace = v.inPlace || inPlace.MatchString(before) && !trusted.MatchString(before)
}

// kind is what a name tagged as a person's is of in truth, or "" where nothing
// speaks against its being a person's.
func (s *settler) kind(v *votes) news.TagKind {
	one := len(v.words) == 1
	switch {
	case v.people, one && s.people[v.words[0]]:
		return ""
	case v.known, v.ofBody, !one && v.words[0] == "the", one && s.bodies[v.words[0]], v.body > v.person && v.body >= v.place:
		return news.TagOrganisation
	case v.inPlace, v.place > v.person, one && english.Place(v.words[0]):
		return news.TagPlace
	}
	return ""
}

// noName reports whether a tag is a word for what somebody is, not a name: it
// begins with a capital and ends in small letters ("Its secretary general"), or is one word that is a title before a name, a speaker's
// part in a transcript, or written small elsewhere in the article.
func (s *settler) noName(t news.Tag) bool {
	text := t.Text(s.doc.Text)
	last := text[strings.LastIndexByte(text, ' ')+1:]
	if last == strings.ToLower(last) && text != strings.ToLower(text) && !english.Particle(last) {
		return true
	}
	if last != text || s.people[strings.ToLower(text)] {
		return false
	}
	word := strings.ToLower(text)
	rest := s.doc.Text[t.End:]
	if _, honorific := english.Honorific(word); honorific || english.Person(word) {
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, " "))
		if text == strings.ToUpper(text) || strings.HasPrefix(rest, " ") && unicode.IsUpper(next) || strings.HasSuffix(s.doc.Text[:t.Start], "the ") || strings.HasSuffix(s.doc.Text[:t.Start], "Prime ") {
			return true
		}
	}
	if _, given := english.GivenName(word); given || !opensSentence(s.doc.Text, t.Start) {
		return false
	}
	return s.writtenSmall(word)
}

// writtenSmall reports whether a word of four letters and more stands in the
// article in small letters too.
func (s *settler) writtenSmall(word string) bool {
	if s.small == nil {
		s.small = map[string]bool{}
		for _, w := range english.Words(s.doc.Text, news.Span{Start: 0, End: len(s.doc.Text)}) {
			if t := w.Text(s.doc.Text); len(t) > 3 && !english.Capitalised(t) {
				s.small[t] = true
			}
		}
	}
	return len(word) > 3 && s.small[word]
}

func isPerson(t news.Tag) bool { return t.Kind == news.TagPerson || t.Kind == news.TagPersonName }

// key is the name whatever its apostrophes, case and possessive ending.
func key(doc *news.Document, t news.Tag) string {
	return strings.ToLower(english.Bare(strings.NewReplacer("’", "'", "‘", "'", "`", "'").Replace(t.Text(doc.Text))))
}
