package statements

import "whosaid/internal/news"

// overlap is how many bytes two sorted lists of spans share.
func overlap(a, b []news.Span) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		n += max(0, min(a[i].End, b[j].End)-max(a[i].Start, b[j].Start))
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	return n
}

// length is how many bytes spans cover.
func length(spans []news.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// within reports whether every one of spans lies inside one of others.
func within(spans, others []news.Span) bool {
	for _, s := range spans {
		held := false
		for _, o := range others {
			held = held || o.Contains(s)
		}
		if !held {
			return false
		}
	}
	return len(spans) > 0
}

// join sorts nothing: it merges spans that touch or overlap in a sorted list.
func join(spans []news.Span) []news.Span {
	var out []news.Span
	for _, s := range spans {
		if k := len(out) - 1; k >= 0 && s.Start <= out[k].End {
			out[k].End = max(out[k].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// without takes others out of spans, both sorted; what is left without a letter
// or digit is dropped.
func without(text string, spans, others []news.Span) []news.Span {
	if overlap(spans, others) == 0 {
		return spans
	}
	var left []news.Span
	keep := func(s news.Span) {
		if s.End > s.Start && words(s.Text(text)) > 0 {
			left = append(left, trim(text, s))
		}
	}
	for _, s := range spans {
		for _, o := range others {
			if s.Overlaps(o) {
				keep(news.Span{Start: s.Start, End: o.Start})
				s.Start = min(o.End, s.End)
			}
		}
		keep(s)
	}
	return left
}
