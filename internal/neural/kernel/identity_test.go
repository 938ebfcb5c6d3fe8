package kernel

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"
)

// sameBits reports the first element that differs in its bits, or -1.
func sameBits(a, b []float32) int {
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return i
		}
	}
	return -1
}

// spread makes numbers of very different magnitudes, with zeros of both signs.
func spread(r *rand.Rand, n int) []float32 {
	x := random(r, n)
	for i := range x {
		switch r.IntN(16) {
		case 0:
			x[i] = 0
		case 1:
			x[i] = float32(math.Copysign(0, -1))
		case 2:
			x[i] *= 1e-20
		case 3:
			x[i] *= 100
		}
	}
	return x
}

// checkInt8 holds the quantised product of c against plain.
func checkInt8(t *testing.T, c *isa, r *rand.Rand, m, n, k int) {
	t.Helper()
	x, ws, bias := spread(r, m*k), random(r, n), random(r, n)
	w := random8(r, n*k)
	var rows Rows
	want, got := make([]float32, m*n+8), make([]float32, m*n+8)
	for _, b := range [][]float32{nil, bias} {
		p := packInt8(c, w, ws, n, k)
		rows.quantise(&plain, x, m, k)
		p.mulRows(&plain, want, &rows, b)
		rows.quantise(c, x, m, k)
		p.mulRows(c, got, &rows, b)
		if at := sameBits(got, want); at >= 0 {
			t.Fatalf("%s %d x %d x %d: element %d is %g, plain %g", c.name, m, k, n, at, got[at], want[at])
		}
		for i := range w {
			w[i] /= 2 // to NarrowWeight, for the other bias
		}
	}
}

// TestInt8Extremes multiplies the largest magnitudes of all signs, where a
// sum that saturates would show.
func TestInt8Extremes(t *testing.T) {
	const m, n, k = 6, 16, 1536
	for _, c := range available() {
		for _, largest := range []int8{NarrowWeight, -NarrowWeight, NarrowWeight + 1, 127, -128} {
			for _, x := range []float32{1, -1} {
				w, acts, ones := make([]int8, n*k), make([]float32, m*k), make([]float32, n)
				for i := range w {
					w[i] = largest
				}
				for i := range acts {
					acts[i] = x
				}
				for i := range ones {
					ones[i] = 1
				}
				var rows Rows
				rows.quantise(c, acts, m, k)
				dst := make([]float32, m*n)
				packInt8(c, w, ones, n, k).mulRows(c, dst, &rows, nil)
				want := float32(int32(x)*127*int32(largest)*k) * (1.0 / 127 * float32(1))
				for i, v := range dst {
					if math.Abs(float64(v-want)) > 1e-6*math.Abs(float64(want)) {
						t.Fatalf("%s weights %d, activations %g: element %d is %g, want %g", c.name, largest, x, i, v, want)
					}
				}
			}
		}
	}
}

// TestInt8Runs multiplies rows by weights that are the rows over again, scaled
// so that sums come as near to what 16 bits hold as each length of run allows.
func TestInt8Runs(t *testing.T) {
	const m, n, k = 13, 40, 256
	r := rand.New(rand.NewPCG(10, 1))
	for _, c := range others(t) {
		if c.runTiles == nil {
			continue
		}
		var seen [runKinds + 1]int
		for _, spread := range []float64{1, 4, 8, 12, 16, 20, 24, 28, 32, 40, 63} {
			q, w, ones := make([]int8, m*k), make([]int8, n*k), make([]float32, n)
			for j := range w {
				w[j] = int8(max(-NarrowWeight, min(NarrowWeight, r.NormFloat64()*spread)))
			}
			for i := range q {
				v := float64(w[i%k]) // the first column's
				if i/k%2 > 0 {
					v = -v
				}
				q[i] = int8(max(-127, min(127, 2*v)))
			}
			for i := range m {
				q[i*k] = 127
			}
			for i := range ones {
				ones[i] = 1
			}
			p, rows := packInt8(c, w, ones, n, k), rowsOf(c, q, m, k)
			rows.ofTiles(c.mr)
			for _, panel := range p.runs.energy {
				for _, tile := range rows.tiles {
					seen[longestRun(tile, panel)]++
				}
			}
			got, want := make([]float32, m*n), make([]float32, m*n)
			p.mulRows(c, got, rows, nil)
			p.mulRows(&plain, want, rowsOf(&plain, q, m, k), nil)
			if at := sameBits(got, want); at >= 0 {
				t.Fatalf("%s weights of spread %g: element %d is %g, plain %g", c.name, spread, at, got[at], want[at])
			}
		}
		if slices.Contains(seen[:], 0) {
			t.Errorf("%s: not every kind of run was tried: %v", c.name, seen)
		}
	}
}

