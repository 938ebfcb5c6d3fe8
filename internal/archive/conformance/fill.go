package conformance

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// Many articles are kept in the order in which they come, in batches, past
// those that cannot be made ready; an error that nobody takes ends it, and so
// does who asked.
func fill(t *testing.T, p Place) {
	s := p.New(t)
	m := generated.New(4)
	broken := errors.New("no article")
	jobs := func(from, to int, fails ...int) iter.Seq[archive.Job] {
		return func(yield func(archive.Job) bool) {
			for n := from; n < to; n++ {
				job := func() (*archive.Ready, error) {
					if slices.Contains(fails, n) {
						return nil, fmt.Errorf("article %d: %w", n, broken)
					}
					return archive.Prepare(m.Article(n).Entry)
				}
				if !yield(job) {
					return
				}
			}
		}
	}
	var told []string
	failed := 0
	how := archive.Filling{
		Rows: 40,
		Told: func(list []*archive.Ready, out []archive.Outcome) error {
			if len(list) != len(out) || len(list) > 10 {
				t.Errorf("a batch has %d articles and %d outcomes", len(list), len(out))
			}
			for i, r := range list {
				told = append(told, r.Doc.File)
				if out[i].Status != archive.New {
					t.Errorf("%s is %s", r.Doc.File, out[i].Status)
				}
			}
			return nil
		},
		Failed: func(err error) error {
			failed++
			if !errors.Is(err, broken) {
				t.Error(err)
			}
			return nil
		},
	}
	if err := archive.Fill(t.Context(), s, jobs(0, 60, 0, 17, 59), how); err != nil {
		t.Fatal(err)
	}
	if len(told) != 57 || failed != 3 || !slices.IsSorted(told) {
		t.Errorf("%d were kept, %d failed, in the order %v", len(told), failed, told)
	}
	count := func(want int64) {
		t.Helper()
		if stats, err := s.Stats(t.Context()); err != nil || stats.Articles != want {
			t.Errorf("there are %d articles, %v; want %d", stats.Articles, err, want)
		}
	}
	count(57)
	how.Failed = nil
	if err := archive.Fill(t.Context(), s, jobs(60, 90, 61), how); !errors.Is(err, broken) {
		t.Errorf("after an error of a job: %v", err)
	}
	count(57)
	ctx, cancel := context.WithCancel(t.Context())
	how.Told = func([]*archive.Ready, []archive.Outcome) error {
		cancel()
		return nil
	}
	if err := archive.Fill(ctx, s, jobs(60, 1000), how); !errors.Is(err, context.Canceled) {
		t.Errorf("after it was cancelled: %v", err)
	}
}
