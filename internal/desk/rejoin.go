package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/relate/people"
)

// rejoin is the decision that all actors were joined anew. It cannot be undone.
const rejoin = "rejoin"

// Rejoined says what joining everybody anew has changed.
type Rejoined struct {
	Articles  int `json:"articles"`
	Actors    int `json:"actors"`    // of them that are somebody
	Moved     int `json:"moved"`     // of these that are somebody else than before
	People    int `json:"people"`    // that there are now
	Settled   int `json:"settled"`   // of them that stay as they are, since somebody decided about them
	New       int `json:"new"`       // of them that were not there before
	Unchanged int `json:"unchanged"` // of them that have just the actors that they had
	Merged    int `json:"merged"`    // people that were there before and are others now
	Split     int `json:"split"`     // people whose actors are several people now
}

// sentence says what was done.
func (r Rejoined) sentence() string {
	return fmt.Sprintf("%d actors of %d articles were joined anew: %d people, %d merged, %d split, %d new", r.Actors, r.Articles, r.People, r.Merged, r.Split, r.New)
}

// Rejoin joins the actors of all articles anew, in the order of publication, as
// if the articles had come at once: in whatever order they came, it makes the
// same people of them. Who somebody has decided about stays who they are, with
// all their actors; so do those whom a roster brought, who then get their
// actors anew. With dry set it only says what it would change. told, if it is
// not nil, is called with how many articles were looked at.
func (d *Desk) Rejoin(ctx context.Context, v Verdict, dry bool, told func(articles int)) (Rejoined, error) {
	w := &d.who
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.forget()
	last, err := d.store.Last(ctx)
	if err != nil {
		return Rejoined{}, err
	}
	if err := w.review(ctx, d.store); err != nil {
		return Rejoined{}, err
	}
	r := &rejoining{store: d.store, lead: w.decided.lead, told: told, next: provisional}
	if err := r.people(ctx); err != nil {
		return Rejoined{}, err
	}
	if err := r.articles(ctx); err != nil {
		return Rejoined{}, err
	}
	r.name()
	assign, err := r.assign(ctx)
	if err != nil || dry {
		return r.report, err
	}
	if r.report.New > 0 {
		first, err := d.store.NextPerson(ctx, r.report.New)
		if err != nil {
			return r.report, err
		}
		r.number(first, assign)
	}
	about, err := json.Marshal(r.report)
	if err != nil {
		return r.report, err
	}
	_, err = d.store.Resettle(ctx, archive.Resettling{
		Last: last, Put: r.changed, Assign: assign, Remove: r.gone,
		Decision: archive.Decision{Made: time.Now().UTC().Truncate(time.Millisecond), Who: plain(v.Who), Why: plain(v.Why), What: rejoin, About: about},
	})
	return r.report, err
}

// provisional is where the ids begin that people have as long as it is not known
// who of those before they are.
const provisional = math.MaxInt64 / 2

// A rejoining is joining everybody anew.
type rejoining struct {
	store  archive.Store
	lead   func(int64) int64
	told   func(int)
	joiner *people.Joiner
	next   int64
	report Rejoined

	settled map[int64]bool   // whom somebody has decided about
	data    map[int64]*data  // of those settled, of a roster and those who were made here
	was     map[int64]uint64 // hash of the row of everybody who was there
	kinds   map[int64]string // their types

	said  map[int64]int // statements of each
	found []settlement
	pairs map[[2]int64]int // actors by who they were and who they are now
	as    map[int64]int64  // whom those of provisional ids turn out to be
	gone  []int64          // who were there before and are others now
}

// A settlement is who the actors of a version were and are now.
type settlement struct {
	version, article int64
	old, now         []int64
}

