package statements

import (
	"math"
	"testing"

	"whosaid/internal/neural/encoder"
	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/news"
	"whosaid/models"
)

// long is an article of some 1,500 pieces, so of several windows, with a
// statement in another's content, which is read again by itself.
func long() *news.Document {
	text := ""
	for range 30 {
		text += "The harbour master, Ilse Brandvold, told reporters that the ferry would not run, and that the mayor had said that nobody in Westmarch would be cut off. "
		text += "“We have no money,” she added. Boats lay at the quay.\n\n"
	}
	doc := &news.Document{Article: news.Article{Text: text}}
	doc.Pieces = wordpiece.New(models.Vocabulary).Append(nil, text, 0)
	return doc
}

// Each piece has the row of the window in which it lies most central, to half a
// step, whatever is read again later.
func TestVectorsAreTheEncodersRows(t *testing.T) {
	model, err := encoder.Load(models.Encoder, models.Heads)
	if err != nil {
		t.Fatal(err)
	}
	doc, r := long(), New(model, Options{Weights: Evidence{}})
	_, v := r.Read(doc)
	if v.Width != model.Width() || len(v.Scales) != len(doc.Pieces) || len(v.Values) != len(doc.Pieces)*v.Width {
		t.Fatalf("%d values and %d scales of width %d for %d pieces", len(v.Values), len(v.Scales), v.Width, len(doc.Pieces))
	}
	s, got, checked := r.sessions.Get().(*session), make([]float32, v.Width), 0
	windows := tile(doc.Pieces, Defaults.Window, Defaults.Margin)
	if len(windows) < 3 {
		t.Fatalf("only %d windows", len(windows))
	}
	for _, w := range windows {
		encoded := s.load(doc.Pieces[w.start:w.end])
		for i := w.from; i < w.to; i++ {
			v.Row(i, got)
			want := encoded[(i-w.start+1)*v.Width:][:v.Width]
			for j := range got {
				if d := math.Abs(float64(got[j] - want[j])); d > .51*float64(v.Scales[i]) {
					t.Fatalf("piece %d, value %d: %v, want %v within half of %v", i, j, got[j], want[j], v.Scales[i])
				}
			}
			checked++
		}
	}
	if checked != len(doc.Pieces) {
		t.Errorf("%d pieces of %d have a window", checked, len(doc.Pieces))
	}
}

func TestRoundOfNothing(t *testing.T) {
	out := []int16{5, 6}
	if scale := round(out, []float32{0, 0}); scale != 0 || out[0] != 0 || out[1] != 0 {
		t.Errorf("zeros give %v times %v", out, scale)
	}
	if scale := round(out, []float32{-2, 1}); out[0] != -finest || out[1] != finest/2+1 || scale != float32(2./finest) {
		t.Errorf("got %v times %v", out, scale)
	}
}
