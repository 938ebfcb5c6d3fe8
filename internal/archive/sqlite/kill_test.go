package sqlite

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// How many times TestKill kills, and how many articles are to be kept:
//
//	go test ./internal/archive/sqlite -run TestKill -kills 200
var kills = flag.Int("kills", 5, "times that TestKill kills the program while it keeps")

const killArticles = 60

// child is the variable by which a test starts this program as one that keeps.
const child = "WHOSAID_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(child); path != "" {
		if err := keepAll(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// keepAll keeps all articles, a few in each transaction, and prints the id of
// each once it is kept. Now and then one is a new edition, or is forgotten.
func keepAll(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	m := generated.New(1)
	for n := 0; n < killArticles; {
		var batch []*archive.Ready
		for range 1 + n%4 {
			r, err := archive.Prepare(m.Article(n).Entry)
			if err != nil {
				return err
			}
			if n%7 == 0 {
				edited := *r.Doc
				edited.Text += "\n\nCorrected."
				if r, err = archive.Prepare(archive.Entry{Doc: &edited, Reader: r.Reader}); err != nil {
					return err
				}
			}
			if n++; n <= killArticles {
				batch = append(batch, r)
			}
		}
		out, err := s.Keep(ctx, batch...)
		if err != nil {
			return err
		}
		for i, o := range out {
			fmt.Println(batch[i].Doc.ID, o.Status)
		}
	}
	return nil
}

func start(path string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+path)
	return cmd
}

// TestKill kills the program at random moments while it keeps articles. What it
// said is kept must be there, whole; the file must be sound; and running it
// again must bring the rest, nothing twice.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	var ids []string
	m := generated.New(1)
	for n := range killArticles {
		ids = append(ids, m.Article(n).Doc.ID)
	}
	early, late := 0, 0
	for k := range *kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", k))
		said := map[string]bool{}
		// Several deaths of one archive, then the rest in peace.
		for range 1 + k%3 {
			if die(t, path, rand.IntN(killArticles), said) {
				late++
			} else {
				early++
			}
		}
		if _, err := os.Stat(path); err == nil {
			inspect(t, path, said)
		}
		if out, err := start(path).CombinedOutput(); err != nil {
			t.Fatalf("running it again: %v: %s", err, out)
		}
		for _, id := range ids {
			said[id] = true
		}
		if n := inspect(t, path, said); n != killArticles {
			t.Errorf("%d versions are there after running it again, want %d", n, killArticles)
		}
		if t.Failed() {
			t.Fatalf("kill %d of %d", k+1, *kills)
		}
		os.Remove(path)
	}
	t.Logf("%d were killed at work, %d had ended", early, late)
	if *kills >= 20 && early < *kills/2 {
		t.Errorf("only %d of %d were killed at work: the test shows little", early, *kills)
	}
}

// die starts the program, kills it a moment after it said so many lines, and
// adds to said what it said is kept. It reports whether the program had ended
// by then.
func die(t *testing.T, path string, lines int, said map[string]bool) bool {
	t.Helper()
	cmd := start(path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func(after time.Duration) { time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) }
	if lines == 0 { // as it opens the file
		kill(time.Duration(rand.Int64N(int64(100 * time.Millisecond))))
	}
	for scan := bufio.NewScanner(out); scan.Scan(); lines-- {
		// A line that was cut short says nothing.
		if id, status, ok := strings.Cut(scan.Text(), " "); ok && (status == "new" || status == "present") {
			said[id] = true
		}
		if lines == 1 {
			kill(time.Duration(rand.Int64N(int64(20 * time.Millisecond))))
		}
	}
	return cmd.Wait() == nil
}

// inspect checks that an archive is sound and has what was said to be kept, and
// returns how many versions it has.
func inspect(t *testing.T, path string, said map[string]bool) int {
	t.Helper()
	s := open(t, path)
	defer s.Close()
	for fault, err := range s.Verify(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("verify: %s", fault)
	}
	n := 0
	for v, err := range s.Versions(t.Context(), archive.Selection{Past: true, Vectors: true}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		delete(said, v.Info.ID)
		if v.Statements == 0 || v.Statements != len(v.Doc.Statements) {
			t.Errorf("%s has %d statements of %d", v.Info.ID, len(v.Doc.Statements), v.Statements)
		}
	}
	if len(said) > 0 {
		t.Errorf("%d articles were said to be kept and are not there: %v", len(said), said)
	}
	clear(said)
	return n
}
