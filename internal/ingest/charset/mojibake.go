package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// evidence counts the places where a text was beyond doubt read in the wrong
// charset, for each.
type evidence [codecs]int

// verdict is how sure it is that a sequence is damage.
type verdict int

const (
	innocent verdict = iota // more likely meant so
	likely                  // damage, if there is more like it
	sure
)

// A scanner goes over a text once. Without a place for edits it counts the
// evidence; with one it lists what is to be put right in the light of it.
type scanner struct {
	text  string
	seen  *evidence
	edits *[]edit

	// done is, for each codec, how far the sequences have been judged. In
	// UTF-8 a byte that starts a sequence never stands inside another, so
	// what was judged once need not be looked at again.
	done [codecs]int
}

func scan(text string, seen *evidence, edits *[]edit) {
	s := scanner{text: text, seen: seen, edits: edits}
	prev := rune(-1)
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			prev = rune(text[i])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if end := s.at(i, prev, r); end > i {
			prev, _ = utf8.DecodeLastRuneInString(text[:end])
			i = end
			continue
		}
		prev = r
		i += n
	}
}

// at looks for damage that starts with the character r at i, and gives its
// end, or i.
func (s *scanner) at(i int, prev, r rune) int {
	row, known := bytesOf[r]
	if !known {
		return i
	}
	for c := range codecs {
		if length(row[c]) == 0 || i < s.done[c] {
			continue
		}
		if end := s.run(i, prev, c); end > i {
			return end
		}
	}
	return s.lost(i, prev, r)
}

// longest is how many sequences are judged together.
const longest = 32

// run judges the sequences that stand one after another from i on, and gives
// the end of the damage that starts there, or i.
func (s *scanner) run(i int, prev rune, c codec) int {
	var room [longest]sequence
	var verdicts [longest]verdict
	all := room[:0]
	for at := i; at < len(s.text) && len(all) < longest; {
		q, ok := sequenceAt(s.text, at, c)
		if !ok || !plausible(q.means) {
			break
		}
		all = append(all, q)
		at = q.end
	}
	if len(all) == 0 {
		return i
	}
	end := all[len(all)-1].end
	next, _ := utf8.DecodeRuneInString(s.text[end:])
	anySure := false
	for k, q := range all {
		before, after := prev, next
		if k > 0 {
			before = all[k-1].chars[all[k-1].n-1]
		}
		if k+1 < len(all) {
			after = all[k+1].chars[0]
		}
		verdicts[k] = judge(c, q, before, after)
		if together(c, all, k) { // letters of one foreign script are no accident
			verdicts[k] = sure
		}
		if verdicts[k] == sure {
			anySure = true
			if s.edits == nil {
				s.seen[c]++
			}
		}
	}
	damaged := func(k int) bool { return anySure || verdicts[k] == likely && s.seen[c] > 0 }
	s.done[c] = end
	for k, q := range all {
		switch {
		case damaged(k) && s.edits != nil:
			*s.edits = append(*s.edits, edit{q.start, q.end, string(q.means)})
		case damaged(k):
		case k == 0:
			// The next that is damaged is judged again when it is reached.
			for n := range all {
				if damaged(n) {
					s.done[c] = all[n].start
					break
				}
			}
			return i
		default:
			s.done[c] = q.start
			return q.start
		}
	}
	return end
}

// together reports whether sequence k and a neighbour mean letters of the same
// script other than Latin. Pairs of mere punctuation do not count.
func together(c codec, all []sequence, k int) bool {
	script := scriptOf(all[k].means)
	if script == 0 {
		return false
	}
	same := 1
	odd := oddness(c, all[k])
	for j := k - 1; j >= 0 && j > k-3 && scriptOf(all[j].means) == script; j-- {
		same++
		odd += oddness(c, all[j])
	}
	for j := k + 1; j < len(all) && j < k+3 && scriptOf(all[j].means) == script; j++ {
		same++
		odd += oddness(c, all[j])
	}
	need := 2
	if c == macRoman {
		need = 3
	}
	return same >= need && odd > 0
}

