package people

import "testing"

func TestSpelled(t *testing.T) {
	for _, c := range []struct {
		x, y string
		same bool
	}{
		{"khadimi", "kadhimi", true},
		{"khadimi", "kazemi", true},
		{"kadhimi", "kazemi", true},
		{"halbousi", "halbusi", true},
		{"qais", "qays", true},
		{"sadr", "sader", true},
		{"mohammed", "muhammad", true},
		{"hussein", "husayn", true},
		{"khazali", "khazaali", true},
		{"hasan", "hassan", true},
		{"yusuf", "youssef", true},
		{"clinton", "clifton", false},
		{"bush", "busch", true},
		{"brandt", "brandon", false},
		{"nasser", "nasrallah", false},
		{"karim", "kamil", false},
		{"weir", "wick", false},
		{"johnson", "jackson", false},
		{"maliki", "madani", false},
	} {
		if got := Spelled(c.x, c.y); got >= familyAlike != c.same {
			t.Errorf("%s and %s are %.3f alike", c.x, c.y, got)
		}
		if got := Spells(c.x, c.y); got != c.same {
			t.Errorf("that %s spells %s is %t", c.x, c.y, got)
		}
	}
}
