// Package warc reads the pages in web archives: WARC files (ISO 28500),
// compressed or not, and WACZ packages of them.
//
// It reads from a stream and holds one page at a time. A damaged record is
// reported and the next one looked for; neither a length that is wrong nor one
// that is huge takes memory or ends the file.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A Page is a page as a crawler got it.
type Page struct {
	Record int // its number in the file, from 1
	URL    string
	Type   string // MIME type, as the server said
	Body   []byte // without its transfer and content encodings
	Date   time.Time
}

// Options bound what is read. Both must be set.
type Options struct {
	MaxPage     int64 // bytes of a record that is kept in memory
	MaxUnpacked int64 // bytes that a page's content encoding may unpack to
}

// An Error says what is wrong with a record, or with the file.
type Error struct {
	Record int // its number, 0 for the file
	URL    string
	Reason string
}

func (e *Error) Error() string {
	switch {
	case e.Record == 0:
		return e.Reason
	case e.URL == "":
		return fmt.Sprintf("record %d: %s", e.Record, e.Reason)
	}
	return fmt.Sprintf("record %d (%s): %s", e.Record, e.URL, e.Reason)
}

// Bounds that no honest file meets.
const (
	maxHead   = 256 << 10 // bytes of a record's header
	maxRecord = 16 << 30  // bytes of a record that are skipped
	maxBad    = 100       // damaged records one after another
)

// Read hands over the pages in r, in order: what servers answered with success
// that is HTML, PDF or, in files of extracted text (WET), plain text. What is
// wrong comes as an *Error between them. It stops when yield returns false.
func Read(r io.Reader, o Options, yield func(Page, error) bool) {
	d := &reader{o: o, yield: yield}
	d.file(r)
	d.finish()
}

// A reader goes through one WARC file, or all of a package.
type reader struct {
	o       Options
	yield   func(Page, error) bool
	stopped bool
	number  int // records so far
	pages   int
	bad     int             // errors since the last sound record
	wanted  map[string]bool // addresses of the pages of a package; nil for all
}

// finish says so if nothing came.
func (d *reader) finish() {
	switch {
	case d.stopped || d.pages > 0:
	case d.number == 0:
		d.fail(&Error{Reason: "it holds no record of a web archive"})
	default:
		d.fail(&Error{Reason: fmt.Sprintf("none of its %d records is a page", d.number)})
	}
}

func (d *reader) fail(e *Error) bool {
	if d.stopped {
		return false
	}
	d.pages++ // an error is said instead
	if d.bad++; d.bad > maxBad {
		d.stopped = true
		d.yield(Page{}, &Error{Reason: fmt.Sprintf("more than %d records one after another are damaged: the rest was left", maxBad)})
		return false
	}
	d.stopped = !d.yield(Page{}, e)
	return !d.stopped
}

func (d *reader) damaged(address, format string, args ...any) bool {
	return d.fail(&Error{Record: d.number, URL: address, Reason: fmt.Sprintf(format, args...)})
}

// file reads a WARC file, whose gzip members mostly hold a record each.
func (d *reader) file(r io.Reader) {
	in := bufio.NewReaderSize(r, 64<<10)
	var z *gzip.Reader
	for !d.stopped {
		head, err := in.Peek(4)
		switch {
		case len(head) < 2:
			if err != nil && !errors.Is(err, io.EOF) {
				d.fail(&Error{Reason: "it could not be read further: " + err.Error()})
			}
			return
		case bytes.HasPrefix(head, []byte{0x28, 0xB5, 0x2F, 0xFD}) || len(head) == 4 && head[0]&0xF0 == 0x50 && head[1] == 0x2A && head[2] == 0x4D && head[3] == 0x18:
			d.zstd(in)
			return
		case head[0] != 0x1F || head[1] != 0x8B:
			if err := d.records(in); err != nil && !d.stopped {
				d.fail(&Error{Reason: "it could not be read further: " + err.Error()})
			}
			return
		}
		if z == nil {
			z, err = gzip.NewReader(in)
		} else {
			err = z.Reset(in)
		}
		if err == nil {
			z.Multistream(false)
			err = d.records(bufio.NewReader(z))
		}
		if err == nil || d.stopped {
			continue
		}
		d.number++
		if !d.damaged("", "its gzip compression is damaged or cut short") || !nextMember(in) {
			return
		}
		z = nil
	}
}

