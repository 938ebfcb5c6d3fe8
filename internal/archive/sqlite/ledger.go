package sqlite

import (
	"context"
	"slices"
	"sync"

	"whosaid/internal/archive"
	"whosaid/internal/archive/pack"
)

// A ledger remembers what statements are chosen and counted by: who speaks,
// outlet, day, kind. A query of common words looks at thousands of them, which
// lie all over the file. It holds the rows of table facet as they are, some 20
// bytes a statement, those of statements with ids near each other together. It
// may be used by many goroutines at once.
type ledger struct {
	mu      sync.Mutex
	changes int64 // counter facet, when all of it was read
	blocks  map[int64]*block
	size    int // bytes
	outlets map[string]string
}

// blockStatements is how many ids of statements are read together, and
// ledgerBytes bounds what is remembered: of some three million statements.
const (
	blockStatements = 4096
	ledgerBytes     = 64 << 20
)

// A block is the versions that have statements of some range of ids, in their
// order. It does not change.
type block struct {
	firsts   []int64 // statement of each version
	versions []told
	size     int
}

// A told version is what the ledger has of one.
type told struct {
	version int64
	outlet  string // folded
	pack.FacetEnd
}

// at is the version of a statement, nil if it is not known, and which of its
// statements that is.
func (b *block) at(id int64) (*told, int) {
	i, found := slices.BinarySearch(b.firsts, id)
	if !found {
		i--
	}
	if i < 0 || id >= b.firsts[i]+int64(b.versions[i].Statements()) {
		return nil, 0
	}
	return &b.versions[i], int(id - b.firsts[i])
}

// look hands on what is known of statements, whose ids should be in order, up
// or down: the version that each belongs to, and which of its statements it is.
// One that has been forgotten meanwhile is left out.
func (l *ledger) look(ctx context.Context, q querier, ids []int64, each func(id int64, v *told, n int) error) error {
	if len(ids) == 0 {
		return nil
	}
	var changes int64
	if err := q.QueryRowContext(ctx, "SELECT last FROM counter WHERE name = 'facet'").Scan(&changes); err != nil {
		return err
	}
	var b *block
	number, fresh := int64(-1), false
	for _, id := range ids {
		if n := id / blockStatements; n != number {
			number = n
			var err error
			if b, fresh, err = l.block(ctx, q, number, changes, false); err != nil {
				return err
			}
		}
		v, place := b.at(id)
		if v == nil && !fresh {
			// It may have been kept after the block was read.
			var err error
			if b, fresh, err = l.block(ctx, q, number, changes, true); err != nil {
				return err
			}
			v, place = b.at(id)
		}
		if v == nil {
			continue
		}
		if err := each(id, v, place); err != nil {
			return err
		}
	}
	return nil
}

// block is one of the blocks; fresh says that it was read just now.
func (l *ledger) block(ctx context.Context, q querier, number, changes int64, again bool) (b *block, fresh bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.blocks == nil || l.changes != changes {
		l.blocks, l.outlets, l.changes, l.size = map[int64]*block{}, map[string]string{}, changes, 0
	}
	old := l.blocks[number]
	if old != nil && !again {
		return old, false, nil
	}
	if b, err = l.read(ctx, q, number); err != nil {
		return nil, false, err
	}
	if old != nil {
		l.size -= old.size
	}
	l.blocks[number] = b
	l.size += b.size
	for other, x := range l.blocks {
		if l.size <= ledgerBytes {
			break
		}
		if other != number {
			delete(l.blocks, other)
			l.size -= x.size
		}
	}
	return b, true, nil
}

// read reads a block. Versions have ids in the order of their statements.
func (l *ledger) read(ctx context.Context, q querier, number int64) (*block, error) {
	rows, err := q.QueryContext(ctx, `SELECT version, first, facet FROM facet
		WHERE version >= coalesce((SELECT id FROM version WHERE first <= ? ORDER BY first DESC, id DESC LIMIT 1), 0)
		AND version <= (SELECT id FROM version WHERE first < ? ORDER BY first DESC, id DESC LIMIT 1) ORDER BY version`,
		number*blockStatements, (number+1)*blockStatements)
	if err != nil {
		return nil, err
	}
	b := &block{}
	b.versions, err = collect(rows, func(scan func(...any) error) (v told, err error) {
		var facet []byte
		var first int64
		if err := scan(&v.version, &first, &facet); err != nil {
			return v, err
		}
		if v.FacetEnd, err = pack.EndOf(facet); err != nil {
			return v, err
		}
		outlet := string(v.Outlet())
		folded, known := l.outlets[outlet]
		if !known {
			folded = archive.FoldOutlet(outlet)
			l.outlets[outlet] = folded
		}
		v.outlet = folded
		b.firsts = append(b.firsts, first)
		b.size += toldBytes + len(facet)
		return v, nil
	})
	b.versions = slices.Clip(b.versions)
	return b, err
}

// toldBytes is about what a told version takes beside its facet.
const toldBytes = 96
