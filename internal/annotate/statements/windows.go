package statements

import "whosaid/internal/news"

// A window is the run of pieces [start, end) that the encoder reads at once.
// The pieces [from, to) are its own: of all windows that hold them they lie
// most central in this one, so each piece is read once and no seam shows.
type window struct {
	start, end int
	from, to   int
}

// tile lays windows of at most size pieces over the article, each reaching margin
// pieces into its neighbours. As few as will do, and of about even length: no
// piece is read more often than the margins ask. Where it can a window's own
// pieces begin with a paragraph, so that a statement and what it is told from
// are read at once.
func tile(pieces []news.Piece, size, margin int) []window {
	n := len(pieces)
	if n == 0 {
		return nil
	}
	if n <= size {
		return []window{{0, n, 0, n}}
	}
	step := size - 2*margin // pieces of its own, margin more in the first and in the last
	count := (n - 2*margin + step - 1) / step
	windows := make([]window, count)
	from := 0
	for i := range windows {
		start, to := max(0, from-margin), n
		if left := count - 1 - i; left > 0 {
			to = seam(pieces, n*(i+1)/count, n-left*step-margin, start+size-margin)
		}
		windows[i] = window{start: start, end: min(n, to+margin), from: from, to: to}
		from = to
	}
	return windows
}

// seam is the beginning of a paragraph that lies nearest to at, from least to
// most; at itself, moved between them, if none begins there.
func seam(pieces []news.Piece, at, least, most int) int {
	at = min(max(at, least), most)
	for d := 0; at-d >= least || at+d <= most; d++ {
		if at-d >= least && pieces[at-d].Paragraph > 0 {
			return at - d
		}
		if at+d <= most && pieces[at+d].Paragraph > 0 {
			return at + d
		}
	}
	return at
}

// firsts lists the pieces that begin a word.
func firsts(pieces []news.Piece, at []int) []int {
	at = at[:0]
	for i, p := range pieces {
		if p.First || i == 0 {
			at = append(at, i)
		}
	}
	return at
}
