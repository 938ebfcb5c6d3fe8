package web

import (
	"cmp"
	"maps"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// A facetView is one way to narrow a search: the values that what was found
// has, with how often each.
type facetView struct {
	Name   string // of the parameter
	Title  string
	Values []valueView
	Rest   int // further values, which are not shown
}

// A valueView is a value of a facet, and where one goes with it or without.
type valueView struct {
	Name   string
	Count  int
	Path   string
	Chosen bool
}

// mostValues is how many values of a facet are shown.
const mostValues = 10

// newFacets are the ways to narrow a.
func newFacets(a asked, f *archive.Facets) []facetView {
	var out []facetView
	for _, x := range []struct {
		name, title string
		counts      map[string]int
		chosen      []string
		order       []string // fixed, where there is one
	}{
		{"speaker", "Said by", f.Speakers, one(a.Speaker), nil},
		{"about", "About", f.About, one(a.About), nil},
		{"outlet", "Printed in", f.Outlets, a.Outlets, nil},
		{"kind", "Kind", f.Kinds, a.Kinds, news.Kinds},
		{"form", "Form", f.Forms, a.Forms, forms},
	} {
		v := facetView{Name: x.name, Title: x.title}
		names := slices.SortedFunc(maps.Keys(x.counts), func(p, q string) int {
			return cmp.Or(cmp.Compare(x.counts[q], x.counts[p]), cmp.Compare(p, q))
		})
		for _, name := range names {
			if len(v.Values) == mostValues {
				v.Rest++
				continue
			}
			v.Values = append(v.Values, valueView{name, x.counts[name], a.with(x.name, name), slices.Contains(x.chosen, name)})
		}
		if x.order != nil {
			slices.SortFunc(v.Values, func(p, q valueView) int {
				return cmp.Compare(slices.Index(x.order, p.Name), slices.Index(x.order, q.Name))
			})
		}
		if len(v.Values) > 0 {
			out = append(out, v)
		}
	}
	return out
}

func one(x string) []string {
	if x == "" {
		return nil
	}
	return []string{x}
}

// counted says how many statements were found.
func counted(f *archive.Facets) string {
	switch {
	case f.More:
		return "More than " + plural(f.Hits, "statement", "statements")
	case f.Rough && f.Hits > 0:
		return "About " + plural(f.Hits, "statement", "statements")
	case f.Hits == 0:
		return ""
	}
	return plural(f.Hits, "statement", "statements")
}
