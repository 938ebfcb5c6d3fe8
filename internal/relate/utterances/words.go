package utterances

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// A Word is one word of what is said.
type Word struct {
	news.Span         // in the article's text
	Key       uint32  // of its form: case, accents, apostrophes and a possessive ending aside
	Stem      uint32  // of what its forms have in common
	Weight    float32 // how much it tells: bits, about, 0 for the commonest
	Quoted    bool    // inside quotation marks
	Inserted  bool    // inside square brackets: not the speaker's
	Gap       bool    // something is left out before it: an ellipsis
	Number    bool    // it has a digit
	Name      bool    // it has a capital, and does not open the content
	Break     bool    // it begins a part of the content, which the outlet's own words part from the one before
}

// mostWords bounds how many words of a statement are looked at.
const mostWords = 400

// remarks are what an editor writes in brackets without putting words into
// anybody's mouth.
var remarks = map[string]bool{"emphasis added": true, "sic": true, "laughter": true, "applause": true, "laughs": true, "crosstalk": true, "ph": true}

// Words are the words of what s says. Quotation marks of every style are
// understood; content that is direct is quoted whatever its marks.
func Words(text string, s *news.Statement) []Word {
	length := 0
	for _, span := range s.Content {
		length += span.Len()
	}
	out := make([]Word, 0, min(length/5+1, mostWords))
	for n, span := range s.Content {
		c := cutter{text: text, at: span.Start, end: span.End, direct: s.Form == news.Direct, first: len(out), out: out}
		out = c.run()
		if n > 0 && c.first < len(out) {
			out[c.first].Break = true
		}
		if len(out) >= mostWords {
			return out[:mostWords]
		}
	}
	return out
}

// A cutter cuts one span of content into words.
type cutter struct {
	text    string
	at, end int
	direct  bool
	double  bool // inside double marks
	single  bool // inside single ones
	bracket int  // where the bracket opens that it is in, -1 outside
	gap     bool
	first   int
	out     []Word
}

func (c *cutter) run() []Word {
	c.bracket = -1
	for c.at < c.end {
		switch b := c.text[c.at]; {
		case plain[b]:
			c.word()
			continue
		case b == ' ':
			c.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(c.text[c.at:c.end])
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			c.word()
			continue
		case r == '“' || r == '«' || r == '„':
			c.double = true
		case r == '”' || r == '»':
			c.double = false
		case r == '"':
			c.double = !c.double
		case r == '\'' && strings.HasPrefix(c.text[c.at+size:c.end], "'"):
			c.double = !c.double
			size = 2
		case r == '‘' || r == '\'' && c.opens(size):
			c.single = true
		case r == '’' || r == '\'':
			c.single = false
		case r == '…' || strings.HasPrefix(c.text[c.at:c.end], "...") || strings.HasPrefix(c.text[c.at:c.end], ". . ."):
			c.gap = len(c.out) > c.first
		case r == '[':
			c.bracket = len(c.out)
		case r == ']' && c.bracket >= 0:
			c.closeBracket()
		}
		c.at += size
	}
	return c.out
}

// plain are the bytes of letters and digits that are one byte.
var plain = func() (is [256]bool) {
	for b := range utf8.RuneSelf {
		is[b] = unicode.IsLetter(rune(b)) || unicode.IsNumber(rune(b))
	}
	return is
}()

// opens reports whether an apostrophe at the place opens a quotation: it
// stands behind a space and before a letter.
func (c *cutter) opens(size int) bool {
	before, _ := utf8.DecodeLastRuneInString(c.text[:c.at])
	after, _ := utf8.DecodeRuneInString(c.text[c.at+size : c.end])
	return !unicode.IsLetter(before) && !unicode.IsNumber(before) && before != '.' && before != ',' && unicode.IsLetter(after)
}

// closeBracket marks the words of a bracket, or drops an editor's remark.
func (c *cutter) closeBracket() {
	var said []string
	for _, w := range c.out[c.bracket:] {
		said = append(said, strings.ToLower(w.Text(c.text)))
	}
	if remarks[strings.Join(said, " ")] {
		c.out = c.out[:c.bracket]
	}
	for i := c.bracket; i < len(c.out); i++ {
		c.out[i].Inserted = true
	}
	c.bracket = -1
}

// word takes the word that begins at the place. Letters and digits that an
// apostrophe, a full stop, a comma or a colon joins without space are one.
func (c *cutter) word() {
	start := c.at
	for c.at < c.end {
		if plain[c.text[c.at]] {
			c.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(c.text[c.at:c.end])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			next, _ := utf8.DecodeRuneInString(c.text[c.at+size : c.end])
			joins := (r == '\'' || r == '’') && unicode.IsLetter(next) ||
				(r == '.' || r == ',' || r == ':') && unicode.IsNumber(next) && c.at > start && unicode.IsNumber(rune(c.text[c.at-1])) ||
				r == '.' && unicode.IsLetter(next) && c.at-start <= 1
			if !joins || c.at+size >= c.end {
				break
			}
		}
		c.at += size
	}
	span := news.Span{Start: start, End: c.at}
	f := formOf(span.Text(c.text))
	if f.empty {
		return
	}
	c.out = append(c.out, Word{
		Span: span, Key: f.key, Stem: f.stem, Weight: weight(f.key),
		Name: english.Capitalised(span.Text(c.text)) && len(c.out) > 0, Number: f.number,
		Quoted: c.direct || c.double || c.single, Gap: c.gap,
	})
	c.gap = false
}

// fold is a form without case, accents, apostrophes and a possessive ending.
func fold(word string) string {
	var b strings.Builder
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if !plain {
		word = norm.NFKD.String(strings.ReplaceAll(word, "’", "'"))
	}
	word = strings.ToLower(word)
	if bare, ok := strings.CutSuffix(word, "'s"); ok && !clitic[bare] {
		word = bare
	}
	for _, r := range word {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '.' || r == ',' {
			b.WriteRune(r)
		}
	}
	return strings.Trim(strings.ReplaceAll(b.String(), ",", ""), ".")
}

// clitic are the words whose "'s" is a verb.
var clitic = map[string]bool{"he": true, "she": true, "it": true, "that": true, "there": true, "what": true, "who": true, "here": true, "let": true, "where": true, "how": true}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
