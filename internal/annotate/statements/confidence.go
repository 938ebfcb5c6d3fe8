package statements

import (
	"math"

	"whosaid/internal/news"
)

// Evidence is what speaks for and against a statement: a constant, how sure the
// network was of the cue and of each role's spans (logits, log probabilities),
// and what kind of statement it is.
type Evidence [9]float64

// evidence of statement s, made from c.
func evidence(c candidate, s news.Statement, form news.Form) Evidence {
	e := Evidence{
		1,
		logit(c.p),
		math.Log(c.path[source] + 1e-4),
		math.Log(c.path[cue] + 1e-4),
		math.Log(c.path[content] + 1e-4),
		0, 0, 0,
		math.Log(float64(length(s.Content)) / 100),
	}
	if len(s.Source) == 0 {
		e[5] = 1
	}
	switch form {
	case news.Direct:
		e[6] = 1
	case news.Mixed:
		e[7] = 1
	}
	return e
}

// confidence is the probability that a statement is right: that its content
// overlaps the true one by half and its source agrees. It is a logistic
// regression on the evidence; its weights are part of the model (models/card.md).
func confidence(e, weights Evidence) float64 {
	z := 0.0
	for i, w := range weights {
		z += w * e[i]
	}
	return math.Round(1e4/(1+math.Exp(-z))) / 1e4
}

func logit(p float64) float64 { return math.Log((p + 1e-6) / (1 - p + 1e-6)) }
