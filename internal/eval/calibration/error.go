package calibration

import (
	"cmp"
	"math"
	"slices"
)

// CrossError is the expected calibration error over ten bins of equal count,
// each row judged by weights fitted to the rows of other folds.
func CrossError(x [][]float64, right []bool, fold []int) (float64, error) {
	type judged struct {
		p     float64
		right bool
	}
	var list []judged
	for k := range slices.Max(fold) + 1 {
		var train [][]float64
		var verdicts []bool
		for i := range x {
			if fold[i] != k {
				train, verdicts = append(train, x[i]), append(verdicts, right[i])
			}
		}
		w, err := Fit(train, verdicts)
		if err != nil {
			return 0, err
		}
		for i := range x {
			if fold[i] == k {
				list = append(list, judged{Probability(w, x[i]), right[i]})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b judged) int { return cmp.Compare(a.p, b.p) })
	const bins = 10
	total := 0.0
	for k := range bins {
		sum := 0.0
		for _, j := range list[k*len(list)/bins : (k+1)*len(list)/bins] {
			sum += j.p
			if j.right {
				sum--
			}
		}
		total += math.Abs(sum)
	}
	return total / float64(len(list)), nil
}
