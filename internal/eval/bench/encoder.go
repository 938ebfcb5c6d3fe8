package bench

import (
	"time"

	"whosaid/internal/annotate/statements"
	"whosaid/internal/neural/encoder"
	"whosaid/internal/neural/kernel"
	"whosaid/internal/news"
	"whosaid/models"
)

// An Encoder sets what the encoder reaches beside the peak of the kernel that
// it is built on, both on one core, in billions of operations a second.
type Encoder struct {
	Precision string  `json:"precision"`
	Kernel    string  `json:"kernel"`
	Reached   float64 `json:"reached"`
	Peak      float64 `json:"peak"`
}

// Efficiency is how much of the peak the encoder reaches, 0 to 1.
func (e Encoder) Efficiency() float64 { return e.Reached / e.Peak }

// encoderTime is how long the encoder runs at each precision.
const encoderTime = 2 * time.Second

// measureEncoder runs the encoder alone over the articles' pieces, window by
// window, and measures the kernels' peak before and after.
func measureEncoder(docs []*news.Document) ([]Encoder, error) {
	model, err := encoder.Load(models.Encoder, models.Heads)
	if err != nil {
		return nil, err
	}
	windows := windows(docs, statements.Defaults.Window)
	f32, i8 := kernel.Peak()
	list := []Encoder{
		{Precision: encoder.Quantised.String(), Kernel: kernel.ISA(), Reached: encode(model, encoder.Quantised, windows)},
		{Precision: encoder.Float32.String(), Kernel: kernel.ISA(), Reached: encode(model, encoder.Float32, windows)},
	}
	again32, again8 := kernel.Peak()
	list[0].Peak, list[1].Peak = max(i8, again8), max(f32, again32)
	return list, nil
}

// windows cuts the articles into windows of the size that they are read in,
// without the overlap.
func windows(docs []*news.Document, size int) []encoder.Input {
	var list []encoder.Input
	for _, d := range docs {
		for from := 0; from < len(d.Pieces); from += size {
			var in encoder.Input
			for _, p := range d.Pieces[from:min(from+size, len(d.Pieces))] {
				in.IDs = append(in.IDs, p.ID)
				in.Shape = append(in.Shape, p.Shape)
				in.Quote = append(in.Quote, p.Quote)
				in.Paragraph = append(in.Paragraph, p.Paragraph)
			}
			list = append(list, in)
		}
	}
	return list
}

// encode gives the encoder's billions of operations a second: the best of the
// stretches of about a tenth of a second, as kernel.Peak takes its own.
func encode(model *encoder.Model, p encoder.Precision, windows []encoder.Input) float64 {
	session := model.NewSession(p)
	for _, w := range windows[:min(2, len(windows))] {
		session.Encode(w)
	}
	best := 0.0
	next := 0
	for begin := time.Now(); time.Since(begin) < encoderTime; {
		operations := 0.0
		stretch := time.Now()
		for time.Since(stretch) < 100*time.Millisecond {
			w := windows[next%len(windows)]
			next++
			session.Encode(w)
			operations += model.Flops(len(w.IDs))
		}
		best = max(best, operations/time.Since(stretch).Seconds()/1e9)
	}
	return best
}
