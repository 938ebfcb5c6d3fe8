package measure

import (
	"context"
	"flag"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"whosaid/internal/archive"
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
