package actors

import (
	"math"
	"sort"

	"whosaid/internal/names"
	"whosaid/internal/neural/heads"
	"whosaid/internal/news"
)

// A network is the coreference head with the mentions of one article loaded.
type network struct {
	session *heads.Session
	all     heads.Mentions
	words   [][]string // of each mention that is no pronoun
	scores  []float32
}

// load shows the head all mentions of the article. Without a head, or for a
// text that no encoder read, it does nothing.
func (n *network) load(doc *news.Document, mentions []mention) bool {
	if n == nil || doc.Vectors == nil || len(doc.Pieces) == 0 {
		return false
	}
	list := make([]heads.Mention, len(mentions))
	n.words = make([][]string, len(mentions))
	for i := range mentions {
		m := &mentions[i]
		first := sort.Search(len(doc.Pieces), func(k int) bool { return doc.Pieces[k].End > m.Start })
		last := sort.Search(len(doc.Pieces), func(k int) bool { return doc.Pieces[k].Start >= m.End }) - 1
		if first == len(doc.Pieces) {
			first = len(doc.Pieces) - 1
		}
		list[i] = heads.Mention{First: first, Last: max(first, last), Form: heads.Name}
		switch m.form {
		case formPronoun:
			list[i].Form = heads.Pronoun
			continue
		case formNominal:
			list[i].Form = heads.Nominal
		}
		n.words[i] = names.Words(m.Text(doc.Text))
	}
	n.session.Represent(&n.all, doc.Pieces, doc.Vectors, list)
	return true
}

// antecedents are the scores of mention later taking up nobody, and each of the
// mentions earlier.
func (n *network) antecedents(later int, earlier []int) (nobody float64, scores []float32) {
	candidates := make([]heads.Candidate, len(earlier))
	for k, j := range earlier {
		candidates[k].Mention = j
		if n.words[later] != nil && n.words[j] != nil {
			candidates[k].Match = uint8(names.Agree(n.words[later], n.words[j]))
		}
	}
	n.scores = n.session.Antecedents(n.scores[:0], &n.all, later, candidates)
	return float64(n.scores[0]), n.scores[1:]
}

// networkOdds is for each candidate the logarithm of how much likelier the
// coreference head finds it than nobody, summed over its mentions nearby.
func (r *reading) networkOdds(i int, list []candidate) (odds []float64, best int) {
	odds, best = make([]float64, len(list)), none
	if r.net == nil {
		return odds, best
	}
	of := map[int]int{}
	for k, c := range list {
		of[c.cluster] = k
	}
	var earlier, whose []int
	for j := i - 1; j >= 0 && j >= i-r.options.Window && len(earlier) < scored; j-- {
		if k, ok := of[r.mentions[j].actor]; ok && r.mentions[j].actor != none {
			earlier, whose = append(earlier, j), append(whose, k)
		}
	}
	if len(earlier) == 0 {
		return odds, best
	}
	nobody, scores := r.net.antecedents(i, earlier)
	top := nobody
	for _, s := range scores {
		top = max(top, float64(s))
	}
	sums := make([]float64, len(list))
	for j, s := range scores {
		sums[whose[j]] += math.Exp(float64(s) - top)
	}
	zero := math.Exp(nobody - top)
	for k := range odds {
		odds[k] = min(max(math.Log((sums[k]+1e-4)/(zero+1e-4)), -6), 6)
		if sums[k] > zero && (best == none || sums[k] > sums[best]) {
			best = k
		}
	}
	return odds, best
}

// scored is how many earlier mentions the coreference head is shown at most.
const scored = 100
