package polnear

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A Count is how many were found, of how many predicted and how many gold.
type Count struct{ Right, Predicted, Gold int }

// P is the precision in percent, rounded to a tenth.
func (c Count) P() float64 { return tenth(100 * ratio(c.Right, c.Predicted)) }

// R is the recall in percent, rounded to a tenth.
func (c Count) R() float64 { return tenth(100 * ratio(c.Right, c.Gold)) }

// F is the harmonic mean of precision and recall in percent, rounded to a
// tenth.
func (c Count) F() float64 { return tenth(c.f()) }

func (c Count) f() float64 {
	p, r := ratio(c.Right, c.Predicted), ratio(c.Right, c.Gold)
	if p+r == 0 {
		return 0
	}
	return 200 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// tenth rounds the exact binary value of x to one decimal, half to even, as
// Python's round(x, 1) does.
func tenth(x float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 1, 64), 64)
	if err != nil {
		return x // NaN and infinity, which no count gives
	}
	return r
}

// A Metric is one figure of the scorer.
type Metric int

// The metrics. By token: the words of a role anywhere in the article. Exact:
// one relation's role has exactly the gold's words. Strict: all three roles do.
// Content50: contents overlap by half (intersection over union) and sources
// share a word, or both have none. QuoteSpeaker: of the gold relations that are
// wholly in quotation marks, those found (overlap of 0.8) with a source that
// shares a word; recall only.
const (
	TokenSource Metric = iota
	TokenCue
	TokenContent
	ExactSource
	ExactCue
	ExactContent
	Strict
	Content50
	QuoteSpeaker
	metricCount
)

// String is the metric's name in the reference scorer.
func (m Metric) String() string {
	return [metricCount]string{
		"tok.source", "tok.cue", "tok.content", "exact.source", "exact.cue", "exact.content",
		"rel.strict", "rel.content50", "quote.spk",
	}[m]
}

// A Tally holds the counts of all metrics over some articles.
type Tally [metricCount]Count

func (t *Tally) add(o Tally) {
	for m := range t {
		t[m].Right += o[m].Right
		t[m].Predicted += o[m].Predicted
		t[m].Gold += o[m].Gold
	}
}

// A relation is an attribution in words: source, cue and content.
type relation [3]set

const (
	source = iota
	cue
	content
)

func (t tokenised) relations(list []Attribution) (kept []Attribution, words []relation) {
	for _, a := range list {
		r := relation{t.in(a.Source), t.in(a.Cue), t.in(a.Content)}
		if len(r[content]) == 0 {
			continue // what was said is what a relation is about
		}
		kept, words = append(kept, a), append(words, r)
	}
	return kept, words
}

// overlaps reports whether g and p are one relation at the given overlap of
// contents.
func (r relation) overlaps(p relation, least float64) bool {
	if r[content].iou(p[content]) < least {
		return false
	}
	return r[source].shared(p[source]) > 0 || len(r[source]) == 0 && len(p[source]) == 0
}

func (r relation) equal(p relation) bool {
	return slices.Equal(r[source], p[source]) && slices.Equal(r[cue], p[cue]) && slices.Equal(r[content], p[content])
}

// align pairs gold with predicted relations, one to one: best match first, by
// overlap of contents, a shared word of the cues and overlap of sources. Of
// equal matches the later ones go first, as in the reference scorer. The
// result gives, for each gold relation, the index of its partner or -1.
func align(gold, predicted []relation) []int {
	type candidate struct {
		score float64
		g, p  int
	}
	var candidates []candidate
	for i, g := range gold {
		for j, p := range predicted {
			cues := 0.0
			if g[cue].shared(p[cue]) > 0 {
				cues = 1
			} else if g[content].shared(p[content]) == 0 {
				continue
			}
			// The conversions keep the compiler from fusing a product with the
			// sum after it, which would break ties differently on some machines.
			score := float64(g[content].iou(p[content])*2) + cues + float64(0.5*g[source].iou(p[source]))
			candidates = append(candidates, candidate{score, i, j})
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), b.g-a.g, b.p-a.p)
	})
	partner := make([]int, len(gold))
	for i := range partner {
		partner[i] = -1
	}
	taken := make([]bool, len(predicted))
	for _, c := range candidates {
		if partner[c.g] < 0 && !taken[c.p] {
			partner[c.g], taken[c.p] = c.p, true
		}
	}
	return partner
}

