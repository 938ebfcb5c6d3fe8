package names

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"whosaid/internal/news"
)

// A Count is how many names there are, were found, and were found rightly.
type Count struct {
	Gold  int `json:"gold"`
	Found int `json:"found"`
	Right int `json:"right"`
}

// P, R and F are precision, recall and their harmonic mean, in percent.
func (c Count) P() float64 { return percent(c.Right, c.Found) }

// R is the recall.
func (c Count) R() float64 { return percent(c.Right, c.Gold) }

// F is the harmonic mean of P and R.
func (c Count) F() float64 { return percent(2*c.Right, c.Found+c.Gold) }

func percent(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * float64(a) / float64(b)
}

func (c *Count) add(o Count) {
	c.Gold, c.Found, c.Right = c.Gold+o.Gold, c.Found+o.Found, c.Right+o.Right
}

// A Group is some of the names.
type Group struct {
	Name string `json:"name"`
	Count
}

// A Report is everything measured in one run.
type Report struct {
	Texts  int         `json:"texts"`
	Total  Count       `json:"total"`
	Low    float64     `json:"low"`  // 95 of 100 resamplings of the texts give an F
	High   float64     `json:"high"` // from low to high
	Kinds  []Group     `json:"kinds"`
	Genres []Group     `json:"genres"`
	Faults [faults]int `json:"faults"`
	Joined []Group     `json:"joined,omitempty"` // the same texts with their sentences joined otherwise
}

// What can be wrong with a name that was found.
const (
	bounds = iota // its kind is right, and it overlaps the name
	kind          // its bounds are right
	both          // it overlaps a name
	invent        // there is none
	missed        // a name in whose place nothing was found
	faults
)

// Score measures the tags found in each text, by their place.
func Score(texts []Text, found [][]news.Tag) (Report, error) {
	if len(texts) != len(found) {
		return Report{}, fmt.Errorf("%d texts and the tags of %d", len(texts), len(found))
	}
	r := Report{Texts: len(texts)}
	by, genres := map[string]*Count{}, map[string]*Count{}
	counts := make([]Count, len(texts))
	for i, t := range texts {
		names := of(found[i])
		for _, k := range []news.TagKind{news.TagPerson, news.TagPlace, news.TagOrganisation} {
			c := count(t.Names, names, k)
			counts[i].add(c)
			into(by, string(k)).add(c)
			into(genres, t.Genre()).add(c)
		}
		r.Total.add(counts[i])
		for f, n := range faultsOf(t.Names, names) {
			r.Faults[f] += n
		}
	}
	r.Kinds, r.Genres = groups(by), groups(genres)
	r.Low, r.High = bootstrap(counts)
	return r, nil
}

// of are the names among tags.
func of(tags []news.Tag) []Name {
	var names []Name
	for _, t := range tags {
		if slices.Contains([]news.TagKind{news.TagPerson, news.TagPlace, news.TagOrganisation}, t.Kind) {
			names = append(names, Name{Span: t.Span, Kind: t.Kind})
		}
	}
	return names
}

func count(gold, found []Name, k news.TagKind) Count {
	is := func(n Name) bool { return n.Kind == k }
	set := map[Name]bool{}
	c := Count{}
	for _, n := range gold {
		if is(n) {
			c.Gold++
			set[n] = true
		}
	}
	for _, n := range found {
		if is(n) {
			c.Found++
			if set[n] {
				c.Right++
			}
		}
	}
	return c
}

// faultsOf counts what is wrong with the names found, and what was missed. Both
// lists are in the order of the text and do not overlap in themselves.
func faultsOf(gold, found []Name) (n [faults]int) {
	for _, f := range found {
		worst := invent
		for _, g := range gold[first(gold, f):] {
			if g.Start >= f.End {
				break
			}
			switch {
			case g == f:
				worst = -1
			case g.Kind == f.Kind:
				worst = min(worst, bounds)
			case g.Span == f.Span:
				worst = min(worst, kind)
			default:
				worst = min(worst, both)
			}
		}
		if worst >= 0 {
			n[worst]++
		}
	}
	for _, g := range gold {
		if at := first(found, g); at == len(found) || found[at].Start >= g.End {
			n[missed]++
		}
	}
	return n
}

