package pack

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

const text = "Ida Brandt said “the bridge 🌉 will close” on Monday, as Kelmere’s council had feared."

// fill sets every field of v to something that is not its zero value.
func fill(v reflect.Value, r *rand.Rand, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("word %d", r.IntN(40)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(1+r.IntN(9999)) / 1e4)
	case reflect.Int, reflect.Int32, reflect.Int16, reflect.Uint8:
		v.Set(reflect.ValueOf(1).Convert(v.Type()))
	case reflect.Float32:
		v.SetFloat(1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), r, depth)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i), r, depth+1)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[news.Span]() {
			// Characters of more than a byte are not to be cut.
			bounds := []int{0, 4, 11, 16, 19, 30, 42, 60, len(text)}
			from := r.IntN(len(bounds) - 1)
			v.Set(reflect.ValueOf(news.Span{Start: bounds[from], End: bounds[from+1+r.IntN(len(bounds)-from-1)]}))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), r, depth)
		}
	default:
		panic("a kind of field that this test does not know: " + v.Kind().String())
	}
}

func encoded(t *testing.T, doc *news.Document) string {
	t.Helper()
	if err := record.Check(doc); err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent(record.Encode(doc), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// head is what of doc is kept beside its findings.
func head(doc *news.Document) *news.Document {
	a := doc.Article
	return &news.Document{Article: news.Article{
		ID: a.ID, File: a.File, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Deck: a.Deck,
		Published: a.Published, Modified: a.Modified, Language: a.Language, Text: a.Text,
	}}
}

// Everything that a record has comes back: a field that is added to records and
// not to the layout fails this test.
func TestFindings(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		doc := &news.Document{}
		fill(reflect.ValueOf(doc).Elem(), r, 0)
		doc.Text = text
		want := encoded(t, doc)
		if strings.Contains(want, `""`) || strings.Contains(want, "null") || strings.Contains(want, "[]") {
			t.Fatalf("a field of the record was not filled:\n%s", want)
		}
		back := head(doc)
		if err := Unpack(Findings(doc), back); err != nil {
			t.Fatal(err)
		}
		if got := encoded(t, back); got != want {
			t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, got, want)
		}
		if !back.AsIs {
			t.Error("that it was taken as it is was lost")
		}
	}
}

func TestEmpty(t *testing.T) {
	doc := &news.Document{}
	back := &news.Document{}
	if err := Unpack(Findings(doc), back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, doc) {
		t.Errorf("got %+v, want an empty document", back)
	}
}

// A blob of an older program is read for ever: testdata has one of each layout.
func TestOlderLayouts(t *testing.T) {
	path := filepath.Join("testdata", fmt.Sprintf("layout-%d", layout))
	doc := &news.Document{}
	fill(reflect.ValueOf(doc).Elem(), rand.New(rand.NewPCG(7, 7)), 0)
	doc.Text = text
	if _, err := os.Stat(path); os.Getenv("UPDATE") != "" && err != nil {
		if err := os.WriteFile(path, Findings(doc), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n <= layout; n++ {
		data, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("layout-%d", n)))
		if err != nil {
			t.Fatalf("%v: make it with UPDATE=1 go test", err)
		}
		back := head(doc)
		if err := Unpack(data, back); err != nil {
			t.Fatal(err)
		}
		if n == layout && encoded(t, back) != encoded(t, doc) {
			t.Error("the layout has changed and its number has not: blobs that are kept would be misread")
		}
	}
}

func TestDamage(t *testing.T) {
	doc := &news.Document{}
	fill(reflect.ValueOf(doc).Elem(), rand.New(rand.NewPCG(1, 1)), 0)
	doc.Text = text
	data, want := Findings(doc), encoded(t, doc)
	for i := range data {
		bad := append([]byte{}, data...)
		bad[i] ^= 0x10
		back := head(doc)
		if err := Unpack(bad, back); err == nil && encoded(t, back) != want {
			t.Errorf("byte %d was changed, and nothing was noticed", i)
		}
		if err := Unpack(data[:i], head(doc)); err == nil {
			t.Errorf("it was cut after %d bytes, and nothing was noticed", i)
		}
	}
	if err := Unpack(Compress([]byte{99}), head(doc)); err == nil || !strings.Contains(err.Error(), "99") {
		t.Errorf("an unknown layout gives %v", err)
	}
	// A shorter text than it was made for.
	short := head(doc)
	short.Text = "Ida"
	if err := Unpack(data, short); err == nil {
		t.Error("spans outside the text were let through")
	}
}

func TestSmall(t *testing.T) {
	scale, values := float32(0.125), []int8{-128, 0, 127}
	if s, v, err := UnpackVector(Vector(scale, values)); err != nil || s != scale || !reflect.DeepEqual(v, values) {
		t.Error(s, v, err)
	}
	for _, ids := range [][]int64{nil, {0}, {1, 0, 1 << 40}} {
		if got, err := UnpackIDs(IDs(ids)); err != nil || !reflect.DeepEqual(got, ids) {
			t.Error(got, ids, err)
		}
	}
	for _, list := range [][]string{nil, {""}, {"a", "", "Олена"}} {
		if got, err := UnpackStrings(Strings(list)); err != nil || !reflect.DeepEqual(got, list) {
			t.Error(got, list, err)
		}
	}
	for _, trace := range []Trace{{}, {
		Names:  []string{"Ida Brandt", "Brandt"},
		Called: []Called{{"role", "mayor", "outlet"}, {"label", "mayor", "s3"}},
		Said:   []Saying{{1 << 33, "direct", "claim"}, {1<<33 + 2, "direct", "denial"}, {5, "", ""}},
		About:  []int64{12, 3, 1 << 40},
		Of:     []int64{9, 1 << 40},
		Ties:   []Tie{{"leads", true, 1 << 40, "the union", "outlet"}, {"family-of", false, 0, "her brother", "s2"}},
	}} {
		if got, err := UnpackTrace(trace.Bytes()); err != nil || !reflect.DeepEqual(got, trace) {
			t.Errorf("got %+v, %v, want %+v", got, err, trace)
		}
	}
	// A trace of the first layout ended behind About.
	old := Trace{Names: []string{"Ida Brandt"}, About: []int64{4}}
	raw := old.Bytes()
	if got, err := UnpackTrace(raw[:len(raw)-2]); err != nil || !reflect.DeepEqual(got, old) {
		t.Errorf("an old trace is %+v, %v, want %+v", got, err, old)
	}
}

func FuzzUnpack(f *testing.F) {
	doc := &news.Document{}
	fill(reflect.ValueOf(doc).Elem(), rand.New(rand.NewPCG(1, 1)), 0)
	doc.Text = text
	raw, err := Decompress(Findings(doc))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte{layout})
	f.Fuzz(func(t *testing.T, raw []byte) {
		// The checksum would stop most; what lies behind it must stand alone.
		back := &news.Document{Article: news.Article{Text: text}}
		if err := parse(raw, back); err == nil {
			for what, s := range record.Spans(back) {
				if s.Start < 0 || s.End < s.Start || s.End > len(text) {
					t.Fatalf("%s has the range %+v", what, s)
				}
			}
		}
		_, _ = UnpackTrace(raw)
		for n := range 3 {
			_ = ReadFacet(raw, n, func([]byte) {}, func([]byte) {}, func([]byte) {})
		}
		if end, err := EndOf(raw); err == nil {
			for n := range end.Statements() {
				_, _, _ = end.Words(n), end.Kind(n), end.Form(n)
			}
		}
		_, _ = UnpackIDs(raw)
		_, _ = UnpackStrings(raw)
		_, _, _ = UnpackVector(raw)
	})
}
