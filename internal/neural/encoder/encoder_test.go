package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"whosaid/internal/neural/kernel"
)

// The small model with random weights, and the one that the program ships.
var (
	tinyFiles  = []string{"testdata/tiny-encoder.safetensors", "testdata/tiny-heads.safetensors"}
	modelFiles = []string{"../../../models/encoder.safetensors", "../../../models/heads.safetensors"}
)

// load reads a model and fails the test where it cannot.
func load(t testing.TB, files []string) *Model {
	t.Helper()
	m, err := Load(read(t, files[0]), read(t, files[1]))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A window is an input and what train/vectors.py says the model gives for it, in
// float64 on the same rounded weights.
type window struct {
	IDs                     []int32
	Shape, Quote, Paragraph []int
	Cues                    []int
	Every                   int // which rows of the encoder are in Encoded
	Encoded, Starts         []float64
	Tags                    [][]float64 // by cue
}

func (w window) input() Input {
	bytes := func(v []int) []uint8 {
		out := make([]uint8, len(v))
		for i, x := range v {
			out[i] = uint8(x)
		}
		return out
	}
	return Input{IDs: w.IDs, Shape: bytes(w.Shape), Quote: bytes(w.Quote), Paragraph: bytes(w.Paragraph)}
}

// windows reads what train/vectors.py wrote for the model in files.
func windows(t testing.TB, name string, files []string) []window {
	t.Helper()
	var vectors struct {
		Weights string
		Windows []window
	}
	if err := json.Unmarshal(read(t, name), &vectors); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	hash := sha256.New()
	for _, f := range files {
		hash.Write(read(t, f))
	}
	if hex.EncodeToString(hash.Sum(nil)) != vectors.Weights {
		t.Fatalf("%s was made of other weights: make it anew with train/vectors.py", name)
	}
	if len(vectors.Windows) == 0 {
		t.Fatalf("%s: no windows", name)
	}
	return vectors.Windows
}

func tinyWindows(t testing.TB) []window { return windows(t, "testdata/tiny.json", tinyFiles) }

// farthest is the largest difference and the root mean square of all.
func farthest(t testing.TB, got []float32, want []float64) (most, rms float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d numbers, want %d", len(got), len(want))
	}
	for i, v := range got {
		d := math.Abs(float64(v) - want[i])
		if math.IsNaN(d) {
			t.Fatalf("number %d is not finite", i)
		}
		most = max(most, d)
		rms += d * d
	}
	return most, math.Sqrt(rms / float64(max(len(got), 1)))
}

// A bound is how far results may lie from the framework's.
type bound struct{ most, rms float64 }

// near runs all windows and compares everything with the framework.
func near(t *testing.T, s *Session, all []window, encoded, logits bound) {
	t.Helper()
	check := func(what string, n int, got []float32, want []float64, b bound) {
		t.Helper()
		most, rms := farthest(t, got, want)
		t.Logf("%d pieces, %s: at most %.2g, root mean square %.2g", n, what, most, rms)
		if most > b.most || rms > b.rms {
			t.Errorf("%d pieces, %s: %.2g (%.2g) from the framework, want %.2g (%.2g)", n, what, most, rms, b.most, b.rms)
		}
	}
	for _, w := range all {
		n := len(w.IDs)
		var rows []float32
		width := s.m.Width()
		for i, v := range s.Encode(w.input()) {
			if i/width%w.Every == 0 {
				rows = append(rows, v)
			}
		}
		check("encoded", n, rows, w.Encoded, encoded)
		check("cue starts", n, s.CueStarts(nil), w.Starts, logits)
		for i, cue := range w.Cues {
			check("tags", n, s.Tag(nil, cue, 0, n), w.Tags[i], logits)
		}
	}
}

func TestFloat32NearFramework(t *testing.T) {
	near(t, load(t, tinyFiles).NewSession(Float32), tinyWindows(t), bound{1e-5, 1e-5}, bound{3e-5, 1e-5})
}

func TestQuantisedNearFramework(t *testing.T) {
	near(t, load(t, tinyFiles).NewSession(Quantised), tinyWindows(t), bound{.2, .03}, bound{.5, .15})
}

func TestModelNearFramework(t *testing.T) {
	const vectors = "testdata/model.json"
	for _, name := range append(modelFiles, vectors) {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			t.Skipf("no %s: training makes it, then train/vectors.py", filepath.Base(name))
		}
	}
	m, all := load(t, modelFiles), windows(t, vectors, modelFiles)
	near(t, m.NewSession(Float32), all, bound{1e-4, 1e-5}, bound{1e-4, 1e-5})
	near(t, m.NewSession(Quantised), all, bound{.5, .05}, bound{.6, .15})
}

