package sqlite

import (
	"context"
	"iter"
	"strconv"

	"whosaid/internal/archive"
)

// Doubts yields what is in doubt.
func (r reading) Doubts(ctx context.Context, about archive.Doubted, from archive.Doubt) iter.Seq2[archive.Doubt, error] {
	return archive.DoubtsBy(from, func(from archive.Doubt, behind bool) ([]archive.Doubt, error) {
		rows, err := r.q.QueryContext(ctx, `SELECT about, confidence, version, place, key FROM doubt
			WHERE about = ? AND confidence >= ? AND (confidence > ? OR version < ? OR version = ? AND place >= ?)
			ORDER BY confidence, version DESC, place LIMIT `+strconv.Itoa(batch), int(about), from.Confidence, from.Confidence, from.Version, from.Version, archive.PlaceFrom(from, behind))
		if err != nil {
			return nil, tell(r.path, err)
		}
		list, err := collect(rows, func(scan func(...any) error) (x archive.Doubt, err error) {
			return x, scan(&x.About, &x.Confidence, &x.Version, &x.Place, &x.Key)
		})
		return list, tell(r.path, err)
	})
}

// DoubtedTies yields ties that are in doubt.
func (r reading) DoubtedTies(ctx context.Context, from archive.Tie) iter.Seq2[archive.Tie, error] {
	return archive.Onward(from, func(from archive.Tie, behind bool) ([]archive.Tie, error) {
		rows, err := r.q.QueryContext(ctx, `SELECT later, earlier, relation, likelihood FROM tie
			WHERE likelihood < 7000 AND relation <> 'same-claim' AND (likelihood, later, earlier) >= (?, ?, ?)
			ORDER BY likelihood, later, earlier LIMIT `+strconv.Itoa(batch), portion(from.Likelihood), from.Later, archive.EarlierFrom(from, behind))
		if err != nil {
			return nil, tell(r.path, err)
		}
		list, err := collect(rows, scanTie)
		return list, tell(r.path, err)
	})
}

// doubt writes what is in doubt in a current version.
func (w *writer) doubt(ctx context.Context, version int64, list []archive.Doubt) error {
	for _, x := range list {
		if err := w.exec(ctx, "INSERT INTO doubt (about, confidence, version, place, key) VALUES (?, ?, ?, ?, ?)", int(x.About), x.Confidence, version, x.Place, x.Key); err != nil {
			return err
		}
	}
	return nil
}

// undoubt removes what is in doubt in a current version.
func (w *writer) undoubt(ctx context.Context, v *archive.Version) error {
	for _, x := range v.Doubts() {
		if err := w.exec(ctx, "DELETE FROM doubt WHERE about = ? AND confidence = ? AND version = ? AND place = ?", int(x.About), x.Confidence, v.ID, x.Place); err != nil {
			return err
		}
	}
	return nil
}

// doubtsFrom is the version of the tables that has table doubt.
const doubtsFrom = 5

// fillDoubts fills table doubt for the versions that are there.
func (w *writer) fillDoubts(ctx context.Context) error {
	for v, err := range (reading{q: w.conn}).Versions(ctx, archive.Selection{}) {
		if err != nil {
			return err
		}
		if err := w.doubt(ctx, v.ID, v.Doubts()); err != nil {
			return err
		}
	}
	return nil
}
