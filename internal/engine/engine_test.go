package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

// article is long enough to be taken for one.
func article(n int) string {
	return fmt.Sprintf("Bridge %d to close\n\nThe bridge over the Aster will close in spring, the council of Kelmere said on Monday.\n\n"+
		"“We have waited long enough,” said Ida Brandt, who leads it. She added that number %d was the oldest of all the bridges in the county.\n", n, n)
}

// write makes a folder of n articles and returns their paths in order.
func write(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i := range n {
		path := filepath.Join(dir, fmt.Sprintf("a%03d.txt", i))
		if err := os.WriteFile(path, []byte(article(i)), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// writeMany makes one file of n articles, a JSON object a line.
func writeMany(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"title\": \"Bridge %d\", \"text\": %q}\n", i, article(i))
	}
	path := filepath.Join(t.TempDir(), "many.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// newEngine has one stage.
func newEngine(t *testing.T, workers int, name string, run func(context.Context, *news.Document) error) *Engine {
	t.Helper()
	p, err := pipeline.New(pipeline.Stage{Name: name, Doc: "For the test.", Run: run})
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(Options{Pipeline: p, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// first marks the first word as the outlet's own voice.
func first(_ context.Context, doc *news.Document) error {
	doc.OwnVoice = []news.Span{{Start: 0, End: strings.IndexByte(doc.Text, ' ')}}
	return nil
}

func TestOutputIsTheSameForAnyWorkers(t *testing.T) {
	args := write(t, 20)
	args = append(args, writeMany(t, 40), filepath.Join(t.TempDir(), "missing.txt"), "ftp://example.org/a.txt")
	args = append(args, write(t, 20)...)
	slow := func(ctx context.Context, doc *news.Document) error {
		time.Sleep(rand.N(2 * time.Millisecond))
		return first(ctx, doc)
	}
	var want string
	for _, workers := range []int{1, 2, 3, 16} {
		var out bytes.Buffer
		err := newEngine(t, workers, "slow", slow).Read(t.Context(), args, func(r Result) error {
			if r.Err != nil {
				fmt.Fprintln(&out, r.Err)
				return nil
			}
			return record.Encode(r.Doc).Write(&out, false)
		})
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(out.String(), "\n"); lines != 82 {
			t.Fatalf("%d workers gave %d results, want 82", workers, lines)
		}
		if workers == 1 {
			want = out.String()
		} else if out.String() != want {
			t.Errorf("the output of %d workers differs from that of one", workers)
		}
	}
}

// TestMemoryIsBounded yields slowly and counts how far the workers run ahead.
func TestMemoryIsBounded(t *testing.T) {
	const workers = 3
	var begun, yielded atomic.Int64
	var ahead int64
	e := newEngine(t, workers, "count", func(context.Context, *news.Document) error {
		begun.Add(1)
		return nil
	})
	args := append(write(t, 20), writeMany(t, 40))
	err := e.Read(t.Context(), append(args, write(t, 20)...), func(Result) error {
		time.Sleep(time.Millisecond)
		ahead = max(ahead, begun.Load()-yielded.Load())
		yielded.Add(1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if yielded.Load() != 80 {
		t.Errorf("%d results, want 80", yielded.Load())
	}
	if most := int64(workers * (placesEach + 1)); ahead > most {
		t.Errorf("%d articles were in flight, want %d at most", ahead, most)
	}
	if ahead < workers {
		t.Errorf("only %d articles were in flight: the %d workers do not run side by side", ahead, workers)
	}
}

// TestLongArticleLeavesTheOthersWorking holds up the first article until others
// were read.
func TestLongArticleLeavesTheOthersWorking(t *testing.T) {
	const others = 12
	var read atomic.Int64
	enough := make(chan struct{})
	e := newEngine(t, 2, "wait", func(ctx context.Context, doc *news.Document) error {
		if strings.Contains(doc.Text, "Bridge 0 ") {
			select {
			case <-enough:
				return nil
			case <-time.After(time.Minute):
				return fmt.Errorf("only %d other articles were read in the meantime", read.Load())
			}
		}
		if read.Add(1) == others {
			close(enough)
		}
		return nil
	})
	err := e.Read(t.Context(), write(t, 2*others), func(r Result) error { return r.Err })
	if err != nil {
		t.Error(err)
	}
}

func TestWindowBoundsText(t *testing.T) {
	w := newWindow(t.Context(), 2)
	w.lead(0)
	for input, bytes := range []int{bytesEach, bytesEach / 2, bytesEach / 2} {
		if !w.room(input, bytes) {
			t.Fatalf("no room for input %d", input)
		}
		if err := w.acquire(t.Context(), input, bytes); err != nil {
			t.Fatal(err)
		}
	}
	if w.room(3, 1) {
		t.Error("there is room for more text than the bound")
	}
	if !w.room(0, 1<<20) {
		t.Error("the input at the head has no room for a second article")
	}
	w.release(bytesEach)
	if !w.room(3, bytesEach) || w.room(3, bytesEach+1) {
		t.Error("what was given back is not what there is room for")
	}
}

func TestPanicIsAnErrorOfItsArticle(t *testing.T) {
	args := write(t, 5)
	e := newEngine(t, 2, "forms", func(_ context.Context, doc *news.Document) error {
		if strings.HasPrefix(doc.Text, "Bridge 2") {
			var none []int
			_ = none[len(doc.Text)]
		}
		return nil
	})
	good := 0
	var failed error
	err := e.Read(t.Context(), args, func(r Result) error {
		if r.Err != nil {
			failed = r.Err
		} else {
			good++
		}
		return nil
	})
	if err != nil || good != 4 || failed == nil {
		t.Fatalf("%d good, failed %v, err %v; want 4 good and one failed", good, failed, err)
	}
	for _, want := range []string{"stage forms", "a002.txt", "index out of range", "engine_test.go:"} {
		if !strings.Contains(failed.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, failed)
		}
	}
}

func TestUnsoundSpanIsAnError(t *testing.T) {
	e := newEngine(t, 1, "wild", func(_ context.Context, doc *news.Document) error {
		doc.OwnVoice = []news.Span{{Start: 0, End: len(doc.Text) + 1}}
		return nil
	})
	err := e.Read(t.Context(), write(t, 1), func(r Result) error {
		if r.Err == nil || !strings.Contains(r.Err.Error(), "own voice has the range") {
			t.Errorf("got %v, want an error that names the span", r.Err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFatalProblemSkipsTheStages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "greek.txt")
	text := strings.Repeat("Η δήμαρχος είπε την Τρίτη ότι η γέφυρα θα κλείσει την άνοιξη, επειδή οι πυλώνες της έχουν σκουριάσει. ", 8)
	if err := os.WriteFile(path, []byte("Κλείνει η γέφυρα\n\n"+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := newEngine(t, 1, "never", func(context.Context, *news.Document) error { return errors.New("the stage ran") })
	err := e.Read(t.Context(), []string{path}, func(r Result) error {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if len(r.Doc.Problems) == 0 || r.Doc.Problems[0].Code != news.ProblemLanguage {
			t.Errorf("problems %v, want %s", r.Doc.Problems, news.ProblemLanguage)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestKnownIsNotRead(t *testing.T) {
	p, err := pipeline.New(pipeline.Stage{Name: "first", Doc: "For the test.", Run: first})
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(Options{Pipeline: p, Workers: 2, Known: func(_ context.Context, a *news.Article) bool { return strings.HasPrefix(a.Text, "Bridge 1") }})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = e.Read(t.Context(), write(t, 3), func(r Result) error {
		known := n == 1
		if r.Err != nil || r.Known != known || len(r.Doc.OwnVoice) == 0 != known || r.Doc.Text == "" {
			t.Errorf("result %d is %+v", n, r)
		}
		n++
		return nil
	})
	if err != nil || n != 3 {
		t.Errorf("%d results, %v", n, err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var begun atomic.Bool
	e := newEngine(t, 2, "stuck", func(ctx context.Context, doc *news.Document) error {
		if strings.HasPrefix(doc.Text, "Bridge 0") {
			begun.Store(true)
			return nil
		}
		if !begun.Load() {
			return nil // no worker is kept from the first article
		}
		<-ctx.Done()
		return ctx.Err()
	})
	n := 0
	err := e.Read(ctx, write(t, 50), func(Result) error {
		n++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%d results and %v, want 1 and %v", n, err, context.Canceled)
	}
}

func TestYieldStopsIt(t *testing.T) {
	full := errors.New("the disk is full")
	n := 0
	err := newEngine(t, 4, "first", first).Read(t.Context(), write(t, 50), func(Result) error {
		n++
		if n == 3 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 3 {
		t.Errorf("%d results and %v, want 3 and %v", n, err, full)
	}
}

func TestProgress(t *testing.T) {
	p, err := pipeline.New(pipeline.Stage{Name: "one", Doc: "For the test.", Run: func(_ context.Context, doc *news.Document) error {
		doc.Statements = []news.Statement{{ID: "s1"}, {ID: "s2"}}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	var last Progress
	e, err := New(Options{Pipeline: p, Workers: 2, Progress: func(p Progress) { last = p }})
	if err != nil {
		t.Fatal(err)
	}
	args := append(write(t, 6), writeMany(t, 4), "missing.txt")
	if err := e.Read(t.Context(), args, func(Result) error { time.Sleep(time.Millisecond); return nil }); err != nil {
		t.Fatal(err)
	}
	want := Progress{Inputs: 8, Total: 8, Articles: 10, Statements: 20, Failed: 1}
	if last != want {
		t.Errorf("got %+v, want %+v", last, want)
	}
}

func TestSplit(t *testing.T) {
	a, b, c := errors.New("a"), errors.New("b"), errors.New("c")
	for _, x := range []struct {
		in   error
		want []error
	}{
		{a, []error{a}},
		{errors.Join(a, errors.Join(b, c)), []error{a, b, c}},
	} {
		if got := split(x.in); !reflect.DeepEqual(got, x.want) {
			t.Errorf("split(%v) = %v, want %v", x.in, got, x.want)
		}
	}
	two := fmt.Errorf("%w while %w", a, b)
	if got := split(two); len(got) != 1 || !errors.Is(got[0], two) {
		t.Errorf("split took %v apart", two)
	}
}

func TestNoPipeline(t *testing.T) {
	if _, err := New(Options{Ingest: ingest.Options{}}); err == nil {
		t.Error("an engine without a pipeline was made")
	}
}
