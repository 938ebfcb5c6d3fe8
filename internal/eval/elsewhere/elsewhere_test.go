package elsewhere

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

const folder = "../../../eval/elsewhere"

func load(t testing.TB, dir string) []Case {
	t.Helper()
	cases, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// The articles hold together: everybody who is listed is spoken of, speakers are
// mentioned, and nothing is so short that it is no article.
func TestArticles(t *testing.T) {
	cases := slices.Concat(load(t, folder), load(t, filepath.Join(folder, "seen")))
	if len(cases) < 40 {
		t.Errorf("%d articles, and there should be 40 at least", len(cases))
	}
	for _, c := range cases {
		if err := record.Check(c.Gold); err != nil {
			t.Errorf("%s: %v", c.Where(), err)
		}
		if n := len(strings.Fields(c.Gold.Text)); n < 100 || n > 450 {
			t.Errorf("%s has %d words; articles have 100 to 450", c.Where(), n)
		}
		if c.Region == "" || !c.Own || len(c.Gold.Statements) < 5 || c.Gold.Published == "" {
			t.Errorf("%s lacks its region, its day, its own voice or five statements", c.Where())
		}
		for _, a := range c.Gold.Actors {
			if a.Type == "person" && len(a.Mentions) == 0 {
				t.Errorf("%s: nothing in the text is marked as %s", c.Where(), a.Name)
			}
			for _, m := range a.Mentions {
				first := []rune(m.Text(c.Gold.Text))[0]
				if strings.ContainsRune(" ,.“\"", first) {
					t.Errorf("%s: the mention %q of %s begins with a mark", c.Where(), m.Text(c.Gold.Text), a.Name)
				}
			}
		}
	}
}

func TestSmallCases(t *testing.T) {
	for file, want := range map[string]func(news.Statement) bool{
		"warnings.txt":   func(s news.Statement) bool { return s.Kind == "warning" },
		"conditions.txt": func(s news.Statement) bool { return s.Conditional },
	} {
		data, err := os.ReadFile(filepath.Join(folder, "kinds", file))
		if err != nil {
			t.Fatal(err)
		}
		cases, err := Parse(file, string(data))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, c := range cases {
			if slices.ContainsFunc(c.Gold.Statements, want) {
				n++
			}
		}
		if len(cases) < 40 || n < 24 || n > 30 {
			t.Errorf("%s: %d cases, %d of them what the file is about; 40 and two thirds were to be", file, len(cases), n)
		}
	}
}

const small = `A note.

== two brothers
[headline] {Mayor|m +role} denies it

“{I|m} never said so,” {Ana de la Cruz|m} told the council {on Monday|on 2024-05-06}. “Never.”

{Her|m} brother, who lives in
Port Vale, said that {she|m} had asked: ‘Who knows?’
--
region: Nowhere
published: 2024-05-07
m = Ana de la Cruz
v = Port Vale, place

Mayor | denies | it | denial | m
Ana de la Cruz | told | “I never said so,” + “Never.” | denial/claim | m | to: the council | on: on Monday
# a remark
Her brother ~ Port Vale | said | that she had asked: ‘Who knows?’ | claim if | unnamed brother
? > she | asked | ‘Who knows?’ | question | m
m holds-office “mayor” | Mayor
own: none
`

func TestParse(t *testing.T) {
	cases, err := Parse("x.txt", small)
	if err != nil {
		t.Fatal(err)
	}
	c := cases[0]
	if want := "Mayor denies it\n\n“I never said so,” Ana de la Cruz told the council on Monday. “Never.”\n\n" +
		"Her brother, who lives in Port Vale, said that she had asked: ‘Who knows?’"; c.Gold.Text != want {
		t.Errorf("text:\n%s", c.Gold.Text)
	}
	var got []string
	for _, s := range c.Gold.Statements {
		speaker := ""
		for _, p := range s.Speakers {
			speaker += p.By + " " + p.Name
		}
		got = append(got, fmt.Sprint(s.ID, " ", s.Form, " ", s.Kind, " ", s.Conditional, " ", s.Parent, " ", speaker, " ", s.Source[0].Text(c.Gold.Text)))
	}
	want := []string{
		"s1 indirect denial false  nominal Ana de la Cruz Mayor",
		"s2 direct denial false  name Ana de la Cruz Ana de la Cruz",
		"s3 mixed claim true  nominal brother Her brother, who lives in Port Vale",
		"s4 direct question false s3 pronoun Ana de la Cruz she",
	}
	if !slices.Equal(got, want) {
		t.Errorf("statements:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c.Also["s2"] != "claim" || !c.Optional["s4"] || c.Gold.Statements[1].When.Value != "2024-05-06" {
		t.Errorf("a second kind, a statement that may be missed and a day: %v, %v, %v", c.Also, c.Optional, c.Gold.Statements[1].When)
	}
	var forms []string
	for _, m := range c.Gold.Actors[0].Mentions {
		forms = append(forms, m.Text(c.Gold.Text)+" "+m.Form)
	}
	if want := "Mayor nominal, I pronoun, Ana de la Cruz name, Her pronoun, she pronoun"; strings.Join(forms, ", ") != want {
		t.Errorf("mentions: %s", strings.Join(forms, ", "))
	}
}

// What is wrong is told with its file, its line and what to do.
func TestParseTellsWhatIsWrong(t *testing.T) {
	const head, tail = "== a\nHe left, and {Ann|a} said no.\n--\na = Ann\n", "Ann | said | no | claim | a"
	for _, c := range []struct{ text, want string }{
		{"nothing", `x.txt holds no case`},
		{"== a\ntext", `x.txt:1: the last case has no line "--"`},
		{"== a\ntext\n== b\n--\n", `x.txt:3: the case before this one has no line "--"`},
		{"== a\n--\n", `x.txt:1: the case has no text`},
		{"== a\n{Ann said.\n--\n", `x.txt:2: a brace is not closed`},
		{"== a\n{Ann} said.\n--\n", `x.txt:2: a brace is closed that does not say`},
		{"== a\nAnn | said.\n--\n", `x.txt:2: a bar stands in the text`},
		{"== a\n{Ann|b} said.\n--\n", `x.txt:2: “b” is the key of no actor`},
		{"== a\n{Ann|a boss} said.\n--\na = Ann\n", `x.txt:2: “boss” is no form`},
		{"== a\n{|a} said.\n--\na = Ann\n", `x.txt:2: the braces before “|a}” hold no words`},
		{"== a\n{Monday|on} x\n--\n", `x.txt:2: the date “Monday” has no value`},
		{head + "a = Ben\n" + tail, `x.txt:5: the key “a” is taken`},
		{head + "b = Ben, dog\n" + tail, `x.txt:5: “dog” is no type of actor`},
		{head + "Ann | said | yes | claim | a", `x.txt:5: content: “yes” was not found`},
		{"== a\nHe said so, and she said no.\n--\nshe | said | no | claim | unknown", `x.txt:4: cue: “said” stands 2 times where it is looked for: write #1 to #2 after it (#1 …He said so, and`},
		{head + "Ann | said #3 | no | claim | a", `x.txt:5: cue: “said” stands once where it is looked for, so there is no #3`},
		{head + "Ann | said | no | lie | a", `x.txt:5: “lie” is no kind`},
		{head + "Ann | said | no | claim sure | a", `x.txt:5: “sure” is not understood`},
		{head + "Ann | said | no | claim | b", `x.txt:5: “b” is the key of no actor`},
		{head + "Ann | said | no", `x.txt:5: a statement is source | cue | content | kind | speakers, and here are 3 parts`},
		{head + "> " + tail, `x.txt:5: “>” puts a statement inside`},
		{head + tail + " | at: home", `x.txt:5: “at: home” is not understood`},
		{head + tail + " | to: Ben", `x.txt:5: to: “Ben” was not found`},
		{head + "a leads b | said", `x.txt:5: “b” is the key of no actor`},
		{head + "own: He ~ never", `x.txt:5: “never” was not found after “He”`},
		{head + "published: May", `x.txt:5: “May” is no day`},
	} {
		_, err := Parse("x.txt", c.text)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q\ngave  %v\nwant  %s", c.text, err, c.want)
		}
	}
}

// Gold measured against itself is right in everything.
func TestScoreOfGold(t *testing.T) {
	var found []Found
	statements := 0
	for _, c := range load(t, folder) {
		found = append(found, Found{c, record.Encode(c.Gold)})
		statements += len(c.Gold.Statements) - len(c.Optional)
	}
	r, err := Score(found)
	if err != nil {
		t.Fatal(err)
	}
	s := r.Total
	if s.Statements.F() != 100 || s.Exact.F() != 100 || s.Statements.Gold+s.Nested.Of != statements {
		t.Errorf("statements %+v, exact %+v, of %d", s.Statements, s.Exact, statements)
	}
	for name, v := range map[string]Share{"form": s.Form, "nested": s.Nested, "parents": s.Parents, "speakers": s.FoundRight, "unnamed": s.Unnamed, "kind": s.Kind} {
		if v.Right != v.Of || v.Of == 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
	for name, f := range map[string]float64{
		"conditional": s.Conditional.F(), "addressee": s.Addressee.F(), "venue": s.Venue.F(), "when": s.When.F(), "dates": s.Dates.F(), "own": s.Own.F(),
		"kinds": Macro(s.Kinds, 1), "stances": Macro(s.Stances, 1), "mentions": r.Actors.Mentions.F(), "B³": r.Actors.B3(), "relations": r.Actors.Relations.F(),
	} {
		if f != 100 {
			t.Errorf("%s: %.2f", name, f)
		}
	}
	if s.Wrong.Right != 0 || len(r.Missed) != 0 {
		t.Errorf("wrong names %+v, missed %q", s.Wrong, r.Missed)
	}
}

// A record with known faults gives known counts.
func TestScoreOfFaults(t *testing.T) {
	cases, err := Parse("x.txt", small)
	if err != nil {
		t.Fatal(err)
	}
	rec := record.Encode(cases[0].Gold)
	rec.Actors = append(rec.Actors, record.Actor{ID: "b", Name: "Ben Stone", Named: true, Type: "person"})
	rec.Statements = slices.Delete(rec.Statements, 0, 1) // one is missed
	rec.Statements[0].Speakers[0].Actor = "b"            // one is in the wrong mouth
	rec.Statements[0].Kind = "claim"                     // which is right too
	rec.Statements[0].Addressee = nil
	rec.Statements[1].Kind = "promise"
	rec.Statements[1].Conditional = false
	spurious := rec.Statements[0]
	spurious.ID, spurious.Content, spurious.Cue = "s9", rec.Statements[0].Source, rec.Statements[0].Source
	rec.Statements = append(rec.Statements, spurious)
	rec.Dates[0].Value = "2024-05-13"

	r, err := Score([]Found{{cases[0], rec}})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Total
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"statements", [3]int{s.Statements.Right, s.Statements.Predicted, s.Statements.Gold}, [3]int{2, 3, 3}},
		{"speakers", s.RightFound, Share{0, 1}},
		{"found and right", s.FoundRight, Share{0, 2}},
		{"wrong", s.Wrong, Share{1, 2}},
		{"unnamed", s.Unnamed, Share{1, 1}},
		{"kind", s.Kind, Share{1, 2}},
		{"conditional", [3]int{s.Conditional.Right, s.Conditional.Predicted, s.Conditional.Gold}, [3]int{0, 0, 1}},
		{"addressee", [3]int{s.Addressee.Right, s.Addressee.Predicted, s.Addressee.Gold}, [3]int{0, 0, 1}},
		{"dates", [3]int{s.Dates.Right, s.Dates.Predicted, s.Dates.Gold}, [3]int{0, 1, 1}},
		{"words of dates", s.DateWords.Right, 1},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	if len(r.Missed) != 4 {
		t.Errorf("missed: %q", r.Missed)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add("== a\n{{x|a} y|a +role} “z” 'q'\n--\na = X\n> — | — | z #2 ~ q | claim\n")
	for _, file := range []string{"commons-sketch.txt", "cairo-transcript.txt"} {
		data, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		cases, err := Parse("fuzz.txt", text)
		if err != nil {
			return
		}
		for _, c := range cases {
			if err := record.Check(c.Gold); err != nil {
				t.Fatal(err)
			}
			r, err := Score([]Found{{c, record.Encode(c.Gold)}})
			if err != nil {
				t.Fatal(err)
			}
			if r.Total.Wrong.Right > 0 {
				t.Errorf("gold against itself has wrong names: %q", r.Missed)
			}
		}
	})
}
