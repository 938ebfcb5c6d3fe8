package utterances

// A Pair is one step of an alignment: words A of the one side stand where words
// B of the other do. In a step of like words each has one; in a step of unlike
// ones either may have none.
type Pair struct {
	A, B [2]int // half-open ranges of words
	Same bool   // they are the same word
}

// Align lays two sequences of words beside each other so that as much as
// possible of what they tell is in like words, and like words lie together.
// Joined steps of unlike words follow no other such step.
func Align(a, b []Word) []Pair {
	n, m := len(a), len(b)
	if n == 0 && m == 0 {
		return nil
	}
	// score[i][j] is the best of a[i:] and b[j:]; a like word that follows a
	// like word counts a little more, so that runs stay whole.
	width := m + 1
	score := make([]float32, (n+1)*width)
	for i := n - 1; i >= 0; i-- {
		row, below := score[i*width:(i+1)*width], score[(i+1)*width:(i+2)*width]
		for j := m - 1; j >= 0; j-- {
			best := max(below[j], row[j+1])
			if a[i].Key == b[j].Key {
				s := below[j+1] + 1 + a[i].Weight/4
				if i+1 < n && j+1 < m && a[i+1].Key == b[j+1].Key {
					s += 0.5
				}
				best = max(best, s)
			}
			row[j] = best
		}
	}
	var out []Pair
	unlike := func(i, j, toI, toJ int) {
		if k := len(out) - 1; k >= 0 && !out[k].Same {
			out[k].A[1], out[k].B[1] = toI, toJ
			return
		}
		out = append(out, Pair{A: [2]int{i, toI}, B: [2]int{j, toJ}})
	}
	i, j := 0, 0
	for i < n && j < m {
		here := score[i*width+j]
		switch {
		case here != score[(i+1)*width+j] && here != score[i*width+j+1]:
			out = append(out, Pair{A: [2]int{i, i + 1}, B: [2]int{j, j + 1}, Same: true})
			i, j = i+1, j+1
		case here == score[(i+1)*width+j]:
			unlike(i, j, i+1, j)
			i++
		default:
			unlike(i, j, i, j+1)
			j++
		}
	}
	if i < n || j < m {
		unlike(i, j, n, m)
	}
	return out
}
