// Package postgres is an archive in a PostgreSQL database (14 or later), for
// those who share one: full-text search by tsvector, similar names by pg_trgm.
// Its tables are in a schema of their own, "whosaid" unless the URL's
// search_path names another. One transaction writes at a time, under an
// advisory lock; it is short. Reading waits for nobody.
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"whosaid/internal/archive"
)

// store implements archive.Store.
type store struct {
	reading
	pool     *pgxpool.Pool
	where    string // the URL as it was given
	readOnly bool
}

// Open opens the archive in the database that a URL names; its tables are made
// if they are not there.
func Open(ctx context.Context, where string, readOnly bool) (archive.Store, error) {
	name := Shown(where)
	config, err := pgxpool.ParseConfig(where)
	if err != nil {
		// The driver's message may show the password.
		return nil, fmt.Errorf("archive %s: the address cannot be read: write it like postgres://user:password@host:5432/database", name)
	}
	schema := "whosaid"
	if set := config.ConnConfig.RuntimeParams["search_path"]; set != "" {
		first, _, _ := strings.Cut(set, ",")
		schema = strings.Trim(first, ` "`)
	}
	config.ConnConfig.RuntimeParams["search_path"] = pgx.Identifier{schema}.Sanitize() + ", public"
	config.ConnConfig.RuntimeParams["application_name"] = "whosaid"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, tell(name, err)
	}
	s := &store{reading: reading{q: pool, name: name}, pool: pool, where: where, readOnly: readOnly}
	if err := s.migrate(ctx, schema, migrations); err != nil {
		pool.Close()
		return nil, tell(name, err)
	}
	return s, nil
}

// Close ends the connections.
func (s *store) Close() error {
	s.pool.Close()
	return nil
}

// Shown is a URL without its password.
func Shown(where string) string {
	u, err := url.Parse(where)
	if err != nil {
		return "postgres://…"
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	q.Del("password")
	u.RawQuery = q.Encode()
	return u.String()
}

//go:embed schema/*.sql
var files embed.FS

// migrations are the steps that make the tables, in order: the one at n makes
// version n+1 of the tables out of version n.
var migrations = func() []string {
	entries, err := files.ReadDir("schema")
	if err != nil {
		panic(err) // of the program's own files
	}
	var out []string
	for _, e := range entries { // by name
		text, err := files.ReadFile(path.Join("schema", e.Name()))
		if err != nil {
			panic(err) // of the program's own files
		}
		out = append(out, string(text))
	}
	return out
}()

// migrate brings the tables to the version that steps end at. In PostgreSQL it
// is one transaction, tables and all; who wants to go back needs a backup.
func (s *store) migrate(ctx context.Context, schema string, steps []string) error {
	have, err := s.version(ctx, schema)
	switch {
	case err != nil:
		return err
	case have > len(steps):
		return fmt.Errorf("%w: its tables have version %d, and this program knows %d; use the newer program, or its export", archive.ErrNewer, have, len(steps))
	case have == len(steps):
		return nil
	case s.readOnly && have == 0:
		return fmt.Errorf("%w; whosaid add makes one", archive.ErrMissing)
	case s.readOnly:
		return fmt.Errorf("its tables have version %d and must be brought to %d first: whosaid verify does that", have, len(steps))
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, lock, schema); err != nil {
			return err
		}
		have, err := s.version(ctx, schema) // another may have been first
		if err != nil {
			return err
		}
		begin := "CREATE SCHEMA IF NOT EXISTS " + pgx.Identifier{schema}.Sanitize() + "; CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public; CREATE TABLE IF NOT EXISTS schema_version (version int NOT NULL)"
		if have > 0 {
			begin = ""
		}
		for _, text := range append([]string{begin}, steps[have:]...) {
			if _, err := tx.Exec(ctx, text); err != nil {
				return fmt.Errorf("making version %d of the tables: %w", len(steps), err)
			}
		}
		if have > 0 && have < facetsFrom {
			if err := fillFacets(ctx, tx); err != nil {
				return fmt.Errorf("counting what is there for version %d of the tables: %w", facetsFrom, err)
			}
		}
		if have > 0 && have < doubtsFrom {
			if err := fillDoubts(ctx, tx); err != nil {
				return fmt.Errorf("looking for what is in doubt for version %d of the tables: %w", doubtsFrom, err)
			}
		}
		if _, err := tx.Exec(ctx, "DELETE FROM schema_version"); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO schema_version VALUES ($1)", len(steps))
		return err
	})
}

// facetsFrom is the version of the tables that has table facet.
const facetsFrom = 3

// fillFacets fills table facet for the versions that are there.
func fillFacets(ctx context.Context, tx pgx.Tx) error {
	for v, err := range (reading{q: tx}).Versions(ctx, archive.Selection{Past: true}) {
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO facet (version, first, facet) VALUES ($1, $2, $3)", v.ID, v.First, archive.FacetOf(v.Doc, archive.Rows(v.Doc), v.Places, v.Statements)); err != nil {
			return err
		}
	}
	return nil
}

// lock is held by a transaction that writes to the archive in a schema.
const lock = "SELECT pg_advisory_xact_lock(hashtextextended('whosaid.' || $1, 0))"

// version is the version of the tables, 0 where there are none.
func (s *store) version(ctx context.Context, schema string) (version int, err error) {
	var there bool
	if err := s.pool.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'schema_version')", schema).Scan(&there); err != nil || !there {
		return 0, err
	}
	err = s.pool.QueryRow(ctx, "SELECT version FROM schema_version").Scan(&version)
	return version, err
}

// change runs a transaction that writes; only one does at a time.
func (s *store) change(ctx context.Context, do func(tx pgx.Tx) error) error {
	if s.readOnly {
		return fmt.Errorf("archive %s: %w: it was opened for reading", s.name, archive.ErrReadOnly)
	}
	return tell(s.name, pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended('whosaid.' || current_schema(), 0))"); err != nil {
			return err
		}
		return do(tx)
	}))
}

// tell turns an error of the driver into one that says what happened to which
// archive, and what to do. The codes are those of PostgreSQL's appendix A.
func tell(name string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var cannot *pgconn.ConnectError
	if errors.As(err, &cannot) {
		first, _, _ := strings.Cut(cannot.Unwrap().Error(), "\n") // each way that was tried has its line
		return fmt.Errorf("archive %s: the database cannot be reached: %s", name, first)
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return fmt.Errorf("archive %s: %w", name, err)
	}
	var is error
	var hint string
	switch {
	case e.Code == "53100":
		is, hint = archive.ErrFull, "nothing of this step was kept; make room and run it again"
	case e.Code == "25006" || e.Code == "42501":
		is, hint = archive.ErrReadOnly, "see what this user may do in the database"
	case strings.HasPrefix(e.Code, "XX"):
		is, hint = archive.ErrDamaged, "see what is wrong with whosaid verify and pg_amcheck"
	case e.Code == "55P03" || e.Code == "40P01":
		is, hint = archive.ErrBusy, "it did not end in time; run this again"
	default:
		return fmt.Errorf("archive %s: %w", name, err)
	}
	return fmt.Errorf("archive %s: %w: %s (%w)", name, is, hint, e)
}
