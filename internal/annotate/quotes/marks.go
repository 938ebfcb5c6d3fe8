package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A family holds the marks that open and close each other.
type family uint8

const (
	curly     family = iota // “ ” and ‟
	low                     // „, closed by “ or ”
	straight                // "
	ticks                   // `` and '', ‘‘ and ’’
	guillemet               // « »
	angle                   // ‹ ›
	single                  // ‘ ’ ' ‚ ‛ `
)

// fits reports whether a mark of family b may close a quote that one of family
// a opened. Double marks are mixed up in print (“We stay," he said).
func fits(a, b family) bool {
	return a == b || (a <= ticks && b <= ticks)
}

// A way is the direction of a mark.
type way uint8

const (
	opens way = iota
	closes
	either // opens unless something it can close is open
)

// A mark is one quotation mark, at bytes [start, end) of the text.
type mark struct {
	start, end int
	family     family
	way        way
	rune       rune
	// doubtful: this looks as much like an apostrophe or a sign for inches as
	// like a quotation mark (the groups' plan, a 12" pipe, '90s).
	doubtful bool
	// pointed: a full stop, comma or the like stands before it.
	pointed bool
}

// isMark reports whether r can be part of a quotation mark.
func isMark(r rune) bool {
	switch r {
	case '"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '＂':
		return true
	}
	return false
}

// A surrounding is what stands around a run of adjacent marks. Marks are judged
// by what stands around the run, not by each other: in 'He said "no."' the last
// two both close.
type surrounding struct {
	left, right rune // 0 at the ends of the paragraph
	before      string
	after       string
}

// scan appends the marks of paragraph p to marks, in order, and leaves out
// those that are apostrophes or signs of measure beyond doubt.
func scan(marks []mark, text string, p news.Span) []mark {
	for i := p.Start; i < p.End; {
		r, size := utf8.DecodeRuneInString(text[i:p.End])
		if !isMark(r) {
			i += size
			continue
		}
		end := i + size
		for end < p.End {
			r, size := utf8.DecodeRuneInString(text[end:p.End])
			if !isMark(r) {
				break
			}
			end += size
		}
		around := surrounding{
			left: lastRune(text, p, i), right: firstRune(text, p, end),
			before: text[p.Start:i], after: text[end:p.End],
		}
		for i < end {
			m := next(text, i, end)
			if around.direct(&m) {
				marks = append(marks, m)
			}
			i = m.end
		}
	}
	return marks
}

// next reads the mark at the start of text[i:end]; two single marks of one form
// are one double mark.
func next(text string, i, end int) mark {
	r, size := utf8.DecodeRuneInString(text[i:end])
	m := mark{start: i, end: i + size, rune: r}
	switch r {
	case '“', '”', '‟':
		m.family = curly
	case '„':
		m.family = low
	case '"', '＂':
		m.family = straight
	case '«', '»':
		m.family = guillemet
	case '‹', '›':
		m.family = angle
	default:
		m.family = single
		if twin := text[m.start:m.end]; strings.HasPrefix(text[m.end:end], twin) && strings.ContainsRune("`'‘’", r) {
			m.family = ticks
			m.end += size
		}
	}
	return m
}

// direct settles the way of m and reports whether m is a quotation mark at all.
func (s *surrounding) direct(m *mark) bool {
	starts, ends := opening(s.left), s.ending()
	m.pointed = strings.ContainsRune(".,!?…;:—–-)]", s.left)
	switch {
	case m.rune == '„' || m.rune == '‟':
		m.way = opens
	case m.family == single:
		return s.directSingle(m)
	case m.family == straight || m.rune == '\'':
		if s.measure() {
			return false
		}
		switch {
		case starts && !ends:
			m.way = opens
		case ends && !starts:
			m.way = closes
			m.doubtful = unicode.IsDigit(s.left) && s.goesOn()
			if s.slipped() {
				m.way = either
			}
		default:
			m.way = either
			if m.rune == '\'' && wordy(s.left) && wordy(s.right) {
				return false // an apostrophe that was doubled
			}
		}
	default:
		m.way = opens
		if strings.ContainsRune("”»›’", m.rune) {
			m.way = closes
		}
		// Marks turned the wrong way, by a mistake or by another country's custom.
		switch {
		case m.way == opens && s.right == 0:
			m.way = closes
		case m.way == opens && !starts && ends:
			m.way = either
		case m.way == closes && s.slipped():
			m.way = either
		case m.way == closes && starts && (wordy(s.right) || s.left == 0):
			m.way = either
		}
		if m.family >= guillemet && m.way == either {
			m.way = opens
			if strings.ContainsRune("«‹", m.rune) {
				m.way = closes // »so«
			}
		}
	}
	return true
}

// directSingle is direct for single marks, most of which are apostrophes.
func (s *surrounding) directSingle(m *mark) bool {
	starts := opening(s.left)
	switch {
	case wordy(s.left) && wordy(s.right):
		return false // don't, O'Neil, Asa'ib
	case starts && s.begins():
		// An elision ('90s, rock 'n' roll), and a ’ that opens, are opening
		// marks only where speech may begin.
		m.way = opens
		if m.rune == '’' || s.elision() {
			m.doubtful = true
			return s.speechMayBegin()
		}
		return true
	case starts || s.left == '\u00a0':
		return false
	case m.rune == '‚' || m.rune == '‛':
		return false
	}
	m.way = closes
	m.doubtful = (unicode.IsDigit(s.left) || elided(s.before)) && s.goesOn()
	return true
}

