package postgres

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
	"whosaid/internal/archive/conformance"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/testserver"
)

func TestMain(m *testing.M) {
	code := m.Run()
	testserver.Stop()
	os.Exit(code)
}

// place makes archives in schemas of their own.
type place struct{}

func (place) New(t testing.TB) archive.Store { return open(t, testserver.Fresh(t)) }

func (place) Again(t testing.TB, s archive.Store) archive.Store { return open(t, s.(*store).where) }

func open(t testing.TB, where string) archive.Store {
	t.Helper()
	s, err := Open(t.Context(), where, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestConformance(t *testing.T) {
	testserver.Database(t)
	conformance.Run(t, place{})
}

func TestOpenRefuses(t *testing.T) {
	where := testserver.Fresh(t)
	if _, err := Open(t.Context(), where, true); !errors.Is(err, archive.ErrMissing) {
		t.Errorf("looking into an archive that is not there gives %v", err)
	}
	s := open(t, where).(*store)
	if err := s.exec(t.Context(), "UPDATE schema_version SET version = 99"); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		if _, err := Open(t.Context(), where, readOnly); !errors.Is(err, archive.ErrNewer) || !strings.Contains(err.Error(), fmt.Sprintf("version 99, and this program knows %d", len(migrations))) {
			t.Errorf("a newer archive gives %v", err)
		}
	}
	for where, want := range map[string]string{
		"postgres://ida:secret@127.0.0.1:1/x?connect_timeout=2": "postgres://ida@127.0.0.1:1/x?connect_timeout=2: the database cannot be reached",
		"postgres://ida:secret@127.0.0.1:port/x":                "cannot be read",
		"postgres://127.0.0.1:1/x?password=secret":              "the database cannot be reached",
	} {
		_, err := Open(t.Context(), where, false)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s gives %v", where, err)
		}
	}
}

func TestMigrate(t *testing.T) {
	where := testserver.Fresh(t)
	s := open(t, where).(*store)
	config, err := pgx.ParseConfig(where)
	if err != nil {
		t.Fatal(err)
	}
	schema := config.RuntimeParams["search_path"]
	steps := append(append([]string{}, migrations...), "CREATE TABLE extra (x int); INSERT INTO extra VALUES (1)", "UPDATE extra SET x = x + 1")
	for range 2 {
		if err := s.migrate(t.Context(), schema, steps); err != nil {
			t.Fatal(err)
		}
	}
	var x int
	if err := s.pool.QueryRow(t.Context(), "SELECT x FROM extra").Scan(&x); err != nil || x != 2 {
		t.Errorf("x is %d, %v", x, err)
	}
	if err := s.migrate(t.Context(), schema, append(steps, "CREATE TABLE more (x int); CREATE TABLE song (")); err == nil {
		t.Error("a step that fails was taken for done")
	}
	if err := s.pool.QueryRow(t.Context(), "SELECT count(*) FROM more").Scan(&x); err == nil {
		t.Error("half of a step was done")
	}
}

// Who may only read gets a clear sentence.
func TestReadOnlyUser(t *testing.T) {
	where := testserver.Fresh(t)
	open(t, where)
	s := open(t, where+"&default_transaction_read_only=on")
	r, err := archive.Prepare(generated.New(1).Article(0).Entry)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(t.Context(), r); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("keeping gives %v", err)
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Error(err)
	}
	looking, err := Open(t.Context(), where, true)
	if err != nil {
		t.Fatal(err)
	}
	defer looking.Close()
	if _, err := looking.Keep(t.Context(), r); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("keeping in an archive that was opened for reading gives %v", err)
	}
}

// A statement that is longer than a tsvector has positions for is kept.
func TestLongStatement(t *testing.T) {
	v := lexemes(archive.Row{Words: strings.Repeat("bridge ", 40000), Who: "ida"})
	if len(v.Lexemes) != 2 || len(v.Lexemes[0].Positions) != mostPositions || v.Lexemes[1].Positions[0].Position != lastPosition {
		t.Errorf("%d lexemes", len(v.Lexemes))
	}
	s := open(t, testserver.Fresh(t)).(*store)
	var n int
	if err := s.pool.QueryRow(t.Context(), "SELECT length($1::tsvector)", v).Scan(&n); err != nil || n != 2 {
		t.Errorf("the database takes %d lexemes, %v", n, err)
	}
}
