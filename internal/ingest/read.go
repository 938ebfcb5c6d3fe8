package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"whosaid/internal/ingest/charset"
	"whosaid/internal/ingest/fetch"
	"whosaid/internal/ingest/format"
	"whosaid/internal/news"
)

// Read hands the articles of one input to yield, in order. It stops when yield
// returns an error or ctx is done, and returns that error. What could not be
// read is an *Error; where several articles of one input could not be, the
// errors are joined, and the articles between them were handed over.
func Read(ctx context.Context, in Input, o Options, yield func(news.Article) error) error {
	o = o.withDefaults()
	if err := ctx.Err(); err != nil {
		return err
	}
	src, err := load(ctx, in, o)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fail(in.Name, err)
	}
	return src.read(ctx, o, yield)
}

// A source is the bytes of one input and what is known of them.
type source struct {
	input       string // as it was given
	name        string // a file name, for its ending
	url         string // where it was fetched from, after redirects
	contentType string // as the server said
	data        []byte
}

// load brings the bytes of an input into memory, MaxInput of them at most.
func load(ctx context.Context, in Input, o Options) (*source, error) {
	switch in.kind {
	case address:
		page, err := fetch.Get(ctx, in.Name, fetch.Options{
			MaxBytes: o.MaxInput, MaxUnpacked: o.MaxUnpacked, AllowPrivate: o.AllowPrivate, Timeout: o.Timeout, UserAgent: o.UserAgent,
		})
		if err != nil {
			return nil, err
		}
		return &source{input: in.Name, name: pageName(page), url: page.URL, contentType: page.ContentType, data: page.Body}, nil
	case stdin:
		if o.Stdin == nil {
			return nil, &Error{Reason: "there is no standard input here", Hint: "name a file"}
		}
		data, err := readAll(o.Stdin, o.MaxInput)
		return &source{input: in.Name, name: "-", data: data}, err
	}
	f, err := os.Open(in.Name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > o.MaxInput {
		return nil, tooLarge(fmt.Sprintf("it is %s long", size(info.Size())), o.MaxInput)
	}
	data, err := readAll(f, o.MaxInput)
	return &source{input: in.Name, name: in.Name, data: data}, err
}

func readAll(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = tooLarge("it is too long", most)
	}
	return data, err
}

func tooLarge(what string, most int64) error {
	return &Error{Reason: fmt.Sprintf("%s, and %s is the most that is read", what, size(most)), Hint: "raise the limit with --max-input"}
}

// pageName makes a file name for a fetched page: the last part of its address
// where that has a known ending, else one by its content type.
func pageName(p *fetch.Page) string {
	kind, _, _ := strings.Cut(p.ContentType, ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/html":
		return "page.html"
	case "application/xhtml+xml":
		return "page.xhtml"
	case "application/json", "application/ld+json":
		return "page.json"
	}
	if u, err := url.Parse(p.URL); err == nil && format.Known(u.Path) {
		return path.Base(u.Path)
	}
	return "page"
}

// read unpacks the bytes, tells what they are and reads the articles in them.
func (s *source) read(ctx context.Context, o Options, yield func(news.Article) error) error {
	name, data, err := format.Unpack(s.name, s.data, o.MaxUnpacked)
	if err != nil {
		return s.fail(err)
	}
	s.data = nil
	kind := format.Detect(name, data)
	if kind == format.Empty || len(data) == 0 {
		return &Error{Input: s.input, Reason: "it is empty", Hint: "nothing was read from it"}
	}
	d := &decoder{contentType: s.contentType, asIs: o.AsIs}
	if o.AsIs && (kind == format.Text || kind == format.Markdown) {
		text, err := d.decode(data, s.contentType, false)
		if err != nil {
			return s.fail(err)
		}
		return yield(s.article(format.Item{Text: text}, d, true))
	}

	var failed []error
	var stop error
	format.Read(kind, name, data, d.decode, format.Options{Map: o.Map, MaxUnpacked: o.MaxUnpacked}, func(it format.Item, err error) bool {
		switch {
		case ctx.Err() != nil:
			stop = ctx.Err()
		case err != nil && len(failed) < maxErrors:
			failed = append(failed, s.fail(err))
		case err != nil:
			failed = append(failed, &Error{Input: s.input, Reason: fmt.Sprintf("more than %d articles in it could not be read", maxErrors), Hint: "the rest of it was left"})
			return false
		default:
			stop = yield(s.article(it, d, o.AsIs))
		}
		return stop == nil
	})
	switch {
	case stop != nil:
		return stop
	case len(failed) == 1:
		return failed[0]
	}
	return errors.Join(failed...)
}

// maxErrors is how many articles of one input may fail before the rest of it
// is left alone.
const maxErrors = 100

// fail turns an error about this source, or about an article in it, into an
// Error.
func (s *source) fail(err error) *Error {
	var e *format.Error
	if errors.As(err, &e) {
		return &Error{Input: s.input, Item: e.Item, Reason: e.Reason, Err: err}
	}
	return fail(s.input, err)
}

// A decoder turns the bytes of one source, or of parts of it, into text.
type decoder struct {
	contentType string // of the source, used where a part has no charset of its own
	asIs        bool
	replaced    int // characters that were wrong in their charset, so far
}

func (d *decoder) decode(b []byte, contentType string, html bool) (string, error) {
	if d.asIs && !html && utf8.Valid(b) {
		return string(b), nil // with its byte order mark, if it has one
	}
	if d.contentType != "" && !strings.Contains(strings.ToLower(contentType), "charset") {
		contentType = d.contentType
	}
	text, _, err := charset.Decode(b, contentType, html)
	if err != nil {
		return "", err
	}
	const mark = "\uFFFD"
	d.replaced += max(0, strings.Count(text, mark)-strings.Count(string(b), mark))
	return text, nil
}

// base is the name of an input without its folders, so that the same file gives
// the same identity wherever it lies.
func base(input string) string { return filepath.Base(input) }
