package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/news"
)

// A segment is a line, or several that were one before they were wrapped. It
// has no space at its ends.
type segment struct {
	news.Span
	blank bool // a blank line stands before it
}

// wrapAt is the longest line that is taken for one of hard-wrapped text, in
// characters.
const wrapAt = 100

// narrow is the shortest line that text is wrapped at; shorter lines were
// meant to be lines.
const narrow = 55

var listItem = regexp.MustCompile(`^(?:[-•*–]|\d{1,2}[.)])\s`)

// runs lists the runs of lines between blank lines, from the first character
// of the first line to the last of the last. Lines end in \n, \r\n or \r.
func runs(text string) []news.Span {
	var out []news.Span
	start, end := -1, 0
	for at := 0; at < len(text); {
		lineEnd, next := endOfLine(text, at)
		if strings.TrimSpace(text[at:lineEnd]) == "" {
			if start >= 0 {
				out = append(out, news.Span{Start: start, End: end})
			}
			start = -1
		} else {
			if start < 0 {
				start = at
			}
			end = lineEnd
		}
		at = next
	}
	if start >= 0 {
		out = append(out, news.Span{Start: start, End: end})
	}
	return out
}

// endOfLine gives where the line that holds position at ends and where the
// next one starts.
func endOfLine(text string, at int) (end, next int) {
	i := strings.IndexAny(text[at:], "\r\n")
	if i < 0 {
		return len(text), len(text)
	}
	end = at + i
	next = end + 1
	if text[end] == '\r' && next < len(text) && text[next] == '\n' {
		next++
	}
	return end, next
}

// segments cuts text at blank lines, and at line ends that are no wraps.
func segments(text string) []segment {
	var out []segment
	for _, run := range runs(text) {
		blank := len(out) > 0
		lines := linesOf(text, run)
		width := 0
		for _, l := range lines {
			width = max(width, utf8.RuneCountInString(l.Text(text)))
		}
		for i := 0; i < len(lines); {
			first := i
			for i++; i < len(lines) && width <= wrapAt && wrapped(lines[i-1].Text(text), lines[i].Text(text), width); i++ {
			}
			out = append(out, segment{Span: news.Span{Start: lines[first].Start, End: lines[i-1].End}, blank: blank && first == 0})
		}
	}
	return out
}

func linesOf(text string, run news.Span) []news.Span {
	var out []news.Span
	for at := run.Start; at < run.End; {
		end, next := endOfLine(text, at)
		end = min(end, run.End)
		line := text[at:end]
		start := at + len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			out = append(out, news.Span{Start: start, End: start + len(trimmed)})
		}
		at = next
	}
	return out
}

// wrapped reports whether the break between two lines was put there to keep
// lines within width: the first word of the next would not have fitted.
func wrapped(line, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	room := width - utf8.RuneCountInString(line)
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) && !endsSentence(line) {
		return true
	}
	if width < narrow || isBylineStart(next) || listItem.MatchString(next) {
		return false
	}
	return utf8.RuneCountInString(word)+1 > room
}