func TestTagOfARangeEqualsTheWhole(t *testing.T) {
	w := tinyWindows(t)[3]
	n := len(w.IDs)
	for _, p := range []Precision{Float32, Quantised} {
		s := load(t, tinyFiles).NewSession(p)
		s.Encode(w.input())
		for _, cue := range []int{0, 30, n - 1} {
			whole := s.Tag(nil, cue, 0, n)
			for _, r := range [][2]int{{0, 1}, {3, 9}, {25, 45}, {n - 2, n}, {7, 7}} {
				got := s.Tag([]float32{}, cue, r[0], r[1])
				want := whole[r[0]*Scores : r[1]*Scores]
				if p == Quantised && !slices.Equal(got, want) || !slices.EqualFunc(got, want, alike) {
					t.Errorf("%v, cue %d, pieces %v: differs from the whole window", p, cue, r)
				}
			}
		}
	}
}

func alike(a, b float32) bool { return math.Abs(float64(a-b)) <= 1e-5 }

// tinyBits is the hash of what the small model gives, quantised. It changes only
// with the arithmetic that package kernel defines or with the vectors.
const tinyBits = "87bd51ca2aa7625b"

// Quantised results have the same bits on every processor, whatever it offers.
func TestQuantisedIsTheSameEverywhere(t *testing.T) {
	best := kernel.ISA()
	t.Cleanup(func() { use(t, best) })
	m := load(t, tinyFiles)
	for _, isa := range kernel.ISAs() {
		use(t, isa)
		s := m.NewSession(Quantised)
		hash := sha256.New()
		for _, w := range tinyWindows(t) {
			got := s.CueStarts(slices.Clone(s.Encode(w.input())))
			for _, cue := range w.Cues {
				got = s.Tag(got, cue, 0, len(w.IDs))
			}
			for _, v := range got {
				hash.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
			}
		}
		if got := hex.EncodeToString(hash.Sum(nil))[:16]; got != tinyBits {
			t.Errorf("%s on %s gives bits %s, want %s", isa, runtime.GOARCH, got, tinyBits)
		}
	}
}

func use(t testing.TB, isa string) {
	t.Helper()
	if err := kernel.Use(isa); err != nil {
		t.Fatal(err)
	}
}

func TestSessionsShareAModel(t *testing.T) {
	m := load(t, tinyFiles)
	all := tinyWindows(t)
	alone := m.NewSession(Quantised)
	var want [][]float32
	for _, w := range all {
		want = append(want, slices.Clone(alone.Encode(w.input())))
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			s := m.NewSession(Quantised)
			for i := range 3 * len(all) {
				k := (i + worker) % len(all)
				if !slices.Equal(s.Encode(all[k].input()), want[k]) {
					t.Errorf("worker %d, window %d: differs", worker, k)
				}
			}
		})
	}
	wait.Wait()
}

func TestSessionDoesNotAllocate(t *testing.T) {
	w := tinyWindows(t)[3]
	in, n := w.input(), len(w.IDs)
	for _, p := range []Precision{Float32, Quantised} {
		s := load(t, tinyFiles).NewSession(p)
		var starts, tags []float32
		run := func() {
			s.Encode(in)
			starts = s.CueStarts(starts[:0])
			tags = s.Tag(tags[:0], 5, 0, n)
			tags = s.Tag(tags[:0], 9, 2, 40)
		}
		run()
		run()
		if got := testing.AllocsPerRun(5, run); got > 0 {
			t.Errorf("%v: %v allocations a window", p, got)
		}
	}
}

