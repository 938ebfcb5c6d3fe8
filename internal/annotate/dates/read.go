package dates

// A reader finds the expressions in a list of tokens.
type reader struct {
	text   string
	tokens []token
	named  [13]bool // months that are somebody's name in this text (Theresa May)
	found  []expression
	depth  int // of calls of core
}

// deepest is how many expressions may stand inside another: the last day of the
// first week of the last week of March is not news.
const deepest = 3

// read finds all expressions, in order, none overlapping another.
func (r *reader) read() {
	r.names()
	for i := 0; i < len(r.tokens); {
		e, ok := r.top(i)
		if !ok {
			i++
			continue
		}
		e.start = i
		if e.shape != 0 && !r.tokens[i].work {
			r.found = append(r.found, e)
		}
		i = max(e.end, i+1)
	}
}

// at is the token at i; past the end it is the end of a block.
func (r *reader) at(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &token{kind: boundary, word: strange}
	}
	return &r.tokens[i]
}

func (r *reader) word(i int) string { return r.at(i).word.text }

func (r *reader) is(i int, texts ...string) bool {
	w := r.word(i)
	if w == "" {
		return false
	}
	for _, t := range texts {
		if w == t {
			return true
		}
	}
	return false
}

func (r *reader) sym(i int) rune {
	if t := r.at(i); t.kind == mark {
		return t.sym
	}
	return 0
}

func (r *reader) dash(i int) bool {
	switch r.sym(i) {
	case '-', '–', '—', '‑', '‐', '−':
		return true
	}
	return false
}

// apostrophe reports whether token i is one, of any form.
func (r *reader) apostrophe(i int) bool {
	return r.sym(i) == '’' || r.sym(i) == '\'' || r.sym(i) == '‘'
}

// possessive reports whether 's or s' stands at i.
func (r *reader) possessive(i int) bool {
	return r.apostrophe(i) && r.at(i).glued && (!r.at(i+1).glued || r.word(i+1) == "s")
}

// names marks the months that the text uses as names: Theresa May, Ms April,
// June said.
func (r *reader) names() {
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.word.class != month || t.word.brief || !t.upper {
			continue
		}
		before, after := r.at(i-1), r.at(i+1)
		switch {
		case after.kind == number:
		case before.kind == letters && before.upper && before.word == strange && !r.first(i-1),
			r.is(i-1, "mrs", "ms", "mr", "dr", "theresa", "minister"),
			r.is(i+1, "said", "says", "told") && !r.is(i-1, "in", "since", "last", "late", "early", "of"):
			r.named[t.word.value] = true
		}
	}
}

// first reports whether token i begins a sentence or a block.
func (r *reader) first(i int) bool {
	before := r.at(i - 1)
	return before.kind == boundary || before.sentence != r.at(i).sentence || r.sym(i-1) == '“' || r.sym(i-1) == '"' || r.sym(i-1) == '‘'
}

// top reads an expression with the preposition that is part of it. An empty
// expression that was read stands for words to pass over.
func (r *reader) top(i int) (expression, bool) {
	t := &r.tokens[i]
	if t.kind == mark && !r.apostrophe(i) || t.kind == boundary || t.kind == letters && t.word == strange {
		return expression{}, false
	}
	switch t.word.text {
	case "by":
		if r.is(i+1, "the") && r.is(i+2, "time") {
			return expression{}, false
		}
		if e, ok := r.joined(i + 1); ok && !r.possessive(e.end) {
			e.by, e.preposition = e.shape != aRange, "by"
			if e.shape == aVague || e.shape == aStretch || e.attribute {
				e.by = false
			}
			return e, true
		}
	case "no", "not":
		if r.is(i+1, "later") && r.at(i+2).kind == letters && equal(r.text, r.at(i+2), "than") {
			if e, ok := r.core(i+3, true); ok {
				e.by, e.forced = true, future
				return e, true
			}
		}
	case "before", "until", "till":
		if e, ok := r.joined(i + 1); ok {
			if e.shape != aRange && e.shape != aVague {
				e.preposition = t.word.text
			}
			return e, true
		}
	case "within":
		if e, ok := r.within(i); ok {
			return e, true
		}
	case "between":
		if e, ok := r.ends(i+1, "and"); ok {
			return e, true
		}
	case "from":
		if e, ok := r.ends(i+1, "to", "until", "till", "through"); ok {
			return e, true
		}
	case "over":
		if e, ok := r.core(i+1, false); ok && e.shape == aStretch {
			return e, true
		}
		return expression{}, false
	}
	return r.joined(i)
}

// equal reports whether t's text is s, in lower case.
func equal(text string, t *token, s string) bool { return t.Text(text) == s }

// within reads "within two weeks": a deadline, unless it counts from something
// else ("within two weeks of the vote").
func (r *reader) within(i int) (expression, bool) {
	j := i + 1
	if r.is(j, "the") && r.is(j+1, "next", "coming") {
		j += 2
	}
	n, end, ok := r.count(j)
	if !ok || r.at(end).word.class != unit {
		return expression{}, false
	}
	e := expression{shape: aLimit, n: n, unit: length(r.at(end).word.value), by: true, end: end + 1}
	if r.is(e.end, "of", "after", "before") || n == 0 || e.unit < dayLong {
		e.shape, e.by = aVague, false
	}
	return e, true
}

