package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
)

// A compareView is outlets side by side, on what a query finds.
type compareView struct {
	Words, Speaker, About, Since, To string
	Of                               string // whom the labels are of
	Asked                            bool
	Outlets                          []desk.Outlet
	Rows                             []compareRow
	Called                           matrix
	Unknown                          string // whom nobody knows
}

// A compareRow is one figure, outlet by outlet.
type compareRow struct {
	Group string // set where a group of figures begins
	Name  string
	Cells []compareCell
}

// A compareCell is how many of how many.
type compareCell struct {
	Count int
	Share string // empty of none
	Width string // of its bar, 0 to 100
	Path  string // where these statements are found; empty where that cannot be asked
}

// sideBySide is how many outlets are compared.
const sideBySide = 6

// compare is the page of outlets side by side.
func (s *site) compare(r *http.Request) (*page, error) {
	a, err := readAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	a.Limit, a.Skip = 0, 0
	v := compareView{Words: a.Words, Speaker: a.Speaker, About: a.About, Since: a.Since, To: a.To, Of: strings.TrimSpace(r.URL.Query().Get("of"))}
	v.Asked = !a.empty() || v.Of != ""
	if v.Asked {
		if v.Outlets, err = s.desk.Outlets(r.Context(), a.Query, sideBySide); err != nil {
			return nil, err
		}
		v.rows(a)
	}
	if v.Of != "" {
		labels, err := s.desk.Labels(r.Context(), []string{v.Of}, []string{"label", "role", "title"}, mostEvidence)
		var several *desk.AmbiguousError
		switch {
		case errors.Is(err, archive.ErrNotFound), errors.As(err, &several):
			v.Unknown = sentence(err.Error())
		case err != nil:
			return nil, err
		default:
			v.Called = newMatrix(labels.Rows)
		}
	}
	return &page{Title: "Compare outlets", Here: "compare", Body: comparePage(v)}, nil
}

// rows lays out the figures.
func (v *compareView) rows(a asked) {
	for _, g := range []struct {
		title, parameter string
		names            []string
		shown            map[string]string
		counts           func(*desk.Outlet) []desk.Tally
		of               func(*desk.Outlet) int
	}{
		{"Direct or indirect", "form", forms, nil, func(o *desk.Outlet) []desk.Tally { return o.Forms }, func(o *desk.Outlet) int { return o.Statements }},
		{
			"What its cues lend the words", "",
			[]string{"neutral", "endorsing", "doubting"},
			map[string]string{"neutral": "neutral (said)", "endorsing": "weight (revealed, pointed out)", "doubting": "doubt (claimed, alleged)"},
			func(o *desk.Outlet) []desk.Tally { return o.Stances }, func(o *desk.Outlet) int { return o.Weighed },
		},
		{"Who gets to speak, by words", "speaker", v.voices(), nil, func(o *desk.Outlet) []desk.Tally { return o.ByVoice }, func(o *desk.Outlet) int { return o.Words }},
	} {
		title := g.title
		for _, name := range g.names {
			row := compareRow{Group: title, Name: name, Cells: make([]compareCell, len(v.Outlets))}
			title = ""
			if as := g.shown[name]; as != "" {
				row.Name = as
			}
			for i := range v.Outlets {
				o := &v.Outlets[i]
				k := slices.IndexFunc(g.counts(o), func(t desk.Tally) bool { return t.Name == name })
				if k < 0 || g.of(o) == 0 {
					continue
				}
				n := g.counts(o)[k].Times
				share := float64(n) / float64(g.of(o))
				c := compareCell{Count: n, Share: percent(share), Width: coordinate(100 * share)}
				if g.parameter != "" {
					one := a
					one.Outlets = []string{o.Name}
					c.Path = one.with(g.parameter, name)
				}
				row.Cells[i] = c
			}
			v.Rows = append(v.Rows, row)
		}
	}
}

// mostVoices is how many speakers are compared.
const mostVoices = 8

// voices are those who say most, in all outlets together.
func (v *compareView) voices() []string {
	sum := map[string]int{}
	for _, o := range v.Outlets {
		for _, t := range o.ByVoice {
			sum[t.Name] += t.Times
		}
	}
	names := make([]string, 0, len(sum))
	for n := range sum {
		names = append(names, n)
	}
	slices.SortFunc(names, func(x, y string) int {
		if sum[x] != sum[y] {
			return sum[y] - sum[x]
		}
		return strings.Compare(x, y)
	})
	return names[:min(len(names), mostVoices)]
}
