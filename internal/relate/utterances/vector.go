package utterances

import (
	"math"

	"whosaid/internal/news"
)

// A Vector stands for the meaning of a statement: Scale*Values. It has length
// one, about, or none where the meaning is not known.
type Vector struct {
	Scale  float32
	Values []int8
}

// VectorsOf are the vectors of a document's statements, while what the encoder
// said of its pieces is at hand: the rows of the pieces of the content, the rare
// words counting for more, added up. There are none where it is not. The result
// is the same on every processor: every step is one operation, in one order.
func VectorsOf(doc *news.Document) []Vector {
	rows := doc.Vectors
	if rows == nil || rows.Width == 0 || len(rows.Scales) < len(doc.Pieces) {
		return nil
	}
	out := make([]Vector, len(doc.Statements))
	sum := make([]float64, rows.Width)
	for i := range doc.Statements {
		clear(sum)
		for _, w := range Words(doc.Text, &doc.Statements[i]) {
			add(sum, doc, w)
		}
		out[i] = unit(sum)
	}
	return out
}

// add adds the rows of the pieces of a word, by its weight.
func add(sum []float64, doc *news.Document, w Word) {
	rows := doc.Vectors
	for p := firstPiece(doc.Pieces, w.Start); p < len(doc.Pieces) && doc.Pieces[p].Start < w.End; p++ {
		scale := float64(rows.Scales[p]) * float64(w.Weight)
		for k, x := range rows.Values[p*rows.Width : (p+1)*rows.Width] {
			sum[k] += float64(scale * float64(x)) // the conversion keeps the product and the sum apart
		}
	}
}

// firstPiece is the first piece that ends behind a place.
func firstPiece(pieces []news.Piece, at int) int {
	low, high := 0, len(pieces)
	for low < high {
		middle := (low + high) / 2
		if pieces[middle].End <= at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// unit is a sum at length one, in whole numbers.
func unit(sum []float64) Vector {
	var square, top float64
	for _, x := range sum {
		square += float64(x * x)
		top = max(top, math.Abs(x))
	}
	v := Vector{Values: make([]int8, len(sum))}
	if top == 0 {
		return v
	}
	for k, x := range sum {
		v.Values[k] = int8(math.RoundToEven(x * math.MaxInt8 / top))
	}
	v.Scale = float32(top / math.MaxInt8 / math.Sqrt(square))
	return v
}

// Cosine is how near two meanings are, -1 to 1; 0 where one is not known.
func Cosine(a, b Vector) float64 {
	if len(a.Values) != len(b.Values) || a.Scale == 0 || b.Scale == 0 {
		return 0
	}
	return float64(dot(a.Values, b.Values)) * float64(a.Scale) * float64(b.Scale)
}

func dot(a, b []int8) int32 {
	var s0, s1, s2, s3 int32
	for len(a) >= 8 && len(b) >= 8 {
		x, y := (*[8]int8)(a), (*[8]int8)(b) // so that no bound is looked at
		s0 += int32(x[0])*int32(y[0]) + int32(x[4])*int32(y[4])
		s1 += int32(x[1])*int32(y[1]) + int32(x[5])*int32(y[5])
		s2 += int32(x[2])*int32(y[2]) + int32(x[6])*int32(y[6])
		s3 += int32(x[3])*int32(y[3]) + int32(x[7])*int32(y[7])
		a, b = a[8:], b[8:]
	}
	for k := range a {
		s0 += int32(a[k]) * int32(b[k])
	}
	return s0 + s1 + s2 + s3
}

// rest is the length of a vector without its first part, which is a third of it:
// two vectors that differ there are hardly ever alike, and the lengths of the
// rests bound how alike.
func (v Vector) rest() float32 {
	values := v.Values[len(v.Values)/3:]
	return v.Scale * float32(math.Sqrt(float64(dot(values, values))))
}

// cosineFrom is Cosine of vectors as long as each other where that is least at
// least; ok is false where it is not. restA and restB are their rests.
func cosineFrom(a, b Vector, restA, restB float32, least float64) (cosine float64, ok bool) {
	scale := float64(a.Scale) * float64(b.Scale)
	cut := len(a.Values) / 3
	first := dot(a.Values[:cut], b.Values[:cut])
	if float64(first)*scale+float64(restA)*float64(restB) < least-1e-4 {
		return 0, false
	}
	cosine = float64(first+dot(a.Values[cut:], b.Values[cut:])) * scale
	return cosine, cosine >= least
}
