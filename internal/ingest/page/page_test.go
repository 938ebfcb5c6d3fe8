package page

import (
	"strings"
	"testing"
)

// hostile pages are small or cheap to write and dear to read carelessly.
func hostile() map[string]string {
	p := "<p>The bridge over the Tarn will stay closed until autumn, the council said.</p>"
	return map[string]string{
		"nested divs":          strings.Repeat("<div>", 100_000) + p,
		"nested spans":         strings.Repeat("<span>", 100_000) + p,
		"nested tables":        strings.Repeat("<table><tr><td>", 40_000) + p,
		"nested lists":         strings.Repeat("<ul><li>", 50_000) + p,
		"nested unknown":       strings.Repeat("<x-y>", 100_000) + p,
		"bold left open":       strings.Repeat("<p><b class=x>word", 100_000),
		"many fonts, then p":   "<p>" + fonts(400) + "</p>" + strings.Repeat("<p>word", 100_000),
		"fonts behind objects": strings.Repeat("<p><b id=a><object></b></object></p>", 20_000) + p,
		"fonts behind tables":  strings.Repeat("<p><b id=a><table></b></table></p>", 20_000) + p,
		"ends without starts":  strings.Repeat("</b></div></p>", 100_000) + p,
		"ten megabytes, one p": "<p>" + strings.Repeat("The bridge will stay closed. ", 350_000),
		"ten megabytes of p":   strings.Repeat("<p>The bridge will stay closed, she said.</p>", 220_000),
		"one long word":        "<p>" + strings.Repeat("a", 10_000_000),
		"no tags at all":       strings.Repeat("“", 1_000_000),
		"open comment":         p + "<!--" + strings.Repeat("-", 1_000_000),
		"open tag":             p + "<a href=\"" + strings.Repeat("x", 1_000_000),
		"many attributes":      "<p " + strings.Repeat("a=b ", 100_000) + ">" + p,
		"many less-than":       strings.Repeat("<", 1_000_000),
		"NULs":                 strings.ReplaceAll(strings.Repeat(p, 100), " ", "\x00 "),
		"nested JSON-LD":       `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, 100_000) + "</script>" + p,
		"many JSON-LD":         strings.Repeat(`<script type="application/ld+json">{"@type":"NewsArticle","author":[]}</script>`, 20_000) + p,
		"many dates":           strings.Repeat("<p class=date>3.5.2024</p><time>May 5, 2024</time>", 20_000),
		"many bylines":         strings.Repeat("<span class=author>By Jane Roe and John Doe on May 5, 2024</span> ", 20_000),
		"repeats itself":       "<h1>Bridge</h1>" + strings.Repeat("<blockquote>The bridge over the Tarn will stay closed until autumn.</blockquote>"+p, 5_000),
	}
}

func fonts(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("<font id=f" + strings.Repeat("x", i) + ">")
	}
	return b.String()
}

// TestHostile reads pages on which a careless reading runs into the time-out of
// the tests.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	for name, source := range hostile() {
		t.Run(name, func(t *testing.T) {
			a, err := Extract(source, "https://courier.example/x")
			if err == nil {
				checkBlocks(t, a)
			} else if len(err.Error()) > 400 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
			if strings.Contains(a.Text, "\x00") {
				t.Error("a NUL came through")
			}
		})
	}
}

func TestDeepTextIsKept(t *testing.T) {
	source := "<h1>Bridge closed</h1>" + strings.Repeat("<div>", 3000) + strings.Repeat("<p>The bridge over the Tarn will stay closed until autumn, the council said on Tuesday.</p><p>“We found cracks,” said the engineer Ada Finch of the pillars that she had seen.</p>", 2)
	a, err := Extract(source, "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "“We found cracks,” said the engineer Ada Finch") {
		t.Errorf("text nested deep was lost: %q", a.Text)
	}
}

func TestNames(t *testing.T) {
	c := &cleaner{outlet: fold("The Millbrook Courier")}
	for line, want := range map[string]string{
		"By Jane Roe": "Jane Roe",
		"By Jane Roe and John Doe, Staff Writers": "Jane Roe; John Doe",
		"BY JANE ROE":                                       "Jane Roe",
		"Jane Roe | March 5, 2024 | 3 min read":             "Jane Roe",
		"Posted on March 5, 2024 in News by Jane Roe":       "Jane Roe",
		"Words by Jane Roe":                                 "Jane Roe",
		"Jane Roe, Senior Political Correspondent":          "Jane Roe",
		"Jane Roe (@janeroe)":                               "Jane Roe",
		"Jane Roe; John Doe; Jane Roe":                      "Jane Roe; John Doe",
		"Jane Roe, The Millbrook Courier":                   "Jane Roe",
		"Jane Roe, AP":                                      "Jane Roe",
		"Tom O’Neil Jr.":                                    "Tom O’Neil Jr.",
		"Martin M. van der Berg":                            "Martin M. van der Berg",
		"https://social.example/jane":                       "",
		"jane@courier.example":                              "",
		"Von Anna Müller und Karl-Heinz Weiß, 5. März 2024": "Anna Müller; Karl-Heinz Weiß",
		"Veröffentlicht am 5. März 2024 von Anna Müller":    "Anna Müller",
		"Par Loïc Le Clerc | 30 septembre 2018":             "Loïc Le Clerc",
		"Por María del Carmen Ruiz y Juan Pérez, 3 de mayo": "María del Carmen Ruiz; Juan Pérez",
		"Updated March 5, 2024":                             "",
		"admin":                                             "",
		`{"name":"Jane Roe"}`:                               "",
	} {
		if got := strings.Join(c.names([]string{line}), "; "); got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}

func TestISODate(t *testing.T) {
	for s, want := range map[string]string{
		"2024-03-05":                    "2024-03-05",
		"2024-03-05T18:04:00+01:00":     "2024-03-05T18:04:00+01:00",
		"2024-03-05T18:04:00.123Z":      "2024-03-05T18:04:00Z",
		"2024-03-05T18:04:00+0100":      "2024-03-05T18:04:00+01:00",
		"2024-03-05 18:04":              "2024-03-05T18:04",
		"2024-03-05T00:00:00":           "2024-03-05",
		"20240305":                      "2024-03-05",
		"Tue, 05 Mar 2024 18:04:00 GMT": "2024-03-05T18:04:00Z",
		"March 5, 2024":                 "2024-03-05",
		"5 March 2024":                  "2024-03-05",
		"5. März 2024":                  "2024-03-05",
		"05.03.2024, 18:04":             "2024-03-05T18:04",
		"le 5 mars 2024":                "2024-03-05",
		"1709661840":                    "2024-03-05T18:04:00Z",
		"1709661840000":                 "2024-03-05T18:04:00Z",
		"2024-02-31":                    "",
		"2024-13-01":                    "",
		"yesterday":                     "",
		"":                              "",
		"call 555-1234 now, offer ends": "",
	} {
		if got := isoDate(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// TestDecide is on pages that date themselves twice.
func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name         string
		said         []string
		shown, inURL string
		want         string
	}{
		{"markup alone", []string{"2024-03-05T18:04:00Z"}, "", "", "2024-03-05T18:04:00Z"},
		{"print alone", nil, "2024-03-05", "", "2024-03-05"},
		{"both agree, the markup is more precise", []string{"2024-03-05T18:04:00Z"}, "2024-03-05", "", "2024-03-05T18:04:00Z"},
		{"late evening written in UTC", []string{"2024-03-06T02:10:00Z"}, "2024-03-05", "", "2024-03-05"},
		{"late evening, the address has the day", []string{"2024-03-06T02:10:00Z"}, "", "2024-03-05", "2024-03-05"},
		{"the second source agrees with the print", []string{"2021-01-01", "2024-03-05T08:00:00+01:00"}, "2024-03-05", "", "2024-03-05T08:00:00+01:00"},
		{"month and day changed places", []string{"2024-05-03T08:00:00Z"}, "2024-03-05", "", "2024-05-03T08:00:00Z"},
	} {
		if got := decide(c.said, nonEmpty(c.shown), c.inURL); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestAlignKeepsShortAnswers: "Yes." between two paragraphs is part of the
// article, the same word in a menu is not.
func TestAlignKeepsShortAnswers(t *testing.T) {
	a := block{fold: fold("Will the bridge open again before the winter comes?")}
	yes := block{fold: fold("Yes.")}
	z := block{fold: fold("So said the engineer Ada Finch on Tuesday afternoon.")}
	text := "Will the bridge open again before the winter comes? Yes. So said the engineer Ada Finch on Tuesday afternoon."
	found, share := align([]block{a, yes, z, yes}, text)
	if share < .99 || found[1].end == 0 || found[3].end != 0 {
		t.Errorf("found %v, share %v", found, share)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("<h1>Bridge closed</h1><p>By Jane Roe</p><p>The bridge is closed.</p>", "https://courier.example/2024/03/05/x")
	f.Add(`<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":["a",{}]}]}</script><p>x<br><br>y`, "")
	f.Add("<table><b><p></table></b><object><b></object>\x00<!--", "::bad")
	f.Add("<svg><title>x</title><foreignObject><p>y</svg><template><div>", "http://x")
	f.Fuzz(func(t *testing.T, source, address string) {
		if len(source) > 1<<16 {
			t.Skip()
		}
		a, err := Extract(strings.ToValidUTF8(source, "\uFFFD"), address)
		if err != nil {
			return
		}
		checkBlocks(t, a)
		if (len(a.Blocks) == 0) != (a.Text == "") {
			t.Errorf("%d blocks and a text of %d bytes", len(a.Blocks), len(a.Text))
		}
	})
}
