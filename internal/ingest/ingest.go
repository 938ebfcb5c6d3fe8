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
}

// The bounds where Options do not say otherwise.
const (
	DefaultMaxInput    = 20 << 20
	DefaultMaxUnpacked = 200 << 20
	DefaultTimeout     = 30 * time.Second
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
	return o
}

// An Input is one file, one address or standard input.
type Input struct {
	Name string // as it was given, or the path below a folder or glob that was; "-" is standard input
	kind inputKind
}

type inputKind int

const (
	file inputKind = iota
	address
	stdin
)
