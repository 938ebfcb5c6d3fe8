package speakers

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Lena Aster", "Aster", true},
		{"Aster", "Lena M. Aster", true},
		{"Lena Aster", "Lena Marie Aster", true},
		{"Lena Aster", "Lena", false},
		{"Lena Aster", "Jon Aster", false},
		{"The Echo", "Echo's", true},
		{"", "", false},
	} {
		if got := Same(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestLoadRefusesOtherTables(t *testing.T) {
	for name, text := range map[string]string{
		"no column":  "stem\trel\tspeaker\nx\tE1\tLena Aster\n",
		"short line": "stem\trel\tsource_form\tspeaker\nx\tE1\n",
	} {
		file := filepath.Join(t.TempDir(), "table.tsv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(file); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSplit(t *testing.T) {
	got := split("Lena Aster & unnamed: two aides ?")
	if len(got) != 2 || got[0] != "Lena Aster" || got[1] != "unnamed: two aides" {
		t.Errorf("%q", got)
	}
}
