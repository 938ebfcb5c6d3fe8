package measure

import (
	"bytes"
	"context"
	"flag"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/sqlite"
)

var (
	sizes = flag.String("sizes", "1000,3000", "statements to measure at")
	where = flag.String("archive", "", "the archive to fill")
)

func TestMeasure(t *testing.T) {
	path := *where
	if path == "" {
		path = filepath.Join(t.TempDir(), "a.db")
	}
	o := Options{
		Queries: 50, Seed: 1, Say: func(s string) { t.Log(s) },
		Open: func(ctx context.Context) (archive.Store, error) { return sqlite.Open(ctx, path, sqlite.Options{}) },
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		o.Sizes = append(o.Sizes, n)
	}
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + r.Text())
	for i, s := range r.Sizes {
		if s.Statements < int64(o.Sizes[i]) || s.Keep <= 0 || s.Import <= 0 || s.Bytes < 300 || s.Open.P95 <= 0 {
			t.Errorf("%+v is no measure of %d statements", s, o.Sizes[i])
		}
		for _, task := range s.Tasks {
			if task.Hits == 0 {
				t.Errorf("%d statements: %s found nothing in %d tries", o.Sizes[i], task.Name, o.Queries)
			}
		}
	}
}

// BenchmarkImport imports as many statements as b.N articles have, with people
// and vectors; its profile says what keeping them costs.
func BenchmarkImport(b *testing.B) {
	store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	maker := generated.New(1)
	var lines bytes.Buffer
	statements := 0
	for n := range b.N {
		a := maker.Article(n)
		statements += len(a.Doc.Statements)
		if err := archive.WriteLine(&lines, a.Entry); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	before := processorTime()
	if err := archive.Import(b.Context(), store, &lines, "", archive.Filling{}); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	b.ReportMetric(float64(processorTime()-before)/float64(statements)/1e3, "cpu-µs/statement")
}
