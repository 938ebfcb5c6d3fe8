package seed

import (
	"fmt"
	"slices"
	"strings"

	"whosaid/internal/record"
)

// A Mark is how many were right, of how many.
type Mark struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

func (m Mark) String() string { return fmt.Sprintf("%d/%d", m.Right, m.Of) }

func (m *Mark) count(right bool) {
	m.Of++
	if right {
		m.Right++
	}
}

// A Score says what of the gold record was found.
type Score struct {
	Statements  Mark `json:"statements"`
	Spurious    int  `json:"spurious"` // statements of the record that the gold has not
	Speakers    Mark `json:"speakers"`
	Form        Mark `json:"form"`
	Kind        Mark `json:"kind"`
	Actors      Mark `json:"actors"`
	Labels      Mark `json:"roles_and_labels"`
	Dates       Mark `json:"dates"`
	Relations   Mark `json:"relations"`
	Meta        Mark `json:"meta"`  // title, authors, day
	Clean       Mark `json:"clean"` // furniture that is not in the text
	Conditional Mark `json:"conditional"`
	Settings    Mark `json:"addressee_and_venue"` // of the statements found
	Chain       Mark `json:"chain"`
	OwnVoice    Mark `json:"own_voice"`

	Missed []string `json:"missed"` // contents of the gold statements not found
}

// String is the line that the reference scorer prints.
func (s Score) String() string {
	return fmt.Sprintf("statements %v spurious %d speakers %v form %v kind %v actors %v roles+labels %v dates %v relations %v "+
		"meta %v clean %v conditional %v addressee+venue %v chain %v own %v",
		s.Statements, s.Spurious, s.Speakers, s.Form, s.Kind, s.Actors, s.Labels, s.Dates, s.Relations,
		s.Meta, s.Clean, s.Conditional, s.Settings, s.Chain, s.OwnVoice)
}

// A scorer compares one record with its gold.
type scorer struct {
	gold   Gold
	record record.Record
	actors map[string]record.Actor
	alias  map[string]string // a spelling, folded -> the gold name, folded
}

// Measure scores r.
func Measure(g Gold, r record.Record) Score {
	s := scorer{gold: g, record: r, actors: map[string]record.Actor{}, alias: map[string]string{}}
	for _, a := range r.Actors {
		s.actors[a.ID] = a
	}
	for _, a := range g.Actors {
		for _, name := range spellings(a) {
			s.alias[name] = fold(a.Name)
		}
	}
	var score Score
	s.statements(&score)
	s.people(&score)
	s.article(&score)
	for _, d := range g.Dates {
		score.Dates.count(slices.ContainsFunc(r.Dates, func(x record.Date) bool {
			return x.Value == d.Value && overlap(d.Text, fold(x.Text)) >= 0.5
		}))
	}
	for _, own := range g.OwnVoice {
		score.OwnVoice.count(slices.ContainsFunc(r.OwnVoice, func(x record.Span) bool {
			return overlap(own, x.Text) >= 0.4 || strings.Contains(fold(x.Text), fold(own))
		}))
	}
	return score
}

func spellings(a Actor) []string {
	names := []string{fold(a.Name)}
	for _, s := range a.Spellings {
		names = append(names, fold(s))
	}
	return names
}

// known is the gold name that a spelling stands for, or the spelling.
func (s scorer) known(name string) string {
	name = fold(name)
	if known, ok := s.alias[name]; ok {
		return known
	}
	return name
}

// statements finds for each gold statement, in order, the one of the record
// that is most like it and was not taken yet; of equals the last.
func (s scorer) statements(score *Score) {
	all := s.record.Statements
	used := make([]bool, len(all))
	n := len(s.gold.Statements)
	for _, m := range []*Mark{&score.Statements, &score.Speakers, &score.Form, &score.Kind, &score.Conditional} {
		m.Of = n
	}
	score.Missed = []string{}
	for _, g := range s.gold.Statements {
		best, likeness := -1, 0.0
		for i, p := range all {
			if used[i] {
				continue
			}
			if l := like(g, p); best < 0 || l >= likeness {
				best, likeness = i, l
			}
		}
		if best < 0 || overlap(g.Content, text(all[best].Content)) < 0.5 {
			score.Missed = append(score.Missed, g.Content)
			continue
		}
		used[best] = true
		p := all[best]
		right(&score.Statements, true)
		right(&score.Speakers, slices.Equal(s.wanted(g), s.speakers(p)))
		right(&score.Form, g.Form == p.Form)
		right(&score.Kind, g.Kind == p.Kind)
		right(&score.Conditional, g.Conditional == p.Conditional)
		if g.Addressee != "" {
			score.Settings.count(overlap(g.Addressee, textOf(p.Addressee)) >= 0.5)
		}
		if g.Venue != "" {
			score.Settings.count(overlap(g.Venue, textOf(p.Venue)) >= 0.5)
		}
	}
	for i, p := range all {
		if !used[i] && (p.Parent == nil || *p.Parent == "") && p.By != "marks" {
			score.Spurious++
		}
	}
}

