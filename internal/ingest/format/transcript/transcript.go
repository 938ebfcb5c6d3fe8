// Package transcript reads subtitles with the names of those who speak: SubRip
// (.srt) and WebVTT (.vtt).
//
// Names stand in voice tags (<v Mara Tolven>), or at the head of a line
// (“TOLVEN: We will stay.”, “>> TOLVEN:”). Cues of one speaker become one turn.
package transcript

import (
	"html"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Turn is what one speaker says without a break.
type Turn struct {
	Speaker string // empty where nobody says who it is
	Text    string // on one line
}

// longTurn is how many bytes a turn may have before the end of a sentence ends
// it too, and pause is the silence that does.
const (
	longTurn = 800
	pause    = 3 * time.Second
)

var (
	timing = regexp.MustCompile(`^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})`)
	voice  = regexp.MustCompile(`^<v(?:\.[^\s>]*)?\s+([^>]*)>`)
	tag    = regexp.MustCompile(`</?[a-zA-Z0-9:.][^<>]{0,200}>|\{\\[^{}]{0,100}\}`)
	sound  = regexp.MustCompile(`^(?:[\[(][^\[\]()]*[\])]|[♪♫#\s]+.*[♪♫]|[♪♫\s]+)$`)
	named  = regexp.MustCompile(`^(\p{Lu}[\p{L}\p{M}\p{N}.'’\-]*(?: (?:\p{Lu}|[(]|de |van |von |al-|bin |of )[\p{L}\p{M}\p{N}.'’()\-]*){0,5}): +(\S.*)$`)
)

// Parse reads a transcript. title is what a WebVTT file says after its first
// word.
func Parse(text string) (title string, turns []Turn) {
	text = strings.TrimPrefix(text, "\uFEFF")
	if rest, ok := strings.CutPrefix(text, "WEBVTT"); ok {
		line, after, _ := strings.Cut(rest, "\n")
		title = strings.Trim(strings.TrimSpace(line), "-–— ")
		text = after
	}
	cues := cuesIn(text)
	p := &parser{again: repeated(cues)}
	for _, c := range cues {
		p.cue(c)
	}
	p.end()
	return title, p.turns
}

// A cue is what is shown at one time.
type cue struct {
	from, to time.Duration
	lines    []string
}

// cuesIn are the cues of a text: a line with two times, and the lines below it
// up to an empty one or, where that is missing, the next cue. Notes, styles and
// numbers have no times above them.
func cuesIn(text string) []cue {
	var out []cue
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch m := timing.FindStringSubmatch(line); {
		case m != nil:
			if open && len(out) > 0 { // the number of this cue
				last := &out[len(out)-1]
				if n := len(last.lines); n > 0 && digits(last.lines[n-1]) {
					last.lines = last.lines[:n-1]
				}
			}
			out = append(out, cue{from: clock(m[1:5]), to: clock(m[5:9])})
			open = true
		case line == "":
			open = false
		case open:
			last := &out[len(out)-1]
			last.lines = append(last.lines, line)
		}
	}
	return out
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// clock is hours (or nothing), minutes, seconds and thousandths as a duration.
func clock(m []string) time.Duration {
	n := func(s string) (v time.Duration) {
		for _, r := range s {
			v = v*10 + time.Duration(r-'0')
		}
		return v
	}
	return n(m[0])*time.Hour + n(m[1])*time.Minute + n(m[2])*time.Second + n(m[3])*time.Millisecond
}

// repeated counts the names that lines begin with, to tell “Ada: Yes.” from
// “Remember: no.”
func repeated(cues []cue) map[string]int {
	out := map[string]int{}
	for _, c := range cues {
		for _, line := range c.lines {
			if m := named.FindStringSubmatch(opening(plain(line))); m != nil {
				out[m[1]]++
			}
		}
	}
	return out
}

// A parser joins cues into turns.
type parser struct {
	turns   []Turn
	again   map[string]int
	speaker string
	text    strings.Builder
	last    string // line of the cue before
	ended   time.Duration
	tagged  bool // the speaker is known by a tag, which holds for its cue alone
}

func (p *parser) cue(c cue) {
	if c.from-p.ended > pause && p.sentence() {
		p.end()
	}
	p.ended = c.to
	if p.tagged {
		p.tagged = false
		if len(c.lines) > 0 && !voice.MatchString(c.lines[0]) {
			p.turn("")
		}
	}
	for _, line := range c.lines {
		who := ""
		for line != "" { // a line may hold several voices
			if m := voice.FindStringSubmatch(line); m != nil {
				who, line = strings.Join(strings.Fields(html.UnescapeString(m[1])), " "), line[len(m[0]):]
			}
			part := line
			if i := strings.Index(line[min(1, len(line)):], "<v"); i >= 0 {
				part = line[:i+1]
			}
			line = line[len(part):]
			p.line(who, part)
		}
	}
}

// line adds one line, or part of one, said by who if that is known.
func (p *parser) line(who, raw string) {
	text := plain(raw)
	if text == "" || sound.MatchString(text) || text == p.last {
		return // rolling subtitles show a line again
	}
	p.last = text
	opened := opening(text)
	switch m := named.FindStringSubmatch(opened); {
	case who != "":
		p.turn(who)
		p.tagged = true
	case m != nil && p.isName(m[1]):
		p.turn(m[1])
		text = m[2]
	case opened != text:
		p.end()
		p.speaker = ""
		text = opened
	}
	if p.text.Len() > longTurn && p.sentence() {
		p.end()
	}
	if p.text.Len() > 0 {
		p.text.WriteByte(' ')
	}
	p.text.WriteString(text)
}

// isName reports whether the words before a colon are somebody's name: all in
// capitals, of two words or more, or seen there before.
func (p *parser) isName(s string) bool {
	return utf8.RuneCountInString(s) > 1 && (strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsLetter) || strings.Contains(s, " ") || p.again[s] > 1)
}

// turn begins the turn of a speaker, unless it is theirs already.
func (p *parser) turn(who string) {
	if who != p.speaker {
		p.end()
		p.speaker = who
	}
}

// end ends the turn; its speaker may go on.
func (p *parser) end() {
	if p.text.Len() > 0 {
		p.turns = append(p.turns, Turn{p.speaker, p.text.String()})
		p.text.Reset()
	}
}

// sentence reports whether the turn so far ends with a sentence.
func (p *parser) sentence() bool {
	s := p.text.String()
	return s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "”") || strings.HasSuffix(s, `"`)
}

// plain is a line without its tags, on one line.
func plain(s string) string {
	s = tag.ReplaceAllString(s, "")
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}

// opening is a line without the marks of another speaker: >> and a dash.
func opening(s string) string {
	if rest := strings.TrimLeft(s, ">"); len(s)-len(rest) >= 2 {
		return strings.TrimSpace(rest)
	}
	for _, dash := range []string{"- ", "– ", "— "} {
		if rest, ok := strings.CutPrefix(s, dash); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}
