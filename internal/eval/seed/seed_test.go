package seed

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/eval/reference"
	"whosaid/internal/record"
)

// gold is about an invented article.
const gold = `{"article": {"title": "Harbour to reopen", "authors": ["Pia Lund"], "published": "2024-03-04", "not_in_text": ["Most Read"]},
"statements": [
 {"id": 1, "form": "indirect", "kind": "promise", "source": "Mayor Ilse Varga", "cue": "said", "content": "that the harbour would reopen by 1 May", "speakers": ["Ilse Varga"], "addressee": "reporters"},
 {"id": 2, "form": "direct", "kind": "claim", "conditional": true, "source": "She", "cue": "added", "content": "“If the ice holds, nothing moves”", "speakers": ["Ilse Varga", "Jon Aker"], "venue": "at the quay"}],
"own_voice": ["The ferry has not run since last winter"],
"actors": [{"name": "Ilse Varga", "spellings": ["Varga", "Mayor Varga"], "roles": ["Mayor of Holm"], "labels": ["iron mayor"]},
 {"name": "Holm Council", "spellings": ["the council"]}],
"relations": [{"type": "leads", "from": "Ilse Varga", "to": "Holm Council"}],
"dates": [{"text": "by 1 May", "value": "2024-05-01"}],
"reporting_chain": ["Ilse Varga", "Holm Courier"]}`

func goldFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "gold.json")
	if err := os.WriteFile(file, []byte(gold), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// perfect is a record that holds all of g.
func perfect(g Gold) record.Record {
	span := func(s string) []record.Span {
		if s == "" {
			return []record.Span{}
		}
		return []record.Span{{Text: s}}
	}
	one := func(s string) *record.Span {
		if s == "" {
			return nil
		}
		return &record.Span{Text: s}
	}
	body := "A paragraph."
	for _, f := range g.Article.NotInText {
		body += " " + f
	}
	r := record.Record{
		Format: record.Format,
		Article: record.Article{
			Title: g.Article.Title, Authors: g.Article.Authors, Published: g.Article.Published + "T08:00:00Z", Text: body,
			Blocks: []record.Block{{Kind: "paragraph", Start: 0, End: 12}, {Kind: "furniture", Start: 13, End: len([]rune(body))}},
		},
		Statements: []record.Statement{}, Actors: []record.Actor{}, Relations: []record.Relation{}, Dates: []record.Date{}, OwnVoice: []record.Span{},
	}
	for i, a := range g.Actors {
		actor := record.Actor{ID: fmt.Sprint("a", i), Name: a.Name, Descriptions: []record.Description{}}
		if len(a.Spellings) > 0 {
			actor.Name = a.Spellings[0]
		}
		for _, d := range append(append([]string{}, a.Roles...), a.Labels...) {
			actor.Descriptions = append(actor.Descriptions, record.Description{Span: record.Span{Text: d}})
		}
		r.Actors = append(r.Actors, actor)
	}
	id := func(name string) string {
		for i, a := range g.Actors {
			if a.Name == name {
				return fmt.Sprint("a", i)
			}
		}
		return ""
	}
	for i, s := range g.Statements {
		out := record.Statement{
			ID: fmt.Sprint("s", i), By: "model", Form: s.Form, Kind: s.Kind, Conditional: s.Conditional, Speakers: []record.Speaker{},
			Source: span(s.Source), Cue: span(s.Cue), Content: span(s.Content), Addressee: one(s.Addressee), Venue: one(s.Venue),
		}
		for _, name := range s.Speakers {
			out.Speakers = append(out.Speakers, record.Speaker{Actor: id(name), Name: name})
		}
		r.Statements = append(r.Statements, out)
	}
	for _, x := range g.Relations {
		y := record.Relation{Type: x.Type, From: id(x.From), To: x.To}
		if y.From == "" {
			y.From = x.From
		}
		r.Relations = append(r.Relations, y)
	}
	for _, d := range g.Dates {
		r.Dates = append(r.Dates, record.Date{Text: d.Text, Value: d.Value})
	}
	for _, o := range g.OwnVoice {
		r.OwnVoice = append(r.OwnVoice, record.Span{Text: o + ", it is said here."})
	}
	for _, name := range g.Chain {
		r.Article.Chain = append(r.Article.Chain, record.Teller{Name: name})
	}
	return r
}

func TestAllRight(t *testing.T) {
	g, err := Load(goldFile(t))
	if err != nil {
		t.Fatal(err)
	}
	const want = "statements 2/2 spurious 0 speakers 2/2 form 2/2 kind 2/2 actors 2/2 roles+labels 2/2 dates 1/1 relations 1/1 " +
		"meta 3/3 clean 1/1 conditional 2/2 addressee+venue 2/2 chain 1/1 own 1/1"
	if got := Measure(g, perfect(g)).String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAllWrong(t *testing.T) {
	g, err := Load(goldFile(t))
	if err != nil {
		t.Fatal(err)
	}
	r := perfect(g)
	r = record.Record{Article: record.Article{Text: r.Article.Text, Blocks: []record.Block{{Kind: "deck", Start: 0, End: 99}}}, Statements: r.Statements[:1]}
	r.Statements[0].Content[0].Text = "the harbour stays shut"
	const want = "statements 0/2 spurious 1 speakers 0/2 form 0/2 kind 0/2 actors 0/2 roles+labels 0/2 dates 0/1 relations 0/1 " +
		"meta 0/3 clean 0/1 conditional 0/2 addressee+venue 0/0 chain 0/1 own 0/1"
	got := Measure(g, r)
	if got.String() != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(got.Missed) != 2 || got.Missed[0] != g.Statements[0].Content {
		t.Errorf("missed: %q", got.Missed)
	}
}

func TestLoadRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gold.json")
	for _, content := range []string{"", "[]", "{}"} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(file); err == nil || !strings.Contains(err.Error(), "not a gold record") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

// TestSameFiguresAsReference damages records of the invented article and of
// the reference's own at random and asks both scorers.
func TestSameFiguresAsReference(t *testing.T) {
	for _, file := range []string{goldFile(t), reference.Path(t, "seed", "record.json")} {
		g, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		records := make([]record.Record, 60)
		dir := t.TempDir()
		for n := range records {
			random := rand.New(rand.NewPCG(uint64(n), 11))
			records[n] = perfect(g)
			damage(&records[n], float64(n)/60, random)
			f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%02d.json", n)))
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(records[n].Write(f, true), f.Close()); err != nil {
				t.Fatal(err)
			}
		}
		out := reference.Script(t, `import glob, seed_score
gold, records = sys.argv[1:]
for f in sorted(glob.glob(records + '/*.json')):
    sys.argv = ['seed_score.py', gold, f]
    seed_score.main()`, "", file, dir)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if len(lines) != len(records) {
			t.Fatalf("%d scores of %d records", len(lines), len(records))
		}
		different := map[string]bool{}
		for n, want := range lines {
			if got := Measure(g, records[n]).String(); got != want {
				t.Errorf("record %d:\ngot  %s\nwant %s", n, got, want)
			}
			different[want] = true
		}
		if len(different) < 30 {
			t.Errorf("only %d different scores of 60 records: the damage tests nothing", len(different))
		}
	}
}

// damage spoils each part of r with probability p.
func damage(r *record.Record, p float64, random *rand.Rand) {
	happens := func() bool { return random.Float64() < p }
	spoil := func(s string) string {
		words := strings.Fields(s)
		var kept []string
		for _, w := range words {
			switch {
			case happens() && random.IntN(2) == 0: // the word is lost
			case happens():
				kept = append(kept, strings.ToUpper(w), "indeed")
			default:
				kept = append(kept, w)
			}
		}
		return strings.Join(kept, []string{" ", "\u00a0 "}[random.IntN(2)])
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		for _, spans := range [][]record.Span{s.Source, s.Cue, s.Content} {
			for j := range spans {
				spans[j].Text = spoil(spans[j].Text)
			}
		}
		if happens() && len(s.Content) > 0 {
			half := len([]rune(s.Content[0].Text)) / 2
			points := []rune(s.Content[0].Text)
			s.Content = []record.Span{{Text: string(points[:half])}, {Text: string(points[half:])}}
		}
		if s.Venue != nil {
			s.Venue.Text = spoil(s.Venue.Text)
		}
		if happens() {
			s.Addressee = nil
		}
		if happens() {
			s.Form, s.Conditional = "mixed", !s.Conditional
		}
		if happens() {
			s.Kind = "claim"
		}
		if happens() && len(s.Speakers) > 0 {
			s.Speakers = append(s.Speakers, record.Speaker{Name: spoil(s.Speakers[0].Name)}, s.Speakers[0])
		}
		if happens() && random.IntN(3) == 0 {
			s.By = "marks"
		}
		if happens() && random.IntN(3) == 0 {
			parent := "s0"
			s.Parent = &parent
		}
		if happens() && random.IntN(2) == 0 {
			double := *s
			double.Kind, double.Form = "warning", "direct" // ties, to be broken the same way
			r.Statements = append(r.Statements, double)
		}
	}
	for i := range r.Actors {
		r.Actors[i].Name = spoil(r.Actors[i].Name)
		for j := range r.Actors[i].Descriptions {
			r.Actors[i].Descriptions[j].Text = spoil(r.Actors[i].Descriptions[j].Text)
		}
	}
	for i := range r.Relations {
		r.Relations[i].To = spoil(r.Relations[i].To)
		if happens() {
			r.Relations[i].Type = "ally-of"
		}
	}
	for i := range r.Dates {
		r.Dates[i].Text = spoil(r.Dates[i].Text)
		if happens() {
			r.Dates[i].Value = "2020"
		}
	}
	for i := range r.OwnVoice {
		r.OwnVoice[i].Text = spoil(r.OwnVoice[i].Text)
	}
	for i := range r.Article.Chain {
		r.Article.Chain[i].Name = spoil(r.Article.Chain[i].Name)
	}
	random.Shuffle(len(r.Statements), func(i, j int) { r.Statements[i], r.Statements[j] = r.Statements[j], r.Statements[i] })
	r.Article.Title = spoil(r.Article.Title)
	if happens() {
		r.Article.Authors = []string{}
	}
	if happens() {
		r.Article.Published = r.Article.Published[:7]
	}
	if happens() {
		r.Article.Blocks[1].Kind = "paragraph"
		r.Article.Blocks[1].End -= random.IntN(3) * 4
	}
}
