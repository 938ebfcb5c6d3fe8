package location

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

func TestDataFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("paths of other systems are not absolute there")
	}
	for _, x := range []struct {
		system string
		env    map[string]string
		want   string
	}{
		{"linux", nil, "/home/ida/.local/share"},
		{"linux", map[string]string{"XDG_DATA_HOME": "/data"}, "/data"},
		{"linux", map[string]string{"XDG_DATA_HOME": "data"}, "/home/ida/.local/share"},
		{"freebsd", nil, "/home/ida/.local/share"},
		{"darwin", map[string]string{"XDG_DATA_HOME": "/data"}, "/home/ida/Library/Application Support"},
		{"windows", map[string]string{"LOCALAPPDATA": "/local"}, "/local"},
		{"windows", nil, "/home/ida/AppData/Local"},
	} {
		got, err := dataFolder(x.system, func(name string) string { return x.env[name] }, func() (string, error) { return "/home/ida", nil })
		if err != nil || got != x.want {
			t.Errorf("%s with %v: %s, %v, want %s", x.system, x.env, got, err, x.want)
		}
	}
	lost := errors.New("$HOME is not defined")
	if _, err := dataFolder("linux", func(string) string { return "" }, func() (string, error) { return "", lost }); !errors.Is(err, lost) {
		t.Errorf("without a home: %v", err)
	}
}

func TestDefault(t *testing.T) {
	t.Setenv(Variable, "postgres://a.example/b")
	if got, err := Default(); err != nil || got != "postgres://a.example/b" || !Shared(got) {
		t.Error(got, err)
	}
	t.Setenv(Variable, "")
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	got, err := Default()
	if err != nil || !strings.HasSuffix(filepath.ToSlash(got), "/whosaid/archive.db") || Shared(got) {
		t.Error(got, err)
	}
	// Its folder is made with it.
	s, err := Open(t.Context(), got, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(got); err != nil {
		t.Error(err)
	}
}

// A backup that is damaged is not restored, and the archive stays.
func TestRestoreChecks(t *testing.T) {
	dir := t.TempDir()
	where, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "b.db")
	s, err := Open(t.Context(), where, false)
	if err != nil {
		t.Fatal(err)
	}
	m := generated.New(1)
	for n := range 30 {
		r, err := archive.Prepare(m.Article(n).Entry)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Keep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := Backup(t.Context(), s, backup); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+4000; i++ {
		data[i] ^= 0x33
	}
	if err := os.WriteFile(backup, data, 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(where)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), backup, where); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("restoring it gives %v", err)
	}
	if after, err := os.ReadFile(where); err != nil || string(after) != string(before) {
		t.Error("the archive was changed")
	}
}