// opening reports whether a mark after r opens, as far as r tells.
func opening(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("([{<—–-‐‑―/|*_=>", r)
}

// ending reports whether a mark before s.right closes, as far as that tells.
func (s *surrounding) ending() bool {
	switch s.right {
	case 0, '—', '–', '-', '‐', '‑', '―', '/', '|', '*', '_', ')', ']', '}', ',', ';', ':', '!', '?', '<', '=':
		return true
	case '.':
		return !(strings.HasPrefix(s.after, "..") || strings.HasPrefix(s.after, ". .")) || !opening(s.left)
	case '…':
		return !opening(s.left)
	}
	return unicode.IsSpace(s.right) || unicode.Is(unicode.Cf, s.right)
}

// slipped reports whether the mark lies a space too far left to open what a
// verb of speech announces: He says," we stay."
func (s *surrounding) slipped() bool {
	before, announces := strings.CutSuffix(s.before, ",")
	return announces && s.goesOn() && verbs[strings.ToLower(lastWord(before))]
}

// begins reports whether what follows can begin a passage.
func (s *surrounding) begins() bool {
	return wordy(s.right) || strings.ContainsRune("[($£€#@…¿¡", s.right) || strings.HasPrefix(s.after, "..")
}

// goesOn reports whether a space and a further word, or a hyphen, follow.
func (s *surrounding) goesOn() bool {
	if s.right == '-' {
		return true
	}
	if !unicode.IsSpace(s.right) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.after[utf8.RuneLen(s.right):])
	return wordy(r)
}

// speechMayBegin reports whether the mark begins the paragraph or follows a
// comma, a colon or the end of a sentence.
func (s *surrounding) speechMayBegin() bool {
	before := strings.TrimRightFunc(s.before, unicode.IsSpace)
	if before == "" {
		return true
	}
	return strings.ContainsRune(",:.!?", rune(before[len(before)-1]))
}

// measure reports whether the run stands for inches: 6'2", 5' 10".
func (s *surrounding) measure() bool {
	if !unicode.IsDigit(s.left) && s.left != '½' {
		return false
	}
	digits := strings.TrimRight(s.before, "0123456789.½¼¾ ")
	for _, foot := range []string{"'", "’", "′"} {
		if rest, ok := strings.CutSuffix(digits, foot); ok {
			return rest != "" && rest[len(rest)-1] >= '0' && rest[len(rest)-1] <= '9'
		}
	}
	return false
}

// elision reports whether what follows is left of a word or a year whose
// beginning an apostrophe stands for, or an Arabic name that begins with an ayn.
func (s *surrounding) elision() bool {
	word := firstWord(s.after)
	switch {
	case len(word) >= 2 && isDigit(word[0]) && isDigit(word[1]):
		return len(word) == 2 || word[2:] == "s"
	case shortForms[word]:
		return strings.HasPrefix(s.after[len(word):], " ")
	}
	return elisions[strings.ToLower(word)] || ayns[word]
}

var (
	// elisions are words that lost their beginning.
	elisions = set(`em n til till twas tis twere twould twill cause cuz coz bout round neath nuff cept fore
		sup tude hood gainst ello ead im ow ere ndrangheta`)
	// shortForms are the ends of short forms, in texts that set them apart (we 're).
	shortForms = set(`s re ll ve d t m`)
	// ayns are names that begin with the letter ayn, which some print as ‘.
	ayns = set(`Abbas Abd Abdallah Abdul Abdullah Adil Ain Aisha Alawi Ali Amman Ammar Amr Anbar Aqil Arab Aref Asa Ashura
		Atiya Aziz Eid Id Imad Imran Iraq Iraqi Isa Issa Izz Omar Ubayd Umar Uthman`)
)

// set makes a set of the words of s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// firstWord is the run of letters and digits at the start of s.
func firstWord(s string) string {
	if end := strings.IndexFunc(s, func(r rune) bool { return !wordy(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

// lastWord is the run of letters and digits at the end of s; of a very long one
// it is only the end.
func lastWord(s string) string {
	s = s[max(0, len(s)-40):]
	return s[len(strings.TrimRightFunc(s, wordy)):]
}

// elided reports whether before ends in a word that an apostrophe may end: a
// possessive (the groups', Schultz'), a dropped g (goin'), o', an', th', ol'.
func elided(before string) bool {
	word := strings.ToLower(lastWord(before))
	if clipped[word] {
		return true
	}
	return len(word) > 2 && strings.ContainsRune("szx", rune(word[len(word)-1]))
}

// clipped are words that lost their end.
var clipped = set(`o an th ol n lil wi bein comin doin feelin fightin gettin givin goin havin keepin livin lookin
	losin lovin makin movin nothin playin puttin runnin sayin singin somethin standin takin talkin thinkin tryin
	waitin walkin watchin winnin wonderin workin`)

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// wordy reports whether r is a letter, a mark on one, or a digit.
func wordy(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}
