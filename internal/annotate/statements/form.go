package statements

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// form tells whether the words of content stand inside quotation marks: all
// (direct), none (indirect), some (mixed).
func (h *holdings) form(text string, content []news.Span) news.Form {
	in, out := 0, 0
	for _, s := range content {
		last := s.Start
		h.over(s, func(i, _ int) {
			q := h.quotes[i]
			out += words(text[last:max(last, q.Start)])
			last = min(s.End, q.End)
			in += words(text[max(s.Start, q.Start):last])
		})
		out += words(text[last:s.End])
	}
	switch {
	case in == 0:
		return news.Indirect
	case out == 0:
		return news.Direct
	}
	return news.Mixed
}

// words counts runs of letters and digits.
func words(text string) int {
	n, inside := 0, false
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r)
		if letter && !inside {
			n++
		}
		inside = letter
	}
	return n
}

// talk is a cue that names a talk, not what was said in it.
var talk = regexp.MustCompile(`(?i)^(?:.*\W)?(?:spoke|speaks?|spoken|speaking|talk(?:s|ed|ing)?)(?:\W.*)?$`)

// witness is a cue of seeing, which an event does only in a manner of speaking
// ("elections which saw the party win").
var witness = regexp.MustCompile(`(?i)^(?:saw|sees|has seen|have seen|had seen)$`)

// genre is a label before a headline's colon that says what kind of piece it is.
var genre = regexp.MustCompile(`(?i)^(?:full )?(?:transcript|video|watch|listen|photos|pictures|in pictures|live|live updates|opinion|analysis|comment|editorial|column|interview|podcast|review|profile|obituary|explainer|exclusive|breaking|update|fact[ -]check|q&a|timeline|factbox|correction|letters?)$`)

// onlyNamed reports whether c names a talk without reporting it ("spoke at
// length about the budget"), has an event see what happened in it, or is the
// label of a piece ("Transcript: the governor on the wells").
func onlyNamed(text string, c candidate) bool {
	whole := c.spans[cue]
	if len(c.spans[source]) == 1 && whole[0].Text(text) == ":" && genre.MatchString(c.spans[source][0].Text(text)) {
		return true
	}
	if len(c.spans[source]) == 1 && witness.MatchString(whole[0].Text(text)) {
		switch strings.ToLower(c.spans[source][0].Text(text)) {
		case "which", "that":
			return true
		}
	}
	if !talk.MatchString(text[whole[0].Start:whole[len(whole)-1].End]) {
		return false
	}
	said := text[c.spans[content][0].Start:]
	first, _ := utf8.DecodeRuneInString(said)
	return !strings.HasPrefix(said, "that ") && !strings.ContainsRune("“\"‘'«„", first)
}
