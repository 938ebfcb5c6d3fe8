package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"whosaid/internal/ingest/charset"
	"whosaid/internal/ingest/fetch"
)

// An Error says, in one sentence, which input could not be read, why, and what
// to do next.
type Error struct {
	Input  string // the input as it was given
	Item   string // which part of it: "line 7", "document 3"; empty for the whole
	Reason string // what happened: "there is no such file"
	Hint   string // what to do next: "check the path"; may be empty
	Err    error  // the cause, for errors.Is; may be nil
}

// Error is the sentence.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Input)
	if e.Item != "" {
		b.WriteString(", ")
		b.WriteString(e.Item)
	}
	b.WriteString(": ")
	b.WriteString(e.Reason)
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// fail turns err, met while reading input, into an Error. It keeps an Error as
// it is, but for a missing input name.
func fail(input string, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		if e.Input == "" {
			e.Input = input
		}
		return e
	}
	e = &Error{Input: input, Err: err}
	var fetched *fetch.Error
	var coded *charset.Error
	switch {
	case errors.As(err, &fetched):
		e.Reason, e.Hint = fetched.Reason, fetched.Hint
	case errors.As(err, &coded):
		e.Reason, e.Hint = coded.Reason, coded.Hint
	case errors.Is(err, fs.ErrNotExist):
		e.Reason, e.Hint = "there is no such file or folder", "check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Reason, e.Hint = "it may not be read", "check its permissions"
	default:
		e.Reason = err.Error()
		var path *fs.PathError
		if errors.As(err, &path) {
			e.Reason = fmt.Sprintf("it could not be read (%v)", path.Err)
		}
	}
	return e
}

// size writes n bytes the way a person says it: "20 MB".
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