// A scored article keeps what the breakdowns need besides the tally.
type scored struct {
	article   Article
	text      tokenised
	gold      []relation
	predicted []relation
	given     []Attribution // the predicted ones, as given
	partner   []int         // of each gold relation
	contents  []set         // of all statements
	tally     Tally
}

func scoreArticle(a Article, p Prediction) scored {
	s := scored{article: a, text: tokenise(a.Text)}
	var raw []Attribution
	raw, s.gold = s.text.relations(a.Gold)
	s.given, s.predicted = s.text.relations(p.Attributions)
	for _, c := range p.Contents {
		s.contents = append(s.contents, s.text.in(c))
	}
	s.partner = align(s.gold, s.predicted)

	t := &s.tally
	for role := range 3 {
		g, p := all(s.gold, role), all(s.predicted, role)
		t[int(TokenSource)+role] = Count{g.shared(p), len(p), len(g)}
		t[int(ExactSource)+role] = Count{0, having(s.predicted, role), having(s.gold, role)}
	}
	t[Strict] = Count{0, len(s.predicted), len(s.gold)}
	t[Content50] = t[Strict]
	for i, g := range s.gold {
		quoted := len(g[source]) > 0 && inMarks(s.text, raw[i].Content)
		if quoted {
			t[QuoteSpeaker].Gold++
		}
		if s.partner[i] < 0 {
			continue
		}
		p := s.predicted[s.partner[i]]
		for role := range 3 {
			if len(g[role]) > 0 && slices.Equal(g[role], p[role]) {
				t[int(ExactSource)+role].Right++
			}
		}
		if g.equal(p) {
			t[Strict].Right++
		}
		if g.overlaps(p, 0.5) {
			t[Content50].Right++
		}
		if quoted && g.overlaps(p, 0.8) {
			t[QuoteSpeaker].Right++
		}
	}
	return s
}

func all(relations []relation, role int) set {
	sets := make([]set, len(relations))
	for i, r := range relations {
		sets[i] = r[role]
	}
	return union(sets...)
}

func having(relations []relation, role int) int {
	n := 0
	for _, r := range relations {
		if len(r[role]) > 0 {
			n++
		}
	}
	return n
}

// inMarks reports whether content begins with a double quotation mark and ends
// with one, a full stop or comma after it aside.
func inMarks(t tokenised, spans [][2]int) bool {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = t.slice(s)
	}
	c := strings.TrimFunc(strings.Join(parts, " "), func(r rune) bool {
		return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F // what Python's strip takes off
	})
	inner, opened := strings.CutPrefix(c, "“")
	if !opened {
		inner, opened = strings.CutPrefix(c, `"`)
	}
	if !opened {
		return false
	}
	if strings.HasSuffix(inner, ".") || strings.HasSuffix(inner, ",") {
		inner = inner[:len(inner)-1]
	}
	return strings.HasSuffix(inner, "”") || strings.HasSuffix(inner, `"`)
}

var errNoMatch = errors.New("no prediction has the name of an article of the corpus; give the records of its text/*.txt")

// Score measures predictions against corpus. An article without a prediction
// counts as one in which nothing was found.
func Score(corpus Corpus, predictions []Prediction) (Report, error) {
	byID := make(map[string]Prediction, len(predictions))
	for _, p := range predictions {
		byID[p.ID] = p
	}
	missing := 0
	articles := make([]scored, len(corpus.Articles))
	for i, a := range corpus.Articles {
		p, ok := byID[a.ID]
		if !ok {
			missing++
		}
		if ok && p.Text != a.Text {
			return Report{}, fmt.Errorf("%s: the record's text is not the corpus's, so positions cannot be compared; read it with --as-is", a.ID)
		}
		articles[i] = scoreArticle(a, p)
	}
	if missing == len(articles) {
		return Report{}, errNoMatch
	}
	return report(corpus.Name, missing, articles), nil
}
