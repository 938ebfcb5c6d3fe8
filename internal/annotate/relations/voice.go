package relations

import (
	"cmp"
	"slices"
	"sort"

	"whosaid/internal/news"
)

// A content is one span of a statement's content.
type content struct {
	news.Span
	id    string
	reach int // the furthest end of this and all before it
}

// contents are those of all statements, by start, the longer first.
func contents(statements []news.Statement) []content {
	var all []content
	for _, s := range statements {
		for _, c := range s.Content {
			all = append(all, content{Span: c, id: s.ID})
		}
	}
	slices.SortStableFunc(all, func(a, b content) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	reach := 0
	for i := range all {
		reach = max(reach, all[i].End)
		all[i].reach = reach
	}
	return all
}

// voice is the innermost statement in whose content s stands, or the outlet.
func (f *finder) voice(s news.Span) string {
	i := sort.Search(len(f.contents), func(i int) bool { return f.contents[i].Start > s.Start })
	for i--; i >= 0 && f.contents[i].reach >= s.End; i-- {
		if f.contents[i].Contains(s) {
			return f.contents[i].id
		}
	}
	return "outlet"
}
