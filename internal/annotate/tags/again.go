package tags

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// likely is the confidence of a name that the network did not see where it stands.
const likely = 0.5

// known tags the bodies that are known everywhere ("BBC") where the network passed
// them over. tags are in order and stay so.
func known(doc *news.Document, tags []news.Tag) []news.Tag {
	var more []news.Tag
	w := wordsOf{doc}
	for first, last := range w.untagged(tags) {
		if english.KnownBody(w.text(first, last)) {
			more = append(more, w.tag(first, last, news.TagOrganisation))
		}
	}
	return inOrder(append(tags, more...))
}

// again tags a name of one word where the network passed it over but saw it at least
// three times elsewhere, always of one kind, and oftener than not ("the CPA"). Words
// with which a sentence opens are left, for they have a capital anyway. tags are in
// order and stay so.
func again(doc *news.Document, tags []news.Tag) []news.Tag {
	const enough = 3
	type name struct {
		kind   news.TagKind
		seen   int
		mixed  bool // seen as of another kind too
		missed []news.Tag
	}
	w := wordsOf{doc}
	names := map[string]*name{}
	for _, t := range tags {
		word := t.Text(doc.Text)
		if !isName(t) || w.end(t.First) != t.Last || len(word) < 3 || !part(word) {
			continue
		}
		n := names[word]
		if n == nil {
			n = &name{kind: t.Kind}
			names[word] = n
		}
		n.seen++
		n.mixed = n.mixed || n.kind != t.Kind
	}
	for first, last := range w.untagged(tags) {
		n := names[w.text(first, last)]
		if n != nil && n.seen >= enough && !n.mixed && !opensSentence(doc.Text, doc.Pieces[first].Start) {
			n.missed = append(n.missed, w.tag(first, last, n.kind))
		}
	}
	for _, n := range names {
		if len(n.missed) < n.seen {
			tags = append(tags, n.missed...)
		}
	}
	return inOrder(tags)
}

// untagged are the first and last pieces of words that belong to no name among tags,
// parts of addresses and of words with a hyphen aside.
func (w wordsOf) untagged(tags []news.Tag) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		next, taken := 0, -1 // the next tag; the last piece of the names before it
		for i := 0; i < len(w.Pieces); i = w.end(i) + 1 {
			for ; next < len(tags) && tags[next].First <= i; next++ {
				if isName(tags[next]) {
					taken = max(taken, tags[next].Last)
				}
			}
			last := w.end(i)
			before, after := w.Text[:w.Pieces[i].Start], w.Text[w.Pieces[last].End:]
			if i <= taken || partOfWord(before, after) {
				continue
			}
			if !yield(i, last) {
				return
			}
		}
	}
}

// partOfWord reports whether what stands around a word makes it part of a longer one, of
// an address or of a file's name.
func partOfWord(before, after string) bool {
	if before != "" && strings.IndexByte("-_/", before[len(before)-1]) >= 0 || after != "" && strings.IndexByte("-_", after[0]) >= 0 {
		return true
	}
	rest, stopped := strings.CutPrefix(after, ".")
	r, _ := utf8.DecodeRuneInString(rest)
	return stopped && unicode.IsLetter(r) || joinedTo(before)
}

// tag is a name that the network did not see.
func (w wordsOf) tag(first, last int, kind news.TagKind) news.Tag {
	return news.Tag{Span: news.Span{Start: w.Pieces[first].Start, End: w.Pieces[last].End}, Kind: kind, First: first, Last: last, Confidence: likely}
}

// opensSentence reports whether a sentence or a line begins at a place.
func opensSentence(text string, at int) bool {
	before := strings.TrimRight(text[:at], " ‘'“\"(")
	return before == "" || strings.IndexByte("\n.!?:", before[len(before)-1]) >= 0
}
