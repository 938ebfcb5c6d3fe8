package archive

import (
	"cmp"
	"context"
	"slices"
)

// A Summary is what an archive has of a person, counted.
type Summary struct {
	Articles   int
	Statements int
	First      Day                // of publication
	Last       Day                // likewise
	Names      map[string]int     // articles with each spelling
	Called     map[Naming]*Usage  // what they are called, by whom
	Said       map[Month]int      // statements by month and kind
	About      map[int64]int      // articles in which they speak of another person
	Of         map[int64]int      // articles in which another person speaks of them
	Ties       map[Related]*Usage // By is empty in the outlet's voice, and else says that it is somebody's
}

// A Naming is words that an outlet has for a person.
type Naming struct {
	Kind   string // role, title, label
	Text   string
	Outlet string // that printed it
	Own    bool   // in the outlet's own voice, not in somebody's words
}

// Usage is how often something was used, when first and last, and in which
// versions: the newest few of them.
type Usage struct {
	Times       int
	First, Last Day
	Versions    []int64
}

// shownVersions is how many versions a Usage names.
const shownVersions = 3

// add counts a use in a version that is no newer than those before it.
func (u *Usage) add(day Day, version int64) {
	u.Times++
	if day != 0 {
		u.First, u.Last = day, max(u.Last, day)
	}
	if len(u.Versions) < shownVersions {
		u.Versions = once(u.Versions, version)
	}
}

// A Month is a month and a kind of statement.
type Month struct {
	Month string // 2022-01; empty where the day is not known
	Kind  string
}

// Portrait counts the traces of a person.
func Portrait(ctx context.Context, people People, id int64) (Summary, error) {
	s := Summary{Names: map[string]int{}, Called: map[Naming]*Usage{}, Said: map[Month]int{}, About: map[int64]int{}, Of: map[int64]int{}, Ties: map[Related]*Usage{}}
	month, day := "", Day(-1)
	for t, err := range people.Traces(ctx, id) {
		if err != nil {
			return s, err
		}
		s.Articles++
		s.Statements += len(t.Said)
		if t.Day != 0 {
			s.First = t.Day // the newest comes first
			if s.Last == 0 {
				s.Last = t.Day
			}
		}
		if t.Day != day {
			day, month = t.Day, t.Day.Month()
		}
		for _, n := range t.Names {
			s.Names[n]++
		}
		for _, c := range t.Called {
			k := Naming{Kind: c.Kind, Text: c.Text, Outlet: t.Outlet, Own: c.By == "outlet"}
			usage(s.Called, k).add(t.Day, t.Version)
		}
		for _, x := range t.Said {
			s.Said[Month{month, x.Kind}]++
		}
		for _, other := range t.About {
			s.About[other]++
		}
		for _, other := range t.Of {
			s.Of[other]++
		}
		for _, x := range t.Ties {
			if x.By == "outlet" {
				x.By = ""
			} else {
				x.By = "statement"
			}
			usage(s.Ties, x).add(t.Day, t.Version)
		}
	}
	return s, nil
}

// usage is the Usage of k, which is added if it is not there.
func usage[K comparable](m map[K]*Usage, k K) *Usage {
	u := m[k]
	if u == nil {
		u = &Usage{}
		m[k] = u
	}
	return u
}

// Merge adds another use of the same thing.
func (u *Usage) Merge(v *Usage) {
	u.Times += v.Times
	if v.First != 0 && (u.First == 0 || v.First < u.First) {
		u.First = v.First
	}
	u.Last = max(u.Last, v.Last)
	versions := append([]int64{}, u.Versions...)
	for _, id := range v.Versions {
		versions = once(versions, id)
	}
	slices.SortFunc(versions, func(a, b int64) int { return cmp.Compare(b, a) })
	u.Versions = versions[:min(len(versions), shownVersions)]
}
