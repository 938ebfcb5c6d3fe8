package polnear

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"whosaid/internal/record"
)

// The articles below are invented, and so are the people and places.
const (
	harbour = "Mayor Ilse Varga said on Monday that the harbour would reopen. “We kept our word to every fisherman,” she told reporters.\n" +
		"A spokesman called the plan “far too late” and promised a vote."
	bridge = "“The bridge is safe to cross in winter,\n\n“and in spring as well,” the engineer wrote. It was not."
)

// at is the range of code points of part in text.
func at(t *testing.T, text, part string) [2]int {
	t.Helper()
	b := strings.Index(text, part)
	if b < 0 {
		t.Fatalf("%q is not in the text", part)
	}
	start := len([]rune(text[:b]))
	return [2]int{start, start + len([]rune(part))}
}

func said(t *testing.T, text, source, cue, content string, confidence float64) Attribution {
	t.Helper()
	a := Attribution{Cue: [][2]int{at(t, text, cue)}, Content: [][2]int{at(t, text, content)}, Confidence: confidence}
	if source != "" {
		a.Source = [][2]int{at(t, text, source)}
	}
	return a
}

// example is a corpus of two articles and what somebody found in them: one
// attribution wholly right, one whose content is a word short, one given to
// the wrong source, one spurious.
func example(t *testing.T) (Corpus, []Prediction) {
	corpus := Corpus{Name: "example", Articles: []Article{
		{ID: "courier_1", Text: harbour, Gold: []Attribution{
			said(t, harbour, "Mayor Ilse Varga", "said", "that the harbour would reopen", 0),
			said(t, harbour, "she", "told", "“We kept our word to every fisherman,”", 0),
			said(t, harbour, "A spokesman", "called", "the plan “far too late”", 0),
		}},
		{ID: "gazette_2", Text: bridge, Gold: []Attribution{
			said(t, bridge, "the engineer", "wrote", "“and in spring as well,”", 0),
		}},
	}}
	first := Prediction{ID: "courier_1", Text: harbour, Attributions: []Attribution{
		said(t, harbour, "Mayor Ilse Varga", "said", "that the harbour would reopen", 0.9),
		said(t, harbour, "she", "told", "“We kept our word to every", 0.8),
		said(t, harbour, "reporters", "called", "the plan “far too late”", 0.6),
		said(t, harbour, "", "promised", "a vote", 0.2),
	}}
	for _, a := range first.Attributions {
		first.Contents = append(first.Contents, a.Content)
	}
	return corpus, []Prediction{first}
}

func TestScore(t *testing.T) {
	corpus, predictions := example(t)
	r, err := Score(corpus, predictions)
	if err != nil {
		t.Fatal(err)
	}
	want := Tally{
		TokenSource:  {4, 5, 8},
		TokenCue:     {3, 4, 4},
		TokenContent: {16, 18, 22},
		ExactSource:  {2, 3, 4},
		ExactCue:     {3, 4, 4},
		ExactContent: {2, 4, 4},
		Strict:       {1, 4, 4},
		Content50:    {2, 4, 4},
		QuoteSpeaker: {1, 0, 2},
	}
	for m := range metricCount {
		if r.Total[m] != want[m] {
			t.Errorf("%s: %v, want %v", m, r.Total[m], want[m])
		}
	}
	if r.Docs != 2 || r.Missing != 1 {
		t.Errorf("%d articles, %d without a record; want 2 and 1", r.Docs, r.Missing)
	}
	if len(r.Outlets) != 2 || r.Outlets[0].Name != "courier" || r.Outlets[0].Tally[Content50] != (Count{2, 4, 3}) {
		t.Errorf("by outlet: %+v", r.Outlets)
	}
	wantForms := []FormGroup{
		{Form: "direct", Gold: 2, Found: 1, Predicted: 1, Right: 1},
		{Form: "mixed", Gold: 1, Predicted: 1},
		{Form: "indirect", Gold: 1, Found: 1, Exact: 1, Predicted: 2, Right: 1},
	}
	if !reflect.DeepEqual(r.Forms, wantForms) {
		t.Errorf("by form: %+v, want %+v", r.Forms, wantForms)
	}
	wantLost := []Lost{{"courier_1", 63, 101}, {"gazette_2", 0, 39}, {"gazette_2", 41, 65}}
	if r.Passages.Passages != 3 || !reflect.DeepEqual(r.Passages.Lost, wantLost) {
		t.Errorf("passages: %+v, want %v lost", r.Passages, wantLost)
	}
	// In order of confidence: wrong at .2, wrong at .6, right at .8, right at .9.
	if e := r.Calibration.Error; e < 0.2749 || e > 0.2751 {
		t.Errorf("calibration error %v, want (.2+.6+.2+.1)/4", e)
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{0.25, 0.2}, {0.75, 0.8}, {77.05, 77.0}, {77.15, 77.2}, {66.66666, 66.7}, {100, 100}, {0, 0},
	} {
		if got := tenth(c.in); got != c.want {
			t.Errorf("tenth(%v) = %v, Python rounds it to %v", c.in, got, c.want)
		}
	}
}

