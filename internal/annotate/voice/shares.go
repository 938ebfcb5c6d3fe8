package voice

import (
	"cmp"
	"slices"
	"sort"

	"whosaid/internal/news"
)

// A Share is how much of an article is somebody's.
type Share struct {
	Actor      string  // id of an Actor; empty where none is known
	Name       string  // of the speaker; empty for the outlet and for the unknown
	Words      float64 // in what they are reported to have said; joint speakers have equal parts
	Share      float64 // of the article's words, 0 to 1
	Statements int     // in which they speak
}

// A Balance says whose words an article is made of. The words of all shares
// together are those of the article.
type Balance struct {
	Words    int     // of headline, deck, headings and paragraphs
	Outlet   Share   // what nobody is reported to have said: its own sentences, and "he said" around others'
	Speakers []Share // most words first; those who speak only within others' words have none
	Unknown  Share   // said by somebody, but by whom is not known
}

// Shares weighs doc: each of its words belongs to the speakers of the statement
// whose content holds it, else to the outlet. Where one statement stands within
// another (Pike said that Calloway had promised to resign), the words are the
// outer one's: it is Pike whom the article lets speak.
func Shares(doc *news.Document) Balance {
	var b Balance
	blocks := blocksOf(doc)
	for _, s := range doc.Sentences {
		if blocks.speech(s) {
			b.Words += words(s.Text(doc.Text))
		}
	}
	shares := map[string]*Share{}
	owner := owners(doc)
	left := b.Words
	for _, o := range owner {
		left -= o.words
		give(&b, shares, doc.Statements[o.statement].Speakers, float64(o.words))
	}
	b.Outlet.Words = float64(max(left, 0))
	for _, st := range doc.Statements {
		give(&b, shares, st.Speakers, 0)
		known := false
		for _, sp := range st.Speakers {
			if key(sp) != "" {
				shares[key(sp)].Statements++
				known = true
			}
		}
		if !known {
			b.Unknown.Statements++
		}
	}
	for _, s := range shares {
		b.Speakers = append(b.Speakers, *s)
	}
	names := map[string]string{}
	for _, a := range doc.Actors {
		names[a.ID] = a.Name
	}
	for i := range b.Speakers {
		s := &b.Speakers[i]
		s.Name = cmp.Or(names[s.Actor], s.Name)
		s.Share = part(s.Words, b.Words)
	}
	b.Outlet.Share, b.Unknown.Share = part(b.Outlet.Words, b.Words), part(b.Unknown.Words, b.Words)
	slices.SortFunc(b.Speakers, func(x, y Share) int {
		return cmp.Or(cmp.Compare(y.Words, x.Words), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Actor, y.Actor))
	})
	return b
}

func part(words float64, all int) float64 {
	if all == 0 {
		return 0
	}
	return words / float64(all)
}

// key is what a speaker is known by: the actor, else the name.
func key(s news.Speaker) string { return cmp.Or(s.Actor, s.Name) }

// give divides words among speakers, or to the unknown where none is known.
func give(b *Balance, shares map[string]*Share, speakers []news.Speaker, words float64) {
	var known []news.Speaker
	for _, s := range speakers {
		if key(s) != "" {
			known = append(known, s)
		}
	}
	if len(known) == 0 {
		b.Unknown.Words += words
		return
	}
	for _, s := range known {
		if shares[key(s)] == nil {
			shares[key(s)] = &Share{Actor: s.Actor, Name: s.Name}
		}
		shares[key(s)].Words += words / float64(len(known))
	}
}

// owned is a number of words in the content of a statement.
type owned struct {
	statement, words int
}

// owners gives every word that stands in content to one statement: the one
// whose content begins first, of these the longest, of these the first that was
// found.
func owners(doc *news.Document) []owned {
	type piece struct {
		news.Span
		statement int
	}
	var contents []piece
	for i, st := range doc.Statements {
		for _, c := range st.Content {
			contents = append(contents, piece{c, i})
		}
	}
	sort.SliceStable(contents, func(i, j int) bool {
		a, b := contents[i], contents[j]
		return a.Start < b.Start || a.Start == b.Start && a.End > b.End
	})
	var out []owned
	at := 0
	for _, c := range contents {
		start := max(c.Start, at)
		if start >= c.End {
			continue
		}
		out = append(out, owned{c.statement, words(doc.Text[start:c.End])})
		at = c.End
	}
	return out
}
