package statements

import (
	"regexp"
	"slices"

	"whosaid/internal/news"
)

// signature is what follows a quotation that is signed: a dash and a short name
// up to the end of the line.
var signature = regexp.MustCompile(`^[\s\x{A0}]{0,3}([―—–])[ \x{A0}]?(\p{Lu}[^\n“”"]{1,60}?)[ \x{A0}.]*(?:\n|$)`)

// leftward is how many bytes after a quotation a signature may need.
const leftward = 160

// signed returns the quotations that stand on a line of their own and are signed
// by a dash and a name, as letters and readers' voices are:
//
//	“We have waited long enough.” — Lena Aster
func signed(doc *news.Document, held *holdings) []candidate {
	var list []candidate
	for _, q := range held.quotes {
		if q.Words < leastWords || !startsLine(doc.Text, q.Start) {
			continue
		}
		m := signature.FindStringSubmatchIndex(doc.Text[q.End:min(len(doc.Text), q.End+leftward)])
		if m == nil || words(doc.Text[q.End+m[4]:q.End+m[5]]) > 8 {
			continue
		}
		c := candidate{p: signedSure, path: [roles]float64{1, 1, 1}}
		c.spans[cue] = []news.Span{{Start: q.End + m[2], End: q.End + m[3]}}
		c.spans[source] = []news.Span{{Start: q.End + m[4], End: q.End + m[5]}}
		c.spans[content] = []news.Span{q.Span}
		c.piece, _ = slices.BinarySearchFunc(doc.Pieces, c.spans[cue][0].Start, func(p news.Piece, at int) int { return p.Start - at })
		list = append(list, c)
	}
	return list
}

// signedSure is how sure a signature is.
const signedSure = 0.97

// startsLine reports whether only space stands before at on its line.
func startsLine(text string, at int) bool {
	for at > 0 && (text[at-1] == ' ' || text[at-1] == '\t') {
		at--
	}
	return at == 0 || text[at-1] == '\n'
}

// sign puts the signed quotations in the place of what the network made of
// them: cues in the signatures go, and contents lose the quotations.
func sign(text string, found, signed []candidate) []candidate {
	if len(signed) == 0 {
		return found
	}
	var names, quoted []news.Span
	for _, s := range signed {
		names = append(names, news.Span{Start: s.spans[cue][0].Start, End: s.spans[source][0].End})
		quoted = append(quoted, s.spans[content][0])
	}
	kept := slices.DeleteFunc(found, func(c candidate) bool { return overlap(c.spans[cue], names) > 0 })
	for i := range kept {
		kept[i].spans[content] = without(text, kept[i].spans[content], quoted)
	}
	return append(kept, signed...)
}
