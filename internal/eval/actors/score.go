package actors

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"whosaid/internal/eval/polnear"
	"whosaid/internal/eval/speakers"
	"whosaid/internal/record"
)

// A Count is how many were found, of how many predicted and how many gold. Right
// is no whole number where parts of a mention count.
type Count struct {
	Right           float64 `json:"right"`
	Predicted, Gold int
}

// F is the harmonic mean of precision and recall in percent.
func (c Count) F() float64 {
	if c.Predicted+c.Gold == 0 {
		return 0
	}
	return 200 * c.Right / float64(c.Predicted+c.Gold)
}

// P is the precision in percent.
func (c Count) P() float64 { return percent(c.Right, c.Predicted) }

// R is the recall in percent.
func (c Count) R() float64 { return percent(c.Right, c.Gold) }

func percent(a float64, b int) float64 {
	if b == 0 {
		return 0
	}
	return 100 * a / float64(b)
}

// A Report is what was measured.
type Report struct {
	Articles     int              `json:"articles"` // that had a record
	Mentions     Count            `json:"mentions"` // of persons, the same words
	Precise      Count            `json:"b3_precision"`
	Recalled     Count            `json:"b3_recall"`
	Descriptions Count            `json:"descriptions"`
	Kind         int              `json:"kind_right"` // of the descriptions found
	Relations    Count            `json:"relations"`
	Forms        map[string]Count `json:"forms"` // gold mentions by form: found, and linked to their actor
	Linked       map[string]Count `json:"linked"`
}

// B3 is the B-cubed F over mentions of persons, in percent (Bagga and Baldwin
// 1998); mentions without a partner count against precision and recall.
func (r Report) B3() float64 {
	p, q := r.Precise.P(), r.Recalled.R()
	if p+q == 0 {
		return 0
	}
	return 2 * p * q / (p + q)
}

// KindRight is the share of the descriptions found that are of the right kind,
// in percent.
func (r Report) KindRight() float64 { return percent(float64(r.Kind), int(r.Descriptions.Right)) }

// Score measures records of the labelled articles.
func Score(gold []Article, records []record.Record) (Report, error) {
	r := Report{Forms: map[string]Count{}, Linked: map[string]Count{}}
	by := map[string]record.Record{}
	for _, rec := range records {
		name := filepath.Base(rec.Article.File)
		by[strings.TrimSuffix(name, filepath.Ext(name))] = rec
	}
	for _, a := range gold {
		rec, ok := by[a.ID]
		if ok {
			r.Articles++
		}
		words := polnear.NewWords(a.Text)
		r.mentions(a, rec, words)
		r.descriptions(a, rec, words)
		r.relations(a, rec)
	}
	if r.Articles == 0 {
		return r, errors.New("no record has the name of a labelled article; give the records of its text")
	}
	return r, nil
}

// key tells mentions of the same words alike.
func key(words polnear.Words, start, end int) string {
	return fmt.Sprint(words.In([][2]int{{start, end}}))
}

func (r *Report) mentions(a Article, rec record.Record, words polnear.Words) {
	gold, found := map[string]string{}, map[string]string{}
	form := map[string]string{}
	for _, x := range a.Actors {
		for _, m := range x.Mentions {
			if x.Type == "person" {
				k := key(words, m.Start, m.End)
				gold[k], form[k] = x.Name, m.Form
			}
		}
	}
	for _, x := range rec.Actors {
		for _, m := range x.Mentions {
			if x.Type == "person" {
				found[key(words, m.Start, m.End)] = x.ID
			}
		}
	}
	goldSets, foundSets := sets(gold), sets(found)
	for _, k := range sorted(gold) {
		f := r.Forms[form[k]]
		f.Gold++
		id, ok := found[k]
		if ok {
			both := 0
			for other := range goldSets[gold[k]] {
				if foundSets[id][other] {
					both++
				}
			}
			r.Mentions.Right++
			r.Precise.Right += float64(both) / float64(len(foundSets[id]))
			r.Recalled.Right += float64(both) / float64(len(goldSets[gold[k]]))
			f.Right++
			l := r.Linked[form[k]]
			l.Gold++
			if majority(foundSets[id], gold) == gold[k] {
				l.Right++
			}
			r.Linked[form[k]] = l
		}
		r.Forms[form[k]] = f
	}
	r.Mentions.Predicted += len(found)
	r.Mentions.Gold += len(gold)
	r.Precise.Predicted += len(found)
	r.Recalled.Gold += len(gold)
}

// sets gathers the mentions of each actor.
func sets(of map[string]string) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for k, who := range of {
		if all[who] == nil {
			all[who] = map[string]bool{}
		}
		all[who][k] = true
	}
	return all
}

