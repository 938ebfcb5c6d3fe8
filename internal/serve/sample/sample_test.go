package sample_test

import (
	"path/filepath"
	"testing"

	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/serve/sample"
)

func TestFill(t *testing.T) {
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sample.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := sample.Fill(t.Context(), desk.New(store)); err != nil {
		t.Fatal(err)
	}
	stats, err := store.Stats(t.Context())
	if err != nil || stats.Articles != 10 || stats.Outlets != 4 || stats.Statements < 80 {
		t.Errorf("it holds %+v (%v)", stats, err)
	}
}
