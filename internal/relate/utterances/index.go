package utterances

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// An Index offers, among many statements, those that may be related to a new
// one: by shingles of words, by rare words of the same speaker, and by meaning
// among what the same speaker said in the same weeks. It is for one goroutine.
type Index struct {
	window   int
	items    []item
	keys     arena[uint32] // of the words, then their stems
	flags    arena[uint8]
	vectors  arena[int8]
	speakers [][]Speaker
	known    map[string]int32 // their places
	signs    postings
	weeks    postings // by speaker and span of days

	votes []float32 // of each item, 0 but while Related runs
	voted []int32
	side  []Word // of a candidate
}

// An item is what is kept of a statement.
type item struct {
	id, article          int64
	words, flags, vector uint64
	scale, rest          float32
	day, speakers        int32
	count, width         uint16
	cue                  uint32
	kind                 uint8
	habit, against       bool
}

// A Link is a statement that is related to the one asked for.
type Link struct {
	ID         int64
	Relation   Relation
	Likelihood float64 // that they are linked, 0 to 1
}

// NewIndex makes an index of statements published within so many days of each
// other; 0 is without bound. Those whose day is not known are near any day.
func NewIndex(window int) *Index {
	return &Index{window: window, known: map[string]int32{}}
}

// Len is how many statements are in it.
func (x *Index) Len() int { return len(x.items) }

// kinds are what a statement may be; their places are kept.
var kinds = []string{"", "claim", "denial", "prediction", "warning", "promise", "demand", "question", "praise", "criticism"}

// What a flag says of a word.
const (
	flagQuoted = 1 << iota
	flagInserted
	flagGap
	flagBreak
	flagNumber
	flagName
)

// Add adds a statement.
func (x *Index) Add(s *Statement) {
	n := int32(len(x.items))
	words := make([]uint32, 0, 2*len(s.Words))
	flags := make([]uint8, len(s.Words))
	for i, w := range s.Words {
		words = append(words, w.Key)
		for bit, is := range [...]bool{w.Quoted, w.Inserted, w.Gap, w.Break, w.Number, w.Name} {
			if is {
				flags[i] |= 1 << bit
			}
		}
	}
	for _, w := range s.Words {
		words = append(words, w.Stem)
	}
	x.items = append(x.items, item{
		id: s.ID, article: s.Article, day: int32(s.Day), speakers: x.speaker(s.Speakers),
		words: x.keys.put(words), flags: x.flags.put(flags), count: uint16(len(flags)),
		vector: x.vectors.put(s.Vector.Values), width: uint16(len(s.Vector.Values)), scale: s.Vector.Scale, rest: s.Vector.rest(),
		cue: s.Cue, kind: uint8(max(0, slices.Index(kinds, s.Kind))), habit: s.Habit, against: s.Against,
	})
	x.votes = append(x.votes, 0)
	for _, g := range signs(s, false) {
		x.signs.add(g.key, n)
	}
	if s.Vector.Scale > 0 {
		for _, who := range speakerKeys(s.Speakers) {
			x.weeks.add(weekKey(who, s.Day/weekDays), n)
		}
	}
}

// speaker is the place of speakers, which most statements share with others.
func (x *Index) speaker(list []Speaker) int32 {
	var b strings.Builder
	for _, s := range list {
		for _, w := range s.Words {
			b.WriteString(w)
			b.WriteByte(' ')
		}
		b.WriteByte(byte(s.Person))
		b.WriteByte(byte(s.Person >> 8))
		b.WriteByte(byte(s.Person >> 16))
		b.WriteByte(byte(s.Person >> 24))
		if s.Named {
			b.WriteByte('n')
		}
		if s.Guessed {
			b.WriteByte('g')
		}
		if s.Doubtful {
			b.WriteByte('d')
		}
		for _, list := range [2][]uint32{s.Called, s.Roles} {
			b.WriteByte(';')
			for _, w := range list {
				b.Write(binary.LittleEndian.AppendUint32(nil, w))
			}
		}
		b.WriteByte('|')
	}
	key := b.String()
	at, ok := x.known[key]
	if !ok {
		at = int32(len(x.speakers))
		x.speakers = append(x.speakers, list)
		x.known[key] = at
	}
	return at
}

