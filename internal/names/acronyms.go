package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A Short is an acronym that a text explains, and the name it stands for there:
// "the Popular Mobilisation Units (PMU)".
type Short struct {
	Acronym, Name news.Span
}

// Acronyms finds the acronyms that text explains, in their order: a name with
// its acronym in brackets, or the other way round. tags, in order, are the names that
// are known. The name is the capitalised words before the bracket that the letters
// spell (after Schwartz and Hearst 2003), or a known name that ends there and has more
// of them. A known organisation that ends there is explained by any capitals, for the
// letters may be those of another language (Kurdistan Workers' Party, PKK).
func Acronyms(text string, tags []news.Tag) []Short {
	var found []Short
	next, before := 0, -1 // tags up to next begin before the bracket; before is the last of them that is an organisation's
	for at := range len(text) {
		if text[at] != '(' {
			continue
		}
		for next < len(tags) && tags[next].Start < at {
			if body(tags[next].Kind) && (before < 0 || tags[next].End >= tags[before].End) {
				before = next
			}
			next++
		}
		inner := bracket(text, at)
		if inner.Len() == 0 {
			continue
		}
		if IsAcronym(inner.Text(text)) {
			name, ok := spelt(text, inner.Text(text), at)
			if before >= 0 && gap(text, tags[before].End, at) && !IsAcronym(tags[before].Text(text)) && (!ok || tags[before].Contains(name)) {
				name, ok = tags[before].Span, true
			}
			if ok {
				found = append(found, Short{Acronym: inner, Name: name})
			}
			continue
		}
		// PMU (Popular Mobilisation Units)
		if a := wordBefore(text, at); a.Len() > 0 && IsAcronym(a.Text(text)) && initialsOf(a.Text(text), inner.Text(text)) {
			found = append(found, Short{Acronym: a, Name: inner})
		}
	}
	return found
}

// body reports whether k is a name of an organisation.
func body(k news.TagKind) bool { return k == news.TagOrganisation || k == news.TagActingBody }

// longest is how many bytes a name or an acronym in brackets may have.
const longest = 120

// bracket is what the bracket at text[at] begins with: up to a comma or semicolon
// in it, or its end. It is empty where the bracket does not close soon.
func bracket(text string, at int) news.Span {
	end := min(len(text), at+1+longest)
	n := strings.IndexAny(text[at+1:end], "),;(\n")
	if n < 0 || text[at+1+n] == '(' || text[at+1+n] == '\n' {
		return news.Span{}
	}
	inner := news.Span{Start: at + 1, End: at + 1 + n}
	for inner.Len() > 0 && strings.IndexByte(` "'`, text[inner.Start]) >= 0 {
		inner.Start++
	}
	for inner.Len() > 0 && strings.IndexByte(` "'`, text[inner.End-1]) >= 0 {
		inner.End--
	}
	for _, mark := range []string{"“", "‘"} {
		if strings.HasPrefix(inner.Text(text), mark) {
			inner.Start += len(mark)
		}
	}
	for _, mark := range []string{"”", "’"} {
		if strings.HasSuffix(inner.Text(text), mark) {
			inner.End -= len(mark)
		}
	}
	return inner
}

// IsAcronym reports whether word is written as one: two to ten letters and digits
// without space, most of them capitals ("PMU", "U.N.", "UNHCR", "MoD", "G20").
func IsAcronym(word string) bool {
	capitals, small, digits := 0, 0, 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLetter(r):
			small++
		case unicode.IsDigit(r):
			digits++
		case r != '.' && r != '-' && r != '&' && r != '/':
			return false
		}
	}
	n := capitals + small + digits
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && n >= 2 && n <= 10 && capitals >= small
}

// gap reports whether nothing but a space, a possessive or a closing mark lies
// between a name and the bracket after it.
func gap(text string, from, to int) bool {
	return from <= to && to-from <= 8 && strings.Trim(strings.TrimPrefix(strings.TrimPrefix(text[from:to], "'s"), "’s"), " \"'”’") == ""
}

// wordBefore is the word that ends directly before the bracket at text[at].
func wordBefore(text string, at int) news.Span {
	end := len(strings.TrimRight(text[:at], " "))
	if at-end > 2 {
		return news.Span{}
	}
	begin := max(strings.LastIndexAny(text[max(0, end-longest):end], " \n\t(“\"‘'")+1, 0) + max(0, end-longest)
	for begin < end && !utf8.RuneStart(text[begin]) {
		begin++
	}
	return news.Span{Start: begin, End: end}
}

// spelt looks before the bracket at text[at] for the words whose first letters
// acronym has. Little words may be missing in it; the name begins with a capital.
func spelt(text, acronym string, at int) (news.Span, bool) {
	letters := lettersOf(acronym)
	from := max(0, at-longest)
	if cut := strings.LastIndexAny(text[from:at], "\n();:"); cut >= 0 {
		from += cut + 1
	}
	end := from + len(strings.TrimRight(text[from:at], " "))
	begin := end
	for range 2*len(letters) + 2 {
		word := strings.TrimRight(text[from:begin], " -")
		start := from + strings.LastIndexAny(word, " -“\"‘") + 1
		for start < len(text) && !utf8.RuneStart(text[start]) {
			start++
		}
		if start >= from+len(word) {
			break
		}
		begin = start
		if first, _ := utf8.DecodeRuneInString(text[begin:]); unicode.IsUpper(first) && initialsOf(acronym, text[begin:end]) {
			return news.Span{Start: begin, End: end}, true
		}
	}
	return news.Span{}, false
}

// initialsOf reports whether acronym is the first letters of name's words, with or
// without those of little words.
func initialsOf(acronym, name string) bool {
	words := strings.FieldsFunc(strings.ToLower(withoutPossessive(name)), func(r rune) bool { return !inWord(r) && r != '\'' && r != '’' })
	if len(words) < 2 || len(words) > 20 {
		return false
	}
	rest := lettersOf(acronym)
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case len(rest) > 0 && rest[0] == first && !little(w):
			rest = rest[1:]
		case len(rest) > 1 && rest[0] == first && little(w):
			rest = rest[1:]
		case !little(w):
			return false
		}
	}
	return len(rest) == 0
}

// lettersOf are the letters and digits of an acronym, in lower case, without the
// s of a plural.
func lettersOf(acronym string) []rune {
	var letters []rune
	for _, r := range strings.TrimSuffix(acronym, "s") {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, unicode.ToLower(r))
		}
	}
	return letters
}
