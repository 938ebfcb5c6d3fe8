package format

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// ferryPDF has two pages with running heads, a title, hyphens at line ends, a
// ligature, an indented and a spaced paragraph, and one that goes on over the
// page.
func ferryPDF(t testing.TB) []byte {
	head := func(n int) []run {
		return []run{{50, 810, 8, "F1", "THE ELLERY COURIER"}, {520, 810, 8, "F1", fmt.Sprint(n)}}
	}
	first := append(head(1), run{50, 760, 20, "F2", "Harbour town votes to"}, run{50, 738, 20, "F2", "keep its only ferry"})
	first = append(first, column(
		50, 700,
		"The council of Port Ellery voted on Tuesday to keep the fer-",
		"ry, after a debate on the well-known costs of long-",
		"term care. The of\x03cials stayed until after midnight (all",
		"of them).",
	)...)
	first = append(first, column(
		62, 652,
		"“We will not be cut off,” said the mayor, Lena Brandt, and",
	)...)
	first = append(first, column(
		50, 640,
		"left for the station in a well-",
	)...)
	first = append(first, run{50, 600, 10, "F2", "What happens next"})
	first = append(first, column(
		50, 580,
		"A spokeswoman for the harbour authority said that the boat",
		"would have to be painted over in the autumn by people from",
	)...)
	for i, r := range first {
		first[i].text = strings.ReplaceAll(r.text, "\x03", "fi")
	}
	second := append(head(2), column(
		50, 770,
		"Northwire, who had not been asked about the whole of it.",
		"“Nobody should be surprised,” she said.",
	)...)
	return pdfOf(t, `/Title (Microsoft Word - ferry.doc) /Author (Ada Marsh)`, first, second)
}

func TestPDF(t *testing.T) {
	b := ferryPDF(t)
	golden(t, "testdata/built/ferry.pdf", show("ferry.pdf", b, Options{}))

	// The cross-reference table is not needed, nor is the end of the file.
	cut := b[:bytes.Index(b, []byte("xref\n"))]
	damaged := append([]byte("noise in front\n"), cut...)
	whole, _ := collect(PDF, "ferry.pdf", b, Options{})
	rest, errs := collect(PDF, "ferry.pdf", damaged, Options{})
	if len(rest) != 1 || len(errs) > 0 || len(rest[0].Blocks) != len(whole[0].Blocks) {
		t.Errorf("without its table the file gives %d items and %v", len(rest), errs)
	}
}

func TestPDFColumns(t *testing.T) {
	left := column(50, 700, "The council voted on Tuesday", "to keep the ferry that crosses", "to the mainland twice a day,", "“for as long as it takes,” the", "mayor told a crowd of people", "at the pier on Tuesday night.")
	right := column(300, 700, "“We will not be cut off,” she", "said, and many of those who", "had come to the pier clapped", "and sang, although the rain", "had set in before the speech", "came to its end after eleven.")
	var across []run
	for i := range left {
		across = append(across, left[i], right[i])
	}
	for name, page := range map[string][]run{"in order": append(append([]run{}, left...), right...), "across": across} {
		items, errs := collect(PDF, "a.pdf", pdfOf(t, "", page), Options{})
		if len(items) != 1 || len(errs) > 0 {
			t.Fatalf("%s: %d items, %v", name, len(items), errs)
		}
		var got []string
		for _, b := range items[0].Blocks {
			got = append(got, b.Text)
		}
		text := strings.Join(got, " ")
		if !strings.Contains(text, "Tuesday night. “We will not be cut off,” she said, and many") {
			t.Errorf("%s: the columns are mixed: %q", name, got)
		}
	}
}

func TestPDFBad(t *testing.T) {
	good := ferryPDF(t)
	bomb := pdfOf(t, "", []run{{50, 700, 10, "", strings.Repeat("a", 2<<20)}})
	loops := []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Parent 2 0 R>>endobj " +
		"3 0 obj<</Type/Page/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>endobj 4 0 obj<</Subtype/Form/Length 5 0 R>>stream\n/X Do /X Do <41\nendstream endobj 5 0 obj 5 0 R endobj trailer<</Root 1 0 R>>")
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"bomb.pdf", bomb, "bomb.pdf: it unpacks to more than 1 MB"},
		{"scan.pdf", pdfOf(t, "", nil), "scan.pdf: this PDF has no text layer"},
		{"cut.pdf", good[:300], "cut.pdf: no pages were found in it"},
		{"loops.pdf", loops, "loops.pdf: this PDF has no text layer"},
		{"nest.pdf", []byte("%PDF-1.4\n1 0 obj" + strings.Repeat("<</A[", 50_000)), "nest.pdf: no pages"},
		{"trailers.pdf", []byte("%PDF-1.4\n" + strings.Repeat("trailer<<", 100_000)), "trailers.pdf: no pages"},
		{"objects.pdf", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj<</Type/ObjStm>>stream ", 50_000)), "objects.pdf: no pages"},
	} {
		items, errs := collect(Detect(c.name, c.b), c.name, c.b, Options{MaxUnpacked: 1 << 20})
		if len(items) != 0 || len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), c.want) {
			t.Errorf("%s: got %d items and %v, want the error %q", c.name, len(items), errs, c.want)
		}
	}
}

// TestPDFEncrypted reads files that open without a password but forbid copying.
// They were written by pypdf, with each algorithm of the standard handler.
func TestPDFEncrypted(t *testing.T) {
	for _, name := range []string{"rc4-40", "rc4-128", "aes-128", "aes-256-r5", "aes-256"} {
		b, err := os.ReadFile("testdata/pdf/" + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		items, errs := collect(Detect(name, b), name, b, Options{})
		if len(items) != 1 || len(errs) > 0 {
			t.Errorf("%s: got %d items and %v", name, len(items), errs)
			continue
		}
		if it := items[0]; len(it.Blocks) != 1 || it.Blocks[0].Text != "“We will not be cut off,” said the mayor." || it.Title != "Ferry to stay" || len(it.Authors) != 1 {
			t.Errorf("%s: got %+v", name, it)
		}
	}
	b, err := os.ReadFile("testdata/pdf/locked.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if items, errs := collect(PDF, "locked.pdf", b, Options{}); len(items) != 0 || len(errs) != 1 || errs[0].Error() != "locked.pdf: it is protected by a password" {
		t.Errorf("got %d items and %v", len(items), errs)
	}
}
