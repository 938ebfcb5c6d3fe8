package utterances

// quotation tells how the quoted words of two reports of one utterance stand to
// each other.
func quotation(a, b []Word) Relation {
	d := differences(a, b)
	switch {
	case d.changed > 0:
		return Altered
	case d.ownA > 0 && d.ownB > 0:
		return Partial
	case d.ownA > 0 || d.ownB > 0:
		return Truncated
	}
	return Verbatim
}

// differing counts words.
type differing struct {
	same       int
	ownA, ownB int // that one side has and the other leaves out
	changed    int // that stand for others, or are dropped or put in where nothing marks it
}

// few is how many words a speaker's sentence can lose or gain without a mark
// and still be meant as the same words.
const few = 4

func differences(a, b []Word) differing {
	steps := settled(a, b)
	var d differing
	for i, p := range steps {
		if p.Same {
			d.same += p.A[1] - p.A[0]
			continue
		}
		left, right := a[p.A[0]:p.A[1]], b[p.B[0]:p.B[1]]
		left, right = meant(left), meant(right)
		n, m := len(left), len(right)
		switch {
		case n == 0 && m == 0:
		case i == 0 || i == len(steps)-1:
			// Where both have a few words at the edge, one side has reworded it.
			if n > 0 && m > 0 && n <= few && m <= few {
				d.changed += min(n, m)
			} else {
				d.ownA, d.ownB = d.ownA+n, d.ownB+m
			}
		case n > 0 && m > 0 || inserted(left) || inserted(right):
			d.changed += max(n, m)
		case gapAfter(a, p.A, b, p.B):
			d.ownA, d.ownB = d.ownA+n, d.ownB+m
		case n+m <= few:
			d.changed += n + m
		default:
			d.ownA, d.ownB = d.ownA+n, d.ownB+m
		}
	}
	return d
}

// settled is the alignment of a and b without words that are alike by chance:
// a common word alone between words that differ.
func settled(a, b []Word) []Pair {
	steps := join(Align(a, b))
	var out []Pair
	for i, p := range steps {
		if p.Same && chance(a[p.A[0]:p.A[1]]) && (i == 0 || wide(steps[i-1])) && (i == len(steps)-1 || wide(steps[i+1])) && len(steps) > 1 {
			p.Same = false
		}
		if k := len(out) - 1; k >= 0 && !p.Same && !out[k].Same {
			out[k].A[1], out[k].B[1] = p.A[1], p.B[1]
			continue
		}
		out = append(out, p)
	}
	return out
}

// chance reports whether words tell so little that two texts share them by
// chance.
func chance(words []Word) bool { return len(words) < 3 && told(words) < 4 }

// wide reports whether a step of unlike words has words on both sides, or many.
func wide(p Pair) bool {
	n, m := p.A[1]-p.A[0], p.B[1]-p.B[0]
	return n > 0 && m > 0 || n+m > few
}

var that = hash("that")

// meant leaves out "that", which a report puts before what was said.
func meant(words []Word) []Word {
	var out []Word
	for _, w := range words {
		if w.Key != that {
			out = append(out, w)
		}
	}
	return out
}

func inserted(words []Word) bool {
	for _, w := range words {
		if w.Inserted {
			return true
		}
	}
	return false
}

// gapAfter reports whether the side that lacks words marks it: by an ellipsis,
// or because its own words come between there.
func gapAfter(a []Word, onA [2]int, b []Word, onB [2]int) bool {
	marked := func(words []Word, at int) bool { return at < len(words) && (words[at].Gap || words[at].Break) }
	if onA[0] == onA[1] {
		return marked(a, onA[1])
	}
	return marked(b, onB[1])
}
