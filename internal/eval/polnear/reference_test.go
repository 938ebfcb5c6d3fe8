package polnear

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"whosaid/internal/eval/reference"
	"whosaid/internal/record"
)

// TestSameFiguresAsReference damages the gold attributions of dev at random,
// lightly to beyond recognition, and asks both scorers about the result.
func TestSameFiguresAsReference(t *testing.T) {
	dir := reference.Path(t, "data", "polnear", "dev")
	corpus, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for seed, damage := range []float64{0, 0.1, 0.3, 0.8} {
		t.Run(fmt.Sprint(damage), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 7))
			var records bytes.Buffer
			var predictions []Prediction
			for _, a := range corpus.Articles {
				if random.Float64() < damage/10 {
					continue // an article without a record
				}
				r := perturb(a, damage, random)
				if err := r.Write(&records, false); err != nil {
					t.Fatal(err)
				}
				predictions = append(predictions, FromRecord(r))
			}
			report, err := Score(corpus, predictions)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, dir, records.String(), report)
			if f := report.Total[Strict].F(); damage == 0 && f != 100 {
				t.Errorf("gold against itself: all three exact F %v, want 100", f)
			} else if c := report.Total[Content50].F(); damage > 0.1 && (c == 0 || f > 90) {
				t.Errorf("content50 F %v, all three exact F %v: the damage tests nothing", c, f)
			}
		})
	}
}

// compare runs the reference scorer over records and requires its figures of
// report, key by key.
func compare(t *testing.T, dir, records string, report Report) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "predictions.jsonl")
	if err := os.WriteFile(file, []byte(reference.Run(t, "record_to_pred.py", records)), 0o600); err != nil {
		t.Fatal(err)
	}
	var want, got map[string]any
	if err := json.Unmarshal([]byte(reference.Run(t, "score_attributions.py", "", dir, file, "--json")), &want); err != nil {
		t.Fatal(err)
	}
	ours, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(ours, &got); err != nil {
		t.Fatalf("%v in %s", err, ours)
	}
	if len(want) != int(metricCount)+2 {
		t.Errorf("the reference gives %d figures, want %d", len(want), metricCount+2)
	}
	for key := range want {
		if !reflect.DeepEqual(got[key], want[key]) {
			t.Errorf("%s: %v, the reference has %v", key, got[key], want[key])
		}
	}
}

// perturb makes a record out of the gold of a. With the given probability each
// span is moved, cut, broken in two or lost, and statements are lost, doubled,
// given to another's source, nested or put down to marks alone.
func perturb(a Article, damage float64, random *rand.Rand) record.Record {
	text := []rune(a.Text)
	happens := func() bool { return random.Float64() < damage }
	bend := func(spans [][2]int) []record.Span {
		out := []record.Span{}
		for _, s := range spans {
			if happens() {
				s[0] += random.IntN(25) - 12
			}
			if happens() {
				s[1] += random.IntN(25) - 12
			}
			s[0] = max(s[0], 0)
			s[1] = max(s[1], s[0])
			switch {
			case happens() && random.IntN(2) == 0:
				continue
			case happens() && s[1]-s[0] > 2:
				cut := s[0] + 1 + random.IntN(s[1]-s[0]-1)
				out = append(out, span(text, s[0], cut), span(text, cut, s[1]))
			default:
				out = append(out, span(text, s[0], s[1]))
			}
		}
		return out
	}
	r := record.Record{Format: record.Format, Article: record.Article{File: filepath.Join("some", "where", a.ID+".txt"), Text: a.Text}, Statements: []record.Statement{}, Actors: []record.Actor{}}
	for i := range a.Gold {
		g := a.Gold[i]
		if happens() && random.IntN(2) == 0 {
			continue
		}
		if happens() {
			g.Source = a.Gold[random.IntN(len(a.Gold))].Source
		}
		s := record.Statement{ID: fmt.Sprint("s", i), By: "model", Source: bend(g.Source), Cue: bend(g.Cue), Content: bend(g.Content)}
		if happens() && random.IntN(3) == 0 {
			s.By = "marks"
		}
		if happens() && random.IntN(3) == 0 {
			parent := "s0"
			s.Parent = &parent
		}
		r.Statements = append(r.Statements, s)
		if happens() && random.IntN(3) == 0 {
			r.Statements = append(r.Statements, s) // ties, to be broken the same way
		}
	}
	random.Shuffle(len(r.Statements), func(i, j int) {
		r.Statements[i], r.Statements[j] = r.Statements[j], r.Statements[i]
	})
	return r
}

