package dates

// A moment is what an expression is resolved against.
type moment struct {
	anchor
	tense sense
	near  int   // tokens between the expression and what told its tense
	ref   value // the date named before it, for "two days earlier"
	south bool  // seasons are those of the southern half of the world, or may be
}

// resolve says what e stands for, and what kind of date it is.
func resolve(e *expression, m moment) (value, string) {
	v := e.on(m)
	kind := "point"
	if v.stretch || e.wide() {
		kind = "range"
	}
	if v.known() && !sensible(v) {
		v = value{}
	}
	return v, kind
}

// sensible reports whether v lies within the years that ISO 8601 writes with
// four figures.
func sensible(v value) bool {
	return v.from.y >= 1000 && v.to.y <= 9999 && (!v.stretch || v.from.first() <= v.to.last())
}

// wide reports whether e is a stretch of time, even where its value is not
// known.
func (e *expression) wide() bool {
	switch e.shape {
	case aStretch, aRange, aDecade, aCentury, aSeason, aPart:
		return true
	case aUnit:
		return e.unit == weekLong || e.unit == weekendLong || e.unit == quarterLong || e.unit == decadeLong
	}
	return false
}

// absolute reports whether e says all by itself.
func (e *expression) absolute() bool {
	switch e.shape {
	case aDay, aMonth, aYear:
		return e.y >= 1000 && e.year == nil
	case aDecade, aCentury:
		return true
	case aSeason, aPart:
		return e.y != 0
	case aRange:
		return e.a.absolute() && e.b.absolute()
	}
	return false
}

// on is the value of e at m: one that holds on the first day of the anchor and
// on the last, or none.
func (e *expression) on(m moment) value {
	if e.shape == aVague {
		return value{}
	}
	if e.needsRef() {
		return e.fromRef(m)
	}
	if e.absolute() {
		return e.from(0, m)
	}
	if !m.known {
		return value{}
	}
	first := e.from(m.first, m)
	if m.first != m.last && e.from(m.last, m) != first {
		return value{}
	}
	return first
}

// from is the value of e for words of day at.
func (e *expression) from(at day, m moment) value {
	y, _, _ := at.civil()
	switch e.shape {
	case aDay:
		return e.dayFrom(at, m)
	case aMonth:
		return e.monthFrom(at, m)
	case aYear:
		if e.fixed { // ’68
			century := y / 100 * 100
			if e.y > y%100 {
				century -= 100
			}
			return single(point{y: century + e.y})
		}
		return single(point{y: e.y})
	case aWeekday:
		return e.weekdayFrom(at, m)
	case aShift:
		return shifted(at, e.n, e.unit, e.clock)
	case aUnit:
		return e.unitFrom(at, m)
	case aDecade:
		return stretch(point{y: e.y}, point{y: e.y + 9})
	case aCentury:
		if e.fixed { // the 1800s
			return stretch(point{y: e.y * 100}, point{y: e.y*100 + 99})
		}
		return stretch(point{y: e.y*100 - 99}, point{y: e.y * 100})
	case aSeason:
		return e.seasonFrom(at, m)
	case aPart:
		year := e.y
		if e.year != nil {
			year = e.year.from(at, m).from.y
		}
		if year == 0 {
			return value{}
		}
		return stretch(point{y: year, m: e.m}, point{y: year, m: e.m2})
	case aStretch:
		return e.stretchFrom(at)
	case aRange:
		return e.rangeFrom(at, m)
	case aLimit:
		if m.tense == past || m.tense == 0 {
			return value{}
		}
		v := shifted(at, e.n, e.unit, "")
		if e.unit == weekLong {
			return single(pointOf(at + day(7*e.n)))
		}
		return v
	}
	return value{}
}

// dayFrom resolves a day of the calendar.
func (e *expression) dayFrom(at day, m moment) value {
	on := func(y int) value {
		if !exists(y, e.m, e.d) {
			return value{}
		}
		return single(point{y: y, m: e.m, d: e.d, clock: e.clock})
	}
	switch {
	case e.order[0] != 0:
		return single(point{y: e.y})
	case e.y != 0:
		return on(e.y)
	case e.year != nil:
		return on(e.year.yearOf(at, m))
	}
	y, _, _ := at.civil()
	if e.fixed { // the weekday tells the year
		for _, year := range []int{y, y - 1, y + 1} {
			if exists(year, e.m, e.d) && dayOf(year, e.m, e.d).weekday() == e.wd {
				if d := dayOf(year, e.m, e.d) - at; d > -330 && d < 330 {
					return on(year)
				}
			}
		}
		return value{}
	}
	if e.m == 9 && e.d == 11 && e.rel == none && y > 2001 {
		// Far from its day of the year it is that of 2001; near it, either.
		switch d := dayOf(y, 9, 11) - at; {
		case d > 30 || d < -30:
			return on(2001)
		case !e.adverb:
			return value{}
		}
	}
	before, after := y, y
	if !exists(y, e.m, e.d) {
		before, after = leap(y, -1), leap(y, 1)
	} else if d := dayOf(y, e.m, e.d); d > at {
		before = y - 1
		if !exists(before, e.m, e.d) {
			before = leap(y, -1)
		}
	} else if d < at {
		after = y + 1
		if !exists(after, e.m, e.d) {
			after = leap(y, 1)
		}
	}
	back, ahead := int(at-dayOf(before, e.m, e.d)), int(dayOf(after, e.m, e.d)-at)
	switch side(e, m, back, ahead, 60, 200) {
	case last:
		return on(before)
	case next:
		return on(after)
	}
	return value{}
}

