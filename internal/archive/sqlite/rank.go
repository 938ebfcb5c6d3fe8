package sqlite

import (
	"cmp"
	"math"
	"slices"

	"whosaid/internal/archive"
)

// A match is a statement that the index of words finds, with what orders it.
type match struct {
	archive.Candidate
	tally int64 // how often it has each phrase
	day   int32
	words int32
}

// byDate orders matches: the latest first, those without a date last.
func byDate(list []match) {
	slices.SortFunc(list, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(b.Version, a.Version), cmp.Compare(a.Statement, b.Statement))
	})
}

// The parameters of BM25, as most have them.
const (
	saturation = 1.2  // k1: the further times that a word occurs count less and less
	lengthened = 0.75 // b: how much a long statement loses
)

// byRank orders matches, which are those among so many statements, by BM25
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), the best
// first, of equals the one kept last. How rare a phrase is it takes from the
// matches, so what is beside the phrases (a speaker, a year) has its part in it.
func byRank(list []match, phrases int, statements int64) {
	if len(list) == 0 {
		return
	}
	phrases = min(phrases, talliedPhrases)
	have := make([]float64, phrases)
	average := 0.0
	for _, m := range list {
		average += float64(m.words)
		for p := range have {
			if tallied(m.tally, p) > 0 {
				have[p]++
			}
		}
	}
	average = max(average/float64(len(list)), 1)
	rarity := make([]float64, phrases)
	for p, n := range have {
		rarity[p] = math.Log1p((max(float64(statements), n) - n + 0.5) / (n + 0.5))
	}
	type weighed struct {
		match
		score float64
	}
	all := make([]weighed, len(list))
	for i, m := range list {
		all[i].match = m
		length := saturation * (1 - lengthened + lengthened*float64(m.words)/average)
		for p := range have {
			if times := float64(tallied(m.tally, p)); times > 0 {
				all[i].score += rarity[p] * times * (saturation + 1) / (times + length)
			}
		}
	}
	slices.SortFunc(all, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.Statement, a.Statement))
	})
	for i := range all {
		list[i] = all[i].match
	}
}
