package statements

import (
	"regexp"
	"slices"
	"sort"

	"whosaid/internal/news"
)

// reports are words by which one speaker tells what another said. Only content
// that has one of them is read again: the rest is most of an article.
var reports = regexp.MustCompile(`(?i)\b(?:said|says?|saying|told|tells?|telling|wrote|writes?|claim(?:s|ed|ing)?|add(?:s|ed|ing)|ask(?:s|ed|ing)?|` +
	`admit(?:s|ted|ting)?|den(?:y|ies|ied|ying)|insist(?:s|ed|ing)?|warn(?:s|ed|ing)?|promis(?:es|ed|ing)|vow(?:s|ed|ing)|accus(?:es|ed|ing)|` +
	`call(?:s|ed|ing)|believ(?:es?|ed|ing)|thinks?|thought|announc(?:es|ed|ing)|announcement|argu(?:es?|ed|ing)|acknowledg(?:es?|ed|ing)|suggest(?:s|ed|ing)|` +
	`shout(?:s|ed|ing)|repl(?:y|ies|ied)|radioed|describ(?:es|ed|ing)|consider(?:s|ed|ing)|according to|report(?:s|ed|edly|ing)|affirm(?:s|ed)|declar(?:es|ed|ing)|` +
	`demand(?:s|ed|ing)|alleg(?:es|ed|ing|edly)|conced(?:es|ed)|confirm(?:s|ed|ing)|quot(?:es|ed|ing)|predict(?:s|ed|ing)|threaten(?:s|ed|ing)|urg(?:es|ed|ing)|stress(?:es|ed))\b`)

// hedge is a speaker's word for what the speaker thinks, which reports nobody
// else: "I don't think". It ends at the verb and needs no more room before it
// than hedgeRoom bytes.
var hedge = regexp.MustCompile(`(?i)\b(?:I|we)(?: (?:do|did)(?: not|n[’']t)| also| just| really| still| actually| personally| always)* (?:think|thought|believe)$`)

const hedgeRoom = 32

// leastInner is how many words content must have to be read again, deepest how
// often what is found there is.
const (
	leastInner = 6
	deepest    = 3
)

// inner reads the contents of outer statements as texts of their own and returns
// the statements reported inside them. The corpus the network learnt from never
// annotates those, so in its place in the article the network passes over them.
func (s *session) inner(doc *news.Document, outer []candidate, o Options) []candidate {
	var all []candidate
	known := slices.Clone(outer)
	for range deepest {
		var found []candidate
		for _, c := range outer {
			for _, span := range c.spans[content] {
				found = append(found, s.readInner(doc, span, known, o)...)
			}
		}
		if len(found) == 0 {
			break
		}
		all, known, outer = append(all, found...), append(known, found...), found
	}
	return all
}

// readInner reads the pieces of span alone.
func (s *session) readInner(doc *news.Document, span news.Span, known []candidate, o Options) []candidate {
	if words(span.Text(doc.Text)) < leastInner {
		return nil
	}
	span, ok := reporting(doc, span)
	if !ok {
		return nil
	}
	first := sort.Search(len(doc.Pieces), func(i int) bool { return doc.Pieces[i].Start >= span.Start })
	last := sort.Search(len(doc.Pieces), func(i int) bool { return doc.Pieces[i].End > span.End })
	w := window{start: first, end: min(last, first+o.Window)}
	w.from, w.to = w.start, w.end
	if w.end <= w.start {
		return nil
	}
	pieces := asOwnText(doc, w)
	s.load(pieces)
	read, found := s.cues(doc.Text, pieces, w, o), []candidate(nil)
	weigh(doc, read, newHoldings(nil), o)
	for _, c := range read {
		if c.sure < o.Threshold || len(c.spans[source]) == 0 || len(c.spans[content]) == 0 || onlyNamed(doc.Text, c) {
			continue
		}
		if slices.ContainsFunc(known, func(k candidate) bool { return overlap(k.spans[cue], c.spans[cue]) > 0 }) {
			continue
		}
		if 10*length(c.spans[content]) > 9*span.Len() {
			continue // the outer statement over again
		}
		found = append(found, c)
	}
	return found
}

// reporting is the part of span from the first sentence in which somebody tells
// what another said to the last one; false if there is none.
func reporting(doc *news.Document, span news.Span) (news.Span, bool) {
	text := span.Text(doc.Text)
	first, last := -1, 0
	for _, m := range reports.FindAllStringIndex(text, -1) {
		if hedge.MatchString(text[max(0, m[0]-hedgeRoom):m[1]]) {
			continue
		}
		if first < 0 {
			first = span.Start + m[0]
		}
		last = span.Start + m[1]
	}
	if first < 0 {
		return span, false
	}
	from := sort.Search(len(doc.Sentences), func(i int) bool { return doc.Sentences[i].End > first })
	to := sort.Search(len(doc.Sentences), func(i int) bool { return doc.Sentences[i].End >= last })
	if from < len(doc.Sentences) {
		span.Start = max(span.Start, doc.Sentences[from].Start)
	}
	if to < len(doc.Sentences) {
		span.End = min(span.End, doc.Sentences[to].End)
	}
	return span, true
}

// asOwnText copies the pieces of w as they would be if nothing stood around
// them: the first opens a paragraph, and only quotations inside it count.
func asOwnText(doc *news.Document, w window) []news.Piece {
	pieces := slices.Clone(doc.Pieces[w.start:w.end])
	pieces[0].Paragraph = 1
	whole := news.Span{Start: pieces[0].Start, End: pieces[len(pieces)-1].End}
	at := sort.Search(len(doc.Quotes), func(i int) bool { return doc.Quotes[i].Start > whole.Start })
	outer := at - 1
	for outer >= 0 && doc.Quotes[outer].Depth > 0 {
		outer--
	}
	if outer < 0 || doc.Quotes[outer].End < whole.End {
		return pieces
	}
	q := at
	for i := range pieces {
		for q < len(doc.Quotes) && doc.Quotes[q].End <= pieces[i].Start {
			q++
		}
		pieces[i].Quote = 0
		if q < len(doc.Quotes) && doc.Quotes[q].Start <= pieces[i].Start {
			pieces[i].Quote = 1
		}
	}
	return pieces
}
