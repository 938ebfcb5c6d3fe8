package statements

import "whosaid/internal/news"

// A window is the run of pieces [start, end) that the encoder reads at once.
// The pieces [from, to) are its own: of all windows that hold them they lie
// most central in this one, so each piece is read once and no seam shows.
type window struct {
	start, end int
	from, to   int
}

// tile lays windows of at most size pieces over n pieces, each sharing at least
// 2*margin pieces with the next. As few as will do, of even length and evenly
// spread: no piece is read more often than the margins ask.
func tile(n, size, margin int) []window {
	if n == 0 {
		return nil
	}
	if n <= size {
		return []window{{0, n, 0, n}}
	}
	step := size - 2*margin
	count := (n-size+step-1)/step + 1
	size = (n + (count-1)*2*margin + count - 1) / count
	windows := make([]window, count)
	for i := range windows {
		start := (n - size) * i / (count - 1)
		windows[i] = window{start: start, end: start + size, to: n}
		if i > 0 {
			seam := (start + windows[i-1].end) / 2
			windows[i].from, windows[i-1].to = seam, seam
		}
	}
	return windows
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
