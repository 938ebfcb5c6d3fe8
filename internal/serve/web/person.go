package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// A personView is what the page of somebody shows.
type personView struct {
	desk.Person
	Facts    []string
	Said     string // where their statements are found
	Timeline *histogram
	Kinds    []string // columns of the table behind it
	Legend   []legendView
	Months   []monthRow
	Matrix   matrix
	Ties     []tieView
	Graph    *graph
	Roles    []roleView
	Subject  string // on which their positions are asked for
	Stands   []hitView
	Begun    string
}

// A legendView is a kind in the timeline, and where its statements are found.
type legendView struct {
	Name, Class, Path string
	Count             int
}

// kindColours are the colours of kinds in a drawing.
var kindColours = map[string]string{
	"claim": "c1", "denial": "c7", "prediction": "c5", "warning": "c4", "promise": "c3",
	"demand": "c2", "question": "c6", "praise": "c8",
}

// colourOf is the colour of a kind; criticism is grey, and what has no kind.
func colourOf(kind string) string { return cmp.Or(kindColours[kind], "c0") }

// A monthRow is a month in the table behind the timeline.
type monthRow struct {
	Name   string
	Counts []int // by kind
}

// A matrix is what outlets call somebody: a row for words, a column for an
// outlet.
type matrix struct {
	Outlets []string
	Rows    []matrixRow
}

// A matrixRow is words, and how often each outlet has them.
type matrixRow struct {
	Text, Kind string
	Cells      []matrixCell
}

// A matrixCell is how often, and where.
type matrixCell struct {
	Times    int
	Evidence []evidenceView
}

// An evidenceView is words in an article on which something rests.
type evidenceView struct {
	Before, Text, After string
	Where               string
	Path                string
}

// mostEvidence is how many words and ties of each kind are shown with what they
// rest on.
const mostEvidence = 40

// person is the page of a person or an organisation.
func (s *site) person(r *http.Request) (*page, error) {
	ref := r.PathValue("id")
	if _, err := strconv.ParseInt(ref, 10, 64); err == nil {
		ref = "#" + ref
	}
	p, err := s.desk.Person(r.Context(), ref, mostEvidence)
	if err != nil {
		return nil, err
	}
	v := personView{Person: *p, Subject: strings.TrimSpace(r.URL.Query().Get("subject"))}
	a := asked{page: 1, Query: archive.Query{People: []int64{p.ID}}}
	v.Said = string(here("/search", a.values()))
	if p.Type != "" {
		v.Facts = append(v.Facts, p.Type)
	}
	v.Facts = append(v.Facts, plural(p.Statements, "statement", "statements"), "in "+plural(p.Articles, "article", "articles"))
	if p.First != "" {
		v.Facts = append(v.Facts, day(p.First)+" to "+day(p.Last))
	}
	v.timeline(a, p)
	v.Matrix = newMatrix(append(slices.Clone(p.Labels), p.Roles...))
	v.Ties = newTies(p.Name, p.Relations)
	v.Graph = newGraph(p.Name, v.Ties)
	v.Roles = newRoles(p.Roles)
	if v.Subject != "" {
		a.Words, a.Sort, a.Limit = v.Subject, archive.ByDate, perPage
		found, err := s.desk.Search(r.Context(), a.Query)
		if err != nil {
			return nil, err
		}
		for _, h := range slices.Backward(found.Hits) {
			stand := newHit(h)
			stand.Head, stand.HeadFacts = cmp.Or(day(h.Article.Published), "day not known"), stand.Where[:min(1, len(stand.Where))]
			stand.HeadPath, stand.Where, stand.Place = stand.Path, nil, ""
			v.Stands = append(v.Stands, stand)
		}
	}
	return &page{Title: p.Name, Here: "people", Body: personPage(v)}, nil
}

// timeline fills the drawing of statements by month, and the table behind it.
func (v *personView) timeline(a asked, p *desk.Person) {
	f := archive.Facets{Days: map[archive.Day]int{}}
	for _, k := range p.Kinds {
		v.Kinds = append(v.Kinds, cmp.Or(k.Name, "other"))
	}
	rows := map[string]int{}
	for _, m := range p.Months {
		f.Days[archive.DayOf(m.Month)] += m.Times
		i, ok := rows[m.Month]
		if !ok {
			i = len(v.Months)
			rows[m.Month] = i
			v.Months = append(v.Months, monthRow{Name: cmp.Or(day(m.Month), "not known"), Counts: make([]int, len(v.Kinds))})
		}
		if k := slices.Index(v.Kinds, cmp.Or(m.Kind, "other")); k >= 0 {
			v.Months[i].Counts[k] += m.Times
		}
	}
	v.Timeline = newMonths(a, &f)
	for _, k := range p.Kinds {
		l := legendView{Name: cmp.Or(k.Name, "other"), Class: colourOf(k.Name), Count: k.Times}
		if k.Name != "" {
			l.Path = a.with("kind", k.Name)
		}
		v.Legend = append(v.Legend, l)
	}
	if v.Timeline != nil {
		v.Timeline.stack(p)
	}
}

