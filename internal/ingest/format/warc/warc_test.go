package warc

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// made is a record.
func made(kind, url, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2022-03-01T10:15:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, contentType, len(block), block)
}

// answer is a record of a server's answer.
func answer(url, head, body string) string {
	return made("response", url, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+head+"\r\n\r\n"+body)
}

func zipped(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, p)
		z.Close()
	}
	return b.String()
}

// told is what comes out of a file, a line each.
func told(r io.Reader) []string {
	var out []string
	Read(r, Options{MaxPage: 1 << 20, MaxUnpacked: 1 << 20}, func(p Page, err error) bool {
		if err != nil {
			out = append(out, "! "+err.Error())
		} else {
			out = append(out, fmt.Sprintf("%d %s %s %q", p.Record, p.URL, p.Type, p.Body))
		}
		return true
	})
	return out
}

const html = "Content-Type: text/html"

var (
	info  = made("warcinfo", "", "application/warc-fields", "software: none\r\n")
	one   = answer("http://a.example/1", html, "<p>One</p>")
	two   = answer("http://a.example/2", html, "<p>Two</p>")
	three = answer("http://a.example/3", html, "<p>Three</p>")
)

func TestRead(t *testing.T) {
	const first, second, third = `2 http://a.example/1 text/html "<p>One</p>"`, `3 http://a.example/2 text/html "<p>Two</p>"`, `4 http://a.example/3 text/html "<p>Three</p>"`
	damaged := []byte(zipped(two))
	damaged[len(damaged)-6] ^= 0xFF
	long := strings.Replace(two, "Content-Length: ", "Content-Length: 9", 1)
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"plain", info + one + two, []string{first, second}},
		{"a member each", zipped(info, one, two), []string{first, second}},
		{"one member for all", zipped(info + one + two), []string{first, second}},
		{"other records", info + made("request", "http://a.example/1", "application/http", "GET / HTTP/1.1\r\n\r\n") + two + made("revisit", "http://a.example/1", "application/http", "HTTP/1.1 200 OK\r\n\r\n"), []string{second}},
		{"not found", info + strings.ReplaceAll(one, "200 OK", "404 NO") + two, []string{second}},
		{"pictures", info + answer("http://a.example/1", "Content-Type: image/png", "x") + two, []string{second}},
		{"chunked", info + answer("http://a.example/1", html+"\r\nTransfer-Encoding: chunked", "3\r\n<p>\r\n7\r\nOne</p>\r\n0\r\n\r\n"), []string{first}},
		{"chunks taken off", info + answer("http://a.example/1", html+"\r\nTransfer-Encoding: chunked", "<p>One</p>"), []string{first}},
		{"a wrong length inside", info + answer("http://a.example/1", html+"\r\nContent-Length: 3", "<p>One</p>"), []string{first}},
		{"packed", info + answer("http://a.example/1", html+"\r\nContent-Encoding: gzip", zipped("<p>One</p>")), []string{first}},
		{"unpacked", info + answer("http://a.example/1", html+"\r\nContent-Encoding: br", "<p>One</p>"), []string{first}},
		{"a bomb", info + answer("http://a.example/1", html+"\r\nContent-Encoding: gzip", zipped(strings.Repeat("a", 2<<20))) + two, []string{"! record 2 (http://a.example/1): the page unpacks to more than 1 MB; raise the limit with --max-unpacked", second}},
		{"extracted text", info + made("conversion", "http://a.example/1", "text/plain", "One."), []string{`2 http://a.example/1 text/plain "One."`}},
		{"a length too long", info + long + one + three, []string{"! record 2 (http://a.example/2): it is cut short"}},
		{"a length too long, in members", zipped(info, long, two, three), []string{"! record 2 (http://a.example/2): it is cut short", second, third}},
		{"a length too short", info + strings.Replace(one, "<p>One</p>", "<p>One and more</p>", 1) + two, []string{"! record 2 (http://a.example/1): its length is wrong", "! record 3: what stands here is no record: the length of the one before it is wrong, or the file is damaged", second}},
		{"no length", info + strings.Replace(one, "Content-Length: ", "Content-Length: -", 1) + two, []string{`! record 2 (http://a.example/1): its length is "-54", which is no number`, "! record 3: what stands here is no record: the length of the one before it is wrong, or the file is damaged", second}},
		{"cut short", info + one[:len(one)-10], []string{"! record 2 (http://a.example/1): it is cut short"}},
		{"cut by the crawler", info + strings.Replace(one, "WARC-Date", "WARC-Truncated: length\r\nWARC-Date", 1) + two, []string{"! record 2 (http://a.example/1): the crawler cut it short (length)", second}},
		{"too long", info + answer("http://a.example/1", html, strings.Repeat("a", 1<<20)) + two, []string{"! record 2 (http://a.example/1): it is 1 MB long, and 1 MB is the most that is read; raise the limit with --max-input", second}},
		{"a damaged member", zipped(info, one) + string(damaged) + zipped(three), []string{first, second, "! record 4: its gzip compression is damaged or cut short", `5 http://a.example/3 text/html "<p>Three</p>"`}},
		{"a header without end", "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 100_000), []string{"! record 1: its header is too long", "! record 2: what stands here is no record: the length of the one before it is wrong, or the file is damaged"}},
		{"empty", "", []string{"! it holds no record of a web archive"}},
		{"no page", info, []string{"! none of its 1 records is a page"}},
		{"nested gzip", zipped(zipped(zipped(one))), []string{"! record 1: what stands here is no record: the length of the one before it is wrong, or the file is damaged"}},
	} {
		if got := told(strings.NewReader(c.file)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// endless gives the same bytes for ever, and counts them.
type endless struct {
	bytes string
	given int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.bytes)
	e.given += int64(n)
	return n, nil
}

// TestHuge reads a record of a gigabyte and one that claims to have an
// exabyte, in little memory.
func TestHuge(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	head := func(n int64) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n", n)
	}
	body := &endless{bytes: strings.Repeat("a", 32<<10)}
	got := told(io.MultiReader(strings.NewReader(head(1<<30)), io.LimitReader(body, 1<<30), strings.NewReader("\r\n\r\n"+one+head(1<<60)), &endless{bytes: "a"}))
	want := []string{
		"! record 1 (http://a.example/): it is 1024 MB long, and 1 MB is the most that is read; raise the limit with --max-input",
		`2 http://a.example/1 text/html "<p>One</p>"`,
		"! record 3 (http://a.example/): it claims to have 1073741824 GB: the rest of the file was left",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
}

func TestWACZ(t *testing.T) {
	pack := func(files ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.Create(files[i])
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(w, files[i+1])
		}
		z.Close()
		return b.Bytes()
	}
	moved := made("response", "http://a.example/old", "application/http", "HTTP/1.1 301 Moved\r\nLocation: /2\r\n\r\n")
	for _, c := range []struct {
		file []byte
		want string
	}{
		{pack("archive/a.warc.gz", zipped(info, one, two)), "http://a.example/1 http://a.example/2"},
		{pack("archive/a.warc.gz", zipped(info, one), "archive/b.warc", two), "http://a.example/1 http://a.example/2"},
		{pack("archive/a.warc.gz", zipped(info, moved, one, two, three), "pages/pages.jsonl", "{\"format\":\"json-pages-1.0\"}\n{\"url\":\"http://a.example/1\"}\n{\"url\":\"http://a.example/old\"}\n"), "http://a.example/1 http://a.example/2"},
		{pack("datapackage.json", "{}"), "! it holds no record of a web archive"},
		{[]byte("PK\x03\x04 and no more"), "! its zip directory is damaged or cut short"},
	} {
		var got []string
		ReadWACZ(bytes.NewReader(c.file), int64(len(c.file)), Options{MaxPage: 1 << 20, MaxUnpacked: 1 << 20}, func(p Page, err error) bool {
			if err != nil {
				got = append(got, "! "+err.Error())
			} else {
				got = append(got, p.URL)
			}
			return true
		})
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("got %s, want %s", s, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(info + one + two))
	f.Add([]byte(zipped(info, one)))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		count := func(p Page, err error) bool {
			n++
			if err != nil && err.Error() == "" || err == nil && len(p.Body) == 0 {
				t.Errorf("%+v, %v", p, err)
			}
			return n < 1000
		}
		o := Options{MaxPage: 1 << 16, MaxUnpacked: 1 << 16}
		if Read(bytes.NewReader(b), o, count); n == 0 {
			t.Error("neither a page nor an error")
		}
		ReadWACZ(bytes.NewReader(b), int64(len(b)), o, count)
	})
}
