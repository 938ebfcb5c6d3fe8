package parquet

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var columns = []Column{{"speaker", String}, {"paragraph", Int}, {"confidence", Float}, {"conditional", Bool}}

func table(t *testing.T, rows int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, columns)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		row := []any{"Selim Aydın", i, 0.25, i%3 == 0}
		if i%2 == 1 {
			row = []any{nil, nil, nil, nil}
		}
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBytes holds the headers and the footer, which another program reads in
// TestReadByArrow where it is there.
func TestBytes(t *testing.T) {
	got := table(t, 3)
	page := hex.EncodeToString(pageHeader(3, 40, 20))
	if want := "1500155015282c150615001506150600" + "00"; page != want {
		t.Errorf("a page's header is\n%s, want\n%s", page, want)
	}
	if !bytes.HasPrefix(got, []byte(magic)) || !bytes.HasSuffix(got, []byte(magic)) {
		t.Error("the file does not begin and end as Parquet does")
	}
	length := int(got[len(got)-8]) | int(got[len(got)-7])<<8
	foot := got[len(got)-8-length : len(got)-8]
	for _, c := range columns {
		if n := bytes.Count(foot, []byte(c.Name)); n != 2 {
			t.Errorf("the footer names the column %s %d times, want once in the schema and once where it lies", c.Name, n)
		}
	}
}

func TestLevels(t *testing.T) {
	c := chunk{present: []bool{true, true, false, true}}
	if got, want := hex.EncodeToString(c.levels()), "06000000"+"0401"+"0200"+"0201"; got != want {
		t.Errorf("levels are %s, want %s", got, want)
	}
}

func TestWrongRows(t *testing.T) {
	w, err := NewWriter(new(bytes.Buffer), columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{"a"}, {1, 1, 1.0, true}, {"a", 1 << 40, 1.0, true}, {"a", 1, 1, true}, {"a", 1, 1.0, "yes"}} {
		if w.Row(row) == nil {
			t.Errorf("%v was taken for a row", row)
		}
	}
}

// TestReadByArrow has another program read what was written, across row groups.
func TestReadByArrow(t *testing.T) {
	if err := exec.Command("python3", "-c", "import pyarrow").Run(); err != nil {
		t.Skip("pyarrow is not installed")
	}
	file := filepath.Join(t.TempDir(), "table.parquet")
	if err := os.WriteFile(file, table(t, groupRows+3), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("python3", "-c", `import sys, pyarrow.parquet as p
t = p.read_table(sys.argv[1])
print(t.num_rows, p.ParquetFile(sys.argv[1]).num_row_groups, t.slice(100000).to_pylist(), t.column("speaker").null_count)`, file).CombinedOutput()
	want := "100003 2 [{'speaker': 'Selim Aydın', 'paragraph': 100000, 'confidence': 0.25, 'conditional': False}, {'speaker': None, 'paragraph': None, 'confidence': None, 'conditional': None}, {'speaker': 'Selim Aydın', 'paragraph': 100002, 'confidence': 0.25, 'conditional': True}] 50001"
	if got := strings.TrimSpace(string(out)); err != nil || got != want {
		t.Errorf("it was read as\n%s (%v), want\n%s", got, err, want)
	}
}
