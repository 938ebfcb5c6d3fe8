package actors

import (
	"slices"

	"whosaid/internal/english"
)

// pollGenders finds the gender of people whose names tell none ("Chris", "Kim"). The
// mentions in order are given out once for that alone: each pronoun is a vote on whom
// it goes to, with the weight of its probability. A single "she" that stands between
// two people then no longer makes a woman of one whom the article calls "he" ten times.
func (r *reading) pollGenders(order []int) {
	if !r.genderless() {
		return
	}
	clusters := slices.Clone(r.clusters)
	order = slices.DeleteFunc(slices.Clone(order), func(i int) bool { return r.mentions[i].actor != none })
	observe := r.options.Observe
	r.options.Observe, r.polling = nil, true
	for _, i := range order {
		r.resolveOne(i)
	}
	r.options.Observe, r.polling = observe, false
	votes := make([][2]float64, len(clusters)) // male, female
	for _, i := range order {
		m := &r.mentions[i]
		if m.form == formPronoun && m.actor != none && m.actor < len(votes) {
			switch m.gender {
			case english.Masculine:
				votes[m.actor][0] += m.sure
			case english.Feminine:
				votes[m.actor][1] += m.sure
			}
		}
		m.actor, m.why, m.sure = none, "", 0
	}
	r.clusters = clusters
	for c := range r.clusters {
		k := &r.clusters[c]
		k.heads = nil
		if k.kind != person || k.gender != english.Unmarked {
			continue
		}
		switch male, female := votes[c][0], votes[c][1]; {
		case male >= enoughVotes && male > 2*female:
			k.gender, k.told = english.Masculine, male >= sureVotes
		case female >= enoughVotes && female > 2*male:
			k.gender, k.told = english.Feminine, female >= sureVotes
		}
	}
}

// How many pronouns, by their probabilities, make a gender likely and settled.
const (
	enoughVotes = 1
	sureVotes   = 2
)

// genderless reports whether somebody is named whose gender nothing tells.
func (r *reading) genderless() bool {
	return slices.ContainsFunc(r.clusters, func(k cluster) bool {
		return k.kind == person && len(k.names) > 0 && k.gender == english.Unmarked
	})
}
