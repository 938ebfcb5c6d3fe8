package tags

import (
	"regexp"
	"slices"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// apart divides what the network took for one person's name and is two people's:
// where a mail's lines ran together, one signs and is greeted, or is named in full
// after his name ("Paula Paula Orr"), and lists of people lose what stood between
// ("Lisa Brandt Kristen Vance"). tags are in order and stay so.
func apart(doc *news.Document, tags []news.Tag) []news.Tag {
	w := wordsOf{doc}
	out := make([]news.Tag, 0, len(tags))
	for _, t := range tags {
		for at := w.secondPerson(t); at >= 0; at = w.secondPerson(t) {
			one := t
			one.Last = at - 1
			one.End = doc.Pieces[one.Last].End
			out = append(out, one)
			t.First, t.Start = at, doc.Pieces[at].Start
		}
		out = append(out, t)
	}
	return inOrder(out)
}

// secondPerson is the first piece of the second person's name within t, or -1.
func (w wordsOf) secondPerson(t news.Tag) int {
	if !isPerson(t) {
		return -1
	}
	var starts []int
	var words []string
	for i := t.First; i <= t.Last; i = w.end(i) + 1 {
		if i > t.First && !w.apart(i) {
			return -1 // hyphens, initials, apostrophes
		}
		starts = append(starts, i)
		words = append(words, w.text(i, min(w.end(i), t.Last)))
	}
	if len(words) < 2 || !part(words[0]) {
		return -1
	}
	if words[0] == words[1] && len(words[0]) > 2 && !w.link(min(w.end(starts[1])+1, len(w.Pieces)-1), "") && !doubled(words[0]) {
		return starts[1]
	}
	given := func(word string) bool {
		_, known := english.GivenName(strings.ToLower(word))
		return known && part(word)
	}
	if len(words) == 4 && given(words[0]) && !given(words[1]) && part(words[1]) && given(words[2]) && part(words[3]) &&
		!slices.ContainsFunc(words, func(word string) bool { return len(word) < 3 || english.Particle(word) }) {
		return starts[2]
	}
	return -1
}

// together joins two persons' names of one word each, a space between, where the text
// names somebody by both elsewhere. tags are in order and stay so.
func together(doc *news.Document, tags []news.Tag) []news.Tag {
	w := wordsOf{doc}
	full := map[string]bool{}
	for _, t := range tags {
		if isPerson(t) && w.end(t.First) < t.Last {
			full[t.Text(doc.Text)] = true
		}
	}
	last := map[news.TagKind]int{} // the place in kept of the name before, by kind
	kept := tags[:0]
	for _, t := range tags {
		if !isPerson(t) {
			kept = append(kept, t)
			continue
		}
		if at, ok := last[t.Kind]; ok {
			if one := &kept[at]; one.Last+1 == t.First && w.apart(t.First) && w.end(one.First) == one.Last && w.end(t.First) == t.Last && full[doc.Text[one.Start:t.End]] {
				one.Last, one.End = t.Last, t.End
				one.Confidence = min(one.Confidence, t.Confidence)
				continue
			}
		}
		last[t.Kind] = len(kept)
		kept = append(kept, t)
	}
	return inOrder(kept)
}

// doubled reports whether word is known as somebody's given name and family name both.
func doubled(word string) bool { return word == "Boutros" || word == "Sirhan" }

// turned is a name as mails and lists of addresses write it, in quotation marks.
var turned = regexp.MustCompile(`"(\p{Lu}[\p{L}'’-]+), (\p{Lu}\p{Ll}+)(?: \p{Lu}\.?)?"`)

// familyFirst makes one person of a name in quotation marks whose family name stands
// first, where what follows the comma is a given name or an address follows:
// "Brandvold, Ilse". tags are in order and stay so.
func familyFirst(doc *news.Document, tags []news.Tag) []news.Tag {
	if !strings.Contains(doc.Text, `"`) {
		return tags
	}
	for _, m := range turned.FindAllStringSubmatchIndex(doc.Text, -1) {
		_, known := english.GivenName(strings.ToLower(doc.Text[m[4]:m[5]]))
		if _, other := english.GivenName(strings.ToLower(doc.Text[m[2]:m[3]])); !(known && !other) && !strings.HasPrefix(strings.TrimLeft(doc.Text[m[1]:], " "), "<") {
			continue
		}
		span := news.Span{Start: m[0] + 1, End: m[1] - 1}
		first, ok := startingAt(doc, span.Start)
		last, _ := startingAt(doc, span.End)
		if last--; !ok || last < first || doc.Pieces[last].End != span.End {
			continue
		}
		inside := within(tags, span, isName)
		if len(inside) > 0 && !(span.Contains(tags[inside[0]].Span) && span.Contains(tags[inside[len(inside)-1]].Span)) {
			continue
		}
		for k, i := range inside {
			tags = slices.Delete(tags, i-k, i-k+1)
		}
		name := news.Tag{Span: span, Kind: news.TagPerson, First: first, Last: last, Confidence: sure}
		at, _ := slices.BinarySearchFunc(tags, name, byPlace)
		tags = slices.Insert(tags, at, name)
	}
	return tags
}

// startingAt is the first piece that starts at a place of the text or after it, and
// whether it starts there.
func startingAt(doc *news.Document, at int) (int, bool) {
	return slices.BinarySearchFunc(doc.Pieces, at, func(p news.Piece, at int) int { return p.Start - at })
}
