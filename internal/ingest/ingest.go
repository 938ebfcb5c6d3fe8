// Package ingest brings articles in: it turns what a person names on the
// command line (files, folders, globs, addresses, standard input) into inputs,
// and each input into its articles.
//
// Each kind of file has its reader in a package below; all of them end in
// layout.Builder, so that every article has the same shape.
package ingest

import (
	"io"
	"time"

	"whosaid/internal/ingest/crawl"
	"whosaid/internal/ingest/fetch"
	"whosaid/internal/news"
)

// Options say how inputs are read. The zero value reads with the bounds below.
type Options struct {
	// AsIs takes the text exactly as given: nothing is repaired, nothing is
	// told apart as furniture, and positions are those of the input.
	AsIs bool

	MaxInput    int64 // bytes of one file or page as it comes; DefaultMaxInput if 0
	MaxUnpacked int64 // bytes that compressed data may unpack to; DefaultMaxUnpacked if 0

	AllowPrivate bool              // fetch from private, loopback and link-local addresses too
	Map          map[string]string // which column or field holds what, for tables and JSON
	Stdin        io.Reader         // what "-" reads; nothing if nil
	Timeout      time.Duration     // for one page, from the request to its last byte; DefaultTimeout if 0
	UserAgent    string            // DefaultUserAgent if empty

	Pages    bool          // keep the pages that are fetched, as they came
	MaxPages int           // that one input may lead to (a feed, a sitemap); DefaultMaxPages if 0
	Client   *crawl.Client // fetches those; one for each input if nil
}

// The bounds where Options do not say otherwise.
const (
	DefaultMaxInput    = 20 << 20
	DefaultMaxUnpacked = 200 << 20
	DefaultTimeout     = 30 * time.Second
	DefaultMaxPages    = 1000
	DefaultUserAgent   = "Mozilla/5.0 (compatible; whosaid/1.0; reads news articles for their statements)"
)

func (o Options) withDefaults() Options {
	if o.MaxInput <= 0 {
		o.MaxInput = DefaultMaxInput
	}
	if o.MaxUnpacked <= 0 {
		o.MaxUnpacked = DefaultMaxUnpacked
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	if o.MaxPages <= 0 {
		o.MaxPages = DefaultMaxPages
	}
	if o.Client == nil {
		o.Client = crawl.NewClient(crawl.Options{Fetch: o.fetching()})
	}
	return o
}

// fetching are the bounds of one fetch.
func (o Options) fetching() fetch.Options {
	return fetch.Options{MaxBytes: o.MaxInput, MaxUnpacked: o.MaxUnpacked, AllowPrivate: o.AllowPrivate, Timeout: o.Timeout, UserAgent: o.UserAgent}
}

// Fetching are the bounds that o sets to one fetch.
func Fetching(o Options) fetch.Options { return o.withDefaults().fetching() }

// NewClient makes the client for many inputs: it is polite to a site that
// several of them lead to.
func NewClient(o Options) *crawl.Client { return o.withDefaults().Client }

// An Input is one file, one address or standard input.
type Input struct {
	Name string // as it was given, or the path below a folder or glob that was; "-" is standard input
	kind inputKind
	page *Page        // of kind given
	info news.Article // what is known of that
}

// A Page is a page as it came, before anything was read from it.
type Page struct {
	URL     string // where it is from, after redirects; may be empty
	Type    string // MIME type, as the server said
	Body    []byte // without its transfer compression
	Fetched time.Time
}

// Given is an input that is there already: a page, called name in messages.
// Known fills what the page does not say of itself; it may be zero.
func Given(name string, page Page, known news.Article) Input {
	return Input{Name: name, kind: given, page: &page, info: known}
}

// Again is an article that was brought in before, to be read anew as it is.
func Again(a news.Article) Input { return Input{Name: a.File, kind: again, info: a} }

// An Arrival is one article as it comes in.
type Arrival struct {
	news.Article
	Page *Page // its page, if it was fetched and Options.Pages asks for it

	// Of a record: what was found in the article when it was read before, with
	// the same Article in it, and what read it then, if the record says.
	Doc    *news.Document
	Reader string
}

type inputKind int

const (
	file inputKind = iota
	address
	stdin
	given
	again
)
