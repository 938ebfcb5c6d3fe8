package dates

// month reads what begins with the name of a month.
func (r *reader) month(i int, led bool) (expression, bool) {
	t := r.at(i)
	if t.kind != letters || t.word.class != month || !t.upper {
		return expression{}, false
	}
	m, j := t.word.value, i+1
	if t.word.brief && r.sym(j) == '.' && r.at(j).glued {
		j++
	}
	e := expression{shape: aMonth, m: m}
	n := r.at(j)
	switch {
	case n.kind == number && n.plain && n.digits <= 2 && !n.tens && n.n >= 1 && n.n <= monthLength(2000, m) && !r.glued(j+1, '-', "day", "month", "year", "week"):
		return r.monthDay(e, j)
	case n.kind == number && n.digits == 4 && r.calendarYear(j, true):
		e.y, e.end = n.n, j+1
		return e, true
	case (r.is(j, "of") || r.sym(j) == ',') && r.calendarYear(j+1, true):
		e.y, e.end = r.at(j+1).n, j+2
		return e, true
	case t.word.brief:
		return expression{}, false
	}
	if year, ok := r.yearInWords(j); ok {
		e.year, e.end = year, year.end
		return e, true
	}
	e.end = j
	if r.name(j) {
		return expression{}, false
	}
	strong := led || r.is(i-1, "in", "since", "until", "till", "during", "early", "late", "mid")
	weak := r.is(i-1, "by", "from", "to", "through", "before", "after", "between", "and", "for", "of", "end") || r.dash(i-1) && r.at(i-2).word.class == month
	determined := r.is(i-1, "the", "its", "their", "his", "her", "a", "an", "s", "our") || r.apostrophe(i-1)
	lower := r.at(j).kind == letters && !r.at(j).upper && !r.at(j).word.link
	switch {
	case strong && !(r.named[m] && led && r.is(i-1, "by", "from", "to", "and", "of")):
	case r.at(j).kind == letters && r.at(j).upper && r.at(j).word == strange, r.named[m]:
		return expression{}, false
	case weak:
	case determined && (lower || r.possessive(j)):
		e.attribute = true
	default:
		return expression{}, false
	}
	if e.y == 0 && (r.is(j, "and", "or") || r.sym(j) == ',') && r.at(j+1).word.class == month && r.at(j+1).upper && r.calendarYear(j+2, true) {
		e.y = r.at(j + 2).n // in May and June 2021
	}
	return e, true
}

// monthDay reads on from the day of the month at j: May 3, May 3-5, May 3, 2021.
func (r *reader) monthDay(e expression, j int) (expression, bool) {
	e.shape, e.d = aDay, r.at(j).n
	j++
	second := r.at(j + 1)
	if (r.dash(j) || r.is(j, "to")) && second.kind == number && second.plain && second.digits <= 2 &&
		second.n > e.d && second.n <= monthLength(2000, e.m) && r.at(j+2).word.class != month {
		b := expression{shape: aDay, m: e.m, d: second.n, end: j + 2}
		r.yearAfter(&b)
		e.end = b.end
		return r.pair(e, b)
	}
	e.end = j
	r.yearAfter(&e)
	return r.finish(e)
}

// finish looks at what follows a day: a bloc that is named after one is no
// date.
func (r *reader) finish(e expression) (expression, bool) {
	switch {
	case e.y == 0 && r.name(e.end):
		return expression{end: e.end}, true
	case e.y != 0 && !exists(e.y, e.m, e.d):
		return r.nothing(e)
	case e.y == 0:
		e.y = wellKnown(e.m, e.d, r, e.end)
	}
	return e, true
}

// nothing passes over words that name a day which the calendar has not.
func (r *reader) nothing(e expression) (expression, bool) {
	r.yearAfter(&e)
	return expression{end: e.end}, true
}

// wellKnown is the year of the few days that are named without one long after.
func wellKnown(m, d int, r *reader, i int) int {
	if r.sym(i) == ',' {
		i++
	}
	if r.at(i).kind == letters && r.at(i).word == strange && r.at(i+1).word != strange {
		i++ // the 11 September terror attacks
	}
	if r.is(i, "terror") {
		i++
	}
	attack := r.is(i, "attack", "attacks", "massacre", "assault", "bombings", "hijackings")
	switch {
	case m == 9 && d == 11 && attack:
		return 2001
	case m == 7 && d == 7 && r.is(i, "bombings"):
		return 2005
	case m == 10 && d == 7 && attack:
		return 2023
	case m == 1 && d == 6 && r.is(i, "riot", "insurrection", "committee"):
		return 2021
	}
	return 0
}

// name reports whether the word at i makes a name of the date before it: the
// March 14 Alliance, the 25 January revolution.
func (r *reader) name(i int) bool {
	return r.is(i, "alliance", "bloc", "coalition", "movement", "brigade", "brigades", "group", "camp", "forces", "revolution", "martyrs", "square", "street", "avenue")
}