// TestSameFiguresOnMadeUpArticles has very short articles full of random
// relations, so that alignments collide and tie, in files with the oddities
// that standoff may have.
func TestSameFiguresOnMadeUpArticles(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	dir := t.TempDir()
	for _, sub := range []string{"text", "attributions"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write := func(sub, name, text string) {
		if err := os.WriteFile(filepath.Join(dir, sub, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const text = "\ufeff“We stay,”\u00a0said Zoë O’Hara. Then \"she\" left 😀 “for now”.\r\n"
	length := len([]rune(text))
	spans := func(most int) [][2]int {
		var list [][2]int
		for range random.IntN(most + 1) {
			start := random.IntN(length)
			list = append(list, [2]int{start, min(length, start+1+random.IntN(length/2))})
		}
		return list
	}
	var records bytes.Buffer
	for n := range 400 {
		id := fmt.Sprintf("courier_%d.%d", n%7, n)
		write("text", id+".txt", text)
		var ann strings.Builder
		bound := 0
		for e := range random.IntN(6) {
			fmt.Fprintf(&ann, "T%d\tAttribution 0 3\tx\n", bound)
			arguments := fmt.Sprintf("Attribution:T%d", bound)
			bound++
			for _, role := range []string{"Content", "Cue", "Source", "Content2"} {
				list := spans(2)
				if len(list) == 0 {
					continue
				}
				pairs := make([]string, len(list))
				for i, s := range list {
					pairs[i] = fmt.Sprint(s[0], " ", s[1])
				}
				fmt.Fprintf(&ann, "T%d\t%s %s\tx\n", bound, strings.TrimRight(role, "2"), strings.Join(pairs, ";"))
				arguments += fmt.Sprintf(" %s:T%d", role, bound)
				bound++
			}
			fmt.Fprintf(&ann, "E%d\t%s Cue9:T999\n", e, arguments)
		}
		write("attributions", id+"_b1.ann", strings.ReplaceAll(ann.String(), "\n", []string{"\n", "\r\n"}[n%2]))
		write("attributions", id+"_c2.ann", "T1\tContent 0 9\tx\nE1\tContent:T1\n")
		if n%50 == 0 {
			write("text", id+"-unread.txt", "Nobody annotated this.")
		}
	}
	corpus, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(corpus.Articles) != 400 {
		t.Fatalf("%d articles, want 400", len(corpus.Articles))
	}
	var predictions []Prediction
	for _, a := range corpus.Articles {
		r := perturb(Article{ID: a.ID, Text: a.Text}, 0, random)
		for _, g := range a.Gold { // right in part, several alike
			for range random.IntN(3) {
				r.Statements = append(r.Statements, statement(a, pick(random, g.Source, spans(2)), pick(random, g.Cue, spans(2)), pick(random, g.Content, spans(2))))
			}
		}
		for range random.IntN(4) {
			r.Statements = append(r.Statements, statement(a, spans(2), spans(1), spans(3)))
		}
		if err := r.Write(&records, false); err != nil {
			t.Fatal(err)
		}
		predictions = append(predictions, FromRecord(r))
	}
	report, err := Score(corpus, predictions)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, dir, records.String(), report)
}

func pick(random *rand.Rand, a, b [][2]int) [][2]int {
	if random.IntN(3) > 0 {
		return a
	}
	return b
}

func statement(a Article, source, cue, content [][2]int) record.Statement {
	of := func(ranges [][2]int) []record.Span {
		out := []record.Span{}
		for _, s := range ranges {
			out = append(out, span([]rune(a.Text), s[0], s[1]))
		}
		return out
	}
	return record.Statement{By: "model", Source: of(source), Cue: of(cue), Content: of(content)}
}

func span(text []rune, start, end int) record.Span {
	to := min(end, len(text))
	return record.Span{Start: start, End: end, Text: string(text[min(start, to):to])}
}

// TestWordsAsInReference compares the words of made-up text in many scripts
// with those of the reference's regular expression.
func TestWordsAsInReference(t *testing.T) {
	// A digit for each code point: 1 for a word character, 0 for another, 2 for
	// one that this Python does not know yet.
	script := `import unicodedata, json
from score_attributions import tokens
kind = lambda c: 2 if unicodedata.category(c) in ('Cn', 'Cs') else len(tokens(c))
print(''.join(str(kind(chr(c))) for c in range(0x110000)))
print(json.dumps(tokens(sys.stdin.read())))`
	const text = "Mr. O’Neill-Smith's “re-elect”ed ex- 'em rock-'n'-roll 3½ x² naïve_é cafe\u0301 don''t a-b-c- -d السلام ١٢ 第三 Ⅳ"
	out := reference.Script(t, script, text)
	kinds, tokens, _ := strings.Cut(out, "\n")
	if len(kinds) != unicode.MaxRune+1 {
		t.Fatalf("%d code points, want %d", len(kinds), unicode.MaxRune+1)
	}
	for r, kind := range kinds {
		if kind != '2' && (kind == '1') != wordRune(rune(r)) {
			t.Errorf("%U: word character %v, the reference says %c", r, wordRune(rune(r)), kind)
		}
	}
	var words [][2]int
	if err := json.Unmarshal([]byte(tokens), &words); err != nil {
		t.Fatal(err)
	}
	if got := tokenise(text).words; !reflect.DeepEqual(got, words) {
		t.Errorf("words %v, the reference has %v", got, words)
	}
}
