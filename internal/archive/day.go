package archive

import (
	"fmt"
	"strings"
	"time"
)

// A Day is a day of publication: days since 0001-01-01, plus one; 0 where it is
// not known. A month or a year counts as its first day.
type Day int32

// DayOf is the day of an ISO 8601 date as articles have it.
func DayOf(iso string) Day {
	first, _, err := days(iso)
	if err != nil {
		return 0
	}
	return first
}

// String is the day in ISO 8601.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return time.Time{}.AddDate(0, 0, int(d)-1).Format(time.DateOnly)
}

// Month is the month of a day in ISO 8601, empty where the day is not known.
func (d Day) Month() string {
	if d == 0 {
		return ""
	}
	return d.String()[:len("2022-01")]
}

// days is the first and the last day of a date: a day, a month or a year,
// perhaps with a time behind it.
func days(iso string) (first, last Day, err error) {
	date, _, _ := strings.Cut(iso, "T")
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(f.layout, strings.TrimSpace(date)); err == nil && t.Year() > 0 {
			return dayOf(t), dayOf(t.AddDate(f.years, f.months, f.days)) - 1, nil
		}
	}
	return 0, 0, fmt.Errorf("%q is no date: write one like 2022-01-20, 2022-01 or 2022", iso)
}

// yearOne is the first day that there is, in seconds before 1970.
var yearOne = time.Time{}.Unix()

func dayOf(t time.Time) Day { return Day((t.Unix()-yearOne)/86400) + 1 }