func right(m *Mark, ok bool) {
	if ok {
		m.Right++
	}
}

// like says how much p resembles g. The conversions keep products and sums
// apart on every machine.
func like(g Statement, p record.Statement) float64 {
	l := overlap(g.Content, text(p.Content))
	if overlap(g.Cue, text(p.Cue)) > 0 {
		l += 0.2
	}
	return l + float64(0.1*overlap(g.Source, text(p.Source)))
}

func (s scorer) wanted(g Statement) []string {
	var names []string
	for _, n := range g.Speakers {
		names = append(names, s.known(n))
	}
	slices.Sort(names)
	return names
}

func (s scorer) speakers(p record.Statement) []string {
	var names []string
	for _, x := range p.Speakers {
		name := s.actors[x.Actor].Name
		if name == "" {
			name = x.Name
		}
		names = append(names, s.known(name))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (s scorer) people(score *Score) {
	for _, a := range s.gold.Actors {
		names := spellings(a)
		var same []record.Actor
		for _, b := range s.record.Actors {
			if slices.Contains(names, fold(b.Name)) {
				same = append(same, b)
			}
		}
		score.Actors.count(len(same) > 0)
		for _, want := range slices.Concat(a.Roles, a.Labels) {
			score.Labels.count(slices.ContainsFunc(same, func(b record.Actor) bool {
				return slices.ContainsFunc(b.Descriptions, func(d record.Description) bool { return overlap(want, d.Text) >= 0.6 })
			}))
		}
	}
	for _, x := range s.gold.Relations {
		score.Relations.count(slices.ContainsFunc(s.record.Relations, func(y record.Relation) bool {
			return y.Type == x.Type && s.known(s.end(y.From)) == s.known(x.From) && overlap(s.end(y.To), x.To) >= 0.5
		}))
	}
	var chain []string
	for _, teller := range s.record.Article.Chain {
		chain = append(chain, fold(teller.Name))
	}
	score.Chain.count(s.chain(chain))
}

// end is the name of one end of a relation: an actor's, or words of the text.
func (s scorer) end(id string) string {
	if a, ok := s.actors[id]; ok {
		return a.Name
	}
	return id
}

// chain reports whether the tellers that the gold knows are all there, in its
// order.
func (s scorer) chain(got []string) bool {
	var want, kept []string
	for _, name := range s.gold.Chain {
		want = append(want, fold(name))
	}
	for _, name := range got {
		if k := s.known(name); slices.Contains(want, k) {
			kept = append(kept, k)
		}
	}
	return len(kept) > 0 && slices.Equal(kept, want)
}

func (s scorer) article(score *Score) {
	got, want := s.record.Article, s.gold.Article
	score.Meta.count(fold(got.Title) == fold(want.Title))
	score.Meta.count(slices.Equal(got.Authors, want.Authors))
	day, points := got.Published, []rune(got.Published)
	if len(points) > 10 {
		day = string(points[:10])
	}
	score.Meta.count(day == want.Published)

	points = []rune(got.Text)
	var parts []string
	for _, b := range got.Blocks {
		if b.Kind == "paragraph" || b.Kind == "headline" || b.Kind == "deck" {
			end := min(max(b.End, 0), len(points))
			parts = append(parts, string(points[min(max(b.Start, 0), end):end]))
		}
	}
	body := strings.Join(parts, " ")
	for _, furniture := range want.NotInText {
		score.Clean.count(!strings.Contains(body, furniture))
	}
}
