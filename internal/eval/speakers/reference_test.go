package speakers

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/eval/polnear"
	"whosaid/internal/eval/reference"
	"whosaid/internal/record"
)

// TestSameFiguresAsReference gives gold statements damaged spans and speakers
// that are right, other people's, descriptions or nobody, and asks both scorers.
func TestSameFiguresAsReference(t *testing.T) {
	dir, table := reference.Path(t, "data", "polnear", "dev"), reference.Path(t, "data", "speakers", "dev.tsv")
	corpus, err := polnear.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	gold, err := Load(table)
	if err != nil {
		t.Fatal(err)
	}
	for seed, damage := range []float64{0, 0.2, 0.7} {
		t.Run(fmt.Sprint(damage), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 5))
			var jsonl bytes.Buffer
			var records []record.Record
			for _, a := range corpus.Articles {
				if random.Float64() < damage/10 {
					continue
				}
				r := guess(a, gold[a.ID], damage, random)
				records = append(records, r)
				if err := r.Write(&jsonl, false); err != nil {
					t.Fatal(err)
				}
			}
			report, err := Score(corpus, gold, records)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "predictions.jsonl")
			if err := os.WriteFile(file, []byte(reference.Run(t, "record_to_pred.py", jsonl.String())), 0o600); err != nil {
				t.Fatal(err)
			}
			want := strings.TrimSpace(reference.Run(t, "score_speakers.py", "", dir, table, file))
			got, _, _ := strings.Cut(report.Text(), "\n")
			if got != want {
				t.Errorf("figures\n%s\nthe reference has\n%s", got, want)
			}
			if damage == 0 && report.RightFound.Percent() != 100 {
				t.Errorf("gold against itself: right|found %v", report.RightFound)
			}
		})
	}
}

// guess makes a record out of the gold of a.
func guess(a polnear.Article, rows map[string]Row, damage float64, random *rand.Rand) record.Record {
	happens := func() bool { return random.Float64() < damage }
	text := []rune(a.Text)
	spans := func(ranges [][2]int) []record.Span {
		list := []record.Span{}
		for _, s := range ranges {
			if happens() {
				s[0] = max(0, s[0]+random.IntN(41)-20)
			}
			if happens() {
				s[1] += random.IntN(41) - 20
			}
			s[1] = min(max(s[0], s[1]), len(text))
			list = append(list, record.Span{Start: s[0], End: s[1], Text: string(text[min(s[0], s[1]):s[1]])})
		}
		return list
	}
	r := record.Record{
		Format: record.Format, Article: record.Article{File: filepath.Join("x", a.ID+".txt"), Text: a.Text},
		Statements: []record.Statement{}, Actors: []record.Actor{},
	}
	var everybody []string
	for _, row := range rows {
		everybody = append(everybody, row.Speakers...)
	}
	for i, g := range a.Gold {
		s := record.Statement{ID: fmt.Sprint("s", i), By: "model", Source: spans(g.Source), Cue: spans(g.Cue), Content: spans(g.Content)}
		names := rows[g.ID].Speakers
		if happens() && len(everybody) > 0 {
			names = []string{everybody[random.IntN(len(everybody))]}
		}
		if happens() {
			names = names[:random.IntN(len(names)+1)]
		}
		for k, n := range names {
			id := fmt.Sprint("a", i, "_", k)
			rest, unnamed := strings.CutPrefix(n, "unnamed: ")
			if n == "unknown" {
				continue
			}
			if happens() {
				rest = damaged(rest, random)
			}
			if happens() {
				s.Speakers = append(s.Speakers, record.Speaker{Name: rest})
				continue
			}
			r.Actors = append(r.Actors, record.Actor{ID: id, Name: rest, Named: !unnamed})
			s.Speakers = append(s.Speakers, record.Speaker{Actor: id, Name: rest})
		}
		r.Statements = append(r.Statements, s)
	}
	return r
}

// damaged is a name in another spelling that may still be the same.
func damaged(name string, random *rand.Rand) string {
	switch random.IntN(6) {
	case 0:
		return "The " + strings.ToUpper(name)
	case 1:
		return name + "’s"
	case 2:
		words := strings.Fields(name)
		return words[len(words)-1]
	case 3:
		return strings.ReplaceAll(name, "e", "é")
	case 4:
		return strings.Fields(name)[0]
	}
	return name + " Jr."
}

// TestFoldAsInReference compares folded names with the reference's.
func TestFoldAsInReference(t *testing.T) {
	names := []string{
		"The Halden Echo", "the", "O’Neill's", "O'Neill's staff", "José Martínez", "İsmet Öz", "Ms. d'Aubigné’s", "Straße 5", "ﬁne Å ½", "A’s b’sc 'S", "al-Sadr", "x's_y", "  ", "ΣΑΣ", "the_x the",
	}
	script := "from score_speakers import fold\nfor l in sys.stdin.read().split('\\n'): print('|'.join(fold(l)))"
	want := strings.Split(reference.Script(t, script, strings.Join(names, "\n")), "\n")
	for i, n := range names {
		if got := strings.Join(Fold(n), "|"); got != want[i] {
			t.Errorf("%q: %q, the reference has %q", n, got, want[i])
		}
	}
}
