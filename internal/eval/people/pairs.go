package people

import (
	_ "embed" // pairs of actors
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whosaid/internal/relate/people"
)

// Pairs of names in the train articles of PolNeAR, by their positions: half of
// them one person in two forms, half two people, most of one family name.
//
//go:embed pairs.tsv
var actorPairs string

// Pairs is what was measured on pairs of names of people.
type Pairs struct {
	Pairs     int      `json:"pairs"`
	Accuracy  float64  `json:"accuracy"`
	Precision float64  `json:"precision"` // of those taken for one person
	Recall    float64  `json:"recall"`
	F         float64  `json:"f"`
	Wrong     []string `json:"wrong"` // the article and position of the first name of each that was taken wrongly
}

// MeasurePairs reads the names from a folder of PolNeAR (text/*.txt) and asks
// people.Name.Alike of each pair.
func MeasurePairs(dir string) (Pairs, error) {
	var out Pairs
	texts := map[string]string{}
	name := func(article, start, end string) (people.Name, error) {
		text, ok := texts[article]
		if !ok {
			data, err := os.ReadFile(filepath.Join(dir, "text", article+".txt"))
			if err != nil {
				return people.Name{}, err
			}
			text = string(data)
			texts[article] = text
		}
		from, err := strconv.Atoi(start)
		if err != nil {
			return people.Name{}, err
		}
		to, err := strconv.Atoi(end)
		if err != nil {
			return people.Name{}, err
		}
		words, err := slice(text, from, to)
		if err != nil {
			return people.Name{}, fmt.Errorf("%s: %w", article, err)
		}
		return people.Parse(words), nil
	}
	hits, alarms, misses := 0, 0, 0
	for line := range strings.Lines(actorPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		x, err := name(f[0], f[1], f[2])
		if err != nil {
			return out, err
		}
		y, err := name(f[3], f[4], f[5])
		if err != nil {
			return out, err
		}
		out.Pairs++
		same, said := f[6] == "same", x.Alike(y) >= people.Same
		switch {
		case same && said:
			hits++
		case said:
			alarms++
		case same:
			misses++
		}
		if same != said {
			out.Wrong = append(out.Wrong, fmt.Sprintf("%s %s (%s)", f[0], f[1], f[6]))
		}
	}
	out.Accuracy = float64(out.Pairs-alarms-misses) / float64(out.Pairs)
	out.Precision = float64(hits) / float64(max(hits+alarms, 1))
	out.Recall = float64(hits) / float64(max(hits+misses, 1))
	out.F = 2 * float64(hits) / float64(max(2*hits+alarms+misses, 1))
	return out, nil
}

// A Report is what was measured.
type Report struct {
	Spellings Spellings `json:"spellings"`
	Pairs     Pairs     `json:"pairs"`
}

// Text is the report as lines.
func (r Report) Text() string {
	s, p := r.Spellings, r.Pairs
	out := fmt.Sprintf("spellings held back: AUC %.4f (random %.4f, near %.4f, nearest of all %.4f; by equal letters %.4f and %.4f), %d pairs of one name, %d of two\n",
		s.AUC, s.Far, s.Hard, s.Nearest, s.Edits, s.HardEdits, s.Same, s.Random+s.Near)
	out += fmt.Sprintf("pairs of people: accuracy %.3f, precision %.3f, recall %.3f, F %.3f of %d\n", p.Accuracy, p.Precision, p.Recall, p.F, p.Pairs)
	for _, w := range p.Wrong {
		out += "wrong: " + w + "\n"
	}
	return out
}

// Card is the report as a page of Markdown.
func (r Report) Card() string {
	s, p := r.Spellings, r.Pairs
	return fmt.Sprintf(`# Who is who across articles

Made by `+"`whosaid eval people`"+`.

## Spellings of one name

Latin forms of arabic-names whose Arabic keys were held back from learning (one key in five). %d pairs of one name; as many of
two names drawn at random, and as many drawn from those two names that are as near in spelling as pairs of one name may be: half of the letters. Two names differ in Arabic in more than vowels
and letters that Latin does not tell apart.

| | learnt weights | equal letters |
|---|---|---|
| AUC, all | %.4f | %.4f |
| AUC, random others | %.4f | |
| AUC, near others | %.4f | %.4f |
| AUC, the nearest other of all names, not among the others above | %.4f | |

## Pairs of people

%d pairs of names of people in the train articles of PolNeAR, chosen by hand: half of them one person in two forms (a middle name, an initial, a short
form, another spelling), half two people, nearly all of one family name.

| accuracy | precision | recall | F |
|---|---|---|---|
| %.3f | %.3f | %.3f | %.3f |

The name model was made with these pairs in view; they show what it can tell by names alone, not how it does on names that it has never met.
`, s.Same, s.AUC, s.Edits, s.Far, s.Hard, s.HardEdits, s.Nearest, p.Pairs, p.Accuracy, p.Precision, p.Recall, p.F)
}
