// Package sqlite is an archive in one file: SQLite by modernc.org/sqlite (pure
// Go), with its full-text index FTS5. The file is in write-ahead mode, so that
// many processes read while one writes; a writer waits for another's
// transaction, which is short.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	_ "modernc.org/sqlite" // the driver

	"whosaid/internal/archive"
)

// Options say how to open an archive.
type Options struct {
	ReadOnly bool          // the file must be there, and nothing is written to it
	Wait     time.Duration // for another's transaction to end; DefaultWait if 0
}

// DefaultWait is how long a writer waits for another.
const DefaultWait = 30 * time.Second

// store implements archive.Store.
type store struct {
	reading
	path  string
	write *writer // nil if read-only
	mark  marker
}

// Open opens the archive in a file, which is made if it is not there.
func Open(ctx context.Context, path string, o Options) (archive.Store, error) {
	if o.Wait <= 0 {
		o.Wait = DefaultWait
	}
	_, err := os.Stat(path)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !missing:
		return nil, fmt.Errorf("the archive cannot be opened: %w", err)
	case missing && o.ReadOnly:
		return nil, fmt.Errorf("%s: %w; whosaid add makes one", path, archive.ErrMissing)
	case missing:
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("the folder for the archive cannot be made: %w", err)
		}
	}
	s := &store{path: path}
	if err := s.open(ctx, o); err != nil {
		s.Close()
		return nil, s.tell(err)
	}
	return s, nil
}

func (s *store) open(ctx context.Context, o Options) error {
	// Look before anything is changed: the file may be somebody else's.
	info, err := os.Stat(s.path)
	if err == nil && info.Size() > 0 {
		db, err := openReading(ctx, s.path, o)
		if err != nil {
			return err
		}
		s.reading = newReading(db, s.path)
		if err := s.checkSchema(ctx, o.ReadOnly); err != nil || o.ReadOnly {
			return err
		}
	}
	if o.ReadOnly {
		return errForeign
	}
	if s.write, err = newWriter(ctx, s.path, o.Wait); err != nil {
		return err
	}
	if err := s.migrate(ctx, migrations); err != nil {
		return err
	}
	if s.db == nil {
		db, err := openReading(ctx, s.path, o)
		if err != nil {
			return err
		}
		s.reading = newReading(db, s.path)
	}
	return nil
}

// address is how the driver is told of a file. Pragmas are set in this order
// on each connection.
func address(path, mode string, wait time.Duration, pragmas ...string) string {
	q := url.Values{"_pragma": append([]string{
		fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()),
		"temp_store(memory)",
	}, pragmas...)}
	path = filepath.ToSlash(path)
	if filepath.VolumeName(path) != "" {
		path = "/" + path
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode() + "&mode=" + mode
}

// openReading opens the pool of connections that read. Where the file may be
// written to they could too, but do not; so the last to close the file can tidy
// up. SQLite would otherwise make an index of all statements for a query that
// looks at a few: automatic_index is off. A file in a folder that cannot be written to is opened as one that nobody
// changes, if no transaction of another is left beside it.
func openReading(ctx context.Context, path string, o Options) (*sql.DB, error) {
	db, err := connect(ctx, path, "rw", o.Wait, "query_only(1)", "automatic_index(0)", "cache_size(-6144)")
	if err == nil || !o.ReadOnly {
		return db, err
	}
	if db, err := connect(ctx, path, "ro", o.Wait, "automatic_index(0)", "cache_size(-6144)"); err == nil {
		return db, nil
	}
	if wal, _ := os.Stat(path + "-wal"); wal == nil || wal.Size() == 0 {
		if db, err := connect(ctx, path, "ro&immutable=1", o.Wait, "automatic_index(0)", "cache_size(-6144)"); err == nil {
			return db, nil
		}
	}
	return nil, err
}

// connect opens a pool of connections and sees that the file can be read.
func connect(ctx context.Context, path, mode string, wait time.Duration, pragmas ...string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", address(path, mode, wait, pragmas...))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(max(4, runtime.GOMAXPROCS(0)))
	db.SetMaxIdleConns(max(4, runtime.GOMAXPROCS(0)))
	var n int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Close ends the connections. The last to close a file moves what its log
// holds into it.
func (s *store) Close() error {
	err := s.mark.close()
	if s.db != nil {
		err = errors.Join(err, s.db.Close())
	}
	if s.write != nil {
		err = errors.Join(err, s.write.close())
	}
	return err
}
