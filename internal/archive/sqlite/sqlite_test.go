package sqlite

import (
	"path/filepath"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/conformance"
)

// place makes archives in files.
type place struct{}

func (place) New(t testing.TB) archive.Store {
	return open(t, filepath.Join(t.TempDir(), "folder", "an archive #1.db"))
}

func (place) Again(t testing.TB, s archive.Store) archive.Store { return open(t, s.(*store).path) }

func open(t testing.TB, path string) archive.Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestConformance(t *testing.T) { conformance.Run(t, place{}) }
