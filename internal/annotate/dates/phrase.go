package dates

// phrase reads the expressions that begin with a word of their own: yesterday,
// last week, the past three months.
func (r *reader) phrase(i int, led bool) (expression, bool) {
	shift := func(n int, unit length, words int) (expression, bool) {
		return expression{shape: aShift, n: n, unit: unit, rel: this, end: i + words}, true
	}
	switch r.word(i) {
	case "the":
		return r.definite(i, led)
	case "a", "an":
		return r.counting(i)
	case "half":
		if r.is(i+1, "a") && r.at(i+2).word.class == unit && r.is(i+3, "ago") {
			return expression{shape: aVague, end: i + 4}, true
		}
	case "last", "this", "next", "past", "coming", "previous", "following", "current", "recent":
		return r.relative(i, false)
	case "that", "same":
		return r.same(i)
	case "yesterday":
		return shift(-1, dayLong, 1)
	case "today":
		if r.possessive(i+1) || r.at(i).upper && !r.first(i) {
			return expression{}, false
		}
		return shift(0, dayLong, 1)
	case "tonight":
		if r.at(i).upper && !r.first(i) || r.is(i-1, "the") {
			return expression{}, false
		}
		return shift(0, dayLong, 1)
	case "tomorrow":
		if r.possessive(i+1) || r.at(i).upper && !r.first(i) {
			return expression{}, false
		}
		return shift(1, dayLong, 1)
	case "final":
		return r.part(i)
	case "q1", "q2", "q3", "q4", "h1", "h2":
		return r.part(i)
	case "fiscal":
		if r.calendarYear(i+1, true) {
			return expression{shape: aYear, y: r.at(i + 1).n, end: i + 2}, true
		}
	case "christmas":
		switch {
		case r.is(i+1, "day"):
			return expression{shape: aDay, m: 12, d: 25, end: i + 2}, true
		case r.is(i+1, "eve"):
			return expression{shape: aDay, m: 12, d: 24, end: i + 2}, true
		}
	case "boxing":
		if r.is(i+1, "day") {
			return expression{shape: aDay, m: 12, d: 26, end: i + 2}, true
		}
	case "new":
		if r.is(i+1, "year") && r.apostrophe(i+2) && r.is(i+3, "s") {
			switch {
			case r.is(i+4, "day"):
				return expression{shape: aDay, m: 1, d: 1, end: i + 5}, true
			case r.is(i+4, "eve"):
				return expression{shape: aDay, m: 12, d: 31, end: i + 5}, true
			}
		}
	}
	return expression{}, false
}

// definite reads what begins with "the".
func (r *reader) definite(i int, led bool) (expression, bool) {
	j := i + 1
	t := r.at(j)
	switch t.word.text {
	case "day", "night", "week", "month", "year":
		switch {
		case t.word.text == "day" && r.is(j+1, "before") && r.is(j+2, "yesterday"):
			return expression{shape: aShift, n: -2, unit: dayLong, rel: this, end: j + 3}, true
		case t.word.text == "day" && r.is(j+1, "after") && r.is(j+2, "tomorrow"):
			return expression{shape: aShift, n: 2, unit: dayLong, rel: this, end: j + 3}, true
		case r.is(j+1, "before", "after") && r.closes(j+2):
			n := 1
			if r.is(j+1, "before") {
				n = -1
			}
			return expression{shape: anOffset, n: n, unit: length(t.word.value), end: j + 2}, true
		case t.word.text == "month" && r.is(j+1, "of"):
			if e, ok := r.month(j+2, true); ok && e.shape == aMonth {
				return e, true
			}
		case t.word.text == "year" && r.calendarYear(j+1, true):
			return expression{shape: aYear, y: r.at(j + 1).n, end: j + 2}, true
		case led && t.word.text != "day" && t.word.text != "night":
			return expression{shape: aUnit, rel: this, unit: length(t.word.value), fixed: true, end: j + 1}, true
		}
		return expression{}, false
	case "weekend":
		return expression{shape: aUnit, unit: weekendLong, end: j + 1}, true
	case "last", "next", "past", "coming", "previous", "following", "current", "recent":
		return r.relative(j, true)
	case "same":
		return r.same(j)
	}
	switch {
	case t.word.class == season:
		return r.season(j, led)
	case t.word.class == ordinal || t.word.text == "final" || t.word.text == "first":
		return r.part(j)
	case t.word.class == nineties:
		return expression{shape: aDecade, y: t.word.value, end: j + 1}, true
	case t.kind == number && t.tens && t.digits == 2:
		return r.shortYear(j, led)
	case r.apostrophe(j) && r.at(j+1).kind == number && r.at(j+1).glued:
		return r.shortYear(j+1, led)
	case t.kind == number && (t.nth || t.tens):
		return r.inNumbers(j, led)
	}
	return expression{}, false
}

