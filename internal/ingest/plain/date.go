package plain

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

// dates are the forms in which outlets print a day. A date in numbers alone is
// read only where one of them cannot be a month.
var dates = regexp.MustCompile(`(?i)\b(?:` +
	`(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)|` +
	`(?P<m2>` + monthNames + `)\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)|` +
	`(?P<d3>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m3>` + monthNames + `)\.?,?[\s-]+(?P<y3>(?:19|20)\d\d)|` +
	`(?P<a4>\d{1,2})[/.](?P<b4>\d{1,2})[/.](?P<y4>(?:19|20)\d\d)|` +
	`(?P<m5>` + monthNames + `)\.?,?\s+(?P<y5>(?:19|20)\d\d)` +
	`)(?:\D|$)`)

var clock = regexp.MustCompile(`(?i)^[\s,|·•-]*(?:at\s+|T)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?\s*(?:([ap])\.?m\b\.?)?\s*(Z|GMT|UTC|BST|CET|CEST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|[+-]\d\d:?\d\d)?`)

// zones are the offsets of zones that mean one thing in news.
var zones = map[string]string{
	"Z": "Z", "GMT": "Z", "UTC": "Z", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EST": "-05:00", "EDT": "-04:00",
	"CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}

// dateIn finds the first date of a line, in ISO 8601 and as precise as it is
// there, with where it stands. Without one, iso is empty.
func dateIn(line string) (iso string, start, end int) {
	if !strings.Contains(line, "19") && !strings.Contains(line, "20") {
		return "", 0, 0
	}
	m := dates.FindStringSubmatchIndex(line)
	if m == nil {
		return "", 0, 0
	}
	group := func(name string) string {
		i := 2 * dates.SubexpIndex(name)
		if m[i] < 0 {
			return ""
		}
		end = max(end, m[i+1])
		return line[m[i]:m[i+1]]
	}
	year, month, day := group("y1"), group("m1"), group("d1")
	if year == "" {
		year, month, day = group("y2"), monthNumber(group("m2")), group("d2")
	}
	if year == "" {
		year, month, day = group("y3"), monthNumber(group("m3")), group("d3")
	}
	if year == "" {
		year, month, day = group("y4"), group("a4"), group("b4")
		if a, _ := strconv.Atoi(month); a > 12 {
			month, day = day, month
		} else if b, _ := strconv.Atoi(day); b <= 12 && a != b {
			year = "" // 03/04/2021 is one day here and another there
		}
	}
	if year == "" {
		year, month = group("y5"), monthNumber(group("m5"))
		if year != "" {
			return year + "-" + pad(month), m[0], end
		}
	}
	iso = year + "-" + pad(month) + "-" + pad(day)
	if _, err := time.Parse(time.DateOnly, iso); err != nil {
		return "", 0, 0
	}
	if c := clock.FindStringSubmatch(line[end:]); c != nil {
		if t, ok := timeOfDay(c); ok {
			iso += "T" + t
			end += len(c[0])
		}
	}
	return iso, m[0], end
}

func pad(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}

func monthNumber(name string) string {
	for m := time.January; m <= time.December; m++ {
		if len(name) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(name[:3])) {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}

func timeOfDay(c []string) (string, bool) {
	hour, _ := strconv.Atoi(c[1])
	if half := strings.ToLower(c[4]); half != "" {
		if hour < 1 || hour > 12 {
			return "", false
		}
		hour %= 12
		if half == "p" {
			hour += 12
		}
	}
	if hour > 23 || c[2] > "59" || c[3] > "59" {
		return "", false
	}
	t := pad(strconv.Itoa(hour)) + ":" + c[2]
	if c[3] != "" {
		t += ":" + c[3]
	}
	if zone := strings.ToUpper(c[5]); zone != "" {
		if offset, ok := zones[zone]; ok {
			return t + offset, true
		}
		return t + zone[:3] + ":" + zone[len(zone)-2:], true
	}
	return t, true
}
