package casefile

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared is the path of material that lies beside the checkout, in the folder
// "shared", and is no part of it. A test that asks for what is not there is skipped.
func Shared(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path = filepath.Join(filepath.Dir(dir), "shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skip("not here: ", path)
	}
	return path
}
