package postgres

import (
	"context"
	"iter"
	"strconv"

	"github.com/jackc/pgx/v5"

	"whosaid/internal/archive"
)

// Doubts yields what is in doubt.
func (r reading) Doubts(ctx context.Context, about archive.Doubted, from archive.Doubt) iter.Seq2[archive.Doubt, error] {
	return archive.DoubtsBy(from, func(from archive.Doubt, behind bool) ([]archive.Doubt, error) {
		list, err := collect(ctx, r.q, func(row pgx.CollectableRow) (x archive.Doubt, err error) {
			return x, row.Scan(&x.About, &x.Confidence, &x.Version, &x.Place, &x.Key)
		}, `SELECT about, confidence, version, place, key FROM doubt
			WHERE about = $1 AND confidence >= $2 AND (confidence > $2 OR version < $3 OR version = $3 AND place >= $4)
			ORDER BY confidence, version DESC, place LIMIT `+strconv.Itoa(batch), int(about), from.Confidence, from.Version, archive.PlaceFrom(from, behind))
		return list, tell(r.name, err)
	})
}

// DoubtedTies yields ties that are in doubt.
func (r reading) DoubtedTies(ctx context.Context, from archive.Tie) iter.Seq2[archive.Tie, error] {
	return archive.Onward(from, func(from archive.Tie, behind bool) ([]archive.Tie, error) {
		list, err := collect(ctx, r.q, scanTie, `SELECT later, earlier, relation, likelihood FROM tie
			WHERE likelihood < 7000 AND relation <> 'same-claim' AND (likelihood, later, earlier) >= ($1, $2, $3)
			ORDER BY likelihood, later, earlier LIMIT `+strconv.Itoa(batch), portion(from.Likelihood), from.Later, archive.EarlierFrom(from, behind))
		return list, tell(r.name, err)
	})
}

// doubt writes what is in doubt in a current version.
func doubt(b *pgx.Batch, version int64, list []archive.Doubt) {
	for _, x := range list {
		b.Queue("INSERT INTO doubt (about, confidence, version, place, key) VALUES ($1, $2, $3, $4, $5)", int16(x.About), x.Confidence, version, x.Place, x.Key)
	}
}

// doubtsFrom is the version of the tables that has table doubt.
const doubtsFrom = 5

// fillDoubts fills table doubt for the versions that are there.
func fillDoubts(ctx context.Context, tx pgx.Tx) error {
	for v, err := range (reading{q: tx}).Versions(ctx, archive.Selection{}) {
		if err != nil {
			return err
		}
		b := &pgx.Batch{}
		doubt(b, v.ID, v.Doubts())
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
	}
	return nil
}
