package pdftext

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"fmt"
	"strings"
	"testing"
)

func testFile() *file { return &file{left: 1 << 20, cache: map[int]object{}, busy: map[int]bool{}} }

func TestFilters(t *testing.T) {
	const text = "-----A---B The ferry stays, the ferry stays, the ferry stays."
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	fmt.Fprint(w, text)
	w.Close()
	for _, c := range []struct {
		filter       name
		packed, want string
	}{
		{"LZWDecode", "\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", "-----A---B"}, // the example of ISO 32000-1, 7.4.4.2
		{"ASCII85Decode", a85.String() + "~>", text},
		{"ASCIIHexDecode", "2D2D 41 7>", "--Ap"},
		{"RunLengthDecode", "\x02abc\xFEx\x80ignored", "abcxxx"},
		{"DCTDecode", "picture", ""},
	} {
		out, err := testFile().unpack(&stream{dict: dict{"Filter": c.filter}, packed: []byte(c.packed)})
		if string(out) != c.want || err != nil {
			t.Errorf("%s: got %q, %v, want %q", c.filter, out, err, c.want)
		}
	}
}

// TestLZWWidens packs enough that codes grow to 12 bits and the table is
// cleared.
func TestLZWWidens(t *testing.T) {
	var want bytes.Buffer
	for i := range 9000 {
		fmt.Fprintf(&want, "%d ferries, ", i*i)
	}
	for _, early := range []int{0, 1} {
		out, err := testFile().lzw(lzwPack(want.Bytes(), early), early == 1)
		if err != nil || !bytes.Equal(out, want.Bytes()) {
			t.Errorf("early change %d: %d bytes came back of %d, %v", early, len(out), want.Len(), err)
		}
	}
}

// lzwPack is the other direction, as the standard describes it.
func lzwPack(data []byte, early int) []byte {
	var out []byte
	bits, have := uint32(0), 0
	width := 9
	emit := func(code int) {
		bits = bits<<width | uint32(code)
		for have += width; have >= 8; {
			have -= 8
			out = append(out, byte(bits>>have))
		}
	}
	var table map[string]int
	reset := func() {
		emit(256)
		table = map[string]int{}
		for i := range 256 {
			table[string([]byte{byte(i)})] = i
		}
		width = 9
	}
	reset()
	next, prefix := 258, ""
	for _, c := range data {
		if _, ok := table[prefix+string([]byte{c})]; ok {
			prefix += string([]byte{c})
			continue
		}
		emit(table[prefix])
		table[prefix+string([]byte{c})] = next
		next++
		switch {
		case next > 4094:
			reset()
			next = 258
		case next+early > 1<<width:
			width++
		}
		prefix = string([]byte{c})
	}
	emit(table[prefix])
	emit(257)
	return append(out, byte(bits<<(8-have)))
}

func TestPredictors(t *testing.T) {
	rows := [][]byte{{10, 20, 30, 40}, {11, 19, 35, 41}, {200, 100, 50, 25}, {0, 255, 1, 254}, {9, 8, 7, 6}}
	var packed, want []byte
	above := make([]byte, 4)
	for kind, row := range rows {
		packed = append(packed, byte(kind))
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			guess := [5]byte{0, left, above[i], byte((int(left) + int(above[i])) / 2), paeth(left, above[i], corner)}[kind]
			packed = append(packed, row[i]-guess)
		}
		want = append(want, row...)
		above = row
	}
	got := testFile().unpredict(packed, dict{"Columns": 4.0}, 15)
	if !bytes.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGlyphText(t *testing.T) {
	for n, want := range map[string]string{
		"A": "A", "eacute": "é", "Scaron": "Š", "scedilla": "ş", "quotedblleft": "“", "fi": "fi", "f_f_i": "ffi", "uni20AC": "€", "uni00660069": "fi",
		"u1F600": "😀", "a.alt": "a", "one.oldstyle": "1", "g123": "", ".notdef": "", "Asmall": "a", "ncommaaccent": "ņ",
	} {
		if got := glyphText(n); got != want {
			t.Errorf("glyphText(%q) = %q, want %q", n, got, want)
		}
	}
}

