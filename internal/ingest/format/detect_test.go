package format

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zstded(t testing.TB, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(b, nil)
}

func utf16LE(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestDetect(t *testing.T) {
	const mail = "From: a@b.example\r\nDate: Tue, 1 Mar 2022 10:15:00 GMT\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nText.\r\n"
	for _, c := range []struct {
		name, head string
		want       Kind
	}{
		{"a.txt", "", Empty},
		{"a.txt", " \n\t\n", Empty},
		{"a.txt", "\xEF\xBB\xBF", Empty},
		{"a.bin", strings.Repeat("\x00", 100), Empty},
		{"a.txt", "The ferry stays.", Text},
		{"-", "The ferry stays.", Text},
		{"a.unknown", "The ferry stays, she said.\nMore, and more.", Text},
		{"a.txt", "\xFF\xFE" + utf16LE("The ferry stays."), Text},
		{"a.txt", utf16LE("The ferry stays, she said."), Text},
		{"a.txt", "caf\xE9 \x93Good\x94", Text},
		{"a.txt", "The ferry\x00 stays, " + strings.Repeat("she said. ", 20), Text},
		{"a.txt", "\x00\x01\x02\x03 binary \x04\x05", Binary},
		{"a.txt", "\x89PNG\r\n\x1A\n\x00\x00", Binary},
		{"a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 100), Binary},
		{"a.txt", "MZ is what he was called.", Text},
		{"a.md", "# Ferry", Markdown},
		{"-", "---\ntitle: Ferry\n---\nText", Markdown},
		{"a.html", "The ferry stays", HTML},
		{"a.txt", "<!DOCTYPE html><html>", HTML},
		{"-", "<!-- saved -->\n<HTML lang=en>", HTML},
		{"-", "<p>Ferry</p>", HTML},
		{"-", "<ferry> is what she typed", Text},
		{"a.xhtml", "<html>", XHTML},
		{"a.xml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, XHTML},
		{"a.xml", "<?xml version='1.0'?>\n<!DOCTYPE nitf SYSTEM 'x'><nitf>", NITF},
		{"-", "<nitf>", NITF},
		{"a.xml", `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">`, NewsML},
		{"a.xml", `<?xml version="1.0"?><nar:newsMessage xmlns:nar="x">`, NewsML},
		{"a.xml", `<?xml version="1.0"?><catalogue>`, XML},
		{"a", "%PDF-1.4\n", PDF},
		{"a.pdf", "junk %PDF-1.4\n", PDF},
		{"a.txt", "He wrote %PDF-1.4 on it.", Text},
		{"a.docx", "PK\x03\x04....", DOCX},
		{"a", "PK\x03\x04....word/document.xml", DOCX},
		{"a.zip", "PK\x03\x04....a.txt", Zip},
		{"a.txt", `{\rtf1\ansi`, RTF},
		{"a.eml", "Text without a header", EML},
		{"-", mail, EML},
		{"-", "From: the start of a story\nDate: unknown\n\nText", Text},
		{"a.json", `{"a": 1}`, JSON},
		{"a.json", "nonsense", JSON},
		{"-", `[{"a": 1}]`, JSON},
		{"-", "{\"a\": 1}\n{\"a\": 2}\n", JSONL},
		{"a.ndjson", `{"a": 1}`, JSONL},
		{"-", `{"headline": "x", "body_xhtml": "<p/>"}`, NinJS},
		{"a.txt", "[The ferry] stays", Text},
		{"a.csv", "a,b\n", CSV},
		{"a.tsv", "a\tb\n", TSV},
		{"-", "title,date,text\na,b,c\n", CSV},
		{"-", "Title, text and tears\nShe said so.\n", Text},
		{"a.txt.gz", string(gzipped(t, []byte("x"))), Gzip},
		{"a.txt", string(zstded(t, []byte("x"))), Zstd},
	} {
		if got := Detect(c.name, []byte(c.head)); got != c.want {
			t.Errorf("Detect(%q, %.60q) = %s, want %s", c.name, c.head, got, c.want)
		}
	}
}

func TestKnown(t *testing.T) {
	for name, want := range map[string]bool{"a.txt": true, "A.DOCX": true, "a.xml": true, "a.json.gz": true, "a.zst": true, "a.png": false, "a": false, "a.tar": false} {
		if got := Known(name); got != want {
			t.Errorf("Known(%q) = %v", name, got)
		}
	}
}

func TestUnpack(t *testing.T) {
	text := []byte("The ferry stays.")
	for _, c := range []struct {
		name  string
		b     []byte
		inner string
	}{
		{"a.txt", text, "a.txt"},
		{"a.txt.gz", gzipped(t, text), "a.txt"},
		{"a.txt.zst", zstded(t, text), "a.txt"},
		{"a.txt.gz.zst", zstded(t, gzipped(t, text)), "a.txt"},
		{"a.gz", append(gzipped(t, text[:4]), gzipped(t, text[4:])...), "a"},
	} {
		inner, data, err := Unpack(c.name, c.b, 100)
		if inner != c.inner || string(data) != string(text) || err != nil {
			t.Errorf("%s: got %q, %q, %v", c.name, inner, data, err)
		}
	}
	zeros := make([]byte, 1<<20)
	packed := gzipped(t, text)
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"bomb.gz", gzipped(t, zeros), "bomb.gz: it unpacks to more than 64 kB"},
		{"bomb.zst", zstded(t, zeros), "bomb.zst: it unpacks to more than 64 kB"},
		{"nested.gz", gzipped(t, gzipped(t, zeros)), "nested.gz: it unpacks to more than 64 kB"},
		{"cut.gz", packed[:len(packed)-9], "cut.gz: its gzip data is cut short"},
		{"bad.gz", append(append([]byte{}, packed[:10]...), "garbage"...), "bad.gz: its gzip data is"},
		{"bad.zst", []byte("\x28\xB5\x2F\xFDgarbage"), "bad.zst: its zstd data is damaged"},
	} {
		_, data, err := Unpack(c.name, c.b, 64<<10)
		if data != nil || err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %d bytes and %v, want the error %q", c.name, len(data), err, c.want)
		}
	}
	// Three layers are two too many to go on.
	_, data, err := Unpack("a.gz", gzipped(t, gzipped(t, gzipped(t, text))), 0)
	if err != nil || Detect("a", data) != Gzip {
		t.Errorf("got %v", err)
	}
	if _, errs := collect(Gzip, "a.gz", data, Options{}); len(errs) != 1 || errs[0].Error() != "a.gz: it is compressed more than twice over" {
		t.Errorf("got %v", errs)
	}
}
