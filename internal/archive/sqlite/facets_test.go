package sqlite

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
)

// What was kept before there was anything to count, and nothing to doubt, is
// counted and doubted once the archive is opened.
func TestFacetsOfOlderArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s := open(t, path)
	m := generated.New(3)
	for i := range 3 {
		ready, err := archive.Prepare(m.Article(i).Entry)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Keep(t.Context(), ready); err != nil {
			t.Fatal(err)
		}
	}
	want, err := s.Facets(t.Context(), archive.Query{})
	if err != nil || want.Hits == 0 {
		t.Fatal(want, err)
	}
	doubts := func(s archive.Store) (out []archive.Doubt) {
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
	doubted := doubts(s)
	if len(doubted) == 0 {
		t.Fatal("nothing is in doubt")
	}
	if _, err := s.(*store).write.conn.ExecContext(t.Context(), "DROP TABLE doubt; DROP TABLE facet; DROP INDEX version_first; ALTER TABLE version DROP COLUMN amended; PRAGMA user_version = 2"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if got, err := s.Facets(t.Context(), archive.Query{}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v (%v), want %+v", got, err, want)
	}
	if got := doubts(s); !slices.Equal(got, doubted) {
		t.Errorf("in doubt are %+v, want %+v", got, doubted)
	}
}
