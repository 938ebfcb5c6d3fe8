package encoder

import (
	"fmt"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/weights"
)

// The tagger's convolutions are of five taps, the second dilated by four.
const (
	taps      = 5
	dilation1 = 1
	dilation2 = 4
	reach1    = taps / 2 * dilation1 // rows on either side that the first one reads
	reach2    = taps / 2 * dilation2
)

// buckets is the number of classes of distance on either side of a cue.
const buckets = 10

// CueStarts appends to dst, for each of the n pieces of the window last encoded,
// the logit of being the first piece of a cue.
func (s *Session) CueStarts(dst []float32) []float32 {
	m := s.m
	rows := s.n + 2
	s.v = grow(s.v, rows*m.start1.N)
	s.logits = grow(s.logits, rows*Scores)
	s.mul(&m.start1, s.v, s.x, rows)
	kernel.GELU(s.v)
	s.mul(&m.start2, s.logits, s.v, rows)
	return append(dst, s.logits[1:s.n+1]...)
}

// Tag appends to dst the tagger's scores [hi-lo][Roles][ScoresPerRole] of pieces
// lo to hi-1 of the window last encoded, for the cue that starts at piece cue.
// The roles are source, cue, content; the scores are those of the piece being in,
// of entering there (the piece before is out), of leaving there (the piece before
// is in).
//
// A range smaller than the window costs less and gives the same scores: rows
// beyond it are computed as far as the convolutions see. It panics where cue is
// no piece of the window, or lo and hi no range of it.
func (s *Session) Tag(dst []float32, cue, lo, hi int) []float32 {
	if cue < 0 || cue >= s.n || lo < 0 || lo > hi || hi > s.n {
		panic(fmt.Sprintf("encoder: cue %d, range %d to %d in a window of %d pieces", cue, lo, hi, s.n))
	}
	if lo == hi {
		return dst
	}
	m, rows := s.m, s.n+2
	if !s.hasPieces {
		s.pieces = grow(s.pieces, rows*m.tag)
		s.mul(&m.piece, s.pieces, s.x, rows)
		s.hasPieces = true
	}
	// Rows of the window; piece i is row i+1.
	lo, hi, cue = lo+1, hi+1, cue+1
	lo1, hi1 := max(lo-reach2, 0), min(hi+reach2, rows)   // what the second convolution reads
	lo0, hi0 := max(lo1-reach1, 0), min(hi1+reach1, rows) // what the first one reads
	s.conditioned(cue, lo0, hi0)
	s.convolve(&m.conv1, dilation1, lo0, hi0, lo1, hi1)
	s.convolve(&m.conv2, dilation2, lo1, hi1, lo, hi)
	s.logits = grow(s.logits, (hi-lo)*Scores)
	s.mul(&m.out, s.logits, s.u, hi-lo)
	return append(dst, s.logits...)
}

// conditioned writes to s.u, for rows lo to hi-1, what the tagger knows of a row
// and the cue together, before any neighbours are looked at.
func (s *Session) conditioned(cue, lo, hi int) {
	m, d := s.m, s.m.tag
	at := row(s.x, cue, m.width)
	s.plus, s.times = grow(s.plus, d), grow(s.times, d)
	s.mul(&m.cueSum, s.plus, at, 1)
	s.mul(&m.cueProduct, s.times, at, 1)
	s.u = grow(s.u, (hi-lo)*d)
	for i := lo; i < hi; i++ {
		to, a, dist := row(s.u, i-lo, d), row(s.pieces, i, d), row(m.distance, bucket(i-cue), d)
		for j := range to {
			// The conversion keeps the compiler from rounding product and sum at once.
			to[j] = a[j] + s.plus[j] + dist[j] + float32(a[j]*s.times[j])
		}
	}
	kernel.AddNorm(s.u, s.u, nil, m.tagNorm.Weight, m.tagNorm.Bias, hi-lo, d, tagEpsilon)
	kernel.GELU(s.u)
}

// convolve replaces s.u, which holds rows lo to hi-1, by rows toLo to toHi-1 of
// u + gelu(conv(u)). Rows that s.u does not hold count as zero: they lie outside
// the window.
func (s *Session) convolve(c *weights.Linear, dilation, lo, hi, toLo, toHi int) {
	d := s.m.tag
	rows := toHi - toLo
	s.near = grow(s.near, rows*taps*d)
	for i := range rows {
		for tap := range taps {
			to := s.near[(i*taps+tap)*d:][:d]
			from := toLo + i + (tap-taps/2)*dilation
			if from < lo || from >= hi {
				clear(to)
				continue
			}
			copy(to, row(s.u, from-lo, d))
		}
	}
	s.v = grow(s.v, rows*d)
	s.mul(c, s.v, s.near, rows)
	kernel.GELU(s.v)
	kernel.Add(s.v, s.u[(toLo-lo)*d:(toHi-lo)*d])
	s.u, s.v = s.v, s.u
}

// bucket is the class of a distance in pieces: up to four one by one, then by
// doubling; those behind the cue first.
func bucket(distance int) int {
	far := max(distance, -distance)
	b := min(far, 5)
	for edge := 10; far >= edge && b < buckets-1; edge *= 2 {
		b++
	}
	if distance < 0 {
		return b
	}
	return b + buckets
}
