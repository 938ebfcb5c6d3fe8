package format

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the readers give to the .want files")

// TestRead reads every sample under testdata and compares what comes out with
// the file of the same name and the ending .want.
func TestRead(t *testing.T) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range paths {
		if strings.HasSuffix(path, ".want") || isFolder(t, path) {
			continue
		}
		n++
		t.Run(filepath.Base(path), func(t *testing.T) {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, path, show(filepath.Base(path), b, Options{}))
		})
	}
	if n < 27 {
		t.Errorf("only %d samples found", n)
	}
}

func isFolder(t *testing.T, path string) bool {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.IsDir()
}

// golden compares got with the file path + ".want".
func golden(t *testing.T, path, got string) {
	t.Helper()
	path += ".want"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n--- got\n%s\n--- want\n%s", path, got, want)
	}
}

// show writes what Detect and Read give in a form that people can check.
func show(name string, b []byte, opt Options) string {
	var s strings.Builder
	kind := Detect(name, b)
	fmt.Fprintf(&s, "kind: %s\n", kind)
	Read(kind, name, b, nil, opt, func(it Item, err error) bool {
		s.WriteString("\n")
		if err != nil {
			fmt.Fprintf(&s, "error: %v\n", err)
			return true
		}
		for _, line := range [][2]string{
			{"name", it.Name},
			{"url", it.URL},
			{"outlet", it.Outlet},
			{"title", it.Title},
			{"deck", it.Deck},
			{"authors", strings.Join(it.Authors, "; ")},
			{"published", it.Published},
			{"modified", it.Modified},
			{"language", it.Language},
		} {
			if line[1] != "" {
				fmt.Fprintf(&s, "%s: %s\n", line[0], line[1])
			}
		}
		for _, b := range it.Blocks {
			fmt.Fprintf(&s, "[%s] %s\n", b.Kind, b.Text)
		}
		if it.Follow {
			s.WriteString("to be followed\n")
		}
		if it.Text != "" {
			fmt.Fprintf(&s, "text:\n%s\n", it.Text)
		}
		if it.HTML != "" {
			fmt.Fprintf(&s, "html:\n%s\n", it.HTML)
		}
		return true
	})
	return s.String()
}

// collect reads all of a file.
func collect(kind Kind, name string, b []byte, opt Options) (items []Item, errs []error) {
	Read(kind, name, b, nil, opt, func(it Item, err error) bool {
		if err != nil {
			errs = append(errs, err)
		} else {
			items = append(items, it)
		}
		return true
	})
	return items, errs
}

func TestReadStopsWhenTold(t *testing.T) {
	for name, b := range map[string]string{
		"a.csv":   "title,text\na,b\nc,d\n",
		"a.jsonl": "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
		"a.json":  `[{"text":"a"},{"text":"b"}]`,
	} {
		n := 0
		Read(Detect(name, []byte(b)), name, []byte(b), nil, Options{}, func(Item, error) bool {
			n++
			return false
		})
		if n != 1 {
			t.Errorf("%s: yield was called %d times after it had said stop", name, n-1)
		}
	}
}

func TestErrorsNameFileAndItem(t *testing.T) {
	_, errs := collect(CSV, "north.csv", []byte("title,text\na,b\nc,\"d\" e,f\nf,g\n"), Options{})
	if len(errs) != 1 {
		t.Fatalf("got errors %v, want one", errs)
	}
	var e *Error
	if !errors.As(errs[0], &e) || e.File != "north.csv" || e.Item != "row 3" {
		t.Errorf("got %#v, want an Error that names north.csv and row 3", errs[0])
	}
}

// readable checks what must hold of anything that Read hands over.
func readable(t *testing.T, kind Kind, b []byte) {
	t.Helper()
	if len(b) > 1<<16 {
		return
	}
	n := 0
	Read(kind, "fuzz", b, nil, Options{MaxUnpacked: 1 << 20}, func(it Item, err error) bool {
		n++
		var e *Error
		switch {
		case err != nil && (!errors.As(err, &e) || e.Reason == ""):
			t.Errorf("an error without a reason: %v", err)
		case err == nil && it.empty() && !it.Follow:
			t.Errorf("an item without a body: %+v", it)
		}
		return n < 10000
	})
	if n == 0 {
		t.Error("neither an article nor an error")
	}
}
