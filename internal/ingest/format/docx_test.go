package format

import (
	"strings"
	"testing"
)

func TestDOCX(t *testing.T) {
	b := docxOf(t, para("Titre", "Ferry to stay")+
		para("", "The council ")+
		`<w:p><w:r><w:t>voted </w:t></w:r><w:del><w:r><w:delText>yesterday </w:delText></w:r></w:del><w:ins><w:r><w:t>on</w:t><w:tab/><w:t>Tuesday</w:t></w:r></w:ins><w:r><w:br/><w:t>to keep&#160;it.</w:t></w:r>`+
		`<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:hyperlink><w:r><w:t> More.</w:t></w:r></w:hyperlink></w:p>`+
		para("MyHead", "The vote")+
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+para("L", "The ferry at its berth")+`</w:txbxContent></mc:Choice><mc:Fallback>`+para("", "again")+`</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>“Good,” she said.</w:t></w:r></w:p>`+
		`<w:tbl><w:tr><w:tc>`+para("", "One")+`</w:tc><w:tc>`+para("", "Two")+`</w:tc></w:tr></w:tbl>`)
	golden(t, "testdata/built/ferry.docx", show("ferry.docx", b, Options{}))
}

func TestNexisDOCX(t *testing.T) {
	var body strings.Builder
	for _, line := range []string{
		"Documents (1)", "1. Ferry to stay", "*Ferry to stay", "The Ellery Courier", "March 1, 2022", "Copyright 2022 Courier Group",
		"Section: NEWS", "Length: 23 words", "Byline: Ada Marsh", "Body", "“Good,” she said.", "The ferry stays.", "Load-Date: March 2, 2022", "End of Document",
	} {
		style := ""
		if strings.HasPrefix(line, "*") {
			style = "Titre1"
		}
		body.WriteString(para(style, strings.TrimPrefix(line, "*")))
	}
	golden(t, "testdata/built/nexis.docx", show("nexis.docx", docxOf(t, body.String()), Options{}))
}

func TestDOCXBad(t *testing.T) {
	bomb := docxOf(t, para("", strings.Repeat("a", 1<<20)))
	deep := docxOf(t, strings.Repeat("<w:p>", 100_000))
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"bomb.docx", bomb, "bomb.docx: it unpacks to more than 512 kB"},
		{"deep.docx", deep, "deep.docx: its text cannot be read: its elements lie more than 1000 deep"},
		{"cut.docx", bomb[:len(bomb)/2], "cut.docx: its zip container is damaged or cut short"},
		{"sheet.docx", zipOf(t, "xl/workbook.xml", "<x/>"), "sheet.docx: it is an Excel workbook"},
		{"empty.docx", docxOf(t, ""), "empty.docx: it holds no text"},
	} {
		items, errs := collect(Detect(c.name, c.b), c.name, c.b, Options{MaxUnpacked: 512 << 10})
		if len(items) != 0 || len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), c.want) {
			t.Errorf("%s: got %d items and %v, want the error %q", c.name, len(items), errs, c.want)
		}
	}
	// What was read before a break is kept.
	broken := docxOf(t, para("", "Whole.")+`<w:p><w:r><w:t>cut off &`)
	items, errs := collect(DOCX, "broken.docx", broken, Options{})
	if len(items) != 1 || len(errs) > 1 {
		t.Errorf("got %d items and %v, want the paragraphs before the break", len(items), errs)
	}
}
