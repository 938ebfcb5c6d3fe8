package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
	"whosaid/internal/relate/people"
)

// A who is what a desk remembers of the people of its archive, so that actors
// of new articles can be joined to them. It is loaded at the first article
// that is kept.
type who struct {
	mu     sync.Mutex
	joiner *people.Joiner
	data   map[int64]*data
	last   int64 // the highest id that was loaded
	next   int64 // ids from here to end are reserved
	end    int64

	decided review
}

// load brings in people that are new in the archive, by whomever they were
// added.
func (w *who) load(ctx context.Context, store archive.Store) error {
	if err := w.review(ctx, store); err != nil {
		return err
	}
	if w.joiner == nil {
		w.data, w.last = map[int64]*data{}, 0
		w.joiner = people.New(func() int64 {
			w.next++
			return w.next - 1
		})
	}
	for p, err := range store.PeopleFrom(ctx, w.last+1) {
		if err != nil {
			return err
		}
		w.last = p.ID
		if w.data[p.ID] != nil || w.decided.lead(p.ID) != p.ID {
			continue
		}
		x, err := dataOf(p)
		if err != nil {
			return err
		}
		w.data[p.ID] = &x
		w.joiner.Add(x.person(p))
	}
	return nil
}

// reserve sees to ids for n people.
func (w *who) reserve(ctx context.Context, store archive.Store, n int) error {
	if w.end-w.next >= int64(n) {
		return nil
	}
	first, err := store.NextPerson(ctx, n)
	w.next, w.end = first, first+int64(n)
	return err
}

// forget makes the next load begin anew.
func (w *who) forget() { w.joiner, w.data = nil, nil }

// person is what the joiner knows of p.
func (x *data) person(p archive.Person) *people.Person {
	out := x.Who
	if out == nil {
		out = &people.Person{}
		x.Who = out
	}
	out.ID, out.Type = p.ID, p.Type
	for _, m := range []*map[string]int{&out.Names, &out.Roles, &out.Company} {
		if *m == nil {
			*m = map[string]int{}
		}
	}
	for _, name := range p.Names {
		if _, ok := out.Names[name]; !ok {
			out.Names[name] = 0
		}
	}
	return out
}

// articleOf is what the joiner is told of an article.
func articleOf(doc *news.Document) *people.Article {
	a := &people.Article{Day: int(archive.DayOf(doc.Published))}
	for _, actor := range doc.Actors {
		x := people.Actor{Name: oneSpace(actor.Name), Type: actor.Type, Named: actor.Named}
		for _, m := range actor.Mentions {
			name := oneSpace(m.Text(doc.Text))
			if (m.Form == "name" || m.Form == "acronym") && name != x.Name && !slices.Contains(x.Names, name) {
				x.Names = append(x.Names, name)
			}
		}
		for _, d := range actor.Descriptions {
			if d.Kind != "label" {
				x.Roles = append(x.Roles, oneSpace(d.Text(doc.Text)))
			}
		}
		a.Actors = append(a.Actors, x)
	}
	return a
}

// A joined is what joining an entry found.
type joined struct {
	people []int64
	added  []int64       // those that are new
	said   map[int64]int // statements by person in the version that was current
}

// join tells who the actors of entries are, those of whom nobody has said it.
// It must be called with the lock held.
func (d *Desk) join(ctx context.Context, entries []*archive.Ready) ([]joined, error) {
	w := &d.who
	if err := w.load(ctx, d.store); err != nil {
		return nil, err
	}
	actors := 0
	for _, e := range entries {
		actors += len(e.Doc.Actors)
	}
	if err := w.reserve(ctx, d.store, actors); err != nil {
		return nil, err
	}
	out := make([]joined, len(entries))
	for i, e := range entries {
		if len(e.People) > 0 {
			e.People = slices.Clone(e.People)
			for k, id := range e.People {
				e.People[k] = w.decided.lead(id)
			}
			continue
		}
		if len(e.Doc.Actors) == 0 {
			continue
		}
		was, err := d.before(ctx, e.Doc)
		if err != nil {
			return nil, err
		}
		out[i].said = was.said
		article := articleOf(e.Doc)
		for _, id := range was.people {
			article.Before = append(article.Before, w.decided.lead(id))
		}
		ids := make([]int64, len(e.Doc.Actors))
		for k, m := range w.joiner.Join(article) {
			ids[k] = m.Person
			if id := w.decided.lead(was.people[terms.Fold(e.Doc.Actors[k].Name)]); id != 0 && id != m.Person && w.joiner.Person(id) != nil {
				// Who they were in the reading before, they stay: somebody may have said so.
				ids[k] = id
			}
			if m.New {
				w.data[m.Person] = &data{Who: w.joiner.Person(m.Person)}
				out[i].added = append(out[i].added, m.Person)
			}
		}
		out[i].people = ids
		if slices.ContainsFunc(ids, func(id int64) bool { return id != 0 }) {
			e.People = ids
		}
	}
	return out, nil
}

// A cast is who acts in the current version of an article, by folded names, and
// how many statements each has in it.
type cast struct {
	people map[string]int64
	said   map[int64]int
}

// before is the cast of an article as it is; empty where there is no such
// article.
func (d *Desk) before(ctx context.Context, doc *news.Document) (cast, error) {
	out := cast{map[string]int64{}, map[int64]int{}}
	ref := doc.ID
	if archive.Address(doc.URL) != "" {
		ref = doc.URL
	}
	heads, err := d.store.Find(ctx, ref)
	if err != nil {
		return out, err
	}
	for _, h := range heads {
		if !h.Current {
			continue
		}
		v, err := d.store.Version(ctx, h.ID)
		if err != nil || len(v.People) != len(v.Doc.Actors) {
			return out, err
		}
		for i, a := range v.Doc.Actors {
			if a.Named && v.People[i] != 0 {
				out.people[terms.Fold(a.Name)] = v.People[i]
			}
		}
		for k := range v.Doc.Statements {
			for _, id := range speakersOf(v.Doc, v.People, k) {
				out.said[id]++
			}
		}
		return out, nil
	}
	return out, nil
}

// stored are people as the archive has them.
func (w *who) stored(ids []int64) ([]archive.Person, error) {
	var out []archive.Person
	for _, id := range ids {
		x := w.data[id]
		if x == nil {
			continue
		}
		p, err := x.stored(id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
		w.last = max(w.last, id)
	}
	return out, nil
}

// stored is x as the archive has it.
func (x *data) stored(id int64) (archive.Person, error) {
	p := archive.Person{ID: id, Type: x.Who.Type, Name: shown(x.Who)}
	for name := range x.Who.Names {
		p.Names = append(p.Names, name)
	}
	slices.Sort(p.Names)
	var err error
	if p.Data, err = json.Marshal(x); err != nil {
		err = fmt.Errorf("person %d (%s): %w", id, p.Name, err)
	}
	return p, err
}

// shown is the name to show of a person: the one that somebody has chosen, or
// the most frequent, the longer of two.
func shown(p *people.Person) string {
	if p.Shown != "" {
		return p.Shown
	}
	best := ""
	for name, n := range p.Names {
		m := p.Names[best]
		if best == "" || n > m || n == m && (len(name) > len(best) || len(name) == len(best) && strings.Compare(name, best) < 0) {
			best = name
		}
	}
	return best
}
