package dates

import "fmt"

// modified reads early 2020, mid-June, later this month, the end of the year.
func (r *reader) modified(i int, led bool) (expression, bool) {
	j := i
	the := r.is(i, "the")
	if the {
		j++
	}
	w := r.word(j)
	switch w {
	case "early", "late", "mid":
		j++
		if r.dash(j) && r.at(j).glued {
			j++
		}
	case "earlier", "later":
		if the {
			return expression{}, false
		}
		j++
	case "beginning", "start", "end", "middle", "close":
		switch {
		case r.is(j+1, "of"):
			j += 2
		case w == "end" && r.dash(j+1) && r.at(j+1).glued:
			j += 2
		default:
			return expression{}, false
		}
		inner, ok := r.simple(j, true)
		return r.bounded(inner, ok, w)
	case "year", "month", "week":
		// year-end, by the year's end
		unit := expression{shape: aUnit, rel: this, fixed: true}
		for u, text := range map[length]string{yearLong: "year", monthLong: "month", weekLong: "week"} {
			if text == w {
				unit.unit = u
			}
		}
		j++
		switch {
		case r.dash(j) && r.is(j+1, "end"):
			j++
		case r.possessive(j) && r.is(j+1, "s") && r.is(j+2, "end"):
			j += 2
		default:
			return expression{}, false
		}
		unit.end, unit.part = j+1, "end"
		return unit, true
	default:
		return expression{}, false
	}
	if r.is(j, "on", "in") {
		j++
	}
	if r.is(j, "spring", "fall") && !r.at(j+1).upper && r.at(j+1).kind == letters && !r.at(j+1).word.link {
		return expression{}, false
	}
	inner, ok := r.timed(j)
	if !ok {
		inner, ok = r.simple(j, true)
	}
	if !ok || inner.shape == 0 || inner.shape == anOffset || inner.shape == aVague || inner.shape == aStretch {
		return expression{}, false
	}
	if inner.part == "" {
		inner.part = w
	}
	return inner, true
}

// bounded is the start, middle or end of inner.
func (r *reader) bounded(inner expression, ok bool, part string) (expression, bool) {
	if !ok || inner.shape == 0 || inner.shape == aVague || inner.shape == anOffset || inner.shape == aDay || inner.shape == aWeekday || inner.shape == aShift {
		return expression{}, false
	}
	inner.part = part
	if part == "close" {
		inner.part = "end"
	}
	return inner, true
}

// timed reads a time of the day with the day it is on: 9am on Monday, 14:30 GMT
// Tuesday, noon on 5 May.
func (r *reader) timed(i int) (expression, bool) {
	j, at, roughly := i+1, "", r.roughly(i) || r.is(i-1, "after", "before", "by", "until", "since")
	switch {
	case r.at(i).kind == clock:
		at = clockOf(r.at(i).n)
		switch {
		case r.is(j, "gmt", "utc"):
			at += "Z"
			j++
		case r.is(j, "local"):
			j++
			if r.is(j, "time") {
				j++
			}
		case r.is(j, "est", "edt", "et", "pst", "bst", "cet"):
			j++
		}
		if r.sym(j) == '(' { // 9am (0700 GMT) on Monday
			k := j
			for k < j+5 && r.sym(k) != ')' {
				k++
			}
			if r.sym(k) == ')' {
				j = k + 1
			}
		}
	case r.is(i, "noon", "midday"):
		at = "12:00"
	case r.is(i, "midnight"):
	default:
		return expression{}, false
	}
	if r.sym(j) == ',' {
		j++
	}
	if r.is(j, "on") {
		j++
	}
	e, ok := r.simple(j, false)
	if !ok || !e.daily() {
		return expression{}, false
	}
	if !roughly && e.clock == "" {
		e.clock = at
	}
	return e, true
}