// mostOf is the largest sum of squares of q(0), ..., q(n-1) in one lane of a run
// of so many blocks.
func mostOf(q func(j int) int, n, blocks int) uint32 {
	var top uint32
	for from := 0; from < n; from += blocks * block {
		var lanes [2]uint32
		for j := from; j < min(n, from+blocks*block); j++ {
			lanes[j%4/2] += uint32(q(j) * q(j))
		}
		top = max(top, lanes[0], lanes[1])
	}
	return top
}

// checkEnergies holds got against the definition; the longest run's may be a
// little more than it must.
func checkEnergies(t *testing.T, what string, got energies, q func(j int) int, n int) {
	t.Helper()
	for kind, v := range got {
		want := mostOf(q, n, 1<<kind)
		if v < want || v > want+8 || kind < runKinds-1 && v != want {
			t.Errorf("%s of %d, runs of %d: energy %d, want %d", what, n, 1<<kind, v, want)
		}
	}
}

// TestEnergies holds the sums of squares that runs are chosen by against their
// definition.
func TestEnergies(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 1))
	for _, c := range others(t) {
		if c.runTiles == nil {
			continue
		}
		for _, k := range []int{5, 16, 32, 64, 112, 128, 200, 336, 384} {
			x, w := spread(r, 3*k), random8(r, 20*k)
			var rows Rows
			rows.quantise(c, x, 3, k)
			for i, got := range rows.energy {
				q := rows.asWords(c)[i*rows.kp:]
				checkEnergies(t, c.name+" row", got, func(j int) int { return int(q[j]) }, rows.kp)
			}
			for i := range w {
				w[i] /= 2
			}
			p := packInt8(c, w, make([]float32, 20), 20, k)
			for i, got := range p.runs.energy {
				var want energies
				for n := 16 * i; n < min(16*i+16, 20); n++ {
					for kind := range want {
						want[kind] = max(want[kind], mostOf(func(j int) int {
							if j >= k {
								return 0
							}
							return int(w[n*k+j])
						}, p.kp, 1<<kind))
					}
				}
				shift := make([]int16, 2*p.kp)
				panel := p.panels[i*16*p.kp:][:16*p.kp]
				if plainPanelRuns(shift, panel) != want {
					t.Errorf("plain: panel %d of %d: energies are not %d", i, k, want)
				}
				if !slices.Equal(shift, p.runs.shift[i*2*p.kp:][:2*p.kp]) {
					t.Errorf("%s: shifts of panel %d of %d are not plain's", c.name, i, k)
				}
				if got[0] != want[0] || got[1] != want[1] || got[2] < want[2] || got[2] > want[2]+8 {
					t.Errorf("%s panel %d of %d: energies %d, want %d", c.name, i, k, got, want)
				}
			}
			if k%16 != 0 {
				continue
			}
			prob, words := make([]uint8, k), make([]int16, k)
			for i := range x[:k] {
				x[i] = float32(math.Log2(float64(abs(x[i]) + 1e-3)))
			}
			sum, e := c.bytes.probRow(prob, x[:k])
			if want := plainProbRow(words, x[:k]); sum != want {
				t.Errorf("%s probabilities of %d: sum %d, want %d", c.name, k, sum, want)
			}
			for j, v := range words {
				if int16(prob[j]) != v {
					t.Fatalf("%s probabilities of %d: element %d is %d, want %d", c.name, k, j, prob[j], v)
				}
			}
			checkEnergies(t, c.name+" probabilities", e, func(j int) int { return int(words[j]) }, k)
			again := make([]uint8, k)
			if s, f := plainProbBytes(again, x[:k], words); s != sum || f != e || !slices.Equal(prob, again) {
				t.Errorf("plain probabilities of %d: sum %d, energies %d, want %d, %d", k, s, f, sum, e)
			}
			heads := k / 32
			if heads == 0 {
				continue
			}
			q, q2, scale, e1, e2 := make([]uint8, k), make([]uint8, k), make([]float32, heads), make([]energies, heads), make([]energies, heads)
			c.bytes.quantiseHeads(q, 32, e1, scale, x, heads, 32, queryMax, 128)
			plainQuantiseHeads(q2, 32, e2, make([]float32, heads), x, heads, 32, queryMax, 128)
			if !slices.Equal(q, q2) || !slices.Equal(e1, e2) {
				t.Errorf("%s: %d heads are not quantised as plain does: %d %d", c.name, heads, e1, e2)
			}
		}
	}
}

func TestInt8Identical(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for _, c := range others(t) {
		for _, s := range sizes {
			checkInt8(t, c, r, s[0], s[1], s[2])
		}
	}
}

