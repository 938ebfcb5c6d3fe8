package format

import (
	"strings"
	"testing"
)

// TestHostile reads half a megabyte of what makes readers slow, deep or large.
// Each of these took minutes or gigabytes in some reader, ours or a library's;
// a minute is long after the fault is plain, however busy the machine.
func TestHostile(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, 512<<10/len(s)) }
	for name, c := range map[string]struct {
		kind Kind
		text string
	}{
		"nested quotations":     {Markdown, fill("> ")[:maxMarkdown]},
		"nested lists":          {Markdown, fill("- ")[:maxMarkdown]},
		"open brackets":         {Markdown, fill("[")[:maxMarkdown]},
		"backticks":             {Markdown, fill("e``` `` ")[:maxMarkdown]},
		"definitions":           {Markdown, fill("[a]: b\n")[:maxMarkdown]},
		"a million quote marks": {CSV, "title,text\n" + fill(`"`)},
		"unclosed rows":         {CSV, "title,text\n" + fill("a,\"b\n")},
		"a wide row":            {CSV, "title,text\n" + fill(",")},
		"many columns":          {CSV, fill("a,")},
		"many authors":          {CSV, "text,author\na,\"" + fill("Ada Marsh,") + "\""},
		"deep arrays":           {JSON, fill("[")},
		"deep objects":          {JSON, fill(`{"data":`)},
		"no articles":           {JSON, "[" + fill("{},")},
		"open objects":          {JSONL, fill("{\"text\":\n")},
		"many names":            {JSON, `{"text":"a","authors":[` + fill(`"A B",`) + `"C"]}`},
		"open groups":           {RTF, `{\rtf1` + fill("{")},
		"a long property":       {RTF, `{\rtf1{\info{\title ` + fill(`\b a`)},
		"surrogates":            {RTF, `{\rtf1` + fill(`\u-10179?`)},
		"deep elements":         {NITF, "<nitf>" + fill("<p>")},
		"entities":              {NITF, "<nitf><body.content>" + fill("&a;")},
		"many items":            {NewsML, "<newsMessage>" + fill("<newsItem/>")},
		"deep extensions":       {Feed, "<rss version='2.0' xmlns:a='b'><channel><item>" + fill("<a:b>")},
		"deep markup":           {Feed, "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>" + fill("<div>")},
		"bare items":            {Feed, "<rss version='2.0'><channel>" + fill("<item/>")},
		"entities in a feed":    {Feed, "<!DOCTYPE rss [<!ENTITY a '" + strings.Repeat("a", 1000) + "'><!ENTITY b '&a;&a;&a;'>]><rss version='2.0'><channel><title>" + fill("&b;") + "</title></channel></rss>"},
		"deep JSON feed":        {Feed, `{"version":"https://jsonfeed.org/version/1","items":` + fill("[")},
		"items of nothing":      {Feed, `{"version":"https://jsonfeed.org/version/1","items":[` + fill("null,") + "null]}"},
		"many namespaces":       {Feed, "<rss version='2.0'><channel>" + fill("<item xmlns:a='b' xmlns:c='d'><a:b/></item>")},
		"deep sitemap":          {Sitemap, fill("<urlset>")},
		"a long address":        {Sitemap, "<urlset><url><loc>" + fill("http://news.example/") + "</loc></url></urlset>"},
		"many addresses":        {Sitemap, "<urlset>" + fill("<url><loc>x</loc></url>")},
		"deep divisions":        {HTML, fill("<div class='article enArticle'>")},
		"divisions in others":   {HTML, strings.Repeat("<div class='article enArticle'>a", 400) + fill("<p>b")},
		"long header":           {EML, "Subject: a" + fill("\r\n b")},
		"encoded words":         {EML, "Subject: " + fill("=?utf-8?q?a?= ") + "\r\n\r\na"},
		"many parts":            {EML, "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + fill("--a\r\n\r\n")},
		"mails in mails":        {EML, fill("Content-Type: message/rfc822\r\n\r\n")},
		"empty exports":         {Text, fill("Length: 3 words\n\nEnd of Document\n\n")},
		"streams without end":   {PDF, "%PDF-1.4\n" + fill("1 0 obj<</Length 9>>stream\n")},
		"one long paragraph":    {PDF, string(pdfOf(t, "", []run{{50, 700, 10, "", fill("wor- ")}}))},
		"forms in forms":        {PDF, "%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R/Resources<</XObject<</X 2 0 R/Y 3 0 R/Z 4 0 R>>>>>>endobj\n2 0 obj<</Subtype/Form>>stream\n" + fill("/Y Do /Z Do ") + "\nendstream endobj\n3 0 obj<</Subtype/Form>>stream\n/Z Do /Z Do\nendstream endobj\n4 0 obj<</Subtype/Form>>stream\n/Y Do /Y Do\nendstream endobj\n"},
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			Read(c.kind, "hostile", []byte(c.text), nil, Options{MaxUnpacked: 8 << 20}, func(Item, error) bool {
				n++
				return true
			})
			if n == 0 {
				t.Error("neither an article nor an error")
			}
			if n > maxBad+1 {
				t.Errorf("%d articles and errors", n)
			}
		})
	}
}
