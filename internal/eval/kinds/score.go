package kinds

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"whosaid/internal/annotate/kinds"
	"whosaid/internal/eval/polnear"
	"whosaid/internal/news"
)

// least is how many gold relations a kind needs to count in macro-F.
const least = 5

// A pair is what a reader said and what was found.
type pair struct {
	gold, found  string
	alternatives []string
}

// A Count is how many were found, of how many predicted and gold.
type Count struct{ Right, Predicted, Gold int }

// F is the harmonic mean of precision and recall in percent.
func (c Count) F() float64 {
	if c.Predicted+c.Gold == 0 {
		return 0
	}
	return 200 * float64(c.Right) / float64(c.Predicted+c.Gold)
}

// A Tally is the results of some articles.
type Tally struct {
	Total       int // labelled relations that say something
	kinds       []pair
	stances     []pair
	Conditional Count
	Addressee   Count
	Venue       Count
}

func (t *Tally) add(o Tally) {
	t.Total += o.Total
	t.kinds = append(t.kinds, o.kinds...)
	t.stances = append(t.stances, o.stances...)
	for _, c := range []struct{ to, from *Count }{{&t.Conditional, &o.Conditional}, {&t.Addressee, &o.Addressee}, {&t.Venue, &o.Venue}} {
		c.to.Right += c.from.Right
		c.to.Predicted += c.from.Predicted
		c.to.Gold += c.from.Gold
	}
}

// Figures are a tally in percent.
type Figures struct {
	Aligned      int     `json:"aligned"`
	Total        int     `json:"total"`
	Accuracy     float64 `json:"kind_accuracy"`
	Alternatives float64 `json:"kind_accuracy_with_alternatives"`
	Macro        float64 `json:"kind_macro_f"`
	Stance       float64 `json:"stance_accuracy"`
	StanceMacro  float64 `json:"stance_macro_f"`
	Conditional  float64 `json:"conditional_f"`
	Addressee    float64 `json:"addressee_f"`
	Venue        float64 `json:"venue_f"`
}

// Figures computes them.
func (t Tally) Figures() Figures {
	right, either, stance := 0, 0, 0
	for i, p := range t.kinds {
		if p.gold == p.found {
			right++
		}
		if p.gold == p.found || slices.Contains(p.alternatives, p.found) {
			either++
		}
		if t.stances[i].gold == t.stances[i].found {
			stance++
		}
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(max(1, len(t.kinds))) }
	return Figures{
		Aligned: len(t.kinds), Total: t.Total,
		Accuracy: share(right), Alternatives: share(either), Macro: macro(t.kinds, least),
		Stance: share(stance), StanceMacro: macro(t.stances, 1),
		Conditional: t.Conditional.F(), Addressee: t.Addressee.F(), Venue: t.Venue.F(),
	}
}

// String is the line that the reference scorer prints.
func (f Figures) String() string {
	n := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
	return fmt.Sprintf("aligned %d/%d  kind acc %s  with alternatives %s  macro-F %s  stance acc %s macro-F %s  conditional F %s  addressee F %s  venue F %s",
		f.Aligned, f.Total, n(f.Accuracy), n(f.Alternatives), n(f.Macro), n(f.Stance), n(f.StanceMacro), n(f.Conditional), n(f.Addressee), n(f.Venue))
}

// byLabel counts each gold label that at least so many pairs have.
func byLabel(pairs []pair, least int) map[string]Count {
	counts := map[string]Count{}
	for _, p := range pairs {
		g := counts[p.gold]
		g.Gold++
		if p.gold == p.found {
			g.Right++
		}
		counts[p.gold] = g
	}
	for label, c := range counts {
		if c.Gold < least {
			delete(counts, label)
		}
	}
	for _, p := range pairs {
		if c, ok := counts[p.found]; ok {
			c.Predicted++
			counts[p.found] = c
		}
	}
	return counts
}

// macro is the mean F over labels.
func macro(pairs []pair, least int) float64 {
	counts := byLabel(pairs, least)
	if len(counts) == 0 {
		return 0
	}
	sum := 0.0
	for _, label := range slices.Concat(kinds.Kinds, kinds.Stances) { // in one order, for sums of floats depend on it
		if c, ok := counts[label]; ok {
			sum += c.F()
		}
	}
	return sum / float64(len(counts))
}

// Score measures the statements of doc against the labels of a.
func Score(a Article, doc *news.Document) Tally {
	var t Tally
	words := polnear.NewWords(a.Text)
	var gold []polnear.Attribution
	for _, g := range a.Gold {
		if _, ok := a.Labels[g.ID]; ok && words.Count(g.Content) > 0 {
			gold = append(gold, g)
		}
	}
	t.Total = len(gold)
	predicted, at := relations(doc)
	partner, overlap := words.Align(gold, predicted)
	o := news.NewOffsets(doc.Text)
	for i, j := range partner {
		if j < 0 || overlap[i] < 0.5 {
			continue
		}
		l, s := a.Labels[gold[i].ID], &doc.Statements[at[j]]
		t.kinds = append(t.kinds, pair{l.Kind, s.Kind, l.Alternatives})
		t.stances = append(t.stances, pair{gold: l.Stance, found: s.CueStance})
		t.Conditional.one(l.Conditional, s.Conditional, l.Conditional && s.Conditional)
		t.Addressee.span(words, o, l.Addressee, s.Addressee)
		t.Venue.span(words, o, l.Venue, s.Venue)
	}
	return t
}

func (c *Count) one(gold, predicted, right bool) {
	for _, n := range []struct {
		to *int
		is bool
	}{{&c.Gold, gold}, {&c.Predicted, predicted}, {&c.Right, right}} {
		if n.is {
			*n.to++
		}
	}
}

// span counts a span as right if its words overlap the gold's by half.
func (c *Count) span(words polnear.Words, o *news.Offsets, gold [][2]int, found *news.Span) {
	var p [][2]int
	if found != nil {
		p = points(o, []news.Span{*found})
	}
	g, n := words.Count(gold) > 0, words.Count(p) > 0
	c.one(g, n, g && n && words.Overlap(gold, p) >= 0.5)
}

// An Interval is where 95 of 100 resamplings of the articles fall.
type Interval struct{ Low, High float64 }

// resamplings of the articles for an interval.
const resamplings = 1000

// Intervals are those of the figures over articles, by name.
func Intervals(articles []Tally) map[string]Interval {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := map[string][]float64{}
	for range resamplings {
		var t Tally
		for range articles {
			t.add(articles[random.IntN(len(articles))])
		}
		for name, x := range t.Figures().named() {
			drawn[name] = append(drawn[name], x)
		}
	}
	intervals := map[string]Interval{}
	for name, list := range drawn {
		slices.Sort(list)
		intervals[name] = Interval{list[resamplings*25/1000], list[resamplings*975/1000-1]}
	}
	return intervals
}

// named are the figures that have intervals, by what cards call them.
func (f Figures) named() map[string]float64 {
	return map[string]float64{
		"kind, accuracy": f.Accuracy, "kind, with alternatives": f.Alternatives, "kind, macro-F": f.Macro,
		"stance, accuracy": f.Stance, "stance, macro-F": f.StanceMacro, "conditional, F": f.Conditional,
		"addressee, F": f.Addressee, "venue, F": f.Venue,
	}
}
