package polnear

import (
	"slices"
	"sort"
	"unicode"
)

// A tokenised text is its code points and the words among them. Only words
// count in any figure: runs of letters, digits and underscores, which an
// apostrophe or a hyphen may join. Punctuation never counts.
type tokenised struct {
	runes []rune
	words [][2]int // half-open ranges of code points, in order
}

func tokenise(text string) tokenised {
	t := tokenised{runes: []rune(text)}
	for i := 0; i < len(t.runes); {
		if !wordRune(t.runes[i]) {
			i++
			continue
		}
		start := i
		for i < len(t.runes) && (wordRune(t.runes[i]) ||
			joins(t.runes[i]) && i+1 < len(t.runes) && wordRune(t.runes[i+1])) {
			i++
		}
		t.words = append(t.words, [2]int{start, i})
	}
	return t
}

// wordRune is \w of Python's re for text: str.isalnum and the underscore.
func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
}

func joins(r rune) bool { return r == '’' || r == '\'' || r == '-' }

// A set holds the indexes of words, rising.
type set []int

// in is the words that share a code point with one of spans.
func (t tokenised) in(spans [][2]int) set {
	var s set
	for _, span := range spans {
		first := sort.Search(len(t.words), func(i int) bool { return t.words[i][1] > span[0] })
		for i := first; i < len(t.words) && t.words[i][0] < span[1]; i++ {
			s = append(s, i)
		}
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// slice is the text of span; positions past the end are drawn in.
func (t tokenised) slice(span [2]int) string {
	end := min(max(span[1], 0), len(t.runes))
	return string(t.runes[min(max(span[0], 0), end):end])
}

// shared is the number of words in both s and o.
func (s set) shared(o set) int {
	n := 0
	for i, j := 0, 0; i < len(s) && j < len(o); {
		switch {
		case s[i] < o[j]:
			i++
		case s[i] > o[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// iou is the size of the intersection over that of the union, 1 for two empty
// sets.
func (s set) iou(o set) float64 {
	both := s.shared(o)
	union := len(s) + len(o) - both
	if union == 0 {
		return 1
	}
	return float64(both) / float64(union)
}

func union(sets ...set) set {
	var all set
	for _, s := range sets {
		all = append(all, s...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
