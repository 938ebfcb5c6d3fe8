package format

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"whosaid/internal/news"
)

// maxGroups is how deep groups may lie in each other. Deeper ones are read as
// if they were part of the one around them.
const maxGroups = 10_000

// readRTF reads the Rich Text Format (Microsoft, version 1.9.1): its paragraphs
// and its properties.
func readRTF(f *file) {
	r := &rtf{src: bytes.TrimLeft(trimBOM(f.data), " \t\r\n"), page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}, styles: map[int]news.BlockKind{}}
	r.state = rtfState{skipAfterU: 1}
	r.read()
	r.endParagraph()
	meta := Item{Title: usableTitle(r.title), Authors: namesIn(r.author), Published: r.created, Modified: r.revised}
	f.document(meta, r.blocks)
}

// An rtf is a document that is being read.
type rtf struct {
	src    []byte
	pos    int
	page   encoding.Encoding // of the document
	fonts  map[int]encoding.Encoding
	styles map[int]news.BlockKind
	state  rtfState
	stack  []rtfState
	lost   int // groups open beyond maxGroups

	blocks  []Block
	text    strings.Builder // of the paragraph
	kind    news.BlockKind
	pending []byte   // bytes in a code page, not yet decoded
	units   []uint16 // UTF-16 units from \u, not yet decoded
	skip    int      // characters to leave out after \u

	title, author, styleName string
	created, revised         string
	when                     [5]int // year, month, day, hour, minute of the time being read
}

// An rtfState is what a group may change and its end takes back.
type rtfState struct {
	dest       string // destination whose text is not the document's; empty for text
	font       int
	hidden     bool
	skipAfterU int  // \uc
	starred    bool // \* was the last control
}

// skipped are the destinations without text of the article. Headers and footers
// repeat title and page number.
var skipped = map[string]bool{
	"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true, "objdata": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true,
	"footerf": true, "fldinst": true, "filetbl": true, "listtable": true, "listoverridetable": true, "revtbl": true,
	"rsidtbl": true, "generator": true, "nonshppict": true, "shpinst": true, "themedata": true, "datastore": true,
	"xe": true, "tc": true, "bkmkstart": true, "bkmkend": true, "listtext": true, "pntext": true, "annotation": true,
	"atnid": true, "atnauthor": true, "latentstyles": true, "colorschememapping": true, "template": true, "userprops": true,
	"xmlnstbl": true, "pgptbl": true, "footnote": true, "background": true, "formfield": true,
}

// properties are the destinations inside \info that are kept.
var properties = map[string]bool{"title": true, "author": true, "creatim": true, "revtim": true}

func (r *rtf) read() {
	for r.pos < len(r.src) {
		c := r.src[r.pos]
		r.pos++
		switch c {
		case '{':
			r.flush()
			if len(r.stack) < maxGroups {
				r.stack = append(r.stack, r.state)
			} else {
				r.lost++
			}
		case '}':
			r.closeGroup()
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.character(c)
		}
	}
	r.flush()
}

func (r *rtf) closeGroup() {
	r.flush()
	r.skip = 0
	if r.lost > 0 {
		r.lost--
		return
	}
	switch r.state.dest {
	case "creatim":
		r.created = r.time()
	case "revtim":
		r.revised = r.time()
	case "style":
		r.endStyle()
	}
	if n := len(r.stack); n > 0 {
		r.state, r.stack = r.stack[n-1], r.stack[:n-1]
	}
}

// time gives the time that was read, to the minute.
func (r *rtf) time() string {
	w := r.when
	r.when = [5]int{}
	return isoOf(strconv.Itoa(w[0]), strconv.Itoa(w[1]), strconv.Itoa(w[2]), strconv.Itoa(w[3])+":"+pad(w[4]))
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// control reads what follows a backslash.
func (r *rtf) control() {
	if r.pos >= len(r.src) {
		return
	}
	c := r.src[r.pos]
	if c < 'A' || c > 'z' || c > 'Z' && c < 'a' {
		r.pos++
		r.symbol(c)
		return
	}
	start := r.pos
	for r.pos < len(r.src) && (r.src[r.pos]|0x20 >= 'a' && r.src[r.pos]|0x20 <= 'z') {
		r.pos++
	}
	word := string(r.src[start:min(r.pos, start+32)])
	start = r.pos
	if r.pos < len(r.src) && r.src[r.pos] == '-' {
		r.pos++
	}
	for r.pos < len(r.src) && r.src[r.pos] >= '0' && r.src[r.pos] <= '9' && r.pos-start < 11 {
		r.pos++
	}
	n, err := strconv.Atoi(string(r.src[start:r.pos]))
	hasNumber := err == nil
	if r.pos < len(r.src) && r.src[r.pos] == ' ' {
		r.pos++
	}
	r.word(word, n, hasNumber)
}

// symbol reads a control that is no word.
func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.pos+2 <= len(r.src) {
			if b, err := strconv.ParseUint(string(r.src[r.pos:r.pos+2]), 16, 8); err == nil {
				r.pos += 2
				r.character(byte(b))
			}
		}
	case '*':
		r.state.starred = true
	case '\\', '{', '}':
		r.character(c)
	case '~':
		r.writeString("\u00A0")
	case '_':
		r.writeString("-")
	case '\r', '\n':
		r.word("par", 0, false)
	}
}

// characterWords are controls that stand for a character.
var characterWords = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"tab": " ", "line": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": " ",
}

