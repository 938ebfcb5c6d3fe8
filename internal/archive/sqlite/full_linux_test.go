package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// A full disk fails what is being kept, whole, and nothing else.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	path := filepath.Join(dir, "a.db")
	s := open(t, path)
	defer s.Close()
	m := generated.New(1)
	kept := map[string]bool{}
	var full error
	for n := 0; n < 3000 && full == nil; n += 5 {
		var list []*archive.Ready
		for k := range 5 {
			list = append(list, ready(t, m.Article(n+k).Entry))
		}
		var out []archive.Outcome
		if out, full = s.Keep(t.Context(), list...); full != nil {
			break
		}
		for i := range out {
			kept[list[i].Doc.ID] = true
		}
	}
	says(t, full, archive.ErrFull, path, "make room")
	if len(kept) < 20 {
		t.Errorf("only %d articles fit: the test shows little", len(kept))
	}
	check := func() {
		t.Helper()
		n := 0
		for v, err := range s.Versions(t.Context(), archive.Selection{}) {
			if err != nil {
				t.Fatal(err)
			}
			if !kept[v.Info.ID] {
				t.Errorf("%s is there and was not said to be kept", v.Info.ID)
			}
			n++
		}
		if n != len(kept) {
			t.Errorf("%d versions are there, want %d", n, len(kept))
		}
	}
	check()
	if err := s.(*store).CopyTo(t.Context(), filepath.Join(dir, "copy.db")); !errors.Is(err, archive.ErrFull) {
		t.Errorf("a copy gives %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "copy.db")); err == nil {
		t.Error("half a copy was left")
	}
	// Room helps.
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, "size=30m"); err != nil {
		t.Fatal(err)
	}
	r := ready(t, m.Article(2999).Entry)
	if _, err := s.Keep(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	kept[r.Doc.ID] = true
	check()
	for fault, err := range s.Verify(t.Context()) {
		t.Errorf("verify: %s %v", fault, err)
	}
}
