package utterances

import (
	"slices"

	"whosaid/internal/news"
)

// Texts finds articles that print one text: wire copy that many outlets take
// over, whole or cut. Of each text it keeps some hashes of runs of words
// (winnowing), by which texts that share a passage share hashes. It is for one
// goroutine.
type Texts struct {
	marks postings
	ids   []int64
	days  []int32
	sizes []int32 // hashes of each
	votes []int32
	voted []int32
}

// What counts as a printing of a text.
const (
	textRun    = 5  // words of a hash
	textWindow = 8  // hashes of which one is kept
	leastMarks = 12 // hashes that are shared at least: a hundred words, about
	leastCopy  = 0.6
	mostCopies = 400 // texts that are looked up for a hash
)

// A Copied text is an earlier one that a text shares most of its words with.
type Copied struct {
	ID    int64
	Share float64 // of the text's words that are the other's, 0 to 1
	Cut   float64 // of the other's words that it lacks, 0 to 1
}

// NewTexts makes an empty set of texts.
func NewTexts() *Texts { return &Texts{} }

// Add adds a text, published on a day that is 0 where it is not known, and
// tells which earlier one it is a printing of; ok is false
// where there is none. Either most of its words are the other's, or the other
// way round.
func (t *Texts) Add(id int64, day int, doc *news.Document) (of Copied, ok bool) {
	marks := textMarks(doc)
	if len(marks) >= leastMarks {
		of, ok = t.find(marks)
	}
	n := int32(len(t.ids))
	t.ids, t.days, t.sizes, t.votes = append(t.ids, id), append(t.days, int32(day)), append(t.sizes, int32(len(marks))), append(t.votes, 0)
	for _, key := range marks {
		t.marks.add(key, n)
	}
	return of, ok
}

func (t *Texts) find(marks []uint32) (best Copied, ok bool) {
	for _, key := range marks {
		t.marks.each(key, mostCopies, func(n int32) {
			if t.votes[n] == 0 {
				t.voted = append(t.voted, n)
			}
			t.votes[n]++
		})
	}
	slices.Sort(t.voted)
	for _, n := range t.voted {
		shared, size := t.votes[n], t.sizes[n]
		t.votes[n] = 0
		c := Copied{ID: t.ids[n], Share: float64(shared) / float64(len(marks)), Cut: 1 - float64(shared)/float64(max(size, 1))}
		if shared >= leastMarks && max(c.Share, 1-c.Cut) >= leastCopy && (!ok || c.Share-c.Cut > best.Share-best.Cut) {
			best, ok = c, true
		}
	}
	t.voted = t.voted[:0]
	return best, ok
}

// textMarks are the hashes of a document's paragraphs, each once.
func textMarks(doc *news.Document) []uint32 {
	var words []Word
	keys := make([]uint32, 0, len(doc.Text)/5)
	for _, b := range doc.Blocks {
		if b.Kind != news.Paragraph {
			continue
		}
		c := cutter{text: doc.Text, at: b.Start, end: b.End, out: words[:0]}
		words = c.run()
		for _, w := range words {
			keys = append(keys, w.Key)
		}
	}
	runs := make([]uint32, 0, len(keys))
	for i := 0; i+textRun <= len(keys); i++ {
		h := uint32(0)
		for _, k := range keys[i : i+textRun] {
			h = mix(h, k)
		}
		runs = append(runs, spread(h))
	}
	var out []uint32
	for i := 0; i+textWindow <= len(runs); i++ {
		if least := slices.Min(runs[i : i+textWindow]); len(out) == 0 || least != out[len(out)-1] {
			out = append(out, least)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
