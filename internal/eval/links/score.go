package links

import (
	"errors"
	"fmt"
	"strings"

	"whosaid/internal/relate/utterances"
)

// A Report is what was measured.
type Report struct {
	Pairs  int                                    `json:"pairs"`
	Gold   int                                    `json:"linked_gold"`
	Said   int                                    `json:"linked_said"`
	Both   int                                    `json:"linked_both"`
	Wrong  int                                    `json:"others_linked"` // linked, and should not be
	Right  int                                    `json:"relation_right"`
	Macro  float64                                `json:"macro_f"` // 0 to 1, over the relations counted
	Counts map[utterances.Relation]map[string]int `json:"counts"`  // gold relation by relation said
	Each   map[utterances.Relation]float64        `json:"f"`       // of the relations counted
}

// counted are the relations whose F is averaged: those with pairs enough.
var counted = []utterances.Relation{utterances.Verbatim, utterances.Truncated, utterances.Reported, utterances.SameClaim}

// key names a pair whichever side comes first.
func key(p Pair) [2]Place {
	if p.B.less(p.A) {
		return [2]Place{p.B, p.A}
	}
	return [2]Place{p.A, p.B}
}

// unique keeps, of pairs named twice, the last, in the place of the first.
func unique(pairs []Pair) []Pair {
	at := map[[2]Place]int{}
	var out []Pair
	for _, p := range pairs {
		if i, ok := at[key(p)]; ok {
			out[i] = p
			continue
		}
		at[key(p)] = len(out)
		out = append(out, p)
	}
	return out
}

// Score measures what was said of pairs; of a pair of which nothing is said it
// counts as said that the two differ.
func Score(gold, said []Pair) (Report, error) {
	r := Report{Counts: map[utterances.Relation]map[string]int{}, Each: map[utterances.Relation]float64{}}
	by := map[[2]Place]utterances.Relation{}
	for _, p := range said {
		by[key(p)] = p.Relation
	}
	some := false
	goldOf, saidOf, rightOf := map[utterances.Relation]int{}, map[utterances.Relation]int{}, map[utterances.Relation]int{}
	for _, g := range unique(gold) {
		p, ok := by[key(g)]
		some = some || ok
		if !ok {
			p = utterances.Different
		}
		if r.Counts[g.Relation] == nil {
			r.Counts[g.Relation] = map[string]int{}
		}
		r.Counts[g.Relation][string(p)]++
		goldOf[g.Relation]++
		saidOf[p]++
		r.Pairs++
		if g.Relation == p {
			rightOf[p]++
		}
		is, as := g.Relation.Linked(), p.Linked()
		count(&r.Gold, is)
		count(&r.Said, as)
		count(&r.Both, is && as)
		count(&r.Wrong, !is && as)
		count(&r.Right, is && as && g.Relation == p)
	}
	if !some {
		return r, errors.New("no pair in common: the predictions are of other statements")
	}
	for _, l := range counted {
		if n := goldOf[l] + saidOf[l]; n > 0 {
			r.Each[l] = 2 * float64(rightOf[l]) / float64(n)
		}
		r.Macro += r.Each[l] / float64(len(counted))
	}
	return r, nil
}

func count(n *int, is bool) {
	if is {
		*n++
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// Precision, Recall and F are of linked or not, OthersLinked of those that are
// not, in percent.
func (r Report) Precision() float64 { return percent(r.Both, r.Said) }

// Recall is how many of the linked pairs were linked.
func (r Report) Recall() float64 { return percent(r.Both, r.Gold) }

// F joins precision and recall.
func (r Report) F() float64 { return percent(2*r.Both, r.Said+r.Gold) }

// OthersLinked is how many of the pairs that are not linked were.
func (r Report) OthersLinked() float64 { return percent(r.Wrong, r.Pairs-r.Gold) }

// RelationRight is how many of those rightly linked have the right relation.
func (r Report) RelationRight() float64 { return percent(r.Right, r.Both) }

// Text is the report on one line, which is the reference scorer's.
func (r Report) Text() string {
	return fmt.Sprintf("pairs %d  linked P %.1f R %.1f F %.1f  others linked %.1f  relation right %.1f  macro-F %.1f\n",
		r.Pairs, r.Precision(), r.Recall(), r.F(), r.OthersLinked(), r.RelationRight(), 100*r.Macro)
}

// all are the relations in the order of the card.
var all = []utterances.Relation{
	utterances.Verbatim, utterances.Truncated, utterances.Altered, utterances.Partial, utterances.Reported, utterances.SameClaim,
	utterances.Different, utterances.Echo,
}

// Section is the report as a part of a page of Markdown.
func (r Report) Section(title string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%d pairs. Linked: P %.1f, R %.1f, F %.1f; of the others %.1f are linked. Relation right, of those rightly linked: %.1f. Macro-F %.1f.\n\n",
		title, r.Pairs, r.Precision(), r.Recall(), r.F(), r.OthersLinked(), r.RelationRight(), 100*r.Macro)
	b.WriteString("| gold \\ said |")
	for _, l := range all {
		fmt.Fprintf(&b, " %s |", l)
	}
	b.WriteString(" F |\n|---|" + strings.Repeat("---:|", len(all)+1) + "\n")
	for _, g := range all {
		fmt.Fprintf(&b, "| %s |", g)
		for _, p := range all {
			fmt.Fprintf(&b, " %d |", r.Counts[g][string(p)])
		}
		if f, ok := r.Each[g]; ok {
			fmt.Fprintf(&b, " %.1f |\n", 100*f)
		} else {
			b.WriteString(" |\n")
		}
	}
	return b.String() + "\n"
}
