package polnear

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"whosaid/internal/news"
)

// A Report is everything measured in one run.
type Report struct {
	Corpus   string
	Docs     int // articles
	Missing  int // of them, without a prediction
	Total    Tally
	Interval map[Metric]Interval // of Content50 and Strict

	Outlets []Group
	Lengths []Group
	Forms   []FormGroup

	Passages    Coverage
	Calibration Calibration
}

// An Interval is where 95 of 100 resamplings of the articles put an F, in
// percent.
type Interval struct{ Low, High float64 }

// A Group is some of the articles.
type Group struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	Tally    Tally  `json:"figures"`
}

// A FormGroup is the attributions of one form: recall over the gold ones of
// that form, precision over the predicted ones.
type FormGroup struct {
	Form      news.Form `json:"form"`
	Gold      int       `json:"gold"`
	Found     int       `json:"found"` // of the gold ones, by content50
	Exact     int       `json:"exact"` // of the gold ones, in all three roles
	Predicted int       `json:"predicted"`
	Right     int       `json:"right"` // of the predicted ones, by content50
}

func report(corpus string, missing int, articles []scored) Report {
	r := Report{Corpus: corpus, Docs: len(articles), Missing: missing}
	for _, a := range articles {
		r.Total.add(a.tally)
	}
	r.Interval = bootstrap(articles, Content50, Strict)
	r.Outlets = group(articles, func(a scored) (int, string) { return 0, a.article.Outlet() })
	r.Lengths = group(articles, length)
	r.Forms = forms(articles)
	r.Passages = coverage(articles)
	r.Calibration = calibrate(articles)
	return r
}

// group gathers articles under a name, in the order of rank and name.
func group(articles []scored, of func(scored) (rank int, name string)) []Group {
	type key struct {
		rank int
		name string
	}
	groups := map[key]*Group{}
	var keys []key
	for _, a := range articles {
		rank, name := of(a)
		k := key{rank, name}
		if groups[k] == nil {
			groups[k] = &Group{Name: name}
			keys = append(keys, k)
		}
		groups[k].Articles++
		groups[k].Tally.add(a.tally)
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(a.rank-b.rank, cmp.Compare(a.name, b.name)) })
	list := make([]Group, len(keys))
	for i, k := range keys {
		list[i] = *groups[k]
	}
	return list
}

func length(a scored) (rank int, name string) {
	switch n := len(a.text.words); {
	case n < 400:
		return 0, "under 400 words"
	case n < 800:
		return 1, "400 to 799"
	case n < 1200:
		return 2, "800 to 1,199"
	}
	return 3, "1,200 and more"
}

func forms(articles []scored) []FormGroup {
	groups := []FormGroup{{Form: news.Direct}, {Form: news.Mixed}, {Form: news.Indirect}}
	at := func(f news.Form) *FormGroup {
		return &groups[slices.IndexFunc(groups, func(g FormGroup) bool { return g.Form == f })]
	}
	for _, a := range articles {
		var quoted set
		for _, p := range passages(a.text.runes) {
			quoted = append(quoted, a.text.in([][2]int{p})...)
		}
		quoted = union(quoted)
		for i, g := range a.gold {
			f := at(form(g[content], quoted))
			f.Gold++
			if j := a.partner[i]; j >= 0 {
				if g.overlaps(a.predicted[j], 0.5) {
					f.Found++
				}
				if g.equal(a.predicted[j]) {
					f.Exact++
				}
			}
		}
		right := a.right()
		for j, p := range a.predicted {
			f := at(form(p[content], quoted))
			f.Predicted++
			if right[j] {
				f.Right++
			}
		}
	}
	return groups
}

// form tells by how many of its words stand in quotation marks.
func form(content, quoted set) news.Form {
	switch content.shared(quoted) {
	case 0:
		return news.Indirect
	case len(content):
		return news.Direct
	}
	return news.Mixed
}

// right tells of each predicted relation whether it is right by content50.
func (a scored) right() []bool {
	right := make([]bool, len(a.predicted))
	for i, g := range a.gold {
		if j := a.partner[i]; j >= 0 && g.overlaps(a.predicted[j], 0.5) {
			right[j] = true
		}
	}
	return right
}

// resamples is how often the articles are drawn anew, with replacement.
const resamples = 1000

// bootstrap gives the interval of the F of each metric, resampling whole
// articles, for statements of one article are right or wrong together. The
// seed is fixed: the same counts give the same interval.
func bootstrap(articles []scored, metrics ...Metric) map[Metric]Interval {
	random := rand.New(rand.NewPCG(1, 2))
	drawn := map[Metric][]float64{}
	for range resamples {
		var total Tally
		for range articles {
			total.add(articles[random.IntN(len(articles))].tally)
		}
		for _, m := range metrics {
			drawn[m] = append(drawn[m], total[m].f())
		}
	}
	intervals := map[Metric]Interval{}
	for m, f := range drawn {
		slices.Sort(f)
		intervals[m] = Interval{tenth(f[resamples*25/1000]), tenth(f[resamples*975/1000-1])}
	}
	return intervals
}
