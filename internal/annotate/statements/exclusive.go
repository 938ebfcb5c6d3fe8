package statements

import (
	"slices"

	"whosaid/internal/news"
)

// nearby is how many neighbours a statement may contest words with; more would
// only cost time.
const nearby = 16

// exclusive gives words that two statements report to one of them: nobody's
// words are said twice. Where one would have nothing left it keeps them, and the
// other keeps the rest of its content; where neither would, the surer keeps
// them. A statement inside another's content shares its words with it.
func exclusive(doc *news.Document, chosen []candidate) []candidate {
	gone := make([]bool, len(chosen))
	for i := range chosen {
		for j := i + 1; j < min(len(chosen), i+nearby) && !gone[i]; j++ {
			a, b := &chosen[i], &chosen[j]
			if gone[j] || overlap(a.spans[content], b.spans[content]) == 0 ||
				overlap(a.spans[cue], b.spans[content]) > 0 || overlap(b.spans[cue], a.spans[content]) > 0 {
				continue
			}
			restA := without(doc.Text, a.spans[content], b.spans[content])
			restB := without(doc.Text, b.spans[content], a.spans[content])
			switch {
			case len(restA) > 0 && (len(restB) == 0 || a.sure < b.sure):
				a.spans[content] = restA
			case len(restB) > 0:
				b.spans[content] = restB
			case a.sure < b.sure:
				gone[i] = true
			default:
				gone[j] = true
			}
		}
	}
	i := -1
	return slices.DeleteFunc(chosen, func(candidate) bool {
		i++
		return gone[i]
	})
}
