package tags

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
			if next > t.Last || !outside(word, stopped, t.Kind) && !(office(word) && (wordsOf{doc}).end(next) < t.Last) {
				break
			}
			t.First = next
		}
		t.Last -= possessive(doc, *t)
		narrow(doc, t)
		t.Start, t.End = doc.Pieces[t.First].Start, doc.Pieces[t.Last].End
	}
	return inOrder(tags)
}

// narrow takes off a person's name what the network drew into it: words in small
// letters before it ("deputy Ana Brandt"), where they come from and degrees after it
// ("Ana Brandt of Ellery", "Ana Brandt KC").
func narrow(doc *news.Document, t *news.Tag) {
	w := wordsOf{doc}
	var words [][2]int // first and last pieces
	for i := t.First; i <= t.Last; i = w.end(i) + 1 {
		words = append(words, [2]int{i, min(w.end(i), t.Last)})
	}
	from, to := 0, len(words)
	for k := 1; k < len(words)-1; k++ {
		word := w.text(words[k][0], words[k][1])
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsLower(r) || english.Particle(word) || len(word) < 4 && word != "of" && word != "in" && word != "at" || !w.apart(words[k][0]) || !w.apart(words[k+1][0]) {
			continue
		}
		switch word {
		case "of", "from", "in", "at":
			if k-from > 1 {
				to = k
			}
		case "the", "and":
		default:
			from = k + 1
		}
		if to < len(words) {
			break
		}
	}
	if first := w.text(words[0][0], words[0][1]); len(words) > 1 && from == 0 && first == strings.ToLower(first) && first != strings.ToUpper(first) &&
		!english.Particle(first) && part(w.text(words[1][0], words[1][1])) && w.apart(words[1][0]) {
		from = 1
	}
	for to-from > 2 {
		if known, distinct := english.NameSuffix(w.text(words[to-1][0], words[to-1][1])); !known || distinct || !w.apart(words[to-1][0]) {
			break
		}
		to--
	}
	if to > from {
		t.First, t.Last = words[from][0], words[to-1][1]
	}
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

// office reports whether word is an office before a name of two words and more,
// though it may be a name before one.
func office(word string) bool {
	switch strings.ToLower(word) {
	case "judge", "justice", "chief", "major", "general", "coach", "chancellor":
		return true
	}
	return false
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
