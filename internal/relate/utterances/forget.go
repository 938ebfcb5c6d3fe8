package utterances

// What is published in the order of its days needs no more memory than the
// statements of a window of days: the rest is forgotten as the days go by.

// mostUndated is how many statements and texts whose day is not known are kept,
// the latest: they are near any day.
const mostUndated = 100_000

// Forget lets go of statements that were published before a day, as far as that
// is worth the work: half of what there is, or none. What is forgotten is not
// found any more.
func (x *Index) Forget(before int) {
	days := make([]int32, len(x.items))
	for n := range x.items {
		days[n] = x.items[n].day
	}
	to, left := moves(days, int32(before))
	if left > len(x.items)/2 {
		return
	}
	out := NewIndex(x.window)
	out.items = make([]item, 0, left)
	for n := range x.items {
		if to[n] < 0 {
			continue
		}
		it := x.items[n]
		it.words = out.keys.put(x.keys.get(it.words, 2*int(it.count)))
		it.flags = out.flags.put(x.flags.get(it.flags, int(it.count)))
		it.vector = out.vectors.put(x.vectors.get(it.vector, int(it.width)))
		it.speakers = out.speaker(x.speakers[it.speakers])
		out.items = append(out.items, it)
	}
	out.votes = make([]float32, left)
	out.signs, out.weeks = x.signs.only(to), x.weeks.only(to)
	*x = *out
}

// Forget lets go of texts that were published before a day, likewise.
func (t *Texts) Forget(before int) {
	to, left := moves(t.days, int32(before))
	if left > len(t.ids)/2 {
		return
	}
	out := NewTexts()
	for n, at := range to {
		if at >= 0 {
			out.ids, out.days, out.sizes = append(out.ids, t.ids[n]), append(out.days, t.days[n]), append(out.sizes, t.sizes[n])
		}
	}
	out.votes = make([]int32, left)
	out.marks = t.marks.only(to)
	*t = *out
}

// moves says where each thing goes, -1 for those that are forgotten, and how many
// are left, by their days.
func moves(days []int32, before int32) (to []int32, left int) {
	undated := 0
	for _, day := range days {
		if day == 0 {
			undated++
		}
	}
	to = make([]int32, len(days))
	for n, day := range days {
		keep := day >= before
		if day == 0 {
			keep = undated <= mostUndated
			undated--
		}
		to[n] = -1
		if keep {
			to[n] = int32(left)
			left++
		}
	}
	return to, left
}
