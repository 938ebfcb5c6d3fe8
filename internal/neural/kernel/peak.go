package kernel

import "time"

// Peak measures how many billion operations a second (a multiplication and an
// addition count as two) the matrix products reach on one core with all data
// in the nearest caches: the yardstick for everything built on them. It takes
// about a tenth of a second.
func Peak() (f32, i8 float64) {
	const m, n, k = 48, 16, 256
	x := make([]float32, m*k)
	dst := make([]float32, m*n)
	for i := range x {
		x[i] = float32(i%31-15) / 16
	}
	p := PackF32(x[:n*k], n, k)
	f32 = rate(2*m*n*k, func() { p.Mul(dst, x, nil, m) })
	w := make([]int8, n*k)
	for i := range w {
		w[i] = int8(i%31 - 15)
	}
	q := PackInt8(w, dst[:n], n, k)
	var r Rows
	r.Quantise(x, m, k)
	i8 = rate(2*m*n*k, func() { q.MulRows(dst, &r, nil) })
	return f32, i8
}

// rate runs f for about 50 ms and returns 1e-9 times ops per second, of the
// fastest tenth: the one least disturbed by others.
func rate(ops int, f func()) float64 {
	best := 0.0
	for range 10 {
		count := 0
		begin := time.Now()
		var took time.Duration
		for took < 5*time.Millisecond {
			for range 8 {
				f()
			}
			count += 8
			took = time.Since(begin)
		}
		best = max(best, float64(count)*float64(ops)/took.Seconds()/1e9)
	}
	return best
}
