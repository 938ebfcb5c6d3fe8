// Package people measures who is who across articles: whether two spellings are
// of one name, and whether two actors of different articles are one person.
package people

import (
	"bufio"
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"

	"whosaid/internal/relate/people"
)

// A pair is two spellings.
type pair struct{ x, y string }

// Spellings is what was measured on names whose Arabic spellings were held back
// from learning.
type Spellings struct {
	Same      int     `json:"same"`           // pairs of one Arabic key
	Random    int     `json:"other_random"`   // pairs of two names drawn at random
	Near      int     `json:"other_near"`     // pairs of two names of which no more letters differ than half
	AUC       float64 `json:"auc"`            // same before other, random and near ones alike
	Far       float64 `json:"auc_random"`     // same before random ones
	Hard      float64 `json:"auc_near"`       // same before near ones
	Nearest   float64 `json:"auc_nearest"`    // same before the nearest other name of all
	Edits     float64 `json:"auc_edits"`      // what the share of letters that are equal gives in place of AUC
	HardEdits float64 `json:"auc_near_edits"` // likewise in place of Hard
}

// MeasureSpellings reads arabic-names (Latin, Arabic letter by letter, count)
// and measures people.Spelled on the keys that train/spellings.py holds back.
func MeasureSpellings(path string) (Spellings, error) {
	forms, err := load(path)
	if err != nil {
		return Spellings{}, err
	}
	same := sameNames(forms)
	if len(same) == 0 {
		return Spellings{}, fmt.Errorf("%s: no pairs of spellings are held back in it", path)
	}
	random, near, nearest := otherNames(forms, same)
	out := Spellings{Same: len(same), Random: len(random), Near: len(near)}
	out.Far = auc(same, random, people.Spelled)
	out.Hard = auc(same, near, people.Spelled)
	out.AUC = auc(same, append(random, near...), people.Spelled)
	out.Nearest = auc(same, nearest, people.Spelled)
	out.Edits = auc(same, append(random, near...), equalLetters)
	out.HardEdits = auc(same, near, equalLetters)
	return out, nil
}

// heldBack mirrors train/spellings.py.
func heldBack(key string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return h.Sum32()%5 == 0
}

// load lists the Latin forms of each key that is held back.
func load(path string) (map[string][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	forms := map[string][]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("%s: %.60q is no spelling with its Arabic key and a count", path, lines.Text())
		}
		key := strings.ReplaceAll(f[1], " ", "")
		latin := fold(f[0])
		if len(latin) >= 2 && heldBack(key) && !slices.Contains(forms[key], latin) {
			forms[key] = append(forms[key], latin)
		}
	}
	return forms, lines.Err()
}

// fold is a name in letters a to z.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(unidecode.Unidecode(s)))
}

// sameNames are the pairs of forms of one key, without those of which more than
// half of the letters differ: the list is noisy.
func sameNames(forms map[string][]string) []pair {
	var out []pair
	for _, list := range forms {
		for i, x := range list {
			for _, y := range list[:i] {
				if distance(x, y)*2 <= max(len(x), len(y)) {
					out = append(out, pair{min(x, y), max(x, y)})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(strings.Compare(a.x, b.x), strings.Compare(a.y, b.y)) })
	return slices.Compact(out)
}

// otherNames draws for each pair of one name a random form of another name, one
// of those that pass the bound of pairs of one name too, and the nearest of all. Two Arabic keys are other
// names where they differ in more than vowels and in letters that one Latin
// letter serves for: all else is how foreign names are written in Arabic this
// way or that.
func otherNames(forms map[string][]string, same []pair) (random, near, nearest []pair) {
	type form struct{ latin, bones string }
	var all []form
	names := map[string]map[string]bool{} // the bones that a Latin form is written for
	for key, list := range forms {
		for _, x := range list {
			all = append(all, form{x, bones(key)})
			if names[x] == nil {
				names[x] = map[string]bool{}
			}
			names[x][bones(key)] = true
		}
	}
	slices.SortFunc(all, func(a, b form) int {
		return cmp.Or(strings.Compare(a.latin, b.latin), strings.Compare(a.bones, b.bones))
	})
	r := rand.New(rand.NewPCG(1, 1))
	other := func(x string, f form) bool { return f.bones != "" && f.latin != x && !names[x][f.bones] }
	for _, p := range same {
		for {
			if f := all[r.IntN(len(all))]; other(p.x, f) {
				random = append(random, pair{p.x, f.latin})
				break
			}
		}
		best, least := "", 99
		var within []string
		for _, f := range all {
			bound := max(len(f.latin), len(p.x)) / 2
			if d := len(f.latin) - len(p.x); max(d, -d) > bound || !other(p.x, f) {
				continue
			}
			d := distance(p.x, f.latin)
			if d < least {
				best, least = f.latin, d
			}
			if d <= bound {
				within = append(within, f.latin)
			}
		}
		if len(within) > 0 {
			near = append(near, pair{p.x, within[r.IntN(len(within))]})
			nearest = append(nearest, pair{p.x, best})
		}
	}
	return random, near, nearest
}

// bones are the consonants of an Arabic key, those that Latin letters do not
// tell apart as one.
func bones(key string) string {
	var b strings.Builder
	for _, r := range key {
		switch r {
		case 'ا', 'أ', 'إ', 'آ', 'ى', 'ي', 'و', 'ة', 'ه', 'ء', 'ؤ', 'ئ', 'ع':
		case 'ط':
			b.WriteRune('ت')
		case 'ص', 'ث':
			b.WriteRune('س')
		case 'ض', 'ذ':
			b.WriteRune('د')
		case 'ظ':
			b.WriteRune('ز')
		case 'ق', 'خ':
			b.WriteRune('ك')
		case 'غ':
			b.WriteRune('ج')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// distance is Levenshtein's, of letters a to z.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// equalLetters is the plain way to compare spellings.
func equalLetters(x, y string) float64 {
	return 1 - float64(distance(x, y))/float64(max(len(x), len(y), 1))
}

// auc is how often a pair of one name is more alike than one of two: the area
// under the curve of hits by false alarms, ties by half.
func auc(same, other []pair, alike func(x, y string) float64) float64 {
	type scored struct {
		score float64
		same  bool
	}
	var all []scored
	for _, p := range same {
		all = append(all, scored{alike(p.x, p.y), true})
	}
	for _, p := range other {
		all = append(all, scored{alike(p.x, p.y), false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	ranks := 0.0
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].score == all[i].score {
			j++
		}
		for _, x := range all[i:j] {
			if x.same {
				ranks += float64(i+j+1) / 2
			}
		}
		i = j
	}
	n, m := float64(len(same)), float64(len(other))
	return (ranks - n*(n+1)/2) / (n * m)
}

// slice is the text between two code points.
func slice(text string, start, end int) (string, error) {
	if start < 0 || end <= start || end > utf8.RuneCountInString(text) {
		return "", fmt.Errorf("there is nothing from %d to %d", start, end)
	}
	return string([]rune(text)[start:end]), nil
}