// closes reports whether what stands at i ends a clause.
func (r *reader) closes(i int) bool {
	t := r.at(i)
	return t.kind == boundary || t.kind == mark && !r.apostrophe(i) && !r.dash(i) || r.is(i, "and", "but", "in", "at", "when", "he", "she", "they")
}

// relative reads what begins with last, this, next, past, coming, previous,
// following, current or recent. definite is whether "the" stands before.
func (r *reader) relative(i int, definite bool) (expression, bool) {
	w, j := r.word(i), i+1
	where := map[string]rel{
		"last": last, "past": last, "this": this, "current": this, "next": next, "coming": next,
		"previous": before, "following": after, "recent": last,
	}[w]
	if w == "this" && r.is(j, "past", "coming") {
		where = last
		if r.is(j, "coming") {
			where = next
		}
		w, j = r.word(j), j+1
	}
	t := r.at(j)
	switch t.word.class {
	case weekday:
		if w == "recent" || w == "current" || t.word.brief || !t.upper || w == "past" && definite {
			return expression{}, false
		}
		return expression{shape: aWeekday, wd: t.word.value, rel: where, end: j + 1}, true
	case month:
		if w == "recent" || w == "past" || w == "current" || t.word.brief || !t.upper || r.named[t.word.value] && w != "last" && w != "next" {
			return expression{}, false
		}
		if n := r.at(j + 1); n.kind == number && n.plain && n.digits <= 2 && n.n > 0 && n.n <= monthLength(2000, t.word.value) {
			return expression{shape: aDay, m: t.word.value, d: n.n, rel: where, end: j + 2}, true
		}
		return expression{shape: aMonth, m: t.word.value, rel: where, end: j + 1}, true
	case season:
		if w == "recent" || where == before || where == after {
			return expression{}, false
		}
		return expression{shape: aSeason, season: t.word.value, rel: where, end: j + 1}, true
	case unit:
		return r.unit(j, w, where, definite)
	case cardinal, vague:
		if w == "this" || w == "current" {
			return expression{}, false
		}
	}
	if r.is(j, "morning", "afternoon", "evening") {
		switch {
		case w == "this":
			return expression{shape: aShift, unit: dayLong, rel: this, end: j + 1}, true
		case definite && (w == "next" || w == "following"):
			return expression{shape: anOffset, n: 1, unit: dayLong, end: j + 1}, true
		}
		return expression{}, false
	}
	// the past three months, the next few days
	n, end, ok := r.count(j)
	if !ok || r.at(end).word.class != unit || w == "this" || w == "current" || w == "recent" {
		return expression{}, false
	}
	u := length(r.at(end).word.value)
	e := expression{shape: aStretch, n: n, unit: u, rel: where, end: end + 1}
	switch {
	case where == before || where == after:
		e.shape = aVague
	case r.is(e.end, "of"):
		return r.monthsOf(e)
	case where == last:
		e.n = -n
	}
	return e, true
}

// unit reads the unit at j, before which stands w.
func (r *reader) unit(j int, w string, where rel, definite bool) (expression, bool) {
	t := r.at(j)
	u := length(t.word.value)
	e := expression{shape: aUnit, unit: u, rel: where, end: j + 1}
	covering := r.is(j-2, "over", "during", "for", "within", "throughout", "in") || definite && r.is(j-3, "over", "during", "for", "within", "throughout", "in")
	switch {
	case t.word.many:
		if w != "past" && w != "coming" && w != "recent" {
			return expression{}, false
		}
		return expression{shape: aStretch, unit: u, rel: where, end: j + 1}, true
	case w == "recent":
		return expression{}, false
	case where == before || where == after || definite && w == "next" && !covering:
		if u == hours || u == weekendLong || u == quarterLong || u == decadeLong || u == centuryLong {
			return expression{}, false
		}
		n := 1
		if where == before {
			n = -1
		}
		return expression{shape: anOffset, n: n, unit: u, end: j + 1}, true
	case u == nightLong:
		if w != "last" || definite {
			return expression{}, false
		}
		return expression{shape: aShift, n: -1, unit: dayLong, rel: this, end: j + 1}, true
	case u == dayLong || u == hours || u == centuryLong:
		if u == dayLong && w == "last" && definite && r.is(j+1, "of") {
			return r.edge(j, "last")
		}
		return expression{}, false
	case definite && w == "last" && r.is(j+1, "of"):
		if inner, ok := r.core(j+2, true); ok && inner.shape != aVague {
			inner.part = "late"
			return inner, true
		}
		return expression{}, false
	case w == "past" || w == "coming" || definite && (w == "last" || w == "next"):
		if u == weekendLong {
			return e, true
		}
		e.shape, e.n = aStretch, 1
		if where == last {
			e.n = -1
		}
	}
	return e, true
}

