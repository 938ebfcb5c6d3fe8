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

// scan goes over text once. Without edits it counts the evidence; with them it
// lists what is to be put right in the light of it.
func scan(text string, seen *evidence, edits *[]edit) {
	prev := rune(-1)
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			prev = rune(text[i])
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		row, known := bytesOf[r]
		end := i
		if known {
			for c := range codecs {
				if length(row[c]) == 0 {
					continue
				}
				if end = run(text, i, prev, c, seen, edits); end > i {
					break
				}
			}
			if end == i {
				end = lost(text, i, prev, r, seen, edits)
			}
		}
		if end > i {
			prev, _ = utf8.DecodeLastRuneInString(text[:end])
			i = end
			continue
		}
		prev = r
		i += n
	}
}

// run judges the sequences that stand one after another from i on, and gives
// the end of the last that is damage, or i.
func run(text string, i int, prev rune, c codec, seen *evidence, edits *[]edit) int {
	var few [16]sequence
	all := few[:0]
	for at := i; at < len(text); {
		s, ok := sequenceAt(text, at, c)
		if !ok || !plausible(s.means) {
			break
		}
		all = append(all, s)
		at = s.end
	}
	if len(all) == 0 {
		return i
	}
	next, _ := utf8.DecodeRuneInString(text[all[len(all)-1].end:])
	verdicts := make([]verdict, len(all))
	anySure := false
	for k, s := range all {
		before, after := prev, next
		if k > 0 {
			before = all[k-1].chars[all[k-1].n-1]
		}
		if k+1 < len(all) {
			after = all[k+1].chars[0]
		}
		verdicts[k] = judge(c, s, before, after)
		anySure = anySure || verdicts[k] == sure
	}
	// Letters of one foreign script that stand together are not an accident.
	for k := range all {
		if together(c, all, k) {
			verdicts[k], anySure = sure, true
		}
	}
	end := i
	for k, s := range all {
		v := verdicts[k]
		if v == innocent && !anySure {
			break
		}
		if v != sure && !anySure && seen[c] == 0 {
			break
		}
		if v == sure && edits == nil {
			seen[c]++
		}
		if edits != nil {
			*edits = append(*edits, edit{s.start, s.end, string(s.means)})
		}
		end = s.end
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
func lost(text string, i int, prev, r rune, seen *evidence, edits *[]edit) int {
	after := text[i+utf8.RuneLen(r):]
	next, n := utf8.DecodeRuneInString(after)
	end := i + utf8.RuneLen(r)
	put := func(with string, taken int, beyondDoubt bool) int {
		if beyondDoubt && edits == nil {
			seen[western]++
		}
		if !beyondDoubt && seen[western] == 0 {
			return i
		}
		if edits != nil {
			*edits = append(*edits, edit{i, end + taken, with})
		}
		return end + taken
	}
	switch {
	case r == 'â' && (next == '€' || next == '\u0080'):
		// The byte 9D of a closing mark means nothing in windows-1252 and is
		// often dropped, or replaced.
		if third, m := utf8.DecodeRuneInString(after[n:]); third == utf8.RuneError && m == 3 || third == '?' {
			n += m
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
