package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"whosaid/internal/ingest/format"
)

// Expand turns what was named on the command line into inputs, in the order
// given: files, folders (with all below them, sorted by name; only files whose
// ending is known, nothing hidden), globs that the shell left alone (** crosses
// folders), "-" and http(s) addresses. What yields no input gives an *Error,
// and the rest goes on.
func Expand(args []string, _ Options) iter.Seq2[Input, error] {
	return func(yield func(Input, error) bool) {
		for _, arg := range args {
			if !expand(arg, yield) {
				return
			}
		}
	}
}

// Count tells how many inputs args expand to, for a progress bar. What cannot
// be expanded counts as one, for it gives one error.
func Count(args []string, o Options) int {
	n := 0
	for _, err := range Expand(args, o) {
		_ = err // a missing input counts too
		n++
	}
	return n
}

// expand yields the inputs of one argument and reports whether to go on.
func expand(arg string, yield func(Input, error) bool) bool {
	switch scheme, _, ok := strings.Cut(arg, "://"); {
	case arg == "-":
		return yield(Input{Name: arg, kind: stdin}, nil)
	case arg == "":
		return yield(Input{}, &Error{Input: `""`, Reason: "this is no name", Hint: "name a file, a folder, an address or - for standard input"})
	case ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")):
		return yield(Input{Name: arg, kind: address}, nil)
	case ok && !strings.ContainsAny(scheme, `/\`):
		return yield(Input{}, &Error{Input: arg, Reason: fmt.Sprintf("addresses that start with %s:// are not read", scheme), Hint: "give an http or https address, or the path of a file"})
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return expandFolder(arg, yield)
	case err == nil && !info.Mode().IsRegular() && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) == 0:
		return yield(Input{}, &Error{Input: arg, Reason: "it is neither a file nor a folder", Hint: "give the path of an article"})
	case err == nil:
		return yield(Input{Name: arg}, nil)
	case strings.ContainsAny(arg, "*?[{"):
		return expandGlob(arg, yield)
	}
	return yield(Input{}, fail(arg, err))
}

// expandFolder yields the articles below a folder in the order of their paths.
func expandFolder(root string, yield func(Input, error) bool) bool {
	found, skipped := 0, 0
	stopped := errors.New("stopped")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			found++ // it gives an error instead of "no articles"
			if !yield(Input{}, fail(path, err)) {
				return stopped
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		hidden := path != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case hidden && d.IsDir():
			return fs.SkipDir
		case d.IsDir():
			return nil
		case hidden || !regular(path, d) || !format.Known(path):
			skipped++
			return nil
		}
		found++
		if !yield(Input{Name: path}, nil) {
			return stopped
		}
		return nil
	})
	if err != nil {
		return false
	}
	if found > 0 {
		return true
	}
	reason := "the folder is empty"
	if skipped > 0 {
		reason = fmt.Sprintf("none of the %d files in this folder is an article (.txt, .html, .pdf, .docx, .json and more are)", skipped)
		if skipped == 1 {
			reason = "the only file in this folder is no article (.txt, .html, .pdf, .docx, .json and more are)"
		}
	}
	return yield(Input{}, &Error{Input: root, Reason: reason, Hint: "name another folder, or the file itself if it is one"})
}

// regular reports whether a path is a file or a link to one.
func regular(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// expandGlob yields the files that pattern matches, sorted. Files of unknown
// ending are left out unless the pattern itself names their ending.
func expandGlob(pattern string, yield func(Input, error) bool) bool {
	matches, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow(), doublestar.WithNoHidden())
	if err != nil {
		return yield(Input{}, &Error{Input: pattern, Reason: "there is no such file, and as a pattern it is malformed", Hint: "check its brackets", Err: err})
	}
	if ext := filepath.Ext(pattern); ext == "" || strings.ContainsAny(ext, "*?[]{}") {
		matches = slices.DeleteFunc(matches, func(path string) bool { return !format.Known(path) })
	}
	if len(matches) == 0 {
		return yield(Input{}, &Error{Input: pattern, Reason: "no article matches this pattern", Hint: "check the path; ** crosses folders"})
	}
	slices.Sort(matches)
	for _, path := range matches {
		if !yield(Input{Name: path}, nil) {
			return false
		}
	}
	return true
}
