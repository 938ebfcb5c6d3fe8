package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"whosaid/internal/archive"
)

// Stats counts what is in the archive.
func (s *store) Stats(ctx context.Context) (archive.Stats, error) {
	var out archive.Stats
	for _, q := range []struct {
		text string
		into *int64
	}{
		{"SELECT count(*) FROM article", &out.Articles},
		{"SELECT count(*) FROM version", &out.Versions},
		{"SELECT count(*) FROM spoken_docsize", &out.Statements}, // a row a current statement; versions are large
		{"SELECT count(*) FROM outlet", &out.Outlets},
		{"SELECT count(*) FROM person", &out.People},
		{"SELECT coalesce(sum(length(body)), 0) FROM page", &out.PageBytes},
	} {
		if err := s.q.QueryRowContext(ctx, q.text).Scan(q.into); err != nil {
			return out, s.tell(err)
		}
	}
	var version int
	if err := s.q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return out, s.tell(err)
	}
	out.Schema = version
	for _, ending := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + ending); err == nil {
			out.Bytes += info.Size()
		}
	}
	return out, nil
}

// Last is the id of the version that was kept last.
func (s *store) Last(ctx context.Context) (int64, error) {
	var id int64
	err := s.q.QueryRowContext(ctx, "SELECT last FROM counter WHERE name = 'version'").Scan(&id)
	return id, s.tell(err)
}

// mostTrouble is how many faults Verify tells before it gives up.
const mostTrouble = 100

// Verify reads everything: the file's structure, the index, and every version.
func (s *store) Verify(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		told := 0
		say := func(format string, args ...any) bool {
			told++
			return told <= mostTrouble && yield(fmt.Sprintf(format, args...), nil)
		}
		if err := s.verify(ctx, say); err != nil && told <= mostTrouble {
			yield("", s.tell(err))
		}
	}
}

// enough ends a verification whose reader has heard enough.
var errEnough = errors.New("enough")

func (s *store) verify(ctx context.Context, say func(string, ...any) bool) error {
	lines, err := s.integrity(ctx)
	for _, line := range lines {
		if line != "ok" && !say("The file's structure: %s.", line) {
			return nil
		}
	}
	if err != nil && !say("The file's structure cannot be read: %v.", err) {
		return nil
	}
	if s.write != nil {
		err := s.write.transaction(ctx, func(ctx context.Context) error {
			for _, index := range []string{"spoken", "spelling_part"} {
				if err := s.write.exec(ctx, "INSERT INTO "+index+" ("+index+") VALUES ('integrity-check')"); err != nil && !say("The index %s: %v.", index, err) {
					return errEnough
				}
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	rows, err := s.q.QueryContext(ctx, "SELECT id FROM version ORDER BY id")
	if err != nil {
		return err
	}
	ids, err := collect(rows, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) })
	if err != nil {
		return err
	}
	for _, id := range ids {
		if fault := s.verifyVersion(ctx, id); fault != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !errors.Is(fault, archive.ErrNotFound) && !say("Version %d: %v.", id, fault) {
				return nil
			}
		}
	}
	for _, q := range []struct{ text, say string }{
		{"SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = a.current AND v.current = 1 AND v.article = a.id)", "%d articles have no current version."},
		{"SELECT count(*) FROM version v WHERE v.current = 1 AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = v.article AND a.current = v.id)", "%d current versions belong to no article."},
		{"SELECT abs((SELECT count(*) FROM statement s JOIN version v ON v.id = s.version WHERE v.current = 1) - (SELECT count(*) FROM spoken))", "The index of words has %d statements more or less than there are."},
		{"SELECT count(*) FROM trace t WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = t.version AND v.current = 1)", "%d traces of people are of no current version."},
		{"SELECT count(*) FROM doubt d WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.id = d.version AND v.current = 1)", "%d doubts are of no current version."},
	} {
		var n int
		if err := s.q.QueryRowContext(ctx, q.text).Scan(&n); err != nil {
			return err
		}
		if n > 0 && !say(q.say, n) {
			return nil
		}
	}
	return nil
}

// integrity is what SQLite says of the file. It is asked over a connection of
// its own: the check of an index takes what a connection remembers of it for
// true, although another has written since.
func (s *store) integrity(ctx context.Context) ([]string, error) {
	db, err := openReading(ctx, s.path, Options{ReadOnly: s.write == nil, Wait: DefaultWait})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return nil, err
	}
	return collect(rows, func(scan func(...any) error) (line string, err error) { return line, scan(&line) })
}

// verifyVersion checks that a version is whole.
func (s *store) verifyVersion(ctx context.Context, id int64) error {
	v, err := load(ctx, s.q, id)
	if err != nil {
		return err
	}
	var hash []byte
	var rows, vectors int
	err = s.q.QueryRowContext(ctx, `SELECT t.hash, (SELECT count(*) FROM statement WHERE id >= v.first AND id < v.first + v.statements AND version = v.id),
		(SELECT count(*) FROM vector WHERE statement >= v.first AND statement < v.first + v.statements)
		FROM version v JOIN text t ON t.id = v.text WHERE v.id = ?`, id).Scan(&hash, &rows, &vectors)
	if err != nil {
		return err
	}
	if vectors != 0 && vectors != v.Statements {
		return fmt.Errorf("it has %d statements and the vectors of %d", v.Statements, vectors)
	}
	if rows != len(v.Doc.Statements) {
		return fmt.Errorf("it has %d statements and the rows of %d", len(v.Doc.Statements), rows)
	}
	return v.Verify(hash)
}

// Snapshot is a view of the archive as it is now.
func (s *store) Snapshot(ctx context.Context) (archive.Snapshot, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, s.tell(err)
	}
	var n int // the view begins with the first look
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM reader").Scan(&n); err != nil {
		return nil, s.tell(errors.Join(err, tx.Rollback()))
	}
	return &snapshot{reading{q: tx, path: s.path, ledger: &ledger{}}, tx}, nil
}

type snapshot struct {
	reading
	tx *sql.Tx
}

func (s *snapshot) Close() error { return s.tx.Rollback() }

// CopyTo writes a copy of the archive, as it is at one moment, to a new file.
// Others may read and write meanwhile.
func (s *store) CopyTo(ctx context.Context, path string) error {
	db, err := connect(ctx, s.path, "rw", DefaultWait)
	if err != nil {
		db, err = connect(ctx, s.path, "ro", DefaultWait)
	}
	if err != nil {
		return s.tell(err)
	}
	defer db.Close()
	return s.tell(copyTo(ctx, db, path))
}

func copyTo(ctx context.Context, db *sql.DB, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already: name a file that is not", path)
	}
	part := path + ".part"
	empty, err := os.Create(part) // says better than SQLite why it cannot be
	if err != nil {
		return err
	}
	if err := empty.Close(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return errors.Join(err, remove(part))
	}
	if err := flush(part); err != nil {
		return errors.Join(err, remove(part))
	}
	return os.Rename(part, path)
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// flush waits until a file is on the disk.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
