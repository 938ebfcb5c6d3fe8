package desk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/relate/people"
)

// moved says which actors of a version became somebody else.
type moved struct {
	Article string   `json:"article"` // its ID
	Version int64    `json:"version"`
	Actors  []int    `json:"actors"` // their places in it
	Names   []string `json:"names"`  // theirs, folded
}

// Merge decides that the person whom other names is the one whom ref names, as
// Find reads them. Their articles, spellings and all that is known of them are
// of the latter then, and so will be those that come.
func (d *Desk) Merge(ctx context.Context, ref, other string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	p, err := d.Find(ctx, ref)
	if err != nil {
		return Decision{}, err
	}
	q, err := d.Find(ctx, other)
	switch {
	case err != nil:
		return Decision{}, err
	case p.ID == q.ID:
		return Decision{}, refusef("#%d %s is one person already", p.ID, p.Name)
	case p.Type != q.Type:
		return Decision{}, refusef("#%d %s is a %s, and #%d %s is a %s: they cannot be one", p.ID, p.Name, p.Type, q.ID, q.Name, q.Type)
	}
	moves, assign, shared, err := d.moves(ctx, q.ID, p.ID)
	if err != nil {
		return Decision{}, err
	}
	after, err := together(p, q, shared)
	if err != nil {
		return Decision{}, err
	}
	left := rowOf(after)
	out, err := d.decide(ctx, merge, v, about{
		People: []int64{p.ID, q.ID}, Names: []string{p.Name, q.Name},
		Before: []row{rowOf(p), rowOf(q)}, After: &left, Moved: moves,
	})
	if err != nil {
		return out, err
	}
	if err := d.store.PutPeople(ctx, after); err != nil {
		return out, err
	}
	if err := d.store.Assign(ctx, assign...); err != nil {
		return out, err
	}
	return out, d.store.RemovePeople(ctx, q.ID)
}

// moves are the actors that are from, in all versions of the articles whose
// current version has them, and what is to be said of these versions to make
// them to. In so many current ones both act.
func (d *Desk) moves(ctx context.Context, from, to int64) (list []moved, assign []archive.Assignment, shared int, err error) {
	for t, err := range d.store.Traces(ctx, from) {
		if err != nil {
			return nil, nil, 0, err
		}
		heads, err := d.store.Find(ctx, fmt.Sprintf("#%d", t.Version))
		if err != nil {
			return nil, nil, 0, err
		}
		for _, h := range heads {
			v, err := d.store.Version(ctx, h.ID)
			if err != nil {
				return nil, nil, 0, err
			}
			if h.Current && slices.Contains(v.People, to) {
				shared++
			}
			if m, a := moveIn(v, from, to); len(m.Actors) > 0 {
				list, assign = append(list, m), append(assign, a)
			}
		}
	}
	return list, assign, shared, nil
}

// moveIn is the actors of a version that are from, and what is to be said of it to
// make them to.
func moveIn(v *archive.Version, from, to int64) (moved, archive.Assignment) {
	m := moved{Article: v.Info.ID, Version: v.ID}
	who := slices.Clone(v.People)
	for i, id := range who {
		if id == from {
			who[i] = to
			m.Actors = append(m.Actors, i)
			m.Names = append(m.Names, terms.Fold(v.Doc.Actors[i].Name))
		}
	}
	return m, archive.Assignment{Version: v.ID, People: who}
}

// together is p with all that is known of q; in so many articles both act.
func together(p, q archive.Person, shared int) (archive.Person, error) {
	x, err := dataOf(p)
	if err != nil {
		return p, err
	}
	y, err := dataOf(q)
	if err != nil {
		return p, err
	}
	a, b := x.person(p), y.person(q)
	for _, m := range []struct{ to, from map[string]int }{{a.Names, b.Names}, {a.Roles, b.Roles}, {a.Company, b.Company}} {
		for word, n := range m.from {
			m.to[word] += n
		}
	}
	if a.First == 0 || b.First > 0 && b.First < a.First {
		a.First = b.First
	}
	a.Last = max(a.Last, b.Last)
	if b.Articles > 0 {
		twice := min(shared, b.Articles)
		a.Sure += b.Sure * float64(b.Articles-twice) / float64(b.Articles)
		a.Articles += b.Articles - twice
	}
	a.Least = people.Least(a.Least, b.Least)
	a.Roster = a.Roster || b.Roster
	a.Shown = cmp.Or(a.Shown, p.Name) // whoever stays is called as they were
	x.Statements += y.Statements
	x.Wikidata = cmp.Or(x.Wikidata, y.Wikidata)
	for _, o := range y.Offices {
		if !slices.Contains(x.Offices, o) {
			x.Offices = append(x.Offices, o)
		}
	}
	return x.stored(p.ID)
}

