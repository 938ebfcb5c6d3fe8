package links

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"whosaid/internal/news"
	"whosaid/internal/relate/utterances"
)

// Said is statements of the corpus by their places.
type Said map[Place]utterances.Statement

// Add adds the statements of a document that was read with the attributions that
// people marked in the place of the statements found; their ids are those of
// the events. The day of publication stands in the file's name.
func (s Said) Add(doc *news.Document) {
	stem := strings.TrimSuffix(filepath.Base(doc.File), ".txt")
	vectors := utterances.VectorsOf(doc)
	article := fnv.New64a()
	_, _ = article.Write([]byte(stem))
	for i := range doc.Statements {
		u := utterances.New(doc, i, nil)
		u.Article, u.Day = int64(article.Sum64()), day(stem)
		if vectors != nil {
			u.Vector = vectors[i]
		}
		s[Place{stem, doc.Statements[i].ID}] = u
	}
}

// day is the day in the name of an article, in days since 1970; 0 if it has
// none.
func day(stem string) int {
	for part := range strings.SplitSeq(stem, "_") {
		if t, err := time.Parse(time.DateOnly, part); err == nil {
			return int(t.Unix() / 86400)
		}
	}
	return 0
}

// Relate says of each pair how its statements stand to each other.
func (s Said) Relate(pairs []Pair) []Pair {
	var out []Pair
	for _, p := range unique(pairs) {
		a, haveA := s[p.A]
		b, haveB := s[p.B]
		if !haveA || !haveB {
			continue
		}
		p.Relation, _ = utterances.Relate(&a, &b)
		p.Note = ""
		out = append(out, p)
	}
	return out
}

// An Example is a labelled pair as train/utterances.py reads it.
type Example struct {
	ID        string              `json:"id"`
	Relation  utterances.Relation `json:"relation"`
	Facts     utterances.Facts    `json:"facts"`
	Quotation utterances.Relation `json:"quotation"` // by the quoted words alone
	A         string              `json:"a"`         // the articles
	B         string              `json:"b"`
}

// Examples are what is known of pairs.
func (s Said) Examples(pairs []Pair) []Example {
	var out []Example
	for _, p := range unique(pairs) {
		a, b := s[p.A], s[p.B]
		out = append(out, Example{p.ID, p.Relation, utterances.FactsOf(&a, &b), utterances.QuotationOf(&a, &b), p.A.Stem, p.B.Stem})
	}
	return out
}

// window is within how many days of each other articles are linked.
const window = 60

// Propose links all statements and draws n of the links at random, the same
// ones each time. The pairs have what was said of them.
func Propose(said Said, n int) []Pair {
	places := slices.SortedFunc(maps.Keys(said), func(p, q Place) int {
		return cmp.Or(cmp.Compare(said[p].Day, said[q].Day), cmp.Compare(p.Stem, q.Stem), cmp.Compare(p.Relation, q.Relation))
	})
	index := utterances.NewIndex(window)
	var out []Pair
	for i, p := range places {
		s := said[p]
		s.ID = int64(i)
		for _, l := range index.Related(&s) {
			out = append(out, Pair{A: places[l.ID], B: p, Relation: l.Relation, Note: fmt.Sprintf("%.2f", l.Likelihood)})
		}
		index.Add(&s)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	out = out[:min(n, len(out))]
	for i := range out {
		out[i].ID = fmt.Sprintf("P%03d", i+1)
	}
	return out
}
