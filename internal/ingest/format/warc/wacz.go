package warc

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds on packages.
const (
	maxList   = 64 << 20 // bytes of a list of pages
	maxLine   = 1 << 20  // bytes of one page's line in it
	expansion = 50       // how much more than the package itself may come out of its files, and a gigabyte
)

// ReadWACZ hands over the pages of a WACZ package (specs.webrecorder.net/wacz):
// those that its lists of pages name, or all where it has none.
func ReadWACZ(r io.ReaderAt, size int64, o Options, yield func(Page, error) bool) {
	d := &reader{o: o, yield: yield}
	z, err := zip.NewReader(r, size)
	if err != nil {
		d.fail(&Error{Reason: "its zip directory is damaged or cut short"})
		return
	}
	for _, f := range z.File {
		if path.Dir(f.Name) == "pages" && strings.HasSuffix(f.Name, ".jsonl") {
			d.list(f)
		}
	}
	left := size*expansion + 1<<30
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if d.stopped || !strings.HasPrefix(name, "archive/") || !strings.HasSuffix(name, ".warc") && !strings.HasSuffix(name, ".warc.gz") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			d.fail(&Error{Reason: fmt.Sprintf("its file %.100s cannot be opened (%v)", f.Name, err)})
			continue
		}
		b := &io.LimitedReader{R: in, N: left}
		d.file(b)
		in.Close()
		if left = b.N; left <= 0 {
			d.fail(&Error{Reason: "its files unpack to far more than it is long itself: the rest was left"})
			return
		}
	}
	d.finish()
}

// list notes the pages that a list names. Its first line is a header.
func (d *reader) list(f *zip.File) {
	in, err := f.Open()
	if err != nil {
		return // without a list all pages are read
	}
	defer in.Close()
	lines := bufio.NewScanner(io.LimitReader(in, maxList))
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		var page struct {
			URL string `json:"url"`
		}
		if json.Unmarshal(lines.Bytes(), &page) == nil && page.URL != "" {
			if d.wanted == nil {
				d.wanted = map[string]bool{}
			}
			d.wanted[page.URL] = true
		}
	}
}
