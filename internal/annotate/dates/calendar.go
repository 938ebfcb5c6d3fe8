package dates

import (
	"fmt"
	"time"
)

// A day is a day of the Gregorian calendar, in days since 1 January 1970.
type day int

func dayOf(y, m, d int) day {
	return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) civil() (year, month, dayOfMonth int) {
	y, m, n := time.Unix(int64(d)*86400, 0).UTC().Date()
	return y, int(m), n
}

// weekday is 0 for Sunday, 6 for Saturday.
func (d day) weekday() int { return (int(d)%7 + 7 + 4) % 7 }

// monday is the first day of d's week, as ISO 8601 counts weeks.
func (d day) monday() day { return d - day((d.weekday()+6)%7) }

// exists reports whether the calendar has the day.
func exists(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= monthLength(y, m)
}

func monthLength(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// shiftMonths is the month n months after month m of year y.
func shiftMonths(y, m, n int) (year, month int) {
	all := y*12 + m - 1 + n
	return all / 12, all%12 + 1
}

// A point is a year, a month of it (0: not known) and a day of that (likewise),
// perhaps with the time of the day as ISO 8601 writes it.
type point struct {
	y, m, d int
	clock   string
}

func pointOf(d day) point {
	y, m, n := d.civil()
	return point{y: y, m: m, d: n}
}

func (p point) first() day { return dayOf(p.y, max(p.m, 1), max(p.d, 1)) }

func (p point) last() day {
	switch {
	case p.m == 0:
		return dayOf(p.y, 12, 31)
	case p.d == 0:
		return dayOf(p.y, p.m, monthLength(p.y, p.m))
	}
	return p.first()
}

func (p point) String() string {
	switch {
	case p.m == 0:
		return fmt.Sprintf("%04d", p.y)
	case p.d == 0:
		return fmt.Sprintf("%04d-%02d", p.y, p.m)
	case p.clock == "":
		return fmt.Sprintf("%04d-%02d-%02d", p.y, p.m, p.d)
	}
	return fmt.Sprintf("%04d-%02d-%02dT%s", p.y, p.m, p.d, p.clock)
}

// A value is what an expression stands for: one point or a stretch from one to
// another. The zero value stands for nothing known.
type value struct {
	from, to point
	stretch  bool
}

func single(p point) value { return value{from: p, to: p} }

func stretch(from, to point) value { return value{from: from, to: to, stretch: true} }

func days(from, to day) value { return stretch(pointOf(from), pointOf(to)) }

func (v value) known() bool { return v.from.y != 0 }

func (v value) String() string {
	switch {
	case !v.known():
		return ""
	case v.stretch:
		return v.from.String() + "/" + v.to.String()
	}
	return v.from.String()
}

// An anchor is when the words were written or spoken: some day from first to
// last. An expression is worth what it is on both; where they differ it is
// worth nothing.
type anchor struct {
	first, last day
	known       bool
}

func anchorOf(v value) anchor {
	if !v.known() {
		return anchor{}
	}
	return anchor{first: v.from.first(), last: v.to.last(), known: true}
}

// isoPoint reads as much of an ISO 8601 date as s begins with. The day is the
// one that is printed, whatever the zone.
func isoPoint(s string) (point, bool) {
	number := func(at, n int) (int, bool) {
		if at+n > len(s) {
			return 0, false
		}
		x := 0
		for _, c := range []byte(s[at : at+n]) {
			if c < '0' || c > '9' {
				return 0, false
			}
			x = x*10 + int(c-'0')
		}
		return x, true
	}
	y, ok := number(0, 4)
	if !ok || y < 1000 {
		return point{}, false
	}
	p := point{y: y}
	if len(s) < 7 || s[4] != '-' {
		return p, true
	}
	if p.m, ok = number(5, 2); !ok || p.m < 1 || p.m > 12 {
		return point{y: p.y}, true
	}
	if len(s) < 10 || s[7] != '-' {
		return p, true
	}
	if p.d, ok = number(8, 2); !ok || !exists(p.y, p.m, p.d) {
		p.d = 0
	}
	return p, true
}