// load is the statement of an item. Its words are those of the index until the
// next call, and have no places in a text.
func (x *Index) load(n int32) Statement {
	it := &x.items[n]
	count := int(it.count)
	keys, flags := x.keys.get(it.words, 2*count), x.flags.get(it.flags, count)
	x.side = x.side[:0]
	for i := range count {
		f := flags[i]
		x.side = append(x.side, Word{
			Key: keys[i], Stem: keys[count+i], Weight: weight(keys[i]),
			Quoted: f&flagQuoted != 0, Inserted: f&flagInserted != 0, Gap: f&flagGap != 0, Break: f&flagBreak != 0, Number: f&flagNumber != 0, Name: f&flagName != 0,
		})
	}
	return Statement{
		ID: it.id, Article: it.article, Day: int(it.day), Kind: kinds[it.kind], Cue: it.cue, Habit: it.habit, Against: it.against,
		Speakers: x.speakers[it.speakers], Words: x.side,
		Vector: Vector{Scale: it.scale, Values: x.vectors.get(it.vector, int(it.width))},
	}
}

// Sure is the likelihood from which Related gives a link. It is more than what
// Relate asks for: most of the statements that an index offers are not linked.
const Sure = 0.92

// How far Related looks.
const (
	mostPostings = 128 // of a key
	mostNear     = 256 // of a speaker, in a span of days
	mostTold     = 12  // candidates by their words that are compared
	mostMeant    = 4   // and by their meaning alone
	leastTold    = 9   // bits that the shared keys of a candidate tell
	leastMeant   = 0.9 // cosine
	leastShared  = 0.2 // share of what the side with less tells
	weekDays     = 14
)

func weekKey(who uint32, week int) uint32 { return mix(mix(3, who), uint32(week)) }

// Related are the statements that are linked to s, the likeliest first. s need
// not be in the index.
func (x *Index) Related(s *Statement) []Link {
	var out []Link
	for _, n := range x.candidates(s) {
		other := x.load(n)
		if !plausible(s, &other) {
			continue
		}
		if r, p := Relate(s, &other); r.Linked() && p >= Sure {
			out = append(out, Link{other.ID, r, p})
		}
	}
	slices.SortFunc(out, func(a, b Link) int {
		return cmp.Or(cmp.Compare(b.Likelihood, a.Likelihood), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// plausible reports whether two statements share enough to be compared closely,
// which takes a hundred times as long as this.
func plausible(a, b *Statement) bool {
	shared, tellA := 0.0, 0.0
	for _, w := range a.Words {
		t := tells(w)
		tellA += t
		for k := range b.Words {
			if b.Words[k].Stem == w.Stem {
				shared += t
				break
			}
		}
	}
	return shared >= leastShared*min(tellA, told(b.Words))
}

// near reports whether item n can be related to s at all.
func (x *Index) near(s *Statement, n int32) bool {
	it := &x.items[n]
	if it.article == s.Article {
		return false
	}
	gap := s.Day - int(it.day)
	return x.window == 0 || s.Day == 0 || it.day == 0 || gap <= x.window && -gap <= x.window
}

// candidates are items worth comparing with s, in the order in which they were
// added.
func (x *Index) candidates(s *Statement) []int32 {
	for _, g := range signs(s, true) {
		x.signs.each(g.key, mostPostings, func(n int32) {
			if x.votes[n] == 0 {
				x.voted = append(x.voted, n)
			}
			x.votes[n] += g.tells
		})
	}
	told := x.voted[:0]
	for _, n := range x.voted {
		if x.votes[n] >= leastTold && x.near(s, n) {
			told = append(told, n)
		} else {
			x.votes[n] = 0
		}
	}
	slices.SortFunc(told, func(a, b int32) int { return cmp.Or(cmp.Compare(x.votes[b], x.votes[a]), cmp.Compare(a, b)) })
	out := slices.Clone(told[:min(len(told), mostTold)])
	for _, n := range told {
		x.votes[n] = 0
	}
	x.voted = x.voted[:0]
	for _, n := range x.meant(s) {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// meant are the items of the same speaker that mean the most similar.
func (x *Index) meant(s *Statement) []int32 {
	if s.Vector.Scale == 0 {
		return nil
	}
	type scored struct {
		n      int32
		cosine float64
	}
	var best []scored
	rest := s.Vector.rest()
	for _, who := range speakerKeys(s.Speakers) {
		for week := s.Day/weekDays - 1; week <= s.Day/weekDays+1; week++ {
			x.weeks.each(weekKey(who, week), mostNear, func(n int32) {
				it := &x.items[n]
				if !x.near(s, n) || int(it.width) != len(s.Vector.Values) {
					return
				}
				v := Vector{it.scale, x.vectors.get(it.vector, int(it.width))}
				if c, ok := cosineFrom(s.Vector, v, rest, it.rest, leastMeant); ok {
					best = append(best, scored{n, c})
				}
			})
		}
	}
	slices.SortFunc(best, func(a, b scored) int { return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.n, b.n)) })
	var out []int32
	for _, b := range best[:min(len(best), mostMeant)] {
		out = append(out, b.n)
	}
	return out
}
