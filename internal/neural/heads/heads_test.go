package heads

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/weights"
	"whosaid/internal/news"
)

// The small model with random weights, and the one that the program ships.
const (
	tinyFile  = "testdata/tiny.safetensors"
	modelFile = "../../../models/who.safetensors"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func tiny(t testing.TB) *Model {
	t.Helper()
	return load(t, tinyFile)
}

func load(t testing.TB, file string) *Model {
	t.Helper()
	m, err := Load(read(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A reference is a text's vectors and what train/vectors.py says the small model
// gives for them, in float64 on the same rounded weights.
type reference struct {
	Weights  string
	Width    int
	Values   []int16
	Scales   []float32
	Firsts   []int
	Quoted   []int
	Tags     []float64
	Mentions [][3]int
	None     []float64
	Pairs    [][4]float64 // later, earlier, match, score
}

func tinyReference(t testing.TB) reference {
	t.Helper()
	return referenceOf(t, "testdata/tiny.json", tinyFile)
}

// referenceOf reads what train/vectors.py wrote for the model in file.
func referenceOf(t testing.TB, name, file string) reference {
	t.Helper()
	var r reference
	if err := json.Unmarshal(read(t, name), &r); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	hash := sha256.Sum256(read(t, file))
	if hex.EncodeToString(hash[:]) != r.Weights {
		t.Fatalf("%s was made of other weights: make it anew with train/vectors.py", name)
	}
	return r
}

func (r reference) vectors() *news.Vectors {
	return &news.Vectors{Width: r.Width, Values: r.Values, Scales: r.Scales}
}

// pieces are of three bytes each.
func (r reference) pieces() []news.Piece {
	pieces := make([]news.Piece, len(r.Scales))
	for i := range pieces {
		pieces[i].Span = news.Span{Start: 4 * i, End: 4*i + 3}
		pieces[i].Quote = uint8(r.Quoted[i])
	}
	for _, i := range r.Firsts {
		pieces[i].First = true
	}
	return pieces
}

func (r reference) mentions(pieces []news.Piece) []Mention {
	list := make([]Mention, len(r.Mentions))
	for i, m := range r.Mentions {
		last := m[1]
		for last+1 < len(pieces) && !pieces[last+1].First {
			last++ // any piece of the last word will do
		}
		list[i] = Mention{First: m[0], Last: last, Form: Form(m[2])}
	}
	return list
}

// near fails the test where got lies farther from want than b.
func near(t *testing.T, what string, got []float32, want []float64, b bound) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	worst, squares := 0.0, 0.0
	for i, v := range got {
		d := math.Abs(float64(v) - want[i])
		worst, squares = max(worst, d), squares+d*d
	}
	mean := math.Sqrt(squares / float64(max(len(got), 1)))
	t.Logf("%s: at most %.2g, root mean square %.2g from the framework", what, worst, mean)
	if !(worst <= b.most && mean <= b.rms) {
		t.Errorf("%s: %.2g (%.2g) from the framework, want %.2g (%.2g)", what, worst, mean, b.most, b.rms)
	}
}

// A bound is how far results may lie from the framework's: at most, and in the
// root mean square.
type bound struct{ most, rms float64 }

func TestNearFramework(t *testing.T) {
	r := tinyReference(t)
	nearFramework(t, tiny(t).NewSession(weights.Float32), r, bound{1e-4, 2e-5}, bound{1e-4, 2e-5})
	nearFramework(t, tiny(t).NewSession(weights.Quantised), r, bound{.2, .06}, bound{.7, .3})
}

func TestModelNearFramework(t *testing.T) {
	const vectors = "testdata/model.json"
	for _, name := range []string{vectors, modelFile} {
		if info, err := os.Stat(name); err != nil || info.Size() == 0 {
			t.Skipf("no %s: training makes it, then train/vectors.py", filepath.Base(name))
		}
	}
	m, r := load(t, modelFile), referenceOf(t, vectors, modelFile)
	nearFramework(t, m.NewSession(weights.Float32), r, bound{1e-4, 2e-5}, bound{1e-4, 2e-5})
	nearFramework(t, m.NewSession(weights.Quantised), r, bound{.3, .05}, bound{.2, .12}) // antecedents: a handful of numbers
}

func nearFramework(t *testing.T, s *Session, r reference, tags, antecedents bound) {
	t.Helper()
	p := s.precision.String()
	near(t, p+" tags", s.TagScores(nil, r.vectors(), r.Firsts), r.Tags, tags)

	var all Mentions
	pieces := r.pieces()
	s.Represent(&all, pieces, r.vectors(), r.mentions(pieces))
	near(t, p+" none", all.none, r.None, antecedents)
	var got []float32
	var want []float64
	for later := range all.Len() {
		var candidates []Candidate
		for _, p := range r.Pairs {
			if int(p[0]) == later {
				candidates = append(candidates, Candidate{Mention: int(p[1]), Match: uint8(p[2])})
				want = append(want, p[3])
			}
		}
		scores := s.Antecedents(nil, &all, later, candidates)
		if scores[0] != all.none[later] {
			t.Errorf("mention %d: the first score is %v, not that of none, %v", later, scores[0], all.none[later])
		}
		got = append(got, scores[1:]...)
	}
	near(t, p+" antecedents", got, want, antecedents)
}

// everything is all that the heads give for the reference's text.
func everything(s *Session, r reference) []float32 {
	got := s.TagScores(nil, r.vectors(), r.Firsts)
	pieces := r.pieces()
	for _, tag := range s.Tags(pieces, r.vectors(), nil) {
		got = append(got, float32(tag.First), float32(tag.Last), float32(tag.Confidence))
	}
	var all Mentions
	s.Represent(&all, pieces, r.vectors(), r.mentions(pieces))
	var candidates []Candidate
	for later := range all.Len() {
		from := len(got)
		got = s.Antecedents(got, &all, later, candidates)
		s.Probabilities(got[from:])
		candidates = append(candidates, Candidate{Mention: later, Match: uint8(later % 5)})
	}
	return got
}

// tinyBits is the hash of everything the small model gives, quantised. It changes
// only with the arithmetic that package kernel defines or with the vectors.
const tinyBits = "7ab58f7265fd7be3"

// Quantised results have the same bits on every processor, whatever it offers.
func TestQuantisedIsTheSameEverywhere(t *testing.T) {
	best := kernel.ISA()
	use := func(isa string) {
		if err := kernel.Use(isa); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { use(best) })
	r := tinyReference(t)
	for _, isa := range kernel.ISAs() {
		use(isa)
		hash := sha256.New()
		for _, v := range everything(tiny(t).NewSession(weights.Quantised), r) {
			hash.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
		if got := hex.EncodeToString(hash.Sum(nil))[:16]; got != tinyBits {
			t.Errorf("%s gives bits %s, want %s", isa, got, tinyBits)
		}
	}
}

// A text may have any number of words and mentions: those read together do not
// change each other.
func TestBatchesDoNotShow(t *testing.T) {
	r := tinyReference(t)
	pieces, v := r.pieces(), r.vectors()
	const times = 3 * batch / 60 * 2
	var long news.Vectors
	long.Width = v.Width
	var at []int
	var many []Mention
	var longPieces []news.Piece
	for k := range times {
		long.Values, long.Scales = append(long.Values, v.Values...), append(long.Scales, v.Scales...)
		for _, i := range r.Firsts {
			at = append(at, k*len(pieces)+i)
		}
		for _, m := range r.mentions(pieces) {
			many = append(many, Mention{k*len(pieces) + m.First, k*len(pieces) + m.Last, m.Form})
		}
		longPieces = append(longPieces, pieces...)
	}
	s := tiny(t).NewSession(weights.Quantised)
	one, all := s.TagScores(nil, v, r.Firsts), s.TagScores(nil, &long, at)
	var few, lots Mentions
	s.Represent(&few, pieces, v, r.mentions(pieces))
	s.Represent(&lots, longPieces, &long, many)
	if lots.Len() <= batch || len(at) <= batch {
		t.Fatalf("only %d mentions, %d words", lots.Len(), len(at))
	}
	for k := range times {
		if !slices.Equal(all[k*len(one):(k+1)*len(one)], one) {
			t.Fatalf("the words of copy %d have other scores", k)
		}
		if n := len(few.vector); !slices.Equal(lots.vector[k*n:(k+1)*n], few.vector) {
			t.Fatalf("the mentions of copy %d have other vectors", k)
		}
	}
	var candidates []Candidate
	for i := range lots.Len() - 1 {
		candidates = append(candidates, Candidate{Mention: i})
	}
	later := lots.Len() - 1
	scores := s.Antecedents(nil, &lots, later, candidates)
	for i, c := range candidates {
		if got := s.Antecedents(nil, &lots, later, []Candidate{c}); got[1] != scores[i+1] {
			t.Fatalf("candidate %d scores %v alone and %v among others", i, got[1], scores[i+1])
		}
	}
}

func TestScoresOfMentionsDoNotAllocate(t *testing.T) {
	r := tinyReference(t)
	pieces, v := r.pieces(), r.vectors()
	list := r.mentions(pieces)
	s := tiny(t).NewSession(weights.Quantised)
	var all Mentions
	var scores []float32
	candidates := []Candidate{{0, 1}, {1, 0}, {2, 4}}
	run := func() {
		s.Represent(&all, pieces, v, list)
		scores = s.Antecedents(scores[:0], &all, 4, candidates)
		s.Probabilities(scores)
	}
	run()
	if got := testing.AllocsPerRun(5, run); got > 0 {
		t.Errorf("%v allocations", got)
	}
	sum := float32(0)
	for _, p := range scores {
		sum += p
	}
	if math.Abs(float64(sum-1)) > 1e-6 {
		t.Errorf("chances sum to %v", sum)
	}
}

func TestBucket(t *testing.T) {
	for d, want := range map[int]int{0: 0, 1: 1, 2: 1, 3: 2, 6: 2, 7: 3, -7: 3, 2046: 10, 2047: 11, 1 << 20: 11} {
		if got := bucket(d); got != want {
			t.Errorf("%d: class %d, want %d", d, got, want)
		}
	}
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	file := read(t, tinyFile)
	rename := func(old, to string) []byte {
		if len(old) != len(to) || !bytes.Contains(file, []byte(old)) {
			t.Fatalf("cannot replace %q by %q", old, to)
		}
		return bytes.Replace(file, []byte(old), []byte(to), 1)
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":     {nil, "cut off"},
		"cut off":     {file[:len(file)-1], "weights of the heads"},
		"no tagger":   {rename(`"tags.0.weight"`, `"tags.7.weight"`), `"tags.0.weight" is missing`},
		"no table":    {rename(`"coreference.match"`, `"coreference.watch"`), `"coreference.match" is missing`},
		"other kinds": {rename(`[55,64]`, `[64,55]`), `"tags.1.weight" has shape [64 55]`},
		"no scale":    {rename(`"tags.0.scale"`, `"tags.0.skale"`), `"tags.0.scale" is missing`},
	} {
		if _, err := Load(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, c.want)
		}
	}
}

func TestBrokenPromisesPanic(t *testing.T) {
	r := tinyReference(t)
	s, pieces, v := tiny(t).NewSession(weights.Float32), r.pieces(), r.vectors()
	var all Mentions
	for name, f := range map[string]func(){
		"vectors missing":   func() { s.Tags(append(pieces, news.Piece{}), v, nil) },
		"vectors narrower":  func() { s.Tags(pieces[:1], &news.Vectors{Width: 32, Values: v.Values, Scales: v.Scales}, nil) },
		"mention elsewhere": func() { s.Represent(&all, pieces, v, []Mention{{First: 3, Last: len(pieces)}}) },
	} {
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

// The header is fuzzed, the numbers behind it stay as they are.
func FuzzLoad(f *testing.F) {
	data := read(f, tinyFile)
	length := binary.LittleEndian.Uint64(data)
	header, body := string(data[8:8+length]), data[8+length:]
	f.Add(header)
	f.Add(strings.ReplaceAll(header, "I8", "F16"))
	r := tinyReference(f)
	f.Fuzz(func(_ *testing.T, header string) {
		file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		m, err := Load(append(append(file, header...), body...))
		if err != nil || m.Width() != r.Width {
			return
		}
		s := m.NewSession(weights.Quantised)
		s.TagScores(nil, r.vectors(), r.Firsts[:2])
		var all Mentions
		s.Represent(&all, r.pieces(), r.vectors(), []Mention{{First: 1, Last: 2}, {First: 5, Last: 5}})
		s.Antecedents(nil, &all, 1, []Candidate{{}})
	})
}