// zstd reads a file that is compressed with zstd as a whole.
func (d *reader) zstd(r io.Reader) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(128<<20))
	if err == nil {
		defer z.Close()
		err = d.records(bufio.NewReader(z))
	}
	if err != nil && !d.stopped {
		d.fail(&Error{Reason: fmt.Sprintf("its zstd compression cannot be read (%v); unpack it first", err)})
	}
}

// nextMember goes on to where the next gzip member seems to begin.
func nextMember(in *bufio.Reader) bool {
	for {
		head, err := in.Peek(3)
		if err != nil {
			return false
		}
		if head[0] == 0x1F && head[1] == 0x8B && head[2] == 8 {
			return true
		}
		if _, err := in.Discard(1); err != nil {
			return false
		}
	}
}

// records reads records up to the end of in. Its error is that of in.
func (d *reader) records(in *bufio.Reader) error {
	for !d.stopped {
		more, err := d.begin(in)
		if err != nil || !more {
			return err
		}
		d.number++
		h, err := header(in)
		if errors.Is(err, errHead) {
			d.damaged("", "%s", errHead)
			continue
		}
		if err != nil {
			return d.cut("", err)
		}
		length, err := strconv.ParseInt(h["content-length"], 10, 64)
		if err != nil || length < 0 {
			d.damaged(h["warc-target-uri"], "its length is %.40q, which is no number", h["content-length"])
			continue
		}
		if err := d.record(in, h, length); err != nil {
			return d.cut(h["warc-target-uri"], err)
		}
	}
	return nil
}

// cut tells that a record ends too early; any other error is for the caller.
func (d *reader) cut(address string, err error) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	d.damaged(address, "it is cut short")
	return nil
}

// begin goes to the first line of the next record, past empty lines and, with
// an error, past what belongs to none.
func (d *reader) begin(in *bufio.Reader) (bool, error) {
	for lost, start := false, true; ; {
		line, err := in.ReadSlice('\n')
		full := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case start && bytes.HasPrefix(line, []byte("WARC/")) && !full:
			return true, nil
		case len(bytes.TrimSpace(line)) > 0 && !lost:
			lost = true
			d.number++
			if !d.damaged("", "what stands here is no record: the length of the one before it is wrong, or the file is damaged") {
				return false, nil
			}
			d.number--
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil && !full {
			return false, err
		}
		start = !full
	}
}

var errHead = errors.New("its header is too long")

