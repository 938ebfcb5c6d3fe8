package desk

import (
	"context"
	"strings"

	"whosaid/internal/archive/terms"
)

// Rename decides by what name the person whom ref names is shown.
func (d *Desk) Rename(ctx context.Context, ref, name string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	name = oneSpace(strings.ToValidUTF8(name, "\uFFFD"))
	if terms.Fold(name) == "" {
		return Decision{}, refusef("%q is no name", name)
	}
	p, err := d.Find(ctx, ref)
	if err != nil {
		return Decision{}, err
	}
	if p.Name == name {
		return Decision{}, refusef("#%d is called %s already", p.ID, name)
	}
	x, err := dataOf(p)
	if err != nil {
		return Decision{}, err
	}
	w := x.person(p)
	w.Shown = name
	if _, ok := w.Names[name]; !ok {
		w.Names[name] = 0 // known from now on, met or not
	}
	after, err := x.stored(p.ID)
	if err != nil {
		return Decision{}, err
	}
	left := rowOf(after)
	out, err := d.decide(ctx, rename, v, about{People: []int64{p.ID}, Names: []string{p.Name}, Name: name, Before: []row{rowOf(p)}, After: &left})
	if err != nil {
		return out, err
	}
	return out, d.store.PutPeople(ctx, after)
}
