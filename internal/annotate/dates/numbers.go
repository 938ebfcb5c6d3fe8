package dates

// inNumbers reads what begins with a number: 5 May, 3-5 May, 2019, the 1990s,
// 19th century, 10 years ago.
func (r *reader) inNumbers(i int, led bool) (expression, bool) {
	t := r.at(i)
	if !t.plain {
		return expression{}, false
	}
	if t.tens {
		if t.digits != 4 || t.n < 1000 || t.n%10 != 0 {
			return expression{}, false
		}
		e := expression{shape: aDecade, y: t.n, end: i + 1}
		if t.n%100 == 0 && t.n < 2000 {
			e.shape, e.y = aCentury, t.n/100
			e.fixed = true
		}
		return e, true
	}
	if t.digits <= 2 && t.n >= 1 && t.n <= 31 {
		if e, ok := r.dayMonth(i); ok {
			return e, true
		}
	}
	if t.nth {
		return r.part(i)
	}
	if e, ok := r.counting(i); ok {
		return e, true
	}
	if t.digits == 4 && r.calendarYear(i, led) {
		return r.years(i)
	}
	return expression{}, false
}

// dayMonth reads 5 May, 5th of May 2021, 3-5 May, 3 to 5 May.
func (r *reader) dayMonth(i int) (expression, bool) {
	first := r.at(i).n
	j := i + 1
	if (r.dash(j) || r.is(j, "to")) && r.at(j+1).kind == number && r.at(j+1).plain && r.at(j+1).digits <= 2 {
		second := r.at(j + 1).n
		k := j + 2
		if r.is(k, "of") {
			k++
		}
		if m := r.at(k); m.kind == letters && m.word.class == month && m.upper && second > first && second <= monthLength(2000, m.word.value) {
			b := expression{shape: aDay, m: m.word.value, d: second, end: k + 1}
			r.point(&b)
			r.yearAfter(&b)
			return r.pair(expression{shape: aDay, d: first}, b)
		}
		return expression{}, false
	}
	if r.is(j, "of") {
		j++
	}
	m := r.at(j)
	if m.kind != letters || m.word.class != month || !m.upper {
		return expression{}, false
	}
	if first > monthLength(2000, m.word.value) {
		return r.nothing(expression{end: j + 1})
	}
	if n := r.at(j + 1); n.kind == number && n.plain && n.digits <= 2 && r.at(i-1).kind == letters && !r.at(i).nth && r.sym(j+2) == ',' {
		return expression{}, false // 500 of them: a day that belongs to the month after it
	}
	e := expression{shape: aDay, m: m.word.value, d: first, end: j + 1}
	r.point(&e)
	r.yearAfter(&e)
	return r.finish(e)
}

// point passes over the point of an abbreviated month.
func (r *reader) point(e *expression) {
	if r.at(e.end-1).word.brief && r.sym(e.end) == '.' && r.at(e.end).glued {
		e.end++
	}
}

// calendarYear reports whether the number at i is a year. led is whether the
// words before it call for one.
func (r *reader) calendarYear(i int, led bool) bool {
	t := r.at(i)
	if t.kind != number || !t.plain || t.digits != 4 || t.nth || t.tens || t.n < 1000 || t.n >= 2200 || !led && r.counted(i+1) {
		return false
	}
	if r.is(i+1, "gmt", "utc", "local", "hrs", "hours", "est", "edt", "bc", "bce", "ad") {
		return false
	}
	if led {
		return true
	}
	before := r.at(i - 1)
	sentenceInitial := before.kind == boundary || before.sentence != t.sentence
	modern := t.n >= 1900 && t.n < 2100
	if r.work(i) {
		return false
	}
	follower := r.at(i + 1)
	street := follower.kind == letters && follower.upper && r.is(i+2, "street", "avenue", "square")
	switch {
	case street:
		return false
	case r.is(i-1, "in", "since", "during", "circa", "early", "late", "mid", "until", "till", "for"):
		return modern || t.n < 1900 && (r.is(i-1, "in", "since") && !r.plural(i+1))
	case r.is(i-1, "by", "of", "before", "after", "from", "to", "between", "and", "through", "around", "about"):
		return modern && (follower.kind != letters || follower.word.link || follower.upper)
	case r.dash(i-1) && (r.is(i-2, "mid", "post", "pre", "early", "late") || r.at(i-2).kind == number && r.at(i-2).digits == 4):
		return modern
	case r.sym(i-1) == '(' && (r.sym(i+1) == ')' || r.dash(i+1)):
		return true
	case !modern:
		return false
	case r.is(i-1, "the", "a", "his", "her", "its", "their", "our", "my", "s") || r.apostrophe(i-1):
		return follower.kind == letters && (!follower.word.link || follower.upper) || (r.dash(i+1) || r.sym(i+1) == '/') && r.at(i+2).kind == number
	case sentenceInitial:
		return follower.kind == letters && follower.word.link && follower.word.sense != 0 || r.sym(i+1) == ':'
	case before.kind == letters && !before.upper && !before.word.link && before.word.class == other:
		// a failed 2016 coup; but no "number 1984", no "some 2000 troops"
		return follower.kind == letters && !follower.word.link && !r.plural(i+1) && !equal(r.text, before, "number")
	case r.dash(i+1) && r.at(i+2).kind == number && (r.at(i+2).digits == 4 || r.at(i+2).digits == 2):
		return before.kind != letters || !before.upper
	}
	return false
}

