// Package dateparser stands in for go-dateparser, under its name and with the
// part of its API that go-htmldate uses, and finds no date.
//
// go-dateparser makes the tables and expressions of two hundred languages when a
// program starts: .3 s of every run, pages or not, and 13 MB of the binary.
// go-htmldate asks it last, and internal/ingest/page asks go-htmldate last: on
// the 881 pages of the comparison (eval/pages.md) not one date depends on it.
package dateparser

import (
	"errors"
	"time"
)

// A ParserType is a way to read a date.
type ParserType int

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// A PreferredDateSource says which side of today an incomplete date is on.
type PreferredDateSource int

// Past is the side that go-htmldate names.
const Past PreferredDateSource = iota

// Configuration is how to read dates.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser would read dates.
type Parser struct {
	ParserTypes []ParserType
}

// A Date is a moment.
type Date struct {
	Time time.Time
}

var errNone = errors.New("dateparser: this stand-in reads no dates")

// Parse finds no date.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) { return Date{}, errNone }