func TestCMap(t *testing.T) {
	m := readCMap([]byte(`/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <00660069> <0002> <D83DDE00> endbfchar
2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <0062>] endbfrange endcmap`))
	f := &font{composite: true, unicode: m, usual: 500, scale: .001}
	var got strings.Builder
	f.each("\x00\x01\x00\x02\x00\x10\x00\x12\x00\x21\x00\x99", func(s shown) { got.WriteString(s.text + "|") })
	if want := "fi|😀|A|C|b||"; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}

// TestObjectStreams reads a file as programs have written them since PDF 1.5:
// objects packed together, and a stream in the place of the table.
func TestObjectStreams(t *testing.T) {
	pack := func(s string) string {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		fmt.Fprint(z, s)
		z.Close()
		return b.String()
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Rotate 90>>", "<</Type/Page/MediaBox[0 0 200 400]/Contents 5 0 R/Resources<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/X-Bold>>>>>>>>"}
	var head, body strings.Builder
	for i, o := range objects {
		fmt.Fprintf(&head, "%d %d ", i+1, body.Len())
		body.WriteString(o + " ")
	}
	data := pack(head.String() + body.String())
	content := pack("BT /F 10 Tf 0 1 -1 0 50 20 Tm [(Fer) -20 (ry) -400 (stays)] TJ T* () Tj ET BI /W 1 ID x(EI EI /Artifact <</Type/Pagination>> BDC BT /F 10 Tf 0 1 -1 0 50 200 Tm (7) Tj ET EMC")
	b := fmt.Sprintf("%%PDF-1.5\n4 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n5 0 obj<</Filter/FlateDecode/Length 6 0 R>>stream\n%s\nendstream endobj\n6 0 obj %d endobj\n7 0 obj<</Type/XRef/Root 1 0 R>>stream\nx\nendstream endobj\n",
		head.Len(), len(data), data, content, len(content))
	d, err := Read([]byte(b), 1<<20)
	if err != nil || len(d.Pages) != 1 || len(d.Pages[0].Lines) != 1 {
		t.Fatalf("got %+v, %v", d, err)
	}
	p := d.Pages[0]
	l := p.Lines[0]
	if l.Text != "Ferry stays" || !l.Bold || p.Width != 400 || p.Height != 200 || l.X0 != 20 || l.Y != 50 {
		t.Errorf("got %+v on a page of %g by %g", l, p.Width, p.Height)
	}
}

func FuzzContent(f *testing.F) {
	f.Add([]byte("BT /F 10 Tf 1 0 0 1 50 700 Tm [(Fer) -20 (ry)] TJ ET"), []byte("1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0041> endbfrange"))
	f.Add([]byte("q 1 0 0 1 0 0 cm /X Do Q BI ID EI <41"), []byte("<"))
	f.Fuzz(func(t *testing.T, content, cmap []byte) {
		if len(content) > 1<<14 || len(cmap) > 1<<14 {
			return
		}
		b := fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>/Font<</F<</ToUnicode 5 0 R>>>>>>>>endobj\n4 0 obj<</Subtype/Form/Length %d>>stream\n%s\nendstream endobj\n5 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", len(content), content, len(cmap), cmap)
		d, err := Read([]byte(b), 1<<20)
		if err == nil && len(d.Pages) == 0 {
			t.Error("neither pages nor an error")
		}
	})
}

func FuzzStream(f *testing.F) {
	f.Add([]byte("\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01"), 12.0)
	f.Add([]byte("abc~>"), 2.0)
	f.Fuzz(func(t *testing.T, packed []byte, predictor float64) {
		for _, n := range []name{"FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode"} {
			out, err := testFile().unpack(&stream{dict: dict{"Filter": n, "DecodeParms": dict{"Predictor": predictor, "Columns": predictor}}, packed: packed})
			if err == nil && len(out) > 1<<20 {
				t.Errorf("%s: %d bytes came out", n, len(out))
			}
		}
	})
}
