package robots

import (
	"strings"
	"testing"
	"time"
)

func TestAllowed(t *testing.T) {
	for _, c := range []struct {
		text, allowed, refused string // paths, separated by spaces
	}{
		{"", "/ /a", ""},
		{"<html><body>Not found</body></html>", "/a", ""},
		{"User-agent: *\nDisallow: /", "/robots.txt", "/ /a /a?b"},
		{"User-agent: *\nDisallow:", "/ /a", ""},
		{"User-agent: *\nDisallow: /\n\nUser-agent: whosaid\nDisallow: /b", "/a", "/b /b/c /bc"},
		{"user-agent: WhoSaid/1.0\ndisallow: /a\nUser-agent: other\nDisallow: /b", "/b", "/a"},
		{"User-agent: whosaid\nUser-agent: other\nDisallow: /a", "/b", "/a"},
		{"User-agent: whosaid\nDisallow: /a\nUser-agent: other\nDisallow: /\nUser-agent: whosaid\nDisallow: /b", "/c", "/a /b"},
		{"User-agent: whosaidbot\nDisallow: /", "/a", ""},
		// Of two rules as long the one that allows counts, whatever their order.
		{"User-agent: *\nDisallow: /page\nAllow: /page", "/page", ""},
		{"User-agent: *\nAllow: /page\nDisallow: /page", "/page", ""},
		{"User-agent: *\nAllow: /p\nDisallow: /", "/page", "/a"},
		{"User-agent: *\nAllow: /folder\nDisallow: /folder/page", "/folder /folder/a", "/folder/page /folder/pages"},
		{"User-agent: *\nDisallow: /*.gif$\nDisallow: /a*b*c", "/x.gif?a /abz", "/x.gif /a/y.gif /abc /axxbyyc/d"},
		{"User-agent: *\nDisallow: /*?print=", "/a?b", "/a?print=1"},
		{"User-agent: *\nDisallow: /%7Eada/\nDisallow: /caf\u00e9", "/ada/", "/~ada/ /%7eada/ /caf%C3%A9 /caf%c3%a9/x"},
		{"Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", "/b"},
		{"\uFEFFUser-agent: * # all\r\nDisallow : /a # this\r\nSitemap: https://a.example/s.xml\r\nDisallow: /b", "/c", "/a /b"},
		{"User-agent: *\nCrawl-delay: 2\nUser-agent: other\nDisallow: /", "/a", ""},
	} {
		r := Parse(c.text, "whosaid")
		for _, p := range strings.Fields(c.allowed) {
			if !r.Allowed(p) {
				t.Errorf("%q refuses %s", c.text, p)
			}
		}
		for _, p := range strings.Fields(c.refused) {
			if r.Allowed(p) {
				t.Errorf("%q allows %s", c.text, p)
			}
		}
	}
	if d := Parse("User-agent: *\nCrawl-delay: 2.5", "whosaid").Delay; d != 2500*time.Millisecond {
		t.Errorf("a delay of %v", d)
	}
	if d := Parse("User-agent: *\nCrawl-delay: 1e300", "whosaid").Delay; d != maxDelay {
		t.Errorf("a delay of %v", d)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("User-agent: *\nAllow: /a*b$\nDisallow: /%61", "/a/b?c")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := Parse(text, "whosaid")
		if r.Delay < 0 || r.Delay > maxDelay || !r.Allowed("/robots.txt") {
			t.Errorf("%+v", r)
		}
		r.Allowed(path)
	})
}
