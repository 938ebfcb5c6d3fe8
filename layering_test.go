package whosaid_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says what each package may import of this module, from the command
// down to the nouns. A name that ends in "/*" stands for every package below
// it. Packages side by side never import each other, with the exceptions
// written out here: the packages that list, dispatch to or set out for their
// neighbours. The first line that fits a package counts.
var layers = []struct {
	name string
	may  []string
}{
	{"internal/serve/export", []string{"internal/serve/print", "internal/archive", "internal/record", "internal/news"}},
	{"internal/serve/export/parquet", nil},
	{"cmd/whosaid", []string{"internal/desk", "internal/alert", "internal/intake", "internal/state", "internal/relate/*", "internal/archive", "internal/archive/*", "internal/serve/*", "internal/eval/*", "internal/engine", "internal/annotate/standard", "internal/annotate/statements", "internal/annotate/actors", "internal/annotate/speakers", "internal/ingest", "internal/ingest/crawl", "internal/ingest/fetch", "internal/pipeline", "internal/neural/*", "internal/record", "internal/news", "models"}},
	{"internal/serve/visit", nil},
	{"internal/serve/door", []string{"internal/serve/visit", "internal/state"}},
	{"internal/serve/api", []string{"internal/serve/visit", "internal/serve/found", "internal/serve/export", "internal/desk", "internal/alert", "internal/intake", "internal/state", "internal/archive", "internal/record", "internal/news"}},
	{"internal/serve/*", []string{"internal/serve/visit", "internal/desk", "internal/relate/utterances", "internal/alert", "internal/intake", "internal/archive", "internal/engine", "internal/annotate/statements", "internal/annotate/actors", "internal/annotate/speakers", "internal/annotate/voice", "internal/pipeline", "internal/record", "internal/news"}},
	{"internal/eval/reference", nil},
	{"internal/eval/speakers", []string{"internal/pipeline", "internal/eval/polnear", "internal/record", "internal/news"}},
	{"internal/eval/elsewhere", []string{"internal/eval/polnear", "internal/eval/speakers", "internal/eval/actors", "internal/pipeline", "internal/record", "internal/news"}},
	{"internal/eval/people", []string{"internal/relate/people"}},
	{"internal/eval/gap", []string{"internal/english", "internal/news"}},
	{"internal/eval/actors", []string{"internal/pipeline", "internal/eval/polnear", "internal/eval/speakers", "internal/record", "internal/news"}},
	{"internal/eval/kinds", []string{"internal/eval/polnear", "internal/annotate/kinds", "internal/engine", "internal/ingest", "internal/pipeline", "internal/news"}},
	{"internal/eval/links", []string{"internal/eval/reference", "internal/relate/utterances", "internal/news"}},
	{"internal/eval/*", []string{"internal/eval/reference", "internal/engine", "internal/annotate/standard", "internal/annotate/statements", "internal/ingest", "internal/ingest/page", "internal/pipeline", "internal/neural/*", "internal/record", "internal/news", "models"}},
	{"internal/alert", []string{"internal/desk", "internal/state", "internal/archive", "internal/archive/terms"}},
	{"internal/intake", []string{"internal/engine", "internal/ingest", "internal/pipeline", "internal/archive", "internal/news"}},
	{"internal/state", nil},
	{"client", nil},
	{"internal/desk", []string{"internal/relate/*", "internal/archive", "internal/archive/terms", "internal/record", "internal/news"}},
	{"internal/relate/*", []string{"internal/names", "internal/english", "internal/news"}},
	{"internal/engine", []string{"internal/ingest", "internal/annotate/standard", "internal/pipeline", "internal/record", "internal/news"}},
	{"internal/ingest", []string{"internal/ingest/*", "internal/pipeline", "internal/record", "internal/news"}},
	{"internal/ingest/layout", []string{"internal/news"}},
	{"internal/ingest/crawl", []string{"internal/ingest/fetch", "internal/ingest/format", "internal/ingest/format/feed"}},
	{"internal/ingest/*", []string{"internal/ingest/layout", "internal/record", "internal/news"}},
	{"internal/annotate/standard", []string{"internal/annotate/*", "internal/pipeline", "internal/neural/*", "internal/news", "models"}},
	{"internal/english", []string{"internal/news"}},
	{"internal/names", []string{"internal/news"}},
	{"internal/annotate/*", []string{"internal/names", "internal/english", "internal/pipeline", "internal/neural/*", "internal/news"}},
	{"internal/neural/encoder", []string{"internal/neural/weights", "internal/neural/kernel", "internal/news"}},
	{"internal/neural/heads", []string{"internal/neural/weights", "internal/neural/kernel", "internal/news"}},
	{"internal/neural/weights", []string{"internal/neural/kernel", "internal/neural/safetensors"}},
	{"internal/neural/*", []string{"internal/news"}},
	{"internal/archive/location", []string{"internal/archive", "internal/archive/sqlite", "internal/archive/postgres"}},
	{"internal/archive/terms", nil},
	{"internal/archive/testserver", nil},
	{"internal/archive/pack", []string{"internal/news"}},
	{"internal/archive/conformance", []string{"internal/archive", "internal/archive/generated", "internal/archive/terms", "internal/record", "internal/news"}},
	{"internal/archive/measure", []string{"internal/archive", "internal/archive/generated", "internal/archive/terms", "internal/news"}},
	{"internal/archive/*", []string{"internal/archive", "internal/archive/pack", "internal/archive/terms", "internal/news"}},
	{"internal/archive", []string{"internal/record", "internal/news"}},
	{"internal/pipeline", []string{"internal/news"}},
	{"internal/record", []string{"internal/news"}},
	{"internal/casefile", []string{"internal/news"}},
	{"internal/news", nil},
	{"models", nil},
}

