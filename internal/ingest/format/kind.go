package format

import (
	"bytes"
)

// A Kind is a format of file.
type Kind string

// The kinds that Detect tells apart. Exports of Nexis and Factiva are RTF,
// DOCX, HTML, PDF or text by kind; their readers see what they hold.
const (
	Empty    Kind = "empty"
	Text     Kind = "text"
	Markdown Kind = "markdown"
	HTML     Kind = "html"
	XHTML    Kind = "xhtml"
	PDF      Kind = "pdf"
	DOCX     Kind = "docx"
	RTF      Kind = "rtf"
	EML      Kind = "eml" // a mail, or a page saved as MHTML
	JSON     Kind = "json"
	JSONL    Kind = "jsonl"
	NinJS    Kind = "ninjs"
	CSV      Kind = "csv"
	TSV      Kind = "tsv"
	NITF     Kind = "nitf"
	NewsML   Kind = "newsml"
	Feed     Kind = "feed"
	Sitemap  Kind = "sitemap"
	SRT      Kind = "srt"
	VTT      Kind = "vtt"
	WARC     Kind = "warc"    // read by package warc, from a stream
	WACZ     Kind = "wacz"    // likewise
	Records  Kind = "records" // of whosaid itself, read by package ingest
	XML      Kind = "xml"     // of no kind that is read
	Gzip     Kind = "gzip"
	Zstd     Kind = "zstd"
	Zip      Kind = "zip" // and not a Word document
	Binary   Kind = "binary"
)

// signatures are the first bytes of files that people have beside their
// articles, so that the message can name them.
var signatures = []struct{ magic, what string }{
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (.doc); save it as .docx first"},
	{"\x89PNG", "a picture (PNG)"},
	{"\xFF\xD8\xFF", "a picture (JPEG)"},
	{"GIF8", "a picture (GIF)"},
	{"RIFF", "a sound, a film or a picture"},
	{"ID3", "a sound (MP3)"},
	{"OggS", "a sound or a film (Ogg)"},
	{"\x1A\x45\xDF\xA3", "a film (Matroska)"},
	{"BZh", "compressed with bzip2; unpack it first"},
	{"\xFD7zXZ", "compressed with xz; unpack it first"},
	{"7z\xBC\xAF", "a 7-Zip archive; unpack it first"},
	{"Rar!", "a RAR archive; unpack it first"},
	{"SQLite format 3", "an SQLite database"},
	{"\x7FELF", "a program"},
	{"MZ", "a program"},
	{"%!PS", "PostScript; convert it to PDF first"},
}

// describeUnreadable says why a file of this kind yields no article.
func describeUnreadable(kind Kind, b []byte) string {
	switch kind {
	case Empty:
		return "it is empty"
	case Gzip, Zstd:
		return "it is compressed more than twice over"
	case Zip:
		return describeZip(b)
	case XML:
		return "it is XML of a kind that is not read (feeds, sitemaps, NITF, NewsML-G2 and XHTML are)"
	case Binary:
		for _, s := range signatures {
			if bytes.HasPrefix(b, []byte(s.magic)) {
				return "it is not text: it looks like " + s.what
			}
		}
		if len(b) > 262 && string(b[257:262]) == "ustar" {
			return "it is not text: it looks like a tar archive; unpack it first"
		}
		return "it is not text"
	}
	return "files of kind " + string(kind) + " are not read"
}

func describeZip(b []byte) string {
	head := b[:min(len(b), 4096)]
	switch {
	case bytes.Contains(head, []byte("application/vnd.oasis.opendocument")):
		return "it is an OpenDocument file (.odt); save it as .docx first"
	case bytes.Contains(head, []byte("application/epub")):
		return "it is an e-book (EPUB), which is not read"
	case bytes.Contains(b, []byte("xl/workbook")):
		return "it is an Excel workbook; save the sheet as CSV first"
	case bytes.Contains(b, []byte("ppt/presentation")):
		return "it is a PowerPoint file, which is not read"
	}
	return "it is a zip archive; unpack it first"
}
