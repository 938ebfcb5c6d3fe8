// Package conformance is what every archive must do, as tests: each kind of
// store runs all of them.
package conformance

import (
	"testing"

	"whosaid/internal/archive"
)

// A Place makes new, empty archives for tests. What it opens it closes when the
// test ends.
type Place interface {
	// New makes an archive and returns the first store of it.
	New(t testing.TB) archive.Store
	// Again opens the archive of a store once more, as another process would.
	Again(t testing.TB, s archive.Store) archive.Store
}

// Run runs the suite.
func Run(t *testing.T, p Place) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Place)
	}{
		{"KeepsEverything", keepsEverything},
		{"Identity", identity},
		{"Versions", versions},
		{"AllOrNone", allOrNone},
		{"Fill", fill},
		{"Search", search},
		{"SearchOrder", searchOrder},
		{"SearchHit", searchHit},
		{"SearchCurrent", searchCurrent},
		{"SearchAgrees", searchAgrees},
		{"Facets", facets},
		{"Find", find},
		{"Sequences", sequences},
		{"People", people},
		{"PeopleNamed", peopleNamed},
		{"Resettle", resettle},
		{"Utterances", sameStatement},
		{"Doubts", doubts},
		{"DoubtedTies", doubtedTies},
		{"Journal", journal},
		{"Amend", amend},
		{"AmendCopies", amendCopies},
		{"Forget", forget},
		{"ForgetOutlet", forgetOutlet},
		{"ForgetPerson", forgetPerson},
		{"Sites", sites},
		{"Snapshot", snapshot},
		{"Writers", writers},
		{"Verify", verify},
		{"Stats", stats},
		{"Last", last},
		{"Mark", mark},
		{"Copy", copies},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, p) })
	}
}
