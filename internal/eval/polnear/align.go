package polnear

// Words compares spans of one text by the words that they hold, for scorers of
// what else is said of a relation than its spans.
type Words struct{ text tokenised }

// NewWords reads text once.
func NewWords(text string) Words { return Words{tokenise(text)} }

// Align pairs gold with predicted attributions, one to one, best match first.
// The result gives for each gold one the place of its partner, or -1, and how
// much their contents overlap: intersection over union.
func (w Words) Align(gold, predicted []Attribution) (partner []int, overlap []float64) {
	g, p := w.all(gold), w.all(predicted)
	partner, overlap = align(g, p), make([]float64, len(g))
	for i, j := range partner {
		if j >= 0 {
			overlap[i] = g[i][content].iou(p[j][content])
		}
	}
	return partner, overlap
}

func (w Words) all(list []Attribution) []relation {
	relations := make([]relation, len(list))
	for i, a := range list {
		relations[i] = relation{w.text.in(a.Source), w.text.in(a.Cue), w.text.in(a.Content)}
	}
	return relations
}

// Count is the number of words in spans.
func (w Words) Count(spans [][2]int) int { return len(w.text.in(spans)) }

// Overlap is the intersection of the words of a and b over their union, 1 where
// neither has any.
func (w Words) Overlap(a, b [][2]int) float64 { return w.text.in(a).iou(w.text.in(b)) }