// header reads the fields of a record, by their names in lower case.
func header(in *bufio.Reader) (map[string]string, error) {
	h := map[string]string{}
	last := ""
	for size := 0; ; {
		line, err := in.ReadSlice('\n')
		if size += len(line); size > maxHead || errors.Is(err, bufio.ErrBufferFull) {
			return h, errHead
		}
		if err != nil {
			return h, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return h, nil
		}
		if (text[0] == ' ' || text[0] == '\t') && last != "" {
			h[last] += " " + strings.TrimSpace(text)
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		last = strings.ToLower(strings.TrimSpace(name))
		h[last] = strings.TrimSpace(value)
	}
}

// record reads the block of a record, and hands its page over if it is one and
// the record ends where it should. An error is that of reading.
func (d *reader) record(in *bufio.Reader, h map[string]string, length int64) error {
	address := strings.Trim(h["warc-target-uri"], "<>")
	kind := mediaType(h["content-type"])
	var page bool
	switch h["warc-type"] {
	case "response":
		page = kind == "application/http" || strings.HasPrefix(address, "http")
	case "resource":
		page = read(kind, false)
	case "conversion":
		page = read(kind, true)
	}
	if length > maxRecord {
		d.stopped = d.damaged(address, "it claims to have %d GB: the rest of the file was left", length>>30) || true
		return nil
	}
	if !page || length > d.o.MaxPage {
		if page && !d.damaged(address, "it is %d MB long, and %d MB is the most that is read; raise the limit with --max-input", length>>20, d.o.MaxPage>>20) {
			return nil
		}
		if _, err := io.CopyN(io.Discard, in, length); err != nil {
			return err
		}
		if !ended(in) && !page {
			d.damaged(address, "its length is wrong")
		}
		return nil
	}
	var block bytes.Buffer // grows with what comes, whatever the length claims
	if _, err := io.CopyN(&block, in, length); err != nil {
		return err
	}
	switch {
	case !ended(in):
		d.damaged(address, "its length is wrong")
		return nil
	case h["warc-truncated"] != "":
		d.damaged(address, "the crawler cut it short (%.40s)", h["warc-truncated"])
		return nil
	}
	p := Page{Record: d.number, URL: address, Type: h["content-type"], Body: block.Bytes()}
	p.Date, _ = time.Parse(time.RFC3339, h["warc-date"])
	if h["warc-type"] == "response" {
		ok, err := p.answer(d)
		if err != nil {
			d.damaged(address, "%s", err)
		}
		if !ok || err != nil {
			return nil
		}
	}
	if d.wanted != nil && !d.wanted[address] {
		return nil
	}
	d.bad = 0
	d.pages++
	d.stopped = !d.yield(p, nil)
	return nil
}

// ended reports whether a record's block ends here: two empty lines follow, or
// one, or nothing, or at once the next record.
func ended(in *bufio.Reader) bool {
	next, err := in.Peek(5)
	return len(next) == 0 && err != nil || len(next) > 0 && (next[0] == '\r' || next[0] == '\n') || string(next) == "WARC/"
}

// read reports whether documents of a MIME type are read.
func read(kind string, text bool) bool {
	switch kind {
	case "text/html", "application/xhtml+xml", "application/pdf":
		return true
	case "text/plain":
		return text
	}
	return false
}

func mediaType(s string) string {
	kind, _, err := mime.ParseMediaType(s)
	if err != nil {
		kind, _, _ = strings.Cut(s, ";")
	}
	return strings.ToLower(strings.TrimSpace(kind))
}

// answer takes a server's answer apart, and reports whether it is a page.
func (p *Page) answer(d *reader) (bool, error) {
	in := bufio.NewReader(bytes.NewReader(p.Body))
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return false, errors.New("the server's answer in it cannot be read")
	}
	defer resp.Body.Close()
	if to := resp.Header.Get("Location"); resp.StatusCode/100 == 3 && d.wanted[p.URL] && to != "" {
		if from, err := url.Parse(p.URL); err == nil {
			if next, err := from.Parse(to); err == nil {
				d.wanted[next.String()] = true
			}
		}
	}
	p.Type = resp.Header.Get("Content-Type")
	// What follows is read by itself: crawlers keep a Content-Length that no
	// longer holds, and so does a chunked encoding that was taken off.
	raw, err := io.ReadAll(in)
	if err != nil || resp.StatusCode/100 != 2 || len(raw) == 0 {
		return false, err
	}
	if len(resp.TransferEncoding) > 0 {
		raw = dechunked(raw)
	}
	if p.Type == "" {
		p.Type = http.DetectContentType(raw)
	}
	if !read(mediaType(p.Type), false) {
		return false, nil
	}
	p.Body, err = decoded(raw, resp.Header.Get("Content-Encoding"), d.o.MaxUnpacked)
	return err == nil, err
}
