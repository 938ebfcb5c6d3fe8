package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// Forget forgets what a target names, as Store.Forget of the archive does, and
// what people decided about it: of a decision about an article that is gone, or
// about a person who is, there remains that it was made, by whom and when, and
// a hash. Of an outlet it notes the sites that print nothing else, so that
// nobody fetches from them.
func (d *Desk) Forget(ctx context.Context, what archive.Target) (archive.Forgotten, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	var hosts []string
	var gone lost
	var err error
	if what.Outlet != "" {
		if hosts, err = d.store.Sites(ctx, what.Outlet); err != nil {
			return archive.Forgotten{}, err
		}
	}
	if what.Person > 0 {
		if gone, err = d.lost(ctx, what.Person); err != nil {
			return archive.Forgotten{}, err
		}
	}
	out, err := d.store.Forget(ctx, what)
	if err != nil {
		return out, err
	}
	for _, host := range hosts {
		if err := d.store.Entomb(ctx, archive.Tombstone{Key: archive.HostKey(host), What: "host", Made: time.Now()}); err != nil {
			return out, err
		}
	}
	if err := d.redact(ctx, gone); err != nil {
		return out, err
	}
	if err := d.leaveOut(ctx, gone); err != nil {
		return out, err
	}
	_, err = d.store.Forget(ctx, archive.Target{}) // of nothing: it empties the log of what was there before
	return out, err
}

// ForgetPerson forgets the person that ref names, as Find reads it, with every
// article in which they act: a text that names somebody cannot forget them.
func (d *Desk) ForgetPerson(ctx context.Context, ref string) (archive.Forgotten, error) {
	p, err := d.Find(ctx, ref)
	if err != nil {
		return archive.Forgotten{}, err
	}
	return d.Forget(ctx, archive.Target{Person: p.ID})
}

// lost is who is forgotten: a person, those whom they were merged with, and
// their names in folded words.
type lost struct {
	people map[int64]bool
	names  []string
}

func (d *Desk) lost(ctx context.Context, person int64) (lost, error) {
	out := lost{people: map[int64]bool{person: true}}
	list, err := d.store.PeopleOf(ctx, person)
	if err != nil {
		return out, err
	}
	for _, p := range list {
		out.names = append(out.names, archive.Spellings(p)...)
	}
	var merges []about
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return out, err
		}
		if a, ok := aboutOf(x); ok && x.What == merge && x.Undone.IsZero() {
			merges = append(merges, a)
		}
	}
	for _, a := range slices.Backward(merges) {
		if out.people[a.People[0]] {
			out.people[a.People[1]] = true
		}
	}
	return out, nil
}

// is reports whether a key of somebody's company, which is a letter, a colon
// and a name, is one of theirs.
func (l *lost) is(key string) bool {
	_, name, _ := strings.Cut(key, ":")
	return slices.ContainsFunc(l.names, func(s string) bool {
		return s == name || strings.Contains(name, " ") && holds(s, name)
	})
}

// mentions reports whether a text has one of their names, of two words or more.
func (l *lost) mentions(text string) bool {
	text = " " + terms.Fold(text) + " "
	return slices.ContainsFunc(l.names, func(s string) bool { return strings.Contains(s, " ") && strings.Contains(text, " "+s+" ") })
}

// redact takes out of the journal what was forgotten.
func (d *Desk) redact(ctx context.Context, gone lost) error {
	var changed []archive.Decision
	there := map[string]bool{}
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return err
		}
		about, err := d.without(ctx, x, gone, there)
		if err != nil {
			return err
		}
		why := x.Why
		if about == nil || gone.mentions(why) {
			why = ""
		}
		if about == nil {
			sum := sha256.Sum256(x.About)
			if about, err = json.Marshal(forgotten{hex.EncodeToString(sum[:16])}); err != nil {
				return err
			}
		}
		if why != x.Why || string(about) != string(x.About) {
			x.Why, x.About = why, about
			changed = append(changed, x)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return d.store.Rewrite(ctx, changed...)
}

// forgotten is what remains of what a decision was about: a hash by which it can
// be told from others.
type forgotten struct {
	Hash string `json:"forgotten"`
}

// without is what a decision is about without those who are forgotten; nil where
// it is about them, or about an article that is not there any more.
func (d *Desk) without(ctx context.Context, x archive.Decision, gone lost, there map[string]bool) ([]byte, error) {
	is := func(id int64) bool { return gone.people[id] }
	if a, ok := aboutOf(x); ok {
		if slices.ContainsFunc(a.People, is) {
			return nil, nil
		}
		found := false
		for _, r := range a.rows() {
			left, err := gone.scrub(r.Data)
			if err != nil {
				return nil, err
			}
			found = found || left != nil
			if left != nil {
				r.Data = left
			}
		}
		if !found {
			return x.About, nil
		}
		return json.Marshal(a)
	}
	var articles []string
	if f, ok := findingOf(x); ok {
		if f.Label != nil && is(f.Label.Person) || f.Speaker != nil && is(f.Speaker.Person) || f.Whose != nil && is(f.Whose.Person) {
			return nil, nil
		}
		articles = append(articles, f.ref())
	}
	if p, ok := partedOf(x); ok {
		articles = append(articles, p.Statements[0].ref(), p.Statements[1].ref())
	}
	if c, ok := confirmedOf(x); ok {
		if slices.ContainsFunc(c.People, is) {
			return nil, nil
		}
		articles = append(articles, c.Article, c.Beside)
	}
	for _, article := range articles {
		if article == "" {
			continue // one that is about people
		}
		has, known := there[article]
		if !known {
			heads, err := d.store.Find(ctx, article)
			if err != nil {
				return nil, err
			}
			has = len(heads) > 0
			there[article] = has
		}
		if !has {
			return nil, nil
		}
	}
	return x.About, nil
}

// rows are the people in what a decision is about, as they were and became.
func (a *about) rows() []*row {
	var out []*row
	for i := range a.Before {
		out = append(out, &a.Before[i])
	}
	for _, r := range []*row{a.After, a.Made} {
		if r != nil {
			out = append(out, r)
		}
	}
	return out
}

// scrub is what is known of a person without those who are forgotten in their
// company; nil where none of them is in it.
func (l *lost) scrub(known []byte) ([]byte, error) {
	var x data
	if len(known) == 0 || len(l.names) == 0 || json.Unmarshal(known, &x) != nil || x.Who == nil {
		return nil, nil
	}
	before := len(x.Who.Company)
	maps.DeleteFunc(x.Who.Company, func(key string, _ int) bool { return l.is(key) })
	if len(x.Who.Company) == before {
		return nil, nil
	}
	return json.Marshal(x)
}

// leaveOut takes those who are forgotten out of the company of others.
func (d *Desk) leaveOut(ctx context.Context, gone lost) error {
	if len(gone.names) == 0 {
		return nil
	}
	var changed []archive.Person
	for p, err := range d.store.AllPeople(ctx) {
		if err != nil {
			return err
		}
		left, err := gone.scrub(p.Data)
		if err != nil {
			return err
		}
		if left != nil {
			p.Data = left
			changed = append(changed, p)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return d.store.PutPeople(ctx, changed...)
}
