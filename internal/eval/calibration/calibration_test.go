package calibration_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"whosaid/internal/eval/calibration"
)

func TestFitFindsTheWeights(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	want := []float64{-0.5, 2, 0}
	var x [][]float64
	var right []bool
	for range 20000 {
		row := []float64{1, random.NormFloat64(), random.NormFloat64()}
		x = append(x, row)
		right = append(right, random.Float64() < calibration.Probability(want, row))
	}
	got, err := calibration.Fit(x, right)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > .1 {
			t.Errorf("weight %d is %.3f, want about %.1f", i, got[i], want[i])
		}
	}
}

func TestFitStaysFinite(t *testing.T) {
	got, err := calibration.Fit([][]float64{{1, -1}, {1, 1}}, []bool{false, true})
	if err != nil {
		t.Fatal(err)
	}
	if math.IsInf(got[1], 0) || math.IsNaN(got[1]) || got[1] < 1 {
		t.Errorf("weights %v: want a large finite second one", got)
	}
	if _, err := calibration.Fit(nil, nil); err == nil {
		t.Error("nothing was fitted without a word")
	}
}
