package tags

import (
	"cmp"
	"slices"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// bound sets the bounds of people's names: an honorific before a name and a
// possessive after it are no part of it. It keeps tags in order.
func bound(doc *news.Document, tags []news.Tag) []news.Tag {
	for i := range tags {
		t := &tags[i]
		if t.Kind != news.TagPerson && t.Kind != news.TagPersonName {
			continue
		}
		for {
			next := t.First + 1
			for next <= t.Last && !doc.Pieces[next].First {
				next++
			}
			word := doc.Text[doc.Pieces[t.First].Start:doc.Pieces[next-1].End]
			stopped := next <= t.Last && doc.Pieces[next].Text(doc.Text) == "."
			if stopped {
				next++
			}
			if next > t.Last || !outside(word, stopped, t.Kind) {
				break
			}
			t.First = next
		}
		t.Last -= possessive(doc, *t)
		t.Start, t.End = doc.Pieces[t.First].Start, doc.Pieces[t.Last].End
	}
	return inOrder(tags)
}

// inOrder sorts tags by place, the longer of two that begin together first.
func inOrder(tags []news.Tag) []news.Tag {
	slices.SortStableFunc(tags, byPlace)
	return tags
}

func byPlace(a, b news.Tag) int {
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
}

// outside reports whether word, a full stop after it or none, is no part of a name
// that follows it. The data by which names of people are known elsewhere (Universal
// NER) keep the titles of clerics in them; as mentions they are left out.
func outside(word string, stopped bool, kind news.TagKind) bool {
	if _, ok := english.Honorific(word); !ok {
		return false
	}
	switch strings.ToLower(word) {
	case "sheikh", "sheik", "mullah", "ayatollah", "imam":
		return kind == news.TagPersonName
	case "king", "prince", "duke", "baron", "lord", "judge", "justice", "bishop", "pope", "cardinal", "major", "general",
		"chancellor", "father", "brother", "sister", "miss", "chief", "coach", "emir", "princess", "queen", "lady":
		return stopped // they are names too, or all that a name has (Pope Francis, Prince)
	}
	return true
}

// possessive is how many pieces at the end of t are an ending "'s" or "'".
func possessive(doc *news.Document, t news.Tag) int {
	mark := func(i int) bool {
		s := doc.Pieces[i].Text(doc.Text)
		return s == "'" || s == "’"
	}
	switch n := t.Last - t.First; {
	case n >= 2 && mark(t.Last-1) && strings.EqualFold(doc.Pieces[t.Last].Text(doc.Text), "s"):
		return 2
	case n >= 1 && mark(t.Last):
		return 1
	}
	return 0
}
