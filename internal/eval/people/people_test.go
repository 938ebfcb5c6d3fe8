package people

import (
	"math"
	"os"
	"testing"
)

func TestAUC(t *testing.T) {
	alike := func(x, _ string) float64 { return float64(len(x)) }
	same := []pair{{"aaa", ""}, {"aa", ""}}
	other := []pair{{"a", ""}, {"aa", ""}}
	if got := auc(same, other, alike); math.Abs(got-0.875) > 1e-9 {
		t.Errorf("%v, want three pairs in order and one tie of four", got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"qais", "qays", 1}, {"khadimi", "kazemi", 3}, {"ida", "", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// The pairs are where they are said to be: in names.
func TestPairs(t *testing.T) {
	const corpus = "../../../../shared/data/polnear/train"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here")
	}
	got, err := MeasurePairs(corpus)
	if err != nil {
		t.Fatal(err)
	}
	if got.Pairs != 150 || got.F < 0.95 {
		t.Errorf("of %d pairs F is %.3f; eval/people.md says more", got.Pairs, got.F)
	}
}