// first is the place of the first name of list that ends after n begins.
func first(list []Name, n Name) int {
	at, _ := slices.BinarySearchFunc(list, n.Start, func(o Name, start int) int {
		if o.End <= start {
			return -1
		}
		return 1
	})
	return at
}

func into(m map[string]*Count, key string) *Count {
	if m[key] == nil {
		m[key] = &Count{}
	}
	return m[key]
}

func groups(m map[string]*Count) []Group {
	var list []Group
	for name, c := range m {
		list = append(list, Group{name, *c})
	}
	slices.SortFunc(list, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// bootstrap is where 95 of 100 resamplings of the texts put the F.
func bootstrap(counts []Count) (low, high float64) {
	if len(counts) == 0 {
		return 0, 0
	}
	const times = 1000
	r := rand.New(rand.NewPCG(1, 2))
	figures := make([]float64, times)
	for i := range figures {
		var c Count
		for range counts {
			c.add(counts[r.IntN(len(counts))])
		}
		figures[i] = c.F()
	}
	slices.Sort(figures)
	return figures[times*25/1000], figures[times*975/1000-1]
}

// Card is the report as a page of Markdown; it changes only when the program's
// answers do. how says in a few words how the names were found.
func (r Report) Card(how string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Names on UNER-EWT dev\n\n%d texts of the web; %s.\nWritten by `whosaid eval names`. A name is right where both ends and its kind are. Low and high come from 1,000 resamplings of the texts. XLM-R large,\n25 times the size, reaches F 86.0.\n\n", r.Texts, how)
	b.WriteString("| names of | P | R | F | of |\n|---|---:|---:|---:|---:|\n")
	row := func(name string, c Count) {
		fmt.Fprintf(&b, "| %s | %.1f | %.1f | %.1f | %d |\n", name, c.P(), c.R(), c.F(), c.Gold)
	}
	titles := map[string]string{"PER": "people", "LOC": "places", "ORG": "organisations"}
	for _, g := range r.Kinds {
		row(titles[g.Name], g.Count)
	}
	fmt.Fprintf(&b, "| **all** | %.1f | %.1f | **%.1f** (95 %%: %.1f to %.1f) | %d |\n", r.Total.P(), r.Total.R(), r.Total.F(), r.Low, r.High, r.Total.Gold)
	b.WriteString("\n## By genre\n\n| | P | R | F | of |\n|---|---:|---:|---:|---:|\n")
	for _, g := range r.Genres {
		row(g.Name, g.Count)
	}
	if len(r.Joined) > 0 {
		b.WriteString("\n## Joined otherwise\n\nUniversal NER keeps sentences only. With a space between all, a mail's greeting and signature run into its text; with a new line,\n" +
			"each is read alone, as XLM-R read them.\n\n| | P | R | F | of |\n|---|---:|---:|---:|---:|\n")
		for _, g := range r.Joined {
			row(g.Name, g.Count)
		}
	}
	f := r.Faults
	fmt.Fprintf(&b, "\n## What is wrong\n\nOf %d names found, %d are right; %d have other bounds, %d another kind, %d both, and %d are none. Of %d names, %d were passed over.\n",
		r.Total.Found, r.Total.Right, f[bounds], f[kind], f[both], f[invent], r.Total.Gold, f[missed])
	return b.String()
}

// Text is the report for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	for _, g := range append(slices.Clone(r.Kinds), Group{"all", r.Total}) {
		fmt.Fprintf(&b, "%-4s P %5.1f  R %5.1f  F %5.1f  of %d\n", g.Name, g.P(), g.R(), g.F(), g.Gold)
	}
	f := r.Faults
	fmt.Fprintf(&b, "F 95%%: %.1f to %.1f; other bounds %d, other kind %d, both %d, no name %d, passed over %d\n", r.Low, r.High, f[bounds], f[kind], f[both], f[invent], f[missed])
	return b.String()
}
