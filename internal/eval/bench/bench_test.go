package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/annotate/standard"
	"whosaid/internal/annotate/statements"
	"whosaid/internal/engine"
	"whosaid/internal/neural/encoder"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

// newPipeline is the program's pipeline at a precision by the encoder's name.
func newPipeline(precision string) (*pipeline.Pipeline, error) {
	p := encoder.Quantised
	if precision == encoder.Float32.String() {
		p = encoder.Float32
	}
	return standard.New(standard.Options{Statements: statements.Options{Precision: p}})
}

// article writes an invented article of about n words.
func article(t testing.TB, n int) string {
	t.Helper()
	people := []string{"Ilse Varga", "the harbour master", "a spokeswoman for Holm Council", "Jon Aker", "two fishermen"}
	cues := []string{"said", "told the Holm Courier", "added", "warned", "insisted in a statement"}
	claims := []string{
		"the ferry would run again by the first of May", "nobody had asked the island's residents",
		"the new pier cost twice what was promised", "the ice was thinner than in any year since 1961",
	}
	var b strings.Builder
	words := 0
	for i := 0; words < n; i++ {
		person, cue, claim := people[i%5], cues[i/2%5], claims[i/3%4]
		paragraph := fmt.Sprintf("On day %d %s %s that %s.", i+1, person, cue, claim)
		if i%3 == 0 {
			paragraph = fmt.Sprintf("“In week %d %s,” %s %s. It has snowed since.", i+1, claim, person, cue)
		}
		words += len(strings.Fields(paragraph))
		b.WriteString(paragraph + "\n\n")
	}
	file := filepath.Join(t.TempDir(), fmt.Sprintf("%d-words.txt", n))
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestRun measures two short articles. It asserts no times: those are the
// machine's affair.
func TestRun(t *testing.T) {
	r, err := Run(context.Background(), Options{
		Inputs: []string{article(t, 60), article(t, 90)}, Precisions: []string{"int8", "f32"}, Pipeline: newPipeline,
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Articles != 2 || r.Pieces < 150 {
		t.Errorf("%d articles with %d pieces, want 2 with at least 150", r.Articles, r.Pieces)
	}
	var modes []string
	for _, m := range r.Modes {
		modes = append(modes, fmt.Sprint(m.Precision, m.Workers))
		if m.Passes != 1 || m.ArticlesPerSecond <= 0 || m.PiecesPerSecond < m.ArticlesPerSecond {
			t.Errorf("%s with %d workers: %+v", m.Precision, m.Workers, m)
		}
		share := 0.0
		for _, s := range m.Stages {
			share += s.Share
		}
		if m.Workers == 1 && (share < 0.999 || share > 1.001) {
			t.Errorf("%s: the stages' shares sum to %v", m.Precision, share)
		}
	}
	if want := "int81 int82 f321"; r.CPUs > 1 && strings.Join(modes, " ") != want {
		t.Errorf("modes %v, want %s", modes, want)
	}
	if len(r.Encoder) != 2 || r.Encoder[0].Efficiency() <= 0 || r.Encoder[1].Efficiency() <= 0 {
		t.Errorf("encoder: %+v", r.Encoder)
	}
	text := r.Text()
	for _, want := range []string{"int8, one worker", "ratios", "kernel peak", "int8 / f32"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{empty, filepath.Join(t.TempDir(), "nowhere.txt")} {
		if _, err := Run(context.Background(), Options{Inputs: []string{input}, Precisions: []string{"int8"}, Pipeline: newPipeline}); err == nil {
			t.Errorf("%s is measured", input)
		}
	}
}

func TestChoose(t *testing.T) {
	dir := t.TempDir()
	for i := range 10 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.txt", i)), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	chosen, err := choose([]string{dir}, 3)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range chosen {
		names = append(names, filepath.Base(c))
	}
	if got := strings.Join(names, " "); got != "0.txt 3.txt 6.txt" {
		t.Errorf("3 of 10: %s", got)
	}
}

func BenchmarkReadQuantised(b *testing.B) { benchmarkRead(b, "int8") }

func BenchmarkReadFloat32(b *testing.B) { benchmarkRead(b, "f32") }

// benchmarkRead reads an article of 800 words from text to JSON, on one worker.
func benchmarkRead(b *testing.B, precision string) {
	pipe, err := newPipeline(precision)
	if err != nil {
		b.Fatal(err)
	}
	e, err := engine.New(engine.Options{Pipeline: pipe, Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	inputs := []string{article(b, 800)}
	pieces := 0
	read := func() {
		err := e.Read(context.Background(), inputs, func(r engine.Result) error {
			if r.Err != nil {
				return r.Err
			}
			pieces += len(r.Doc.Pieces)
			return record.Encode(r.Doc).Write(io.Discard, false)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	read() // lays the weights out
	pieces = 0
	for b.Loop() {
		read()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(pieces)/b.Elapsed().Seconds(), "pieces/s")
}
