// Package reference lets tests run the reference scorers and read the corpora,
// which lie in a folder beside the repository and are no part of it. Where the
// folder or Python is missing the test that asked is skipped.
package reference

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Path is the place of a file or folder of the reference folder.
func Path(t testing.TB, elements ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, elements...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs ../shared/%s beside the repository", filepath.ToSlash(filepath.Join(elements...)))
	}
	return path
}

// Run runs one of the reference tools on stdin and gives what it printed.
func Run(t testing.TB, tool, stdin string, args ...string) string {
	t.Helper()
	return python(t, stdin, append([]string{Path(t, "tools", tool)}, args...)...)
}

// Script runs a few lines of Python that may import the reference tools.
func Script(t testing.TB, code, stdin string, args ...string) string {
	t.Helper()
	code = "import sys; sys.path.insert(0, sys.argv.pop(1))\n" + code
	return python(t, stdin, append([]string{"-c", code, Path(t, "tools")}, args...)...)
}

func python(t testing.TB, stdin string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3 to run the reference in ../shared")
	}
	cmd := exec.Command(path, append([]string{"-I"}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, stderr.String())
	}
	return string(out)
}
