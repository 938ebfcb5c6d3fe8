package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"whosaid/internal/archive"
)

// A RefusedError says why something cannot be decided as it was asked.
type RefusedError struct{ reason string }

func (e *RefusedError) Error() string { return e.reason }

func refusef(format string, args ...any) error {
	return &RefusedError{fmt.Sprintf(format, args...)}
}

// A Verdict is who decides something, and why.
type Verdict struct{ Who, Why string }

// What can be decided.
const (
	merge  = "merge"
	rename = "rename"
	split  = "split"

	reject  = "reject"
	correct = "correct"
)

// about is what a decision is about, and what is needed to undo it.
type about struct {
	People []int64  `json:"people"`           // whom it is about; of two who are merged the one who stays comes first
	Names  []string `json:"names"`            // theirs, as they were
	Name   string   `json:"name,omitempty"`   // what a rename gives
	Before []row    `json:"before,omitempty"` // each of them, as they were
	After  *row     `json:"after,omitempty"`  // the first of them, as the decision left them
	Made   *row     `json:"made,omitempty"`   // whom a split made
	Moved  []moved  `json:"moved,omitempty"`  // actors that became the other of the two
}

// A row is a person as the archive has them.
type row struct {
	ID    int64           `json:"id"`
	Name  string          `json:"name"`
	Type  string          `json:"type"`
	Names []string        `json:"names"`
	Data  json.RawMessage `json:"data,omitempty"`
}

func rowOf(p archive.Person) row { return row{p.ID, p.Name, p.Type, p.Names, p.Data} }

func (r row) person() archive.Person {
	return archive.Person{ID: r.ID, Name: r.Name, Type: r.Type, Names: r.Names, Data: r.Data}
}

// aboutOf reads what a decision is about; ok is false where it is none of the
// desk's.
func aboutOf(d archive.Decision) (a about, ok bool) {
	err := json.Unmarshal(d.About, &a)
	want := map[string]int{merge: 2, rename: 1, split: 2}[d.What]
	return a, err == nil && want > 0 && len(a.People) == want && len(a.Names) == want
}

// sentence says what was decided.
func (a about) sentence(what string) string {
	switch what {
	case merge:
		return fmt.Sprintf("#%d %s is #%d %s", a.People[1], a.Names[1], a.People[0], a.Names[0])
	case split:
		return fmt.Sprintf("#%d %s is not #%d %s", a.People[1], a.Names[1], a.People[0], a.Names[0])
	}
	return fmt.Sprintf("#%d %s is called %s", a.People[0], a.Names[0], a.Name)
}

// Sentence says what was decided.
func Sentence(d archive.Decision) string { return shownDecision(d).About }

// shownDecision is a decision as the doors show it.
func shownDecision(d archive.Decision) Decision {
	out := Decision{ID: d.ID, Made: d.Made, Who: d.Who, Why: d.Why, What: d.What, About: d.What, By: d.By}
	if a, ok := aboutOf(d); ok {
		out.About = a.sentence(d.What)
	} else if f, ok := findingOf(d); ok {
		out.About, out.Article = f.sentence(d.What), f.Article
	}
	if c, ok := confirmedOf(d); ok {
		out.About = c.sentence()
	}
	if p, ok := partedOf(d); ok {
		out.About = p.sentence()
	}
	var r Rejoined
	if d.What == rejoin && json.Unmarshal(d.About, &r) == nil {
		out.About = r.sentence()
	}
	var f forgotten
	if json.Unmarshal(d.About, &f) == nil && f.Hash != "" {
		out.About = "something that was forgotten since (" + f.Hash + ")"
	}
	if !d.Undone.IsZero() {
		out.Undone = &d.Undone
	}
	return out
}

// decide keeps a decision about something. It comes before what it changes, so
// that an end in between leaves something that can be undone.
func (d *Desk) decide(ctx context.Context, what string, v Verdict, something any) (Decision, error) {
	data, err := json.Marshal(something)
	if err != nil {
		return Decision{}, err
	}
	x := archive.Decision{Made: time.Now().UTC().Truncate(time.Millisecond), Who: plain(v.Who), Why: plain(v.Why), What: what, About: data}
	x.ID, err = d.store.Decide(ctx, x)
	return shownDecision(x), err
}