// leap is the nearest leap year from y on, in the direction of step.
func leap(y, step int) int {
	for y += step; !exists(y, 2, 29); y += step {
	}
	return y
}

// side tells whether the date meant is the one that lies back units before or
// the one that lies ahead units after. Without a verb, or with one that is far
// from the date, it is one that is close by, if the other is far off.
func side(e *expression, m moment, back, ahead, close, far int) rel {
	if back == 0 || ahead == 0 {
		return last // the same day either way
	}
	switch e.rel {
	case last:
		return last
	case next, this:
		return next
	}
	tell := m.tense == past && m.near <= 6
	switch {
	case e.attribute && ahead <= (back+ahead)*2/5: // its July summit: the one that is nearer
		return next
	case e.attribute && back <= (back+ahead)*2/5:
		return last
	case m.near > 2 && m.tense != would && !e.by && back <= close/4 && ahead >= far:
		return last
	case m.tense == future || m.tense == would:
		return next
	case tell:
		return last
	case ahead <= close && back >= far:
		return next
	case back <= close && ahead >= far:
		return last
	case m.tense == past:
		return last
	}
	return none
}

// monthFrom resolves a month.
func (e *expression) monthFrom(at day, m moment) value {
	on := func(y int) value {
		switch e.part {
		case "first":
			return single(point{y: y, m: e.m, d: 1})
		case "last":
			return single(point{y: y, m: e.m, d: monthLength(y, e.m)})
		}
		return single(point{y: y, m: e.m})
	}
	if e.y != 0 {
		return on(e.y)
	}
	if e.year != nil {
		if y := e.year.yearOf(at, m); y != 0 {
			return on(y)
		}
		return value{}
	}
	y, now, _ := at.civil()
	gap := e.m - now
	switch e.rel {
	case last:
		switch {
		case gap >= 0:
			return on(y - 1)
		case gap >= -2:
			return value{} // "last October" in November is that month or the year before
		}
		return on(y)
	case next:
		switch {
		case gap <= 0:
			return on(y + 1)
		case gap <= 2:
			return value{}
		}
		return on(y)
	case this:
		return on(y)
	}
	back, ahead := ((now-e.m)%12+12)%12, ((e.m-now)%12+12)%12
	s := side(e, m, back, ahead, 2, 8)
	by, _ := shiftMonths(y, now, -back)
	ay, _ := shiftMonths(y, now, ahead)
	switch s {
	case last:
		return on(by)
	case next:
		return on(ay)
	}
	return value{}
}

// yearOf is the year that e, a year in words, is; 0 if that is not known.
func (e *expression) yearOf(at day, m moment) int {
	if e.needsRef() {
		return e.fromRef(m).from.y
	}
	return e.from(at, m).from.y
}

func (e *expression) weekdayFrom(at day, m moment) value {
	if e.year != nil { // Monday last week
		week := e.year.from(at, m)
		if !week.known() {
			return value{}
		}
		p := pointOf(week.from.first() + day((e.wd+6)%7))
		p.clock = e.clock
		return single(p)
	}
	on := func(d day) value {
		p := pointOf(d)
		p.clock = e.clock
		return single(p)
	}
	back := ((at.weekday()-e.wd)%7 + 7) % 7
	ahead := (7 - back) % 7
	switch e.rel {
	case last:
		if back == 0 {
			back = 7
		}
		return on(at - day(back))
	case next:
		if ahead == 0 {
			ahead = 7
		}
		return on(at + day(ahead))
	case this:
		if m.tense == past {
			return on(at - day(back))
		}
		return on(at + day(ahead))
	}
	switch m.tense {
	case past:
		return on(at - day(back))
	case future, would:
		return on(at + day(ahead))
	case present:
		if m.near <= 2 { // the vote is on Monday
			return on(at + day(ahead))
		}
	}
	if back == 0 {
		return on(at)
	}
	return value{}
}
