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
	"time"
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
func Read(ctx context.Context, in Input, o Options, yield func(Arrival) error) error {
	o = o.withDefaults()
	if err := ctx.Err(); err != nil {
		return err
	}
	if in.kind == again {
		return yield(Arrival{Article: in.info})
	}
	r := &reading{o: o, yield: yield, input: in.Name, known: in.info, visited: map[string]bool{in.Name: true}}
	if done, err := r.collection(ctx, &in); done {
		return r.finish(err)
	}
	src, err := load(ctx, in, r.o)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fail(in.Name, err)
	}
	r.visited[src.url] = true
	return r.finish(r.read(ctx, src))
}

// A reading is one call of Read: an input, and all that it leads to.
type reading struct {
	o     Options
	yield func(Arrival) error
	input string
	known news.Article // fills what articles do not say of themselves

	failed   []error
	visited  map[string]bool // addresses that the input led to
	followed int             // how many of them were asked for
	depth    int             // of lists in lists
}

// errEnough ends a reading of which too much has failed.
var errEnough = errors.New("too many errors")

// miss notes what could not be read, and returns errEnough after too many.
func (r *reading) miss(err *Error) error {
	if len(r.failed) < maxErrors {
		r.failed = append(r.failed, err)
		return nil
	}
	r.failed = append(r.failed, &Error{Input: r.input, Reason: fmt.Sprintf("more than %d articles in it could not be read", maxErrors), Hint: "the rest of it was left"})
	return errEnough
}

// finish is the error of the whole: the one that ended it, or what failed.
func (r *reading) finish(err error) error {
	switch {
	case err != nil && !errors.Is(err, errEnough):
		return err
	case len(r.failed) == 1:
		return r.failed[0]
	}
	return errors.Join(r.failed...)
}

// A source is the bytes of one input and what is known of them.
type source struct {
	input       string // as it was given
	name        string // a file name, for its ending
	url         string // where it was fetched from, after redirects
	contentType string // as the server said
	data        []byte
	item        string // which part of the input it is, for messages; empty for the whole
	fetched     time.Time
}

// load brings the bytes of an input into memory, MaxInput of them at most.
func load(ctx context.Context, in Input, o Options) (*source, error) {
	switch in.kind {
	case address:
		page, err := fetch.Get(ctx, in.Name, o.fetching())
		if err != nil {
			return nil, err
		}
		return fetched(in.Name, page), nil
	case given:
		p := in.page
		return &source{input: in.Name, name: pageName(p.URL, p.Type), url: p.URL, contentType: p.Type, data: p.Body, fetched: p.Fetched}, nil
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

// fetched is the source of a page that came now.
func fetched(input string, p *fetch.Page) *source {
	return &source{input: input, name: pageName(p.URL, p.ContentType), url: p.URL, contentType: p.ContentType, data: p.Body, fetched: time.Now()}
}

// pageName makes a file name for a fetched page: the last part of its address
// where that has a known ending, else one by its content type.
func pageName(address, contentType string) string {
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/html":
		return "page.html"
	case "application/xhtml+xml":
		return "page.xhtml"
	case "application/json", "application/ld+json":
		return "page.json"
	}
	if u, err := url.Parse(address); err == nil && format.Known(u.Path) {
		return path.Base(u.Path)
	}
	return "page"
}

// read unpacks the bytes of a source, tells what they are and reads the
// articles in them.
func (r *reading) read(ctx context.Context, s *source) error {
	if done, err := r.held(ctx, s); done {
		return err
	}
	name, data, err := format.Unpack(s.name, s.data, r.o.MaxUnpacked)
	if err != nil {
		return r.miss(s.fail(err))
	}
	s.data = nil
	kind := format.Detect(name, data)
	if kind == format.Empty || len(data) == 0 {
		return r.miss(&Error{Input: s.input, Item: s.item, Reason: "it is empty", Hint: "nothing was read from it"})
	}
	page := s.page(r.o, kind, data)
	d := &decoder{contentType: s.contentType, asIs: r.o.AsIs}
	if r.o.AsIs && (kind == format.Text || kind == format.Markdown) {
		text, err := d.decode(data, s.contentType, false)
		if err != nil {
			return r.miss(s.fail(err))
		}
		return r.give(s.article(format.Item{Text: text}, d, true), page)
	}

	var stop error
	format.Read(kind, name, data, d.decode, format.Options{Map: r.o.Map, MaxUnpacked: r.o.MaxUnpacked, Address: s.url}, func(it format.Item, err error) bool {
		switch {
		case ctx.Err() != nil:
			stop = ctx.Err()
		case err != nil:
			stop = r.miss(s.fail(err))
		case it.Follow:
			stop = r.follow(ctx, s, it)
		default:
			stop = r.give(s.article(it, d, r.o.AsIs), page)
		}
		return stop == nil
	})
	return stop
}

// give hands an article over.
func (r *reading) give(a news.Article, page *Page) error {
	fill(&a, &r.known)
	return r.yield(Arrival{Article: a, Page: page})
}

// page is what is kept of a source that came from the network, nil of others
// and of lists, whose articles have pages of their own.
func (s *source) page(o Options, kind format.Kind, data []byte) *Page {
	if !o.Pages || s.fetched.IsZero() || kind == format.Feed || kind == format.Sitemap {
		return nil
	}
	return &Page{URL: s.url, Type: strings.ToValidUTF8(strings.ReplaceAll(s.contentType, "\x00", ""), ""), Body: data, Fetched: s.fetched}
}

// maxErrors is how many articles of one input may fail before the rest of it
// is left alone.
const maxErrors = 100

// fail turns an error about this source, or about an article in it, into an
// Error.
func (s *source) fail(err error) *Error {
	var e *format.Error
	if errors.As(err, &e) {
		return &Error{Input: s.input, Item: joined(s.item, e.Item), Reason: e.Reason, Err: err}
	}
	own := fail(s.input, err)
	own.Item = joined(s.item, own.Item)
	return own
}

// joined names a part of a part.
func joined(outer, inner string) string {
	if outer == "" || inner == "" {
		return outer + inner
	}
	return outer + ", " + inner
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
