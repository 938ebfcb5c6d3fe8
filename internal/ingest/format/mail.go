package format

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Bounds on how a message may be built.
const (
	maxPartDepth = 10
	maxParts     = 500
)

// readMail reads a mail, or a page that a browser saved as MHTML.
func readMail(f *file) {
	data := trimBOM(f.data)
	if bytes.HasPrefix(data, []byte("From ")) { // the separator of a mailbox
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		f.fail("", "its mail header cannot be read: %v", err)
		return
	}
	words := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		s, err := f.decode(b, "text/plain; charset="+charset, false)
		return strings.NewReader(s), err
	}}
	header := func(key string) string {
		v := m.Header.Get(key)
		if s, err := words.DecodeHeader(v); err == nil {
			v = s
		}
		return oneLine(v)
	}
	it := Item{
		Title:    subjectPrefix.ReplaceAllString(header("Subject"), ""),
		URL:      header("Snapshot-Content-Location"),
		Language: languageTag(header("Content-Language")),
	}
	if t, err := m.Header.Date(); err == nil {
		it.Published = isoTime(t)
	}
	if from := senderName(header("From")); from != "" && it.URL == "" {
		it.Authors = []string{from}
	}
	if it.URL != "" {
		it.Published = "" // when it was saved
	}
	b := &mailBody{file: f}
	b.part(partHeader{
		contentType: m.Header.Get("Content-Type"), encoding: m.Header.Get("Content-Transfer-Encoding"),
		location: m.Header.Get("Content-Location"),
	}, m.Body, maxPartDepth)
	b.choose(&it)
	switch {
	case it.HTML != "" || it.Text != "":
		f.item(it)
	case b.err != nil:
		f.fail("", "its text cannot be read: %v", b.err)
	default:
		f.fail("", "the message holds no text")
	}
}

var subjectPrefix = regexp.MustCompile(`(?i)^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+`)

// senderName is the display name of a From field; empty where it holds only an
// address.
func senderName(from string) string {
	if a, err := mail.ParseAddress(from); err == nil {
		return oneLine(a.Name)
	}
	name, _, found := strings.Cut(from, "<")
	if name = strings.Trim(oneLine(name), `" `); !found || strings.Contains(name, "@") {
		return ""
	}
	return name
}

// isoTime writes t with its own offset.
func isoTime(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		t = t.UTC()
	}
	if t.Year() < 1600 || t.Year() > 2200 {
		return ""
	}
	return t.Format(time.RFC3339)
}

type partHeader struct{ contentType, encoding, disposition, location string }

// A mailBody collects the texts of a message.
type mailBody struct {
	*file
	plain, html string
	location    string // of the HTML, where the message says it
	parts       int
	err         error // the first that was met
}

// part reads one part and those inside it.
func (m *mailBody) part(h partHeader, body io.Reader, depth int) {
	if m.parts++; m.parts > maxParts || depth == 0 {
		m.note(errors.New("it has too many parts"))
		return
	}
	kind, params, err := mime.ParseMediaType(h.contentType)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || kind == "" {
		kind = "text/plain"
	}
	if d, _, _ := mime.ParseMediaType(h.disposition); d == "attachment" {
		return
	}
	body = transfer(h.encoding, body)
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		if params["boundary"] == "" {
			m.note(errors.New("a part has no boundary"))
			return
		}
		r := multipart.NewReader(body, params["boundary"])
		for {
			p, err := r.NextRawPart()
			if err != nil {
				if err != io.EOF {
					m.note(err)
				}
				return
			}
			if m.parts > maxParts {
				return
			}
			m.part(partHeader{
				p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"),
				p.Header.Get("Content-Disposition"), p.Header.Get("Content-Location"),
			}, p, depth-1)
		}
	case kind == "message/rfc822":
		inner, err := mail.ReadMessage(body)
		if err != nil {
			m.note(err)
			return
		}
		m.part(partHeader{contentType: inner.Header.Get("Content-Type"), encoding: inner.Header.Get("Content-Transfer-Encoding")}, inner.Body, depth-1)
	case kind == "text/html" && m.html == "", kind == "application/xhtml+xml" && m.html == "":
		m.html = m.read(h.contentType, body, true)
		m.location = h.location
	case kind == "text/plain" && m.plain == "":
		m.plain = m.read(h.contentType, body, false)
		if strings.EqualFold(params["format"], "flowed") {
			m.plain = unflow(m.plain, strings.EqualFold(params["delsp"], "yes"))
		}
	}
}

func (m *mailBody) note(err error) {
	if m.err == nil {
		m.err = err
	}
}

// read decodes one text. What came before an error in the encoding is kept.
func (m *mailBody) read(contentType string, r io.Reader, html bool) string {
	b, err := io.ReadAll(r)
	if err != nil {
		m.note(err)
	}
	if len(b) == 0 {
		return ""
	}
	s, err := m.decode(b, contentType, html)
	if err != nil {
		m.note(err)
	}
	return s
}

// choose takes the plain text, whose paragraphs are the article's, unless it is
// only a stand-in for the page beside it ("your reader cannot show HTML").
func (m *mailBody) choose(it *Item) {
	if it.URL == "" && strings.Contains(m.location, "://") {
		it.URL = m.location
	}
	plain := words(m.plain)
	if m.html != "" && (plain == 0 || plain*2 < words(tag.ReplaceAllString(m.html, " "))) {
		it.HTML = m.html
		return
	}
	if plain > 0 {
		it.Text = unwrap(m.plain)
	}
}

var tag = regexp.MustCompile(`(?is)<(?:style|script)\b.*?</(?:style|script)\s*>|<[^>]*>`)

func words(s string) int {
	n, inside := 0, false
	for _, r := range s {
		letter := unicode.IsLetter(r)
		if letter && !inside {
			n++
		}
		inside = letter
	}
	return n
}

// transfer undoes a content transfer encoding.
func transfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Only{r})
	}
	return r
}

// base64Only drops what does not belong into base64 text: spaces, and bytes
// that a gateway put in.
type base64Only struct{ r io.Reader }

func (b *base64Only) Read(p []byte) (int, error) {
	for {
		n, err := b.r.Read(p)
		kept := p[:0]
		for _, c := range p[:n] {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 || err != nil {
			return len(kept), err
		}
	}
}

// unflow joins the lines of format=flowed (RFC 3676): one that ends in a space
// goes on in the next.
func unflow(s string, dropSpace bool) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		line = strings.TrimPrefix(line, " ") // stuffed
		switch {
		case !strings.HasSuffix(line, " ") || line == "-- ":
			b.WriteString(line)
			b.WriteByte('\n')
		case dropSpace:
			b.WriteString(line[:len(line)-1])
		default:
			b.WriteString(line)
		}
	}
	return b.String()
}

// mailWidth is how long the lines of a mail are wrapped to at most.
const mailWidth = 80

// unwrap joins the lines of paragraphs that were broken at a fixed width, which
// is so when no line is longer and most lines inside paragraphs come near it.
func unwrap(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	longest, inside, full := 0, 0, 0
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		n := len([]rune(line))
		longest = max(longest, n)
		if i+1 < len(lines) && strings.TrimSpace(line) != "" && strings.TrimSpace(lines[i+1]) != "" {
			inside++
			if n > mailWidth*5/8 {
				full++
			}
		}
	}
	if longest > mailWidth || inside == 0 || full*2 < inside {
		return s
	}
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		switch {
		case i+1 == len(lines):
		case len([]rune(line)) > mailWidth/2 && strings.TrimSpace(lines[i+1]) != "":
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
	}
	return b.String()
}