// majority is whom most of the mentions of a found actor mean.
func majority(set map[string]bool, gold map[string]string) string {
	votes, best := map[string]int{}, ""
	for _, k := range sorted(set) {
		if who, ok := gold[k]; ok {
			votes[who]++
			if votes[who] > votes[best] {
				best = who
			}
		}
	}
	return best
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (r *Report) descriptions(a Article, rec record.Record, words polnear.Words) {
	type description struct {
		name, kind string
		span       [][2]int
	}
	var found []description
	for _, x := range rec.Actors {
		for _, d := range x.Descriptions {
			found = append(found, description{x.Name, d.Kind, [][2]int{{d.Start, d.End}}})
		}
	}
	used := make([]bool, len(found))
	for _, x := range a.Actors {
		for _, d := range x.Descriptions {
			r.Descriptions.Gold++
			for i, f := range found {
				if !used[i] && words.Overlap([][2]int{d.Span}, f.span) >= 0.6 && speakers.Same(x.Name, f.name) {
					used[i] = true
					r.Descriptions.Right++
					if d.Kind == f.kind {
						r.Kind++
					}
					break
				}
			}
		}
	}
	r.Descriptions.Predicted += len(found)
}

func (r *Report) relations(a Article, rec record.Record) {
	names := map[string]string{}
	for _, x := range rec.Actors {
		names[x.ID] = x.Name
	}
	end := func(id string) string {
		if name, ok := names[id]; ok {
			return name
		}
		return id
	}
	used := make([]bool, len(rec.Relations))
	for _, g := range a.Relations {
		for i, x := range rec.Relations {
			to := end(x.To)
			if !used[i] && x.Type == g.Type && speakers.Same(end(x.From), g.From) && (speakers.Same(to, g.To) || jaccard(to, g.To) >= 0.5) {
				used[i] = true
				r.Relations.Right++
				break
			}
		}
	}
	r.Relations.Predicted += len(rec.Relations)
	r.Relations.Gold += len(a.Relations)
}

// jaccard is the share of their words that two texts have in common.
func jaccard(a, b string) float64 {
	x, y := map[string]bool{}, map[string]bool{}
	for _, w := range speakers.Fold(a) {
		x[w] = true
	}
	both := 0
	for _, w := range speakers.Fold(b) {
		if x[w] && !y[w] {
			both++
		}
		y[w] = true
	}
	if len(x)+len(y) == both {
		return 0
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// Text is the report for a terminal; its first line has the reference scorer's
// figures.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "articles %d  mention F %.1f  person B3 F %.1f  description F %.1f kind right %.1f  relation F %.1f\n",
		r.Articles, r.Mentions.F(), r.B3(), r.Descriptions.F(), r.KindRight(), r.Relations.F())
	fmt.Fprintf(&b, "mentions P %.1f R %.1f, B3 P %.1f R %.1f\n", r.Mentions.P(), r.Mentions.R(), r.Precise.P(), r.Recalled.R())
	for _, f := range sorted(r.Forms) {
		fmt.Fprintf(&b, "%-8s found %.1f of %d, of those with their actor %.1f\n", f, r.Forms[f].R(), r.Forms[f].Gold, r.Linked[f].R())
	}
	return b.String()
}

// Card is two reports, from gold spans and end to end, as a page of Markdown.
func Card(name string, fromGold, endToEnd Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Actors on %s\n\n", name)
	fmt.Fprintf(&b, "%d articles, %d mentions of persons; written by `whosaid eval actors`. From gold spans: mentions as the reader marked them, everything\n"+
		"after by whosaid. End to end: from the bare text.\n\n", endToEnd.Articles, endToEnd.Mentions.Gold)
	b.WriteString("| measure | from gold spans | end to end |\n|---|---:|---:|\n")
	line := func(name string, a, z float64) { fmt.Fprintf(&b, "| %s | %.1f | %.1f |\n", name, a, z) }
	line("mentions of persons, F", fromGold.Mentions.F(), endToEnd.Mentions.F())
	line("… precision", fromGold.Mentions.P(), endToEnd.Mentions.P())
	line("… recall", fromGold.Mentions.R(), endToEnd.Mentions.R())
	line("B³ of persons, F", fromGold.B3(), endToEnd.B3())
	line("… precision", fromGold.Precise.P(), endToEnd.Precise.P())
	line("… recall", fromGold.Recalled.R(), endToEnd.Recalled.R())
	line("descriptions, F", fromGold.Descriptions.F(), endToEnd.Descriptions.F())
	line("… kind right", fromGold.KindRight(), endToEnd.KindRight())
	line("relations, F", fromGold.Relations.F(), endToEnd.Relations.F())
	b.WriteString("\n| form of the mention | gold | found | with its actor, from gold spans | with its actor, of those found |\n|---|---:|---:|---:|---:|\n")
	for _, f := range sorted(endToEnd.Forms) {
		fmt.Fprintf(&b, "| %s | %d | %.1f | %.1f | %.1f |\n", f, endToEnd.Forms[f].Gold, endToEnd.Forms[f].R(), fromGold.Linked[f].R(), endToEnd.Linked[f].R())
	}
	return b.String()
}
