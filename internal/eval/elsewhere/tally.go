package elsewhere

import (
	"slices"

	"whosaid/internal/eval/polnear"
)

// A Share is how many of some are right.
type Share struct{ Right, Of int }

// Percent is the share in percent, 0 of none.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 0
	}
	return 100 * float64(s.Right) / float64(s.Of)
}

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// A Tally is what was right in some cases. Statements inside others are counted
// in Nested alone; all that is told of a statement is counted over those that
// were found.
type Tally struct {
	Cases      int
	Statements polnear.Count // contents overlap by half, sources share a word
	Exact      polnear.Count // the same words in source, cue and content
	Nested     Share         // statements inside others that were found at all
	Parents    Share         // of those, inside the right one

	Form Share

	FoundRight Share            // of all with a named speaker: found, with exactly the right ones
	RightFound Share            // of those found: with exactly the right speakers
	Wrong      Share            // of all found: given a name that is no speaker of it
	Unnamed    Share            // of those found whose speaker is never named: given no name
	By         map[string]Share // right of found, by what in the source leads to the speaker

	Kind        Share // with a second kind that is right too
	Conditional polnear.Count
	Kinds       []Pair
	Stances     []Pair

	Addressee, Venue, When polnear.Count
	Dates                  polnear.Count // the words, by half, and the value
	DateWords              polnear.Count // the words alone
	Own                    polnear.Count // sentences in the outlet's own voice
}

// A Pair is what a label should be and what it was found to be.
type Pair struct{ Gold, Found string }

// add sums the counts of two tallies.
func (t *Tally) add(o Tally) {
	t.Cases += o.Cases
	for _, p := range []struct{ a, b *polnear.Count }{
		{&t.Statements, &o.Statements},
		{&t.Exact, &o.Exact},
		{&t.Conditional, &o.Conditional},
		{&t.Addressee, &o.Addressee},
		{&t.Venue, &o.Venue},
		{&t.When, &o.When},
		{&t.Dates, &o.Dates},
		{&t.DateWords, &o.DateWords},
		{&t.Own, &o.Own},
	} {
		p.a.Right += p.b.Right
		p.a.Predicted += p.b.Predicted
		p.a.Gold += p.b.Gold
	}
	for _, p := range []struct{ a, b *Share }{
		{&t.Nested, &o.Nested},
		{&t.Parents, &o.Parents},
		{&t.Form, &o.Form},
		{&t.FoundRight, &o.FoundRight},
		{&t.RightFound, &o.RightFound},
		{&t.Wrong, &o.Wrong},
		{&t.Unnamed, &o.Unnamed},
		{&t.Kind, &o.Kind},
	} {
		p.a.Right += p.b.Right
		p.a.Of += p.b.Of
	}
	if t.By == nil {
		t.By = map[string]Share{}
	}
	for by, s := range o.By {
		t.By[by] = Share{t.By[by].Right + s.Right, t.By[by].Of + s.Of}
	}
	t.Kinds = append(t.Kinds, o.Kinds...)
	t.Stances = append(t.Stances, o.Stances...)
}

// Labels counts each label of pairs, those that stand in the gold least times or
// more, in the order of the alphabet.
func Labels(pairs []Pair, least int) (labels []string, counts map[string]polnear.Count) {
	counts = map[string]polnear.Count{}
	for _, p := range pairs {
		g := counts[p.Gold]
		g.Gold++
		if p.Gold == p.Found {
			g.Right++
		}
		counts[p.Gold] = g
		f := counts[p.Found]
		f.Predicted++
		counts[p.Found] = f
	}
	for l, c := range counts {
		if c.Gold >= max(least, 1) {
			labels = append(labels, l)
		}
	}
	slices.Sort(labels)
	return labels, counts
}

// Macro is the mean F over labels that stand in the gold least times or more.
func Macro(pairs []Pair, least int) float64 {
	labels, counts := Labels(pairs, least)
	sum := 0.0
	for _, l := range labels {
		sum += counts[l].F()
	}
	if len(labels) == 0 {
		return 0
	}
	return sum / float64(len(labels))
}