// ends reads A and B of "between A and B", "from A to B". A may be short of
// what B has: from 3 to 5 May, between May and July 2021.
func (r *reader) ends(i int, joints ...string) (expression, bool) {
	a, ok := r.end(i)
	if !ok {
		return expression{}, false
	}
	if a.shape == aRange && joints[0] == "to" {
		return a, true // from 3 to 5 May
	}
	if !r.is(a.end, joints...) && !(r.dash(a.end) && joints[0] == "to") {
		return expression{}, false
	}
	b, ok := r.end(a.end + 1)
	if !ok {
		return expression{}, false
	}
	if b.shape == aYear && r.counted(b.end) {
		return expression{end: b.end}, true // from 1990 to 2010 dinars
	}
	return r.pair(a, b)
}

// end reads one end of a range: a bare day of the month, a bare year, or
// anything that names a time.
func (r *reader) end(i int) (expression, bool) {
	if e, ok := r.core(i, true); ok {
		return e, true
	}
	t := r.at(i)
	if r.is(i, "the") {
		i, t = i+1, r.at(i+1)
	}
	if t.kind != number || !t.plain || t.tens {
		return expression{}, false
	}
	switch {
	case t.digits <= 2 && t.n >= 1 && t.n <= 31:
		return expression{shape: aDay, d: t.n, end: i + 1}, true
	case t.digits == 4 && t.n >= 1000 && t.n < 2100 && !r.counted(i+1):
		return expression{shape: aYear, y: t.n, end: i + 1}, true
	}
	return expression{}, false
}

// joined reads one expression, or two with a dash or "to" between them.
func (r *reader) joined(i int) (expression, bool) {
	e, ok := r.core(i, false)
	if !ok || e.shape > aWeekday || e.shape == 0 {
		return e, ok
	}
	j := e.end
	if !r.dash(j) && !r.is(j, "to", "through") {
		return e, true
	}
	if r.dash(j) && e.shape != aYear && !r.at(j).glued && r.at(j).sym != '–' && r.at(j).sym != '-' {
		return e, true // a dash that parts two thoughts
	}
	b, ok := r.core(j+1, true)
	if !ok || b.shape != e.shape || b.rel != none || e.rel != none {
		return e, true
	}
	switch e.shape {
	case aYear:
		if r.is(j, "to", "through") && r.is(i-1, "in") {
			return e, true
		}
	case aWeekday:
		// Monday to Friday, by itself, is every week.
		return expression{end: b.end}, true
	}
	both, ok := r.pair(e, b)
	if !ok {
		return e, true
	}
	return both, true
}

// pair makes a range of a and b.
func (r *reader) pair(a, b expression) (expression, bool) {
	e := expression{shape: aRange, a: &a, b: &b, end: b.end}
	switch {
	case a.shape == aDay && a.m == 0:
		if b.shape != aDay || b.m == 0 || b.y == 0 && a.d >= b.d || a.d > monthLength(2000, b.m) {
			return e, false
		}
		a.m, a.y = b.m, b.y
	case b.shape == aDay && b.m == 0:
		if a.shape != aDay || a.d >= b.d {
			return e, false
		}
		b.m, b.y = a.m, a.y
	case a.shape == aVague || b.shape == aVague || a.attribute || a.needsRef() || b.needsRef():
		return e, false
	case a.shape == aYear && b.shape == aYear && a.y >= b.y:
		return e, false
	}
	if a.y == 0 && b.y != 0 && (a.shape == aMonth || a.shape == aDay) && a.year == nil && a.rel == none {
		a.y = b.y
		if a.m > b.m {
			a.y--
		}
	}
	if a.y != 0 && b.y == 0 && (b.shape == aMonth || b.shape == aDay) && b.year == nil && b.rel == none {
		b.y = a.y
		if a.m > b.m {
			b.y++
		}
	}
	return e, true
}

// core reads one expression without a preposition. led is whether a word
// before it announces a time, so that a bare month or year is one.
func (r *reader) core(i int, led bool) (expression, bool) {
	if r.depth == deepest {
		return expression{}, false
	}
	r.depth++
	defer func() { r.depth-- }()
	e, ok := r.modified(i, led)
	if !ok {
		if e, ok = r.timed(i); !ok {
			e, ok = r.simple(i, led)
		}
	}
	if !ok {
		return e, false
	}
	if e.shape != 0 {
		r.tail(&e)
	}
	if n := r.at(e.end); e.shape == aDay && e.y == 0 && (r.is(i-1, "the", "its", "their", "his", "her", "s") || r.apostrophe(i-1)) && n.kind == letters && !n.word.link {
		e.attribute = true // the 7 June primary
	}
	e.adverb = r.is(i-1, "on")
	e.start = i
	return e, true
}

// simple reads an expression without early, late, the end of.
func (r *reader) simple(i int, led bool) (expression, bool) {
	t := r.at(i)
	switch t.kind {
	case numeric:
		return r.inFigures(i)
	case number:
		return r.inNumbers(i, led)
	case letters:
	case mark:
		if r.apostrophe(i) && r.at(i+1).glued && r.at(i+1).kind == number && !t.glued {
			return r.shortYear(i+1, led)
		}
		return expression{}, false
	default:
		return expression{}, false
	}
	switch t.word.class {
	case month:
		return r.month(i, led)
	case weekday:
		return r.weekday(i)
	case season:
		return r.season(i, led)
	case cardinal, vague, unit:
		if e, ok := r.counting(i); ok {
			return e, ok
		}
		if t.word.class == unit && t.word.text == "year" && led && r.calendarYear(i+1, true) {
			return expression{shape: aYear, y: r.at(i + 1).n, end: i + 2}, true
		}
		return expression{}, false
	case ordinal:
		return r.part(i)
	}
	return r.phrase(i, led)
}
