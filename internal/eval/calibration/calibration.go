// Package calibration fits a logistic regression, so that a confidence says how
// often it is right (Platt 1999).
package calibration

import (
	"errors"
	"math"
)

// ridge keeps weights finite where one feature parts right from wrong.
const ridge = 1e-2

// Fit returns the weights under which the logistic function of their product
// with x[i] is most likely to give right[i]: Newton's method, a small ridge.
// All rows of x have the same length; a constant is a feature like others.
func Fit(x [][]float64, right []bool) ([]float64, error) {
	if len(x) == 0 || len(x) != len(right) {
		return nil, errors.New("nothing to fit: give as many verdicts as rows, and at least one")
	}
	n := len(x[0])
	w := make([]float64, n)
	for range 50 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			hessian[i][i] = ridge
			gradient[i] = -ridge * w[i]
		}
		for r, row := range x {
			p := Probability(w, row)
			y := 0.0
			if right[r] {
				y = 1
			}
			for i := range n {
				gradient[i] += (y - p) * row[i]
				for j := range n {
					hessian[i][j] += p * (1 - p) * row[i] * row[j]
				}
			}
		}
		step := solve(hessian, gradient)
		size := 0.0
		for i := range w {
			w[i] += step[i]
			size += math.Abs(step[i])
		}
		if size < 1e-8 {
			break
		}
	}
	return w, nil
}

// Probability is the logistic function of the product of w and x.
func Probability(w, x []float64) float64 {
	z := 0.0
	for i := range w {
		z += w[i] * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// solve gives the solution of a·x = b for a symmetric positive definite a, which
// it overwrites (Gauss).
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for k := i + 1; k < n; k++ {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
