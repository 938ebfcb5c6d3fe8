package details

import (
	"strings"

	"whosaid/internal/news"
)

// carryOver gives a statement the addressee or the venue of the one before it,
// where the same speaker goes on in the same sentence or the next: a quotation
// that continues, "he added", "saying that". A speaker who goes on in a new
// sentence without quotation marks is no longer taken to speak to the same
// people.
func carryOver(doc *news.Document) {
	for i := 1; i < len(doc.Statements); i++ {
		s, before := &doc.Statements[i], &doc.Statements[i-1]
		if len(s.Content) == 0 || s.Parent != "" || !sameSpeaker(doc, before, s) {
			continue
		}
		apart := sentencesApart(doc, before, s)
		sameParagraph := !strings.Contains(between(doc, before, s), "\n\n")
		if s.Venue == nil && before.Venue != nil && (apart == 0 || apart == 1 && (sameParagraph || s.Form != news.Indirect)) && !tweeted(doc, s) {
			s.Venue = before.Venue
		}
		quoted := s.Form == news.Direct
		if s.Addressee == nil && before.Addressee != nil && s.Kind != "question" && (apart == 0 || apart == 1 && quoted) && !passiveAsk(doc, before) {
			s.Addressee = before.Addressee
		}
	}
}

// between is the text from the end of one statement to the start of the next.
func between(doc *news.Document, a, b *news.Statement) string {
	_, end := extent(a)
	start, _ := extent(b)
	return doc.Text[min(end, start):start]
}

// extent is from the first byte of a statement to its last.
func extent(s *news.Statement) (start, end int) {
	start = 1 << 62
	for _, list := range [][]news.Span{s.Source, s.Cue, s.Content} {
		for _, span := range list {
			start, end = min(start, span.Start), max(end, span.End)
		}
	}
	return start, end
}

// tweeted reports whether the cue says itself where it was said.
func tweeted(doc *news.Document, s *news.Statement) bool {
	return len(s.Cue) > 0 && strings.Contains(strings.ToLower(s.Cue[0].Text(doc.Text)), "tweet")
}

// passiveAsk reports whether s is a question put to somebody who then answers:
// the answer is not to the one asked.
func passiveAsk(doc *news.Document, s *news.Statement) bool {
	return len(s.Source) == 0 && s.Addressee != nil && len(s.Cue) > 0 && strings.Contains(strings.ToLower(s.Cue[0].Text(doc.Text)), "ask")
}

// sameSpeaker reports whether two statements have one speaker: the same actor,
// or, where that is not known, a name in common or a pronoun in the second.
func sameSpeaker(doc *news.Document, a, b *news.Statement) bool {
	if len(a.Speakers) > 0 && len(b.Speakers) > 0 && a.Speakers[0].Actor != "" && b.Speakers[0].Actor != "" {
		return a.Speakers[0].Actor == b.Speakers[0].Actor
	}
	if len(b.Source) == 0 {
		return len(a.Source) == 0 && b.By == news.ByMarks
	}
	if len(a.Source) == 0 {
		return false
	}
	x, y := sourceWords(doc, a), sourceWords(doc, b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(y) == 1 && subjects[y[0].lower] {
		return y[0].lower != "they" || !subjects[x[0].lower] || x[0].lower == "they"
	}
	if a.Source[0] == b.Source[0] {
		return true
	}
	for _, w := range y {
		if !w.capped || len(w.lower) < 3 || abbreviations[strings.TrimSuffix(w.lower, ".")] {
			continue
		}
		for _, v := range x {
			if v.lower == w.lower {
				return true
			}
		}
	}
	return len(x) == 1 && subjects[x[0].lower] && len(y) <= 2 && y[0].capped
}

// longestSource is how many bytes of a source are compared.
const longestSource = 120

func sourceWords(doc *news.Document, s *news.Statement) []word {
	span := s.Source[0]
	span.End = min(span.End, span.Start+longestSource)
	for span.End > span.Start && span.End < len(doc.Text) && doc.Text[span.End]&0xC0 == 0x80 {
		span.End--
	}
	return wordsOf(doc.Text, span)
}

// sentencesApart is how many sentences lie between the end of a statement and
// the beginning of the next; 0 where they share one.
func sentencesApart(doc *news.Document, a, b *news.Statement) int {
	_, end := extent(a)
	start, _ := extent(b)
	return max(0, sentenceAt(doc, start)-sentenceAt(doc, max(0, end-1)))
}