// giveBack makes people and articles what they were before a decision.
func (d *Desk) giveBack(ctx context.Context, x archive.Decision, a about) error {
	list, err := d.store.PeopleOf(ctx, a.People[0])
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return refusef("#%d %s is not in the archive any more, so it cannot be undone", a.People[0], a.Names[0])
	}
	first, err := without(a.Before[0].person(), a.After.person(), list[0])
	if err != nil {
		return err
	}
	if x.What == split {
		return d.giveBackSplit(ctx, first, a)
	}
	back := []archive.Person{first}
	if x.What == merge {
		back = append(back, a.Before[1].person())
	}
	if err := d.store.PutPeople(ctx, back...); err != nil || x.What != merge {
		return err
	}
	assign, err := d.movesBack(ctx, a)
	if err != nil {
		return err
	}
	return d.store.Assign(ctx, assign...)
}

// movesBack gives the actors that a merge moved to whose they were: in the
// versions that it met, and by their names in other versions of the same
// articles. Articles that were forgotten since are left out.
func (d *Desk) movesBack(ctx context.Context, a about) ([]archive.Assignment, error) {
	met := map[int64]moved{}
	for _, m := range a.Moved {
		met[m.Version] = m
	}
	who := map[int64][]int64{}
	for _, m := range a.Moved {
		heads, err := d.store.Find(ctx, fmt.Sprintf("#%d", m.Version))
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			v, err := d.store.Version(ctx, h.ID)
			if err != nil {
				return nil, err
			}
			if who[h.ID] == nil {
				who[h.ID] = slices.Clone(v.People)
			}
			known, exact := met[h.ID]
			for i, id := range who[h.ID] {
				if id != a.People[0] {
					continue
				}
				if exact && slices.Contains(known.Actors, i) || !exact && slices.Contains(m.Names, terms.Fold(v.Doc.Actors[i].Name)) {
					who[h.ID][i] = a.People[1]
				}
			}
		}
	}
	var out []archive.Assignment
	for _, id := range slices.Sorted(maps.Keys(who)) {
		out = append(out, archive.Assignment{Version: id, People: who[id]})
	}
	return out, nil
}

// without is a person as they were before a decision, with what has come to
// them since the decision left them.
func without(before, after, now archive.Person) (archive.Person, error) {
	if now.Name == after.Name && slices.Equal(now.Names, after.Names) && bytes.Equal(now.Data, after.Data) {
		return before, nil
	}
	var known [3]data
	var who [3]*people.Person
	for i, p := range []archive.Person{before, after, now} {
		var err error
		if known[i], err = dataOf(p); err != nil {
			return p, err
		}
		who[i] = known[i].person(p)
	}
	x, was, is := &known[0], &known[1], &known[2]
	a, b, c := who[0], who[1], who[2]
	for _, m := range []struct{ to, from, now map[string]int }{{a.Names, b.Names, c.Names}, {a.Roles, b.Roles, c.Roles}, {a.Company, b.Company, c.Company}} {
		for word, n := range m.now {
			if was, ok := m.from[word]; !ok || n > was {
				m.to[word] += n - was
			}
		}
	}
	if c.First != b.First && c.First > 0 && (a.First == 0 || c.First < a.First) {
		a.First = c.First
	}
	if c.Last != b.Last {
		a.Last = max(a.Last, c.Last)
	}
	a.Articles += max(0, c.Articles-b.Articles)
	a.Sure += max(0, c.Sure-b.Sure)
	if c.Least != b.Least {
		a.Least = people.Least(a.Least, c.Least)
	}
	a.Roster = a.Roster || c.Roster && !b.Roster
	if c.Shown != b.Shown {
		a.Shown = c.Shown
	}
	x.Statements += max(0, is.Statements-was.Statements)
	if is.Wikidata != was.Wikidata {
		x.Wikidata = is.Wikidata
	}
	for _, o := range is.Offices {
		if !slices.Contains(was.Offices, o) && !slices.Contains(x.Offices, o) {
			x.Offices = append(x.Offices, o)
		}
	}
	return x.stored(before.ID)
}
