package format

import (
	"strings"
	"testing"
	"time"
)

// isISO holds for a date in one of the precisions that isoFrom writes.
func isISO(s string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.RFC3339} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func TestISOFrom(t *testing.T) {
	for _, c := range [][2]string{
		{"2022", "2022"},
		{"2022-03", "2022-03"},
		{"2022-03-01", "2022-03-01"},
		{"2022-3-1", "2022-03-01"},
		{"2022-03-01T10:15:00Z", "2022-03-01T10:15:00Z"},
		{"2022-03-01T10:15:00.123+01:00", "2022-03-01T10:15:00+01:00"},
		{"2022-03-01 10:15:00", "2022-03-01T10:15:00"},
		{"2022/03/01", "2022-03-01"},
		{"20220301", "2022-03-01"},
		{"20220301T101500Z", "2022-03-01T10:15:00Z"},
		{"20220301T101500+0100", "2022-03-01T10:15:00+01:00"},
		{"Tue, 01 Mar 2022 10:15:00 GMT", "2022-03-01T10:15:00Z"},
		{"Tue, 1 Mar 2022 10:15:00 -0500", "2022-03-01T10:15:00-05:00"},
		{"March 1, 2022", "2022-03-01"},
		{"March 1, 2022 Tuesday 10:15 AM GMT", "2022-03-01T10:15Z"},
		{"March 1, 2022 Tuesday", "2022-03-01"},
		{"Tuesday, March 1, 2022 12:05 PM EST", "2022-03-01T12:05-05:00"},
		{"1 March 2022", "2022-03-01"},
		{"1st of", ""},
		{"Sept. 3rd, 2021", "2021-09-03"},
		{"1-Mar-2022", "2022-03-01"},
		{"March 2022", "2022-03"},
		{"25/12/2021", "2021-12-25"},
		{"12/25/2021", "2021-12-25"},
		{"03/04/2022", "2022"}, // 3 April or March 4
		{"04/04/2022", "2022-04-04"},
		{"1646126100", "2022-03-01T09:15:00Z"},
		{"1646126100000", "2022-03-01T09:15:00Z"},
		{"February 30, 2022", ""},
		{"Marble 3, 2022", ""},
		{"Maybe 2022", ""},
		{"tomorrow", ""},
		{"", ""},
		{"99999999999999999999", ""},
		{"2022-03-01T25:99", "2022-03-01"},
	} {
		if got := isoFrom(c[0]); got != c[1] {
			t.Errorf("isoFrom(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestNamesIn(t *testing.T) {
	for _, c := range [][2]string{
		{"By Ada Marsh", "Ada Marsh"},
		{"By Ada Marsh and Tom Reed, Politics Editor", "Ada Marsh; Tom Reed"},
		{"ADA MARSH", "ADA MARSH"},
		{"Ada Marsh, Tom Reed & Lena Brandt", "Ada Marsh; Tom Reed; Lena Brandt"},
		{"Marsh, A.", "Marsh"},
		{"Story by Ada Marsh in Port Ellery", "Ada Marsh"},
		{"Ada Marsh (ada@courier.example)", "Ada Marsh"},
		{"Ada Marsh ada@courier.example", "Ada Marsh"},
		{"Ada Marsh; Tom Reed; Ada Marsh", "Ada Marsh; Tom Reed"},
		{"Staff writers", "Staff writers"},
		{"", ""},
	} {
		if got := strings.Join(namesIn(c[0]), "; "); got != c[1] {
			t.Errorf("namesIn(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for _, c := range [][2]string{{"ENGLISH", "en"}, {"en", "en"}, {"en_GB", "en-GB"}, {"EN-us", "en-us"}, {"Klingon", ""}, {"", ""}, {"e", ""}, {"fas", "fas"}} {
		if got := languageTag(c[0]); got != c[1] {
			t.Errorf("languageTag(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestMap(t *testing.T) {
	const table = "kop,tekst,wanneer,site\nFerry to stay,\"\"\"Good,\"\" she said.\",2022-03-01,courier\n"
	items, errs := collect(CSV, "a.csv", []byte(table), Options{Map: map[string]string{"text": "tekst", "title": "kop", "date": "wanneer"}})
	if len(errs) > 0 || len(items) != 1 {
		t.Fatalf("got %v, %v", items, errs)
	}
	if it := items[0]; it.Text != `"Good," she said.` || it.Title != "Ferry to stay" || it.Published != "2022-03-01" || it.Outlet != "courier" {
		t.Errorf("got %+v", it)
	}
	for _, c := range []struct{ key, column, want string }{
		{"text", "body", `a.csv: --map text=body: there is no column "body"; its columns are "kop", "tekst", "wanneer", "site"`},
		{"words", "kop", `a.csv: --map words=kop: there is no field "words"; the fields are text, html, title`},
		{"title", "kop", `a.csv: no column is known to hold the text; pass --map text=COLUMN (its columns are "kop", "tekst", "wanneer", "site")`},
	} {
		_, errs := collect(CSV, "a.csv", []byte(table), Options{Map: map[string]string{c.key: c.column}})
		if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), c.want) {
			t.Errorf("--map %s=%s: got %v, want %q", c.key, c.column, errs, c.want)
		}
	}
	items, errs = collect(JSON, "a.json", []byte(`{"inhoud": {"tekst": "Good."}, "title": "x"}`), Options{Map: map[string]string{"text": "inhoud.tekst"}})
	if len(errs) > 0 || len(items) != 1 || items[0].Text != "Good." || items[0].Title != "x" {
		t.Errorf("got %+v, %v", items, errs)
	}
}
