package utterances

import (
	"cmp"
	"math"
	"slices"
)

// Facts are what is known of two statements, whichever comes first.
type Facts [factCount]float64

// The facts. Shares are by weight, so that a rare word counts for more.
const (
	one = iota // always 1

	speakerSame
	speakerPerhaps
	speakerOther

	dayUnknown
	dayNear // apart by 2 days at most
	dayWeek // by 3 to 9
	dayLong // by more than 45
	dayGap  // log2(1+days), at most 10, in tenths

	bothQuoted
	oneQuoted
	quotedLess // share quoted of the side that has less in quotes
	quotedMore // of the other

	runQuoted  // longest run of shared quoted words: 1 from eight on
	runShort   // 1 if that is one or two words
	coverLess  // share of the shorter quotation that the other has too
	coverMore  // share of the longer one
	tellQuoted // bits shared in quotation, 1 from 60 on

	runAny    // longest run of shared words, quoted or not
	stemLess  // share of what the side with less tells that the other tells too, by stems
	stemMore  // of the side with more
	tellAny   // bits shared, 1 from 60 on
	crossRun  // longest run that one side quotes and the other has without marks
	crossLess // share of the quotation that the other side's unquoted words have

	cosine
	near // cosine above 0.8, 1 at 1

	numberShared
	numberOther // both give numbers, and none of them is shared
	denied      // one side has a "not" or "never" more
	opposed     // one side refuses or opposes more
	habitual    // a cue tells of something said more than once
	kindSame
	lengthLess // log2 of the words, in eighths
	lengthMore

	plainLess // share of what the words tell that are no names, by stems, of the side with less
	plainMore
	nameLess  // the same of names
	nameOther // both have names, and none is shared
	brief     // the shorter quotation, in eighths of a word, at most 1
	briefPart // what part of its statement that is
	orderly   // share of the stems of the shorter side that the other has in the same order

	restLess // bits that the side with less tells and the other does not, 1 from 60 on
	restMore // the other way round
	scarcest // what the shared stem tells that tells most, in twelfths
	scarce   // how many telling stems are shared, in sixths, at most 1
	together // share of the neighbouring telling stems of the side with fewer that are neighbours on the other too
	cueSame  // the cues are one telling word
	cueOther // they are two telling words
	cueSaid  // the telling cue of one is among the words of the other
	kindOther
	guessed   // who speaks was told from a pronoun or a description, on either side
	bothFree  // neither quotes
	quoteRare // what the shared quoted stem tells that tells most, in twelfths

	// Together with another fact.
	otherCover   // other speakers, coverLess
	otherStem    // other speakers, stemLess
	unknownStem  // a speaker not named, stemLess
	nearStem     // a day or two apart, stemLess
	nearCover    // likewise, coverLess
	longStem     // long apart, stemLess
	longCover    // likewise, coverLess
	deniedStem   // denied, stemLess
	opposedStem  // opposed, stemLess
	habitualStem // habitual, stemLess
	sameStem
	sameCover
	sameNear
	sameCosine
	sameScarce
	sameFree
	otherRun
	otherGuessed // other speakers, guessed
	guessedStem
	guessedCover
	otherKnown // other speakers, both told from names
	knownStem
	sameQuoteRare
	factCount
)

