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
		b.WriteString(strings.Join(strings.Fields(text[words[i].Start:words[k-1].End]), " "))
		i = k
	}
	return b.String()
}