// checkElementwise holds every element-wise kernel of c against plain on rows
// of n elements.
func checkElementwise(t *testing.T, c *isa, r *rand.Rand, n int) {
	t.Helper()
	x, res, gamma, beta := spread(r, n), spread(r, n), random(r, n), random(r, n)
	differ := func(what string, got, want []float32) {
		t.Helper()
		if at := sameBits(got, want); at >= 0 {
			t.Fatalf("%s %s of %d: element %d is %g, plain %g", c.name, what, n, at, got[at], want[at])
		}
	}
	want, got := make([]float32, n), make([]float32, n)
	for _, residual := range [][]float32{nil, res} {
		plain.addNormRow(want, x, residual, gamma, beta, 1e-12)
		c.addNormRow(got, x, residual, gamma, beta, 1e-12)
		differ("layer normalisation", got, want)
	}
	copy(want, x)
	copy(got, x)
	plain.gelu(want)
	c.gelu(got)
	differ("GELU", got, want)
	copy(want, x)
	copy(got, x)
	plain.add(want, res)
	c.add(got, res)
	differ("sum", got, want)
	copy(want, res)
	copy(got, res)
	for i := range want {
		want[i], got[i] = abs(want[i]), abs(got[i])
	}
	plain.largestMagnitudes(want, x)
	c.largestMagnitudes(got, x)
	differ("largest magnitudes", got, want)

	qw, qg := make([]int16, n), make([]int16, n)
	sw, sg := make([]float32, 1), make([]float32, 1)
	for _, limit := range []float32{127, 8191} {
		plain.quantise(qw, n, sw, x, 1, n, limit)
		c.quantise(qg, n, sg, x, 1, n, limit)
		differ("scale", sg, sw)
		for i := range qw {
			if qw[i] != qg[i] {
				t.Fatalf("%s quantise of %d: element %d is %d, plain %d", c.name, n, i, qg[i], qw[i])
			}
		}
	}

	// The rest takes whole panels only.
	np := roundUp(n, panelWidth)
	x = spread(r, np)
	if a, b := plain.maxOf(x), c.maxOf(x); a != b {
		t.Fatalf("%s max of %d: %g, plain %g", c.name, np, b, a)
	}
	want, got = make([]float32, np), make([]float32, np)
	copy(want, x)
	copy(got, x)
	top := plain.maxOf(x)
	sum1, sum2 := plain.expRow(want, top), c.expRow(got, top)
	differ("exponentials", got, want)
	differ("sum of exponentials", []float32{sum2}, []float32{sum1})
	pw, pg := make([]int16, 2*np), make([]int16, 2*np)
	s1, s2 := plain.probRow(pw[:np], x), c.probRow(pg[:np], x)
	if s1 != s2 {
		t.Fatalf("%s sum of probabilities of %d: %d, plain %d", c.name, np, s2, s1)
	}
	inv, dw, dg := random(r, 16), make([]int16, 32), make([]int16, 32)
	x, res = random(r, 16), random(r, 16)
	for i := range x {
		x[i], res[i] = x[i]*512, res[i]*512
	}
	plain.roundPairs(dw, x, res, inv)
	c.roundPairs(dg, x, res, inv)
	pw, pg = append(pw, dw...), append(pg, dg...)
	for i := range pw {
		if pw[i] != pg[i] {
			t.Fatalf("%s probabilities and pairs of %d: element %d is %d, plain %d", c.name, np, i, pg[i], pw[i])
		}
	}
}

func TestElementwiseIdentical(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for _, c := range others(t) {
		for _, n := range []int{1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 64, 96, 100, 384, 385, 1536} {
			for range 20 {
				checkElementwise(t, c, r, n)
			}
		}
	}
}

func checkAttention(t *testing.T, c *isa, r *rand.Rand, n, heads, dim int) {
	t.Helper()
	qkv := spread(r, n*3*heads*dim)
	want, got := make([]float32, n*heads*dim), make([]float32, n*heads*dim)
	var s, p Scratch
	attentionInt(&plain, want, qkv, n, heads, dim, &p)
	attentionInt(c, got, qkv, n, heads, dim, &s)
	if at := sameBits(got, want); at >= 0 {
		t.Fatalf("%s n %d heads %d dim %d: element %d is %g, plain %g", c.name, n, heads, dim, at, got[at], want[at])
	}
}

func TestAttentionIntIdentical(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for _, c := range others(t) {
		for _, z := range attentionSizes {
			checkAttention(t, c, r, z[0], z[1], z[2])
		}
	}
}

