// Package people tells who is who across articles: whether two names are
// spellings of one, and which actors of different articles are one person or
// one organisation. It knows nothing of archives and does no input or output;
// the same actors in the same order give the same people.
package people

import (
	_ "embed" // what was learnt of spellings
	"math"
	"strconv"
	"strings"
	"sync"
)

// What train/spellings.py has counted: letters, and how often letters of one
// spelling of a name stand for those of another.
//
//go:embed spellings.tsv
var spellingCounts string

// letters of the alphabet, and the number of segments of up to two of them:
// segment 0 is nothing, 1 to 26 one letter, the others two.
const (
	letters  = 26
	segments = 1 + letters + letters*letters
)

// never is what a correspondence weighs that was never seen.
const never = -100

// seen is added to each count: what was not seen is rare, and not impossible.
const seen = 0.3

// strict is what weighs against two spellings, in shares of what was learnt:
// the pairs learnt from are no single names, and hold some noise. It was chosen
// on names learnt from.
const strict = 2

// table has for two segments how much likelier they are as the same part of two
// spellings of one name than as parts of two names: a logarithm.
var table = sync.OnceValue(func() []float32 {
	var frequency [letters]float64
	type pair struct {
		u, v  string
		count float64
	}
	var pairs []pair
	sum, total := 0.0, 0.0
	for line := range strings.Lines(spellingCounts) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		count, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			panic("spellings.tsv: " + line) // it is the program's own
		}
		if len(f) == 4 {
			frequency[f[0][0]-'a'] = count
			sum += count
			continue
		}
		pairs = append(pairs, pair{f[0], f[1], count})
		if total += count; f[0] != f[1] {
			total += count
		}
	}
	chance := func(s string) float64 {
		p := 1.0
		for i := range len(s) {
			p *= frequency[s[i]-'a'] / sum
		}
		return p
	}
	t := make([]float32, segments*segments)
	for i := range t {
		t[i] = never
	}
	set := func(u, v string, count float64) {
		w := float32(math.Log((count + seen) / total / chance(u) / chance(v)))
		if w < 0 {
			w *= strict
		}
		a, b := segment(u), segment(v)
		t[a*segments+b], t[b*segments+a] = w, w
	}
	for u := range letters {
		one := string(rune('a' + u))
		set(one, "", 0)
		for v := range letters {
			set(one, string(rune('a'+v)), 0)
		}
	}
	for _, p := range pairs {
		set(p.u, p.v, p.count)
	}
	return t
})

// segment is the number of up to two letters.
func segment(s string) int {
	switch len(s) {
	case 0:
		return 0
	case 1:
		return 1 + int(s[0]-'a')
	}
	return 1 + letters + letters*int(s[0]-'a') + int(s[1]-'a')
}

// longestWord bounds the letters of a word that are compared.
const longestWord = 40

// odds is how much likelier two words, a to z alone, are as spellings of one
// name than as two names, on the best way of letting letters stand for each
// other: a logarithm.
func odds(x, y string) float64 {
	x, y = x[:min(len(x), longestWord)], y[:min(len(y), longestWord)]
	t := table()
	var rows [3][longestWord + 1]float32
	for i := range len(x) + 1 {
		row, before, two := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		for j := range len(y) + 1 {
			best := float32(math.Inf(-1))
			if i+j == 0 {
				best = 0
			}
			for b := 0; b <= min(2, j); b++ {
				v := segment(y[j-b : j])
				if b > 0 {
					best = max(best, row[j-b]+t[v])
				}
				if i > 0 {
					best = max(best, before[j-b]+t[segment(x[i-1:i])*segments+v])
				}
				if i > 1 {
					best = max(best, two[j-b]+t[segment(x[i-2:i])*segments+v])
				}
			}
			row[j] = best
		}
	}
	return float64(rows[len(x)%3][len(y)])
}

// longer is how many letters longer one spelling of a name is than another, at
// most, and soundAlike how alike two must be that sound the same in three
// consonants or more.
const (
	longer     = 3
	soundAlike = 0.3
)

// Spells reports whether somebody who looks for a name may write the word x for
// y, both a to z alone: they begin with one sound, and their letters stand for
// each other. To join people it takes more.
func Spells(x, y string) bool {
	if x == y {
		return true
	}
	if x == "" || y == "" || max(len(x)-len(y), len(y)-len(x)) > longer {
		return false
	}
	a, b := sounds(x), sounds(y)
	return a[0] == b[0] && Spelled(x, y) >= familyAlike || len(a) >= 3 && a == b && Spelled(x, y) >= soundAlike
}

// Spelled is how alike two words of names are as spellings, 1 for the same one:
// the odds that they are one name, as a share of those of a word with itself.
// It may be below 0. Both hold letters a to z alone.
func Spelled(x, y string) float64 {
	if x == y {
		return 1
	}
	if x == "" || y == "" {
		return 0
	}
	return 2 * odds(x, y) / (odds(x, x) + odds(y, y))
}
