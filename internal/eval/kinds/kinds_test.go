package kinds

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/kinds"
	"whosaid/internal/eval/reference"
	"whosaid/internal/news"
)

// TestSameFiguresAsReference spoils the labels and spans of dev at random,
// lightly to beyond recognition, and asks both scorers about the result.
func TestSameFiguresAsReference(t *testing.T) {
	dir, labels := reference.Path(t, "data", "polnear", "dev"), reference.Path(t, "data", "kinds", "dev.tsv")
	articles, err := Load(dir, labels, false)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for seed, damage := range []float64{0.15, 0.6} {
		random := rand.New(rand.NewPCG(uint64(seed), 5))
		var report Report
		var lines strings.Builder
		for _, a := range articles {
			doc := perturb(a, damage, random)
			report.Add(Score(a, doc))
			writeLine(t, &lines, a, doc)
		}
		file := filepath.Join(t.TempDir(), "predictions.jsonl")
		if err := os.WriteFile(file, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		want := strings.TrimSpace(reference.Run(t, "score_kinds.py", "", dir, labels, file, filepath.Join(filepath.Dir(labels), "alternatives.tsv")))
		got := report.Total.Figures().String()
		if got != want {
			t.Errorf("damage %v:\ngot  %s\nwant %s", damage, got, want)
		}
		seen[got] = true
	}
	if len(seen) != 2 {
		t.Error("the damage changes nothing, so nothing is tested")
	}
}

// perturb makes a document out of the gold of a. With the given probability each
// label is another, each span is moved or lost.
func perturb(a Article, damage float64, random *rand.Rand) *news.Document {
	o := news.NewOffsets(a.Text)
	length := o.Rune(len(a.Text))
	happens := func() bool { return random.Float64() < damage }
	bend := func(list [][2]int) []news.Span {
		var out []news.Span
		for _, s := range list {
			if happens() {
				s[0] = max(0, s[0]+random.IntN(31)-15)
			}
			if happens() {
				s[1] = min(length, s[1]+random.IntN(31)-15)
			}
			out = append(out, news.Span{Start: o.Byte(s[0]), End: o.Byte(max(s[0], s[1]))})
		}
		return out
	}
	one := func(list [][2]int) *news.Span {
		if happens() && len(a.Gold) > 0 {
			list = a.Gold[random.IntN(len(a.Gold))].Source
		}
		if len(list) == 0 {
			return nil
		}
		s := bend(list[:1])[0]
		return &s
	}
	doc := &news.Document{Article: news.Article{Text: a.Text}}
	for _, g := range a.Gold {
		if happens() && random.IntN(3) == 0 {
			continue
		}
		l := a.Labels[g.ID]
		s := news.Statement{By: news.ByModel, Source: bend(g.Source), Cue: bend(g.Cue), Content: bend(g.Content), Kind: l.Kind, CueStance: l.Stance, Conditional: l.Conditional}
		if happens() {
			s.Kind = kinds.Kinds[random.IntN(len(kinds.Kinds))]
		}
		if happens() {
			s.CueStance = kinds.Stances[random.IntN(len(kinds.Stances))]
		}
		if happens() {
			s.Conditional = !s.Conditional
		}
		s.Addressee, s.Venue = one(l.Addressee), one(l.Venue)
		doc.Statements = append(doc.Statements, s)
	}
	random.Shuffle(len(doc.Statements), func(i, j int) { doc.Statements[i], doc.Statements[j] = doc.Statements[j], doc.Statements[i] })
	return doc
}

// writeLine writes doc as the reference scorer takes predictions.
func writeLine(t *testing.T, b *strings.Builder, a Article, doc *news.Document) {
	t.Helper()
	type attribution struct {
		Source      [][2]int `json:"source"`
		Cue         [][2]int `json:"cue"`
		Content     [][2]int `json:"content"`
		Kind        string   `json:"kind"`
		Conditional bool     `json:"conditional"`
		Stance      string   `json:"cue_stance"`
		Addressee   [][2]int `json:"addressee"`
		Venue       [][2]int `json:"venue"`
	}
	o := news.NewOffsets(doc.Text)
	line := struct {
		ID           string        `json:"id"`
		Attributions []attribution `json:"attributions"`
	}{ID: a.ID, Attributions: []attribution{}}
	for _, s := range doc.Statements {
		x := attribution{
			Source: points(o, s.Source), Cue: points(o, s.Cue), Content: points(o, s.Content),
			Kind: s.Kind, Conditional: s.Conditional, Stance: s.CueStance, Addressee: [][2]int{}, Venue: [][2]int{},
		}
		if s.Addressee != nil {
			x.Addressee = points(o, []news.Span{*s.Addressee})
		}
		if s.Venue != nil {
			x.Venue = points(o, []news.Span{*s.Venue})
		}
		line.Attributions = append(line.Attributions, x)
	}
	if err := json.NewEncoder(b).Encode(line); err != nil {
		t.Fatal(err)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty.tsv":  "",
		"column.tsv": "stem\trel\tkind\n",
		"span.tsv":   "stem\trel\tkind\tconditional\tcue_stance\taddressee\tvenue\na\tE1\tclaim\t0\tneutral\t9:3\t\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readLabels(file); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLabels reads any table.
func FuzzLabels(f *testing.F) {
	f.Add("stem\trel\tkind\tconditional\tcue_stance\taddressee\tvenue\na\tE1\tclaim\t1\tneutral\t1:4;6:9\t\n")
	f.Add("stem\n\x00\t\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(t.TempDir(), "labels.tsv")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		labels, err := readLabels(file)
		if err != nil {
			return
		}
		for _, byRelation := range labels {
			for _, l := range byRelation {
				for _, s := range append(l.Addressee, l.Venue...) {
					if s[0] < 0 || s[1] < s[0] {
						t.Fatalf("a span %v was taken", s)
					}
				}
			}
		}
	})
}
