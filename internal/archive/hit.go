package archive

import (
	"slices"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A Hit is a statement that answers a query.
type Hit struct {
	Version   int64
	ID        int64            // of the statement
	Number    int              // of it among those of its article, from 1
	Article   news.Article     // without text, blocks and what else is inside it
	Statement record.Statement // its positions are code points of the article's text
	Block     news.BlockKind   // the part of the page in which its content begins
	Paragraph int              // the number of that paragraph, from 1; 0 in other blocks
	Start     int              // first code point of the content
	End       int              // behind its last
	Snippet   []Piece          // the content, or the part of it around the words that were looked for
	People    []int64          // who the speakers are, those of whom it is known
	Corrected []Correction     // what people decided about it, in order
	Rejected  *Correction      // set where somebody decided that it is no statement
}

// Answer makes the hit of statement i of v; it is nil if that does not answer
// the query after all. An index compares stems and bags of names; here phrases
// in quotation marks are compared letter by letter, and names speaker by
// speaker.
func (p *Parsed) Answer(v *Version, i int) *Hit {
	doc := v.Doc
	if i < 0 || i >= len(doc.Statements) {
		return nil
	}
	s := &doc.Statements[i]
	words := content(doc, s)
	marked := make([]bool, len(words))
	if p.Said != nil && !p.Said.Match(words, marked) {
		return nil
	}
	if len(p.By) > 0 && !p.spokenBy(speakers(doc, s, actorsOf(doc))) {
		return nil
	}
	people := v.speakers(s)
	if len(p.People) > 0 && !slices.ContainsFunc(people, func(id int64) bool { return slices.Contains(p.People, id) }) {
		return nil
	}
	short := news.Document{Article: news.Article{Text: doc.Text}, Statements: []news.Statement{*s}}
	h := &Hit{
		Version: v.ID, ID: v.Statement(i), Number: i + 1,
		Article:   v.Info,
		Statement: record.Encode(&short).Statements[0],
		Snippet:   snippet(doc.Text, s, words, marked),
		People:    people,
		Corrected: v.Corrected(i),
	}
	if c, ok := v.Rejected()[v.Places.At(i)]; ok {
		h.Rejected = &c
	}
	h.Block, h.Paragraph = place(doc, s)
	for k, c := range h.Statement.Content {
		if k == 0 {
			h.Start, h.End = c.Start, c.End
		}
		h.Start, h.End = min(h.Start, c.Start), max(h.End, c.End)
	}
	return h
}

// speakers is who speaks in s, as far as it is known.
func (v *Version) speakers(s *news.Statement) []int64 {
	if len(v.People) != len(v.Doc.Actors) {
		return nil
	}
	var out []int64
	for _, p := range s.Speakers {
		for k := range v.Doc.Actors {
			if id := v.People[k]; id != 0 && v.Doc.Actors[k].ID == p.Actor && p.Actor != "" && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// place is the block in which a statement begins, by its content if it has any.
func place(doc *news.Document, s *news.Statement) (news.BlockKind, int) {
	at := -1
	for _, spans := range [][]news.Span{s.Content, s.Cue, s.Source} {
		if len(spans) > 0 {
			at = spans[0].Start
			break
		}
	}
	n := 0
	for _, b := range doc.Blocks {
		if b.Kind == news.Paragraph {
			n++
		}
		if b.Start <= at && at < b.End {
			if b.Kind == news.Paragraph {
				return b.Kind, n
			}
			return b.Kind, 0
		}
	}
	return "", 0
}
