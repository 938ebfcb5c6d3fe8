package descriptions

import (
	"cmp"
	"slices"
	"sort"

	"whosaid/internal/news"
)

// A voice is one span of a statement's content.
type voice struct {
	news.Span
	id    string
	reach int // the furthest end of this and all before it
}

// Voices are the contents of all statements, by start, the longer first.
type voices []voice

func tellers(statements []news.Statement) voices {
	var all voices
	for _, s := range statements {
		for _, c := range s.Content {
			all = append(all, voice{Span: c, id: s.ID})
		}
	}
	slices.SortStableFunc(all, func(a, b voice) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	reach := 0
	for i := range all {
		reach = max(reach, all[i].End)
		all[i].reach = reach
	}
	return all
}

// of is the statement in whose content s stands, the innermost where contents
// lie in one another, or the outlet.
func (v voices) of(s news.Span) string {
	first := sort.Search(len(v), func(i int) bool { return v[i].Start > s.Start })
	for i := first - 1; i >= 0 && v[i].reach >= s.End; i-- {
		if v[i].Contains(s) {
			return v[i].id
		}
	}
	return Outlet
}
