package polnear

// A Coverage is how many of the passages in quotation marks lie in some
// statement.
type Coverage struct {
	Covered  int    `json:"covered"`
	Passages int    `json:"passages"`
	Lost     []Lost `json:"lost"` // those that lie in none
}

// A Lost passage belongs to no statement.
type Lost struct {
	Article string `json:"article"`
	Start   int    `json:"start"` // in code points
	End     int    `json:"end"`
}

// leastWords is the length from which a passage in quotation marks is taken
// for speech; shorter ones may be terms, nicknames or scare quotes.
const leastWords = 4

// coverage counts the passages of at least leastWords words whose words all
// lie in the content of one statement, be it by marks alone.
func coverage(articles []scored) Coverage {
	c := Coverage{Lost: []Lost{}}
	for _, a := range articles {
		for _, p := range passages(a.text.runes) {
			words := a.text.in([][2]int{p})
			if len(words) < leastWords {
				continue
			}
			c.Passages++
			if a.holds(words) {
				c.Covered++
			} else {
				c.Lost = append(c.Lost, Lost{a.article.ID, p[0], p[1]})
			}
		}
	}
	return c
}

func (a scored) holds(words set) bool {
	for _, s := range a.contents {
		if words.shared(s) == len(words) {
			return true
		}
	}
	return false
}

// passages finds what stands between double quotation marks or guillemets, the
// marks included, in code points. It is kept simple and knows nothing of the
// program's own reader of quotation marks, which it measures: outermost marks
// only, never past the end of a paragraph. A mark that is never closed counts
// to the paragraph's end where the next paragraph opens with a mark again, as
// speech of several paragraphs does, and otherwise not at all.
func passages(text []rune) [][2]int {
	var found [][2]int
	open := -1
	for i, r := range text {
		switch {
		case r == '\n':
			if open >= 0 && opensAgain(text[i:]) {
				found = append(found, [2]int{open, i})
			}
			open = -1
		case open < 0 && (r == '“' || r == '„' || r == '«' || r == '"'):
			open = i
		case open >= 0 && closes(text[open], r):
			found = append(found, [2]int{open, i + 1})
			open = -1
		}
	}
	return found
}

// closes reports whether mark r ends what mark open began.
func closes(open, r rune) bool {
	switch open {
	case '“':
		return r == '”' || r == '"'
	case '„':
		return r == '“' || r == '”'
	case '«':
		return r == '»'
	}
	return r == '"' || r == '”'
}

// opensAgain reports whether the next paragraph begins with a quotation mark.
func opensAgain(text []rune) bool {
	for _, r := range text {
		if r != '\n' && r != '\r' && r != ' ' {
			return r == '“' || r == '„' || r == '«' || r == '"'
		}
	}
	return false
}
