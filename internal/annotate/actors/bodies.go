package actors

import (
	"slices"
	"strings"
	"unicode"

	"whosaid/internal/english"
)

// renowned are short names that no string ties to the long ones: what every
// reader of news knows.
var renowned = map[string]string{
	"gop": "republican party", "us": "united states", "usa": "united states", "america": "united states", "united states of america": "united states",
	"uk": "united kingdom", "great britain": "united kingdom", "britain": "united kingdom", "uae": "united arab emirates", "isis": "islamic state", "isil": "islamic state", "daesh": "islamic state",
	"ap": "associated press", "wsj": "wall street journal", "nyt": "new york times", "wapo": "washington post", "huffpost": "huffington post", "fed": "federal reserve",
	"scotus": "supreme court", "doj": "department of justice", "justice department": "department of justice", "state department": "department of state",
	"defense department": "department of defense", "treasury department": "department of the treasury", "irs": "internal revenue service", "nato": "north atlantic treaty organization",
	"who": "world health organization", "labour": "labour party", "tories": "conservative party", "democrats": "democratic party",
}

// bodies makes clusters of organisations and places: by their names, by
// acronyms, by parts of names.
func (r *reading) bodies() {
	exact := map[string]int{}
	short := map[string][]int{} // first or last word of a longer name, or its initials -> clusters
	for pass := range 2 {
		for i := range r.mentions {
			m := &r.mentions[i]
			if m.kind == person || m.actor != none {
				continue
			}
			words := bodyWords(m.Text(r.text))
			acronym := isAcronym(m.Text(r.text))
			if pass == 0 && (len(words) < 2 || acronym) {
				continue
			}
			m.form = formName
			if acronym {
				m.form = formAcronym
			}
			r.body(i, words, exact, short)
		}
	}
}

// body gives mention i, of the given folded words, to its cluster.
func (r *reading) body(i int, words []string, exact map[string]int, short map[string][]int) {
	m := &r.mentions[i]
	key := strings.Join(words, " ")
	if long, ok := renowned[key]; ok {
		if _, have := exact[key]; !have || m.form == formAcronym {
			if c, ok := exact[long]; ok {
				r.join(i, c, "another name of the same body", 0.9)
				return
			}
		}
	}
	if c, ok := exact[key]; ok {
		r.join(i, c, "the same name", 1)
		return
	}
	if r.partOfBody(i, words, exact, short) {
		return
	}
	c := r.newCluster(m.kind)
	r.join(i, c, "a name of its own", 1)
	exact[key] = c
	if long, ok := renowned[key]; ok {
		exact[long] = c
	}
	if len(words) > 1 {
		for _, s := range []string{bodyInitials(words, false), bodyInitials(words, true)} {
			if len(s) > 1 && !slices.Contains(short["="+s], c) {
				short["="+s] = append(short["="+s], c)
			}
		}
		for _, w := range []string{words[0], words[len(words)-1]} {
			if !slices.Contains(short[w], c) {
				short[w] = append(short[w], c)
			}
		}
	}
}

// partOfBody looks for a longer name of which mention i is the acronym or the
// beginning or end.
func (r *reading) partOfBody(i int, words []string, exact map[string]int, short map[string][]int) bool {
	m := &r.mentions[i]
	if m.form == formAcronym {
		if c := r.before(i, short["="+strings.Join(words, "")]); c != none {
			r.join(i, c, "the initials of the name", 0.9)
			exact[strings.Join(words, " ")] = c
			return true
		}
		return false
	}
	if len(words) == 0 || vague(words) {
		return false
	}
	for _, end := range []string{words[0], words[len(words)-1]} {
		for _, c := range nearby(short[end]) {
			first := r.mentions[r.clusters[c].names[0]]
			long := bodyWords(first.Text(r.text))
			if len(long) <= len(words) || first.kind != m.kind {
				continue
			}
			if slices.Equal(long[:len(words)], words) && !belongs(long[len(words):]) || slices.Equal(long[len(long)-len(words):], words) && len(words) > 1 {
				m.form = formShort
				r.join(i, c, "a part of the name", 0.8)
				exact[strings.Join(words, " ")] = c
				return true
			}
		}
	}
	return false
}

// before is the cluster among those listed that was named last before mention i,
// or else the first.
func (r *reading) before(i int, list []int) int {
	best, at := none, -1
	for _, c := range nearby(list) {
		first := r.clusters[c].names[0]
		if best == none || first < i && first > at {
			best, at = c, first
		}
	}
	return best
}

// belongs reports whether the words that follow a name make another body of it:
// "Clinton campaign" is not Clinton, "Ohio State University" not Ohio.
func belongs(rest []string) bool {
	switch rest[len(rest)-1] {
	case "campaign", "administration", "foundation", "government", "office", "transition", "house":
		return true
	}
	return false
}

// vague reports whether a word is the beginning or end of too many names to
// stand for one.
func vague(words []string) bool {
	if len(words) > 1 {
		return false
	}
	switch words[0] {
	case "national", "american", "new", "north", "south", "east", "west", "central", "united", "international", "state", "federal", "university", "party", "committee", "department",
		"news", "times", "post", "court", "institute", "group", "union", "bank", "house", "republican", "democratic", "white", "supreme", "center", "centre", "city", "county", "general":
		return true
	}
	return false
}

// bodyWords is a name's folded words, without a leading article.
func bodyWords(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune("'’.-‐‑&", r)
	})
	out := words[:0]
	for i, w := range words {
		w = fold(english.Bare(strings.TrimRight(w, ".")))
		if w == "" || i == 0 && w == "the" && len(words) > 1 {
			continue
		}
		out = append(out, w)
	}
	return out
}

// isAcronym reports whether a name is written in capitals alone, or with a full
// stop after each letter.
func isAcronym(text string) bool {
	letters := 0
	for _, c := range text {
		switch {
		case unicode.IsUpper(c) || unicode.IsDigit(c) || c == '&':
			letters++
		case c == '.':
		default:
			return false
		}
	}
	return letters >= 2 && letters <= 6
}

// bodyInitials is the initials of a name, with or without its small words.
func bodyInitials(words []string, all bool) string {
	var b strings.Builder
	for _, w := range words {
		switch w {
		case "of", "the", "and", "for", "in", "on", "&", "to":
			if !all {
				continue
			}
		}
		for _, part := range strings.Split(w, "-") {
			for _, c := range part {
				b.WriteRune(c)
				break
			}
		}
	}
	return b.String()
}
