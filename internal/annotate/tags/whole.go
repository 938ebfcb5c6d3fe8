package tags

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// whole makes names of people and organisations whole where the encoder's words are smaller than
// those of the text: "Wróblicka-Mazur", "O'Shaughnessy", "Inc." are several words to
// it, and it may see a name in one of them only. A person's name that goes on with a particle
// after a space ("Nuri | al-Khafri") is one. tags are in order and stay so.
func whole(doc *news.Document, tags []news.Tag) []news.Tag {
	gone := map[int]bool{}
	w := wordsOf{doc}
	for _, group := range [][]news.TagKind{nameKinds, {news.TagPersonName}} {
		before := -1 // the tag of the group before the one being looked at
		for i := range tags {
			if !slices.Contains(group, tags[i].Kind) {
				continue
			}
			from := 0 // the first piece that no tag before has
			if before >= 0 {
				from = tags[before].Last + 1
			}
			if grows(tags[i].Kind) {
				w.growLeft(&tags[i], from)
				if before >= 0 && tags[before].Kind == group[0] && tags[i].Kind == group[0] && w.goesOn(tags[before], tags[i]) {
					tags[before].Last = tags[i].Last
					tags[before].Confidence = min(tags[before].Confidence, tags[i].Confidence)
					gone[i] = true
				}
			}
			if !gone[i] {
				before = i
			}
			to := len(doc.Pieces) // the first piece that the next tag has
			for j := i + 1; j < len(tags); j++ {
				if slices.Contains(group, tags[j].Kind) {
					to = tags[j].First
					break
				}
			}
			if grows(tags[before].Kind) {
				w.growRight(&tags[before], to)
			}
		}
	}
	kept := tags[:0]
	for i, t := range tags {
		if !gone[i] {
			t.Start, t.End = doc.Pieces[t.First].Start, doc.Pieces[t.Last].End
			kept = append(kept, t)
		}
	}
	return inOrder(kept)
}

// grows reports whether tags of kind k are made whole. What a hyphen joins to a
// place is often another ("the Ellery-Westmarch ferry").
func grows(k news.TagKind) bool { return k != news.TagPlace }

// wordsOf looks at the words around a tag.
type wordsOf struct{ *news.Document }

// text is that of pieces first to last.
func (w wordsOf) text(first, last int) string {
	return w.Text[w.Pieces[first].Start:w.Pieces[last].End]
}

// begin and end are the first and the last piece of the word that piece i is of.
func (w wordsOf) begin(i int) int {
	for i > 0 && !w.Pieces[i].First {
		i--
	}
	return i
}

func (w wordsOf) end(i int) int {
	for i+1 < len(w.Pieces) && !w.Pieces[i+1].First {
		i++
	}
	return i
}

// joins reports whether nothing stands between piece i and the one after it.
func (w wordsOf) joins(i int) bool {
	return i >= 0 && i+1 < len(w.Pieces) && w.Pieces[i].End == w.Pieces[i+1].Start
}

// apart reports whether a space stands before piece i.
func (w wordsOf) apart(i int) bool {
	return i > 0 && w.Text[w.Pieces[i-1].End:w.Pieces[i].Start] == " "
}

// link reports whether the word at piece i joins a part of a name to another:
// a hyphen, or an apostrophe after a part as short as that of O'Neill.
func (w wordsOf) link(i int, left string) bool {
	switch w.text(i, w.end(i)) {
	case "-", "‐", "‑":
		return true
	case "'", "’":
		return utf8.RuneCountInString(left) <= 2
	}
	return false
}

// part reports whether word may be part of a name.
func part(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// growRight takes in what is joined to the end of t, as far as piece to.
func (w wordsOf) growRight(t *news.Tag, to int) {
	for {
		link := t.Last + 1
		last := w.begin(t.Last)
		left := w.text(last, t.Last)
		if link >= to || !w.joins(t.Last) {
			return
		}
		if w.text(link, w.end(link)) == "." && abbreviated(left) {
			t.Last = link
			return
		}
		next := link + 1
		if next >= to || !w.link(link, left) || !w.joins(link) {
			return
		}
		end := w.end(next)
		if right := w.text(next, end); end >= to || !part(right) || strings.EqualFold(right, "s") {
			return
		}
		t.Last = end
	}
}

// growLeft takes in what is joined to the beginning of t, down to piece from.
func (w wordsOf) growLeft(t *news.Tag, from int) {
	for {
		link := t.First - 1
		if link <= from || !w.joins(link) || !w.joins(link-1) {
			return
		}
		first := w.begin(link - 1)
		if left := w.text(first, link-1); first < from || !w.link(link, left) || !part(left) && !english.Particle(left) || !part(w.text(t.First, w.end(t.First))) {
			return
		}
		t.First = first
	}
}

// abbreviated reports whether word keeps its full stop at the end of a name.
func abbreviated(word string) bool {
	switch strings.ToLower(word) {
	case "inc", "corp", "co", "ltd", "bros", "dept", "univ":
		return true
	}
	known, _ := english.NameSuffix(word)
	return known && !strings.ContainsAny(word, "IV") || utf8.RuneCountInString(word) == 1 && part(word) && !strings.ContainsAny(word, "IVX")
}

// goesOn reports whether t goes on with u: u follows after a space and begins with
// a particle in small letters, or they are two parts of one word with an apostrophe.
func (w wordsOf) goesOn(t, u news.Tag) bool {
	if u.First == t.Last+1 && w.Text[w.Pieces[t.Last].End:w.Pieces[u.First].Start] == " " {
		word := w.text(u.First, w.end(u.First))
		return english.Particle(word) && !part(word)
	}
	return u.First == t.Last+2 && w.joins(t.Last) && w.joins(t.Last+1) &&
		strings.ContainsAny(w.text(t.Last+1, t.Last+1), "'’") && w.link(t.Last+1, w.text(w.begin(t.Last), t.Last))
}
