package utterances

import "strings"

// A Change says how a run of words in one printing stands to another printing.
type Change string

// The changes.
const (
	Kept    Change = "same"
	LeftOut Change = "left out" // the other has words here, this one has none
	Added   Change = "added"    // this one has words here, the other has none
	Changed Change = "changed"  // both have words, and not the same
)

// A Run is words of one printing beside those of another.
type Run struct {
	Change Change `json:"change"`
	Text   string `json:"text"`          // as this one prints them; empty where left out
	Was    string `json:"was,omitempty"` // as the other prints them, where that differs
}

// Differ is one printing word by word beside another: text and words are its
// article's and its own, base those of the other. The runs hold all words of
// both, in order; those kept give the text of the printing, punctuation and all.
func Differ(baseText string, base []Word, text string, words []Word) []Run {
	var out []Run
	for _, p := range join(Align(base, words)) {
		r := Run{Text: span(text, words[p.B[0]:p.B[1]])}
		was := span(baseText, base[p.A[0]:p.A[1]])
		switch {
		case p.Same:
			r.Change = Kept
		case r.Text == "":
			r.Change, r.Was = LeftOut, was
		case was == "":
			r.Change = Added
		default:
			r.Change, r.Was = Changed, was
		}
		out = append(out, r)
	}
	return out
}

// join makes one step of like words that follow each other.
func join(steps []Pair) []Pair {
	var out []Pair
	for _, p := range steps {
		if k := len(out) - 1; k >= 0 && p.Same && out[k].Same {
			out[k].A[1], out[k].B[1] = p.A[1], p.B[1]
			continue
		}
		out = append(out, p)
	}
	return out
}

// span is words as they are printed, with what stands between them, and an
// ellipsis where the outlet's own words part them.
func span(text string, words []Word) string {
	var b strings.Builder
	for i := 0; i < len(words); {
		k := i + 1
		for k < len(words) && !words[k].Break {
			k++
		}
		if i > 0 {
			b.WriteString(" … ")
		}
		from, to := words[i].Start, words[k-1].End
		if from > 0 && text[from-1] == '[' {
			from--
		}
		if to < len(text) && text[to] == ']' {
			to++
		}
		b.WriteString(strings.Join(strings.Fields(text[from:to]), " "))
		i = k
	}
	return b.String()
}

// TextWords are the words of a text that is nobody's statement.
func TextWords(text string) []Word {
	c := cutter{text: text, end: len(text)}
	return c.run()
}

// AlignTexts lays the paragraphs of two editions beside each other: each step
// names a paragraph of either, or -1 where it has none. Paragraphs that are the
// same, or share half of what they tell, stand side by side.
func AlignTexts(a, b []string) [][2]int {
	wordsA, wordsB := make([][]Word, len(a)), make([][]Word, len(b))
	for i, s := range a {
		wordsA[i] = TextWords(s)
	}
	for i, s := range b {
		wordsB[i] = TextWords(s)
	}
	alike := func(i, j int) float64 {
		if a[i] == b[j] {
			return 1
		}
		_, more := shares(stemsShared(wordsA[i], wordsB[j]), told(wordsA[i]), told(wordsB[j]))
		if more < 0.5 {
			return 0
		}
		return more
	}
	n, m := len(a), len(b)
	best := make([][]float64, n+1)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := alike(i, j); s > 0 {
				best[i][j] = max(best[i][j], best[i+1][j+1]+s)
			}
		}
	}
	var out [][2]int
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && best[i][j] == best[i+1][j]:
			out = append(out, [2]int{i, -1})
			i++
		case j < m && best[i][j] == best[i][j+1]:
			out = append(out, [2]int{-1, j})
			j++
		default:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		}
	}
	return out
}