// same reads that day, the same year.
func (r *reader) same(i int) (expression, bool) {
	t := r.at(i + 1)
	if t.word.class != unit || t.word.many {
		return expression{}, false
	}
	u := length(t.word.value)
	switch u {
	case nightLong:
		u = dayLong
	case dayLong, weekLong, monthLong, yearLong:
	default:
		return expression{}, false
	}
	return expression{shape: aSame, unit: u, end: i + 2}, true
}

// count reads a number of something, in words or figures; n is 0 where it is
// not told exactly.
func (r *reader) count(i int) (n, end int, ok bool) {
	t := r.at(i)
	switch {
	case t.kind == number && t.plain && !t.nth && !t.tens && t.digits <= 4 && t.n > 0:
		return t.n, i + 1, true
	case t.word.class == cardinal:
		n = t.word.value
		end = i + 1
		if n >= 20 && r.dash(end) && r.at(end+1).word.class == cardinal && r.at(end+1).word.value < 10 {
			n, end = n+r.at(end+1).word.value, end+2
		}
		if r.is(end, "and") && r.is(end+1, "a") && r.is(end+2, "half") {
			return 0, end + 3, true
		}
		if r.is(end, "or", "to") && r.at(end+1).word.class == cardinal {
			return 0, end + 2, true
		}
		return n, end, true
	case r.is(i, "a", "an"):
		if r.at(i+1).word.class == vague {
			return r.count(i + 1)
		}
		return 1, i + 1, true
	case t.word.class == vague:
		end = i + 1
		if r.is(end, "of") {
			end++
		}
		return 0, end, true
	}
	return 0, 0, false
}

// counting reads two years ago, a week later, months ago.
func (r *reader) counting(i int) (expression, bool) {
	n, j, ok := r.count(i)
	if !ok {
		n, j = 0, i // months ago
	}
	t := r.at(j)
	if t.word.class != unit || !ok && !t.word.many {
		return expression{}, false
	}
	u := length(t.word.value)
	if u == nightLong {
		u = dayLong
	}
	e := expression{shape: aShift, n: n, unit: u, rel: this, end: j + 2}
	switch {
	case r.is(j+1, "ago"):
		e.n = -n
	case n != 0 && r.is(j+1, "earlier", "later"):
		e.shape = anOffset
		if r.is(j+1, "earlier") {
			e.n = -n
		}
	case n != 0 && r.is(j+1, "before", "prior", "previously", "after", "afterwards", "afterward") && r.closes(j+2):
		e.shape = anOffset
		if r.is(j+1, "before", "prior", "previously") {
			e.n = -n
		}
	case r.is(j+1, "from") && r.is(j+2, "now", "today"):
		e.end = j + 3
	case r.is(j+1, "hence"):
	case r.apostrophe(j+1) && r.is(i-1, "in") && (r.is(j+2, "time") || r.is(j+2, "s") && r.is(j+3, "time")):
		e.end = j + 3
		if r.is(j+2, "s") {
			e.end++
		}
	default:
		return expression{}, false
	}
	if n == 0 || u < dayLong || u >= decadeLong || r.roughly(i) {
		e.shape = aVague
	}
	return e, true
}

// roughly reports whether the words before token i take back its exactness.
func (r *reader) roughly(i int) bool {
	switch {
	case r.is(i-1, "about", "around", "nearly", "almost", "roughly", "approximately", "over", "some"):
		return true
	case r.is(i-1, "to"):
		return r.is(i-2, "up")
	}
	if equal(r.text, r.at(i-1), "than") {
		return r.is(i-2, "more", "less")
	}
	return r.is(i-1, "least", "most") && r.is(i-2, "at")
}