// oddness is how many characters of s have no business after a letter.
func oddness(c codec, s sequence) int {
	if c != western {
		return 1
	}
	n := 0
	for _, r := range s.chars[1:s.n] {
		if k := kindOf(r); k != mark {
			n++
		}
	}
	return n
}

// kind is what part a character of windows-1252 plays in correct text.
type kind int

const (
	odd    kind = iota // hardly any: ¤ ¦ ¨ ¬ ¸ ¼ ˆ, control characters
	mark               // punctuation that may follow a letter: ” … » –, the no-break space
	note               // signs that may follow a word: ® ™ ² ª † §
	letter             // Š š Œ œ Ž ž Ÿ ƒ µ
)

func kindOf(r rune) kind {
	switch r {
	case '\u00A0', '\u00AD', '–', '—', '‘', '’', '“', '”', '…', '«', '»', '‚', '„', '‹', '›', '•', '·', '¿', '¡', '´':
		return mark
	case '®', '™', '°', '²', '³', '¹', 'º', 'ª', '†', '‡', '§', '©', '£', '¢', '%', '½', '¼', '¾', '±', '¥':
		return note
	case 'Š', 'š', 'Œ', 'œ', 'Ž', 'ž', 'Ÿ', 'ƒ', 'µ':
		return letter
	}
	return odd
}

// judge weighs one sequence by itself.
func judge(c codec, s sequence, before, after rune) verdict {
	switch c {
	case western:
		return judgeWestern(s, before, after)
	case macRoman:
		return judgeMacRoman(s, before, after)
	}
	return judgeDOS(c, s, before, after)
}

func judgeWestern(s sequence, before, after rune) verdict {
	lead, first := s.chars[0], s.chars[1]
	kind := kindOf(first)
	afterUpper := unicode.IsUpper(before)
	switch s.n {
	case 4:
		if lead == 'ð' {
			return sure
		}
		return likely
	case 3:
		second := kindOf(s.chars[2])
		switch {
		case lead == 'â' && (first == '€' || first == '\u0080'), lead == 'ï' && first == '»' && s.chars[2] == '¿', lead == 'ï' && first == '¿' && s.chars[2] == '½':
			return sure
		case !unicode.IsLetter(before) && (kind != mark || second != mark),
			lead == 'â' && (kind == odd || second == odd || kind == letter || first == '„' && s.chars[2] == '¢'):
			return sure
		case kind == odd && second != mark, kind != mark && second == odd:
			return sure
		case unicode.IsLetter(before) && kind == mark && second == mark:
			return innocent
		}
		return likely
	}
	common := lead == 'Ã' || lead == 'Â'
	switch {
	case lead == '×' || lead == 'ß' || lead == 'Þ':
		return likely
	case common && (kind == odd || kind == letter):
		return sure
	case common && first == '\u00A0' && !afterUpper:
		return sure
	case common && kind == note && !afterUpper:
		return sure
	case unicode.IsLower(before) && scriptOf(s.means) == 0:
		return sure
	case common && !afterUpper && (unicode.IsLetter(after) || lead == 'Â' && !opening(before)):
		return sure
	case kind == odd && scriptOf(s.means) == 0:
		return sure
	case (lead == 'Ä' || lead == 'Å') && !afterUpper && unicode.IsLower(after) && (kind == letter || kind == note || opening(first)):
		return sure
	case kind == mark && afterUpper && unicode.IsLetter(after) && opening(first):
		return sure
	case kind == mark && !unicode.IsLetter(after) && !unicode.IsLower(before):
		if afterUpper || opening(before) {
			return innocent
		}
	}
	return likely
}

// opening reports whether r opens a quotation or question.
func opening(r rune) bool { return strings.ContainsRune("“‘«„‚‹¿¡\"'([", r) }

