package format

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// fuzzKind runs one reader over changed samples.
func fuzzKind(f *testing.F, kinds []Kind, patterns ...string) {
	f.Helper()
	for _, p := range patterns {
		paths, err := filepath.Glob("testdata/" + p)
		if err != nil || len(paths) == 0 {
			f.Fatalf("no sample %s", p)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range kinds {
			readable(t, kind, b)
		}
	})
}

func FuzzText(f *testing.F)     { fuzzKind(f, []Kind{Text}, "*.txt") }
func FuzzMarkdown(f *testing.F) { fuzzKind(f, []Kind{Markdown}, "*.md") }
func FuzzHTML(f *testing.F)     { fuzzKind(f, []Kind{HTML}, "*.html") }
func FuzzJSON(f *testing.F)     { fuzzKind(f, []Kind{JSON, JSONL}, "*.json", "*.jsonl") }
func FuzzTable(f *testing.F)    { fuzzKind(f, []Kind{CSV}, "*.csv", "*.tsv") }
func FuzzMail(f *testing.F)     { fuzzKind(f, []Kind{EML}, "*.eml", "*.mhtml") }
func FuzzRTF(f *testing.F)      { fuzzKind(f, []Kind{RTF}, "*.rtf") }
func FuzzNITF(f *testing.F)     { fuzzKind(f, []Kind{NITF}, "*.nitf") }
func FuzzFeed(f *testing.F) {
	fuzzKind(f, []Kind{Feed}, "courier.rss", "courier.atom", "courier-feed.json")
}
func FuzzSitemap(f *testing.F) { fuzzKind(f, []Kind{Sitemap}, "*sitemap*.xml") }
func FuzzNewsML(f *testing.F)  { fuzzKind(f, []Kind{NewsML}, "*.xml") }

// FuzzDatabase changes the lines of exports after they were taken out of RTF,
// DOCX or PDF.
func FuzzDatabase(f *testing.F) {
	for _, name := range []string{"lexisnexis.txt", "harbour.txt"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add("HD Ferry\n\nWC 3 words\n\nPD 1 March 2022\n\nLP\n\nText.\n\nAN Document ELCO000020220301ei3100001")
	f.Add("Ferry\n\nBy Ada Marsh\n\n523 words\n\n1 March 2022\n\nCourier\n\nEnglish\n\n(c) 2022\n\nText.\n\nDocument ELCO000020220301ei3100001")
	f.Fuzz(func(t *testing.T, text string) {
		blocks := textBlocks(text)
		for _, split := range []func(*file, []Block){(*file).nexis, (*file).factiva} {
			split(&file{name: "fuzz", yield: func(it Item, err error) bool {
				if err == nil && it.empty() {
					t.Errorf("an item without a body: %+v", it)
				}
				return true
			}}, blocks)
		}
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(wordOpen + para("Titre", "Ferry") + para("", "Text.") + wordClose))
	f.Fuzz(func(t *testing.T, document []byte) {
		if len(document) < 1<<16 {
			readable(t, DOCX, zipOf(t, "word/document.xml", string(document), "word/styles.xml", string(document), "docProps/core.xml", string(document)))
		}
	})
}

// FuzzZip changes the container rather than what it holds.
func FuzzZip(f *testing.F) {
	f.Add(docxOf(f, para("", "Text.")))
	f.Fuzz(func(t *testing.T, b []byte) { readable(t, DOCX, b) })
}

func FuzzPDF(f *testing.F) {
	f.Add(ferryPDF(f))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj 4 0 obj<<>>stream\nBT /F 9 Tf (a) Tj ET\nendstream endobj 5 0 obj<</Subtype/Type0/ToUnicode 6 0 R/DescendantFonts[<</W[1[2]3 4 5]>>]>>endobj 6 0 obj<<>>stream\n1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0041> endbfrange\nendstream endobj"))
	f.Fuzz(func(t *testing.T, b []byte) { readable(t, PDF, b) })
}

func FuzzDetect(f *testing.F) {
	f.Add("a.csv", []byte("title,text\na,b\n"))
	f.Add("a", []byte("<?xml version='1.0'?><nitf/>"))
	f.Add("", []byte("\xFF\xFEa\x00"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if Detect(name, b) == "" {
			t.Error("no kind")
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add(gzipped(f, []byte("text")))
	f.Add(zstded(f, gzipped(f, []byte("text"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, out, err := Unpack("fuzz.gz", b, 1<<16); err == nil && len(out) > max(1<<16, len(b)) {
			t.Errorf("%d bytes came out", len(out))
		}
	})
}

// FuzzFields checks what is read from short strings of metadata.
func FuzzFields(f *testing.F) {
	f.Add("March 1, 2022 Tuesday 10:15 AM GMT")
	f.Add("By Ada Marsh and Tom Reed, Politics Editor")
	f.Fuzz(func(t *testing.T, s string) {
		if date := isoFrom(s); date != "" && !isISO(date) {
			t.Errorf("isoFrom(%q) = %q", s, date)
		}
		for _, n := range namesIn(s) {
			if n == "" || utf8.ValidString(s) && !utf8.ValidString(n) {
				t.Errorf("namesIn(%q) gives %q", s, n)
			}
		}
		languageTag(s)
		usableTitle(s)
	})
}
