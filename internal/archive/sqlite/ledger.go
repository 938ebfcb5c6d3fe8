package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
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
	size    int      // bytes
	asked   int      // statements, of blocks that were not there
	outlets sync.Map // names, folded
}

// blockStatements is how many ids of statements are read together; mostAlone,
// how many are looked up by themselves before that, so that a program that asks
// once reads no more than it needs and one that goes on soon has all; and
// ledgerBytes bounds what is remembered: of some three million statements.
const (
	blockStatements = 4096
	mostAlone       = 1000
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
	// Blocks that are not there yet are left as long as little was asked; what is
	// asked of them is looked up by itself.
	held := map[int64]*block{}
	fresh := map[int64]bool{}
	var few []int64
	for rest := ids; len(rest) > 0; {
		number := rest[0] / blockStatements
		n := slices.IndexFunc(rest, func(id int64) bool { return id/blockStatements != number })
		if n < 0 {
			n = len(rest)
		}
		b, read, err := l.block(ctx, q, number, changes, n, false)
		if err != nil {
			return err
		}
		if b == nil {
			few = append(few, rest[:n]...)
		} else {
			held[number], fresh[number] = b, read
		}
		rest = rest[n:]
	}
	alone, err := l.alone(ctx, q, few)
	if err != nil {
		return err
	}
	for _, id := range ids {
		number := id / blockStatements
		b := held[number]
		if b == nil {
			if x, ok := alone[id]; ok {
				if err := each(id, &x.told, x.place); err != nil {
					return err
				}
			}
			continue
		}
		v, place := b.at(id)
		if v == nil && !fresh[number] {
			// It may have been kept after the block was read.
			if b, _, err = l.block(ctx, q, number, changes, 0, true); err != nil {
				return err
			}
			held[number], fresh[number] = b, true
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

// A lone statement was looked up by itself.
type lone struct {
	told
	place int
}

// alone looks statements up by themselves.
func (l *ledger) alone(ctx context.Context, q querier, ids []int64) (map[int64]lone, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, "SELECT s.id, f.version, f.first, f.facet FROM json_each(?) j CROSS JOIN statement s ON s.id = j.value JOIN facet f ON f.version = s.version", string(list))
	if err != nil {
		return nil, err
	}
	out := make(map[int64]lone, len(ids))
	_, err = collect(rows, func(scan func(...any) error) (none struct{}, err error) {
		var id, version, first int64
		var facet []byte
		if err := scan(&id, &version, &first, &facet); err != nil {
			return none, err
		}
		v, err := l.tell(version, facet)
		if place := int(id - first); err == nil && place >= 0 && place < v.Statements() {
			out[id] = lone{v, place}
		}
		return none, err
	})
	return out, err
}

// block is one of the blocks, of which so much is asked; nil if it is not there
// and not worth to be read yet. fresh says that it was read just now.
func (l *ledger) block(ctx context.Context, q querier, number, changes int64, asked int, again bool) (b *block, fresh bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.blocks == nil || l.changes != changes {
		l.blocks, l.changes, l.size = map[int64]*block{}, changes, 0
	}
	old := l.blocks[number]
	if old != nil && !again {
		return old, false, nil
	}
	if l.asked += asked; old == nil && l.asked < mostAlone {
		return nil, false, nil
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

// Warm reads the ledger, the latest statements first, until half of what it may
// hold is held.
func (s *store) Warm(ctx context.Context) error {
	var last, changes int64
	if err := s.q.QueryRowContext(ctx, "SELECT coalesce(max(first), 0), (SELECT last FROM counter WHERE name = 'facet') FROM version").Scan(&last, &changes); err != nil {
		return err
	}
	for number := last / blockStatements; number >= 0 && s.ledger.held() < ledgerBytes/2; number-- {
		if _, _, err := s.ledger.block(ctx, s.q, number, changes, mostAlone, false); err != nil {
			return err
		}
	}
	return nil
}

// held is how many bytes are remembered.
func (l *ledger) held() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.size
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
		var version, first int64
		if err := scan(&version, &first, &facet); err != nil {
			return v, err
		}
		b.firsts = append(b.firsts, first)
		b.size += toldBytes + len(facet)
		return l.tell(version, facet)
	})
	b.versions = slices.Clip(b.versions)
	return b, err
}

// tell is what is known of a version by its facet.
func (l *ledger) tell(version int64, facet []byte) (v told, err error) {
	v.version = version
	if v.FacetEnd, err = pack.EndOf(facet); err != nil {
		return v, fmt.Errorf("version %d: what is counted of it: %w", version, err)
	}
	outlet := string(v.Outlet())
	folded, known := l.outlets.Load(outlet)
	if !known {
		folded, _ = l.outlets.LoadOrStore(outlet, archive.FoldOutlet(outlet))
	}
	v.outlet = folded.(string)
	return v, nil
}

// toldBytes is about what a told version takes beside its facet.
const toldBytes = 96
