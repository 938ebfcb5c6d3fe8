package utterances

// An arena holds many short runs of values without a pointer to each, so that
// a million of them cost the collector nothing.
type arena[T any] struct{ chunks [][]T }

// chunk is how many values a part of an arena has.
const chunk = 1 << 18

// put copies values and returns where they are. There are at most chunk.
func (a *arena[T]) put(values []T) uint64 {
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last])+len(values) > chunk {
		a.chunks = append(a.chunks, make([]T, 0, chunk))
		last++
	}
	at := uint64(last)<<18 | uint64(len(a.chunks[last]))
	a.chunks[last] = append(a.chunks[last], values...)
	return at
}

// get is n values from a place on.
func (a *arena[T]) get(at uint64, n int) []T {
	from := int(at & (chunk - 1))
	return a.chunks[at>>18][from : from+n]
}

// postings list the items of a key, the newest first.
type postings struct {
	heads   []int32 // by hash, -1 for none; a power of two
	entries arena[posting]
	n       int
}

type posting struct {
	key        uint32
	item, next int32
}

func (p *postings) entry(i int32) *posting {
	return &p.entries.chunks[i>>18][i&(chunk-1)]
}

// spread makes the bits of a hash lie evenly.
func spread(key uint32) uint32 {
	key ^= key >> 16
	key *= 0x7feb352d
	key ^= key >> 15
	key *= 0x846ca68b
	return key ^ key>>16
}

func (p *postings) add(key uint32, item int32) {
	if p.n >= len(p.heads) {
		p.grow()
	}
	head := &p.heads[spread(key)&uint32(len(p.heads)-1)]
	p.entries.put([]posting{{key, item, *head}})
	*head = int32(p.n)
	p.n++
}

func (p *postings) grow() {
	size := max(1024, 2*len(p.heads))
	p.heads = make([]int32, size)
	for i := range p.heads {
		p.heads[i] = -1
	}
	for i := range p.n {
		e := p.entry(int32(i))
		head := &p.heads[spread(e.key)&uint32(size-1)]
		e.next, *head = *head, int32(i)
	}
}

// only is p with the items alone that have a place in to, which is where they go;
// to is negative for the others. The order stays.
func (p *postings) only(to []int32) postings {
	var out postings
	for i := range p.n {
		if e := p.entry(int32(i)); to[e.item] >= 0 {
			out.add(e.key, to[e.item])
		}
	}
	return out
}

// each yields the items of a key, the newest first, most at most.
func (p *postings) each(key uint32, most int, yield func(item int32)) {
	if p.n == 0 {
		return
	}
	for i := p.heads[spread(key)&uint32(len(p.heads)-1)]; i >= 0 && most > 0; {
		e := p.entry(i)
		if e.key == key {
			yield(e.item)
			most--
		}
		i = e.next
	}
}
