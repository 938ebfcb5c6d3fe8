package format

import (
	"bytes"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// sniffed is how much of a file Detect looks at, in bytes.
const sniffed = 8192

var extensions = map[string]Kind{
	".txt": Text, ".text": Text,
	".md": Markdown, ".markdown": Markdown, ".mdown": Markdown,
	".html": HTML, ".htm": HTML, ".xhtml": XHTML, ".xht": XHTML,
	".pdf": PDF, ".docx": DOCX, ".docm": DOCX, ".rtf": RTF,
	".eml": EML, ".mht": EML, ".mhtml": EML,
	".json": JSON, ".jsonl": JSONL, ".ndjson": JSONL, ".jl": JSONL,
	".csv": CSV, ".tsv": TSV, ".tab": TSV,
	".nitf": NITF,
	".srt":  SRT, ".vtt": VTT, ".warc": WARC, ".wacz": WACZ,
	".rss": Feed, ".atom": Feed, ".rdf": Feed,
}

// Known reports whether files with the ending of name are read.
func Known(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return extensions[ext] != "" || ext == ".xml" || trimCompression(name) != name
}

// DetectPacked is Detect for what may be compressed: it looks below the
// compression, as far as head goes.
func DetectPacked(name string, head []byte) Kind {
	for range layers {
		var r io.Reader
		var err error
		switch compression(head) {
		case Gzip:
			r, err = gzip.NewReader(bytes.NewReader(head))
		case Zstd:
			var z *zstd.Decoder
			if z, err = zstd.NewReader(bytes.NewReader(head), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)); err == nil {
				defer z.Close()
				r = z
			}
		default:
			return Detect(name, head)
		}
		if err != nil {
			break
		}
		inner, _ := io.ReadAll(io.LimitReader(r, sniffed)) // as far as the head goes
		name, head = trimCompression(name), inner
	}
	return Detect(name, head)
}

// Detect tells what a file is by its first bytes (8 kB are enough), and by its
// name where the bytes leave it open: plain text, Markdown and tables look
// alike.
func Detect(name string, head []byte) Kind {
	head = head[:min(len(head), sniffed)]
	ext := extensions[strings.ToLower(path.Ext(name))]
	if k := compression(head); k != "" {
		return k
	}
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return WARC
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if ext == DOCX || bytes.Contains(head, []byte("word/")) {
			return DOCX
		}
		if ext == WACZ || bytes.Contains(head[:min(len(head), 64)], []byte("archive/")) || bytes.Contains(head, []byte("pages/pages.jsonl")) {
			return WACZ
		}
		return Zip
	case bytes.HasPrefix(bytes.TrimLeft(trimBOM(head), " \t\r\n\x00"), []byte("%PDF-")),
		ext == PDF && bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return PDF
	}
	text, ok := sniffText(head)
	if !ok {
		return Binary
	}
	text = strings.TrimLeft(text, " \t\r\n\f\x00\uFEFF")
	if text == "" {
		return Empty
	}
	switch {
	case strings.HasPrefix(text, `{\rtf`):
		return RTF
	case recordStart.MatchString(text):
		return Records
	case webVTT.MatchString(text):
		return VTT
	case subRip.MatchString(text):
		return SRT
	}
	if k := sniffMarkup(text, ext); k != "" {
		return k
	}
	if k := sniffJSON(text, ext); k != "" {
		return k
	}
	if ext == EML || looksLikeMail(text) {
		return EML
	}
	switch ext {
	case CSV, TSV, Markdown, Text, HTML, XHTML, SRT, VTT:
		return ext
	}
	if looksLikeTable(text) {
		return CSV
	}
	if frontMatter.MatchString(text) {
		return Markdown
	}
	return Text
}

// sniffText gives the head as far as it is ASCII-like, and false if it is not
// text at all. UTF-16 is known by its mark or by a NUL in every second byte.
func sniffText(head []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return utf16Text(head[2:], 1), true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return utf16Text(head[2:], 0), true
	}
	var nul [2]int
	control := 0
	for i, c := range head {
		switch {
		case c == 0:
			nul[i%2]++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B && c != 0x1A, c == 0x7F:
			control++
		}
	}
	half := len(head) / 2
	if half > 4 && control == 0 {
		switch {
		case nul[1] > half*4/5 && nul[0] < half/20+1:
			return utf16Text(head, 1), true
		case nul[0] > half*4/5 && nul[1] < half/20+1:
			return utf16Text(head, 0), true
		}
	}
	allNUL := nul[0]+nul[1] == len(head)
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) && (control > 0 || nul[0]+nul[1] > 0 || !utf8.ValidString(s.magic)) {
			return "", false
		}
	}
	if !allNUL && (control+nul[0]+nul[1])*50 > len(head) {
		return "", false
	}
	return string(head), true
}

// utf16Text decodes UTF-16 whose high byte stands at offset 0 or 1 of a pair.
func utf16Text(b []byte, high int) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, uint16(b[i+high])<<8|uint16(b[i+1-high]))
	}
	return string(utf16.Decode(u))
}

func trimBOM(b []byte) []byte {
	return bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
}

var (
	xmlProlog = regexp.MustCompile(`(?s)^(?:\s+|<\?.*?\?>|<!--.*?-->)+`)
	doctype   = regexp.MustCompile(`(?is)^<!doctype\s+([a-z0-9:]+)[^>\[]*(?:\[[^\]]*\])?[^>]*>`)
	rootTag   = regexp.MustCompile(`^<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s[^<]*)?)`)
	closing   = regexp.MustCompile(`</[a-zA-Z][a-zA-Z0-9]*\s*>`)
)

