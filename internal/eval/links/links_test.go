package links

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/eval/reference"
	"whosaid/internal/relate/utterances"
)

// TestSameFiguresAsReference gives predictions that are right, wrong, turned
// round or missing, and asks both scorers.
func TestSameFiguresAsReference(t *testing.T) {
	table := reference.Path(t, "data", "linking", "dev.tsv")
	gold, err := Load(table)
	if err != nil {
		t.Fatal(err)
	}
	for seed, damage := range []float64{0, 0.3, 0.9} {
		random := rand.New(rand.NewPCG(uint64(seed), 3))
		var said []Pair
		for _, p := range gold {
			if random.Float64() < damage/5 {
				continue
			}
			if random.Float64() < damage {
				p.Relation = all[random.IntN(len(all))]
			}
			if random.IntN(2) == 0 {
				p.A, p.B = p.B, p.A
			}
			said = append(said, p)
		}
		report, err := Score(gold, said)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Write(&out, said); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "said.tsv")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if want := reference.Run(t, "score_links.py", "", table, file); report.Text() != want {
			t.Errorf("damage %v: figures\n%sthe reference has\n%s", damage, report.Text(), want)
		}
	}
}

func TestPairs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pairs.tsv")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []Pair{{ID: "L1", A: Place{"post_2022-01-02_pier", "E1"}, B: Place{"courier_2022-01-03_pier", "E4"}, Relation: utterances.Reported, Note: "two days"}}
	var out bytes.Buffer
	if err := Write(&out, want); err != nil {
		t.Fatal(err)
	}
	write(out.String())
	got, err := Load(file)
	if err != nil || len(got) != 1 || got[0] != want[0] {
		t.Errorf("read back as %+v, %v", got, err)
	}
	for text, says := range map[string]string{"": "no column", "pair\tstem_a\n": "no column", out.String() + "L2\tx\n": "line 3"} {
		write(text)
		if _, err := Load(file); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want something about %q", text, err, says)
		}
	}
	if day("post_2022-01-02_pier") != day("courier_2022-01-03_pier")-1 || day("pier") != 0 {
		t.Error("days are not those of the names")
	}
	if _, err := Score(want, nil); err == nil {
		t.Error("figures of no pair at all")
	}
}
