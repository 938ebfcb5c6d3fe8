package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// People lists those with a name that has all the words of name, or else those of
// whose names it may be another spelling, or else the most similar ones, best first. Without a name it lists everybody, those with
// the most articles first. A limit of 0 is none.
func (d *Desk) People(ctx context.Context, name string, limit int) ([]Listed, error) {
	if strings.TrimSpace(name) != "" {
		if limit <= 0 {
			limit = 1000
		}
		list, err := d.store.PeopleNamed(ctx, name, limit)
		if err != nil {
			return nil, err
		}
		if folded := terms.Fold(name); !slices.ContainsFunc(list, func(p archive.Person) bool {
			return slices.ContainsFunc(archive.Spellings(p), func(s string) bool { return holds(s, folded) })
		}) {
			alike, err := d.store.PeopleLike(ctx, speller(terms.Name(name)), limit)
			if err != nil {
				return nil, err
			}
			if len(alike) > 0 {
				list = alike
			}
		}
		return listed(list), nil
	}
	var all []archive.Person
	for p, err := range d.store.AllPeople(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	out := listed(all)
	slices.SortStableFunc(out, func(a, b Listed) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(b.Statements, a.Statements), strings.Compare(a.Name, b.Name))
	})
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}

// Person is everything that there is of the person that ref names, as Meant
// reads it, with evidence for up to evidence words and ties of each kind.
func (d *Desk) Person(ctx context.Context, ref string, evidence int) (*Person, error) {
	p, err := d.Meant(ctx, ref)
	if err != nil {
		return nil, err
	}
	x, err := dataOf(p)
	if err != nil {
		return nil, err
	}
	sum, err := archive.Portrait(ctx, d.store, p.ID)
	if err != nil {
		return nil, err
	}
	out := &Person{Listed: listed([]archive.Person{p})[0], Offices: x.Offices}
	out.Articles, out.Statements, out.First, out.Last = sum.Articles, sum.Statements, sum.First.String(), sum.Last.String()
	for name, n := range sum.Names {
		out.Spellings = append(out.Spellings, Spelling{name, n})
	}
	slices.SortFunc(out.Spellings, func(a, b Spelling) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Name, b.Name))
	})
	out.Roles, out.Labels = namings(sum)
	out.Months, out.Kinds = months(sum)
	names, err := d.names(ctx, sum)
	if err != nil {
		return nil, err
	}
	out.SpeaksOf, out.SpokenOfBy = others(sum.About, names), others(sum.Of, names)
	out.Relations = relations(sum, names)
	return out, d.evidence(ctx, p.ID, out, evidence)
}

// namings are the words that outlets have for a person: roles and titles, the
// latest first, and labels, the most frequent first.
func namings(sum archive.Summary) (roles, labels []Naming) {
	for k, u := range sum.Called {
		n := Naming{
			Kind: k.Kind, Text: k.Text, Outlet: k.Outlet, Own: k.Own,
			Times: u.Times, First: u.First.String(), Last: u.Last.String(), Versions: u.Versions,
		}
		if k.Kind == "label" {
			labels = append(labels, n)
		} else {
			roles = append(roles, n)
		}
	}
	latest := func(a, b Naming) int {
		return cmp.Or(strings.Compare(b.Last, a.Last), cmp.Compare(b.Times, a.Times), compareWords(a, b))
	}
	slices.SortFunc(roles, latest)
	slices.SortFunc(labels, compareNamings)
	return roles, labels
}

// compareNamings puts what is more frequent first.
func compareNamings(a, b Naming) int {
	return cmp.Or(cmp.Compare(b.Times, a.Times), compareWords(a, b))
}

// compareWords orders what is equal otherwise.
func compareWords(a, b Naming) int {
	own := map[bool]int{true: 0, false: 1}
	return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.Outlet, b.Outlet), strings.Compare(a.Kind, b.Kind), cmp.Compare(own[a.Own], own[b.Own]))
}

// months are the statements of a person by month and kind, oldest first, and
// by kind alone.
func months(sum archive.Summary) ([]Month, []Tally) {
	var out []Month
	kinds := map[string]int{}
	for m, n := range sum.Said {
		out = append(out, Month{m.Month, m.Kind, n})
		kinds[m.Kind] += n
	}
	slices.SortFunc(out, func(a, b Month) int {
		return cmp.Or(strings.Compare(a.Month, b.Month), strings.Compare(a.Kind, b.Kind))
	})
	return out, tallies(kinds)
}

// tallies are counts, the greatest first.
func tallies(counts map[string]int) []Tally {
	out := make([]Tally, 0, len(counts))
	for name, n := range counts {
		out = append(out, Tally{name, n})
	}
	slices.SortFunc(out, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), strings.Compare(a.Name, b.Name))
	})
	return out
}

// names are the names of everybody in a summary.
func (d *Desk) names(ctx context.Context, sum archive.Summary) (map[int64]string, error) {
	ids := map[int64]bool{}
	for _, m := range []map[int64]int{sum.About, sum.Of} {
		for id := range m {
			ids[id] = true
		}
	}
	for t := range sum.Ties {
		ids[t.Other] = true
	}
	delete(ids, 0)
	people, err := d.store.PeopleOf(ctx, slices.Sorted(maps.Keys(ids))...)
	names := make(map[int64]string, len(people))
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names, err
}

func others(counts map[int64]int, names map[int64]string) []Other {
	var out []Other
	for id, n := range counts {
		if name, ok := names[id]; ok {
			out = append(out, Other{id, name, n})
		}
	}
	slices.SortFunc(out, func(a, b Other) int {
		return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func relations(sum archive.Summary, names map[int64]string) []Tie {
	type key struct {
		typ   string
		from  bool
		other int64
		name  string
		own   bool
	}
	merged := map[key]*archive.Usage{}
	for t, u := range sum.Ties {
		k := key{t.Type, t.From, t.Other, cmp.Or(names[t.Other], t.Words), t.By == ""}
		if m := merged[k]; m != nil {
			m.Merge(u)
		} else {
			copied := *u
			merged[k] = &copied
		}
	}
	var out []Tie
	for k, u := range merged {
		out = append(out, Tie{
			Type: k.typ, From: k.from, Other: k.other, Name: k.name, Own: k.own,
			Times: u.Times, First: u.First.String(), Last: u.Last.String(), Versions: u.Versions,
		})
	}
	own := map[bool]int{true: 0, false: 1}
	slices.SortFunc(out, func(a, b Tie) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), strings.Compare(a.Type, b.Type), strings.Compare(a.Name, b.Name), cmp.Compare(a.Other, b.Other),
			cmp.Compare(own[a.Own], own[b.Own]), cmp.Compare(own[a.From], own[b.From]))
	})
	return out
}