// work reports whether the year at i is the title of a book or a film.
func (r *reader) work(i int) bool {
	open, shut := r.sym(i-1), r.sym(i+1)
	if shut == ',' || shut == '.' {
		shut = r.sym(i + 2)
	}
	quoted := (open == '“' || open == '"' || open == '‘' || open == '\'' || open == '«') && (shut == '”' || shut == '"' || shut == '’' || shut == '\'' || shut == '»')
	if quoted || r.is(i-1, "novel", "book", "film", "movie", "play", "album", "series", "titled", "called", "orwell") {
		return true
	}
	if (r.is(i-1, "s") && r.apostrophe(i-2) || r.apostrophe(i-1)) && (r.is(i-3, "orwell") || r.is(i-2, "orwell")) {
		return true
	}
	return r.is(i+1, "by") && r.at(i+2).upper && r.is(i+2, "george", "orwell") || r.sym(i+1) == ':' && r.is(i+2, "a") && r.at(i+2).upper
}

// plural reports whether the word at i looks like more than one of something.
func (r *reader) plural(i int) bool {
	t := r.at(i)
	if t.kind != letters || t.word.link || t.upper {
		return false
	}
	s := t.Text(r.text)
	return len(s) > 3 && s[len(s)-1] == 's' && s[len(s)-2] != 's' && s[len(s)-2] != 'u' && s[len(s)-2] != 'i'
}

// counted reports whether the word at i is something that a number counts.
func (r *reader) counted(i int) bool {
	t := r.at(i)
	return t.kind == letters && things[t.Text(r.text)]
}

var things = set("people", "troops", "soldiers", "cases", "deaths", "homes", "houses", "jobs", "workers", "members", "men", "women", "children", "miles",
	"km", "kilometres", "kilometers", "feet", "metres", "meters", "tonnes", "tons", "dollars", "euros", "pounds", "acres", "hectares", "votes",
	"voters", "seats", "units", "copies", "employees", "residents", "refugees", "protesters", "demonstrators", "migrants", "families", "students",
	"schools", "vehicles", "cars", "ships", "aircraft", "rockets", "missiles", "prisoners", "hostages", "words", "pages", "hours", "days", "weeks",
	"months", "years", "minutes", "times", "calories", "degrees", "patients", "doses", "tests", "shares", "points", "percent", "rpm", "kg",
	"megawatts", "MW", "square", "cubic", "barrels", "villages", "fighters", "police", "officers", "civilians", "others", "delegates", "fans",
	"spectators", "tickets", "staff", "passengers", "flights", "trees", "sheep", "cattle", "buildings", "businesses", "companies", "participants",
	"rupees", "rubles", "roubles", "dinars", "rials", "lira", "pesos", "yen", "yuan", "shekels", "dirhams", "riyals", "francs", "kronor", "guests",
	"inmates", "arrests", "killed", "dead", "injured", "wounded", "displaced", "more", "fewer", "such", "different", "million", "billion", "thousand")

// years reads the year at i and what may follow it: 2003-2011, 2015-16, 2015/16.
func (r *reader) years(i int) (expression, bool) {
	y := r.at(i).n
	e := expression{shape: aYear, y: y, end: i + 1}
	j := i + 1
	second := r.at(j + 1)
	if (r.dash(j) || r.sym(j) == '/') && second.kind == number && !second.nth && !second.tens && r.at(j).glued && second.glued {
		end := second.n
		if second.digits == 2 {
			end += y / 100 * 100
		}
		if (second.digits == 2 || second.digits == 4) && (end > y && second.plain && !r.counted(j+2) || end == y+1) {
			b := expression{shape: aYear, y: end, end: j + 2}
			return r.pair(e, b)
		}
	}
	if r.is(i-1, "the", "a", "his", "her", "its", "their", "our", "my", "s") || r.apostrophe(i-1) {
		e.attribute = true
	}
	return e, true
}

// shortYear reads ’68 and the ’90s, whose figures are at i.
func (r *reader) shortYear(i int, led bool) (expression, bool) {
	t := r.at(i)
	if t.digits != 2 || !t.plain || t.nth {
		return expression{}, false
	}
	if t.tens {
		if t.n%10 != 0 || r.heat(i) {
			return expression{}, false
		}
		e := expression{shape: aDecade, y: 1900 + t.n, end: i + 1}
		if t.n < 30 {
			e.shape = aVague
		}
		return e, true
	}
	if !led && !r.is(i-2, "in", "of", "since", "by", "until", "summer", "winter", "spring") || !r.apostrophe(i-1) || r.at(i+1).kind == letters && !r.at(i+1).word.link && r.at(i+1).word.sense == 0 && r.at(i+1).word != strange {
		return expression{}, false
	}
	return expression{shape: aYear, y: t.n, fixed: true, end: i + 1}, true
}

// heat reports whether the 90s at i are degrees, or somebody's age.
func (r *reader) heat(i int) bool {
	for j := i - 8; j < i+4; j++ {
		if r.is(j, "degrees", "temperature", "temperatures", "highs", "heat") {
			return true
		}
	}
	return r.is(i-1, "his", "her", "their", "my", "your")
}
