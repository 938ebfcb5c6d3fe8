package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/relate/people"
)

// A Doubt is something that the program is unsure of.
type Doubt struct {
	About      string  // DoubtStatement, DoubtSpeaker, DoubtPerson or DoubtPair
	ID         int64   // of the statement or the person
	Other      int64   // of a pair, the other person
	Version    int64   // of a statement, the version that has it
	Confidence float64 // that it is right, 0 to 1: of a pair, that they are one
}

// What is unsure.
const (
	unsureBelow   = 0.7   // of statements and speakers
	unsurePerson  = 0.85  // of people: the article of which it is least sure that it means them
	latestDoubted = 2_000 // versions that are looked through for statements
	mostDoubts    = 1_000 // of one kind
)

// doubts is what a desk remembers of what is unsure.
type doubts struct {
	mu   sync.Mutex
	last int64                // the version up to which was looked
	said map[int64][]unsureOf // by article, what its current version has

	pairs  []people.Pair
	joiner *people.Joiner // that pairs are of
	known  int64          // the last person when they were
}

// An unsureOf is a doubt about a statement, and by what it is known when it is
// confirmed.
type unsureOf struct {
	Doubt
	key string
}

// Doubts are the doubts of one kind, the greatest first, without those that were
// confirmed. Statements are looked for in what was kept last.
func (d *Desk) Doubts(ctx context.Context, about string) ([]Doubt, error) {
	settled, err := d.settled(ctx)
	if err != nil {
		return nil, err
	}
	var out []Doubt
	switch about {
	case DoubtStatement, DoubtSpeaker:
		out, err = d.unsureStatements(ctx, about, settled)
	case DoubtPerson:
		out, err = d.unsurePeople(ctx, settled)
	case DoubtPair:
		out, err = d.unsurePairs(ctx, settled)
	default:
		return nil, fmt.Errorf("there are no doubts about a %q", about)
	}
	return out[:min(len(out), mostDoubts)], err
}

// settled are the keys of what was confirmed and stands: whoever was split off
// is another, too.
func (d *Desk) settled(ctx context.Context) (map[string]bool, error) {
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
	return out, nil
}

func (d *Desk) unsureStatements(ctx context.Context, about string, settled map[string]bool) ([]Doubt, error) {
	m := &d.doubts
	m.mu.Lock()
	defer m.mu.Unlock()
	last, err := d.store.Last(ctx)
	if err != nil {
		return nil, err
	}
	if m.said == nil {
		m.said, m.last = map[int64][]unsureOf{}, max(0, last-latestDoubted)
	}
	if last > m.last {
		for v, err := range d.store.Versions(ctx, archive.Selection{From: m.last + 1}) {
			if err != nil {
				m.said = nil
				return nil, err
			}
			m.said[v.Article] = unsureIn(v)
		}
		m.last = last
	}
	var out []Doubt
	for _, list := range m.said {
		for _, x := range list {
			if x.About == about && !settled[x.key] {
				out = append(out, x.Doubt)
			}
		}
	}
	slices.SortFunc(out, func(a, b Doubt) int {
		return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(b.ID, a.ID))
	})
	return out, nil
}

// doubtAnew looks anew at the statements of an article, of which somebody decided
// something.
func (d *Desk) doubtAnew(ctx context.Context, heads []archive.Head) error {
	m := &d.doubts
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, h := range heads {
		if m.said == nil || !h.Current {
			continue
		}
		v, err := d.store.Version(ctx, h.ID)
		if err != nil {
			m.said = nil // the next look begins anew
			return err
		}
		m.said[h.Article] = unsureIn(v)
	}
	return nil
}

// forget makes the next look at statements begin anew.
func (m *doubts) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said = nil
}

// unsureIn are the doubts about the statements of a version.
func unsureIn(v *archive.Version) []unsureOf {
	var out []unsureOf
	for i := range v.Doc.Statements {
		s := &v.Doc.Statements[i]
		if s.By == news.ByMarks || len(v.Corrected(i)) > 0 {
			continue // nobody claims that it is a statement; or somebody has looked at it
		}
		x := Doubt{ID: v.Statement(i), Version: v.ID, About: DoubtStatement, Confidence: s.Confidence}
		if s.Confidence < unsureBelow {
			out = append(out, unsureOf{x, aboutStatement(x.About, v, i).key()})
		}
		for _, p := range s.Speakers {
			if p.Confidence < unsureBelow && p.Name != "" {
				x.About, x.Confidence = DoubtSpeaker, p.Confidence
				out = append(out, unsureOf{x, aboutStatement(x.About, v, i).key()})
				break
			}
		}
	}
	return out
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
		m.pairs, m.joiner, m.known = w.joiner.Near(2*mostDoubts), w.joiner, w.last
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
	v, i, err := d.statement(ctx, x)
	if err != nil {
		return nil, 0, err
	}
	return &Article{Version: v}, i, nil
}

// statement is where the statement of a doubt stands: archive.ErrNotFound where
// it is not there any more, or its version is not what is searched.
func (d *Desk) statement(ctx context.Context, x Doubt) (*archive.Version, int, error) {
	v, err := d.store.Version(ctx, x.Version)
	if err != nil {
		return nil, 0, err
	}
	i := v.Place(x.ID)
	if !v.Current || i < 0 {
		return nil, 0, fmt.Errorf("statement %d: %w", x.ID, archive.ErrNotFound)
	}
	return v, i, nil
}

// wordsOf is the content of a statement on one line.
func wordsOf(doc *news.Document, s *news.Statement) string {
	var parts []string
	for _, span := range s.Content {
		parts = append(parts, oneSpace(span.Text(doc.Text)))
	}
	return strings.Join(parts, " … ")
}

// namesOf are the speakers of a statement.
func namesOf(s *news.Statement) string {
	var names []string
	for _, p := range s.Speakers {
		names = append(names, p.Name)
	}
	return strings.Join(names, " and ")
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