// people brings in those who are there: whole where somebody has decided about
// them, by their names and offices where a roster has them.
func (r *rejoining) people(ctx context.Context) error {
	r.joiner = people.New(func() int64 {
		r.next++
		return r.next
	})
	r.settled, r.data, r.said = map[int64]bool{}, map[int64]*data{}, map[int64]int{}
	r.was, r.kinds, r.pairs = map[int64]uint64{}, map[int64]string{}, map[[2]int64]int{}
	for x, err := range r.store.Decisions(ctx) {
		if err != nil {
			return err
		}
		if !x.Undone.IsZero() {
			continue
		}
		for _, id := range deciding(x) {
			r.settled[r.lead(id)] = true
		}
	}
	for p, err := range r.store.AllPeople(ctx) {
		if err != nil {
			return err
		}
		r.was[p.ID], r.kinds[p.ID] = rowHash(p), p.Type
		x, err := dataOf(p)
		if err != nil {
			return err
		}
		who := x.person(p)
		switch {
		case r.settled[p.ID]:
		case who.Roster:
			listed := &people.Person{ID: p.ID, Type: p.Type, Names: map[string]int{}, Roles: map[string]int{}, Company: map[string]int{}, Roster: true, Shown: who.Shown}
			for _, name := range p.Names {
				listed.Names[name] = 0
			}
			people.Learn(listed, titles(x.Offices))
			x.Who = listed
		default:
			continue
		}
		r.data[p.ID] = &x
		r.joiner.Add(x.Who)
	}
	return nil
}

// deciding are the people that a decision is about.
func deciding(x archive.Decision) []int64 {
	if a, ok := aboutOf(x); ok {
		return a.People
	}
	if c, ok := confirmedOf(x); ok {
		return c.People
	}
	var out []int64
	if f, ok := findingOf(x); ok {
		if f.Label != nil {
			out = append(out, f.Label.Person)
		}
		if f.Speaker != nil {
			out = append(out, f.Speaker.Person)
		}
		if f.Whose != nil {
			out = append(out, f.Whose.Person)
		}
	}
	return out
}

// articles joins the actors of all current versions, day after day, those of a
// day by the ids of their articles.
func (r *rejoining) articles(ctx context.Context) error {
	calendar, err := r.store.Calendar(ctx, 0, math.MaxInt32)
	if err != nil {
		return err
	}
	for len(calendar) > 0 {
		n := 1
		for n < len(calendar) && calendar[n].Day == calendar[0].Day {
			n++
		}
		var list []met
		for part := range slices.Chunk(calendar[:n], loaded) {
			var ids []int64
			for _, x := range part {
				ids = append(ids, x.Version)
			}
			for v, err := range r.store.Versions(ctx, archive.Selection{IDs: ids}) {
				if err != nil {
					return err
				}
				list = append(list, metIn(v))
			}
		}
		slices.SortFunc(list, func(a, b met) int { return cmp.Or(cmp.Compare(a.ident, b.ident), cmp.Compare(a.version, b.version)) })
		for i := range list {
			r.join(&list[i])
		}
		if r.told != nil {
			r.told(r.report.Articles)
		}
		calendar = calendar[n:]
	}
	return nil
}

// met is what a version has of people.
type met struct {
	version int64
	of      int64  // article
	ident   string // likewise
	article *people.Article
	people  []int64 // who the actors were; zeros where nobody had said
	said    [][]int // actors that speak, statement by statement
}

func metIn(v *archive.Version) met {
	m := met{version: v.ID, of: v.Article, ident: v.Info.ID, article: articleOf(v.Doc), people: v.People}
	if len(m.people) != len(v.Doc.Actors) {
		m.people = make([]int64, len(v.Doc.Actors))
	}
	places := make([]int64, len(v.Doc.Actors))
	for i := range places {
		places[i] = int64(i) + 1
	}
	for k := range v.Doc.Statements {
		var who []int
		for _, p := range speakersOf(v.Doc, places, k) {
			who = append(who, int(p)-1)
		}
		m.said = append(m.said, who)
	}
	return m
}

// join tells who the actors of a version are.
func (r *rejoining) join(m *met) {
	known := make([]int64, len(m.people))
	for i, id := range m.people {
		if r.settled[id] {
			known[i] = id
		}
	}
	s := settlement{version: m.version, article: m.of, old: m.people, now: make([]int64, len(m.people))}
	for i, found := range r.joiner.JoinOthers(m.article, known) {
		s.now[i] = found.Person
		if found.New {
			r.data[found.Person] = &data{Who: r.joiner.Person(found.Person)}
		}
		if found.Person != 0 {
			r.report.Actors++
		}
		if found.Person != 0 || s.old[i] != 0 {
			r.pairs[[2]int64{s.old[i], found.Person}]++
		}
	}
	for _, who := range m.said {
		var counted []int64
		for _, i := range who {
			if id := s.now[i]; id != 0 && !slices.Contains(counted, id) {
				counted = append(counted, id)
				r.said[id]++
			}
		}
	}
	r.report.Articles++
	r.found = append(r.found, s)
}
