// Package charset turns the bytes of a file or page into Unicode text and puts
// right text that was once turned with the wrong charset.
//
// Decode follows the order that browsers do (byte order mark, HTTP header,
// <meta>, validity as UTF-8) and then guesses by the statistics of
// gogs/chardet, a port of ICU's detector. Repair undoes mojibake in the manner
// of Python's ftfy.
package charset

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// An Error says why bytes are not text.
type Error struct {
	Reason string // what they are instead
	Hint   string // what to do next
}

// Error is one sentence without the input's name.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Reason
	}
	return e.Reason + "; " + e.Hint
}

// Decode turns b into valid UTF-8 and names the charset it was in, as the
// WHATWG writes it. contentType is the HTTP header, or empty; html says that b
// may name its own charset in a <meta> or an XML declaration. Bytes that are
// wrong in the charset become U+FFFD. Bytes that are no text give an *Error.
func Decode(b []byte, contentType string, html bool) (text, name string, err error) {
	if enc, name, n := byteOrderMark(b); n > 0 {
		return decodeAs(enc, name, b[n:])
	}
	if what := magic(b); what != "" {
		return "", "", &Error{Reason: "it is " + what + ", not text", Hint: "give the article as text, HTML, PDF or another format that whosaid reads"}
	}
	if enc, name := wide(b); enc != nil {
		return decodeAs(enc, name, b)
	}
	if binary(b) {
		return "", "", &Error{Reason: "it holds binary data, not text", Hint: "check that it is an article"}
	}
	valid := utf8.Valid(b)
	if valid && ascii(b) && !escaped(b) {
		return string(b), "utf-8", nil
	}
	for _, label := range labels(b, contentType, html) {
		enc, err := htmlindex.Get(label)
		if err != nil {
			continue
		}
		name, err := htmlindex.Name(enc)
		if err != nil || name == "replacement" || strings.HasPrefix(name, "utf-16") {
			continue
		}
		if name == "utf-8" || valid && !ascii(b) {
			break // text that is valid UTF-8 by chance in another charset is rarer than a wrong label
		}
		if text, _, err := decodeAs(enc, name, b); err == nil && credible(text) {
			return text, name, nil
		}
	}
	if valid && !escaped(b) {
		return string(b), "utf-8", nil
	}
	if nearlyUTF8(b) {
		return strings.ToValidUTF8(string(b), "\uFFFD"), "utf-8", nil
	}
	enc, name := detect(b, html)
	return decodeAs(enc, name, b)
}

// labels lists the charsets that the header and the document name.
func labels(b []byte, contentType string, html bool) []string {
	var out []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		out = append(out, params["charset"])
	}
	if html {
		if m := declared.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
			out = append(out, string(m[1])+string(m[2]))
		}
	}
	return out
}

var declared = regexp.MustCompile(`(?i)<\?xml[^>]{0,200}encoding\s*=\s*["']([-\w:.]+)|<meta[^>]{1,400}charset\s*=\s*["']?\s*([-\w:.]+)`)

func decodeAs(enc encoding.Encoding, name string, b []byte) (string, string, error) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", "", &Error{Reason: "it could not be read as " + name, Hint: "save it as UTF-8"}
	}
	return strings.ToValidUTF8(string(out), "\uFFFD"), name, nil
}

// byteOrderMark tells the charset by the first bytes, and how many they are.
func byteOrderMark(b []byte) (encoding.Encoding, string, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return unicode.UTF8, "utf-8", 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le", 4
	case bytes.HasPrefix(b, []byte("\x00\x00\xFE\xFF")):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be", 4
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le", 2
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be", 2
	}
	return nil, "", 0
}

// wide recognises UTF-16 without a byte order mark: zero bytes on one side of
// the pairs only, and words when read so.
func wide(b []byte) (encoding.Encoding, string) {
	if len(b) < 4 || len(b)%2 != 0 {
		return nil, ""
	}
	sample := b[:min(len(b), 1<<16)&^1]
	var zeros [2]int
	for i, c := range sample {
		if c == 0 {
			zeros[i&1]++
		}
	}
	var enc encoding.Encoding
	var name string
	switch n := len(sample); {
	case zeros[1]*50 > n && zeros[0]*20 <= zeros[1]:
		enc, name = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le"
	case zeros[0]*50 > n && zeros[1]*20 <= zeros[0]:
		enc, name = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be"
	default:
		return nil, ""
	}
	text, _, err := decodeAs(enc, name, sample)
	if err != nil || !credible(text) {
		return nil, ""
	}
	return enc, name
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// escaped reports whether b may be in a seven-bit charset of the ISO-2022
// family, which switches alphabets by escape sequences.
func escaped(b []byte) bool {
	return bytes.Contains(b, []byte("\x1b$")) || bytes.Contains(b, []byte("\x1b(J"))
}

// surrogate reports whether b starts with half a UTF-16 pair, written as if it
// were a character of UTF-8.
func surrogate(b []byte) bool {
	return len(b) >= 3 && b[0] == 0xED && 0xA0 <= b[1] && b[1] <= 0xBF && 0x80 <= b[2] && b[2] <= 0xBF
}

// nearlyUTF8 reports whether b is UTF-8 with some damage: at least four sound
// sequences of several bytes for each broken one, or only its end is missing.
func nearlyUTF8(b []byte) bool {
	sound, broken := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) {
				return sound > 0 && sound >= 4*broken
			}
			if surrogate(b[i:]) {
				n = 3 // the shape is UTF-8's, though no character stands for it
			} else {
				broken++
			}
		} else {
			sound++
		}
		i += n
	}
	return sound > 0 && sound >= 4*broken
}
