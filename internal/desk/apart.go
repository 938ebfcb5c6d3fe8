package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"whosaid/internal/archive"
)

// apart is the decision that two statements are not of one utterance.
const apart = "apart"

// parted is what such a decision is about: the two statements, each named so
// that it is found in another reading of its article too.
type parted struct {
	Statements []finding `json:"statements"`
}

// partedOf reads such a decision; ok is false of others, and where what it is
// about was forgotten.
func partedOf(d archive.Decision) (p parted, ok bool) {
	if d.What != apart {
		return p, false
	}
	err := json.Unmarshal(d.About, &p)
	return p, err == nil && len(p.Statements) == 2 && !slices.ContainsFunc(p.Statements, func(f finding) bool { return f.Key == "" || f.Statement == nil })
}

// sentence says what was decided.
func (p parted) sentence() string {
	said := func(f finding) string {
		return fmt.Sprintf("“%s” (%s, article %s)", shortened(f.Statement.Content), f.Statement.Who, f.Article)
	}
	return said(p.Statements[0]) + " is not what was said in " + said(p.Statements[1])
}

// Part decides that two statements, named as for Reject, are not of one
// utterance. They are linked with others anew by the next Link.
func (d *Desk) Part(ctx context.Context, ref, other string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	var p parted
	var versions []*archive.Version
	var ids couple
	for i, x := range []string{ref, other} {
		in, at, err := d.statementNamed(ctx, x)
		if err != nil {
			return Decision{}, err
		}
		f := finding{Key: keyOf(&in.Doc.Article), Article: in.Doc.ID, URL: in.Doc.URL, Statement: anchorOf(in.Doc, &in.Doc.Statements[at])}
		p.Statements = append(p.Statements, f)
		// What was named may be of a version that is past.
		now, id, err := d.anchored(ctx, f)
		if err != nil {
			return Decision{}, err
		}
		if id == 0 {
			return Decision{}, refusef("statement %s: its article as it is read now has no such statement", x)
		}
		versions, ids[i] = append(versions, now), id
	}
	if ids[0] == ids[1] {
		return Decision{}, refusef("statement %d: it cannot be told apart from itself", ids[0])
	}
	known, err := d.partedNow(ctx)
	if err != nil {
		return Decision{}, err
	}
	if known[coupleOf(ids[0], ids[1])] {
		return Decision{}, refusef("statements %d and %d: they are told apart already", ids[0], ids[1])
	}
	out, err := d.decide(ctx, apart, v, p)
	if err != nil {
		return out, err
	}
	return out, d.unlink(ctx, versions...)
}

// unlink makes the next Link compare versions anew.
func (d *Desk) unlink(ctx context.Context, versions ...*archive.Version) error {
	list := make([]archive.Amending, 0, len(versions))
	for _, v := range versions {
		list = append(list, archive.Amending{Version: v.ID, Amendments: v.Amendments, People: v.People})
	}
	return d.store.Amend(ctx, list...)
}

// unlinkParted does so with the articles of a decision.
func (d *Desk) unlinkParted(ctx context.Context, p parted) error {
	var list []*archive.Version
	for _, f := range p.Statements {
		v, _, err := d.anchored(ctx, f)
		if err != nil {
			return err
		}
		if v != nil {
			list = append(list, v)
		}
	}
	return d.unlink(ctx, list...)
}

// anchored is the current version of the article that a finding is about, and
// the statement there; nil where that article is gone, 0 where the statement is
// not found in it.
func (d *Desk) anchored(ctx context.Context, f finding) (*archive.Version, int64, error) {
	heads, err := d.store.Find(ctx, f.ref())
	if err != nil {
		return nil, 0, err
	}
	at := slices.IndexFunc(heads, func(h archive.Head) bool { return h.Current })
	if at < 0 {
		return nil, 0, nil
	}
	v, err := d.store.Version(ctx, heads[at].ID)
	if err != nil {
		return nil, 0, err
	}
	if i := f.Statement.in(v.Read); i >= 0 {
		return v, v.First + int64(i), nil
	}
	return v, 0, nil
}

// A couple is two statements, the one of the smaller id first.
type couple [2]int64

func coupleOf(a, b int64) couple { return couple{min(a, b), max(a, b)} }

// partedNow are the statements that are not of one utterance, as somebody
// decided.
func (d *Desk) partedNow(ctx context.Context) (map[couple]bool, error) {
	out := map[couple]bool{}
	for x, err := range d.store.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		p, ok := partedOf(x)
		if !ok || !x.Undone.IsZero() {
			continue
		}
		var ids [2]int64
		for i, f := range p.Statements {
			if _, ids[i], err = d.anchored(ctx, f); err != nil {
				return nil, err
			}
		}
		if ids[0] != 0 && ids[1] != 0 {
			out[coupleOf(ids[0], ids[1])] = true
		}
	}
	return out, nil
}
