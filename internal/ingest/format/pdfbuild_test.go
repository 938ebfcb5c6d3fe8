package format

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// A run is text at a place of a page, in points from the bottom left corner.
type run struct {
	x, y, size float64
	font       string // F1 is Helvetica, F2 Helvetica-Bold
	text       string
}

// pdfOf makes a small PDF of the pages.
func pdfOf(t testing.TB, info string, pages ...[]run) []byte {
	t.Helper()
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [ 1 /fi /quotedblleft /eacute ] >> >>",
		"<< " + info + " >>",
	}
	var kids []string
	for _, page := range pages {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>", n+1),
			streamOf(t, drawn(t, page)))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [ %s ] /Count %d >>", strings.Join(kids, " "), len(kids))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

var pdfEscape = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`)

// drawn is the content stream of a page.
func drawn(t testing.TB, page []run) string {
	t.Helper()
	var content strings.Builder
	for _, r := range page {
		text, err := charmap.Windows1252.NewEncoder().String(r.text)
		if err != nil {
			t.Fatal(err)
		}
		text = pdfEscape.Replace(text)
		font := r.font
		if font == "" {
			font = "F1"
		}
		fmt.Fprintf(&content, "BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, r.size, r.x, r.y, text)
	}
	return content.String()
}

// streamOf packs data as a stream object.
func streamOf(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", b.Len(), b.String())
}

// column sets lines under one another from the height y down.
func column(x, y float64, lines ...string) []run {
	var runs []run
	for i, l := range lines {
		runs = append(runs, run{x: x, y: y - 12*float64(i), size: 10, text: l})
	}
	return runs
}