func TestBrokenPromisesPanic(t *testing.T) {
	s := load(t, tinyFiles).NewSession(Float32)
	ok := Input{IDs: []int32{5, 6}, Shape: []uint8{1, 2}, Quote: []uint8{0, 1}, Paragraph: []uint8{0, 0}}
	tests := map[string]func(){
		"features missing": func() { s.Encode(Input{IDs: []int32{5}}) },
		"id not known": func() {
			s.Encode(Input{IDs: []int32{200}, Shape: []uint8{0}, Quote: []uint8{0}, Paragraph: []uint8{0}})
		},
		"window too long":     func() { s.Encode(Input{make([]int32, 63), make([]uint8, 63), make([]uint8, 63), make([]uint8, 63)}) },
		"cue not in window":   func() { s.Encode(ok); s.Tag(nil, 2, 0, 1) },
		"range not in window": func() { s.Encode(ok); s.Tag(nil, 0, 0, 3) },
	}
	for name, f := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestBucket(t *testing.T) {
	tests := []struct{ distance, want int }{
		{0, 10},
		{1, 11},
		{-1, 1},
		{4, 14},
		{-4, 4},
		{5, 15},
		{9, 15},
		{10, 16},
		{-10, 6},
		{19, 16},
		{20, 17},
		{39, 17},
		{40, 18},
		{79, 18},
		{80, 19},
		{-79, 8},
		{-80, 9},
		{509, 19},
		{-509, 9},
	}
	for _, test := range tests {
		if got := bucket(test.distance); got != test.want {
			t.Errorf("%d: class %d, want %d", test.distance, got, test.want)
		}
	}
}

func TestFlops(t *testing.T) {
	m := &Model{width: 384, inner: 1536, layers: make([]layer, 6)}
	// 21 million a piece for the products, and 4*384*(n+2) a layer for attention.
	if got, want := m.Flops(254), 256*6*(2*1769472+4*256*384.0); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	e, h := read(t, tinyFiles[0]), read(t, tinyFiles[1])
	// rename changes a piece of the header to another of the same length.
	rename := func(data []byte, old, to string) []byte {
		if len(old) != len(to) || !strings.Contains(string(data), old) {
			t.Fatalf("cannot replace %q by %q", old, to)
		}
		return []byte(strings.Replace(string(data), old, to, 1))
	}
	tests := []struct {
		name, want     string
		encoder, heads []byte
	}{
		{"no encoder", "weights of the encoder", nil, h},
		{"no heads", "weights of the heads", e, nil},
		{"cut off", "weights of the encoder", e[:len(e)-1], h},
		{"exchanged", `weights of the encoder: tensor "word" is missing`, h, e},
		{"tensor missing", `tensor "layer.1.up.bias" is missing`, rename(e, `"layer.1.up.bias"`, `"layer.1.up.bios"`), h},
		{"layer missing", `tensor "layer.1.`, rename(e, `"layer.1.qkv.weight"`, `"layer.7.qkv.weight"`), h},
		{"wrong shape", `tensor "distance" has shape [10 64], should have [20 32]`, e, rename(h, `[20,32]`, `[10,64]`)},
		{"too few pieces", `tensor "word" has shape [50 64]`, rename(e, `"word":{"dtype":"I8","shape":[200,64]`, `"word":{"dtype":"F32","shape":[50,64]`), h},
		{"int8 without scale", `tensor "conv1.scale" is missing`, e, rename(h, `"conv1.scale"`, `"conv1.skale"`)},
		{"not a number", `tensor "out.bias" holds NaN`, e, nan(t, h, "out.bias")},
	}
	for _, test := range tests {
		m, err := Load(test.encoder, test.heads)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v, want an error with %q", test.name, m != nil, err, test.want)
		}
	}
}

// nan is a copy of a file with a NaN at the start of one float32 tensor.
func nan(t *testing.T, file []byte, name string) []byte {
	t.Helper()
	length := binary.LittleEndian.Uint64(file)
	var header map[string]struct {
		Offsets []int `json:"data_offsets"`
	}
	if err := json.Unmarshal(file[8:8+length], &header); err != nil {
		t.Fatal(err)
	}
	out := slices.Clone(file)
	at := 8 + int(length) + header[name].Offsets[0]
	binary.LittleEndian.PutUint32(out[at:], math.Float32bits(float32(math.NaN())))
	return out
}

// The headers are fuzzed, the numbers behind them stay as they are.
func FuzzLoad(f *testing.F) {
	split := func(name string) (header string, body []byte) {
		data := read(f, name)
		length := binary.LittleEndian.Uint64(data)
		return string(data[8 : 8+length]), data[8+length:]
	}
	join := func(header string, body []byte) []byte {
		out := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		return append(append(out, header...), body...)
	}
	e, encoderBody := split(tinyFiles[0])
	h, headsBody := split(tinyFiles[1])
	f.Add(e, h)
	f.Add(strings.ReplaceAll(e, "64", "32"), strings.ReplaceAll(h, "I8", "F16"))
	f.Fuzz(func(t *testing.T, encoderHeader, headsHeader string) {
		m, err := Load(join(encoderHeader, encoderBody), join(headsHeader, headsBody))
		if err != nil {
			return
		}
		s := m.NewSession(Quantised)
		if got := s.Encode(Input{}); len(got) != 2*m.Width() {
			t.Fatalf("%d numbers for an empty window of width %d", len(got), m.Width())
		}
	})
}
