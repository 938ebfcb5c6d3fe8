package quotes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// fewWords is how many words a passage needs to be speech by itself.
const fewWords = 4

// scare reports whether q, of so many words, is a term, a nickname or a title
// of a work rather than speech: it is shorter than four words and no speech
// verb stands beside it, or it is capitalised like a title.
func scare(text string, block news.Block, q quote, words int) bool {
	before := strings.TrimRightFunc(text[block.Start:q.Start], unicode.IsSpace)
	after := strings.TrimLeftFunc(text[q.End:max(q.End, block.End)], unicode.IsSpace)
	inner := text[q.innerStart:q.innerEnd]
	if words < fewWords {
		return !utterance(before, inner, after)
	}
	return block.Kind == news.Paragraph && q.closed && !q.joined && title(before, inner)
}

// utterance reports whether a short passage is said aloud: “No,” she said. It
// ends in a point of its own and a speech verb stands near by in the sentence.
func utterance(before, inner, after string) bool {
	if inner == "" || !strings.ContainsRune(",.!?…—-", lastOf(inner)) {
		return false
	}
	begins := before == "" || strings.ContainsRune(".!?”\"’'", lastOf(before))
	if begins && !strings.ContainsRune(".!?", firstOf(after)) && verbNear(after, 4) {
		return true
	}
	return strings.ContainsRune(",:", lastOf(before)) && verbNear(before[max(0, len(before)-60):], 60)
}

// verbNear reports whether one of the first n words of s is a verb of speech.
func verbNear(s string, n int) bool {
	s = s[:min(len(s), 120)]
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !wordy(r) && r != '’' && r != '\'' }) {
		if n--; n < 0 {
			return false
		}
		if verbs[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// verbs are those by which news reports short utterances.
var verbs = set(`said says say saying told tells asked asks ask replied replies answered answers added adds tweeted tweets
	wrote writes shouted shouts yelled cried called responded quipped joked declared declares exclaimed insisted
	repeated continued concluded explained recalled remarked muttered whispered posted chanted chanting`)

// mayRunOn reports whether a quote that is open at the end of its paragraph can
// go on in the next. One that begins in the middle of a clause (asked for “calm
// and left) and one after whose words a speaker is named (We stay, he said.)
// lack their closing mark.
func mayRunOn(before, inner string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	if before != "" && !strings.ContainsRune(".,:;!?—–-…\"”’')", lastOf(before)) && !verbs[strings.ToLower(lastWord(before))] {
		return false
	}
	inner = inner[max(0, len(inner)-60):]
	comma := strings.LastIndexByte(inner, ',')
	return comma < 0 || !verbNear(inner[comma:], 5)
}

// title reports whether inner is capitalised as titles of works are: every word
// but the small ones, and at least two.
func title(before, inner string) bool {
	if inner == "" || strings.ContainsRune(".!?…—", lastOf(inner)) || strings.ContainsRune(",:", lastOf(before)) {
		return false
	}
	capitals, lower := 0, 0
	for _, w := range strings.Fields(inner) {
		r := firstOf(strings.TrimLeftFunc(w, func(r rune) bool { return !wordy(r) }))
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLetter(r) && !small[strings.Trim(w, ",:;")]:
			return false
		case unicode.IsLetter(r):
			lower++
		}
	}
	return capitals >= 2 && capitals >= lower
}

// small are words that titles leave in lower case.
var small = set(`a an and as at but by de du for from if in into la le nor of off on onto or over per so than that
	the to up via vs vs. with del y el al`)

func firstOf(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastOf(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
