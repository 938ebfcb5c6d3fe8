package sqlite

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"

	"whosaid/internal/archive"
)

//go:embed schema/*.sql
var files embed.FS

// migrations are the steps that make the tables, in order: the one at n makes
// version n+1 of the tables out of version n.
var migrations = func() []string {
	entries, err := files.ReadDir("schema")
	if err != nil {
		panic(err) // of the program's own files
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	slices.Sort(names)
	var out []string
	for _, name := range names {
		text, err := files.ReadFile(path.Join("schema", name))
		if err != nil {
			panic(err) // of the program's own files
		}
		out = append(out, string(text))
	}
	return out
}()

// application marks a file as one of ours, in SQLite's field for that: "whos".
const application = 0x77686f73

var errForeign = errors.New("it is an SQLite database, but no archive of whosaid: name another file")

// migrate brings the tables to the version that steps end at. Before it changes
// tables that were there it puts a copy beside the file, to go back to.
func (s *store) migrate(ctx context.Context, steps []string) error {
	conn := s.write.conn
	have, err := s.version(ctx, len(steps))
	if err != nil || have == len(steps) {
		return err
	}
	if have > 0 {
		old := fmt.Sprintf("%s.schema-%d", s.path, have)
		if _, err := os.Stat(old); err != nil {
			if err := s.CopyTo(ctx, old); err != nil {
				return fmt.Errorf("the copy before an upgrade cannot be made: %w", err)
			}
		}
	}
	return s.write.transaction(ctx, func(ctx context.Context) error {
		// Another process may have been first.
		have, err := s.version(ctx, len(steps))
		if err != nil {
			return err
		}
		for n := have; n < len(steps); n++ {
			if _, err := conn.ExecContext(ctx, steps[n]); err != nil {
				return fmt.Errorf("making version %d of the tables: %w", n+1, err)
			}
		}
		if have > 0 && have < indexedFrom {
			if err := s.write.reindex(ctx); err != nil {
				return fmt.Errorf("indexing what is there for version %d of the tables: %w", indexedFrom, err)
			}
		}
		if have > 0 && have < doubtsFrom {
			if err := s.write.fillDoubts(ctx); err != nil {
				return fmt.Errorf("looking for what is in doubt for version %d of the tables: %w", doubtsFrom, err)
			}
		}
		_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(steps), application))
		return err
	})
}

// indexedFrom is the version of the tables whose index of words and whose facets
// are as they are now.
const indexedFrom = 7

// reindex fills the index of words and table facet, which are empty, from the
// versions that are there.
func (w *writer) reindex(ctx context.Context) error {
	for v, err := range (reading{q: w.conn}).Versions(ctx, archive.Selection{Past: true}) {
		if err != nil {
			return err
		}
		rows := archive.Rows(v.Doc)
		if err := w.exec(ctx, "INSERT INTO facet (version, first, facet) VALUES (?, ?, ?)", v.ID, v.First, archive.FacetOf(v.Doc, rows, v.Places, v.Statements)); err != nil {
			return err
		}
		if !v.Current {
			continue
		}
		for i := range rows {
			if err := w.speak(ctx, v.Statement(i), &rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// header asks for what tells the version of the tables.
const header = "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)"

// version is the version of the tables, 0 of an empty file.
func (s *store) version(ctx context.Context, known int) (int, error) {
	var app, version, tables int
	if err := s.write.conn.QueryRowContext(ctx, header).Scan(&app, &version, &tables); err != nil {
		return 0, err
	}
	return version, judge(app, version, tables, known)
}

// checkSchema refuses what this program cannot read, and, if nothing may be
// changed, what it would have to change first.
func (s *store) checkSchema(ctx context.Context, readOnly bool) error {
	var app, version, tables int
	if err := s.db.QueryRowContext(ctx, header).Scan(&app, &version, &tables); err != nil {
		return err
	}
	if err := judge(app, version, tables, len(migrations)); err != nil {
		return err
	}
	if readOnly && version < len(migrations) {
		return fmt.Errorf("its tables have version %d and must be brought to %d first: whosaid verify does that", version, len(migrations))
	}
	return nil
}

func judge(app, version, tables, known int) error {
	switch {
	case tables > 0 && app != application:
		return errForeign
	case version > known:
		return fmt.Errorf("%w: its tables have version %d, and this program knows %d; use the newer program, or its export", archive.ErrNewer, version, known)
	}
	return nil
}