// yearAfter reads the year that stands after a day or a month: 2021, of last
// year, this year.
func (r *reader) yearAfter(e *expression) {
	j := e.end
	if r.sym(j) == ',' || r.is(j, "of") {
		j++
	}
	if r.calendarYear(j, true) {
		e.y, e.end = r.at(j).n, j+1
		return
	}
	if year, ok := r.yearInWords(e.end); ok {
		e.year, e.end = year, year.end
	}
}

// yearInWords reads last year, of this year, of the following year at i.
func (r *reader) yearInWords(i int) (*expression, bool) {
	if r.is(i, "of") {
		i++
	}
	if r.is(i, "the") && r.is(i+1, "following", "previous", "same") || r.is(i, "that") {
		if r.is(i, "the") {
			i++
		}
		if r.is(i+1, "year") && !r.possessive(i+2) {
			e := expression{shape: anOffset, unit: yearLong, n: 1, end: i + 2}
			switch r.word(i) {
			case "previous":
				e.n = -1
			case "that", "same":
				e.shape = aSame
			}
			return &e, true
		}
		return nil, false
	}
	if !r.is(i, "last", "this", "next") || !r.is(i+1, "year") {
		return nil, false
	}
	where := map[string]rel{"last": last, "this": this, "next": next}[r.word(i)]
	return &expression{shape: aUnit, unit: yearLong, rel: where, end: i + 2}, true
}

// glued reports whether a mark sym and then one of texts stand at i.
func (r *reader) glued(i int, sym rune, texts ...string) bool {
	return r.sym(i) == sym && r.at(i).glued && r.is(i+1, texts...)
}

// weekday reads what begins with a day of the week.
func (r *reader) weekday(i int) (expression, bool) {
	t := r.at(i)
	if !t.upper {
		return expression{}, false
	}
	e := expression{shape: aWeekday, wd: t.word.value, end: i + 1}
	j := i + 1
	if r.sym(j) == '.' && t.word.brief {
		j++
	}
	if r.sym(j) == ',' || r.sym(j) == '(' {
		j++
	}
	if r.is(j, "the") {
		j++
	}
	if d, ok := r.dayAfter(j); ok {
		if r.sym(d.end) == ')' && r.sym(i+1) == '(' {
			d.end++
		} else if r.sym(i+1) == '(' {
			return e, !t.word.brief
		}
		d.wd, d.fixed = t.word.value, true
		return d, true
	}
	if t.word.brief || r.is(i-1, "every", "each", "a", "weekly", "most") || r.title(i) {
		return expression{}, false
	}
	j = i + 1
	if r.is(j, "of") {
		j++
	}
	if r.is(j, "last", "this", "next") && r.is(j+1, "week") && !r.possessive(j+2) {
		week := expression{shape: aUnit, unit: weekLong, rel: map[string]rel{"last": last, "this": this, "next": next}[r.word(j)], end: j + 2}
		e.year, e.end = &week, j+2
		return e, true
	}
	return e, true
}

// dayAfter reads the day and month that follow a weekday.
func (r *reader) dayAfter(i int) (expression, bool) {
	t := r.at(i)
	var e expression
	ok := false
	switch {
	case t.kind == letters && t.word.class == month:
		e, ok = r.month(i, false)
	case t.kind == number:
		e, ok = r.inNumbers(i, false)
	case t.kind == numeric:
		e, ok = r.inFigures(i)
	}
	return e, ok && e.shape == aDay
}

// title reports whether the weekday at i is part of a name: Black Friday, the
// Sunday Times.
func (r *reader) title(i int) bool {
	if b := r.at(i - 1); b.kind == letters && b.upper && b.word == strange && names[b.Text(r.text)] {
		return true
	}
	after := r.at(i + 1)
	return after.kind == letters && after.upper && follows[after.Text(r.text)]
}

var (
	names = set("Black", "Good", "Bloody", "Super", "Ash", "Palm", "Easter", "Cyber", "Sheffield", "Holy", "Maundy", "Whit", "Fat", "Giving", "Shrove",
		"Spy", "Casual", "Freaky", "Manic", "Girl", "Big")
	follows = set("Times", "Telegraph", "Mirror", "Mail", "Express", "Herald", "Post", "Independent", "World", "Mosque", "School", "People", "Night",
		"Morning", "Standard", "Tribune", "Life", "Review", "Politics", "Club", "Sermon")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// inFigures reads 2022-01-20 and 20/01/2022. Which of two figures is the month
// is told later, by the whole text.
func (r *reader) inFigures(i int) (expression, bool) {
	t := r.at(i)
	e := expression{shape: aDay, end: i + 1}
	switch {
	case t.n > 31 || t.digits == 4:
		e.y, e.m, e.d = t.n, t.b, t.c
	case t.n > 12:
		e.y, e.m, e.d = t.c, t.b, t.n
	case t.b > 12 || t.n == t.b:
		e.y, e.m, e.d = t.c, t.n, t.b
	default:
		e.y, e.order = t.c, [3]int{t.n, t.b, t.c}
		return e, e.y >= 1000
	}
	return e, e.y >= 1000 && e.y < 2200 && exists(e.y, e.m, e.d)
}
