package actors

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"whosaid/internal/english"
)

// most is how many people of one family name, or of one word of their names,
// are looked at for a mention: enough for any article, and the work stays
// linear where a text lists thousands.
const most = 100

// A directory finds clusters by the words of their full names.
type directory struct {
	byWord map[string][]int // skeleton of a word -> clusters
	joined map[string]int   // all words run together -> cluster
	exact  map[string]int   // the same name again -> cluster
}

// people makes clusters of all persons' names: full names first, wherever they
// stand, then the parts of names that could be theirs.
func (r *reading) people() {
	d := directory{map[string][]int{}, map[string]int{}, map[string]int{}}
	var parts []int
	for i, m := range r.mentions {
		switch {
		case m.kind != person || m.form == formPronoun || m.form == formNominal:
		case m.name.full():
			r.fullName(&d, i)
		default:
			parts = append(parts, i)
		}
	}
	// Where an honorific tells the gender two of one family name are told apart;
	// what is a bare name then goes to whom the article names more.
	slices.SortStableFunc(parts, func(a, b int) int { return truth(r.mentions[b].name.sure) - truth(r.mentions[a].name.sure) })
	for _, i := range parts {
		r.partOfName(&d, i)
	}
}

// fullName gives mention i to the cluster of its name, or to a new one. Two
// full names that differ are never one person's; spellings, initials and short
// forms of the given name are no difference.
func (r *reading) fullName(d *directory, i int) {
	m := &r.mentions[i]
	m.form = formName
	n := m.name
	key := strings.Join(n.words, " ") + " " + n.suffix
	if n.sure {
		key += fmt.Sprint(" ", n.gender)
	}
	if c, ok := d.exact[key]; ok {
		r.join(i, c, "the same name", 1)
		return
	}
	c := none
	bucket := d.byWord[skeleton(bareWord(n.family()))]
	if len(n.family()) == 1 {
		bucket = d.byWord[skeleton(bareWord(n.words[0]))]
	}
	for _, k := range bucket[max(0, len(bucket)-most):] {
		if r.samePerson(n, k) {
			c = k
			break
		}
	}
	why := "a full name of its own"
	if c == none {
		c = r.newCluster(person)
	} else {
		why = "another form of the same full name"
	}
	r.join(i, c, why, 1)
	r.clusters[c].full = append(r.clusters[c].full, n)
	d.exact[key] = c
	d.joined[strings.Join(n.words, "")] = c
	for _, w := range n.words {
		s := skeleton(bareWord(w))
		if !slices.Contains(d.byWord[s], c) {
			d.byWord[s] = append(d.byWord[s], c)
		}
		if at := strings.LastIndexByte(w, '-'); at > 0 {
			if s := skeleton(w[at+1:]); !slices.Contains(d.byWord[s], c) {
				d.byWord[s] = append(d.byWord[s], c)
			}
		}
	}
}

// samePerson reports whether a full name can be one of cluster c's.
func (r *reading) samePerson(n name, c int) bool {
	k := &r.clusters[c]
	if n.sure && k.told && n.gender.Clashes(k.gender) {
		return false
	}
	for _, o := range k.full {
		if n.suffix != o.suffix && n.suffix != "" && o.suffix != "" {
			continue
		}
		if sameFull(n, o) {
			return true
		}
	}
	return false
}

// sameFull reports whether two full names can be one person's.
func sameFull(a, b name) bool {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	if n := len(b.words) - len(a.words); n > 0 && len(a.words) > 1 && slices.EqualFunc(a.words, b.words[n:], sameWord) {
		return true // a family name of two words, the given name left out
	}
	if len(a.family()) == 1 || len(b.family()) == 1 {
		return a.family()[0] == b.family()[0] && len(a.words) == 2 && sameGiven(a.words[0], b.words[0])
	}
	if !sameWord(a.family(), b.family()) {
		// A double family name, of which the first part alone was given.
		return len(a.words) >= 2 && len(b.words) > len(a.words) && subset(a.words, b.words) && sameGiven(a.words[0], b.words[0])
	}
	if !sameGiven(a.words[0], b.words[0]) {
		return false
	}
	x, y := a.words[1:len(a.words)-1], b.words[1:len(b.words)-1]
	if len(x) == 0 || len(y) == 0 || subset(x, y) {
		return true
	}
	return x[0][0] == y[0][0] && (len(x[0]) == 1 || len(y[0]) == 1 || sameWord(x[0], y[0]))
}

