package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"whosaid/internal/archive"
)

// Labels are what outlets call the people that refs name, as Meant reads them:
// words of some kinds (label, title, role), by outlet, with counts and evidence
// for up to evidence of them.
func (d *Desk) Labels(ctx context.Context, refs, kinds []string, evidence int) (*Labels, error) {
	type row struct {
		Naming
		of int64
	}
	var rows []row
	out := &Labels{}
	for _, ref := range refs {
		p, err := d.Meant(ctx, ref)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out.People, func(other Listed) bool { return other.ID == p.ID }) {
			continue
		}
		sum, err := archive.Portrait(ctx, d.store, p.ID)
		if err != nil {
			return nil, err
		}
		shown := listed([]archive.Person{p})[0]
		shown.Articles, shown.Statements = sum.Articles, sum.Statements
		out.People = append(out.People, shown)
		roles, labels := namings(sum)
		l := &looker{d, p.ID, map[int64]*archive.Version{}}
		list := slices.DeleteFunc(append(labels, roles...), func(n Naming) bool { return !slices.Contains(kinds, n.Kind) })
		slices.SortFunc(list, compareNamings)
		for i, n := range list {
			if i < evidence {
				if err := l.naming(ctx, &n); err != nil {
					return nil, err
				}
			}
			rows = append(rows, row{n, p.ID})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(compareNamings(a.Naming, b.Naming), cmp.Compare(a.of, b.of))
	})
	for _, r := range rows {
		out.Rows, out.Of = append(out.Rows, r.Naming), append(out.Of, r.of)
	}
	return out, nil
}

// Timeline counts what was said by month and kind, oldest first: by the person
// that ref names, or by everybody where it is empty. A month has up to most of
// the person's statements, the latest first.
func (d *Desk) Timeline(ctx context.Context, ref string, most int) ([]Period, error) {
	var sum archive.Summary
	var id int64
	var err error
	if ref == "" {
		sum.Said, err = d.store.Months(ctx)
	} else {
		var p archive.Person
		if p, err = d.Meant(ctx, ref); err == nil {
			id = p.ID
			sum, err = archive.Portrait(ctx, d.store, id)
		}
	}
	if err != nil {
		return nil, err
	}
	var out []Period
	period := func(month string) *Period {
		i, found := slices.BinarySearchFunc(out, month, func(p Period, m string) int { return strings.Compare(p.Month, m) })
		if !found {
			out = slices.Insert(out, i, Period{Month: month})
		}
		return &out[i]
	}
	list, _ := months(sum)
	for _, m := range list {
		p := period(m.Month)
		p.Kinds = append(p.Kinds, Tally{m.Kind, m.Times})
	}
	for _, n := range firstRoles(sum) {
		p := period(n.First[:min(len(n.First), len("2022-01"))])
		p.Roles = append(p.Roles, n)
	}
	for i := range out {
		slices.SortStableFunc(out[i].Kinds, func(a, b Tally) int { return cmp.Compare(b.Times, a.Times) })
	}
	if id == 0 || most <= 0 {
		return out, nil
	}
	for hit, err := range d.store.Search(ctx, archive.Query{People: []int64{id}, Sort: archive.ByDate}) {
		if err != nil {
			return nil, err
		}
		p := period(archive.DayOf(hit.Article.Published).Month())
		if len(p.Statements) < most {
			p.Statements = append(p.Statements, hit)
		}
	}
	return out, nil
}

// firstRoles are the roles and titles of a person, each at its first use by
// anybody, oldest first.
func firstRoles(sum archive.Summary) []Naming {
	roles, _ := namings(sum)
	slices.SortStableFunc(roles, func(a, b Naming) int {
		return cmp.Or(strings.Compare(a.First, b.First), strings.Compare(a.Text, b.Text))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(roles, func(n Naming) bool {
		was := seen[strings.ToLower(n.Text)]
		seen[strings.ToLower(n.Text)] = true
		return was
	})
}
