package casefile_test

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/casefile"
)

func TestMarked(t *testing.T) {
	cases, err := casefile.Parse("marked.txt", `== marks
[headline] <Roe = Jane Roe>: port will stay

<the port = Port Board : organisation> trusts <Jane Roe>, <she = Jane Roe> said of <PB = Port Board>.

<The pilot = the pilot> left at 4 < 5.
--
`)
	if err != nil {
		t.Fatal(err)
	}
	doc := cases[0].Marked()
	if want := "Roe: port will stay\n\nthe port trusts Jane Roe, she said of PB.\n\nThe pilot left at 4 < 5."; doc.Text != want {
		t.Errorf("text %q, want %q", doc.Text, want)
	}
	var got []string
	for _, a := range doc.Actors {
		line := fmt.Sprint(a.ID, " ", a.Name, " ", a.Type, " ", a.Named)
		for _, m := range a.Mentions {
			line += fmt.Sprintf("; %s %s", m.Text(doc.Text), m.Form)
		}
		got = append(got, line)
	}
	want := `a1 Jane Roe person true; Roe short; Jane Roe name; she pronoun
a2 Port Board organisation true; the port nominal; PB acronym
a3 the pilot person false; The pilot nominal`
	if g := strings.Join(got, "\n"); g != want {
		t.Errorf("actors:\n%s\nwant:\n%s", g, want)
	}
	for i, b := range doc.Blocks {
		if b.Start > 0 && doc.Text[b.Start-2:b.Start] != "\n\n" || b.Len() == 0 {
			t.Errorf("block %d: %q", i, b.Text(doc.Text))
		}
	}
}
