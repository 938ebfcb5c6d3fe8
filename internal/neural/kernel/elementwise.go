package kernel

// AddNorm computes the layer normalisation of x+residual row by row:
// dst[m][n] = (v-mean)/sqrt(variance+eps)*gamma + beta. residual may be nil;
// dst may be x or residual.
func AddNorm(dst, x, residual, gamma, beta []float32, m, n int, eps float32) {
	checkLen("destination", len(dst), m*n)
	checkLen("rows", len(x), m*n)
	checkLen("gamma", len(gamma), n)
	checkLen("beta", len(beta), n)
	if residual != nil {
		checkLen("residual", len(residual), m*n)
	}
	gamma, beta = gamma[:n], beta[:n]
	for i := range m {
		lo, hi := i*n, (i+1)*n
		if residual != nil {
			current.addNormRow(dst[lo:hi], x[lo:hi], residual[lo:hi], gamma, beta, eps)
		} else {
			current.addNormRow(dst[lo:hi], x[lo:hi], nil, gamma, beta, eps)
		}
	}
}

// GELU replaces every element by 0.5x(1+tanh(0.7978845608(x+0.044715x³))).
// It is computed as x/(1+exp(-2u)), which has no cancellation for negative x.
func GELU(x []float32) { current.gelu(x) }

// Add adds x to dst, which must be as long.
func Add(dst, x []float32) {
	checkLen("summand", len(x), len(dst))
	current.add(dst, x[:len(dst)])
}

// Softmax replaces x by exp(x)/Σexp(x).
func Softmax(x []float32, s *Scratch) {
	n := len(x)
	if n == 0 {
		return
	}
	s.scores = grow(s.scores, roundUp(n, panelWidth))
	row := s.scores
	for j := copy(row, x); j < len(row); j++ {
		row[j] = masked
	}
	inv := 1 / current.expRow(row, current.maxOf(row))
	for j := range x {
		x[j] = row[j] * inv
	}
}
