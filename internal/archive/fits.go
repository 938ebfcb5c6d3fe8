package archive

import (
	"slices"
	"strings"

	"whosaid/internal/archive/terms"
)

// Fits yields the hits that a query has in one version, in the order of the
// statements, as searching it would find them if it were current. It needs no
// index: what waits for new statements looks at each version once as it comes.
// The order, the limit and what to skip are not looked at.
func (p *Parsed) Fits(v *Version) []*Hit {
	doc := v.Doc
	day := DayOf(v.Info.Published)
	switch {
	case len(p.Places) > 0 && !slices.Contains(p.Places, FoldOutlet(v.Info.Outlet)),
		p.First != 0 && day < p.First, p.Last != 0 && (day == 0 || day > p.Last):
		return nil
	}
	var rows []Row
	if len(p.Of) > 0 {
		rows = Rows(doc)
	}
	var out []*Hit
	for i := range doc.Statements {
		s := &doc.Statements[i]
		switch {
		case len(p.Kinds) > 0 && !slices.Contains(p.Kinds, s.Kind),
			len(p.Forms) > 0 && !slices.Contains(p.Forms, string(s.Form)),
			len(p.Of) > 0 && !p.about(&rows[i]):
			continue
		}
		if h := p.Answer(v, i); h != nil {
			out = append(out, h)
		}
	}
	return out
}

// about reports whether a statement speaks of what p asks for: it says all the
// words, or somebody that it speaks of has all of them in their names.
func (p *Parsed) about(r *Row) bool {
	said, names := strings.Fields(r.Words), strings.Fields(r.About)
	return !slices.ContainsFunc(p.Of, func(w terms.Word) bool { return !slices.Contains(said, w.Stem) }) ||
		!slices.ContainsFunc(p.Of, func(w terms.Word) bool { return !slices.Contains(names, w.Folded) })
}
