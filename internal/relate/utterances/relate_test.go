package utterances

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"whosaid/internal/news"
)

// parse makes a statement of "speaker, day: words".
func parse(t testing.TB, line string) Statement {
	t.Helper()
	head, words, _ := strings.Cut(line, ": ")
	name, day, _ := strings.Cut(head, ", ")
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	doc := &news.Document{Article: news.Article{Text: words}, Actors: []news.Actor{{ID: "a1", Name: name, Named: true}}}
	form := news.Mixed
	if strings.HasPrefix(words, "“") && strings.HasSuffix(words, "”") {
		form = news.Direct
	}
	doc.Statements = []news.Statement{{
		Form: form, Kind: "claim", Content: []news.Span{{Start: 0, End: len(words)}}, Speakers: []news.Speaker{{Actor: "a1", Name: name, By: "name"}},
	}}
	s := New(doc, 0, nil)
	s.Day = int(date.Unix() / 86400)
	return s
}

func TestRelate(t *testing.T) {
	text, err := os.ReadFile("cases/relations.txt")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		lines := strings.Split(block, "\n")
		if strings.HasPrefix(lines[0], "#") {
			continue
		}
		a, b := parse(t, lines[1]), parse(t, lines[2])
		a.Article, b.Article = 1, 2
		for _, pair := range [][2]*Statement{{&a, &b}, {&b, &a}} {
			if got, p := Relate(pair[0], pair[1]); string(got) != lines[0] {
				t.Errorf("%s\n%s\nare said to be %s (%.2f), not %s", lines[1], lines[2], got, p, lines[0])
			}
		}
	}
}

