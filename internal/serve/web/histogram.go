package web

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"whosaid/internal/archive"
)

// A histogram is statements by day, week, month or year.
type histogram struct {
	Bars    []bar
	Most    int
	Unit    string // day, week, month or year
	Undated int
	Clear   string // where one goes to see all days again; empty if all are seen
	Base    string // where the script goes, with since and to behind it
}

// A bar is the statements of one day, week, month or year.
type bar struct {
	Name     string // as a reader has it
	From, To string // ISO 8601, as precise as the unit
	Count    int
	Parts    []barPart // what it is made of, from the bottom; none where it is of one piece
	Path     string    // where these alone are found
	X, Y     string    // in the drawing
	W, H     string
}

// A barPart is the statements of one kind in a bar.
type barPart struct {
	Class string // of its colour
	Y, H  string
	Said  string // how many of what, for those who hear it
}

// The drawing is so many units wide and high; it is stretched to the page.
const (
	chartWidth  = 480.0
	chartHeight = 72.0
	mostBars    = 120
	mostWeeks   = 60
)

// newHistogram is what f has by days, in the finest unit that leaves the bars
// wide enough, months at least if months is set. It is nil where there is nothing
// to choose from.
func newHistogram(a asked, f *archive.Facets, months bool) *histogram {
	var first, last archive.Day
	for d := range f.Days {
		if d == 0 {
			continue
		}
		if first == 0 || d < first {
			first = d
		}
		last = max(last, d)
	}
	if first == 0 || first == last && a.Since == "" && a.To == "" {
		return nil
	}
	h := &histogram{Unit: "year", Undated: f.Days[0]}
	layout, shown := "2006", "2006"
	next := func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }
	begin := func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }
	switch span := int(last-first) + 1; {
	case span <= 62 && !months:
		h.Unit, layout, shown = "day", time.DateOnly, "2 January 2006"
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
		begin = func(t time.Time) time.Time { return t }
	case span <= 7*mostWeeks && !months:
		h.Unit, layout, shown = "week", time.DateOnly, "week of 2 January 2006"
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }
		begin = func(t time.Time) time.Time { return t.AddDate(0, 0, -int(t.Weekday()+6)%7) } // its Monday
	case span <= 31*mostBars:
		h.Unit, layout, shown = "month", "2006-01", "January 2006"
		next = func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
		begin = func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }
	}
	at := func(d archive.Day) time.Time { return time.Time{}.AddDate(0, 0, int(d)-1) }
	counts := map[string]int{}
	for d, n := range f.Days {
		if d != 0 {
			counts[begin(at(d)).Format(layout)] += n
		}
	}
	for t := begin(at(first)); !t.After(at(last)); t = next(t) {
		key := t.Format(layout)
		b := bar{Name: t.Format(shown), From: key, To: key, Count: counts[key]}
		if h.Unit == "week" {
			b.To = t.AddDate(0, 0, 6).Format(layout)
		}
		h.Bars = append(h.Bars, b)
		h.Most = max(h.Most, counts[key])
	}
	width := chartWidth / float64(len(h.Bars))
	for i := range h.Bars {
		b := &h.Bars[i]
		height := 0.0
		if b.Count > 0 {
			height = max(2, chartHeight*float64(b.Count)/float64(h.Most))
		}
		b.X, b.W = coordinate(float64(i)*width), coordinate(max(width-min(1.5, width/4), .5))
		b.Y, b.H = coordinate(chartHeight-height), coordinate(height)
		one := a
		one.Since, one.To, one.page = b.From, b.To, 1
		b.Path = string(here("/search", one.values()))
	}
	all := a
	all.Since, all.To, all.page = "", "", 1
	h.Base = string(here("/search", all.values()))
	if a.Since != "" || a.To != "" {
		h.Clear = h.Base
	}
	return h
}

// newMonths is what f has by months, or by years where these are many.
func newMonths(a asked, f *archive.Facets) *histogram {
	if len(f.Days) == 1 {
		a.Since = "0001" // a single month is drawn as well
	}
	h := newHistogram(a, f, true)
	if h != nil {
		h.Clear = ""
	}
	return h
}

// coordinate is a number of a drawing.
func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// label is what a bar is called where it is not seen.
func (b bar) label() string {
	text := fmt.Sprintf("%s: %s", b.Name, plural(b.Count, "statement", "statements"))
	for _, p := range b.Parts {
		text += ", " + p.Said
	}
	return text
}

// ends are the names of the first and the last bar.
func (h *histogram) ends() (first, last string) {
	return h.Bars[0].Name, h.Bars[len(h.Bars)-1].Name
}

// counted are the bars that have something.
func (h *histogram) counted() []bar {
	return slices.DeleteFunc(slices.Clone(h.Bars), func(b bar) bool { return b.Count == 0 })
}
