package feed

import (
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func TestUTF16(t *testing.T) {
	for name, order := range map[string]unicode.Endianness{"big": unicode.BigEndian, "little": unicode.LittleEndian} {
		code := unicode.UTF16(order, unicode.UseBOM).NewEncoder()
		text, err := code.String("<?xml version=\"1.0\" encoding=\"utf-16\"?><rss version=\"2.0\"><channel><title>Die Wümme-Post</title><item><link>https://wuemme.example/1</link><title>Åsa Çelik geht</title></item></channel></rss>")
		if err != nil {
			t.Fatal(err)
		}
		l, err := Parse([]byte(text))
		if err != nil || l.Title != "Die Wümme-Post" || len(l.Entries) != 1 || l.Entries[0].Title != "Åsa Çelik geht" {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
		if text, err = code.String("<?xml version='1.0' encoding='UTF-16'?><urlset><url><loc>https://wuemme.example/1</loc></url></urlset>"); err != nil {
			t.Fatal(err)
		}
		if l, err = ParseSitemap([]byte(text)); err != nil || len(l.Entries) != 1 || l.Entries[0].URL != "https://wuemme.example/1" {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ address, home, url, want string }{
		{"https://feeds.example/velm/rss.xml", "https://velm.example/", "/1.html", "https://velm.example/1.html"},
		{"https://feeds.example/velm/rss.xml", "/news/", "1.html", "https://feeds.example/news/1.html"},
		{"https://feeds.example/velm/rss.xml", "", "1.html", "https://feeds.example/velm/1.html"},
		{"https://feeds.example/velm/rss.xml", "", "//velm.example/1", "https://velm.example/1"},
		{"", "https://velm.example", "1.html", "https://velm.example/1.html"},
		{"", "", "1.html", "1.html"},
		{"https://feeds.example/rss.xml", "", "https://velm.example/1", "https://velm.example/1"},
		{"https://feeds.example/rss.xml", "", "mailto:nora@velm.example", "mailto:nora@velm.example"},
		{"https://feeds.example/rss.xml", "", "", ""},
	} {
		l := &List{Home: c.home, Entries: []Entry{{URL: c.url}}}
		if l.Resolve(c.address); l.Entries[0].URL != c.want {
			t.Errorf("%s in %s with the home %s is %s, want %s", c.url, c.address, c.home, l.Entries[0].URL, c.want)
		}
	}
}

// A day and a month that could each be the other are not guessed.
func TestStamp(t *testing.T) {
	for raw, want := range map[string]string{
		"11/03/2025 09:00":              "11/03/2025 09:00",
		"Tue, 11 Mar 2025 10:00:00 EST": "Tue, 11 Mar 2025 10:00:00 EST",
		"Tue Mar 11 10:00:00 2025":      "2025-03-11T10:00:00Z",
	} {
		l, err := Parse([]byte("<rss version='2.0'><channel><item><title>One</title><pubDate>" + raw + "</pubDate></item></channel></rss>"))
		if err != nil || l.Entries[0].Published != want {
			t.Errorf("%s is %+v, %v, want %s", raw, l, err, want)
		}
	}
}
