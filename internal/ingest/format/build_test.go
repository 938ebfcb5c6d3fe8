package format

import (
	"archive/zip"
	"bytes"
	"testing"
)

// zipOf packs files, given as name, content, name, content, ….
func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordOpen  = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`
	wordClose = `</w:body></w:document>`
)

func docxOf(t testing.TB, body string) []byte {
	t.Helper()
	return zipOf(
		t,
		"[Content_Types].xml", `<Types/>`,
		"word/document.xml", wordOpen+body+wordClose,
		"word/styles.xml", `<w:styles><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style><w:style w:styleId="Titre1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="MyHead"><w:name w:val="My head"/><w:basedOn w:val="Titre1"/></w:style><w:style w:styleId="L"><w:name w:val="caption"/></w:style></w:styles>`,
		"docProps/core.xml", `<cp:coreProperties><dc:title>Microsoft Word - ferry.doc</dc:title><dc:creator>Ada Marsh</dc:creator><dcterms:created>2022-03-01T10:15:00Z</dcterms:created><dcterms:modified>2022-03-02T08:00:00Z</dcterms:modified><dc:language>en-GB</dc:language></cp:coreProperties>`,
	)
}

// para is one paragraph of a Word document.
func para(style, text string) string {
	s := `<w:p>`
	if style != "" {
		s += `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return s + `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}
