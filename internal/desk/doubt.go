package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/relate/people"
)

// A Doubt is something that the program is unsure of.
type Doubt struct {
	About      string  // DoubtStatement, DoubtSpeaker, DoubtLabel, DoubtLink, DoubtPerson or DoubtPair
	ID         int64   // of the statement or the person
	Other      int64   // of a pair, the other person; of a link, the other statement
	Version    int64   // of a statement or a label, the version that has it
	Confidence float64 // that it is right, 0 to 1: of a pair, that they are one; of a label nothing tells it

	in archive.Doubt // of a statement or a label, how the archive has it
}

// Key names x among the doubts of its kind.
func (x Doubt) Key() string {
	switch x.About {
	case DoubtPerson:
		return strconv.FormatInt(x.ID, 10)
	case DoubtPair:
		return fmt.Sprintf("%d-%d", x.ID, x.Other)
	case DoubtLink:
		return fmt.Sprintf("%.0f-%d-%d", x.Confidence*archive.Portion, x.ID, x.Other)
	}
	return fmt.Sprintf("%d-%d-%d", x.in.Confidence, x.in.Version, x.in.Place)
}

// What is unsure.
const (
	unsurePerson = 0.85  // of people: the article of which it is least sure that it means them
	mostPairs    = 2_000 // pairs that are known
)

// doubts is what a desk remembers of what is unsure.
type doubts struct {
	mu      sync.Mutex
	mark    string // of the archive when it was looked what is settled
	settled map[string]bool

	pairs  []people.Pair
	joiner *people.Joiner // that pairs are of
	known  int64          // the last person when they were
}

// Doubts are the doubts of one kind, the greatest first, without those that were
// confirmed: at most so many, from the one with a key on, or from the first. Of
// statements and labels a key that is none (any more) leads to the next; of
// people, to the first.
func (d *Desk) Doubts(ctx context.Context, about, from string, most int) ([]Doubt, error) {
	settled, err := d.settled(ctx)
	if err != nil {
		return nil, err
	}
	if about == DoubtLink {
		return d.unsureLinks(ctx, from, most, settled)
	}
	if said, ok := doubted[about]; ok {
		list, err := d.unsureStatements(ctx, about, said, from, most, settled)
		if err != nil {
			return nil, err
		}
		return list, d.identify(ctx, list)
	}
	list, err := d.unsureActors(ctx, about, settled)
	at := max(0, slices.IndexFunc(list, func(x Doubt) bool { return x.Key() == from }))
	return list[at:min(len(list), at+most)], err
}

// CountDoubts is how many doubts of one kind there are, at most so many.
func (d *Desk) CountDoubts(ctx context.Context, about string, most int) (int, error) {
	settled, err := d.settled(ctx)
	if err != nil {
		return 0, err
	}
	var list []Doubt
	if about == DoubtLink {
		return d.countLinks(ctx, most, settled)
	} else if said, ok := doubted[about]; ok {
		list, err = d.unsureStatements(ctx, about, said, "", most, settled)
	} else {
		list, err = d.unsureActors(ctx, about, settled)
	}
	return min(len(list), most), err
}

// settled are the keys of what was confirmed and stands: whoever was split off
// is another, too.
func (d *Desk) settled(ctx context.Context) (map[string]bool, error) {
	mark, err := d.store.Mark(ctx)
	if err != nil {
		return nil, err
	}
	m := &d.doubts
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.settled != nil && m.mark == mark {
		return m.settled, nil
	}
	out := map[string]bool{}
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		if !x.Undone.IsZero() {
			continue
		}
		if c, ok := confirmedOf(x); ok {
			out[c.key()] = true
		}
		if a, ok := aboutOf(x); ok && x.What == split {
			out[confirmed{Doubt: DoubtPair, People: a.People}.key()] = true
		}
	}
	m.mark, m.settled = mark, out
	return out, nil
}

// doubted are the doubts that the archive knows.
var doubted = map[string]archive.Doubted{DoubtStatement: archive.DoubtedStatement, DoubtSpeaker: archive.DoubtedSpeaker, DoubtLabel: archive.DoubtedLabel}

