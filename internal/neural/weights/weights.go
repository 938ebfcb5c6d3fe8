// Package weights holds the products of a network: read from a file, packed for
// the kernels, run at one of two precisions.
//
// Quantised results have the same bits on every processor; float32 results differ
// in the last digits.
package weights

import (
	"fmt"
	"math"

	"whosaid/internal/neural/kernel"
)

// Precision is the arithmetic of a session.
type Precision int

// The precisions.
const (
	Quantised Precision = iota // int8 weights, activations quantised row by row
	Float32                    // weights widened to float32
)

// Precisions is how many there are.
const Precisions = 2

// String names p.
func (p Precision) String() string {
	switch p {
	case Float32:
		return "f32"
	case Quantised:
		return "int8"
	}
	return fmt.Sprintf("precision %d", int(p))
}

// Norm is the scale and shift of a layer normalisation.
type Norm struct {
	Weight, Bias []float32
}

// Linear is the weights of y = Wx + b, N outputs and K inputs, as floats or as
// int8 with a scale a row. It is packed for a precision before it runs at it;
// then any number of goroutines may run it.
type Linear struct {
	N, K  int
	Bias  []float32
	W     []float32 // [N][K]; nil where there is int8
	Q     []int8    // [N][K]; nil where there are floats
	Scale []float32 // [N], of Q

	f32  *kernel.F32
	int8 *kernel.Int8
}

// Pack makes the packed form of l for p. It must not run beside itself.
func (l *Linear) Pack(p Precision) {
	switch {
	case p == Float32 && l.W != nil:
		l.f32 = kernel.PackF32(l.W, l.N, l.K)
	case p == Float32:
		w := make([]float32, l.N*l.K)
		for i, q := range l.Q {
			w[i] = float32(q) * l.Scale[i/l.K]
		}
		l.f32 = kernel.PackF32(w, l.N, l.K)
	case l.Q != nil:
		l.int8 = kernel.PackInt8(l.Q, l.Scale, l.N, l.K)
	default:
		q, scale := quantise(l.W, l.N, l.K)
		l.int8 = kernel.PackInt8(q, scale, l.N, l.K)
	}
}

// Mul computes dst [rows][l.N] = x [rows][l.K]·Wᵀ + b at precision p; scratch is
// the worker's.
func (l *Linear) Mul(p Precision, scratch *kernel.Rows, dst, x []float32, rows int) {
	if p == Quantised {
		scratch.Quantise(x, rows, l.K)
		l.int8.MulRows(dst, scratch, l.Bias)
		return
	}
	l.f32.Mul(dst, x, l.Bias, rows)
}

// quantise rounds w [n][k] to int8 with one scale a row, the same on every
// processor: each step is a single operation.
func quantise(w []float32, n, k int) (q []int8, scale []float32) {
	q, scale = make([]int8, n*k), make([]float32, n)
	for i := range n {
		row := w[i*k : (i+1)*k]
		var top float64
		for _, v := range row {
			top = max(top, math.Abs(float64(v)))
		}
		if top == 0 {
			continue
		}
		scale[i] = float32(top / 127)
		for j, v := range row {
			q[i*k+j] = int8(math.RoundToEven(float64(v) * 127 / top))
		}
	}
	return q, scale
}
