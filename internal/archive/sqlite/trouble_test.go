package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/news"
)

// fill keeps articles from to to.
func fill(t testing.TB, s archive.Store, from, to int) {
	t.Helper()
	m := generated.New(1)
	var list []*archive.Ready
	for n := from; n < to; n++ {
		list = append(list, ready(t, m.Article(n).Entry))
	}
	if _, err := s.Keep(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
}

func ready(t testing.TB, e archive.Entry) *archive.Ready {
	t.Helper()
	r, err := archive.Prepare(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// says checks that an error is of a kind and names the archive's file.
func says(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if kind != nil && !errors.Is(err, kind) || err == nil {
		t.Errorf("got %v, want %v", err, kind)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q: %v", w, err)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the error has more than a line: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "none.db")
	_, err := Open(t.Context(), missing, Options{ReadOnly: true})
	says(t, err, archive.ErrMissing, missing, "whosaid add")
	if _, err := os.Stat(missing); err == nil {
		t.Error("looking for an archive made one")
	}

	text := filepath.Join(dir, "text.db")
	content := []byte(strings.Repeat("This is no database.\n", 400))
	if err := os.WriteFile(text, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {ReadOnly: true}} {
		_, err = Open(t.Context(), text, o)
		says(t, err, archive.ErrDamaged, text, "no SQLite database")
	}
	if got, err := os.ReadFile(text); err != nil || !bytes.Equal(got, content) {
		t.Error("a file that is no database was changed")
	}

	foreign := filepath.Join(dir, "foreign.db")
	db, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE song (title TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	before, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {ReadOnly: true}} {
		_, err = Open(t.Context(), foreign, o)
		says(t, err, errForeign, foreign, "no archive of whosaid")
	}
	if after, err := os.ReadFile(foreign); err != nil || !bytes.Equal(before, after) {
		t.Error("somebody else's database was changed")
	}

	_, err = Open(t.Context(), filepath.Join(text, "below", "a.db"), Options{})
	says(t, err, nil, "text.db")
	_, err = Open(t.Context(), dir, Options{})
	says(t, err, nil, dir)
}

func TestNewerIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	fill(t, s, 0, 1)
	if _, err := s.(*store).write.conn.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		_, err := Open(t.Context(), path, o)
		says(t, err, archive.ErrNewer, path, "version 99", fmt.Sprintf("knows %d", len(migrations)))
	}
}

// An older archive is brought forward, once, and a copy of it put aside.
func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path).(*store)
	fill(t, s, 0, 2)
	steps := append(append([]string{}, migrations...),
		"CREATE TABLE extra (x INTEGER) STRICT; INSERT INTO extra VALUES (1)",
		"UPDATE extra SET x = x + 1")
	for range 2 {
		if err := s.migrate(t.Context(), steps); err != nil {
			t.Fatal(err)
		}
	}
	var x, version int
	if err := s.db.QueryRow("SELECT x, (SELECT user_version FROM pragma_user_version) FROM extra").Scan(&x, &version); err != nil || x != 2 || version != len(steps) {
		t.Errorf("x is %d in version %d, %v", x, version, err)
	}
	old := open(t, fmt.Sprintf("%s.schema-%d", path, len(migrations)))
	if stats, err := old.Stats(t.Context()); err != nil || stats.Articles != 2 {
		t.Errorf("the copy from before has %+v, %v", stats, err)
	}
	// A step that fails changes nothing.
	bad := append(append([]string{}, steps...), "CREATE TABLE more (x INTEGER) STRICT; CREATE TABLE song (")
	if err := s.migrate(t.Context(), bad); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("version %d", len(bad))) {
		t.Errorf("a step that fails gives %v", err)
	}
	if err := s.db.QueryRow("SELECT count(*) FROM more").Scan(&x); err == nil {
		t.Error("half of a step was done")
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, archive.ErrNewer) {
		t.Errorf("this program opens version %d: %v", len(steps), err)
	}
}

// The file of an archive holds nothing of what was forgotten.
func TestForgetLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	fill(t, s, 0, 5)
	doc := &news.Document{}
	doc.Text = "Zwirbeltraum headline\n\nGrobschnabel said xylofrosch will come."
	doc.Title, doc.URL, doc.Outlet, doc.ID = "Zwirbeltraum headline", "https://x.example/kraxelhuber", "Quargelpost", "0123456789abcdef"
	at := func(w string) news.Span {
		k := strings.Index(doc.Text, w)
		return news.Span{Start: k, End: k + len(w)}
	}
	doc.Statements = []news.Statement{{ID: "s1", By: "model", Form: "indirect", Source: []news.Span{at("Grobschnabel")}, Cue: []news.Span{at("said")}, Content: []news.Span{at("xylofrosch will come")}}}
	page := &archive.Page{Body: []byte("fnordpage"), Type: "text/html"}
	if _, err := s.Keep(t.Context(), ready(t, archive.Entry{Doc: doc, Page: page})); err != nil {
		t.Fatal(err)
	}
	fill(t, s, 5, 8)
	holds := func() (found []string) {
		t.Helper()
		for _, ending := range []string{"", "-wal"} {
			data, err := os.ReadFile(path + ending)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []string{"xylofrosch", "grobschnabel", "Zwirbeltraum", "kraxelhuber", "Quargelpost"} {
				if bytes.Contains(data, []byte(w)) {
					found = append(found, w+ending)
				}
			}
		}
		return found
	}
	if len(holds()) < 3 {
		t.Fatalf("only %v are found before: the test shows nothing", holds())
	}
	if _, err := s.Forget(t.Context(), archive.Target{Outlet: "quargelpost"}); err != nil {
		t.Fatal(err)
	}
	if left := holds(); len(left) > 0 {
		t.Errorf("%v are left in the file", left)
	}
	if p, err := s.Page(t.Context(), 6); p != nil || err != nil {
		t.Errorf("the page is left: %v, %v", p, err)
	}
}

