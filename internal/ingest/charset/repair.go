package charset

import (
	"strings"
	"unicode/utf8"

	"whosaid/internal/news"
)

// passes is how often mojibake is looked for: text that was damaged twice over
// takes two, and a third finds what the second laid bare.
const passes = 3

// Repair puts damaged text right: UTF-8 that was read in another charset, once
// or twice over; ligatures, soft hyphens, zero-width and control characters
// that came from typesetting. It lists each place, in order, with the words
// that stood there. Line endings become \n without being listed.
//
// It holds back: correct text in any language comes out as it went in, for a
// doubtful pair of characters is only taken for damage where the same text
// holds damage of the same kind beyond doubt. Time is linear.
func Repair(text string) (string, []news.Repair) {
	m := mender{text: unifyLines(text)}
	return m.mend(evidence{})
}

// RepairLike is Repair for parts of one text: each part is judged by the
// damage in the whole.
func RepairLike(whole string) func(part string) (string, []news.Repair) {
	var seen evidence
	scan(unifyLines(whole), &seen, nil)
	return func(part string) (string, []news.Repair) {
		m := mender{text: unifyLines(part)}
		return m.mend(seen)
	}
}

var lineEndings = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\f", "\n\n", "\v", "\n")

func unifyLines(text string) string {
	return lineEndings.Replace(strings.ToValidUTF8(text, "\uFFFD"))
}

// An edit replaces text[start:end].
type edit struct {
	start, end int
	with       string
}

// A mender is a text under repair. The repairs so far are positions in it.
type mender struct {
	text    string
	repairs []news.Repair
}

func (m *mender) mend(seen evidence) (string, []news.Repair) {
	for range passes {
		scan(m.text, &seen, nil)
		var edits []edit
		scan(m.text, &seen, &edits)
		if len(edits) == 0 {
			break
		}
		m.apply(edits)
	}
	m.apply(clean(m.text, m.repairs))
	m.widen()
	return m.text, m.repairs
}

// apply makes edits, which are in order and do not overlap. An edit that
// touches an earlier repair becomes one with it, so that the repair's Was is
// what first stood there.
func (m *mender) apply(edits []edit) {
	if len(edits) == 0 {
		return
	}
	var out, was strings.Builder
	var repairs []news.Repair
	old, done := m.repairs, 0
	for len(edits) > 0 || len(old) > 0 {
		// A cluster is a run of edits and repairs that touch.
		start := len(m.text)
		if len(edits) > 0 {
			start = edits[0].start
		}
		if len(old) > 0 {
			start = min(start, old[0].Start)
		}
		out.WriteString(m.text[done:start])
		newStart := out.Len()
		was.Reset()
		end, edited, restored := start, start, start
		for {
			switch {
			case len(edits) > 0 && edits[0].start <= end:
				e := edits[0]
				edits = edits[1:]
				out.WriteString(m.text[edited:e.start])
				out.WriteString(e.with)
				edited, end = e.end, max(end, e.end)
				continue
			case len(old) > 0 && old[0].Start <= end:
				r := old[0]
				old = old[1:]
				was.WriteString(m.text[restored:r.Start])
				was.WriteString(r.Was)
				restored, end = r.End, max(end, r.End)
				continue
			}
			break
		}
		out.WriteString(m.text[edited:end])
		was.WriteString(m.text[restored:end])
		if now := out.String()[newStart:]; now != was.String() {
			repairs = append(repairs, news.Repair{Span: news.Span{Start: newStart, End: out.Len()}, Was: was.String()})
		}
		done = end
	}
	out.WriteString(m.text[done:])
	m.text, m.repairs = out.String(), repairs
}

// reach is how far a repair is widened to each side, in bytes.
const reach = 40

// widen grows every repair to the words it lies in, because a word is what a
// person can check. Repairs in one word become one.
func (m *mender) widen() {
	var out []news.Repair
	done := 0
	for i := 0; i < len(m.repairs); {
		var was strings.Builder
		start := max(done, m.wordStart(m.repairs[i].Start))
		at, end := start, m.repairs[i].Start
		for ; i < len(m.repairs) && m.repairs[i].Start <= end; i++ {
			r := m.repairs[i]
			was.WriteString(m.text[at:r.Start])
			was.WriteString(r.Was)
			at, end = r.End, m.wordEnd(r.End)
		}
		was.WriteString(m.text[at:end])
		out = append(out, news.Repair{Span: news.Span{Start: start, End: end}, Was: was.String()})
		done = end
	}
	m.repairs = out
}

func (m *mender) wordStart(at int) int {
	i := at
	for i > 0 && at-i < reach && !space(m.text[i-1]) {
		_, n := utf8.DecodeLastRuneInString(m.text[:i])
		i -= n
	}
	return i
}

func (m *mender) wordEnd(at int) int {
	i := at
	for i < len(m.text) && i-at < reach && !space(m.text[i]) {
		_, n := utf8.DecodeRuneInString(m.text[i:])
		i += n
	}
	return i
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }
