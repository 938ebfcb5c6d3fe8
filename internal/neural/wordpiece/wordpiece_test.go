package wordpiece

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/news"
)

// vocabulary is read, not taken from package models: that holds all weights.
var vocabulary = func() string {
	data, err := os.ReadFile("../../../models/vocab.txt")
	if err != nil {
		panic(err)
	}
	return string(data)
}()

var bert = New(vocabulary)

func TestAppend(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"The mayor said so.", "the|mayor|said|so|."},
		{"Haldórsson wouldn't re-open it", "hal|##dor|##sson|wouldn|'|t|re|-|open|it"},
		{"a soft\u00adware firm", "a|software|firm"},
		{"東京の街", "東|京|の|街"},
		{"≠ Ω 각", "=|ω|ᄀ|##ᅡ|##ᆨ"},
		{"no [SEP] here", "no|[|sep|]|here"},
		{strings.Repeat("a", 101), "[UNK]"},
	}
	names := strings.Split(vocabulary, "\n")
	for _, test := range tests {
		var got []string
		for _, p := range bert.Append(nil, test.text, 0) {
			got = append(got, names[p.ID])
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%q: got %s, want %s", test.text, s, test.want)
		}
	}
}

// The vectors are made by train/wordpiece.py.
func TestEqualToReference(t *testing.T) {
	f, err := os.Open("testdata/vectors.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	strings, wrong := 0, 0
	for lines.Scan() {
		var vector struct {
			Text   string
			Pieces []int // id, bytes since the piece before, bytes, 1 if it opens a word
		}
		if err := json.Unmarshal(lines.Bytes(), &vector); err != nil {
			t.Fatal(err)
		}
		var want []news.Piece
		at := 0
		for row := range slices.Chunk(vector.Pieces, 4) {
			span := news.Span{Start: at + row[1], End: at + row[1] + row[2]}
			want = append(want, news.Piece{Span: span, ID: int32(row[0]), First: row[3] == 1})
			at = span.End
		}
		strings++
		if got := bert.Append(nil, vector.Text, 0); !slices.Equal(got, want) {
			wrong++
			if wrong <= 10 {
				t.Errorf("%q:\n got %v\nwant %v", vector.Text, got, want)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if strings != 10_000 {
		t.Errorf("%d strings, want 10,000", strings)
	}
	if wrong > 0 {
		t.Errorf("%d of %d strings differ from the reference", wrong, strings)
	}
}

func TestAppendGoesOn(t *testing.T) {
	const a, b = "“No ferry,” ", "said Ilse Çelik."
	together := bert.Append(nil, a+b, 7)
	apart := bert.Append(bert.Append(nil, a, 7), b, 7+len(a))
	if !slices.Equal(together, apart) {
		t.Errorf("in two parts %v, in one %v", apart, together)
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	const text = "“Nobody’s re-opening the naïve façade — ever,” said Zoltán Łukasz 각, unconstitutionally."
	pieces := bert.Append(nil, text, 0)
	if n := testing.AllocsPerRun(10, func() { pieces = bert.Append(pieces[:0], text, 0) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestVocabularyWithoutUnknown(t *testing.T) {
	small := New("the\r\nmayor\r\n##al\r\n")
	got := small.Append(nil, "The mayoral race", 0)
	want := []news.Piece{
		{Span: news.Span{Start: 0, End: 3}, ID: 0, First: true},
		{Span: news.Span{Start: 4, End: 9}, ID: 1, First: true},
		{Span: news.Span{Start: 9, End: 11}, ID: 2},
		{Span: news.Span{Start: 12, End: 16}, ID: 0, First: true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func FuzzAppend(f *testing.F) {
	for _, s := range []string{"“We won’t,” said Amara Okonjo-Vale.", "각\u00ad\u0301 ≠ 长官\x00\xff\xed\xa0\x80", "İı ﬁ 👩‍👩‍👧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, start := 0, 0
		for i, p := range bert.Append(nil, text, 0) {
			same := i > 0 && p.Start == start && p.End == end
			if p.Start < 0 || p.End > len(text) || p.Start >= p.End || p.Start < end && !same {
				t.Fatalf("piece %d: %v after %d in %d bytes", i, p, end, len(text))
			}
			if !utf8.RuneStart(text[p.Start]) || p.End < len(text) && !utf8.RuneStart(text[p.End]) {
				if utf8.ValidString(text) {
					t.Fatalf("piece %d: %v splits a code point", i, p)
				}
			}
			if i == 0 && !p.First {
				t.Fatal("the first piece opens no word")
			}
			start, end = p.Start, p.End
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	const text = "“Nobody is re-opening the ferry this year,” said Zoltán Haldórsson, a spokesman for the Harbour Commission. "
	article := strings.Repeat(text, 50)
	b.SetBytes(int64(len(article)))
	var pieces []news.Piece
	for b.Loop() {
		pieces = bert.Append(pieces[:0], article, 0)
	}
}
