package statements

import (
	"math"

	"whosaid/internal/news"
)

// finest is the largest whole number of a vector.
const finest = math.MaxInt16

// newVectors makes room for the vectors of n pieces.
func newVectors(n, width int) *news.Vectors {
	return &news.Vectors{Width: width, Values: make([]int16, n*width), Scales: make([]float32, n)}
}

// keep writes to v the rows of the pieces that are w's own. encoded is what the
// encoder gave for w: [pieces+2][width], the first row standing for its start.
func keep(v *news.Vectors, w window, encoded []float32) {
	for i := w.from; i < w.to; i++ {
		at := (i - w.start + 1) * v.Width
		v.Scales[i] = round(v.Values[i*v.Width:(i+1)*v.Width], encoded[at:at+v.Width])
	}
}

// round writes row to out in whole numbers and returns their scale. Every step
// is one operation, so that it gives the same on every processor.
func round(out []int16, row []float32) float32 {
	var top float64
	for _, x := range row {
		top = max(top, math.Abs(float64(x)))
	}
	if top == 0 {
		clear(out)
		return 0
	}
	for i, x := range row {
		out[i] = int16(math.RoundToEven(float64(x) * finest / top))
	}
	return float32(top / finest)
}