// FactsOf compares two statements.
func FactsOf(a, b *Statement) Facts {
	if slices.CompareFunc(a.Words, b.Words, byForm) > 0 {
		a, b = b, a // of alignments as good as each other one is taken, the same whichever comes first
	}
	var f Facts
	f[one] = 1
	same := Compare(a.Speakers, b.Speakers)
	f.set(speakerSame, same == Same)
	f.set(speakerPerhaps, same == Perhaps)
	f.set(speakerOther, same == Others)
	f.days(a.Day, b.Day)

	qa, qb := quoted(a.Words), quoted(b.Words)
	f.set(bothQuoted, len(qa) > 0 && len(qb) > 0)
	f.set(oneQuoted, (len(qa) > 0) != (len(qb) > 0))
	shareA, shareB := share(qa, a.Words), share(qb, b.Words)
	f[quotedLess], f[quotedMore] = min(shareA, shareB), max(shareA, shareB)
	if len(qa) > 0 && len(qb) > 0 {
		run, tell := overlap(qa, qb)
		f[runQuoted] = min(float64(run)/8, 1)
		f.set(runShort, run == 1 || run == 2)
		f[coverLess], f[coverMore] = shares(tell, told(qa), told(qb))
		f[tellQuoted] = min(tell/60, 1)
	}
	run, _ := overlap(a.Words, b.Words)
	f[runAny] = min(float64(run)/8, 1)
	tell := stemsShared(a.Words, b.Words)
	f[stemLess], f[stemMore] = shares(tell, told(a.Words), told(b.Words))
	f[tellAny] = min(tell/60, 1)
	for _, side := range [2][2][]Word{{qa, b.Words}, {qb, a.Words}} {
		if other := unquoted(side[1]); len(side[0]) > 0 && len(other) > 0 {
			run, tell := overlap(side[0], other)
			f[crossRun] = max(f[crossRun], min(float64(run)/8, 1))
			f[crossLess] = max(f[crossLess], tell/max(told(side[0]), 1))
		}
	}

	f[cosine] = max(0, Cosine(a.Vector, b.Vector))
	f[near] = max(0, f[cosine]-0.8) * 5
	f.numbers(a.Words, b.Words)
	f.set(denied, negations(a.Words)%2 != negations(b.Words)%2)
	f.set(opposed, opposes(a) != opposes(b))
	f.set(habitual, a.Habit || b.Habit)
	f.set(kindSame, a.Kind == b.Kind && a.Kind != "")
	short, long := math.Log2(float64(1+len(a.Words)))/8, math.Log2(float64(1+len(b.Words)))/8
	f[lengthLess], f[lengthMore] = min(short, long), max(short, long)
	f.rest(a, b, tell)
	f.cues(a, b)
	f.set(kindOther, stands(a.Kind) && stands(b.Kind) && a.Kind != b.Kind)
	f.set(guessed, guess(a.Speakers) || guess(b.Speakers))
	f.set(otherKnown, same == Others && f[guessed] == 0)
	f.set(bothFree, len(qa) == 0 && len(qb) == 0)
	for _, w := range qa {
		if slices.ContainsFunc(qb, func(v Word) bool { return v.Stem == w.Stem }) {
			f[quoteRare] = max(f[quoteRare], tells(w)/12)
		}
	}

	f.plain(a.Words, b.Words)
	if len(qa) > 0 && len(qb) > 0 {
		shorter, whole := qa, a.Words
		if len(qb) < len(qa) {
			shorter, whole = qb, b.Words
		}
		f[brief], f[briefPart] = min(float64(len(shorter))/8, 1), share(shorter, whole)
	}
	f[orderly] = inOrder(a.Words, b.Words)
	for _, t := range [][3]int{
		{otherCover, speakerOther, coverLess},
		{otherStem, speakerOther, stemLess},
		{nearStem, dayNear, stemLess},
		{nearCover, dayNear, coverLess},
		{longStem, dayLong, stemLess},
		{longCover, dayLong, coverLess},
		{deniedStem, denied, stemLess},
		{opposedStem, opposed, stemLess},
		{habitualStem, habitual, stemLess},
		{otherRun, speakerOther, runQuoted},
		{otherGuessed, speakerOther, guessed},
		{guessedStem, otherGuessed, stemLess},
		{guessedCover, otherGuessed, coverLess},
		{knownStem, otherKnown, stemLess},
	} {
		f[t[0]] = f[t[1]] * f[t[2]]
	}
	if same == Unknown {
		f[unknownStem] = f[stemLess]
	}
	if same >= Perhaps {
		f[sameStem], f[sameCover], f[sameNear], f[sameCosine] = f[stemLess], f[coverLess], f[near], f[cosine]
		f[sameScarce], f[sameFree], f[sameQuoteRare] = f[scarce], f[bothFree], f[quoteRare]
	}
	return f
}

