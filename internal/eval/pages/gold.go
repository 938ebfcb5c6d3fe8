package pages

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
)

// An entry is one page of the gold: what a person found on it.
type entry struct {
	url, file     string
	date          string
	authors       []string
	with, without []string // text that is, and is not, part of the article
}

// gold reads the entries of go-trafilatura's comparison whose page lies beside
// them. They are a map literal in Go source; dir is the root of the module.
func gold(dir string) ([]entry, error) {
	path := filepath.Join(dir, "scripts", "comparison", "data.go")
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("reading the gold pages: %w; give the folder of the go-trafilatura module", err)
	}
	var entries []entry
	ast.Inspect(file, func(n ast.Node) bool {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		fields, ok := pair.Value.(*ast.CompositeLit)
		if !ok {
			return true
		}
		e := entry{url: text(pair.Key)}
		for _, el := range fields.Elts {
			field, ok := el.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			name, _ := field.Key.(*ast.Ident)
			if name == nil {
				continue
			}
			switch name.Name {
			case "File":
				e.file = text(field.Value)
			case "Date":
				e.date = text(field.Value)
			case "Authors":
				e.authors = texts(field.Value)
			case "With":
				e.with = texts(field.Value)
			case "Without":
				e.without = texts(field.Value)
			}
		}
		if e.file != "" {
			if _, err := os.Stat(filepath.Join(dir, pageFolder, e.file)); err == nil {
				entries = append(entries, e)
			}
		}
		return false
	})
	if len(entries) == 0 {
		return nil, fmt.Errorf("no gold pages in %s; give the folder of the go-trafilatura module", dir)
	}
	return entries, nil
}

// pageFolder is where the module keeps the pages.
var pageFolder = filepath.Join("test-files", "comparison")

// text is the value of a string literal.
func text(x ast.Expr) string {
	if lit, ok := x.(*ast.BasicLit); ok {
		s, _ := strconv.Unquote(lit.Value)
		return s
	}
	return ""
}

// texts is the value of a list of string literals.
func texts(x ast.Expr) []string {
	list, ok := x.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	out := make([]string, 0, len(list.Elts))
	for _, el := range list.Elts {
		out = append(out, text(el))
	}
	return out
}
