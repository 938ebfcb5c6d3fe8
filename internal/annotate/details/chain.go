package details

import (
	"strings"

	"whosaid/internal/news"
)

// The chain is who has it from whom, from the speaker to the page: a speaker
// told an outlet, which this article repeats. It is given only where the
// article says so of its main speaker, or in its first paragraphs of an outlet
// that reported: one remark to a paper in a long article makes no chain.

// A relay is an outlet through which a speaker's words came.
type relay struct {
	outlet  news.Span
	speaker string // key of the speaker; empty where it is the outlet's own report
	at      int    // the statement that says so
	count   int    // statements of that speaker
}

// least is the share of the article's statements that the speaker of a chain
// has, in hundredths.
const least = 25

// opening is how many sentences are the beginning of an article.
const opening = 6

// chain gives the links; nil where the article names no outlet between the
// speaker and itself.
func chain(doc *news.Document) []news.Teller {
	counts := map[string]int{}
	for i := range doc.Statements {
		if key := speakerKey(doc, &doc.Statements[i]); key != "" {
			counts[key]++
		}
	}
	best := relay{at: -1}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		outlet, ok := relayOf(doc, s)
		if !ok || own(doc, outlet) {
			continue
		}
		r := relay{outlet: outlet, speaker: speakerKey(doc, s), at: i}
		r.count = counts[r.speaker]
		early := sentenceAt(doc, outlet.Start) < opening
		if r.count*100 < least*len(doc.Statements) && !early {
			continue
		}
		if best.at < 0 || r.count > best.count {
			best = r
		}
	}
	if best.at < 0 {
		return nil
	}
	var links []news.Teller
	s := &doc.Statements[best.at]
	if len(s.Source) > 0 && !s.Source[0].Overlaps(best.outlet) {
		if t, ok := speaker(doc, s, best.speaker); ok {
			links = append(links, t)
		}
	}
	evidence := best.outlet
	name := outletName(best.outlet.Text(doc.Text))
	links = append(links, news.Teller{Name: name, Actor: actorAt(doc, best.outlet, name), Evidence: &evidence})
	return append(links, page(doc, name)...)
}

// page is who made the page: the byline, then the outlet.
func page(doc *news.Document, before string) []news.Teller {
	var links []news.Teller
	for _, name := range append(append([]string{}, doc.Authors...), doc.Outlet) {
		if name == "" || strings.EqualFold(name, before) || len(links) > 0 && strings.EqualFold(name, links[len(links)-1].Name) {
			continue
		}
		links = append(links, news.Teller{Name: name, Evidence: byline(doc, name)})
	}
	return links
}

// byline is where the name stands in a byline; nil if it does not.
func byline(doc *news.Document, name string) *news.Span {
	for _, b := range doc.Blocks {
		if b.Kind != news.Byline {
			continue
		}
		if i := strings.Index(b.Text(doc.Text), name); i >= 0 {
			return &news.Span{Start: b.Start + i, End: b.Start + i + len(name)}
		}
	}
	return nil
}

// own reports whether an outlet is the article's own.
func own(doc *news.Document, outlet news.Span) bool {
	name := outletName(outlet.Text(doc.Text))
	return doc.Outlet != "" && (strings.EqualFold(name, doc.Outlet) || strings.EqualFold("The "+name, doc.Outlet))
}

// relayOf finds the outlet to which a statement was made, or in which: "told
// BBC Farsi", "in an interview with …"; or which reported it itself.
func relayOf(doc *news.Document, s *news.Statement) (news.Span, bool) {
	for _, span := range []*news.Span{s.Venue, s.Addressee} {
		if span == nil {
			continue
		}
		if outlet, ok := outletIn(doc.Text, *span); ok {
			return outlet, true
		}
	}
	if len(s.Source) > 0 && s.Source[0].Len() < 80 && reporting(doc, s) {
		if outlet, ok := outletIn(doc.Text, s.Source[0]); ok {
			return outlet, true
		}
	}
	return news.Span{}, false
}

// reporting reports whether the cue is one of reports.
func reporting(doc *news.Document, s *news.Statement) bool {
	if len(s.Cue) == 0 {
		return false
	}
	cue := strings.ToLower(s.Cue[0].Text(doc.Text))
	return strings.Contains(cue, "report") || strings.Contains(cue, "according to") || strings.Contains(cue, "quot") || strings.Contains(cue, "cit")
}

// speakerKey tells speakers apart: the actor's id, or the last word of a source
// that is a name.
func speakerKey(doc *news.Document, s *news.Statement) string {
	if len(s.Speakers) > 0 && s.Speakers[0].Actor != "" {
		return s.Speakers[0].Actor
	}
	if len(s.Source) == 0 {
		return ""
	}
	words := sourceWords(doc, s)
	for i := len(words) - 1; i >= 0; i-- {
		if words[i].capped && !subjects[words[i].lower] {
			return words[i].lower
		}
	}
	return ""
}

// speaker is the first link: the actor behind the source, or the name in it.
func speaker(doc *news.Document, s *news.Statement, key string) (news.Teller, bool) {
	evidence := s.Source[0]
	if len(s.Speakers) > 0 && s.Speakers[0].Name != "" {
		return news.Teller{Name: s.Speakers[0].Name, Actor: s.Speakers[0].Actor, Evidence: &evidence}, true
	}
	// The fullest name among the sources of one key.
	best := ""
	for i := range doc.Statements {
		o := &doc.Statements[i]
		if len(o.Source) == 0 || speakerKey(doc, o) != key {
			continue
		}
		if name := nameIn(doc.Text, sourceWords(doc, o)); len(name) > len(best) {
			best, evidence = name, o.Source[0]
		}
	}
	return news.Teller{Name: best, Evidence: &evidence}, best != ""
}

// nameIn is the last run of capitalised words.
func nameIn(text string, words []word) string {
	end := len(words)
	for end > 0 && (!words[end-1].capped || subjects[words[end-1].lower]) {
		end--
	}
	start := end
	for start > 0 && words[start-1].capped && !subjects[words[start-1].lower] {
		start--
	}
	if start == end {
		return ""
	}
	return text[words[start].Start:words[end-1].End]
}

// actorAt is the actor whose mention stands at span, or who has the name.
func actorAt(doc *news.Document, span news.Span, name string) string {
	for _, a := range doc.Actors {
		if strings.EqualFold(a.Name, name) {
			return a.ID
		}
		for _, m := range a.Mentions {
			if m.Span == span {
				return a.ID
			}
		}
	}
	return ""
}