// unsureStatements are doubts about statements and labels; those of statements
// have no ID yet.
func (d *Desk) unsureStatements(ctx context.Context, about string, said archive.Doubted, from string, most int, settled map[string]bool) ([]Doubt, error) {
	var at archive.Doubt
	if from != "" {
		if _, err := fmt.Sscanf(from, "%d-%d-%d", &at.Confidence, &at.Version, &at.Place); err != nil {
			at = archive.Doubt{} // no key of ours: the first
		}
	}
	var out []Doubt
	for x, err := range d.store.Doubts(ctx, said, at) {
		if err != nil {
			return nil, err
		}
		if settled[saidKey(x.Key)] {
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, Doubt{About: about, Version: x.Version, Confidence: float64(x.Confidence) / 1e4, in: x})
	}
	return out, nil
}

// unsureLinks are doubts about ties. Which of them were confirmed is known of
// those alone that somebody has looked at, for that takes their articles.
func (d *Desk) unsureLinks(ctx context.Context, from string, most int, settled map[string]bool) ([]Doubt, error) {
	var at archive.Tie
	var portion int
	if _, err := fmt.Sscanf(from, "%d-%d-%d", &portion, &at.Later, &at.Earlier); err == nil {
		at.Likelihood = float64(portion) / archive.Portion
	} else {
		at = archive.Tie{}
	}
	some := slices.ContainsFunc(slices.Collect(maps.Keys(settled)), func(key string) bool { return strings.HasPrefix(key, linkPrefix) })
	var out []Doubt
	for t, err := range d.store.DoubtedTies(ctx, at) {
		if err != nil {
			return nil, err
		}
		if len(out) == most {
			break
		}
		x := Doubt{About: DoubtLink, ID: t.Later, Other: t.Earlier, Confidence: t.Likelihood}
		if some {
			one, i, other, k, err := d.DoubtedLink(ctx, x)
			if errors.Is(err, archive.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if settled[aboutLink(one, i, other, k).key()] {
				continue
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// countLinks is how many ties are in doubt, at most so many, less those that
// were confirmed.
func (d *Desk) countLinks(ctx context.Context, most int, settled map[string]bool) (int, error) {
	sure := 0
	for key := range settled {
		if strings.HasPrefix(key, linkPrefix) {
			sure++
		}
	}
	n := 0
	for _, err := range d.store.DoubtedTies(ctx, archive.Tie{}) {
		if err != nil {
			return 0, err
		}
		if n++; n == most+sure {
			break
		}
	}
	return max(0, n-sure), nil
}

// identify fills the ids of statements in.
func (d *Desk) identify(ctx context.Context, list []Doubt) error {
	first := map[int64]int64{} // statement of a version
	for i := range list {
		x := &list[i]
		if x.About == DoubtLabel {
			continue
		}
		if _, ok := first[x.Version]; !ok {
			heads, err := d.store.Find(ctx, fmt.Sprintf("#%d", x.Version))
			if err != nil {
				return err
			}
			for _, h := range heads {
				first[h.ID] = h.First
			}
		}
		x.ID = first[x.Version] + int64(x.in.Place)
	}
	return nil
}

// unsureActors are the doubts about people: one, or two.
func (d *Desk) unsureActors(ctx context.Context, about string, settled map[string]bool) ([]Doubt, error) {
	switch about {
	case DoubtPerson:
		return d.unsurePeople(ctx, settled)
	case DoubtPair:
		return d.unsurePairs(ctx, settled)
	}
	return nil, fmt.Errorf("there are no doubts about a %q", about)
}

func (d *Desk) unsurePeople(ctx context.Context, settled map[string]bool) ([]Doubt, error) {
	w := &d.who
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.load(ctx, d.store); err != nil {
		return nil, err
	}
	var out []Doubt
	for id, x := range w.data {
		if x.Who == nil || x.Who.Articles < 2 {
			continue
		}
		sure := x.Who.Least
		c := confirmed{Doubt: DoubtPerson, People: []int64{id}}
		if sure > 0 && sure < unsurePerson && !settled[c.key()] {
			out = append(out, Doubt{About: DoubtPerson, ID: id, Confidence: sure})
		}
	}
	slices.SortFunc(out, func(a, b Doubt) int {
		return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

func (d *Desk) unsurePairs(ctx context.Context, settled map[string]bool) ([]Doubt, error) {
	w := &d.who
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.load(ctx, d.store); err != nil {
		return nil, err
	}
	m := &d.doubts
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.joiner != w.joiner || m.known != w.last {
		m.pairs, m.joiner, m.known = w.joiner.Near(mostPairs), w.joiner, w.last
	}
	var out []Doubt
	for _, p := range m.pairs {
		c := confirmed{Doubt: DoubtPair, People: []int64{p.First.ID, p.Second.ID}}
		if !settled[c.key()] {
			out = append(out, Doubt{About: DoubtPair, ID: p.First.ID, Other: p.Second.ID, Confidence: p.Confidence})
		}
	}
	return out, nil
}

// Doubted is the version that a doubt about a statement is in, and the place of
// the statement in it.
func (d *Desk) Doubted(ctx context.Context, x Doubt) (*Article, int, error) {
	v, err := d.doubtedVersion(ctx, x)
	if err != nil {
		return nil, 0, err
	}
	i := v.Place(x.ID)
	if i < 0 {
		return nil, 0, fmt.Errorf("statement %d: %w", x.ID, archive.ErrNotFound)
	}
	return &Article{Version: v}, i, nil
}

// DoubtedLabel is the version that a doubt about a label is in, and the label
// with the actor whose it is.
func (d *Desk) DoubtedLabel(ctx context.Context, x Doubt) (*Article, *news.Actor, news.Description, error) {
	v, err := d.doubtedVersion(ctx, x)
	if err != nil {
		return nil, nil, news.Description{}, err
	}
	for i := range v.Doc.Actors {
		a := &v.Doc.Actors[i]
		for _, label := range a.Descriptions {
			if label.Kind == "label" && label.Start == x.in.Place && archive.DoubtKey(archive.DoubtedLabel, v.Info.ID, a.Name, label.Text(v.Doc.Text)) == x.in.Key {
				return &Article{Version: v}, a, label, nil
			}
		}
	}
	return nil, nil, news.Description{}, fmt.Errorf("a label of version %d: %w", x.Version, archive.ErrNotFound)
}

// DoubtedLink is the two statements of a doubt about a link: the articles that
// have them, and their places there.
func (d *Desk) DoubtedLink(ctx context.Context, x Doubt) (one *Article, i int, other *Article, k int, err error) {
	in := func(statement int64) (*Article, int, error) {
		holder, err := d.store.Holder(ctx, statement)
		if err != nil {
			return nil, 0, err
		}
		return d.Doubted(ctx, Doubt{ID: statement, Version: holder})
	}
	if one, i, err = in(x.ID); err == nil {
		other, k, err = in(x.Other)
	}
	return one, i, other, k, err
}

// doubtedVersion is what has the statement or the label of a doubt:
// archive.ErrNotFound where it is not what is searched any more.
func (d *Desk) doubtedVersion(ctx context.Context, x Doubt) (*archive.Version, error) {
	v, err := d.store.Version(ctx, x.Version)
	if err == nil && !v.Current {
		err = fmt.Errorf("version %d is not current: %w", x.Version, archive.ErrNotFound)
	}
	return v, err
}

// A Place is an article in which a person acts, and what it has of them.
type Place struct {
	Article string // its ID
	Version int64
	Outlet  string
	Title   string
	Day     string
	Names   []string
	Called  []string
	Said    int // statements of theirs
}

// Places are the articles in which a person acts, latest first, most of them at
// most.
func (d *Desk) Places(ctx context.Context, person int64, most int) ([]Place, error) {
	var out []Place
	for t, err := range d.store.Traces(ctx, person) {
		if err != nil {
			return nil, err
		}
		if len(out) == most {
			break
		}
		heads, err := d.store.Find(ctx, fmt.Sprintf("#%d", t.Version))
		if err != nil {
			return nil, err
		}
		k := slices.IndexFunc(heads, func(h archive.Head) bool { return h.ID == t.Version })
		if k < 0 {
			return nil, errors.New("an article has gone meanwhile: try again")
		}
		p := Place{Article: heads[k].Info.ID, Version: t.Version, Outlet: t.Outlet, Title: heads[k].Info.Title, Day: t.Day.String(), Names: t.Names, Said: len(t.Said)}
		for _, c := range t.Called {
			if !slices.Contains(p.Called, c.Text) {
				p.Called = append(p.Called, c.Text)
			}
		}
		out = append(out, p)
	}
	return out, nil
}
