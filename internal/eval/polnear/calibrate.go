package polnear

import (
	"cmp"
	"math"
	"slices"
)

// A Calibration sets the confidence of the predicted attributions beside how
// many of them are right by content50, in ten bins of equal count.
type Calibration struct {
	Bins  []Bin   `json:"bins"`
	Error float64 `json:"error"` // expected calibration error: mean distance of the two, 0 to 1
}

// A Bin is a tenth of the attributions, by rising confidence.
type Bin struct {
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"` // mean, 0 to 1
	Right      float64 `json:"right"`      // share, 0 to 1
}

func calibrate(articles []scored) Calibration {
	type judged struct {
		confidence float64
		right      bool
	}
	var list []judged
	for _, a := range articles {
		right := a.right()
		for j, p := range a.given {
			list = append(list, judged{p.Confidence, right[j]})
		}
	}
	slices.SortStableFunc(list, func(a, b judged) int { return cmp.Compare(a.confidence, b.confidence) })

	const bins = 10
	c := Calibration{Bins: []Bin{}}
	for k := range bins {
		members := list[k*len(list)/bins : (k+1)*len(list)/bins]
		if len(members) == 0 {
			continue
		}
		var sum, right float64
		for _, m := range members {
			sum += m.confidence
			if m.right {
				right++
			}
		}
		n := float64(len(members))
		c.Bins = append(c.Bins, Bin{len(members), sum / n, right / n})
		c.Error += math.Abs(sum-right) / float64(len(list))
	}
	return c
}