// stands reports whether a kind says more than that something was said.
func stands(kind string) bool { return kind != "" && kind != "claim" }

func (f *Facts) set(fact int, is bool) {
	if is {
		f[fact] = 1
	}
}

func (f *Facts) days(a, b int) {
	if a == 0 || b == 0 {
		f[dayUnknown] = 1
		return
	}
	gap := max(a-b, b-a)
	f.set(dayNear, gap <= 2)
	f.set(dayWeek, gap > 2 && gap <= 9)
	f.set(dayLong, gap > 45)
	f[dayGap] = min(math.Log2(float64(1+gap)), 10) / 10
}

func (f *Facts) numbers(a, b []Word) {
	have := map[uint32]bool{}
	for _, w := range a {
		if w.Number {
			have[w.Key] = true
		}
	}
	if len(have) == 0 {
		return
	}
	any, both := false, false
	for _, w := range b {
		any = any || w.Number
		both = both || w.Number && have[w.Key]
	}
	f.set(numberShared, both)
	f.set(numberOther, any && !both)
}

// plain compares names and all other words apart.
func (f *Facts) plain(a, b []Word) {
	titleA, titleB := title(a), title(b)
	split := func(words, other []Word, unsure bool) (plain, names []Word) {
		for _, w := range words {
			name := w.Name
			if unsure && name { // then the other side tells whether it is a name
				name = slices.ContainsFunc(other, func(v Word) bool { return v.Name && v.Stem == w.Stem })
			}
			switch {
			case name:
				names = append(names, w)
			case w.Weight > 5:
				plain = append(plain, w)
			}
		}
		return plain, names
	}
	plainA, namesA := split(a, b, titleA && !titleB)
	plainB, namesB := split(b, a, titleB && !titleA)
	if len(plainA) > 0 && len(plainB) > 0 {
		f[plainLess], f[plainMore] = shares(stemsShared(plainA, plainB), told(plainA), told(plainB))
	}
	if len(namesA) > 0 && len(namesB) > 0 {
		tell := stemsShared(namesA, namesB)
		f[nameLess], _ = shares(tell, told(namesA), told(namesB))
		f.set(nameOther, tell == 0)
	}
}

// title reports whether words are of a headline, all of which have capitals.
func title(words []Word) bool {
	long, capital := 0, 0
	for _, w := range words {
		if w.Weight > 4 {
			long++
			if w.Name {
				capital++
			}
		}
	}
	return long >= 4 && 10*capital >= 8*long
}

// rest weighs what is not shared, and how rare and how close together the shared
// words are.
func (f *Facts) rest(a, b *Statement, shared float64) {
	toldA, toldB := told(a.Words), told(b.Words)
	f[restLess] = min(max(min(toldA, toldB)-shared, 0)/60, 1)
	f[restMore] = min(max(max(toldA, toldB)-shared, 0)/60, 1)
	x, y := telling(a.Words), telling(b.Words)
	n := 0
	for i, w := range x {
		if slices.ContainsFunc(y, func(v Word) bool { return v.Stem == w.Stem }) && !slices.ContainsFunc(x[:i], func(v Word) bool { return v.Stem == w.Stem }) {
			n++
			f[scarcest] = max(f[scarcest], tells(w)/12)
		}
	}
	f[scarce] = min(float64(n)/6, 1)
	both := 0
	for i := 1; i < len(x); i++ {
		for k := 1; k < len(y); k++ {
			if x[i-1].Stem == y[k-1].Stem && x[i].Stem == y[k].Stem {
				both++
				break
			}
		}
	}
	f[together] = min(float64(both)/float64(max(1, min(len(x), len(y))-1)), 1)
}

