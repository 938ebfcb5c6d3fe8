package utterances

import "slices"

// A signature is the keys under which a statement is found again.

// Shingles are of so many words; of a run of windowed+shingle-1 shared words at
// least one is kept on both sides (winnowing: Schleimer, Wilkerson and Aiken
// 2003). Of a short passage all are kept.
const (
	shingle  = 3
	windowed = 4
	short    = 8
	rarest   = 4 // stems of a statement that are keys together with its speaker
	rare     = 6 // bits that such a stem tells at least
)

// A sign is a key and how much it tells that two statements share it.
type sign struct {
	key   uint32
	tells float32
}

// shingles are those of words; all of them, or those that winnowing keeps.
func shingles(out []sign, words []Word, every bool) []sign {
	if len(words) == 0 {
		return out
	}
	from := len(out)
	if len(words) < shingle {
		key, tell := uint32(len(words)), 0.0
		for _, w := range words {
			key, tell = mix(key, w.Key), tell+tells(w)
		}
		return append(out, sign{key, float32(tell)})
	}
	for i := 0; i+shingle <= len(words); i++ {
		key, tell := uint32(0), 0.0
		for _, w := range words[i : i+shingle] {
			key, tell = mix(key, w.Key), tell+tells(w)
		}
		out = append(out, sign{key, float32(tell)})
	}
	if every || len(words) <= short {
		return out
	}
	all := out[from:]
	kept := 0
	last := -1
	for i := 0; i+windowed <= len(all); i++ {
		best := i
		for k := i + 1; k < i+windowed; k++ {
			if spread(all[k].key) <= spread(all[best].key) {
				best = k
			}
		}
		if best != last {
			last = best
			all[kept], kept = all[best], kept+1 // kept <= best: nothing that is still wanted is lost
		}
	}
	return out[:from+kept]
}

// signs are the keys of a statement: those that are kept, or with every set all
// those by which to ask.
func signs(s *Statement, every bool) []sign {
	out := shingles(nil, s.Words, every)
	for _, passage := range passages(s.Words) {
		if len(passage) < len(s.Words) {
			out = shingles(out, passage, every)
		}
	}
	top := rareStems(s.Words)
	for _, who := range speakerKeys(s.Speakers) {
		for _, w := range top {
			out = append(out, sign{mix(mix(1, who), w.Stem), float32(tells(w))})
		}
	}
	for i, w := range top[:min(3, len(top))] {
		for _, v := range top[:i] {
			out = append(out, sign{mix(mix(2, min(w.Stem, v.Stem)), max(w.Stem, v.Stem)), float32(tells(w) + tells(v))})
		}
	}
	slices.SortFunc(out, func(a, b sign) int { return int(int64(a.key) - int64(b.key)) })
	return slices.CompactFunc(out, func(a, b sign) bool { return a.key == b.key })
}

// passages are the quoted passages of a statement.
func passages(words []Word) [][]Word {
	var out [][]Word
	for i := 0; i < len(words); {
		k := i
		for k < len(words) && words[k].Quoted && (k == i || !words[k].Break) {
			k++
		}
		if k > i {
			out = append(out, words[i:k])
		}
		i = max(k, i+1)
	}
	return out
}

// rareStems are the words that tell most, each stem once.
func rareStems(words []Word) []Word {
	var out []Word
	for _, w := range words {
		if w.Weight >= rare && !slices.ContainsFunc(out, func(o Word) bool { return o.Stem == w.Stem }) {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b Word) int { return int(b.Weight*8) - int(a.Weight*8) })
	return out[:min(len(out), rarest)]
}

// speakerKeys are what the names of the speakers are found by: their last words.
func speakerKeys(speakers []Speaker) []uint32 {
	var out []uint32
	for _, s := range speakers {
		if w := last(s.Words); w != "" {
			out = append(out, hash(w))
		}
	}
	return out
}

func mix(h, x uint32) uint32 { return (h*0x9e3779b1 ^ spread(x)) * 0x85ebca6b }
