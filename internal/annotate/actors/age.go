package actors

import "strings"

// age is the age by which nominal i calls somebody ("46" of "the 46-year-old"), or "".
func (r *reading) age(i int) string {
	m := &r.mentions[i]
	for w := m.word; w < m.word+m.words; w++ {
		if age, ok := strings.CutSuffix(r.folded[w], "-year-old"); ok {
			return inFigures(age)
		}
	}
	return ""
}

// ageOf is the age that the article gives to cluster c beside its name ("Ada Voss, 46,"
// or "four-year-old Kit"), or "".
func (r *reading) ageOf(c int) string {
	for n, i := range r.clusters[c].names {
		if n >= 20 {
			break
		}
		m := &r.mentions[i]
		if m.word > 0 {
			if age, ok := strings.CutSuffix(r.folded[m.word-1], "-year-old"); ok {
				return inFigures(age)
			}
		}
		next := m.word + m.words
		if next >= len(r.words) || r.text[m.End:r.words[next].Start] != ", " {
			continue
		}
		after := r.text[r.words[next].End:]
		if w := r.folded[next]; len(w) <= 3 && strings.Trim(w, "0123456789") == "" && (strings.HasPrefix(after, ",") || strings.HasPrefix(after, ".")) {
			return w
		}
	}
	return ""
}

// otherAge reports whether nominal i calls somebody by an age that is not that of
// cluster c.
func (r *reading) otherAge(i, c int) bool {
	age := r.age(i)
	if age == "" {
		return false
	}
	own := r.ageOf(c)
	return own != "" && own != age
}

// ofAge is the one candidate of the age by which nominal i calls somebody, or none.
func (r *reading) ofAge(i int, list []candidate) int {
	age, best := r.age(i), none
	if age == "" {
		return none
	}
	for _, x := range list {
		if r.ageOf(x.cluster) != age {
			continue
		}
		if best != none {
			return none
		}
		best = x.cluster
	}
	return best
}

// inFigures is a small number in figures, whichever way it is written.
func inFigures(n string) string {
	for k, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve") {
		if w == n {
			return strings.TrimLeft("01 02 03 04 05 06 07 08 09 10 11 12"[3*k:3*k+2], "0")
		}
	}
	return n
}
