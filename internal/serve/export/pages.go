package export

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/serve/print"
)

//go:embed list.html
var listHTML string

//go:embed list.css
var listCSS string

var listTemplate = template.Must(template.New("list").Parse(listHTML))

// pages writes a folder that a browser shows without a server and without
// scripts: index.html lists the articles, so many a page (index-2.html, …), and
// each article has a page of its own in articles/, which leads back to the list.
type pages struct {
	dir  string
	page listPage // being filled
}

// listed is how many articles a page of the list has.
const listed = 200

// A listPage is what the template shows.
type listPage struct {
	Hash         string
	CSS          template.CSS
	Number       int // from 1
	Before, Next string
	Articles     []listing
}

type listing struct{ File, Title, Language, Facts string }

func newPages(dir string) (Writer, error) {
	sum := sha256.Sum256([]byte(listCSS))
	p := &pages{dir: dir, page: listPage{
		Hash: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]), CSS: template.CSS(listCSS), Number: 1,
	}}
	return p, os.MkdirAll(filepath.Join(dir, "articles"), 0o777)
}

// listFile is the name of a page of the list.
func listFile(number int) string {
	if number == 1 {
		return "index.html"
	}
	return fmt.Sprintf("index-%d.html", number)
}

func (p *pages) Write(v *archive.Version) error {
	if len(p.page.Articles) == listed { // and there is another
		p.page.Next = listFile(p.page.Number + 1)
		if err := p.list(); err != nil {
			return err
		}
		p.page.Before, p.page.Next = listFile(p.page.Number), ""
		p.page.Number++
		p.page.Articles = p.page.Articles[:0]
	}
	// Two letters of the name make a folder, or one folder would hold them all.
	name := fileName(v.Doc)
	file := path.Join("articles", name[:min(len(name), 2)], name+".html")
	var b bytes.Buffer
	if err := print.Page(&b, v.Doc, "../../"+listFile(p.page.Number)); err != nil {
		return err
	}
	to := filepath.Join(p.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(to, b.Bytes(), 0o666); err != nil {
		return err
	}
	p.page.Articles = append(p.page.Articles, listing{file, title(v.Doc), language(v.Doc), facts(v)})
	return nil
}

// facts is the line below a title.
func facts(v *archive.Version) string {
	var out []string
	for _, f := range []string{v.Doc.Outlet, v.Doc.Published[:min(len(v.Doc.Published), len("2022-01-20"))]} {
		if f = oneLine(f); f != "" {
			out = append(out, f)
		}
	}
	if n := len(v.Doc.Statements); n == 1 {
		out = append(out, "1 statement")
	} else {
		out = append(out, fmt.Sprintf("%d statements", n))
	}
	return strings.Join(out, " · ")
}

func (p *pages) list() error {
	var b bytes.Buffer
	if err := listTemplate.Execute(&b, p.page); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.dir, listFile(p.page.Number)), b.Bytes(), 0o666)
}

// Close writes the last page of the list.
func (p *pages) Close() error { return p.list() }