// telling are the words that tell something.
func telling(words []Word) []Word {
	var out []Word
	for _, w := range words {
		if w.Weight > 4 {
			out = append(out, w)
		}
	}
	return out
}

// cues compares the words by which the outlets give what was said, where they
// tell more than "said" does.
func (f *Facts) cues(a, b *Statement) {
	has := func(s *Statement, stem uint32) bool {
		return stem != 0 && slices.ContainsFunc(s.Words, func(w Word) bool { return w.Stem == stem })
	}
	f.set(cueSame, a.Cue == b.Cue && a.Cue != 0)
	f.set(cueOther, a.Cue != b.Cue && a.Cue != 0 && b.Cue != 0)
	f.set(cueSaid, has(a, b.Cue) || has(b, a.Cue))
}

// guess reports whether a speaker was told from a pronoun or a description.
func guess(speakers []Speaker) bool {
	return slices.ContainsFunc(speakers, func(s Speaker) bool { return s.Guessed })
}

// inOrder is what part of the telling words of the shorter side the other has in
// the same order.
func inOrder(a, b []Word) float64 {
	stemmed := func(words []Word) []Word {
		var out []Word
		for _, w := range telling(words) {
			out = append(out, Word{Key: w.Stem, Weight: w.Weight})
		}
		return out
	}
	x, y := stemmed(a), stemmed(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	_, tell := overlap(x, y)
	less, _ := shares(tell, told(x), told(y))
	return less
}

// shares are the parts of the lesser and of the greater that are shared.
func shares(tell, a, b float64) (less, more float64) {
	return min(tell/max(min(a, b), 1), 1), min(tell/max(a, b, 1), 1)
}

func quoted(words []Word) []Word {
	var out []Word
	for i, w := range words {
		if w.Quoted {
			if len(out) > 0 && !words[i-1].Quoted {
				w.Break = true
			}
			out = append(out, w)
		}
	}
	return out
}

func unquoted(words []Word) []Word {
	var out []Word
	for _, w := range words {
		if !w.Quoted {
			out = append(out, w)
		}
	}
	return out
}

// told is how much words tell. The commonest ones tell something together.
func told(words []Word) float64 {
	sum := 0.0
	for _, w := range words {
		sum += tells(w)
	}
	return sum
}

// tells is how much a word tells: little below three bits, and no name of
// nobody's knowing more than a dozen.
func tells(w Word) float64 { return min(max(float64(w.Weight)-2, 0.3), 12) }

func share(part, all []Word) float64 {
	if len(all) == 0 {
		return 0
	}
	return float64(len(part)) / float64(len(all))
}

// overlap is the longest run of shared words, and what the shared words tell.
func overlap(a, b []Word) (run int, tell float64) {
	steps := Align(a, b)
	now := 0
	for _, p := range steps {
		if !p.Same {
			if p.A[1]-p.A[0] > 0 || p.B[1]-p.B[0] > 0 {
				now = 0
			}
			continue
		}
		now++
		run = max(run, now)
		tell += tells(a[p.A[0]])
	}
	return run, tell
}

// stemsShared is what the stems that both have tell, each as often as both
// have it.
func stemsShared(a, b []Word) float64 {
	have := make(map[uint32]int, len(a))
	for _, w := range a {
		have[w.Stem]++
	}
	sum := 0.0
	for _, w := range b {
		if have[w.Stem] > 0 {
			have[w.Stem]--
			sum += tells(w)
		}
	}
	return sum
}

// byForm orders words by all that is looked at in a pair.
func byForm(a, b Word) int {
	flags := func(w Word) int {
		n := 0
		for i, set := range []bool{w.Quoted, w.Inserted, w.Gap, w.Number, w.Name, w.Break} {
			if set {
				n |= 1 << i
			}
		}
		return n
	}
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Stem, b.Stem), cmp.Compare(flags(a), flags(b)))
}
