package pages

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the root of the go-trafilatura module, or empty where it was not
// downloaded.
func module(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/markusmobius/go-trafilatura").Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Skip("the module go-trafilatura is not at hand")
	}
	return dir
}

func TestGold(t *testing.T) {
	entries, err := gold(module(t))
	if err != nil {
		t.Fatal(err)
	}
	dates, authors := 0, 0
	for _, e := range entries {
		if e.date != "" {
			dates++
		}
		if len(e.authors) > 0 {
			authors++
		}
	}
	if len(entries) != 881 || dates != 726 || authors != 532 {
		t.Errorf("%d pages, %d dates, %d authors; want 881, 726, 532", len(entries), dates, authors)
	}
}

func TestGoldOfAnotherFolder(t *testing.T) {
	if _, err := gold(t.TempDir()); err == nil {
		t.Error("a folder without gold gave no error")
	}
}

func TestNamesOf(t *testing.T) {
	for _, c := range []struct{ a, b []string }{
		{[]string{"JANE ROE and John Doe"}, []string{"John Doe", "Jane Roe"}},
		{[]string{"Jane Roe, John Doe"}, []string{"Jane Roe", "John Doe"}},
	} {
		if !slices.Equal(namesOf(c.a), namesOf(c.b)) {
			t.Errorf("%q and %q should be the same list", c.a, c.b)
		}
	}
	if slices.Equal(namesOf([]string{"Jane Roe"}), namesOf([]string{"Jane Roe", "John Doe"})) {
		t.Error("half a list counts as the whole")
	}
}

// TestScore counts one small page of its own, right and wrong.
func TestScore(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("scripts/comparison/data.go", `package main
var comparisonData = map[string]ComparisonEntry{
	"https://courier.example/bridge": {
		File: "bridge.html", Date: "2024-03-05", Authors: []string{"Jane Roe"},
		With: []string{"The bridge over the Tarn", "nobody wrote this"}, Without: []string{"Most Popular"},
	},
	"https://courier.example/lost": {File: "lost.html", With: []string{"x"}},
}`)
	write("test-files/comparison/bridge.html", `<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>
<p>By Jane Roe</p><p>March 5, 2024</p><p>The bridge over the Tarn will stay closed until autumn, the city council of Millbrook said on Tuesday after a long meeting.</p>
<p>“We found cracks in two of the pillars,” said the engineer, Ada Finch, who led the inspection last month and will lead the next.</p></article></body></html>`)
	c, err := Score(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := Card{Pages: 1, Found: 1, Missed: 1, Dates: 1, DatesRight: 1, Authors: 1, NamesRight: 1}
	if c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
	if !strings.Contains(c.String(), "1 of 1") {
		t.Errorf("the table does not show the counts:\n%s", c)
	}
}
