package utterances

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// weights.json is what is decided by; train/utterances.py fits it on the labelled
// pairs of train/links.tsv, and on none of the scorecard's.
//
//go:embed weights.json
var weightsFile []byte

// classes are what two statements may be to each other, before their quoted
// words are compared.
const (
	unlinked = iota
	byQuotation
	byReport
	byClaim
	classCount
)

// weights are a linear score and those of small trees, added up, for each
// class.
type weights struct {
	Linear [classCount]Facts `json:"linear"`
	Trees  []struct {
		Class int    `json:"class"`
		Nodes []node `json:"nodes"`
	} `json:"trees"`
	Least float64 `json:"least"` // likelihood from which two statements are linked
}

// A node asks whether a fact is above a number, or where Left is 0 gives a
// score.
type node struct {
	Fact  int     `json:"fact"`
	Above float64 `json:"above"`
	Left  int     `json:"left"` // the node for those that are not
	Right int     `json:"right"`
	Score float64 `json:"score"`
}

var decision = func() weights {
	var w weights
	if err := json.Unmarshal(weightsFile, &w); err != nil {
		panic(fmt.Sprintf("weights.json: %v", err)) // of the program's own files
	}
	return w
}()

// chances of the classes, by the facts.
func (w *weights) chances(f *Facts) [classCount]float64 {
	var p [classCount]float64
	for c := range p {
		for i, x := range f {
			p[c] += float64(w.Linear[c][i] * x) // the conversion keeps the product and the sum apart
		}
	}
	for i := range w.Trees {
		t := &w.Trees[i]
		n := &t.Nodes[0]
		for n.Left > 0 {
			if f[n.Fact] > n.Above {
				n = &t.Nodes[n.Right]
			} else {
				n = &t.Nodes[n.Left]
			}
		}
		p[t.Class] += n.Score
	}
	top, sum := p[0], 0.0
	for _, s := range p[1:] {
		top = max(top, s)
	}
	for c, s := range p {
		p[c] = math.Exp(s - top)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
	return p
}

// Relate tells how two statements of different articles stand to each other,
// and how likely it is that they are linked, 0 to 1.
func Relate(a, b *Statement) (Relation, float64) {
	f := FactsOf(a, b)
	p := decision.chances(&f)
	linked := 1 - p[unlinked]
	if f[otherKnown] == 1 {
		linked = min(linked, known) // what somebody else says is an echo, whatever it is like
	}
	if linked < decision.Least {
		if f[speakerOther] == 1 && f[stemLess] >= alikeBy {
			return Echo, linked
		}
		return Different, linked
	}
	switch {
	case p[byClaim] >= max(p[byQuotation], p[byReport]):
		return SameClaim, linked
	case p[byQuotation] >= p[byReport]:
		if r := QuotationOf(a, b); r != "" {
			return r, linked
		}
	}
	return Reported, linked
}

// known bounds how likely statements of two people who are both named are linked:
// one of them quotes the other, or says the same.
const known = 0.1

// alikeBy is the share of the stems from which the words of another speaker are
// an echo.
const alikeBy = 0.5

// QuotationOf tells how the quoted words of two reports of one utterance stand
// to each other; it is empty where one quotes nothing.
func QuotationOf(a, b *Statement) Relation {
	qa, qb := quoted(a.Words), quoted(b.Words)
	if len(qa) == 0 || len(qb) == 0 {
		return ""
	}
	return quotation(qa, qb)
}

// Likeness is what part of what two statements say they say in the same words,
// 0 to 1.
func Likeness(a, b *Statement) float64 {
	_, more := shares(stemsShared(a.Words, b.Words), told(a.Words), told(b.Words))
	return more
}
