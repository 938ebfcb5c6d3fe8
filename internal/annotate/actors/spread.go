package actors

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// widened is the tags with the names of persons drawn together: two that only a
// space parts are one name, and a known given name directly before one is part of
// it.
func (r *reading) widened() []news.Tag {
	var people, out []news.Tag
	for _, t := range r.doc.Tags {
		if (t.Kind == news.TagPersonName || t.Kind == news.TagPerson) && t.Confidence >= r.options.Least {
			people = append(people, t)
		} else {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(people, func(a, b news.Tag) int {
		return cmp.Or(rank(a.Kind)-rank(b.Kind), a.Start-b.Start)
	})
	for i := 0; i < len(people); i++ {
		t := people[i]
		for i+1 < len(people) && people[i+1].Kind == t.Kind && oneName(r.text, t.Span, people[i+1].Span) {
			i++
			t.End, t.Last = people[i].End, people[i].Last
			t.Confidence = max(t.Confidence, people[i].Confidence)
		}
		t.Span = r.wholeName(t.Span)
		out = append(out, t)
	}
	return out
}

// oneName reports whether nothing parts two names but a space, a hyphen or the
// full stop of an initial.
func oneName(text string, a, b news.Span) bool {
	switch text[a.End:max(a.End, b.Start)] {
	case "", " ", "-":
		return true
	case ". ":
		initial := strings.TrimSuffix(a.Text(text), ".")
		return len(initial) == 1 || len(initial) > 2 && initial[len(initial)-2] == ' '
	}
	return false
}

// wholeName is a name drawn out to the ends of its words, and to what it cannot
// end or begin without: a name after an initial or a particle, an initial or a
// given name before a name.
func (r *reading) wholeName(s news.Span) news.Span {
	first, n := r.wordsOf(s)
	if n == 0 {
		return s
	}
	last := first + n - 1
	for k := 0; k < 2 && last+1 < len(r.words); k++ {
		w, next := r.words[last].Text(r.text), r.words[last+1].Text(r.text)
		gap := r.text[r.words[last].End:r.words[last+1].Start]
		initial := len(w) == 1 && (gap == ". " || gap == " ")
		open := gap == " " && english.Particle(w)
		if _, distinct := english.NameSuffix(next); distinct && (gap == " " || gap == ", ") {
			last++
			break
		}
		if !(initial || open) || !english.Capitalised(next) || r.taggedOther(r.words[last+1]) {
			break
		}
		last++
	}
	for first > 0 {
		w := r.words[first-1].Text(r.text)
		gap := r.text[r.words[first-1].End:r.words[first].Start]
		initial := len(w) == 1 && english.Capitalised(w) && gap == ". " && (w != "I" || first < 2 || !r.beginsSentence(first))
		if !initial && !(first == last && r.givenBefore(first)) {
			break
		}
		first--
	}
	out := news.Span{Start: r.words[first].Start, End: r.words[last].End}
	if prefix, _, ok := strings.Cut(out.Text(r.text), "-"); ok && s.Start > out.Start && joined(prefix) {
		out.Start = s.Start
	}
	if strings.HasPrefix(r.text[out.End:], ".") && (r.folded[last] == "jr" || r.folded[last] == "sr") {
		out.End++
	}
	return trim(r.text, out)
}

// joined reports whether a prefix is no part of the name that it is joined to
// ("pro-Ross").
func joined(prefix string) bool {
	switch strings.ToLower(prefix) {
	case "pro", "anti", "non", "ex", "pre", "post", "mid", "then", "former":
		return true
	}
	return false
}

// taggedOther reports whether a word is tagged as something else than a person's
// name.
func (r *reading) taggedOther(s news.Span) bool {
	i := sort.Search(len(r.doc.Tags), func(i int) bool { return r.doc.Tags[i].Start > s.Start-80 })
	for ; i < len(r.doc.Tags) && r.doc.Tags[i].Start < s.End; i++ {
		switch t := r.doc.Tags[i]; t.Kind {
		case news.TagOrganisation, news.TagActingBody, news.TagPlace, news.TagActingPlace:
			if t.Overlaps(s) {
				return true
			}
		}
	}
	return false
}

// givenBefore reports whether the word before word i is a given name that belongs
// to it.
func (r *reading) givenBefore(i int) bool {
	w := r.words[i-1]
	if r.text[w.End:r.words[i].Start] != " " || !english.Capitalised(w.Text(r.text)) {
		return false
	}
	_, known := english.GivenName(r.folded[i-1])
	return known && !strings.HasSuffix(w.Text(r.text), "'s") && !strings.HasSuffix(w.Text(r.text), "’s")
}

// spread finds the family names of persons who were tagged in full where nobody
// tagged them: a capitalised word that no mention holds and that is part of no
// longer name.
func (r *reading) spread(taken *occupied) {
	families := r.titleNames()
	for _, m := range r.mentions {
		if m.kind == person && m.form == formName && m.name.full() {
			family := m.name.family()
			families[family] = true
			if head, tail, ok := strings.Cut(family, "-"); ok && english.Article(head) {
				families[tail] = true
			}
		}
	}
	if len(families) == 0 {
		return
	}
	for i, w := range r.words {
		if !families[r.folded[i]] || !english.Capitalised(w.Text(r.text)) || len(taken.spans[i]) > 0 || !r.inSpeech(w) {
			continue
		}
		first := i
		if i > 0 && r.givenBefore(i) && len(taken.spans[i-1]) == 0 {
			first--
		}
		if r.partOfLonger(first, i) {
			continue
		}
		span := trim(r.text, news.Span{Start: r.words[first].Start, End: w.End})
		m := mention{Span: span, kind: person, form: formName, word: first, words: i - first + 1}
		m.tag = news.Tag{Span: span, Kind: news.TagPersonName}
		if r.describe(&m) && taken.add(first, i+1, false) {
			r.mentions = append(r.mentions, m)
		}
	}
}

// titleNames are the given and family names of a person whom the article's title
// names in full, by a given name that is known.
func (r *reading) titleNames() map[string]bool {
	names := map[string]bool{}
	words := english.Words(r.doc.Title, news.Span{End: len(r.doc.Title)})
	for i := 1; i < len(words); i++ {
		given, family := words[i-1].Text(r.doc.Title), english.Bare(words[i].Text(r.doc.Title))
		if _, known := english.GivenName(fold(given)); !known || !english.Capitalised(given) || !english.Capitalised(family) || r.doc.Title[words[i-1].End:words[i].Start] != " " {
			continue
		}
		for _, w := range []string{given, family} {
			if f := fold(w); len(f) > 2 && !english.Place(f) && !english.State(f) && !english.Body(f) && !english.Thing(f) {
				names[f] = true
			}
		}
	}
	return names
}

// partOfLonger reports whether a capitalised word that is no title stands right
// before or after words first to last: they are part of another name ("Ross
// Avenue").
func (r *reading) partOfLonger(first, last int) bool {
	if first > 0 && r.text[r.words[first-1].End:r.words[first].Start] == " " {
		before := r.words[first-1].Text(r.text)
		_, title := english.Honorific(before)
		if english.Capitalised(before) && !title && !r.beginsSentence(first-1) {
			return true
		}
	}
	if last+1 < len(r.words) && r.text[r.words[last].End:r.words[last+1].Start] == " " {
		after := r.words[last+1].Text(r.text)
		if english.Capitalised(after) && !strings.HasSuffix(r.words[last].Text(r.text), "s") && r.folded[last+1] != "i" {
			return true
		}
	}
	return false
}

// beginsSentence reports whether word i opens a sentence or a paragraph.
func (r *reading) beginsSentence(i int) bool {
	return i == 0 || strings.ContainsAny(r.text[r.words[i-1].End:r.words[i].Start], ".!?:\n“\"")
}

// called adds the nominals that speak though nobody tagged them ("the governor
// said"): whether they mean somebody named is weighed like that of any other, and
// they are left out if not.
func (r *reading) called(taken *occupied) {
	for _, st := range r.doc.Statements {
		for _, source := range st.Source {
			for _, p := range english.Phrases(r.text, source, func(news.Span) bool { return false }) {
				r.calledIn(taken, trim(r.text, r.untilMark(news.Span{Start: p.Core.Start, End: max(p.Core.End, p.Rest.End)})))
			}
		}
	}
}

// calledIn adds the nominal that fills span, if it can be one.
func (r *reading) calledIn(taken *occupied, span news.Span) {
	first, n := r.wordsOf(span)
	if n == 0 || n > 12 || !r.mayBeCalled(first, n, span) {
		return
	}
	m := mention{Span: span, kind: person, form: formNominal, word: first, words: n}
	m.tag = news.Tag{Span: span, Kind: news.TagPersonNominal}
	if r.describe(&m) && taken.add(first, first+n, true) {
		r.mentions = append(r.mentions, m)
	}
}

// untilMark is a source up to its first comma, bracket or relative pronoun.
func (r *reading) untilMark(s news.Span) news.Span {
	if at := strings.IndexAny(s.Text(r.text), ",;:—–()\n"); at > 0 {
		s.End = s.Start + at
	}
	for _, w := range []string{" who ", " which ", " whose "} {
		if at := strings.Index(s.Text(r.text), w); at > 0 {
			s.End = s.Start + at
		}
	}
	return s
}

// mayBeCalled reports whether words first to first+n can call one person by what
// they are: they begin with "the", a possessive or, where the article opens, "a" or
// nothing, and their head is a singular common noun that is no body and no document.
func (r *reading) mayBeCalled(first, n int, span news.Span) bool {
	phrases := english.Phrases(r.text, span, func(news.Span) bool { return false })
	if len(phrases) != 1 {
		return false
	}
	core := english.Words(r.text, phrases[0].Core)
	head := core[len(core)-1].Text(r.text)
	if len(core) != n && len(core) < 2 || english.Plural(english.Bare(head)) || english.Thing(english.Bare(head)) || !r.personNoun(english.Bare(head)) {
		return false
	}
	switch r.folded[first] {
	case "the", "this", "his", "her":
		return true
	}
	if w := r.words[first].Text(r.text); english.Bare(w) != w && english.Person(english.Bare(head)) {
		return true
	}
	if !english.Person(english.Bare(head)) {
		return false
	}
	switch r.folded[first] {
	case "a", "an", "one":
		return strings.Count(r.text[:span.Start], "\n\n") < opening
	}
	return r.beginsArticle(span)
}

// personNoun reports whether a word can be a noun for one person: a common noun,
// or one that is capitalised because it is a title or in a headline.
func (r *reading) personNoun(w string) bool {
	if _, pronoun := english.PronounOf(w); pronoun || english.IsNeuter(w) || len(w) < 3 {
		return false
	}
	return !english.Capitalised(w) || english.Person(w)
}

// beginsArticle reports whether s stands in a headline or deck, or in the first
// line of a text that has neither.
func (r *reading) beginsArticle(s news.Span) bool {
	if b := r.blockAt(s.Start); b != none && r.doc.Blocks[b].Kind != news.Paragraph {
		return true
	}
	return !strings.Contains(r.text[:s.Start], "\n\n")
}
