package statements

import (
	"math"
	"strings"

	"whosaid/internal/news"
)

// Evidence is what speaks for and against a statement: a constant, how sure the
// network was of the cue and of each role's spans (logits, log probabilities),
// and what kind of statement it is.
type Evidence [16]float64

// weigh sets the content of each candidate against marks and paragraphs and says
// how sure its statement is.
func weigh(doc *news.Document, found []candidate, held *holdings, o Options) {
	cuts := newCutter(doc)
	for i := range found {
		c := &found[i]
		if len(c.spans[content]) == 0 {
			continue
		}
		*c = complete(doc, *c)
		c.spans[content] = join(cuts.cut(held.toMarks(c.spans[content]), c.spans[cue][0], held))
		c.spans[source] = cuts.beside(c.spans[source], c.spans[cue][0])
		form := held.form(doc.Text, c.spans[content])
		c.Evidence = evidence(doc.Text, *c, form)
		c.sure = confidence(c.Evidence, o.Weights)
		if cuts.apart(*c, form) {
			c.sure = 0
		}
	}
}

// evidence of the statement that c reports, whose content has that form.
func evidence(text string, c candidate, form news.Form) Evidence {
	e := Evidence{
		1,
		logit(c.p),
		math.Log(c.path[source] + 1e-4),
		math.Log(c.path[cue] + 1e-4),
		math.Log(c.path[content] + 1e-4),
		0, 0, 0,
		math.Log(float64(length(c.spans[content])) / 100),
		math.Log(float64(length(c.spans[cue])) / 10),
		math.Log(float64(1+length(c.spans[source])) / 10),
		float64(len(c.spans[content]) - 1),
		0, 0, 0, 0,
	}
	if len(c.spans[source]) == 0 {
		e[5] = 1
	} else if c.spans[source][0].Start > c.spans[cue][0].Start {
		e[12] = 1 // "said Vance"
	}
	if c.spans[content][0].Start < c.spans[cue][0].Start {
		e[13] = 1 // "…, Vance said"
	}
	switch said := text[c.spans[content][0].Start:]; {
	case strings.HasPrefix(said, "that "):
		e[14] = 1
	case strings.HasPrefix(said, "to "):
		e[15] = 1
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
