package desk

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// amendments are what decisions make of a document: those that find what they
// are about in it. who is who its actors are, nil where nobody has said; it
// comes back with those whom the decisions add.
func (r *review) amendments(doc *news.Document, who []int64, list []decided) ([]archive.Amendment, []int64) {
	known := doc.Actors
	people := make([]int64, len(known), len(known)+len(list))
	copy(people, who)
	added := map[string]bool{}
	var out []archive.Amendment
	for _, x := range list {
		a := archive.Amendment{Decision: x.ID, By: x.Who, Why: x.Why, Made: x.Made, Rejected: x.What == reject, Kind: x.Kind, Form: news.Form(x.Form)}
		if x.Label != nil {
			// What was decided before may have given somebody this label.
			now, _ := archive.Amend(doc, out)
			if a.Label = r.label(now, people, x.finding); a.Label != nil {
				a.Kind = ""
				out = append(out, a)
			}
			continue
		}
		if a.Statement = x.Statement.in(doc); a.Statement < 0 {
			continue
		}
		switch v := x.Speaker; {
		case v == nil:
		case *v == voice{}:
			a.Speaker = &archive.Voice{}
		default:
			if actor := r.actor(known, people, v.Person, v.Name); actor >= 0 {
				a.Speaker = &archive.Voice{Actor: known[actor].ID, Name: known[actor].Name}
				break
			}
			a.Speaker = &archive.Voice{Actor: fmt.Sprintf("d%d", x.ID), Name: v.Name, Type: v.Type}
			if v.Person != 0 {
				a.Speaker.Actor = fmt.Sprintf("p%d", v.Person)
			}
			if !added[a.Speaker.Actor] {
				added[a.Speaker.Actor] = true
				people = append(people, r.lead(v.Person))
			}
		}
		out = append(out, a)
	}
	return out, people
}

// label is what a decision makes of a label in a document; nil where that has no
// such label, or not what it is to be.
func (r *review) label(doc *news.Document, who []int64, f finding) *archive.Label {
	known := doc.Actors[:len(who)]
	actor := r.actor(known, who, f.Label.Person, f.Label.Actor)
	if actor < 0 || !slices.ContainsFunc(known[actor].Descriptions, func(d news.Description) bool {
		return terms.Fold(d.Text(doc.Text)) == terms.Fold(f.Label.Text)
	}) {
		return nil
	}
	out := &archive.Label{Actor: known[actor].ID, Text: f.Label.Text, Kind: f.Kind, Words: f.Words}
	if f.Words != "" {
		if _, ok := archive.Nearest(doc.Text, f.Words, 0); !ok {
			return nil
		}
	}
	if f.Whose != nil {
		to := r.actor(known, who, f.Whose.Person, f.Whose.Name)
		if to < 0 {
			return nil
		}
		out.To = known[to].ID
	}
	return out
}

// actor is the place of an actor that is a person, or has their name; -1 where
// there is none.
func (r *review) actor(actors []news.Actor, who []int64, person int64, name string) int {
	if person = r.lead(person); person != 0 {
		if i := slices.Index(who[:len(actors)], person); i >= 0 {
			return i
		}
	}
	name = terms.Fold(name)
	return slices.IndexFunc(actors, func(a news.Actor) bool { return terms.Fold(a.Name) == name })
}

// amend makes entries what was decided about their articles before. One that
// comes with amendments, from an export, is as it was.
func (w *who) amend(entries []*archive.Ready) error {
	if len(w.decided.found) == 0 {
		return nil
	}
	for _, e := range entries {
		list := w.decided.found[keyOf(&e.Doc.Article)]
		if len(list) == 0 || len(e.Amendments) > 0 {
			continue
		}
		amendments, people := w.decided.amendments(e.Doc, e.People, list)
		if len(amendments) == 0 {
			continue
		}
		if err := e.Amend(amendments, people); err != nil {
			return err
		}
	}
	return nil
}

// amendArticle makes all versions of an article what the decisions about it make
// of them, without one of these. It must be called with the lock held.
func (d *Desk) amendArticle(ctx context.Context, f finding, without int64) error {
	if err := d.who.review(ctx, d.store); err != nil {
		return err
	}
	list := slices.DeleteFunc(slices.Clone(d.who.decided.found[f.Key]), func(x decided) bool { return x.ID == without })
	heads, err := d.store.Find(ctx, f.ref())
	if err != nil {
		return err
	}
	var changes []archive.Amending
	said := map[int64]int{}
	for _, h := range heads {
		v, err := d.store.Version(ctx, h.ID)
		if err != nil {
			return err
		}
		a := archive.Amending{Version: v.ID}
		var who []int64
		if len(v.People) == len(v.Doc.Actors) {
			who = v.People[:len(v.Read.Actors)]
		}
		a.Amendments, a.People = d.who.decided.amendments(v.Read, who, list)
		if reflect.DeepEqual(a.Amendments, v.Amendments) {
			continue
		}
		next, err := v.Amended(a)
		if err != nil {
			return err
		}
		stay(next, v)
		count(said, next, 1)
		count(said, v, -1)
		changes = append(changes, a)
	}
	if err := d.store.Amend(ctx, changes...); err != nil {
		return err
	}
	return d.recount(ctx, said)
}

// stay leaves those whom decisions have added before who they are by now.
func stay(next, v *archive.Version) {
	if len(v.People) != len(v.Doc.Actors) {
		return
	}
	for i := len(v.Read.Actors); i < len(v.Doc.Actors); i++ {
		for k := len(next.Read.Actors); k < len(next.Doc.Actors); k++ {
			if next.Doc.Actors[k].ID == v.Doc.Actors[i].ID {
				next.People[k] = v.People[i]
			}
		}
	}
}

// count adds the statements that people make in a version, so many times.
func count(said map[int64]int, v *archive.Version, times int) {
	for k := range v.Doc.Statements {
		for _, id := range speakersOf(v.Doc, v.People, k) {
			said[id] += times
		}
	}
}

// recount adds to how many statements people have made.
func (d *Desk) recount(ctx context.Context, said map[int64]int) error {
	maps.DeleteFunc(said, func(_ int64, n int) bool { return n == 0 })
	list, err := d.store.PeopleOf(ctx, slices.Sorted(maps.Keys(said))...)
	if err != nil || len(list) == 0 {
		return err
	}
	for i, p := range list {
		x, err := dataOf(p)
		if err != nil {
			return err
		}
		x.person(p)
		x.Statements = max(0, x.Statements+said[p.ID])
		if list[i], err = x.stored(p.ID); err != nil {
			return err
		}
	}
	return d.store.PutPeople(ctx, list...)
}