// fragments are the elements that a piece of a page may start with.
var fragments = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "link": true, "script": true, "style": true,
	"article": true, "section": true, "main": true, "header": true, "nav": true, "div": true, "p": true, "h1": true,
	"h2": true, "h3": true, "span": true, "table": true, "ul": true, "ol": true, "blockquote": true, "figure": true,
	"center": true, "b": true, "i": true, "em": true, "strong": true, "a": true, "img": true, "br": true, "font": true,
}

// sniffMarkup tells pages and the XML formats of news agencies apart.
func sniffMarkup(text string, ext Kind) Kind {
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	isXML := strings.HasPrefix(text, "<?xml")
	rest := text[len(xmlProlog.FindString(text)):]
	root := ""
	for range 2 {
		if m := doctype.FindStringSubmatch(rest); m != nil {
			root = strings.ToLower(m[1])
			rest = rest[len(m[0]):]
			rest = rest[len(xmlProlog.FindString(rest)):]
		}
	}
	attrs := ""
	if m := rootTag.FindStringSubmatch(rest); m != nil {
		root, attrs = strings.ToLower(m[1]), m[2]
	}
	switch root {
	case "nitf":
		return NITF
	case "newsmessage", "newsitem", "newsml", "packageitem":
		return NewsML
	case "rss", "rdf", "feed":
		return Feed
	case "urlset", "sitemapindex":
		return Sitemap
	case "html":
		if isXML || ext == XHTML || strings.Contains(attrs, "http://www.w3.org/1999/xhtml") {
			return XHTML
		}
		return HTML
	case "":
		if ext == HTML || ext == XHTML {
			return ext
		}
		return ""
	}
	switch {
	case ext == HTML || ext == XHTML:
		return ext
	case isXML:
		return XML
	case fragments[root] && closing.MatchString(text):
		return HTML
	case ext == "" && strings.Contains(attrs, "xmlns"):
		return XML
	}
	return ""
}

var (
	recordStart = regexp.MustCompile(`^\{\s*"format"\s*:\s*"whosaid(?:-archive)?/`)
	webVTT      = regexp.MustCompile(`^WEBVTT(?:[ \t\r\n]|$)`)
	subRip      = regexp.MustCompile(`^\d{1,6}[ \t]*\r?\n\d{1,4}:\d{2}:\d{2}[,.]\d{3}[ \t]*-->`)
)

var (
	jsonStart  = regexp.MustCompile(`^(?:\{\s*(?:"|\})|\[\s*(?:\{|\[|"|\]))`)
	jsonObject = regexp.MustCompile(`^\{.*\}[ \t\r]*\n\s*\{`)
	jsonFeed   = regexp.MustCompile(`"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org`)
	ninjsKey   = regexp.MustCompile(`"(?:body_xhtml|body_text|body_html|versioncreated|versionCreated|contentCreated|bodies)"\s*:`)
)

func sniffJSON(text string, ext Kind) Kind {
	if !jsonStart.MatchString(text) {
		if ext == JSON || ext == JSONL {
			return ext // the reader says what is wrong with it
		}
		return ""
	}
	switch {
	case ext == JSONL || ext != JSON && jsonObject.MatchString(text):
		return JSONL
	case ext == Markdown || ext == CSV || ext == TSV:
		return ""
	case strings.HasPrefix(text, "{") && jsonFeed.MatchString(text):
		return Feed
	case strings.HasPrefix(text, "{") && ninjsKey.MatchString(text):
		return NinJS
	}
	return JSON
}

var (
	mailHeader = regexp.MustCompile(`^(?:[!-9;-~]+:(?:[ \t].*|\r?)?|[ \t].*|From .*)$`)
	mailNamed  = regexp.MustCompile(`(?im)^(?:received|return-path|message-id|mime-version|delivered-to|x-mailer|dkim-signature|content-type|content-transfer-encoding):`)
	mailUsual  = regexp.MustCompile(`(?im)^(?:from|date|subject|to):`)
)

// looksLikeMail holds for text that starts with a mail's header: several
// fields, some of which no other text starts with.
func looksLikeMail(text string) bool {
	head, _, found := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	if !found && len(text) < sniffed/2 {
		return false
	}
	lines := strings.Split(head, "\n")
	for i, line := range lines {
		if !mailHeader.MatchString(line) {
			if i == len(lines)-1 && !found {
				break // cut off by the end of what was sniffed
			}
			return false
		}
	}
	return len(mailNamed.FindAllString(head, 3)) >= 1 && len(mailUsual.FindAllString(head, 4)) >= 2
}

// looksLikeTable holds for text whose first line names columns that the table
// reader knows, the text's among them.
func looksLikeTable(text string) bool {
	line, _, found := strings.Cut(text, "\n")
	if !found || len(line) > 1000 {
		return false
	}
	comma, ok := delimiter(line)
	if !ok {
		return false
	}
	columns := strings.Split(strings.TrimSpace(line), string(comma))
	for i := range columns {
		columns[i] = strings.Trim(columns[i], `" `)
	}
	found2 := guessFields(columns)
	return len(found2) >= 2 && (found2[fieldText] != "" || found2[fieldHTML] != "")
}
