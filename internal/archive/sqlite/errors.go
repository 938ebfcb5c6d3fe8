package sqlite

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"whosaid/internal/archive"
)

// tell turns an error of the driver into one that says what happened to which
// archive, and what to do.
func (s *store) tell(err error) error { return tell(s.path, err) }

func tell(path string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("archive %s: %w", path, err)
	}
	var is error
	var hint string
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		is, hint = archive.ErrFull, "nothing of this step was kept; make room and run it again"
	case lib.SQLITE_READONLY:
		is, hint = archive.ErrReadOnly, "see who may write to the file and its folder, or name another with --archive"
	case lib.SQLITE_CANTOPEN:
		is, hint = archive.ErrReadOnly, "the file cannot be opened: see who may read and write it and its folder"
	case lib.SQLITE_NOTADB:
		is, hint = archive.ErrDamaged, "it is no SQLite database; name another file, or bring back a copy with whosaid restore"
	case lib.SQLITE_CORRUPT:
		is, hint = archive.ErrDamaged, "bring back a copy with whosaid restore, or save what can be read with whosaid export --rescue"
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		is, hint = archive.ErrBusy, "it did not end in time; run this again"
	case lib.SQLITE_IOERR:
		if e.Code() == lib.SQLITE_IOERR_WRITE || e.Code() == lib.SQLITE_IOERR_FSYNC {
			is, hint = archive.ErrFull, "writing failed; nothing of this step was kept; make room and run it again"
		}
	}
	if is == nil {
		return fmt.Errorf("archive %s: %w", path, err)
	}
	return fmt.Errorf("archive %s: %w: %s (%w)", path, is, hint, e)
}