func TestSpeakers(t *testing.T) {
	who := func(name string, named bool) []Speaker {
		return []Speaker{{Words: strings.Fields(strings.ToLower(name)), Named: named}}
	}
	for _, c := range []struct {
		a, b   string
		named  bool // both
		person int64
		want   Sameness
	}{
		{"Ida Brandt", "Brandt", true, 0, Same},
		{"Ida Brandt", "Rolf Weir", true, 0, Others},
		{"Ida Brandt", "Rolf Brandt", true, 0, Others},
		{"Ida Brandt", "Rolf Weir", true, 7, Same},
		{"Brandt campaign", "Brandt spokesman", true, 0, Perhaps},
		{"two officials", "a neighbour", false, 0, Unknown},
	} {
		a, b := who(c.a, c.named), who(c.b, c.named)
		a[0].Person, b[0].Person = c.person, c.person
		if got := Compare(a, b); got != c.want || Compare(b, a) != got {
			t.Errorf("%s and %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if Compare(nil, who("Ida Brandt", true)) != Unknown {
		t.Error("nobody is somebody")
	}
	taken := who("Rolf Weir", true)
	taken[0].Doubtful = true
	if got := Compare(taken, who("Ida Brandt", true)); got != Unknown {
		t.Errorf("one whom a description was taken for is surely another: %d", got)
	}
	if got := Compare(taken, who("Rolf Weir", true)); got != Same {
		t.Errorf("one whom a description was taken for is not the one of that name: %d", got)
	}
	a, b := parse(t, "Íñigo Calderón, 2022-03-03: no"), parse(t, "Inigo Calderon, 2022-03-03: no")
	if got := Compare(a.Speakers, b.Speakers); got != Same {
		t.Errorf("accents make another of him: %d", got)
	}
}

// What two people say who are both named is an echo, unless they share a
// quotation.
func TestEchoes(t *testing.T) {
	a := parse(t, "Rolf Weir, 2022-03-03: that the council of Kelmere would close the old bridge over the Aster in spring")
	b := parse(t, "Ida Brandt, 2022-03-03: that the council of Kelmere would close the old bridge over the Aster in spring")
	if r, p := Relate(&a, &b); r != Echo || p > known {
		t.Errorf("%s, %.2f", r, p)
	}
}

// A cue that tells more than "said" is known by what its forms share.
func TestCue(t *testing.T) {
	of := func(words string) uint32 {
		return cue(words, &news.Statement{Cue: []news.Span{{Start: 0, End: len(words)}}})
	}
	if of("said") != 0 || of("told reporters that") != of("reporters") || of("condemned") == 0 || of("condemned") != of("has condemned") || of("condemned") == of("praised") {
		t.Error(of("said"), of("condemned"), of("has condemned"), of("praised"))
	}
}

// town makes statements nobody made: n of them, every tenth a near-copy of the
// one before it.
func town(n int, seed uint64) (list []Statement, copies map[int]int) {
	r := rand.New(rand.NewPCG(seed, 1))
	copies = map[int]int{}
	word := func() string {
		return fmt.Sprintf("w%d", int(float64(20_000)*r.Float64()*r.Float64()*r.Float64()))
	}
	var before []string
	for i := range n {
		words := make([]string, 10+r.IntN(20))
		for k := range words {
			words[k] = word()
		}
		name := fmt.Sprintf("Given%d Family%d", r.IntN(50), r.IntN(500))
		day := r.IntN(3000)
		if i%10 == 9 {
			copies[i] = i - 1
			words = slices.Clone(before)
			switch r.IntN(3) {
			case 0: // cut short
				words = words[:len(words)-r.IntN(len(words)/3)]
			case 1: // a word changed
				words[r.IntN(len(words))] = word()
			}
			name, day = strings.Join(slices.Clip(namesOf(list[i-1])), " "), list[i-1].Day+r.IntN(3)
		}
		before = words
		text := "“" + strings.Join(words, " ") + "”"
		doc := &news.Document{Article: news.Article{Text: text}, Statements: []news.Statement{{
			Form: news.Direct, Kind: "claim", Content: []news.Span{{Start: 0, End: len(text)}}, Speakers: []news.Speaker{{Name: name, By: "name"}},
		}}}
		s := New(doc, 0, nil)
		s.ID, s.Article, s.Day = int64(i), int64(i), day
		s.Vector = Vector{Scale: 1.0 / 127 / 10, Values: make([]int8, 384)}
		for k := range s.Vector.Values {
			s.Vector.Values[k] = int8(r.IntN(255) - 127)
		}
		list = append(list, s)
	}
	return list, copies
}

func namesOf(s Statement) []string { return s.Speakers[0].Words }

// Near-copies among many are found, whichever comes first.
func TestIndexFindsCopies(t *testing.T) {
	list, copies := town(4000, 1)
	x := NewIndex(60)
	found := 0
	for i := range list {
		links := x.Related(&list[i])
		if of, is := copies[i]; is && slices.ContainsFunc(links, func(l Link) bool { return l.ID == int64(of) }) {
			found++
		}
		x.Add(&list[i])
	}
	if 100*found < 99*len(copies) {
		t.Errorf("%d of %d near-copies were found", found, len(copies))
	}
	if x.Len() != len(list) {
		t.Errorf("%d statements in it", x.Len())
	}
}

// An item comes out of the index as it went in.
func TestIndexKeeps(t *testing.T) {
	s := parse(t, "Ida Brandt, 2022-03-03: “We will [not] sign … by 2023”")
	s.ID, s.Article, s.Cue, s.Vector = 5, 7, 11, Vector{Scale: 0.5, Values: []int8{1, -2, 3}}
	s.Speakers[0].Guessed, s.Speakers[0].Doubtful, s.Against = true, true, true
	s.Speakers[0].Called, s.Speakers[0].Roles = []uint32{3}, []uint32{4, 5}
	x := NewIndex(0)
	x.Add(&s)
	got := x.load(0)
	want := s
	want.Words = slices.Clone(s.Words)
	for i := range want.Words {
		want.Words[i].Span = news.Span{}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v\nwent in as\n%+v", got, want)
	}
}

// What is published day after day is found as long as it is near, however much
// went before, and takes no more room than the days that are near.
func TestIndexForgets(t *testing.T) {
	list, copies := town(6000, 3)
	all, some := NewIndex(60), NewIndex(60)
	slices.SortStableFunc(list, func(a, b Statement) int { return a.Day - b.Day })
	most := 0
	for i := range list {
		some.Forget(list[i].Day - 60)
		most = max(most, some.Len())
		want, got := all.Related(&list[i]), some.Related(&list[i])
		if !slices.Equal(got, want) {
			t.Fatalf("statement %d: %v, with nothing forgotten %v", list[i].ID, got, want)
		}
		all.Add(&list[i])
		some.Add(&list[i])
	}
	if most > 500 {
		t.Errorf("%d statements of 6000 were kept, of whom 60 days of 3000 have a fiftieth", most)
	}
	if len(copies) == 0 {
		t.Error("there was nothing to find")
	}
	undated := list[0]
	undated.Day, undated.ID, undated.Article = 0, 7000, 7000
	some.Add(&undated)
	some.Forget(10_000)
	if some.Len() != 1 || len(some.Related(&list[0])) != 1 {
		t.Errorf("of a later time %d are left", some.Len())
	}
}

// Whether two vectors are near is told from a part of them only where the whole
// would say the same.
func TestNear(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	vector := func() Vector {
		sum := make([]float64, 96)
		for k := range sum {
			sum[k] = r.NormFloat64()
		}
		return unit(sum)
	}
	near := 0
	for range 2000 {
		a, b := vector(), vector()
		for k := range b.Values { // somewhere between the two
			if r.IntN(100) > 12 {
				b.Values[k] = a.Values[k]
			}
		}
		b.Scale = a.Scale
		want := Cosine(a, b)
		got, ok := cosineFrom(a, b, a.rest(), b.rest(), 0.9)
		if ok != (want >= 0.9) || ok && got != want {
			t.Fatalf("%v, %v of vectors whose cosine is %v", got, ok, want)
		}
		if ok {
			near++
		}
	}
	if near < 200 || near > 1800 {
		t.Errorf("%d of 2000 were near", near)
	}
}

func TestTexts(t *testing.T) {
	doc := func(paragraphs ...string) *news.Document {
		d := &news.Document{}
		for _, p := range paragraphs {
			d.Text += p
			d.Blocks = append(d.Blocks, news.Block{Span: news.Span{Start: len(d.Text) - len(p), End: len(d.Text)}, Kind: news.Paragraph})
			d.Text += "\n\n"
		}
		return d
	}
	r := rand.New(rand.NewPCG(2, 2))
	paragraph := func() string {
		var words []string
		for range 40 {
			words = append(words, fmt.Sprintf("w%d", r.IntN(3000)))
		}
		return strings.Join(words, " ")
	}
	wire := []string{paragraph(), paragraph(), paragraph(), paragraph(), paragraph()}
	x := NewTexts()
	if _, ok := x.Add(1, 0, doc(wire...)); ok {
		t.Error("the first is a copy of nothing")
	}
	if _, ok := x.Add(2, 0, doc(paragraph(), paragraph(), paragraph(), wire[0])); ok {
		t.Error("one shared paragraph makes no copy")
	}
	if c, ok := x.Add(3, 0, doc(wire[0], wire[1], wire[2])); !ok || c.ID != 1 || c.Share < 0.9 || c.Cut < 0.3 || c.Cut > 0.5 {
		t.Errorf("cut copy: %+v, %v", c, ok)
	}
}

func FuzzRelate(f *testing.F) {
	f.Add("“We will not sign”", "that [the council] ''won't … sign'' it 2023")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, s := said(strings.ToValidUTF8(a, "?"))
		y, r := said(strings.ToValidUTF8(b, "?"))
		left, right := Statement{Words: Words(x, s)}, Statement{Words: Words(y, r)}
		one, p := Relate(&left, &right)
		other, q := Relate(&right, &left)
		if p < 0 || p > 1 || p-q > 1e-9 || q-p > 1e-9 {
			t.Fatalf("%s (%v) one way, %s (%v) the other", one, p, other, q)
		}
		for _, run := range Differ(x, left.Words, y, right.Words) {
			if run.Text == "" && run.Was == "" {
				t.Fatal("a run of nothing")
			}
		}
	})
}

// BenchmarkLink links new statements to as many as -size says; the time is that
// of one statement, the other figures are the share of near-copies found and
// the memory of the index, in bytes a statement.
func BenchmarkLink(b *testing.B) {
	for _, size := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) { benchmarkLink(b, size) })
	}
}
