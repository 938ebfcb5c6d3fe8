package sqlite

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// What was kept with older tables is indexed, counted and doubted once the
// archive is opened.
func TestOlderArchive(t *testing.T) {
	for _, older := range []string{
		"DROP INDEX tie_doubted; DROP TABLE doubt; DROP TABLE facet; DROP INDEX version_first; ALTER TABLE version DROP COLUMN amended; DELETE FROM counter WHERE name = 'facet'; PRAGMA user_version = 2",
		"DROP INDEX tie_doubted; DROP TABLE doubt; DELETE FROM facet; DROP TABLE spoken; CREATE VIRTUAL TABLE spoken USING fts5 (words, who, about, content = '', tokenize = 'ascii'); DELETE FROM counter WHERE name = 'facet'; PRAGMA user_version = 4",
	} {
		path := filepath.Join(t.TempDir(), "archive.db")
		s := open(t, path)
		for n := range 3 {
			keep(t, s, generated.New(3), n)
		}
		queries := []archive.Query{{}, {Words: "the"}, {Words: `"of the" OR "to the"`}}
		var want []*archive.Facets
		for _, q := range queries {
			f, err := s.Facets(t.Context(), q)
			if err != nil || f.Hits == 0 {
				t.Fatal(f, err)
			}
			want = append(want, f)
		}
		doubted := doubts(t, s)
		if len(doubted) == 0 {
			t.Fatal("nothing is in doubt")
		}
		if _, err := s.(*store).write.conn.ExecContext(t.Context(), older); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, path)
		for i, q := range queries {
			if got, err := s.Facets(t.Context(), q); err != nil || !reflect.DeepEqual(got, want[i]) {
				t.Errorf("%+v: got %+v (%v), want %+v", q, got, err, want[i])
			}
		}
		if got := doubts(t, s); !slices.Equal(got, doubted) {
			t.Errorf("in doubt are %+v, want %+v", got, doubted)
		}
		for trouble, err := range s.Verify(t.Context()) {
			t.Error(trouble, err)
		}
	}
}

func doubts(t *testing.T, s archive.Store) (out []archive.Doubt) {
	t.Helper()
	for _, about := range []archive.Doubted{archive.DoubtedStatement, archive.DoubtedSpeaker, archive.DoubtedLabel} {
		for x, err := range s.Doubts(t.Context(), about, archive.Doubt{}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, x)
		}
	}
	return out
}