// subset reports whether every word of a is one of b.
func subset(a, b []string) bool {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y string) bool { return sameWord(x, y) }) {
			return false
		}
	}
	return true
}

// partOfName gives a mention that is one part of a name to the person whose
// name holds it. Of several people of one family name it is the one whose
// gender fits, then the one whom the article has named most so far, those named
// shortly before first.
func (r *reading) partOfName(d *directory, i int) {
	m := &r.mentions[i]
	m.form = formShort
	n := m.name
	w := n.words[0]
	best, bestScore, rivals := none, math.Inf(-1), 0
	why := ""
	weigh := func(c int, score float64, because string) {
		rivals++
		if score += math.Log1p(float64(len(r.clusters[c].names))) + r.recency(i, c); score > bestScore {
			best, bestScore, why = c, score, because
		}
	}
	for _, c := range nearby(d.byWord[skeleton(bareWord(w))]) {
		score, part := r.partScore(n, c)
		if part == "" || m.gender.Clashes(r.clusters[c].gender) && (m.name.sure && r.clusters[c].gender != english.Unmarked) {
			continue
		}
		weigh(c, score, part)
	}
	for _, c := range nearby(d.byWord["part "+skeleton(bareWord(w))]) {
		if rivals == 0 || n.sure || !r.clusters[c].told || !sameWord(r.mentions[r.clusters[c].mentions[0]].name.words[0], w) {
			continue
		}
		weigh(c, familyScore, "the name that an honorific went with")
	}
	switch {
	case best != none:
		if rivals > 1 {
			why += fmt.Sprintf(", the likeliest of %d people of that name", rivals)
		}
		r.join(i, best, why, 1/float64(rivals))
		return
	case len(w) > 6:
		for _, s := range []string{w, strings.TrimPrefix(w, "real"), strings.TrimPrefix(w, "the")} {
			if c, ok := d.joined[s]; ok {
				r.join(i, c, "the full name as one word", 1)
				return
			}
		}
	case len(w) >= 2 && len(w) <= 4 && strings.ToUpper(m.Text(r.text)) == m.Text(r.text):
		for c := range min(len(r.clusters), most) {
			if slices.ContainsFunc(r.clusters[c].full, func(n name) bool { return initials(n.words) == w }) {
				m.form = formAcronym
				r.join(i, c, "the initials of the name", 0.9)
				return
			}
		}
	}
	key := "part " + bareWord(w)
	if n.sure {
		if c, ok := d.exact[key+fmt.Sprint(n.gender)]; ok {
			r.join(i, c, "the same name and honorific", 1)
			return
		}
	}
	if c, ok := d.exact[key]; ok && !(n.sure && r.clusters[c].told && n.gender.Clashes(r.clusters[c].gender)) {
		r.join(i, c, "the same name", 1)
		return
	}
	c := none
	for _, k := range nearby(d.byWord["part "+skeleton(bareWord(w))]) {
		if sameWord(r.mentions[r.clusters[k].mentions[0]].name.words[0], w) && !(n.sure && r.clusters[k].told && n.gender.Clashes(r.clusters[k].gender)) {
			c = k
			break
		}
	}
	if c == none {
		c = r.newCluster(person)
		d.byWord["part "+skeleton(bareWord(w))] = append(d.byWord["part "+skeleton(bareWord(w))], c)
	}
	r.join(i, c, "a name that stands alone", 0.8)
	if k := &r.clusters[c]; k.gender == english.Unmarked && !familyToo[w] {
		k.gender, _ = english.GivenName(w)
	}
	d.exact[key] = c
	if n.sure {
		d.exact[key+fmt.Sprint(n.gender)] = c
	}
}

