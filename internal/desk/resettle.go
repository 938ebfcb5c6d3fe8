package desk

import (
	"cmp"
	"context"
	"hash/maphash"
	"maps"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
)

// name finds out who of those before the people are that were made anew: the one
// with whom they share most actors; and counts what has changed.
func (r *rejoining) name() {
	type claim struct {
		was, is int64
		actors  int
	}
	var claims []claim
	for p, n := range r.pairs {
		was, is := p[0], p[1]
		if r.kinds[was] != "" && r.data[was] == nil && is > provisional && r.joiner.Person(is).Type == r.kinds[was] {
			claims = append(claims, claim{was, is, n})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.actors, a.actors), cmp.Compare(a.was, b.was), cmp.Compare(a.is, b.is))
	})
	r.as = map[int64]int64{}
	taken := map[int64]bool{}
	for _, c := range claims {
		if r.as[c.is] == 0 && !taken[c.was] {
			r.as[c.is], taken[c.was] = c.was, true
		}
	}
	to, from := map[int64]int{}, map[int64]int{} // how many others each is now, and was
	same := map[int64]bool{}
	for p := range r.pairs {
		is := r.final(p[1])
		if p[0] != 0 && is != 0 {
			to[p[0]]++
		}
		from[is]++
		same[is] = same[is] || p[0] == is
	}
	for _, id := range slices.Sorted(maps.Keys(r.was)) {
		switch {
		case r.settled[id]:
			r.report.Settled++
			continue
		case !taken[id] && r.data[id] == nil:
			r.gone = append(r.gone, id)
			if to[id] > 0 {
				r.report.Merged++
			}
		case to[id] <= 1 && from[id] <= 1 && (same[id] || from[id] == 0):
			r.report.Unchanged++
		}
		if to[id] > 1 {
			r.report.Split++
		}
	}
	r.report.People = len(r.data)
	for id := range r.data {
		if id > provisional && r.as[id] == 0 {
			r.report.New++
		}
	}
}

// final is who somebody of a provisional id is, as far as that is known.
func (r *rejoining) final(id int64) int64 { return cmp.Or(r.as[id], id) }

// number gives ids from first on to those who are new.
func (r *rejoining) number(first int64, assign []archive.Assignment) {
	for _, id := range slices.Sorted(maps.Keys(r.data)) {
		if id > provisional && r.as[id] == 0 {
			r.as[id] = first
			first++
		}
	}
	for _, a := range assign {
		for i, id := range a.People {
			a.People[i] = r.final(id)
		}
	}
}

// assign is what is to be said of versions whose actors are others now.
func (r *rejoining) assign(ctx context.Context) ([]archive.Assignment, error) {
	var out []archive.Assignment
	of := make(map[int64]*settlement, len(r.found)) // by article
	for i := range r.found {
		s := &r.found[i]
		of[s.article] = s
		for k, id := range s.now {
			if s.now[k] = r.final(id); s.now[k] != s.old[k] {
				r.report.Moved++
			}
		}
		if !slices.Equal(s.now, s.old) {
			out = append(out, archive.Assignment{Version: s.version, People: slices.Clone(s.now)})
		}
	}
	stats, err := r.store.Stats(ctx)
	if err != nil || stats.Versions == int64(len(r.found)) {
		return out, err
	}
	for v, err := range r.store.Versions(ctx, archive.Selection{Past: true}) {
		if err != nil {
			return nil, err
		}
		if v.Current || len(v.People) != len(v.Doc.Actors) {
			continue
		}
		who, err := r.earlier(ctx, v, of[v.Article])
		if err != nil {
			return nil, err
		}
		if !slices.Equal(who, v.People) {
			out = append(out, archive.Assignment{Version: v.ID, People: who})
		}
	}
	return out, nil
}

// earlier is who the actors of a version are that is not current: who they are by
// their names in the current one, or else who they were if there still is one.
func (r *rejoining) earlier(ctx context.Context, v *archive.Version, s *settlement) ([]int64, error) {
	named := map[string]int64{}
	if s != nil {
		current, err := r.store.Version(ctx, s.version)
		if err != nil {
			return nil, err
		}
		for i, a := range current.Doc.Actors {
			if a.Named && i < len(s.now) && s.now[i] != 0 {
				named[terms.Fold(a.Name)] = s.now[i]
			}
		}
	}
	out := slices.Clone(v.People)
	for i, id := range out {
		_, gone := slices.BinarySearch(r.gone, id)
		switch is := named[terms.Fold(v.Doc.Actors[i].Name)]; {
		case id == 0 || r.settled[id]:
		case is != 0:
			out[i] = is
		case gone:
			out[i] = 0
		}
	}
	return out, nil
}

// changed yields the people who are not as the archive has them.
func (r *rejoining) changed(yield func(archive.Person, error) bool) {
	for _, id := range slices.Sorted(maps.Keys(r.data)) {
		x := r.data[id]
		x.Statements = r.said[id]
		p, err := x.stored(r.final(id))
		if err == nil && r.was[p.ID] == rowHash(p) {
			continue
		}
		if !yield(p, err) || err != nil {
			return
		}
	}
}

// rowHash tells whether two rows of people are the same.
func rowHash(p archive.Person) uint64 {
	var h maphash.Hash
	h.SetSeed(rowSeed)
	for _, s := range append([]string{p.Name, p.Type, string(p.Data)}, p.Names...) {
		_, _ = h.WriteString(s) // never an error
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

var rowSeed = maphash.MakeSeed()