// Whatever page of the file is damaged, what is asked gives an answer or an
// error; verify tells of it, and the rest can be had.
func TestDamagedPage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	s := open(t, path)
	fill(t, s, 0, 40)
	s.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const size = 8192
	told, silent, saved := 0, 0, 0
	pages := len(whole) / size
	for page := 1; page < pages; page += max(1, pages/12) {
		bad := append([]byte{}, whole...)
		for i := range 64 {
			bad[page*size+40*i] ^= 0x55
		}
		damaged := filepath.Join(dir, fmt.Sprintf("%d.db", page))
		if err := os.WriteFile(damaged, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), damaged, Options{})
		if err != nil {
			says(t, err, archive.ErrDamaged, damaged)
			told++
			continue
		}
		faults := 0
		for _, err := range s.Verify(t.Context()) {
			faults++
			if err != nil {
				says(t, err, archive.ErrDamaged, damaged)
			}
		}
		if faults > 0 {
			told++
		} else {
			silent++
		}
		for _, err := range s.Search(t.Context(), archive.Query{Words: "the OR of"}) {
			if err != nil {
				says(t, err, archive.ErrDamaged, damaged)
			}
		}
		there := 0
		for id := range int64(40) {
			if _, err := s.Version(t.Context(), id+1); err == nil {
				there++
			}
		}
		saved += there
		rescued(t, s, there)
		s.Close()
	}
	t.Logf("%d told, %d silent (pages that hold nothing), %d versions could be read", told, silent, saved)
	if told < silent || saved == 0 {
		t.Errorf("damage was told of %d times, and not %d times; %d versions could be read", told, silent, saved)
	}
}

// rescued checks that everything of a damaged archive that can be read makes a
// sound one.
func rescued(t *testing.T, s archive.Store, versions int) {
	t.Helper()
	var lines bytes.Buffer
	lost := 0
	n, err := archive.Rescue(t.Context(), s, &lines, func(err error) {
		lost++
		says(t, err, archive.ErrDamaged)
	})
	if err != nil {
		says(t, err, archive.ErrDamaged) // of what it needs to begin with
		return
	}
	if n != versions {
		t.Errorf("%d versions were rescued of %d that can be read; %d things were told to be lost", n, versions, lost)
	}
	to := open(t, filepath.Join(t.TempDir(), "rescued.db"))
	if err := archive.Import(t.Context(), to, &lines, "test", archive.Filling{}); err != nil {
		t.Fatal(err)
	}
	for fault, err := range to.Verify(t.Context()) {
		t.Errorf("what was rescued: %s %v", fault, err)
	}
	if stats, err := to.Stats(t.Context()); err != nil || stats.Versions != int64(n) {
		t.Errorf("%d versions were rescued, %+v came in, %v", n, stats, err)
	}
}

// Another's transaction is waited for, and not for ever.
func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path).(*store)
	other, err := Open(t.Context(), path, Options{Wait: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	entry := ready(t, generated.New(1).Article(0).Entry)
	err = s.write.transaction(t.Context(), func(context.Context) error {
		_, err := other.Keep(t.Context(), entry)
		says(t, err, archive.ErrBusy, path)
		// Reading waits for nobody.
		if _, err := other.Stats(t.Context()); err != nil {
			t.Error(err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Keep(t.Context(), entry); err != nil {
		t.Errorf("after the other has ended: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	fill(t, open(t, path), 0, 3)
	s, err := Open(t.Context(), path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Keep(t.Context(), ready(t, generated.New(1).Article(9).Entry))
	says(t, err, archive.ErrReadOnly, path)
	if _, err := s.Forget(t.Context(), archive.Target{Article: "x"}); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("forgetting gives %v", err)
	}
	if stats, err := s.Stats(t.Context()); err != nil || stats.Articles != 3 {
		t.Errorf("%+v, %v", stats, err)
	}
}

// A copy is whole while others write, and never takes the place of a file.
func TestCopyWhileWriting(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db")).(*store)
	fill(t, s, 0, 30)
	done := make(chan error)
	go func() {
		m := generated.New(1)
		var err error
		for n := 30; n < 60 && err == nil; n++ {
			var r *archive.Ready
			if r, err = archive.Prepare(m.Article(n).Entry); err == nil {
				_, err = s.Keep(context.Background(), r)
			}
		}
		done <- err
	}()
	path := filepath.Join(dir, "copy.db")
	if err := s.CopyTo(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	c := open(t, path)
	for fault, err := range c.Verify(t.Context()) {
		t.Errorf("the copy: %s %v", fault, err)
	}
	if stats, err := c.Stats(t.Context()); err != nil || stats.Articles < 30 {
		t.Errorf("the copy has %+v, %v", stats, err)
	}
	if err := s.CopyTo(t.Context(), path); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a second copy to the same file gives %v", err)
	}
}