// stack divides the bars of a timeline by kind, the most frequent at the bottom.
func (h *histogram) stack(p *desk.Person) {
	for i := range h.Bars {
		b := &h.Bars[i]
		y := chartHeight
		for _, k := range p.Kinds {
			n := 0
			for _, m := range p.Months {
				if m.Kind == k.Name && strings.HasPrefix(m.Month, b.From) {
					n += m.Times
				}
			}
			if n == 0 {
				continue
			}
			height := chartHeight * float64(n) / float64(h.Most)
			y -= height
			b.Parts = append(b.Parts, barPart{colourOf(k.Name), coordinate(y), coordinate(height), fmt.Sprintf("%s %s", number(n), cmp.Or(k.Name, "other"))})
		}
	}
}

// A roleView is a role or a title, and when articles have it.
type roleView struct {
	Text, When string
	Times      int
}

// newRoles are roles by time, the earliest first; spellings of one are one.
func newRoles(list []desk.Naming) []roleView {
	type role struct {
		text, first, last string
		times             int
	}
	var roles []role
	at := map[string]int{}
	for _, n := range list {
		key := strings.ToLower(n.Text)
		i, ok := at[key]
		if !ok {
			i = len(roles)
			at[key] = i
			roles = append(roles, role{text: n.Text, first: n.First, last: n.Last})
		}
		r := &roles[i]
		r.times += n.Times
		if n.First != "" && (r.first == "" || n.First < r.first) {
			r.first = n.First
		}
		r.last = max(r.last, n.Last)
	}
	slices.SortStableFunc(roles, func(a, b role) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.times, a.times))
	})
	out := make([]roleView, 0, len(roles))
	for _, r := range roles {
		v := roleView{Text: r.text, When: day(r.first), Times: r.times}
		if r.last != r.first {
			v.When += " to " + day(r.last)
		}
		out = append(out, v)
	}
	return out[:min(len(out), mostEvidence)]
}

// newMatrix lays out what outlets call somebody.
func newMatrix(list []desk.Naming) matrix {
	var m matrix
	counts := map[string]int{}
	for _, n := range list {
		counts[n.Outlet] += n.Times
	}
	for name := range counts {
		m.Outlets = append(m.Outlets, name)
	}
	slices.SortFunc(m.Outlets, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	m.Outlets = m.Outlets[:min(len(m.Outlets), 8)]
	at := map[string]int{}
	for _, n := range list {
		column := slices.Index(m.Outlets, n.Outlet)
		if column < 0 {
			continue
		}
		key := n.Kind + " " + strings.ToLower(n.Text)
		i, ok := at[key]
		if !ok {
			i = len(m.Rows)
			at[key] = i
			m.Rows = append(m.Rows, matrixRow{Text: n.Text, Kind: n.Kind, Cells: make([]matrixCell, len(m.Outlets))})
		}
		c := &m.Rows[i].Cells[column]
		c.Times += n.Times
		for _, e := range n.Evidence {
			c.Evidence = append(c.Evidence, newEvidence(e))
		}
	}
	for i, name := range m.Outlets {
		m.Outlets[i] = cmp.Or(name, "no outlet")
	}
	return m
}

// newEvidence is a place in an article, with the words themselves set apart.
func newEvidence(e desk.Evidence) evidenceView {
	v := evidenceView{Text: e.Text}
	v.Before, v.After, _ = strings.Cut(e.Around, e.Text)
	v.Path = textBehind("/article/"+url.PathEscape(e.Article), v.Before, e.Text)
	var where []string
	for _, x := range []string{e.Outlet, day(e.Published), e.Title} {
		if x != "" {
			where = append(where, x)
		}
	}
	v.Where = strings.Join(where, ", ")
	return v
}

// A peopleView is the list of people.
type peopleView struct {
	Name   string // that is looked for
	People []desk.Listed
	More   bool
}

// mostPeople is how many people a list has.
const mostPeople = 100

// people is the list of people, or of those with a name.
func (s *site) people(r *http.Request) (*page, error) {
	v := peopleView{Name: strings.TrimSpace(r.URL.Query().Get("name"))}
	list, err := s.desk.People(r.Context(), v.Name, mostPeople+1)
	if err != nil {
		return nil, err
	}
	v.More = len(list) > mostPeople
	v.People = list[:min(len(list), mostPeople)]
	return &page{Title: "People", Here: "people", Body: peoplePage(v)}, nil
}
