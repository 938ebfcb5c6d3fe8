// Package dates finds the dates that an article names and says which days,
// months or years they are, seen from the day of publication: last October, by
// 31 December, over recent months, two days earlier. It also finds the date
// that says when a statement was made.
//
// A value is as precise as the words and no more, and where the words or the
// day of publication leave it open there is none: a date without a value says
// that a time is named and that which one cannot be told.
//
//   - A day of the week is the last one on or before publication where the verb
//     speaks of the past, the next one on or after it where it speaks of what is
//     to come. "Last Monday" and "next Monday" are the nearest ones that are not
//     the day of publication itself.
//   - Weeks begin on Monday, as in ISO 8601. Seasons are those of the north;
//     for outlets of the south a season is known by its year alone.
//   - "Last October" in November may be either; so may 03/04/2022 where
//     nothing in the article tells days from months.
//   - Words in quotation marks count from the day they were spoken. Where the
//     article does not say when that was, it was within a week of publication,
//     or three days for a day of the week: "this year" is known then, "tomorrow"
//     is not.
//
// Reading is own work because the libraries at hand parse a date that has been
// found, by itself and to the day, and know neither deadlines, ranges, parts
// nor the tense of the sentence. Time is linear in the text.
package dates

import (
	"context"
	"sort"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Stage fills Document.Dates and the When of each statement.
func Stage() pipeline.Stage {
	return pipeline.Stage{
		Name:  "dates",
		Doc:   "Dates, ranges and deadlines, counted from the day of publication or of speaking, and when each statement was made.",
		Needs: []string{"text", "blocks", "sentences", "quotes", "statements"},
		Gives: []string{"dates"},
		Run: func(_ context.Context, doc *news.Document) error {
			Read(doc)
			return nil
		},
	}
}

// Read fills doc.Dates, in the order of the text and not overlapping, and the
// When of doc.Statements.
func Read(doc *news.Document) {
	s := newSetting(doc)
	s.read()
	s.published()
	s.order()
	s.cover()
	s.when()
	s.resolve()
	doc.Dates = nil
	at := make([]int, len(s.found)) // place in doc.Dates, or -1
	for i := range s.found {
		e := &s.found[i]
		at[i] = -1
		if e.shape == aSame && !e.resolved.known() {
			continue // "that day will come" names no date
		}
		at[i] = len(doc.Dates)
		doc.Dates = append(doc.Dates, news.Date{Span: e.span, Value: e.resolved.String(), Kind: e.kind})
	}
	for i := range doc.Statements {
		doc.Statements[i].When = nil
		if w := s.said[i]; w >= 0 && at[w] >= 0 {
			d := doc.Dates[at[w]]
			doc.Statements[i].When = &d
		}
	}
}

// A setting is an article being read.
type setting struct {
	reader
	doc       *news.Document
	anchor    anchor
	south     bool
	sentences []news.Span // token ranges [Start, End)
	covers    [][]int32   // of each expression: the statements whose content holds it
	cueCovers [][]int32   // of each statement: likewise for its cue
	said      []int       // of each statement: the expression that says when, or -1
}

func newSetting(doc *news.Document) *setting {
	s := &setting{doc: doc, south: southern(doc)}
	s.text = doc.Text
	s.tokens = make([]token, 0, len(doc.Text)/5)
	next, quote, scare := 0, 0, 0
	for _, b := range doc.Blocks {
		if b.Kind == news.Furniture {
			continue
		}
		first := len(s.tokens)
		s.tokens = tokens(s.tokens, doc.Text, b.Span)
		for i := first; i < len(s.tokens); i++ {
			t := &s.tokens[i]
			for next < len(doc.Sentences) && doc.Sentences[next].End <= t.Start && t.kind != boundary {
				next++
			}
			fresh := i == first || next < len(doc.Sentences) && i > first && t.Start >= doc.Sentences[next].Start && s.tokens[i-1].End <= doc.Sentences[next].Start
			if fresh {
				s.sentences = append(s.sentences, news.Span{Start: i, End: i})
			}
			t.sentence = int32(len(s.sentences) - 1)
			s.sentences[t.sentence].End = i + 1
			for quote < len(doc.Quotes) && (doc.Quotes[quote].Depth > 0 || doc.Quotes[quote].Scare || doc.Quotes[quote].End <= t.Start) {
				quote++
			}
			if quote < len(doc.Quotes) && doc.Quotes[quote].Contains(t.Span) && t.kind != boundary {
				t.quote = int32(quote + 1)
			}
			for scare < len(doc.Quotes) && (!doc.Quotes[scare].Scare || doc.Quotes[scare].End <= t.Start) {
				scare++
			}
			t.work = scare < len(doc.Quotes) && doc.Quotes[scare].Inner.Contains(t.Span) && unicode.IsUpper(firstRune(doc.Quotes[scare].Inner.Text(doc.Text)))
		}
	}
	return s
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// read finds the expressions and where they stand in the text.
func (s *setting) read() {
	s.reader.read()
	for i := range s.found {
		e := &s.found[i]
		e.span = news.Span{Start: s.tokens[e.start].Start, End: s.tokens[e.end-1].End}
	}
}

// cover finds, for each expression and each cue, the statements whose content
// holds it. Of more than a few the innermost are kept.
func (s *setting) cover() {
	type piece struct {
		news.Span
		statement int32
	}
	var contents []piece
	for i, st := range s.doc.Statements {
		if st.By == news.ByMarks {
			continue
		}
		for _, c := range st.Content {
			contents = append(contents, piece{c, int32(i)})
		}
	}
	sort.SliceStable(contents, func(i, j int) bool { return contents[i].Start < contents[j].Start })
	type asked struct {
		news.Span
		into *[]int32
	}
	s.covers = make([][]int32, len(s.found))
	s.cueCovers = make([][]int32, len(s.doc.Statements))
	var all []asked
	for i := range s.found {
		all = append(all, asked{s.found[i].span, &s.covers[i]})
	}
	for i, st := range s.doc.Statements {
		if len(st.Cue) > 0 {
			all = append(all, asked{st.Cue[0], &s.cueCovers[i]})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	const most = 8
	var open []piece
	next := 0
	for _, a := range all {
		for next < len(contents) && contents[next].Start <= a.Start {
			open = append(open, contents[next])
			next++
			if len(open) > 4*most {
				open = open[:copy(open, open[len(open)-most:])]
			}
		}
		kept := open[:0]
		for _, p := range open {
			if p.End > a.Start {
				kept = append(kept, p)
				if p.Contains(a.Span) {
					*a.into = append(*a.into, p.statement)
				}
			}
		}
		open = kept
	}
}

// resolve gives every expression its value: first those of the outlet's own
// words, then those inside what somebody said, then those inside that.
func (s *setting) resolve() {
	depth, deepest := 0, 0
	for _, c := range s.covers {
		deepest = max(deepest, len(c))
	}
	for ; depth <= deepest; depth++ {
		for i := range s.found {
			if len(s.covers[i]) == depth {
				s.resolveOne(i)
			}
		}
	}
}

func (s *setting) resolveOne(i int) {
	e := &s.found[i]
	m := moment{anchor: s.anchor, south: s.south}
	m.tense, m.near = s.tense(e)
	if e.preposition != "" && m.tense == 0 {
		m.tense = future
	}
	m.ref = s.before(i)
	e.deadline(m.tense)
	m.anchor = s.spoken(i, e, m)
	if y, ok := s.inherited(i, e, m); ok {
		m.anchor = y
		if !y.known {
			e.kind = kindOf(e, "point")
			return
		}
	}
	v, kind := resolve(e, m)
	if e.by && v.known() && (e.part == "end" || e.part == "late" && e.shape == aUnit) && e.shape != aRange {
		v = single(pointOf(v.to.last()))
	}
	e.resolved = v
	e.kind = kindOf(e, kind)
	e.span = news.Span{Start: s.tokens[e.start].Start, End: s.tokens[e.end-1].End}
}

func kindOf(e *expression, kind string) string {
	switch {
	case e.by:
		return "deadline"
	case e.wide():
		return "range"
	}
	return kind
}

// deadline settles whether a date after by, before or until is one: not where
// it has passed already (by Monday 20 had died). Where it is, the preposition is
// part of it, else it is not.
func (e *expression) deadline(t sense) {
	to := t == future || t == would || t == present
	switch e.preposition {
	case "by":
		if t == past {
			e.by = false
		}
		if !e.by && e.shape != aRange {
			e.start++
		}
	case "before", "until", "till":
		e.by = to
		if !to {
			e.start++
		}
	}
}

// before is the value of the last date named before expression i, in its
// paragraph or the one before it.
func (s *setting) before(i int) value {
	breaks := 0
	for j := i - 1; j >= 0 && j >= i-8; j-- {
		e := &s.found[j]
		for k := e.end; k < s.found[j+1].start && breaks < 2; k++ {
			if s.tokens[k].kind == boundary {
				breaks++
			}
		}
		if breaks >= 2 {
			break
		}
		if e.resolved.known() && !e.attribute && e.shape != aDecade && e.shape != aCentury {
			return e.resolved
		}
	}
	return value{}
}

// spoken is the moment that expression i counts from.
func (s *setting) spoken(i int, e *expression, m moment) anchor {
	quoted := s.tokens[e.start].quote != 0
	said := anchor{}
	if c := s.covers[i]; len(c) > 0 {
		if w := s.said[c[len(c)-1]]; w >= 0 {
			said = anchorOf(s.found[w].resolved)
		}
	}
	switch {
	case !s.anchor.known:
		return said
	case said.known && (quoted || !e.speaks()):
		return said
	case quoted && s.anchor.last-s.anchor.first < 7:
		near := s.anchor
		near.first -= 7
		if e.shape == aWeekday {
			near.first += 4
		}
		if !e.speaks() && e.shape != aWeekday {
			near.first = near.last
		}
		return near
	case m.tense == would && e.shape == aWeekday && e.rel == none:
		near := s.anchor
		near.first -= 2
		return near
	}
	return s.anchor
}

// inherited looks whether a day or month without a year has its year from the
// date before it: arrested in March 2015 and released on 5 June. ok is whether
// there is such a date; where it is not sure that it counts, the anchor is
// none.
func (s *setting) inherited(i int, e *expression, m moment) (a anchor, ok bool) {
	if e.shape != aDay && e.shape != aMonth || e.absolute() || e.year != nil || e.rel != none || e.order[0] != 0 || e.fixed {
		return anchor{}, false
	}
	if i == 0 || !s.anchor.known || m.tense != past && m.tense != would {
		return anchor{}, false
	}
	p := &s.found[i-1]
	if !p.resolved.known() || p.resolved.stretch && p.shape != aRange || p.shape == aDecade || len(s.covers[i-1]) > len(s.covers[i]) {
		return anchor{}, false
	}
	from := p.resolved.from
	at, _, _ := s.anchor.last.civil()
	if from.y >= at || from.y == at-1 && p.shape != aYear && p.shape != aUnit && p.y == 0 {
		return anchor{}, false
	}
	between, joined, paragraph := e.start-p.end, false, true
	for k := p.end; k < e.start && k < p.end+60; k++ {
		t := &s.tokens[k]
		paragraph = paragraph && t.kind != boundary
		joined = joined || s.is(k, "and", "before", "until", "till", "to", "then")
	}
	if between >= 60 || !paragraph {
		return anchor{}, false
	}
	same := s.tokens[p.end-1].sentence == s.tokens[e.start].sentence
	if same && m.tense == would && !p.attribute && between <= 25 {
		return anchorOf(p.resolved), true
	}
	if same && (between <= 3 || joined && !p.attribute && between <= 25) {
		first := from.first()
		return anchor{first: first, last: first, known: true}.within(e), true
	}
	if p.attribute {
		return anchor{}, false
	}
	// After an old date a day close to publication is of now, another unsure.
	now := m
	now.anchor = s.anchor
	v := e.on(now)
	if v.known() && v.from.last() > s.anchor.first-60 {
		return anchor{}, false
	}
	return anchor{}, true
}

// within makes e resolve to its first day on or after a.
func (a anchor) within(e *expression) anchor {
	e.rel = next
	if e.shape == aMonth {
		y, m, _ := a.first.civil()
		if e.m < m {
			y++
		}
		e.y = y
	}
	return a
}