func TestAttributionsOfARecord(t *testing.T) {
	s0, none := "s0", ""
	span := []record.Span{{Start: 2, End: 5}}
	r := record.Record{Article: record.Article{File: "in/courier_1.2.txt"}, Statements: []record.Statement{
		{ID: "s0", By: "model", Content: span, Parent: &none, Confidence: 0.5},
		{ID: "s1", By: "model", Content: span, Parent: &s0},
		{ID: "s2", By: "marks", Content: span},
	}}
	p := FromRecord(r)
	if p.ID != "courier_1.2" || len(p.Attributions) != 1 || len(p.Contents) != 3 || p.Attributions[0].Confidence != 0.5 {
		t.Errorf("%+v: want one attribution and three contents", p)
	}
}

func TestOtherText(t *testing.T) {
	corpus, predictions := example(t)
	predictions[0].Text += " "
	if _, err := Score(corpus, predictions); err == nil || !strings.Contains(err.Error(), "--as-is") {
		t.Errorf("a record of another text: %v", err)
	}
	predictions[0].ID = "elsewhere"
	if _, err := Score(corpus, predictions); err == nil {
		t.Error("records of another corpus are scored")
	}
}

func TestPassages(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"He said “yes” and “no.”", []string{"“yes”", "“no.”"}},
		{`He said "yes" and "no."`, []string{`"yes"`, `"no."`}},
		{"“He called it ‘ours’ again,” she said", []string{"“He called it ‘ours’ again,”"}},
		{"„So ist es“, sagte er, « oui »", []string{"„So ist es“", "« oui »"}},
		{"“One goes on\n\n“and ends here.”", []string{"“One goes on", "“and ends here.”"}},
		{"“One is never closed.\n\nNothing else", nil},
		{"A 6\" pipe\nand \"more\"", []string{"\"more\""}},
		{"closed” only", nil},
	} {
		runes := []rune(c.text)
		var got []string
		for _, p := range passages(runes) {
			got = append(got, string(runes[p[0]:p[1]]))
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestCard(t *testing.T) {
	corpus, predictions := example(t)
	r, err := Score(corpus, predictions)
	if err != nil {
		t.Fatal(err)
	}
	card := r.Card("read by hand")
	golden := filepath.Join("testdata", "card.md")
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if card != string(want) {
		got := filepath.Join(t.ArtifactDir(), "card.md")
		if err := os.WriteFile(got, []byte(card), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Errorf("the card differs from %s:\n%s", golden, card)
	}
}

func TestLoadRefuses(t *testing.T) {
	if _, err := Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "attributions/*.ann") {
		t.Errorf("an empty folder: %v", err)
	}
}

func FuzzStandoff(f *testing.F) {
	f.Add("T1\tSource 89 106\tThe Courier\nT2\tContent 1 2;5 9\tx\nE1\tAttribution:T4 Content:T2 Source:T1\n")
	f.Add("T1\tCue 1\nE1\t\nT")
	f.Add("T1\tCue 9 1\nE1\t:::T1 Cue2:T1")
	f.Fuzz(func(t *testing.T, s string) {
		list, err := parseStandoff(s)
		if err != nil {
			return
		}
		text := tokenise(harbour)
		for _, a := range list {
			for _, spans := range [][][2]int{a.Source, a.Cue, a.Content} {
				for _, s := range spans {
					if s[0] < 0 || s[1] < s[0] {
						t.Fatalf("span %v", s)
					}
				}
				text.in(spans)
			}
			inMarks(text, a.Content)
		}
	})
}
