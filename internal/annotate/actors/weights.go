package actors

import (
	_ "embed" // the weights
	"encoding/json"
)

// weightsOf are the weights of one class of mention.
type weightsOf struct {
	None  []float64 `json:"none"`  // of the facts that speak for nobody
	Facts []float64 `json:"facts"` // of those that speak for a candidate
}

//go:embed weights.json
var weightsFile []byte

var learnt = readWeights()

func readWeights() map[string]weightsOf {
	var w map[string]weightsOf
	if err := json.Unmarshal(weightsFile, &w); err != nil {
		panic("actors: weights.json is not what train wrote: " + err.Error())
	}
	for class, x := range w {
		for len(x.Facts) < factCount {
			x.Facts = append(x.Facts, 0)
		}
		for len(x.None) < noneCount {
			x.None = append(x.None, 0)
		}
		w[class] = x
	}
	return w
}