// plain is s as any database can hold it.
func plain(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// Decisions are all that was decided, the latest first.
func (d *Desk) Decisions(ctx context.Context) ([]Decision, error) {
	out := []Decision{}
	at := whereabouts{store: d.store}
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		shown := shownDecision(x)
		if err := at.tell(ctx, x, &shown); err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	slices.Reverse(out)
	return out, nil
}

// Standing is the latest decision that stands, nil where there is none, and how
// many there are, undone or not.
func (d *Desk) Standing(ctx context.Context) (last *Decision, all int, err error) {
	var latest archive.Decision
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return nil, 0, err
		}
		all++
		if x.Undone.IsZero() && x.What != rejoin {
			latest = x
		}
	}
	if latest.ID != 0 {
		shown := shownDecision(latest)
		last = &shown
	}
	return last, all, nil
}

// Undo takes a decision back, the latest that stands where id is 0, and gives
// back what was before. What has come since stays: a reading of an article that
// was there goes back with it, an article that is new does not. A decision on
// which a later one about the same people rests cannot be undone before that.
func (d *Desk) Undo(ctx context.Context, id int64, who string) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	x, a, err := d.standing(ctx, id)
	if err != nil {
		return Decision{}, err
	}
	f, finds := findingOf(x)
	p, parts := partedOf(x)
	switch {
	case x.What == confirm || parts: // which changed nothing, or is done below
	case finds:
		err = d.amendArticle(ctx, f, x.ID)
	default:
		err = d.giveBack(ctx, x, a)
	}
	if err != nil {
		return Decision{}, fmt.Errorf("decision %d: %w", x.ID, err)
	}
	x.Undone, x.By = time.Now().UTC().Truncate(time.Millisecond), who
	if err := d.store.Undo(ctx, x.ID, who, x.Undone); err != nil || !parts {
		return shownDecision(x), err
	}
	return shownDecision(x), d.unlinkParted(ctx, p) // which linking must see as undone
}

// standing is a decision that can be undone: the one of an id, or the latest
// where that is 0.
func (d *Desk) standing(ctx context.Context, id int64) (archive.Decision, about, error) {
	var list []archive.Decision
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return x, about{}, err
		}
		list = append(list, x)
	}
	at := -1
	for i, x := range list {
		if id == x.ID || id == 0 && x.Undone.IsZero() && x.What != rejoin {
			at = i
		}
	}
	switch {
	case at < 0 && id == 0:
		return archive.Decision{}, about{}, refusef("there is no decision to undo")
	case at < 0:
		return archive.Decision{}, about{}, fmt.Errorf("decision %d: %w; whosaid decisions lists them", id, archive.ErrNotFound)
	}
	x := list[at]
	a, ok := aboutOf(x)
	_, finds := findingOf(x)
	_, parts := partedOf(x)
	switch {
	case !x.Undone.IsZero():
		return x, a, refusef("decision %d: it is undone already", x.ID)
	case x.What == rejoin:
		return x, a, refusef("decision %d: joining everybody anew cannot be undone; whosaid fix merge and split mend what is wrong", x.ID)
	case finds || parts || x.What == confirm:
		return x, a, nil // nothing rests on it
	case !ok || len(a.Before) == 0 || x.What == merge && len(a.Before) != 2 || a.After == nil:
		return x, a, refusef("decision %d: what it was about is not kept, so it cannot be undone", x.ID)
	}
	for _, y := range list[at+1:] {
		b, _ := aboutOf(y)
		if y.Undone.IsZero() && slices.ContainsFunc(b.People, func(id int64) bool { return slices.Contains(a.People, id) }) {
			return x, a, refusef("decision %d: decision %d is about the same people and rests on it; undo that one first", x.ID, y.ID)
		}
	}
	return x, a, nil
}

// A review is what a desk knows of decisions.
type review struct {
	made, undone int
	merged       map[int64]int64      // who is somebody else, and whom
	found        map[string][]decided // about statements and labels, by the key of their article
}

// review looks at what was decided, by whomever: where that is not what it was,
// what the desk remembers of people is to be loaded anew.
func (w *who) review(ctx context.Context, store archive.Store) error {
	now := review{merged: map[int64]int64{}, found: map[string][]decided{}}
	for x, err := range store.Decisions(ctx) {
		if err != nil {
			return err
		}
		if x.What == confirm || x.What == apart {
			continue // which changed nobody
		}
		now.made++
		if !x.Undone.IsZero() {
			now.undone++
			continue
		}
		if a, ok := aboutOf(x); ok && x.What == merge {
			now.merged[a.People[1]] = a.People[0]
		}
		if f, ok := findingOf(x); ok {
			now.found[f.Key] = append(now.found[f.Key], decided{x, f})
		}
	}
	if now.made != w.decided.made || now.undone != w.decided.undone {
		w.forget()
	}
	w.decided = now
	return nil
}

// lead is who id is, by what was decided.
func (r *review) lead(id int64) int64 {
	for range r.merged { // no further, even if they went round
		next, ok := r.merged[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}
