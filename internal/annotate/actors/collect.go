package actors

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// collect makes mentions of the tags and of the pronouns that nobody tagged.
func (r *reading) collect() {
	r.words = english.Words(r.text, news.Span{Start: 0, End: len(r.text)})
	r.folded = make([]string, len(r.words))
	for i, w := range r.words {
		r.folded[i] = fold(english.Bare(w.Text(r.text)))
	}
	for _, s := range r.doc.Statements {
		r.sources = append(r.sources, s.Source...)
	}
	slices.SortFunc(r.sources, func(a, b news.Span) int { return a.Start - b.Start })
	tags := r.widened()
	slices.SortStableFunc(tags, func(a, b news.Tag) int {
		return cmp.Or(rank(a.Kind)-rank(b.Kind), cmp.Compare(b.Confidence, a.Confidence), a.Start-b.Start)
	})
	taken := newOccupied(r.words)
	for _, t := range tags {
		kind, form := mentionOf(t.Kind)
		if t.Kind == news.TagPlace && r.inSource(t.Span) {
			kind, form = place, formName // a place that speaks is an actor
		}
		least := r.options.Least
		if form == formNominal {
			least = r.options.Nominal
		}
		if kind == "" || t.Confidence < least || !r.inSpeech(t.Span) {
			continue
		}
		m := mention{Span: trim(r.text, t.Span), tag: t, kind: kind, form: form}
		if kind == person && form == formName {
			m.Span = withoutHonorific(r.text, m.Span)
		}
		if form == formName && r.officeAlone(m.Span) {
			kind, form = person, formNominal
			m.kind, m.form, m.tag.Kind = kind, form, news.TagPersonNominal
		}
		if kind == organisation {
			m.Span = r.bodyName(m.Span)
		}
		m.word, m.words = r.wordsOf(m.Span)
		if m.words == 0 || !taken.add(m.word, m.word+m.words, form == formNominal) {
			continue
		}
		if !r.describe(&m) {
			continue
		}
		r.mentions = append(r.mentions, m)
	}
	r.outsidePeople()
	for i, w := range r.words {
		p, ok := r.pronounAt(i)
		if !ok || p.Plural || taken.holds(i) || !r.inSpeech(w) {
			continue
		}
		m := mention{Span: w, kind: person, form: formPronoun, word: i, words: 1}
		m.tag = news.Tag{Span: w, Kind: news.TagPersonPronoun, First: none, Last: none}
		m.End -= len(w.Text(r.text)) - len(pronounPart(w.Text(r.text)))
		if r.describe(&m) {
			r.mentions = append(r.mentions, m)
		}
	}
	r.spread(taken)
	r.called(taken)
	slices.SortFunc(r.mentions, func(a, b mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	r.locate()
}

// bodyName is a body's name without the article before it and without the nouns in
// small letters after it that only tell its kind ("the Halden newspaper").
func (r *reading) bodyName(s news.Span) news.Span {
	words := english.Words(r.text, s)
	from, to := 0, len(words)
	if to > 1 && words[0].Text(r.text) == "the" && english.Capitalised(words[1].Text(r.text)) {
		from = 1
	}
	for to-from > 1 {
		switch words[to-1].Text(r.text) {
		case "newspaper", "newspapers", "chain", "magazine", "website", "network", "channel", "broadcaster", "portal", "party", "group":
			to--
			continue
		}
		break
	}
	if to == 0 || !english.Capitalised(words[to-1].Text(r.text)) || to-from == len(words) {
		return s
	}
	return trim(r.text, news.Span{Start: words[from].Start, End: words[to-1].End})
}

// outsidePeople drops bodies and places within a longer name of a person: part
// of a name is no actor of its own.
func (r *reading) outsidePeople() {
	inside := map[int]bool{} // words of people's names
	for _, m := range r.mentions {
		if m.kind == person && m.form == formName && m.words > 1 {
			for w := m.word; w < m.word+m.words; w++ {
				inside[w] = true
			}
		}
	}
	r.mentions = slices.DeleteFunc(r.mentions, func(m mention) bool {
		return m.kind != person && m.words == 1 && inside[m.word]
	})
}

// inSource reports whether s ends the source of a statement: it may be its head.
func (r *reading) inSource(s news.Span) bool {
	k, ok := slices.BinarySearchFunc(r.sources, s.Start, func(x news.Span, at int) int { return x.Start - at })
	if !ok {
		k--
	}
	return k >= 0 && k < len(r.sources) && r.sources[k].Contains(s)
}

// rank is the order in which tags are heard: mentions of actors first, names as
// such only where no actor was seen.
func rank(k news.TagKind) int {
	switch k {
	case news.TagPersonName, news.TagPersonPronoun, news.TagActingBody, news.TagActingPlace:
		return 0
	case news.TagPersonNominal:
		return 1
	case news.TagPerson, news.TagOrganisation:
		return 2
	}
	return 3
}

func mentionOf(k news.TagKind) (kind, form string) {
	switch k {
	case news.TagPersonName, news.TagPerson:
		return person, formName
	case news.TagPersonPronoun:
		return person, formPronoun
	case news.TagPersonNominal:
		return person, formNominal
	case news.TagActingBody, news.TagOrganisation:
		return organisation, formName
	case news.TagActingPlace:
		return place, formName
	}
	return "", ""
}

// describe fills in what the words of m tell; false where they cannot be a
// mention of its form.
func (r *reading) describe(m *mention) bool {
	text := m.Text(r.text)
	m.actor, m.quote, m.statement, m.source, m.holder, m.sentence = none, none, none, none, none, none
	m.owner = strings.HasPrefix(r.text[m.End:], "'s") || strings.HasPrefix(r.text[m.End:], "’s") ||
		strings.HasPrefix(r.text[m.End:], "' ") || strings.HasPrefix(r.text[m.End:], "’ ")
	if m.form == formName && text == strings.ToLower(text) && text != strings.ToUpper(text) {
		return false // where letters have capitals a name has one
	}
	switch {
	case m.form == formPronoun:
		p, ok := english.PronounOf(pronounPart(text))
		if !ok {
			return false
		}
		m.pro, m.gender = p, p.Gender
		if strings.EqualFold(text, "her") && !r.nounFollows(m.word) {
			m.pro.Case = english.Object
		}
	case m.form == formNominal:
		p := english.Phrases(text, news.Span{Start: 0, End: len(text)}, func(news.Span) bool { return false })
		if len(p) > 0 {
			m.gender = english.Noun(english.Bare(p[0].Head(text)))
		}
		for _, w := range strings.Fields(text) {
			if m.gender == english.Unmarked {
				m.gender = english.Noun(strings.Trim(w, ",.'’"))
			}
		}
	case m.kind == person:
		var before []string
		for i := max(0, m.word-3); i < m.word; i++ {
			if !strings.ContainsAny(r.text[r.words[i].End:r.words[min(i+1, len(r.words)-1)].Start], "\n,;:()“”\"") {
				before = append(before, r.words[i].Text(r.text))
			} else {
				before = nil
			}
		}
		m.name = parseName(text, before)
		m.gender = m.name.gender
		if len(m.name.words) == 0 {
			return false
		}
	}
	return true
}

// pronounPart is a word without a contracted verb: "he" of "he's", "I" of "I'm".
func pronounPart(w string) string {
	if i := strings.IndexAny(w, "'’"); i > 0 {
		return w[:i]
	}
	return w
}

// pronounAt is the pronoun that word i is, if it is one.
func (r *reading) pronounAt(i int) (english.Pronoun, bool) {
	w := pronounPart(r.words[i].Text(r.text))
	p, ok := english.PronounOf(w)
	if !ok || p.Person == 1 && !p.Plural && w == "i" {
		return p, false
	}
	if w == "US" {
		return p, false
	}
	return p, true
}

// nounFollows guesses whether word i is a possessive: the word after it is
// neither a preposition, an article nor a mark of the end of a clause.
func (r *reading) nounFollows(i int) bool {
	if i+1 >= len(r.words) {
		return false
	}
	if strings.ContainsAny(r.text[r.words[i].End:r.words[i+1].Start], ",.;:!?)—–\n\"”") {
		return false
	}
	switch r.folded[i+1] {
	case "to", "in", "on", "at", "for", "with", "by", "from", "as", "and", "or", "but", "that", "the", "a", "an", "if", "when", "while", "because", "about", "of", "into", "over", "up",
		"out", "off", "down", "is", "was", "be", "not", "this", "last", "during", "after", "before", "than", "then", "so", "it", "what", "how", "why", "who", "through", "against", "would", "will":
		return false
	}
	return true
}

// inSpeech reports whether s stands in a block that is read.
func (r *reading) inSpeech(s news.Span) bool {
	if len(r.doc.Blocks) == 0 {
		return true
	}
	b := r.blockAt(s.Start)
	return b != none && (r.doc.Blocks[b].Kind.Speech() || r.doc.Blocks[b].Kind == news.Caption)
}

// blockAt is the index of the block that holds byte at, or none.
func (r *reading) blockAt(at int) int {
	i := sort.Search(len(r.doc.Blocks), func(i int) bool { return r.doc.Blocks[i].End > at })
	if i == len(r.doc.Blocks) || r.doc.Blocks[i].Start > at {
		return none
	}
	return i
}

// wordsOf is the first word of s and how many there are.
func (r *reading) wordsOf(s news.Span) (first, n int) {
	first = sort.Search(len(r.words), func(i int) bool { return r.words[i].End > s.Start })
	for i := first; i < len(r.words) && r.words[i].Start < s.End; i++ {
		n++
	}
	return first, n
}

// trim takes space, commas and a possessive ending off the ends of a mention.
func trim(text string, s news.Span) news.Span {
	body := strings.TrimRightFunc(s.Text(text), func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	body = strings.TrimSuffix(strings.TrimSuffix(body, "'s"), "’s")
	s.End = s.Start + len(body)
	body = strings.TrimLeftFunc(body, func(r rune) bool { return unicode.IsSpace(r) || r == '@' })
	s.Start = s.End - len(body)
	return s
}

// officeAlone reports whether s is an office and no name: headlines say "Minister:" and
// "CM" of whom the text then names.
func (r *reading) officeAlone(s news.Span) bool {
	w := s.Text(r.text)
	if strings.ContainsAny(w, " -") || nameToo(w) {
		return false
	}
	switch w {
	case "PM", "CM", "FM":
		return true
	}
	_, title := english.Honorific(w)
	return title && english.Person(w)
}

// withoutHonorific is a name without the short honorific or the office that it begins
// with ("Sen. Lena Aster", "Harbour Minister Abel Ross").
func withoutHonorific(text string, s news.Span) news.Span {
	s = withoutOffice(text, s)
	for {
		first, _, more := strings.Cut(s.Text(text), " ")
		switch strings.ToLower(strings.TrimSuffix(first, ".")) {
		case "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "rev", "prof", "miss", "sir":
		default:
			return s
		}
		if !more {
			return s
		}
		s.Start += len(first) + 1
	}
}

// withoutOffice is a name of four words or more without an office within its first.
func withoutOffice(text string, s news.Span) news.Span {
	words := english.Words(text, s)
	for k := min(3, len(words)-3); k > 0; k-- {
		w := words[k].Text(text)
		if _, title := english.Honorific(w); title && english.Person(w) && english.Capitalised(w) && !nameToo(w) {
			return news.Span{Start: words[k+1].Start, End: s.End}
		}
	}
	return s
}

// occupied keeps which words are in a mention: a nominal may lie around others
// or inside one, a name inside a longer one, but no two cross.
type occupied struct {
	spans map[int][][2]int // by each word that a mention holds
}

func newOccupied([]news.Span) *occupied { return &occupied{spans: map[int][][2]int{}} }

// longest is how many words a mention may have: longer ones are slips of the
// network, and their cost is bounded.
const longest = 40

func (o *occupied) add(first, end int, nominal bool) bool {
	if end-first > longest {
		return false
	}
	for i := first; i < end; i++ {
		for _, s := range o.spans[i] {
			same := s[0] == first && s[1] == end
			nested := s[0] <= first && end <= s[1] || first <= s[0] && s[1] <= end
			if same || !nested || len(o.spans[i]) > 3 {
				return false
			}
		}
	}
	for i := first; i < end; i++ {
		o.spans[i] = append(o.spans[i], [2]int{first, end})
	}
	return true
}

// holds reports whether word i is a mention by itself or lies inside a name.
func (o *occupied) holds(i int) bool {
	for _, s := range o.spans[i] {
		if s[0] == i && s[1] == i+1 {
			return true
		}
	}
	return false
}
