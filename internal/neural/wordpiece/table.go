package wordpiece

// A table finds the longest entry that a run of bytes begins with. It is an
// open hash table whose hash grows byte by byte, so that the hashes of all
// prefixes of a word come out of one pass over it.
type table struct {
	slots   []slot
	entries []string
	longest int // bytes of the longest entry
}

type slot struct {
	hash  uint32
	entry int32 // index into entries, plus one; 0 where the slot is free
	id    int32
}

// FNV-1a, 64 bits wide.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func hashByte(h uint64, c byte) uint64 { return (h ^ uint64(c)) * hashPrime }

// finish mixes h down to 32 bits.
func finish(h uint64) uint32 { return uint32((h ^ h>>29) * 0x9E3779B97F4A7C15 >> 32) }

// newTable holds entries under the ids beside them. Of equal entries the last
// one counts, as it does in the reference.
func newTable(entries []string, ids []int32) *table {
	size := 16
	for size < 4*len(entries) {
		size *= 2
	}
	t := &table{slots: make([]slot, size), entries: entries}
	for i, e := range entries {
		h := uint64(hashStart)
		for j := range len(e) {
			h = hashByte(h, e[j])
		}
		s := t.find(finish(h), e)
		*s = slot{hash: finish(h), entry: int32(i + 1), id: ids[i]}
		t.longest = max(t.longest, len(e))
	}
	return t
}

// find is the slot of entry e, or the free one where it would stand.
func (t *table) find(h uint32, e string) *slot {
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.entry == 0 || s.hash == h && t.entries[s.entry-1] == e {
			return s
		}
	}
}

// prefix is the id and the length of the longest entry that b begins with;
// the length is 0 where there is none. It leaves hashes in scratch, which is
// no shorter than b.
func (t *table) prefix(b []byte, scratch []uint64) (id int32, n int) {
	n = min(len(b), t.longest)
	h := uint64(hashStart)
	for i, c := range b[:n] {
		h = hashByte(h, c)
		scratch[i] = h
	}
	mask := uint32(len(t.slots) - 1)
	for ; n > 0; n-- {
		h := finish(scratch[n-1])
		for i := h & mask; t.slots[i].entry != 0; i = (i + 1) & mask {
			if s := &t.slots[i]; s.hash == h && t.entries[s.entry-1] == string(b[:n]) {
				return s.id, n
			}
		}
	}
	return 0, 0
}