func (r *rtf) word(word string, n int, hasNumber bool) {
	starred := r.state.starred
	r.state.starred = false
	if s, ok := characterWords[word]; ok {
		r.writeString(s)
		return
	}
	switch word {
	case "u":
		r.flushBytes()
		if n < 0 {
			n += 1 << 16
		}
		if r.visible() && n >= 0 && n < 1<<16 {
			r.units = append(r.units, uint16(n))
		}
		r.skip = r.state.skipAfterU
		return
	case "bin":
		r.pos = min(len(r.src), r.pos+max(n, 0))
		return
	}
	r.flush()
	switch word {
	case "par", "sect", "page", "cell", "row", "nestcell", "nestrow", "column":
		if r.state.dest == "" {
			r.endParagraph()
		}
	case "pard":
		if r.state.dest == "" {
			r.kind = ""
		}
	case "outlinelevel":
		if n >= 0 && n < 9 && r.kind == "" && r.state.dest == "" {
			r.kind = news.Heading
		}
	case "s":
		if r.state.dest == "stylesheet" || r.state.dest == "style" {
			r.state.dest = "style"
			r.state.font = n // a style's group ends with it
		} else if kind, ok := r.styles[n]; ok && r.state.dest == "" {
			r.kind = kind
		}
	case "uc":
		r.state.skipAfterU = min(max(n, 0), 8)
	case "v":
		r.state.hidden = !hasNumber || n != 0
	case "plain":
		r.state.hidden = false
	case "ansicpg":
		if page := codePage(n); page != nil {
			r.page = page
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "pca":
		r.page = charmap.CodePage850
	case "f":
		if r.state.dest != "style" {
			r.state.font = n
		}
	case "fcharset":
		if page := charsetPage(n); page != nil && r.state.dest == "fonttbl" && len(r.fonts) < 10_000 {
			r.fonts[r.state.font] = page
		}
	case "yr", "mo", "dy", "hr", "min":
		r.when[map[string]int{"yr": 0, "mo": 1, "dy": 2, "hr": 3, "min": 4}[word]] = n
	case "upr": // the same again as Unicode follows in \ud
		if r.state.dest == "" {
			r.state.dest = "upr"
		}
	case "ud":
		if r.state.dest == "upr" {
			r.state.dest = ""
		}
	default:
		switch {
		case r.state.dest == "info" && properties[word]:
			r.state.dest = word
		case skipped[word] && r.state.dest != "info":
			r.state.dest = word
		case starred && r.state.dest == "":
			r.state.dest = "unknown"
		}
	}
}

// visible reports whether text goes anywhere.
func (r *rtf) visible() bool {
	return !r.state.hidden && (r.state.dest == "" || properties[r.state.dest] || r.state.dest == "style")
}

func (r *rtf) character(c byte) {
	r.state.starred = false
	if r.skip > 0 {
		r.skip--
		return
	}
	if len(r.units) > 0 {
		r.flushUnits()
	}
	if r.visible() {
		r.pending = append(r.pending, c)
	}
}

// flush decodes what is pending and ends the run of \u.
func (r *rtf) flush() {
	r.flushUnits()
	r.flushBytes()
	r.skip = 0
}

func (r *rtf) flushUnits() {
	if len(r.units) > 0 {
		r.put(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

func (r *rtf) flushBytes() {
	if len(r.pending) == 0 {
		return
	}
	ascii := true
	for _, c := range r.pending {
		ascii = ascii && c < 0x80
	}
	if ascii {
		r.put(string(r.pending))
	} else {
		page := r.page
		if p, ok := r.fonts[r.state.font]; ok && r.state.dest == "" {
			page = p
		}
		out, err := page.NewDecoder().Bytes(r.pending)
		if err == nil {
			r.put(string(out))
		}
	}
	r.pending = r.pending[:0]
}

func (r *rtf) writeString(s string) {
	if r.skip > 0 {
		r.skip--
		return
	}
	r.flush()
	if r.visible() {
		r.put(s)
	}
}

// put writes decoded text to where the destination says.
func (r *rtf) put(s string) {
	switch r.state.dest {
	case "":
		r.text.WriteString(s)
	case "title":
		appendName(&r.title, s)
	case "author":
		appendName(&r.author, s)
	case "style":
		appendName(&r.styleName, s)
	}
}

// appendName appends to the text of a property, which is short.
func appendName(to *string, s string) {
	if len(*to) < 1000 {
		*to += s
	}
}

func (r *rtf) endStyle() {
	if kind := styleKind(strings.TrimSuffix(strings.TrimSpace(r.styleName), ";")); kind != "" && len(r.styles) < 10_000 {
		r.styles[r.state.font] = kind
	}
	r.styleName = ""
}

func (r *rtf) endParagraph() {
	kind := r.kind
	if kind == "" {
		kind = news.Paragraph
	}
	r.blocks = addBlock(r.blocks, kind, strings.ReplaceAll(r.text.String(), "\x00", ""))
	r.text.Reset()
}

// codePage gives the encoding that Windows has under a number; nil if unknown.
func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	case 65001:
		return encoding.Nop
	}
	return nil
}

// charsetPage gives the encoding of a font's charset; nil where the document's
// own holds.
func charsetPage(n int) encoding.Encoding {
	pages := map[int]int{
		77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
		186: 1257, 204: 1251, 222: 874, 238: 1250,
	}
	return codePage(pages[n])
}
