package utterances

import (
	"strings"
	"testing"

	"whosaid/internal/news"
)

// said is a statement whose content is all of text.
func said(text string) (string, *news.Statement) {
	return text, &news.Statement{Form: news.Mixed, Content: []news.Span{{Start: 0, End: len(text)}}}
}

// marked writes words with what is known of them: *quoted*, [inserted], | after
// an ellipsis.
func marked(text string, words []Word) string {
	var out []string
	for _, w := range words {
		s := fold(w.Text(text))
		if w.Quoted {
			s = "*" + s
		}
		if w.Inserted {
			s = "[" + s
		}
		if w.Gap {
			s = "|" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`that the council “will not sign,” not now`, "that the council *will *not *sign not now"},
		{`"We won't sign," and 'never' before ''May''`, "*we *wont *sign and *never before *may"},
		{`Orlo's “[the council] won’t … sign” (Orlo’s)`, "orlo [*the [*council *wont |*sign orlo"},
		{`“It’s late . . . too late [emphasis added]”`, "*its *late |*too *late"},
		{`about $1,250.50 at 10:30 in the U.S. and the U.S.`, "about 1250.50 at 1030 in the u.s and the u.s"},
		{`Brandt: ‘Bridge Is Safe’`, "brandt *bridge *is *safe"},
		{`the councils’ Café, José`, "the councils cafe jose"},
	} {
		text, s := said(c.text)
		if got := marked(text, Words(text, s)); got != c.want {
			t.Errorf("%s\n gives %s\n want  %s", c.text, got, c.want)
		}
	}
}

func TestDiffer(t *testing.T) {
	for _, c := range []struct{ base, text, want string }{
		{"“We will not sign,”", "\"we will not sign\"", "same: we will not sign"},
		{"“We will not sign, not this year, not ever.”", "“We will not sign … ever”", "same: We will not sign; left out: (not this year, not); same: ever"},
		{"“We will not sign it,”", "“[The council] won’t sign it, ever”", "changed: [The council] won’t (We will not); same: sign it; added: ever"},
	} {
		a, s := said(c.base)
		b, r := said(c.text)
		var got []string
		for _, run := range Differ(a, Words(a, s), b, Words(b, r)) {
			line := string(run.Change) + ": " + run.Text
			if run.Was != "" {
				line = strings.TrimSuffix(line, " ") + " (" + run.Was + ")"
			}
			got = append(got, line)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n gives %s\n want  %s", c.text, s, c.want)
		}
	}
}

// A text of any bytes gives words in order and inside the content.
func FuzzWords(f *testing.F) {
	f.Add("“[The council] won’t sign … ''ever''” 1,2.3")
	f.Fuzz(func(t *testing.T, text string) {
		text, s := said(strings.ToValidUTF8(text, "?"))
		last := 0
		for _, w := range Words(text, s) {
			if w.Start < last || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %v behind %d in %q", w.Span, last, text)
			}
			last = w.End
		}
	})
}
