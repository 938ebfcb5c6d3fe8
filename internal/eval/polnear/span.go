package polnear

// In is the places, among the words of the text, of those that share a code
// point with one of spans: rising, and equal for spans of the same words.
func (w Words) In(spans [][2]int) []int { return w.text.in(spans) }