// fits reports whether name is what pattern says.
func fits(name, pattern string) bool {
	if under, ok := strings.CutSuffix(pattern, "/*"); ok {
		return strings.HasPrefix(name, under+"/")
	}
	return name == pattern
}

// mayImport reports whether package from may import package to, and whether
// from has a place in the table.
func mayImport(from, to string) (ok, known bool) {
	for _, l := range layers {
		if fits(from, l.name) {
			// A package's own parts, in folders below it, belong to it.
			return strings.HasPrefix(to, from+"/") || slices.ContainsFunc(l.may, func(p string) bool { return fits(to, p) }), true
		}
	}
	return false, false
}

func TestTableForbids(t *testing.T) {
	for _, pair := range [][2]string{
		{"internal/news", "internal/record"},
		{"internal/annotate/quotes", "internal/annotate/pieces"},
		{"internal/annotate/quotes", "internal/engine"},
		{"internal/ingest/page", "internal/ingest/charset"},
		{"internal/ingest", "internal/annotate/standard"},
		{"internal/neural/kernel", "internal/neural/encoder"},
		{"internal/engine", "internal/serve/print"},
		{"internal/eval/seed", "internal/eval/polnear"},
		{"internal/pipeline", "internal/annotate/standard"},
	} {
		if ok, known := mayImport(pair[0], pair[1]); ok || !known {
			t.Errorf("%s may import %s", pair[0], pair[1])
		}
	}
}

// A source is one Go file of the module.
type source struct {
	file string // from the root, with slashes
	pkg  string // its folder, likewise
	text []byte
	tree *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.file, "_test.go") }

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var list []source
	set := token.NewFileSet()
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "venv") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir // another module
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(set, file, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		list = append(list, source{file, path.Dir(file), text, tree})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 20 {
		t.Fatalf("only %d Go files were found: the test looks in the wrong place", len(list))
	}
	return list
}

func TestImportsRunOneWay(t *testing.T) {
	const module = "whosaid/"
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		if _, known := mayImport(s.pkg, ""); !known {
			t.Errorf("%s: package %s has no place in the table of layers: give it one", s.file, s.pkg)
			continue
		}
		for _, i := range s.tree.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			to, ours := strings.CutPrefix(imported, module)
			if !ours {
				continue
			}
			if ok, _ := mayImport(s.pkg, to); !ok {
				t.Errorf("%s imports %s, which the table of layers does not allow", s.file, to)
			}
		}
	}
}

func TestPackagesAreDocumentedAndNamed(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		name := s.tree.Name.Name
		switch strings.TrimSuffix(name, "s") {
		case "util", "helper", "common", "misc", "lib", "base", "tool":
			t.Errorf("%s: a package named %s says nothing of what is in it", s.file, name)
		}
		if s.test() || ast.IsGenerated(s.tree) {
			continue
		}
		opening := "Package " + name + " "
		if name == "main" {
			opening = "Command "
		}
		doc := s.tree.Doc.Text()
		if doc != "" && !strings.HasPrefix(doc, opening) {
			t.Errorf("%s: the package's comment does not begin with %q", s.file, opening)
		}
		documented[s.pkg] = documented[s.pkg] || doc != ""
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no comment that says what it is for", pkg)
		}
	}
}

// longest is how many lines a file of the program may have.
const longest = 500

func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if lines := bytes.Count(s.text, []byte("\n")); lines > longest && !s.test() && !ast.IsGenerated(s.tree) {
			t.Errorf("%s has %d lines, and %d are as many as a reader keeps in mind: divide it", s.file, lines, longest)
		}
	}
}
