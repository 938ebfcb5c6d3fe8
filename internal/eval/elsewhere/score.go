package elsewhere

import (
	"fmt"
	"slices"
	"strings"

	"whosaid/internal/eval/actors"
	"whosaid/internal/eval/polnear"
	"whosaid/internal/eval/speakers"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// Found is what was found in one case.
type Found struct {
	Case   Case
	Record record.Record
}

// A Report is what was measured on some cases.
type Report struct {
	Total   Tally
	Actors  actors.Report
	Regions []Region
	Cases   []Row
	Missed  []string // a line each for what is not as it should be
}

// A Region is the cases of one part of the world.
type Region struct {
	Name string
	Tally
	Actors actors.Report
}

// A Row is one case.
type Row struct {
	Name string
	Tally
}

// Score measures what was found. Figures are those of the corpora's scorers,
// but that a statement inside another is no mistake here, where all are marked.
func Score(found []Found) (Report, error) {
	var r Report
	byRegion := map[string][]Found{}
	for _, f := range found {
		t, missed, err := score(f)
		if err != nil {
			return r, err
		}
		r.Total.add(t)
		r.Cases = append(r.Cases, Row{f.Case.Name, t})
		r.Missed = append(r.Missed, missed...)
		byRegion[f.Case.Region] = append(byRegion[f.Case.Region], f)
	}
	var err error
	if r.Actors, err = who(found); err != nil {
		return r, err
	}
	for name, list := range byRegion {
		reg := Region{Name: name}
		for _, f := range list {
			t, _, _ := score(f)
			reg.add(t)
		}
		if reg.Actors, err = who(list); err != nil {
			return r, err
		}
		r.Regions = append(r.Regions, reg)
	}
	slices.SortFunc(r.Regions, func(a, b Region) int {
		if a.Statements.Gold != b.Statements.Gold {
			return b.Statements.Gold - a.Statements.Gold
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return r, nil
}

// who measures actors, what they are called and their relations.
func who(found []Found) (actors.Report, error) {
	var gold []actors.Article
	var records []record.Record
	for i, f := range found {
		id := fmt.Sprintf("case-%d", i)
		rec := f.Record
		rec.Article.File = id + ".txt"
		records = append(records, rec)
		gold = append(gold, labelled(id, record.Encode(f.Case.Gold)))
	}
	if len(gold) == 0 {
		return actors.Report{}, nil
	}
	return actors.Score(gold, records)
}

// labelled is a gold record as the scorer of actors reads it.
func labelled(id string, g record.Record) actors.Article {
	a := actors.Article{ID: id, Text: g.Article.Text}
	names := map[string]string{}
	for _, x := range g.Actors {
		names[x.ID] = x.Name
		one := actors.Actor{Name: x.Name, Type: x.Type}
		for _, m := range x.Mentions {
			one.Mentions = append(one.Mentions, actors.Mention{Start: m.Start, End: m.End, Form: m.Form})
		}
		for _, d := range x.Descriptions {
			one.Descriptions = append(one.Descriptions, actors.Description{Span: [2]int{d.Start, d.End}, Kind: d.Kind})
		}
		a.Actors = append(a.Actors, one)
	}
	for _, x := range g.Relations {
		to := names[x.To]
		if to == "" {
			to = x.To
		}
		a.Relations = append(a.Relations, actors.Relation{Type: x.Type, From: names[x.From], To: to})
	}
	return a
}

// A scorer measures one case.
type scorer struct {
	Case
	gold, found record.Record
	words       polnear.Words
	known       map[string]string // names of the actors found that have one
	tally       Tally
	missed      []string
}

func score(f Found) (Tally, []string, error) {
	s := scorer{Case: f.Case, gold: record.Encode(f.Case.Gold), found: f.Record, known: nameOf(f.Record.Actors)}
	if s.gold.Article.Text != s.found.Article.Text {
		return Tally{}, nil, fmt.Errorf("%s: the record's text is not the case's, so positions cannot be compared", f.Case.Where())
	}
	s.words = polnear.NewWords(s.gold.Article.Text)
	s.tally = Tally{Cases: 1, By: map[string]Share{}}
	s.statements()
	s.dates()
	s.ownVoice()
	return s.tally, s.missed, nil
}

func (s *scorer) miss(format string, args ...any) {
	s.missed = append(s.missed, s.Name+": "+fmt.Sprintf(format, args...))
}

func (s *scorer) statements() {
	var found []record.Statement
	for _, p := range s.found.Statements {
		if p.By != string(news.ByMarks) || len(p.Speakers) > 0 {
			found = append(found, p)
		}
	}
	gold := s.gold.Statements
	partner, overlap := s.words.Align(attributions(gold), attributions(found))
	matched := make([]bool, len(found))
	matches := map[string]string{} // id of a gold statement to that of the one found
	for i, g := range gold {
		if partner[i] >= 0 && overlap[i] >= .5 {
			matches[g.ID] = found[partner[i]].ID
		}
	}
	for i, g := range gold {
		var p *record.Statement
		same := false
		if partner[i] >= 0 && overlap[i] >= .5 {
			p = &found[partner[i]]
			same = s.sources(g, *p)
			matched[partner[i]] = matched[partner[i]] || same
		}
		switch {
		case s.Optional[g.ID]:
			continue
		case g.Parent != nil:
			s.tally.Nested.count(p != nil)
			if p != nil {
				s.tally.Parents.count(p.Parent != nil && matches[*g.Parent] == *p.Parent)
			}
			continue
		}
		s.tally.Statements.Gold++
		if same {
			s.tally.Statements.Right++
			if s.equal(g.Source, p.Source) && s.equal(g.Cue, p.Cue) && s.equal(g.Content, p.Content) {
				s.tally.Exact.Right++
			}
		} else {
			s.miss("not found: %s", oneLine(g))
		}
		s.speakers(g, p)
		if p != nil {
			s.facts(g, *p)
		}
	}
	spurious := 0
	for j, p := range found {
		if !matched[j] && p.Parent == nil {
			spurious++
			s.miss("spurious: %s", oneLine(p))
		}
	}
	s.tally.Statements.Predicted = s.tally.Statements.Right + spurious
	s.tally.Exact.Predicted, s.tally.Exact.Gold = s.tally.Statements.Predicted, s.tally.Statements.Gold
}

func attributions(list []record.Statement) []polnear.Attribution {
	out := make([]polnear.Attribution, len(list))
	for i, s := range list {
		out[i] = polnear.Attribution{Source: ranges(s.Source), Cue: ranges(s.Cue), Content: ranges(s.Content)}
	}
	return out
}

func ranges(spans []record.Span) [][2]int {
	out := make([][2]int, len(spans))
	for i, s := range spans {
		out[i] = [2]int{s.Start, s.End}
	}
	return out
}

func (s *scorer) equal(a, b []record.Span) bool {
	return slices.Equal(s.words.In(ranges(a)), s.words.In(ranges(b)))
}

// sources reports whether the sources share a word, or both have none.
func (s *scorer) sources(g, p record.Statement) bool {
	a, b := s.words.In(ranges(g.Source)), s.words.In(ranges(p.Source))
	if len(a) == 0 && len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(w int) bool { return slices.Contains(b, w) })
}

// speakers judges who is said to have said g; p is nil where g was not found.
func (s *scorer) speakers(g record.Statement, p *record.Statement) {
	want := names(g.Speakers, nameOf(s.gold.Actors))
	unnamed := len(g.Speakers) > 0 && len(want) == 0
	var got []string
	if p != nil {
		got = names(p.Speakers, s.known)
		wrong := slices.ContainsFunc(got, func(name string) bool {
			return !slices.ContainsFunc(want, func(w string) bool { return speakers.Same(name, w) })
		})
		s.tally.Wrong.count(wrong)
		if wrong {
			s.miss("said by %q, and not %q: %s", want, got, oneLine(g))
		}
		if unnamed {
			s.tally.Unnamed.count(len(got) == 0)
		}
	}
	if len(want) == 0 {
		return
	}
	right := p != nil && len(want) == len(got) && each(want, got) && each(got, want)
	if p != nil && !right && each(got, want) {
		s.miss("said by %q, and not by %q alone: %s", want, got, oneLine(g))
	}
	s.tally.FoundRight.count(right)
	if p != nil {
		s.tally.RightFound.count(right)
		by := s.tally.By[g.Speakers[0].By]
		by.count(right)
		s.tally.By[g.Speakers[0].By] = by
	}
}

// nameOf is the names of the actors that have one, by id.
func nameOf(list []record.Actor) map[string]string {
	known := map[string]string{}
	for _, a := range list {
		if a.Named {
			known[a.ID] = a.Name
		}
	}
	return known
}

// names is the names of the speakers that have one.
func names(list []record.Speaker, known map[string]string) []string {
	var out []string
	for _, x := range list {
		name := known[x.Actor]
		if x.Actor == "" && !strings.HasPrefix(x.Name, "unnamed") {
			name = x.Name
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// each reports whether everybody of a is in b.
func each(a, b []string) bool {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y string) bool { return speakers.Same(x, y) }) {
			return false
		}
	}
	return true
}

// facts judges what is told of a statement that was found.
func (s *scorer) facts(g, p record.Statement) {
	t := &s.tally
	t.Form.count(g.Form == p.Form)
	right := p.Kind == g.Kind || p.Kind != "" && p.Kind == s.Also[g.ID]
	t.Kind.count(right)
	t.Kinds = append(t.Kinds, Pair{g.Kind, p.Kind})
	t.Stances = append(t.Stances, Pair{g.CueStance, p.CueStance})
	tallyBool(&t.Conditional, g.Conditional, p.Conditional)
	s.span(&t.Addressee, g.Addressee, p.Addressee)
	s.span(&t.Venue, g.Venue, p.Venue)
	if g.When != nil {
		t.When.Gold++
	}
	if p.When != nil {
		t.When.Predicted++
		if g.When != nil && p.When.Value == g.When.Value &&
			s.words.Overlap([][2]int{{g.When.Start, g.When.End}}, [][2]int{{p.When.Start, p.When.End}}) >= .5 {
			t.When.Right++
		}
	}
}

func tallyBool(c *polnear.Count, gold, found bool) {
	if gold {
		c.Gold++
	}
	if found {
		c.Predicted++
	}
	if gold && found {
		c.Right++
	}
}

func (s *scorer) span(c *polnear.Count, gold, found *record.Span) {
	tallyBool(c, gold != nil, found != nil)
	if gold != nil && found != nil && s.words.Overlap([][2]int{{gold.Start, gold.End}}, [][2]int{{found.Start, found.End}}) < .5 {
		c.Right--
	}
}

func (s *scorer) dates() {
	t := &s.tally
	t.Dates.Gold, t.Dates.Predicted = len(s.gold.Dates), len(s.found.Dates)
	t.DateWords = t.Dates
	used := map[int]bool{}
	for _, g := range s.gold.Dates {
		for j, p := range s.found.Dates {
			if used[j] || s.words.Overlap([][2]int{{g.Start, g.End}}, [][2]int{{p.Start, p.End}}) < .5 {
				continue
			}
			used[j] = true
			t.DateWords.Right++
			if g.Value == p.Value {
				t.Dates.Right++
			} else {
				s.miss("date %q is %s, and not %s", g.Text, g.Value, p.Value)
			}
			break
		}
	}
}

func (s *scorer) ownVoice() {
	if !s.Own {
		return
	}
	c := &s.tally.Own
	c.Gold, c.Predicted = len(s.gold.OwnVoice), len(s.found.OwnVoice)
	for _, g := range s.gold.OwnVoice {
		if slices.ContainsFunc(s.found.OwnVoice, func(p record.Span) bool {
			return s.words.Overlap([][2]int{{g.Start, g.End}}, [][2]int{{p.Start, p.End}}) >= .5
		}) {
			c.Right++
		}
	}
}

// oneLine is a statement on one line, as cases write it.
func oneLine(s record.Statement) string {
	join := func(list []record.Span) string {
		if len(list) == 0 {
			return "—"
		}
		var parts []string
		for _, x := range list {
			parts = append(parts, strings.Join(strings.Fields(x.Text), " "))
		}
		return strings.Join(parts, " + ")
	}
	return join(s.Source) + " | " + join(s.Cue) + " | " + join(s.Content)
}
