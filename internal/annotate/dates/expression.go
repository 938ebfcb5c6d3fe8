package dates

import "whosaid/internal/news"

// A shape is a way in which words name a time.
type shape uint8

const (
	aDay     shape = iota + 1 // 20 January 2022, 20 January
	aMonth                    // March 2015, in March
	aYear                     // 2015
	aWeekday                  // Monday, last Monday
	aUnit                     // last week, this month, next year
	aShift                    // two years ago, yesterday, tonight
	anOffset                  // two days earlier: from the date named before
	aSame                     // that day, the same year
	aDecade                   // the 1990s
	aCentury                  // the 19th century
	aSeason                   // last summer, the summer of 2015
	aPart                     // the third quarter of 2021, the first half of last year
	aStretch                  // the past three months, recent weeks
	aRange                    // between 2003 and 2011, 3-5 May
	aLimit                    // within two weeks
	aVague                    // a few days ago: a time, but no telling which
)

// rel is where a time lies, seen from the anchor.
type rel int8

const (
	none   rel = iota
	last       // before it
	this       // around it
	next       // after it
	before     // before the date named before (the previous Monday)
	after      // after it (the following Monday)
)

// An expression is what the words say, before anything is made of it.
type expression struct {
	shape
	start, end  int  // tokens [start, end)
	y, m, d     int  // year, month, day; 0 for what is not told
	m2          int  // of aPart: the last month
	wd          int  // weekday, 0 for Sunday
	fixed       bool // counts by itself: the weekday tells the year, the year is the running one
	adverb      bool // of a day: "on" stands before it
	n           int  // how many units; negative before
	unit        length
	rel         rel
	season      int
	clock       string
	part        string // early, late, mid, start, end, middle
	a, b        *expression
	year        *expression // the year of a month, quarter or season, where it is told in words (last year)
	by          bool        // a deadline, by its own words
	preposition string      // before, until: a deadline if it is to come
	attribute   bool        // part of a name or before a noun: the 2019 election
	order       [3]int      // the figures of a date in figures that may be read in two ways
	forced      sense       // past or future where the words themselves tell
	span        news.Span

	resolved value
	kind     string
}

// needsRef reports whether e counts from a date named before it.
func (e *expression) needsRef() bool {
	return e.shape == anOffset || e.shape == aSame || e.rel == before || e.rel == after
}

// speaks reports whether e counts from the moment of speaking: yesterday, last
// week, two years ago.
func (e *expression) speaks() bool {
	switch e.shape {
	case aShift, aUnit, aStretch, aLimit:
		return true
	case aWeekday, aMonth, aSeason, aDay:
		return e.rel == last || e.rel == this || e.rel == next || e.year != nil && e.year.speaks()
	case aPart:
		return e.year != nil && e.year.speaks()
	case aRange:
		return e.a.speaks() || e.b.speaks()
	}
	return false
}
