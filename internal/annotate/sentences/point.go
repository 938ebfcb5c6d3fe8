package sentences

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A point is a full stop or the like, with what stands around it.
type point struct {
	before string // from the start of the sentence, but 80 bytes at most
	point  string // "." or "?!" or "..."
	quoted bool   // a closing quotation mark follows at once
	spaced bool   // space follows, behind closing marks and brackets
	after  string // what follows that
}

// ends reports whether a sentence ends at p.
func (p point) ends() bool {
	if p.after == "" {
		return false // the block does
	}
	next := p.nextWord()
	switch {
	case strings.IndexFunc(p.before, wordy) < 0:
		return false // nothing yet to end
	case next == "" && !p.spaced:
		return false
	case startsLower(next):
		return false
	case !p.spaced:
		return p.unspaced(next)
	case p.point != ".":
		return p.strong(next)
	case p.quoted:
		return true
	}
	return p.stop(next)
}

// strong is ends for points other than a single full stop.
func (p point) strong(next string) bool {
	switch {
	case p.quoted && reports(p.after):
		return false // “Why?” Pike asked.
	case strings.ContainsAny(p.point, "!?"):
		return true
	case strings.HasSuffix(p.before, " "): // a pause: the harvest … Pike said
		return starters[next]
	}
	return true
}

// stop is ends for a single full stop with space after it.
func (p point) stop(next string) bool {
	word := lastToken(p.before)
	number := next != "" && isDigit(next[0])
	switch kind := abbreviations[word]; {
	case word == "":
		return true // it stands behind a mark: 3%.
	case kind == title:
		return false
	case kind == counted:
		return !number
	case kind == inner:
		return false
	case kind == either || acronym(word):
		return starters[next]
	case isDigit(word[0]) && strings.TrimSpace(p.before) == word && len(word) <= 2:
		return false // 1. The first of a list
	}
	return true
}

// unspaced is ends where no space follows: he said.The next.
func (p point) unspaced(next string) bool {
	r, _ := utf8.DecodeRuneInString(p.after)
	switch {
	case p.quoted:
		return unicode.IsUpper(r) || strings.ContainsRune(opening, r)
	case p.point != ".":
		return unicode.IsUpper(r) && strings.ContainsAny(p.point, "!?")
	}
	word := lastToken(p.before)
	return unicode.IsUpper(r) && len(next) > 1 && startsLower(next[1:]) && len(word) > 2 && word == strings.ToLower(word) && !isDigit(word[0]) &&
		!strings.ContainsAny(word, ".@/") && !strings.HasPrefix(p.after[len(next):], ".")
}

// nextWord is the word that follows, without what opens it.
func (p point) nextWord() string {
	s := strings.TrimLeft(p.after[:min(len(p.after), 80)], opening+" ")
	end := strings.IndexFunc(s, func(r rune) bool { return !wordy(r) && r != '-' })
	if end < 0 {
		return s
	}
	return s[:end]
}

// startsLower reports whether word starts a sentence in no case: it is in
// small letters, as neither al-Jabouri nor iPhone is.
func startsLower(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r) && strings.IndexFunc(word, unicode.IsUpper) < 0
}

// lastToken is the word that s ends in, with points and hyphens inside it.
func lastToken(s string) string {
	s = s[max(0, len(s)-40):]
	return s[len(strings.TrimRightFunc(s, func(r rune) bool { return wordy(r) || strings.ContainsRune(".@/", r) })):]
}

// acronym reports whether word is an initial (J) or has points between one or
// two letters (U.S, a.m, Ph.D).
func acronym(word string) bool {
	parts := strings.Split(word, ".")
	for _, part := range parts {
		if n := utf8.RuneCountInString(part); n > 2 || part == "" || !unicode.IsLetter(firstOf(part)) {
			return false
		}
	}
	return len(parts) > 1 || utf8.RuneCountInString(word) == 1 && unicode.IsUpper(firstOf(word))
}

func firstOf(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// reports reports whether s begins by saying who spoke: a verb of speech is
// among its first words, or after a name.
func reports(s string) bool {
	s = s[:min(len(s), 120)]
	if end := strings.IndexAny(s, ".!?\n“\""); end >= 0 {
		s = s[:end]
	}
	for n, w := range strings.FieldsFunc(s, func(r rune) bool { return !wordy(r) && r != '-' && r != '’' && r != '\'' }) {
		if speech[strings.ToLower(w)] {
			return true
		}
		if n == 5 {
			break
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func wordy(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}
