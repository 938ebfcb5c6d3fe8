package dates

// shifted is the time n units from day at, as precise as the unit is.
func shifted(at day, n int, u length, clock string) value {
	y, m, _ := at.civil()
	switch u {
	case dayLong:
		p := pointOf(at + day(n))
		p.clock = clock
		return single(p)
	case weekLong:
		monday := at.monday() + day(7*n)
		return days(monday, monday+6)
	case monthLong:
		y, m = shiftMonths(y, m, n)
		return single(point{y: y, m: m})
	case yearLong:
		return single(point{y: y + n})
	}
	return value{}
}

// unitFrom resolves last week, this month, next year, the weekend, the end of
// the year.
func (e *expression) unitFrom(at day, m moment) value {
	n := 0
	switch e.rel {
	case last:
		n = -1
	case next:
		n = 1
	}
	if e.fixed && e.rel == this && m.tense == past && e.part != "" {
		return value{} // by the end of the year they had left: of which year?
	}
	y, mon, _ := at.civil()
	v := value{}
	switch e.unit {
	case weekendLong:
		saturday := at.monday() + 5
		running := at >= saturday
		switch {
		case e.rel == none && m.tense == past || e.rel == this && m.tense == past, e.rel == last:
			if !running || e.rel == last {
				saturday -= 7
			}
		case e.rel == next:
			if running {
				saturday += 7
			}
		case e.rel == none && m.tense == 0:
			return value{}
		}
		return days(saturday, saturday+1)
	case weekLong:
		v = shifted(at, n, weekLong, "")
	case monthLong:
		v = shifted(at, n, monthLong, "")
	case quarterLong:
		first := (mon-1)/3*3 + 1
		a, b := shiftMonths(y, first, 3*n)
		v = stretch(point{y: a, m: b}, point{y: a, m: b + 2})
	case yearLong:
		v = shifted(at, n, yearLong, "")
	case decadeLong:
		v = stretch(point{y: y/10*10 + 10*n}, point{y: y/10*10 + 10*n + 9})
	}
	if !v.known() {
		return v
	}
	switch e.part {
	case "first":
		return single(pointOf(v.from.first()))
	case "last":
		return single(pointOf(v.to.last()))
	}
	return v
}

// seasonFrom resolves a season of the northern half of the world; for outlets
// of the southern half it is no more than the year.
func (e *expression) seasonFrom(at day, m moment) value {
	year := e.y
	if e.year != nil {
		if year = e.year.yearOf(at, m); year == 0 {
			return value{}
		}
	}
	of := func(y int) value {
		if e.season == 3 {
			return stretch(point{y: y, m: 12}, point{y: y + 1, m: 2})
		}
		return stretch(point{y: y, m: 3 + 3*e.season}, point{y: y, m: 5 + 3*e.season})
	}
	switch {
	case year != 0 && e.fixed:
		return of(year)
	case year != 0 && (e.season == 3 || m.south):
		return single(point{y: year}) // the winter of 2015 may have begun in 2014
	case year != 0:
		return of(year)
	case m.south:
		return value{}
	}
	// which of the seasons around at: the one that runs, the one before, the one after
	y, _, _ := at.civil()
	running, before, after := 0, 0, 0
	for c := y - 2; c <= y+2; c++ {
		v := of(c)
		switch {
		case v.to.last() < at:
			before = c
		case v.from.first() <= at:
			running = c
		case after == 0:
			after = c
		}
	}
	switch {
	case e.rel == last:
		return of(before)
	case e.rel == next:
		return of(after)
	case e.rel == this && running != 0:
		return of(running)
	case e.rel == this:
		// the summer of this year, gone or to come
		if e.season != 3 {
			return of(y)
		}
		return of(after)
	case running != 0:
		return of(running)
	case m.tense == past:
		return of(before)
	case m.tense == future || m.tense == would:
		return of(after)
	}
	return value{}
}

// stretchFrom resolves the past three months, the next five years; recent weeks
// have no ends that anybody could name.
func (e *expression) stretchFrom(at day) value {
	n := e.n
	if n == 0 {
		return value{}
	}
	u := e.unit
	if u == decadeLong {
		n, u = n*10, yearLong
	}
	if u == hours && n%24 == 0 {
		n, u = n/24, dayLong
	}
	var a, b value
	switch {
	case u == dayLong || u == nightLong:
		a, b = single(pointOf(at)), single(pointOf(at+day(n)))
	case u == weekLong:
		a, b = single(pointOf(at)), single(pointOf(at+day(7*n)))
	case u == monthLong:
		a, b = shifted(at, 0, monthLong, ""), shifted(at, n, monthLong, "")
	case u == yearLong && (n == 1 || n == -1):
		a, b = shifted(at, 0, monthLong, ""), shifted(at, 12*n, monthLong, "")
	case u == yearLong:
		a, b = shifted(at, 0, yearLong, ""), shifted(at, n, yearLong, "")
	default:
		return value{}
	}
	if n < 0 {
		a, b = b, a
	}
	return stretch(a.from, b.to)
}

// rangeFrom resolves both ends; the first is the latest before the second.
func (e *expression) rangeFrom(at day, m moment) value {
	b := e.b.value(at, m)
	if !b.known() {
		return value{}
	}
	var a value
	if e.a.absolute() || e.a.speaks() {
		a = e.a.value(at, m)
	} else {
		near := m
		near.tense, near.near = past, 0
		near.first, near.last = b.from.first(), b.from.first()
		a = e.a.value(near.first, near)
	}
	if !a.known() || a.from.first() > b.to.last() {
		return value{}
	}
	return stretch(a.from, b.to)
}

func (e *expression) value(at day, m moment) value {
	if e.needsRef() {
		return e.fromRef(m)
	}
	return e.from(at, m)
}

// fromRef resolves what counts from the date named before: two days earlier,
// the same year, the following Monday.
func (e *expression) fromRef(m moment) value {
	v := m.ref
	if !v.known() {
		return value{}
	}
	p := v.from
	exact := !v.stretch && p.d != 0
	switch e.shape {
	case aWeekday:
		if !exact {
			return value{}
		}
		at := p.first()
		back := ((at.weekday()-e.wd)%7 + 7) % 7
		if back == 0 {
			back = 7
		}
		if e.rel == before {
			return single(pointOf(at - day(back)))
		}
		return single(pointOf(at + day(7-back%7)))
	case aMonth, aDay:
		return value{}
	}
	n := e.n
	if e.shape == aSame {
		n = 0
	}
	switch e.unit {
	case dayLong, nightLong:
		if exact {
			return shifted(p.first(), n, dayLong, e.clock)
		}
	case weekLong:
		week := v.stretch && v.from.d != 0 && v.to.last()-v.from.first() == 6
		if exact || week {
			return shifted(p.first(), n, weekLong, "")
		}
	case monthLong:
		if !v.stretch && p.m != 0 {
			return shifted(point{y: p.y, m: p.m}.first(), n, monthLong, "")
		}
	case yearLong:
		if !v.stretch || v.from.y == v.to.y {
			return single(point{y: p.y + n})
		}
	}
	return value{}
}