// TestSameEverywhere runs the whole quantised path of one encoder layer and
// compares a digest of the output's bits with the one that every processor and
// every operating system must give.
func TestSameEverywhere(t *testing.T) {
	const m, width, heads = 37, 96, 3
	const want = "298ca8f6ef142369"
	// Whole numbers over a power of two: the same on every processor.
	state := uint32(1)
	fill := func(n int, scale float32) []float32 {
		x := make([]float32, n)
		for i := range x {
			state = state*1664525 + 1013904223
			x[i] = float32(int32(state)>>16) / 32768 * scale
		}
		return x
	}
	pack := func(n, k int, most int8) *Int8 {
		w := make([]int8, n*k)
		for i, v := range fill(n*k, float32(most)) {
			w[i] = int8(v)
		}
		return PackInt8(w, fill(n, 0.01), n, k)
	}
	x, gamma, beta := fill(m*width, 4), fill(width, 1), fill(width, 0.1)
	qkv, out := pack(3*width, width, 127), pack(width, width, NarrowWeight)
	up, down := pack(4*width, width, NarrowWeight), pack(width, 4*width, 127)
	bias := fill(4*width, 0.1)

	layer := func(c *isa) string {
		h := fnv.New64a()
		var r Rows
		var s Scratch
		all, mid, next, wide := make([]float32, m*3*width), make([]float32, m*width), make([]float32, m*width), make([]float32, m*4*width)
		norm := func(dst, x, residual []float32) {
			for i := 0; i < m*width; i += width {
				c.addNormRow(dst[i:i+width], x[i:i+width], residual[i:i+width], gamma, beta, 1e-12)
			}
		}
		r.quantise(c, x, m, width)
		qkv.mulRows(c, all, &r, bias)
		attentionInt(c, mid, all, m, heads, width/heads, &s)
		r.quantise(c, mid, m, width)
		out.mulRows(c, next, &r, bias)
		norm(next, next, x)
		r.quantise(c, next, m, width)
		up.mulRows(c, wide, &r, bias)
		c.gelu(wide)
		r.quantise(c, wide, m, 4*width)
		down.mulRows(c, mid, &r, bias)
		norm(mid, mid, next)
		for _, part := range [][]float32{all, next, wide, mid} {
			if err := binary.Write(h, binary.LittleEndian, part); err != nil {
				t.Fatal(err)
			}
		}
		return strconv.FormatUint(h.Sum64(), 16)
	}
	for _, c := range available() {
		if got := layer(c); got != want {
			t.Errorf("%s: digest %s, want %s", c.name, got, want)
		}
	}
}

// TestInstructionSets reports, for every instruction set that this
// architecture has code for, whether it was tested here.
func TestInstructionSets(t *testing.T) {
	for _, name := range map[string][]string{
		"amd64": {"avx512vnni", "avx2"},
		"arm64": {"neon", "neon-smlal"},
	}[runtime.GOARCH] {
		t.Run(name, func(t *testing.T) {
			at := slices.IndexFunc(available(), func(c *isa) bool { return c.name == name })
			if at < 0 {
				t.Skipf("skipped: CPU feature %s", name)
			}
			c := available()[at]
			if !selfCheck(c) {
				t.Errorf("%s fails the check at start and is never chosen", name)
			}
			r := rand.New(rand.NewPCG(8, 1))
			for rows := range 26 { // every way to split rows among tiles
				checkInt8(t, c, r, rows, 33, 20)
				checkAttention(t, c, r, rows+1, 1, 32)
			}
		})
	}
}

// TestNoAllocation makes sure that nothing is allocated once the working memory
// has grown.
func TestNoAllocation(t *testing.T) {
	const m, n, k, heads, dim = 20, 40, 64, 2, 32
	r := rand.New(rand.NewPCG(9, 1))
	x, dst := random(r, m*k), make([]float32, m*n)
	f, q := PackF32(random(r, n*k), n, k), PackInt8(random8(r, n*k), random(r, n), n, k)
	qkv, out := random(r, m*3*heads*dim), make([]float32, m*heads*dim)
	var rows Rows
	var s Scratch
	for what, run := range map[string]func(){
		"Mul":          func() { f.Mul(dst, x, nil, m) },
		"MulRows":      func() { rows.Quantise(x, m, k); q.MulRows(dst, &rows, nil) },
		"Attention":    func() { Attention(out, qkv, m, heads, dim, &s) },
		"AttentionInt": func() { AttentionInt(out, qkv, m, heads, dim, &s) },
		"AddNorm":      func() { AddNorm(x, x, nil, x[:k], x[:k], m, k, 1e-12) },
		"GELU":         func() { GELU(dst) },
		"Softmax":      func() { Softmax(dst[:n], &s) },
	} {
		if got := testing.AllocsPerRun(10, run); got >= 1 {
			t.Errorf("%s: %g allocations a call", what, got)
		}
	}
}
