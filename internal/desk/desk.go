// Package desk answers what people ask of an archive and keeps what they decide
// about it. The command line, the pages and the API ask here and nowhere else,
// so that all of them give the same answers.
//
// It joins the archive, which keeps, with the packages of relate, which know
// nothing of keeping: who is who across articles, and which statements report
// one utterance.
package desk

import "whosaid/internal/archive"

// A Desk asks one archive. It may be used by many goroutines at once.
type Desk struct {
	store  archive.Store
	who    who
	doubts doubts
}

// New is the desk of an archive, which stays the caller's to close.
func New(store archive.Store) *Desk { return &Desk{store: store} }

// Store is the archive itself.
func (d *Desk) Store() archive.Store { return d.store }
