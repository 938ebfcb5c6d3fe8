package desk

import (
	"context"
	"maps"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/relate/people"
)

// Split decides that some articles, named as Store.Find reads them, mean
// somebody else than the person whom ref names: their actors become a person of
// their own. Both are known from then on by what their own articles say.
func (d *Desk) Split(ctx context.Context, ref string, articles []string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	p, err := d.Find(ctx, ref)
	if err != nil {
		return Decision{}, err
	}
	apart, err := d.apart(ctx, p, articles)
	if err != nil {
		return Decision{}, err
	}
	id, err := d.store.NextPerson(ctx, 1)
	if err != nil {
		return Decision{}, err
	}
	var list []moved
	var assign []archive.Assignment
	var theirs, others reading
	for _, n := range slices.Sorted(maps.Keys(apart)) {
		v := apart[n]
		if m, a := moveIn(v, p.ID, id); len(m.Actors) > 0 {
			list, assign = append(list, m), append(assign, a)
			theirs.add(v, p.ID)
		}
	}
	for t, err := range d.store.Traces(ctx, p.ID) {
		if err != nil {
			return Decision{}, err
		}
		if apart[t.Version] != nil {
			continue
		}
		v, err := d.store.Version(ctx, t.Version)
		if err != nil {
			return Decision{}, err
		}
		others.add(v, p.ID)
	}
	if len(others.articles) == 0 {
		return Decision{}, refusef("#%d %s is in no other article, so there is nobody to tell apart", p.ID, p.Name)
	}
	x, err := dataOf(p)
	if err != nil {
		return Decision{}, err
	}
	was := x.person(p)
	y := data{Who: people.Of(p.Type, theirs.articles, theirs.places), Statements: theirs.statements}
	x.Who, x.Statements = people.Of(p.Type, others.articles, others.places), others.statements
	x.Who.Roster, x.Who.Shown = was.Roster, was.Shown
	for name := range was.Names {
		if _, met := x.Who.Names[name]; !met && y.Who.Names[name] == 0 {
			x.Who.Names[name] = 0 // by a list, or by an article that is not there any more
		}
	}
	if len(y.Who.Names) == 0 || len(x.Who.Names) == 0 {
		return Decision{}, refusef("#%d %s: their articles have no whole name to know both by", p.ID, p.Name)
	}
	made, err := y.stored(id)
	if err != nil {
		return Decision{}, err
	}
	left, err := x.stored(p.ID)
	if err != nil {
		return Decision{}, err
	}
	after, second := rowOf(left), rowOf(made)
	out, err := d.decide(ctx, split, v, about{
		People: []int64{p.ID, id}, Names: []string{p.Name, made.Name},
		Before: []row{rowOf(p)}, After: &after, Made: &second, Moved: list,
	})
	if err != nil {
		return out, err
	}
	if err := d.store.PutPeople(ctx, left, made); err != nil {
		return out, err
	}
	return out, d.store.Assign(ctx, assign...)
}

// apart are all versions of articles, each of which must have p.
func (d *Desk) apart(ctx context.Context, p archive.Person, articles []string) (map[int64]*archive.Version, error) {
	out := map[int64]*archive.Version{}
	for _, ref := range articles {
		heads, err := d.store.Find(ctx, ref)
		if err != nil {
			return nil, err
		}
		if len(heads) == 0 {
			return nil, refusef("%s: the archive has no such article", ref)
		}
		has := false
		for _, h := range heads {
			v, err := d.store.Version(ctx, h.ID)
			if err != nil {
				return nil, err
			}
			has = has || h.Current && slices.Contains(v.People, p.ID)
			out[h.ID] = v
		}
		if !has {
			return nil, refusef("%s: #%d %s is not in it", ref, p.ID, p.Name)
		}
	}
	return out, nil
}

// A reading is what current versions have of one person.
type reading struct {
	articles   []*people.Article
	places     [][]int
	statements int
}

func (r *reading) add(v *archive.Version, person int64) {
	if !v.Current || len(v.People) != len(v.Doc.Actors) {
		return
	}
	var places []int
	is := map[string]bool{}
	for i, id := range v.People {
		if id == person {
			places = append(places, i)
			is[v.Doc.Actors[i].ID] = true
		}
	}
	r.articles, r.places = append(r.articles, articleOf(v.Doc)), append(r.places, places)
	for _, s := range v.Doc.Statements {
		for _, x := range s.Speakers {
			if is[x.Actor] {
				r.statements++
				break
			}
		}
	}
}

// giveBackSplit gives everything that whoever was split off has
// to whom they were, also what has come since.
func (d *Desk) giveBackSplit(ctx context.Context, first archive.Person, a about) error {
	list, err := d.store.PeopleOf(ctx, a.People[1])
	if err != nil {
		return err
	}
	if a.Made == nil {
		return refusef("what it made is not kept, so it cannot be undone")
	}
	if len(list) > 0 {
		none := archive.Person{ID: a.People[1], Type: a.Made.Type}
		since, err := without(none, a.Made.person(), list[0])
		if err != nil {
			return err
		}
		if len(since.Data) > 0 {
			if first, err = together(first, since, 0); err != nil {
				return err
			}
		}
	}
	back := a
	back.People = []int64{a.People[1], a.People[0]}
	assign, err := d.movesBack(ctx, back)
	if err != nil {
		return err
	}
	_, more, _, err := d.moves(ctx, a.People[1], a.People[0])
	if err != nil {
		return err
	}
	all := map[int64]archive.Assignment{}
	for _, x := range append(assign, more...) { // more knows of all actors of a version
		all[x.Version] = x
	}
	if err := d.store.PutPeople(ctx, first); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if err := d.store.Assign(ctx, all[id]); err != nil {
			return err
		}
	}
	return d.store.RemovePeople(ctx, a.People[1])
}