// judgeDOS judges what the code pages of MS-DOS and the Windows console make
// of UTF-8: lines of boxes and Greek letters beside Latin ones.
func judgeDOS(c codec, s sequence, before, after rune) verdict {
	lead, first := s.chars[0], s.chars[1]
	boxed := '\u2500' <= first && first <= '\u259F'
	near := unicode.IsLetter(before) || unicode.IsLetter(after)
	switch {
	case s.n == 4:
		if lead == '≡' && first == 'ƒ' {
			return sure
		}
	case s.n == 3 && (lead == 'Γ' || lead == 'Ô'):
		if first == 'Ç' || lead == 'Γ' && unicode.Is(unicode.Latin, first) {
			return sure
		}
	case s.n == 3 && lead == '∩' && (first == '╗' || first == '┐' || first == '¼'):
		return sure
	case s.n == 2 && (lead == '┬' || lead == '├'):
		if !boxed || near {
			return sure
		}
		return likely
	case s.n == 2 && (lead == '─' || lead == '┼') && !boxed && near:
		return sure
	}
	if boxed && !near || c == cp850 && unicode.IsLetter(lead) {
		return innocent
	}
	return likely
}

// judgeMacRoman judges what old Macs make of UTF-8. Its lead characters are
// the marks and dashes of correct text, so it takes more to be sure.
func judgeMacRoman(s sequence, before, after rune) verdict {
	lead, first := s.chars[0], s.chars[1]
	near := unicode.IsLetter(before) || unicode.IsLetter(after)
	switch {
	case s.n == 3 && lead == '‚' && strings.ContainsRune("ÄÇÑÜâ", first):
		return sure
	case s.n == 2 && lead == '√':
		if near && !strings.ContainsRune("πµ∫∂∑", first) || unicode.IsLower(before) && unicode.IsLower(after) {
			return sure
		}
		return likely
	case s.n == 2 && lead == '¬':
		if strings.ContainsRune("†´ª©®£ß", first) {
			return sure
		}
		return likely
	case s.n == 2 && (lead == '≈' || lead == 'ƒ' || lead == '∆') && near:
		return likely
	}
	return innocent
}

// lost recognises sequences of windows-1252 whose last character was dropped
// on the way, and gives the end of what it took, or i.
func (s *scanner) lost(i int, prev, r rune) int {
	after := s.text[i+utf8.RuneLen(r):]
	next, n := utf8.DecodeRuneInString(after)
	end := i + utf8.RuneLen(r)
	put := func(with string, taken int, beyondDoubt bool) int {
		if beyondDoubt && s.edits == nil {
			s.seen[western]++
		}
		if !beyondDoubt && s.seen[western] == 0 {
			return i
		}
		if s.edits != nil {
			*s.edits = append(*s.edits, edit{i, end + taken, with})
		}
		return end + taken
	}
	switch {
	case r == 'â' && (next == '€' || next == '\u0080'):
		// The byte 9D of a closing mark means nothing in windows-1252 and is
		// often dropped, or replaced. So is the byte 90 of a hyphen.
		third, m := utf8.DecodeRuneInString(after[n:])
		if third == utf8.RuneError && m == 3 || third == '?' {
			n += m
			third, _ = utf8.DecodeRuneInString(after[n:])
		}
		if unicode.IsLetter(prev) && unicode.IsLetter(third) {
			return put("‐", n, true)
		}
		return put("”", n, true)
	case r == 'Â' && next == ' ' && (unicode.IsLower(prev) || strings.ContainsRune(".,;:?!)”’»%", prev)):
		return put("", 0, true)
	case r == 'Â' && next == ' ' && (prev == ' ' || prev == '\n'):
		return put("", 0, false)
	case r == 'Ã' && next == ' ' && unicode.IsLower(prev):
		return put("à", 0, false)
	case r == 'Ã' && next == ' ' && prev == ' ':
		return put("à", 0, false)
	}
	return i
}
