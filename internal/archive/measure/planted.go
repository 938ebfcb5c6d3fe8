package measure

import (
	"cmp"
	"context"
	"slices"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// near is within how many days of each other two reports are to be found.
const near = 60

// mostAsked bounds how many reports are looked at.
const mostAsked = 5000

// A report is a statement of an utterance that the maker gave several articles.
type report struct {
	statement int64
	article   int
	day       archive.Day
}

// planted tells of how many reports, whose utterance another article near in
// time has too, a tie to one of those was found. The archive must hold the first
// articles of the maker, in order and nothing else.
func planted(ctx context.Context, store archive.Store, m *generated.Maker, articles int64) (asked, found int, err error) {
	of := make([][]report, generated.Utterances)
	next := int64(1)
	for n := range int(articles) {
		a := m.Article(n)
		for i, u := range a.Utterances {
			if u >= 0 {
				of[u] = append(of[u], report{next + int64(i), n, archive.DayOf(a.Doc.Published)})
			}
		}
		next += int64(len(a.Doc.Statements))
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b report) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.article, b.article)) })
		for i, r := range list {
			var earlier []int64
			for _, o := range list[:i] {
				if o.article != r.article && r.day-o.day <= near {
					earlier = append(earlier, o.statement)
				}
			}
			if len(earlier) == 0 {
				continue
			}
			if asked == mostAsked {
				return asked, found, nil
			}
			ties, err := store.Ties(ctx, r.statement)
			if err != nil {
				return asked, found, err
			}
			asked++
			if slices.ContainsFunc(ties, func(t archive.Tie) bool { return slices.Contains(earlier, t.Later+t.Earlier-r.statement) }) {
				found++
			}
		}
	}
	return asked, found, nil
}
