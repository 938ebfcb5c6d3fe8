package tags

import (
	"slices"

	"whosaid/internal/names"
	"whosaid/internal/news"
)

// nameKinds are names as such: no two of them overlap.
var nameKinds = []news.TagKind{news.TagPerson, news.TagPlace, news.TagOrganisation}

func isName(t news.Tag) bool { return slices.Contains(nameKinds, t.Kind) }

// explained gives acronyms that the text explains the kind of the name they stand
// for, wherever they stand: "the Housing Board of Ellery (HBE)". Where the tagger saw
// only parts of that name, the name as a whole is an organisation. tags are in order
// and stay so.
func explained(doc *news.Document, tags []news.Tag) []news.Tag {
	shorts := names.Acronyms(doc.Text, tags)
	if len(shorts) == 0 {
		return tags
	}
	kinds := map[string][]news.TagKind{} // of acronyms
	for _, s := range shorts {
		acronym := s.Acronym.Text(doc.Text)
		var kind news.TagKind
		kind, tags = nameOf(doc, tags, s)
		if kind != "" && !slices.ContainsFunc(kinds[acronym], func(k news.TagKind) bool { return slices.Contains(nameKinds, k) }) {
			kinds[acronym] = append(kinds[acronym], kind)
		}
		acting := within(tags, s.Name, func(t news.Tag) bool { return t.Kind == news.TagActingBody && t.Span == s.Name })
		if len(acting) > 0 && !slices.Contains(kinds[acronym], news.TagActingBody) {
			kinds[acronym] = append(kinds[acronym], news.TagActingBody)
		}
	}
	return spread(doc, tags, kinds)
}

// sure is the confidence of a name that the text itself explains.
const sure = 0.9

// nameOf is of which kind the name of s is, empty where neither it nor its acronym
// was seen as a name. Where parts of it were, they give way to the whole.
func nameOf(doc *news.Document, tags []news.Tag, s names.Short) (news.TagKind, []news.Tag) {
	parts := within(tags, s.Name, isName)
	for _, i := range parts {
		if tags[i].Contains(s.Name) {
			return tags[i].Kind, tags
		}
	}
	if len(parts) == 0 {
		acronym := within(tags, s.Acronym, func(t news.Tag) bool { return isName(t) && t.Span == s.Acronym })
		if len(acronym) == 0 {
			return "", tags
		}
	}
	for _, i := range parts {
		if !s.Name.Contains(tags[i].Span) {
			return tags[i].Kind, tags
		}
	}
	first, ok := startingAt(doc, s.Name.Start)
	last, _ := startingAt(doc, s.Name.End)
	if last--; !ok || last < first || doc.Pieces[last].End != s.Name.End {
		return "", tags
	}
	for k, i := range parts {
		tags = slices.Delete(tags, i-k, i-k+1)
	}
	name := news.Tag{Span: s.Name, Kind: news.TagOrganisation, First: first, Last: last, Confidence: sure}
	at, _ := slices.BinarySearchFunc(tags, name, byPlace)
	return name.Kind, slices.Insert(tags, at, name)
}

// within lists, in order, the tags that overlap span and fit.
func within(tags []news.Tag, span news.Span, fits func(news.Tag) bool) []int {
	const reach = 64 // as many tags before it are looked at as may begin before a span and still overlap it
	at, _ := slices.BinarySearchFunc(tags, span.Start, func(t news.Tag, start int) int { return t.Start - start })
	var list []int
	for i := max(0, at-reach); i < len(tags) && tags[i].Start < span.End; i++ {
		if tags[i].Overlaps(span) && fits(tags[i]) {
			list = append(list, i)
		}
	}
	return list
}

// spread gives each word of the text that is one of the acronyms a tag of its
// kinds, unless it lies in a longer one.
func spread(doc *news.Document, tags []news.Tag, kinds map[string][]news.TagKind) []news.Tag {
	var more []news.Tag
	w := wordsOf{doc}
	for i := 0; i < len(doc.Pieces); {
		last := w.end(i)
		of := kinds[w.text(i, last)]
		span := news.Span{Start: doc.Pieces[i].Start, End: doc.Pieces[last].End}
		for _, kind := range of {
			there := within(tags, span, func(t news.Tag) bool { return t.Kind == kind || isName(t) && slices.Contains(nameKinds, kind) })
			switch {
			case len(there) == 0:
				more = append(more, news.Tag{Span: span, Kind: kind, First: i, Last: last, Confidence: sure})
			case tags[there[0]].Span == span:
				tags[there[0]].Kind = kind
			}
		}
		i = last + 1
	}
	return inOrder(append(tags, more...))
}
