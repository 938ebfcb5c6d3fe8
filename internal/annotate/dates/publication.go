package dates

import (
	"strings"

	"whosaid/internal/news"
)

// published settles the day that the article counts from: its dateline where it
// has one of the days before publication, else the day of publication, else the
// date in the byline.
func (s *setting) published() {
	p, ok := isoPoint(s.doc.Published)
	if ok {
		s.anchor = anchor{first: p.first(), last: p.last(), known: true}
	}
	if line, ok := s.dateline(); ok {
		switch {
		case !s.anchor.known && line.known:
			s.anchor = line
		case s.anchor.known && line.known && line.first >= s.anchor.first-10 && line.first <= s.anchor.last:
			s.anchor = line
		}
	}
	if s.anchor.known && s.anchor.first == s.anchor.last {
		return
	}
	for i := range s.found {
		e := &s.found[i]
		if e.shape != aDay || !e.absolute() || s.kind(e) != news.Byline {
			continue
		}
		d := point{y: e.y, m: e.m, d: e.d}.first()
		if !s.anchor.known || d >= s.anchor.first && d <= s.anchor.last {
			s.anchor = anchor{first: d, last: d, known: true}
			return
		}
	}
}

// kind is that of the block that e stands in.
func (s *setting) kind(e *expression) news.BlockKind {
	for _, b := range s.doc.Blocks {
		if b.Contains(e.span) {
			return b.Kind
		}
		if b.Start > e.span.Start {
			break
		}
	}
	return news.Paragraph
}

// datelineLength is how many tokens into the first paragraph a dateline's dash
// may stand.
const datelineLength = 16

// dateline reads the date of "BAGHDAD, Jan. 20 (HNS) —".
func (s *setting) dateline() (anchor, bool) {
	var start int
	found := false
	for _, b := range s.doc.Blocks {
		if b.Kind == news.Paragraph {
			start, found = b.Start, true
			break
		}
	}
	if !found {
		return anchor{}, false
	}
	for i := range s.found {
		e := &s.found[i]
		if e.span.Start < start {
			continue
		}
		if e.shape != aDay || e.needsRef() || e.order[0] != 0 {
			return anchor{}, false
		}
		first := e.start
		for first > 0 && s.tokens[first-1].kind != boundary && e.start-first < datelineLength {
			first--
		}
		if s.tokens[first].Start != start || !shouted(s.tokens[first].Text(s.text)) {
			return anchor{}, false
		}
		ended := false
		for j := e.end; j < first+datelineLength && !ended; j++ {
			ended = s.dash(j) && s.sym(j) != '-' || s.sym(j) == '-' && !s.at(j).glued || s.sym(j) == ':'
		}
		if !ended {
			return anchor{}, false
		}
		v := e.resolveDateline(s.anchor)
		return anchorOf(v), v.known()
	}
	return anchor{}, false
}

// resolveDateline is the last such day on or before the day of publication.
func (e *expression) resolveDateline(published anchor) value {
	e.forced = past
	return e.on(moment{anchor: published, tense: past})
}

// shouted reports whether s is all in capitals, as places in datelines are.
func shouted(s string) bool { return len(s) > 2 && strings.ToUpper(s) == s && strings.ToLower(s) != s }

// order tells for dates in figures which of two is the month: by one that can
// be read in one way only, else by where the outlet is.
func (s *setting) order() {
	days, months := 0, 0 // dates that begin with the day, with the month
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind != numeric || t.digits == 4 || t.n > 31 {
			continue
		}
		if t.n > 12 && t.b <= 12 {
			days++
		}
		if t.b > 12 && t.n <= 12 {
			months++
		}
	}
	dayFirst, monthFirst := days > 0 && months == 0, months > 0 && days == 0
	if days == 0 && months == 0 {
		dayFirst, monthFirst = home(s.doc)
	}
	for i := range s.found {
		for _, e := range []*expression{&s.found[i], s.found[i].a, s.found[i].b} {
			if e == nil || e.order[0] == 0 {
				continue
			}
			switch {
			case dayFirst:
				e.d, e.m = e.order[0], e.order[1]
			case monthFirst:
				e.m, e.d = e.order[0], e.order[1]
			default:
				continue
			}
			e.order = [3]int{}
		}
	}
}

// home tells by an outlet's address whether its country writes the day first.
func home(doc *news.Document) (dayFirst, monthFirst bool) {
	switch host := host(doc); host[strings.LastIndexByte(host, '.')+1:] {
	case "uk", "ie", "au", "nz", "in", "pk", "za", "ng", "ke", "eg", "iq", "lb", "jo", "sa", "ae", "qa", "om", "kw", "bh", "tr", "il", "ps", "sy", "ye", "ma",
		"fr", "de", "it", "es", "pt", "nl", "be", "ch", "at", "pl", "ru", "ua", "gr", "dk", "no", "fi", "ro", "cz", "sg", "my", "br", "ar", "mx", "scot":
		return true, false
	case "us", "gov", "mil":
		return false, true
	}
	return false, false
}

// southern reports whether the outlet is in a country whose summer is in
// January.
func southern(doc *news.Document) bool {
	switch host := host(doc); host[strings.LastIndexByte(host, '.')+1:] {
	case "au", "nz", "za", "ar", "cl", "uy", "bw", "na", "zw", "fj":
		return true
	}
	return false
}

// host is the name of the outlet's server, from the article's address, else
// from the outlet's name where that is one.
func host(doc *news.Document) string {
	h := doc.URL
	if _, rest, ok := strings.Cut(h, "://"); ok {
		h = rest
	} else {
		h = doc.Outlet
	}
	h, _, _ = strings.Cut(h, "/")
	h, _, _ = strings.Cut(h, ":")
	return strings.ToLower(strings.TrimSpace(h))
}
