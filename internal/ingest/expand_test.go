package ingest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree writes empty files below a new folder and goes there.
func tree(t *testing.T, paths ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, p := range paths {
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(p, "/") {
			continue
		}
		if err := os.WriteFile(p, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExpand(t *testing.T) {
	tree(t, "b.txt", "a.html", "notes.xyz", ".hidden.txt", "news/2.md", "news/1.txt.gz", "news/deep/3.json", "news/.git/4.txt", "news/picture.png", "none/picture.png", "two/a.png", "two/b.png", "empty/", "odd[1].txt", "odd/1.txt")
	for _, c := range []struct {
		args []string
		want []string // inputs, and errors after "!"
	}{
		{[]string{"b.txt", "a.html"}, []string{"b.txt", "a.html"}},
		{[]string{"notes.xyz"}, []string{"notes.xyz"}},
		{[]string{"news"}, []string{"news/1.txt.gz", "news/2.md", "news/deep/3.json"}},
		{[]string{"news/", "-"}, []string{"news/1.txt.gz", "news/2.md", "news/deep/3.json", "-"}},
		{[]string{"*.txt"}, []string{"b.txt", "odd[1].txt"}},
		{[]string{"*"}, []string{"a.html", "b.txt", "odd[1].txt"}},
		{[]string{"*.xyz"}, []string{"notes.xyz"}},
		{[]string{"**/*.json"}, []string{"news/deep/3.json"}},
		{[]string{"news/**"}, []string{"news/1.txt.gz", "news/2.md", "news/deep/3.json"}},
		{[]string{"{a,b}.*"}, []string{"a.html", "b.txt"}},
		{[]string{"odd[1].txt"}, []string{"odd[1].txt"}},
		{[]string{"http://news.example/a?b=*", "HTTPS://news.example"}, []string{"http://news.example/a?b=*", "HTTPS://news.example"}},
		{[]string{"missing.txt", "b.txt"}, []string{"!missing.txt: there is no such file or folder; check the path", "b.txt"}},
		{[]string{"empty"}, []string{"!empty: the folder is empty; name another folder, or the file itself if it is one"}},
		{[]string{"none"}, []string{"!none: the only file in this folder is no article (.txt, .html, .pdf, .docx, .json and more are); name another folder, or the file itself if it is one"}},
		{[]string{"two"}, []string{"!two: none of the 2 files in this folder is an article (.txt, .html, .pdf, .docx, .json and more are); name another folder, or the file itself if it is one"}},
		{[]string{"*.pdf"}, []string{"!*.pdf: no article matches this pattern; check the path; ** crosses folders"}},
		{[]string{"[b.txt"}, []string{"![b.txt: there is no such file, and as a pattern it is malformed; check its brackets"}},
		{[]string{"file:///etc/passwd"}, []string{"!file:///etc/passwd: addresses that start with file:// are not read; give an http or https address, or the path of a file"}},
		{[]string{""}, []string{"!\"\": this is no name; name a file, a folder, an address or - for standard input"}},
	} {
		var got []string
		for in, err := range Expand(c.args, Options{}) {
			if err != nil {
				got = append(got, "!"+err.Error())
				continue
			}
			got = append(got, filepath.ToSlash(in.Name))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Expand(%q)\n got %q\nwant %q", c.args, got, c.want)
		}
		if n := Count(c.args, Options{}); n != len(c.want) {
			t.Errorf("Count(%q) = %d, want %d", c.args, n, len(c.want))
		}
		for in, err := range Expand(c.args, Options{}) {
			_, _ = in, err
			break // must not go on after that
		}
	}
}

func TestExpandFollowsNoFolderLinks(t *testing.T) {
	tree(t, "news/1.txt", "other/2.txt")
	if err := os.Symlink("..", "news/up"); err != nil {
		t.Skip("links cannot be made here")
	}
	if err := os.Symlink("../other/2.txt", "news/2.txt"); err != nil {
		t.Fatal(err)
	}
	var got []string
	for in, err := range Expand([]string{"news", "news/**/*.txt"}, Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(in.Name))
	}
	if want := []string{"news/1.txt", "news/2.txt", "news/1.txt", "news/2.txt"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
