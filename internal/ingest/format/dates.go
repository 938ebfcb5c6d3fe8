package format

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// zones are the abbreviations that stand after times in news, in minutes east
// of Greenwich.
var zones = map[string]int{
	"Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
	"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
	"ET": -300, "PT": -480,
}

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

var (
	isoDate    = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:$|[T ,]+(.*)$)`)
	basicDate  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:$|T?(\d{6}|\d{4})?\s*(Z|[+-]\d{2}:?\d{2})?$)`)
	ymdDate    = regexp.MustCompile(`^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:$|[T ,]+(.*)$)`)
	numberDate = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:$|[ ,]+(.*)$)`)
	monthFirst = regexp.MustCompile(`^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})\b(.*)$`)
	dayFirst   = regexp.MustCompile(`^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b(.*)$`)
	monthOnly  = regexp.MustCompile(`^([A-Za-z]{3,9})\.?,?\s+(\d{4})$`)
	clock      = regexp.MustCompile(`(?i)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\b\.?)?\s*(?:(Z|[A-Z]{2,4})\b|([+-]\d{2}):?(\d{2})?)?`)
	epoch      = regexp.MustCompile(`^\d{9,13}(?:\.\d+)?$`)
)

// Date turns a date as files write it into ISO 8601, exactly as precise as it
// is, and what is no date into "".
func Date(s string) string { return isoFrom(s) }

// isoFrom turns a date as files write it into ISO 8601, exactly as precise as
// it is: a day stays a day, a time without a zone gets none, and 03/04/2022,
// which is two days, is the year. It gives "" for what is no date.
func isoFrom(s string) string {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00A0", " ")), " ")
	if s == "" || len(s) > 100 {
		return ""
	}
	if epoch.MatchString(s) {
		return isoFromEpoch(s)
	}
	if m := basicDate.FindStringSubmatch(s); m != nil {
		rest := m[4]
		if len(rest) >= 4 {
			rest = rest[:2] + ":" + rest[2:]
			if len(rest) == 7 {
				rest = rest[:5] + ":" + rest[5:]
			}
			rest += m[5]
		}
		return isoOf(m[1], m[2], m[3], rest)
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return isoOf(m[1], m[2], m[3], m[4])
	}
	if m := ymdDate.FindStringSubmatch(s); m != nil {
		return isoOf(m[1], m[2], m[3], m[4])
	}
	if m := numberDate.FindStringSubmatch(s); m != nil {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[2])
		switch {
		case a > 12 || a == b:
			return isoOf(m[3], m[2], m[1], m[4])
		case b > 12:
			return isoOf(m[3], m[1], m[2], m[4])
		}
		return m[3]
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		return isoOf(m[3], monthNumber(m[1]), m[2], m[4])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return isoOf(m[3], monthNumber(m[2]), m[1], m[4])
	}
	if m := monthOnly.FindStringSubmatch(s); m != nil {
		return isoOf(m[2], monthNumber(m[1]), "", "")
	}
	return ""
}

// monthNumber gives "3" for March and Mar., and "0" for what is no month.
func monthNumber(name string) string {
	name = strings.ToLower(name)
	n := months[name[:3]]
	if full := strings.ToLower(time.Month(max(n, 1)).String()); n == 0 || !strings.HasPrefix(full, name) && name != "sept" {
		return "0"
	}
	return strconv.Itoa(n)
}

// isoOf puts year, month, day (empty where not known) and whatever says the
// time of day together; "" if there is no such day.
func isoOf(year, month, day, rest string) string {
	y, _ := strconv.Atoi(year)
	if y < 1600 || y > 2200 {
		return ""
	}
	if month == "" {
		return year
	}
	m, _ := strconv.Atoi(month)
	if m < 1 || m > 12 {
		return ""
	}
	if day == "" {
		return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	}
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || d == 0 {
		return ""
	}
	date := t.Format(time.DateOnly)
	c := clock.FindStringSubmatch(rest)
	if c == nil {
		return date
	}
	hour, _ := strconv.Atoi(c[1])
	minute, _ := strconv.Atoi(c[2])
	second, _ := strconv.Atoi(c[3])
	if c[4] != "" {
		if hour < 1 || hour > 12 {
			return date
		}
		hour %= 12
		if c[4][0] == 'p' || c[4][0] == 'P' {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 || second > 59 {
		return date
	}
	at := time.Date(y, time.Month(m), d, hour, minute, second, 0, time.UTC)
	layout := "2006-01-02T15:04"
	if c[3] != "" {
		layout = "2006-01-02T15:04:05"
	}
	return at.Format(layout) + zoneOf(c[5], c[6], c[7])
}

// zoneOf writes an abbreviation or an offset as ISO 8601 does; "" for none.
func zoneOf(name, hours, minutes string) string {
	if hours != "" {
		if minutes == "" {
			minutes = "00"
		}
		if hours[1:] == "00" && minutes == "00" {
			return "Z"
		}
		return hours + ":" + minutes
	}
	east, ok := zones[strings.ToUpper(name)]
	switch {
	case !ok:
		return ""
	case east == 0:
		return "Z"
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.FixedZone("", east*60)).Format("-07:00")
}

// isoFromEpoch reads seconds or milliseconds since 1970.
func isoFromEpoch(s string) string {
	seconds, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return ""
	}
	if n > 1e11 {
		n /= 1000
	}
	return time.Unix(n, 0).UTC().Format("2006-01-02T15:04:05Z")
}
