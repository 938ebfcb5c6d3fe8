package terms

import "strings"

// common are the commonest words of English. Lists of what has them are so long
// that to look for two of them side by side reads most of an index; so each pair
// of them is a word of the index too ("common grams", as Lucene has them).
var common = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range Words("the of to and a in that is for on it with as was by be at from this have has not are but had will would their which or he she i we you they") {
		out[w.Stem] = true
	}
	return out
}()

// Common reports whether a stem is one of the commonest words.
func Common(stem string) bool { return len(stem) <= mostCommon && common[stem] }

// mostCommon is how long the longest of them is.
const mostCommon = 5

// Pairs are the pairs of common words that are neighbours in text, which is
// stems with a space between them: each as PairOf has it, with spaces between
// them.
func Pairs(stems string) string {
	var b strings.Builder
	last := "" // the word before, if it is common
	for w := range strings.SplitSeq(stems, " ") {
		if !Common(w) {
			last = ""
			continue
		}
		if last != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(last)
			b.WriteByte('0')
			b.WriteString(w)
		}
		last = w
	}
	return b.String()
}

// PairOf is how an index has two common words, the first before the second.
// There is no digit in a common word.
func PairOf(first, second string) string { return first + "0" + second }
