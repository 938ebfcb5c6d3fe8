package charset

import (
	"bytes"
	"unicode"
)

// signatures are the first bytes of formats that are not text, with what a
// person calls them.
var signatures = []struct{ bytes, what string }{
	{"\x89PNG\r\n\x1a\n", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
	{"%PDF-", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive or an office document"},
	{"PK\x05\x06", "an empty ZIP archive"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)"},
	{"\x1f\x8b\x08", "a gzip file"},
	{"\x28\xb5\x2f\xfd", "a zstd file"},
	{"BZh", "a bzip2 file"},
	{"\xfd7zXZ\x00", "an xz file"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"\x7fELF", "a program"},
	{"MZ\x90\x00", "a Windows program"},
	{"\xca\xfe\xba\xbe", "a program"},
	{"\xcf\xfa\xed\xfe", "a program"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"OggS", "an Ogg recording"},
	{"ID3\x03", "an MP3 recording"},
	{"ID3\x04", "an MP3 recording"},
	{"fLaC\x00", "a FLAC recording"},
	{"wOFF", "a font"},
	{"wOF2", "a font"},
}

// magic says what kind of binary file b is, or nothing.
func magic(b []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.bytes)) {
			if s.bytes == "BZh" && (len(b) < 10 || string(b[4:10]) != "1AY&SY") {
				continue // an article may begin with "BZh"
			}
			return s.what
		}
	}
	if len(b) >= 12 {
		switch {
		case string(b[4:8]) == "ftyp":
			return "a film or recording"
		case string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
			return "a WebP image"
		case string(b[:4]) == "RIFF" && (string(b[8:12]) == "WAVE" || string(b[8:12]) == "AVI "):
			return "a film or recording"
		}
	}
	return ""
}

// binary reports whether control characters make up more of b than a damaged
// text would hold: over two of a hundred bytes, and more than three.
func binary(b []byte) bool {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0x1a {
			n++
		}
	}
	return n > 3 && n*50 > len(b) || n > 0 && n == len(b)
}

// credible reports whether text reads as if it had been decoded with the right
// charset: hardly any control, private or unassigned character in it.
func credible(text string) bool {
	n, bad := 0, 0
	for _, r := range text {
		n++
		switch {
		case r == '\uFFFD', r < ' ' && !unicode.IsSpace(r) && r != 0x1b, 0x7F <= r && r < 0xA0:
			bad++
		case r > 0xFF && !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsSpace(r):
			bad++
		}
	}
	return n > 0 && bad*100 <= n
}
