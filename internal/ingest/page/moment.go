package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoForm   = regexp.MustCompile(`^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?`)
	slashForm = regexp.MustCompile(`^\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2}))?`)
	plainForm = regexp.MustCompile(`^\s*((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?(\d{2}):?(\d{2})(?::?(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?$`)
	dotForm   = regexp.MustCompile(`^\D{0,12}\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[\s,\-–|]+(?:um )?(\d{1,2})[:.](\d{2}))?`)
	wordForm  = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)(?:\D|$|\d{1,2}:)`)
	usForm    = regexp.MustCompile(`(?i)(\p{L}{3,25})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?:\D|$|\d{1,2}:)`)
)

// isoDate reads a date and gives it in ISO 8601 with the precision it has;
// empty if it is none.
func isoDate(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 120 {
		return ""
	}
	if m := isoForm.FindStringSubmatch(s); m != nil {
		return moment(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := plainForm.FindStringSubmatch(s); m != nil {
		return moment(m[1], m[2], m[3], m[4], m[5], m[6], m[7])
	}
	if m := slashForm.FindStringSubmatch(s); m != nil {
		return moment(m[1], m[2], m[3], m[4], m[5], "", "")
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 2006 15:04:05 GMT-0700", time.ANSIC} {
		if t, err := time.Parse(layout, s); err == nil {
			return moment(t.Format("2006"), t.Format("01"), t.Format("02"), t.Format("15"), t.Format("04"), t.Format("05"), t.Format("Z07:00"))
		}
	}
	if m := dotForm.FindStringSubmatch(s); m != nil {
		return moment(m[3], m[2], m[1], m[4], m[5], "", "")
	}
	if m := wordForm.FindStringSubmatch(s); m != nil {
		if n := month(m[2]); n > 0 {
			return moment(m[3], strconv.Itoa(n), m[1], "", "", "", "")
		}
	}
	if m := usForm.FindStringSubmatch(s); m != nil {
		if n := month(m[1]); n > 0 {
			return moment(m[3], strconv.Itoa(n), m[2], "", "", "", "")
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if n > 1e12 {
			n /= 1000
		}
		if n > 6e8 && n < 4e9 {
			return time.Unix(n, 0).UTC().Format("2006-01-02T15:04:05Z")
		}
	}
	return ""
}

// moment puts the parts of a date together. Midnight to the second is what
// programs write when they know only the day.
func moment(year, mon, day, hour, minute, second, zone string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(mon)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1970 || y > 2099 || int(t.Month()) != m || t.Day() != d {
		return ""
	}
	out := t.Format("2006-01-02")
	h, _ := strconv.Atoi(hour)
	mi, _ := strconv.Atoi(minute)
	sec, _ := strconv.Atoi(second)
	if hour == "" || h > 23 || mi > 59 || sec > 59 || h+mi+sec == 0 {
		return out
	}
	out += "T" + two(hour) + ":" + minute
	if second != "" {
		out += ":" + second
	}
	switch {
	case zone == "UTC" || zone == "GMT":
		zone = "Z"
	case len(zone) == 5:
		zone = zone[:3] + ":" + zone[3:]
	case len(zone) == 3:
		zone += ":00"
	}
	return out + zone
}

// month is the number of a month's name in one of the languages of Europe's
// larger outlets, or 0.
func month(name string) int {
	name = strings.ToLower(name)
	for i, names := range months {
		for _, n := range names {
			if name == n || len(n) > 4 && len(name) > len(n)+3 && strings.HasSuffix(name, n) { // "RoeNovember": two elements side by side
				return i + 1
			}
		}
	}
	return 0
}

var months = [12][]string{
	{
		"january", "jan", "januar", "jänner", "janvier", "enero", "ene", "janeiro", "gennaio", "januari", "stycznia",
		"января", "січня", "leden", "ledna", "tammikuuta", "ocak", "ianuarie", "januára",
	},
	{
		"february", "feb", "februar", "feber", "février", "fevrier", "febrero", "fevereiro", "fev", "febbraio", "februari", "lutego",
		"февраля", "лютого", "února", "helmikuuta", "şubat", "februarie", "februára",
	},
	{
		"march", "mar", "märz", "mär", "maerz", "mars", "marzo", "março", "maart", "marca",
		"марта", "березня", "března", "maaliskuuta", "mart", "martie", "marec",
	},
	{
		"april", "apr", "avril", "abril", "abr", "aprile", "kwietnia",
		"апреля", "квітня", "dubna", "huhtikuuta", "nisan", "aprilie", "apríla",
	},
	{
		"may", "mai", "mayo", "maio", "maggio", "mei", "maja",
		"мая", "травня", "května", "toukokuuta", "mayıs", "mája",
	},
	{
		"june", "jun", "juni", "juin", "junio", "junho", "giugno", "czerwca",
		"июня", "червня", "června", "kesäkuuta", "haziran", "iunie", "júna",
	},
	{
		"july", "jul", "juli", "juillet", "julio", "julho", "luglio", "lipca",
		"июля", "липня", "července", "heinäkuuta", "temmuz", "iulie", "júla",
	},
	{
		"august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpnia",
		"августа", "серпня", "srpna", "elokuuta", "ağustos", "augusta", "augusti",
	},
	{
		"september", "sep", "sept", "septembre", "septiembre", "setembro", "settembre", "września",
		"сентября", "вересня", "září", "syyskuuta", "eylül", "septembrie", "septembra",
	},
	{
		"october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "ottobre", "października",
		"октября", "жовтня", "října", "lokakuuta", "ekim", "octombrie", "októbra",
	},
	{
		"november", "nov", "novembre", "noviembre", "novembro", "listopada",
		"ноября", "листопада", "listopadu", "marraskuuta", "kasım", "noiembrie", "novembra",
	},
	{
		"december", "dec", "dezember", "dez", "décembre", "diciembre", "dic", "dezembro", "dicembre", "grudnia",
		"декабря", "грудня", "prosince", "joulukuuta", "aralık", "decembrie", "decembra",
	},
}