// familyToo are given names that are as common as family names: alone they tell
// no gender.
var familyToo = map[string]bool{}

func init() {
	for _, w := range strings.Fields("warren scott james thomas martin lewis grant allen graham howard ross douglas gordon stewart russell murray mitchell bruce carter ryan marshall " +
		"spencer wallace craig dean glenn harvey henry jack barry owen paul perry ray reed stuart tyler vernon victor ward wayne wade clark clay curtis dale duncan elliott francis franklin gilbert " +
		"hamza hassan hussein ibrahim ismail khalil mustafa omar rashid salman simon solomon stanley vincent walter arthur alexander benjamin george gregory jacob jordan joseph kim lawrence leon " +
		"leonard lloyd louis lucas luke maxwell michael morris nelson nicholas norman oliver oscar otto patrick philip ralph raymond robert roy samuel terry theodore todd grace hope joy rose " +
		"ruth april june dawn faith holly ivy jasmine kelly kay  lynn may paige penny rosario  ali ahmed abdullah chen") {
		familyToo[w] = true
	}
}

// nearby is the first clusters of a bucket.
func nearby(bucket []int) []int { return bucket[:min(len(bucket), most)] }

// familyScore is how well a family name stands for the whole.
const familyScore = 3

// partScore says which part of the names of cluster c the one word of n is, and
// how well that part stands for the whole.
func (r *reading) partScore(n name, c int) (score float64, part string) {
	w := n.words[0]
	for _, f := range r.clusters[c].full {
		last := f.family()
		tail := last[strings.LastIndexByte(last, '-')+1:]
		switch {
		case sameWord(last, w) || sameWord(tail, w):
			return familyScore, "the family name"
		case sameWord(f.words[0], w):
			if len(w) > 1 {
				score, part = 1, "the given name"
			}
		case part == "" && slices.ContainsFunc(f.words, func(x string) bool { return sameWord(x, w) }):
			score, part = 0.5, "a part of the name"
		}
	}
	if part == "the given name" && n.sure {
		score = 0.2 // an honorific goes with the family name
	}
	return score, part
}

// recency prefers people who were named a little before mention i.
func (r *reading) recency(i, c int) float64 {
	names := r.clusters[c].names
	k, _ := slices.BinarySearch(names, i)
	if k == 0 {
		return 0
	}
	if far := r.mentions[i].sentence - r.mentions[names[k-1]].sentence; far >= 0 && far < 2 {
		return r.options.Recent
	}
	return 0
}

func initials(words []string) string {
	s := ""
	for _, w := range words {
		for _, part := range strings.Split(w, "-") {
			if part != "" {
				s += part[:1]
			}
		}
	}
	return s
}

// newCluster adds an empty cluster.
func (r *reading) newCluster(kind string) int {
	r.clusters = append(r.clusters, cluster{kind: kind})
	return len(r.clusters) - 1
}

// join gives mention i to cluster c.
func (r *reading) join(i, c int, why string, sure float64) {
	m, k := &r.mentions[i], &r.clusters[c]
	m.actor, m.why, m.sure = c, why, sure
	k.mentions = append(k.mentions, i)
	if m.form != formPronoun && m.form != formNominal {
		at, _ := slices.BinarySearch(k.names, i)
		k.names = slices.Insert(k.names, at, i)
	}
	told := m.form != formPronoun && m.gender != english.Unmarked && (m.name.sure || m.form == formNominal)
	switch {
	case told && !k.told:
		k.gender, k.told = m.gender, true
	case k.gender == english.Unmarked && m.gender != english.Unmarked && !(r.polling && m.form == formPronoun):
		k.gender, k.told = m.gender, m.form == formPronoun
	}
}