func clockOf(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// daily reports whether e names one day.
func (e *expression) daily() bool {
	return e.shape == aDay || e.shape == aWeekday || e.shape == aShift && e.unit == dayLong
}

// tail reads what says when in the day: Monday morning, Monday at 9am.
func (r *reader) tail(e *expression) {
	if !e.daily() {
		return
	}
	j := e.end
	if r.is(j, "morning", "afternoon", "evening", "night") && !r.at(j).upper {
		e.end = j + 1
		return
	}
	if e.clock != "" {
		return
	}
	if r.sym(j) == ',' && r.at(j+1).kind == clock {
		j++
	}
	at := r.is(j, "at")
	if at {
		j++
	}
	t := r.at(j)
	if t.kind != clock || r.at(j+1).kind == letters && !r.at(j+1).word.link && !r.is(j+1, "gmt", "utc", "local") {
		return
	}
	e.clock, e.end = clockOf(t.n), j+1
	switch {
	case r.is(j+1, "gmt", "utc"):
		e.clock, e.end = e.clock+"Z", j+2
	case r.is(j+1, "local") && r.is(j+2, "time"):
		e.end = j + 3
	}
}

// season reads summer 2021, the spring of 2015, in the winter, the winter of
// 2015-16.
func (r *reader) season(i int, led bool) (expression, bool) {
	t := r.at(i)
	if t.upper && r.at(i-1).kind == letters && r.at(i-1).upper && r.at(i-1).word == strange {
		return expression{}, false // Arab Spring
	}
	e := expression{shape: aSeason, season: t.word.value, end: i + 1}
	j := i + 1
	if r.is(j, "of") {
		j++
	}
	switch {
	case r.calendarYear(j, true):
		years, _ := r.years(j)
		e.y, e.end = r.at(j).n, years.end
		if years.shape == aRange {
			if t.word.value != 3 {
				return expression{}, false
			}
			e.fixed = true
		}
		return e, true
	case r.apostrophe(j) && r.at(j+1).kind == number:
		if y, ok := r.shortYear(j+1, true); ok && y.shape == aYear {
			e.year, e.end = &y, y.end
			return e, true
		}
	}
	if year, ok := r.yearInWords(i + 1); ok {
		e.year, e.end = year, year.end
		return e, true
	}
	if t.word.text == "fall" || r.is(i+1, "of") {
		return expression{}, false
	}
	k := i - 1
	if r.is(k, "the") {
		k--
	}
	next := r.at(i + 1)
	if next.kind == letters && !next.word.link || t.upper {
		return expression{}, false // spring water, the summer games
	}
	if led || r.is(k, "in", "by", "over", "during", "until", "since", "before", "after", "early", "late", "mid") {
		return e, true
	}
	return expression{}, false
}

// part reads the third quarter of 2021, the first half of last year, Q3 2021,
// the 19th century, the first day of May.
func (r *reader) part(i int) (expression, bool) {
	t := r.at(i)
	e := expression{shape: aPart}
	w := t.word.text
	j := i + 1
	if len(w) == 2 && (w[0] == 'q' || w[0] == 'h') {
		if !t.upper {
			return expression{}, false
		}
		size := 3
		if w[0] == 'h' {
			size = 6
		}
		n := int(w[1] - '0')
		e.m, e.m2, e.end = (n-1)*size+1, n*size, j
		return r.partOf(e, true)
	}
	n := t.word.value
	if t.kind == number {
		n = t.n
	}
	if r.dash(j) && r.at(j+1).word.text == "century" {
		j++
	}
	switch next := r.at(j); next.word.text {
	case "century":
		if n < 10 || n > 21 || r.is(j+1, "bc", "bce") {
			return expression{}, false
		}
		return expression{shape: aCentury, y: n, end: j + 1}, true
	case "quarter":
		if w == "final" {
			n = 4
		}
		if n < 1 || n > 4 {
			return expression{}, false
		}
		e.m, e.m2, e.end = n*3-2, n*3, j+1
		return r.partOf(e, false)
	case "half":
		if n < 1 || n > 2 {
			return expression{}, false
		}
		e.m, e.m2, e.end = n*6-5, n*6, j+1
		return r.partOf(e, false)
	case "day":
		if n == 1 && r.is(j+1, "of") {
			return r.edge(j, "first")
		}
	case "week", "weekend":
		if (n == 1 || n == 2 || n == 3 || n == 4) && r.is(j+1, "of", "in") {
			if inner, ok := r.core(j+2, true); ok && inner.shape == aMonth {
				inner.part = "early"
				return inner, true
			}
		}
	}
	// the first three months of 2021
	count, end, ok := r.count(j)
	if ok && n == 1 && r.at(end).word.class == unit && r.at(end).word.value == int(monthLong) && count > 0 && count < 12 {
		e.m, e.m2, e.end = 1, count, end+1
		return r.partOf(e, false)
	}
	return expression{}, false
}

// monthsOf reads on from "the last three months" at "of 2021".
func (r *reader) monthsOf(e expression) (expression, bool) {
	if e.unit != monthLong || e.rel != last || e.n < 1 || e.n > 11 {
		return expression{}, false
	}
	return r.partOf(expression{shape: aPart, m: 13 - e.n, m2: 12, end: e.end}, false)
}

// partOf reads the year of a quarter or a half. Without one it may be that of a
// match, and is no date.
func (r *reader) partOf(e expression, bare bool) (expression, bool) {
	j := e.end
	if r.is(j, "of", "in") {
		j++
	}
	if r.calendarYear(j, true) {
		e.y, e.end = r.at(j).n, j+1
		return e, true
	}
	if year, ok := r.yearInWords(e.end); ok {
		e.year, e.end = year, year.end
		return e, true
	}
	if r.is(e.end, "of") && r.is(j, "the") && r.is(j+1, "year") && !r.possessive(j+2) {
		e.year = &expression{shape: aUnit, rel: this, unit: yearLong, fixed: true}
		e.end = j + 2
		return e, true
	}
	if r.is(e.end, "of") && r.is(j, "the") && r.at(j+1).word.class == ordinal && r.is(j+2, "century") {
		if c, ok := r.part(j + 1); ok {
			return c, true
		}
	}
	if !bare {
		return expression{}, false
	}
	e.shape = aVague
	return e, true
}

// edge reads the first day of May, the last day of the year; "day" is at j.
func (r *reader) edge(j int, which string) (expression, bool) {
	inner, ok := r.core(j+2, true)
	if !ok || inner.shape != aMonth && inner.shape != aYear && (inner.shape != aUnit || inner.unit != yearLong && inner.unit != monthLong) {
		return expression{}, false
	}
	inner.part = which
	return inner, true
}
