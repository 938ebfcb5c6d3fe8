package record

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"whosaid/internal/news"
)

// harbour is an article with every field filled, and with characters of one,
// two, three and four bytes before its spans.
func harbour() *news.Document {
	text := "Harbour “to reopen” by May\n\nMayor Ida Quellé 🙂 told Østby Radio on 3 May: “We’ll <stay> & wait,” and left.\n\nIt rained."
	at := func(s string) news.Span {
		i := strings.Index(text, s)
		if i < 0 {
			panic("not in the text: " + s)
		}
		return news.Span{Start: i, End: i + len(s)}
	}
	ptr := func(s news.Span) *news.Span { return &s }
	return &news.Document{
		Article: news.Article{
			ID: "a1", File: "in/harbour.txt", URL: "https://example.org/harbour?a=1&b=2", Outlet: "The Østby Post",
			Title: "Harbour “to reopen” by May", Deck: "A deck", Authors: []string{"Jo Brandt", "K. Ume"},
			Published: "2024-05-03", Modified: "2024-05-04T10:00:00Z", Language: "en", Text: text,
			Blocks: []news.Block{
				{Span: at("Harbour “to reopen” by May"), Kind: news.Headline},
				{Span: at("It rained."), Kind: news.Paragraph},
			},
			Repairs:  []news.Repair{{Span: at("’"), Was: "ΓÇÖ"}},
			Chain:    []news.Teller{{Name: "Østby Radio", Evidence: ptr(at("Østby Radio"))}, {Name: "The Post", Actor: "p1"}},
			Problems: []news.Problem{{Code: news.ProblemNoDate, Message: "No date."}},
		},
		Statements: []news.Statement{
			{
				ID: "s1", By: news.ByModel, Form: news.Direct, Kind: "promise", Conditional: true, CueStance: "neutral",
				Source: []news.Span{at("Mayor Ida Quellé")}, Cue: []news.Span{at("told")}, Content: []news.Span{at("“We’ll <stay> & wait,”")},
				Speakers:  []news.Speaker{{Actor: "p1", Name: "Ida Quellé", By: "name", Confidence: .9}},
				Addressee: ptr(at("Østby Radio")), Venue: ptr(at("Radio")),
				When:       &news.Date{Span: at("3 May"), Value: "2024-05-03"},
				Confidence: .8125,
			},
			{ID: "s2", By: news.ByMarks, Form: news.Direct, Content: []news.Span{at("“to reopen”")}, Parent: "s1"},
		},
		Actors: []news.Actor{{
			ID: "p1", Name: "Ida Quellé", Named: true, Type: "person",
			Mentions:     []news.Mention{{Span: at("Ida Quellé"), Form: "name"}},
			Descriptions: []news.Description{{Span: at("Mayor"), Kind: "title", By: "outlet"}},
		}},
		Relations: []news.Relation{{Type: "leads", From: "p1", To: "Harbour", Evidence: at("Mayor"), By: "outlet"}},
		Dates:     []news.Date{{Span: at("3 May"), Value: "2024-05-03", Kind: "point"}},
		OwnVoice:  []news.Span{at("It rained.")},
	}
}

func TestRoundTrip(t *testing.T) {
	want := harbour()
	for _, indent := range []bool{true, false} {
		var out bytes.Buffer
		if err := Encode(want).Write(&out, indent); err != nil {
			t.Fatal(err)
		}
		for r, err := range Read(&out) {
			if err != nil {
				t.Fatal(err)
			}
			got, err := Decode(r)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("the document came back changed:\n got %+v\nwant %+v", got, want)
			}
		}
	}
}

// TestShape holds the exact names and order of the contract's fields.
func TestShape(t *testing.T) {
	var out bytes.Buffer
	doc := harbour()
	doc.Statements = doc.Statements[1:]
	if err := Encode(doc).Write(&out, false); err != nil {
		t.Fatal(err)
	}
	want := `{"format":"whosaid/1","article":{"id":"a1","file":"in/harbour.txt","url":"https://example.org/harbour?a=1&b=2","outlet":"The Østby Post",` +
		`"title":"Harbour “to reopen” by May","deck":"A deck","authors":["Jo Brandt","K. Ume"],"published":"2024-05-03","modified":"2024-05-04T10:00:00Z","language":"en",` +
		`"text":"Harbour “to reopen” by May\n\nMayor Ida Quellé 🙂 told Østby Radio on 3 May: “We’ll <stay> & wait,” and left.\n\nIt rained.",` +
		`"blocks":[{"kind":"headline","start":0,"end":26},{"kind":"paragraph","start":108,"end":118}],` +
		`"repairs":[{"start":77,"end":78,"was":"ΓÇÖ"}],` +
		`"chain":[{"name":"Østby Radio","actor":null,"evidence":{"start":52,"end":63,"text":"Østby Radio"}},{"name":"The Post","actor":"p1","evidence":null}],` +
		`"problems":[{"code":"no-date","message":"No date."}]},` +
		`"statements":[{"id":"s2","by":"marks","form":"direct","kind":"","conditional":false,"cue_stance":"","source":[],"cue":[],` +
		`"content":[{"start":8,"end":19,"text":"“to reopen”"}],"speakers":[],"addressee":null,"venue":null,"when":null,"parent":"s1","confidence":0}],` +
		`"actors":[{"id":"p1","name":"Ida Quellé","named":true,"type":"person","mentions":[{"start":34,"end":44,"text":"Ida Quellé","form":"name"}],` +
		`"descriptions":[{"start":28,"end":33,"text":"Mayor","kind":"title","by":"outlet"}]}],` +
		`"relations":[{"type":"leads","from":"p1","to":"Harbour","evidence":{"start":28,"end":33,"text":"Mayor"},"by":"outlet"}],` +
		`"dates":[{"text":"3 May","start":67,"end":72,"value":"2024-05-03","kind":"point"}],` +
		`"own_voice":[{"start":108,"end":118,"text":"It rained."}]}` + "\n"
	if got := out.String(); got != want {
		t.Errorf("the contract changed:\n got %s\nwant %s", got, want)
	}
}

func TestEmptyListsAreLists(t *testing.T) {
	var out bytes.Buffer
	if err := Encode(&news.Document{Statements: []news.Statement{{}}}).Write(&out, false); err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	lists := func(where string, m map[string]any, names ...string) {
		for _, n := range names {
			if _, ok := m[n].([]any); !ok {
				t.Errorf("%s: %s is %v, want []", where, n, m[n])
			}
		}
	}
	lists("record", v, "statements", "actors", "relations", "dates", "own_voice")
	lists("article", v["article"].(map[string]any), "authors", "blocks", "repairs", "chain", "problems")
	lists("statement", v["statements"].([]any)[0].(map[string]any), "source", "cue", "content", "speakers")
}

// TestSpansAreSlices makes spans at random in text of all widths of character
// and checks each against a slice of the text's code points.
func TestSpansAreSlices(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	letters := []rune("ab \n“”’é–\u00a0\u2028\x00<>&🙂𝒳\ufffd")
	for range 200 {
		n := rng.IntN(400)
		chars := make([]rune, n)
		for i := range chars {
			chars[i] = letters[rng.IntN(len(letters))]
		}
		doc := &news.Document{Article: news.Article{Text: string(chars)}}
		bytesAt := func(r int) int { return len(string(chars[:r])) }
		for range 20 {
			a := rng.IntN(n + 1)
			b := a + rng.IntN(n+1-a)
			doc.OwnVoice = append(doc.OwnVoice, news.Span{Start: bytesAt(a), End: bytesAt(b)})
		}
		if err := Check(doc); err != nil {
			t.Fatal(err)
		}
		r := Encode(doc)
		for i, s := range r.OwnVoice {
			if got := string(chars[s.Start:s.End]); got != s.Text {
				t.Fatalf("span %d to %d: text %q, slice %q", s.Start, s.End, s.Text, got)
			}
			if s.Text != doc.OwnVoice[i].Text(doc.Text) {
				t.Fatalf("span %d to %d: text %q, bytes %q", s.Start, s.End, s.Text, doc.OwnVoice[i].Text(doc.Text))
			}
		}
		back, err := Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.OwnVoice, doc.OwnVoice) {
			t.Fatal("spans came back changed")
		}
	}
}

func TestCheck(t *testing.T) {
	bad := func(change func(*news.Document)) *news.Document {
		d := harbour()
		change(d)
		return d
	}
	for _, c := range []struct {
		name, want string
		doc        *news.Document
	}{
		{"sound", "", harbour()},
		{"past the end", "own voice has the range", bad(func(d *news.Document) { d.OwnVoice[0].End++ })},
		{"backwards", "a date has the range 9 to 8", bad(func(d *news.Document) { d.Dates[0].Span = news.Span{Start: 9, End: 8} })},
		{"before the start", "a block has the range -1", bad(func(d *news.Document) { d.Blocks[0].Start = -1 })},
		{"inside a character", "a content of s1 cuts a character", bad(func(d *news.Document) { d.Statements[0].Content[0].Start++ })},
		{"not UTF-8", "not valid UTF-8", bad(func(d *news.Document) { d.Text = "\xff" + d.Text })},
	} {
		err := Check(c.doc)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	bad := func(change func(*Record)) Record {
		r := Encode(harbour())
		change(&r)
		return r
	}
	for _, c := range []struct {
		want string
		rec  Record
	}{
		{`its format is "whosaid/2"`, bad(func(r *Record) { r.Format = "whosaid/2" })},
		{"lies outside the text, which has 118 characters", bad(func(r *Record) { r.Article.Blocks[0].End = 119 })},
		{"lies outside", bad(func(r *Record) { r.Dates[0].Start = math.MinInt })},
		{"lies outside", bad(func(r *Record) { r.Dates[0].End = math.MaxInt })},
		{`is said to be "Your", but the text has "told" there`, bad(func(r *Record) { r.Statements[0].Cue[0].Text = "Your" })},
		{"not valid UTF-8", bad(func(r *Record) { r.Article.Text = "\xff" })},
	} {
		_, err := Decode(c.rec)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "in/harbour.txt") {
			t.Errorf("got %v, want %q and the file's name", err, c.want)
		}
	}
}

func TestConfidence(t *testing.T) {
	for in, want := range map[float64]float64{.123456: .1235, -1: 0, 2: 1, .5: .5} {
		if got := round(in); got != want {
			t.Errorf("round(%v) = %v, want %v", in, got, want)
		}
	}
	if got := round(math.NaN()); got != 0 {
		t.Errorf("round(NaN) = %v, want 0", got)
	}
}

// FuzzRead reads anything at all; what decodes is sound and stays the same.
func FuzzRead(f *testing.F) {
	var one bytes.Buffer
	if err := Encode(harbour()).Write(&one, false); err != nil {
		f.Fatal(err)
	}
	f.Add(one.Bytes())
	f.Add([]byte(`{"format":"whosaid/1","article":{"text":"a🙂b"},"own_voice":[{"start":1,"end":2,"text":"🙂"}]}`))
	f.Add([]byte(`{"format":"whosaid/1","article":{"text":"ab"},"dates":[{"start":0,"end":9}]} {"format":""}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		for r, err := range Read(bytes.NewReader(in)) {
			if err != nil {
				return
			}
			doc, err := Decode(r)
			if err != nil {
				continue
			}
			if err := Check(doc); err != nil {
				t.Fatalf("Decode let through: %v", err)
			}
			again, err := Decode(Encode(doc))
			if err != nil {
				t.Fatal(err)
			}
			if !utf8.ValidString(doc.Text) || !reflect.DeepEqual(again.OwnVoice, doc.OwnVoice) || !reflect.DeepEqual(again.Dates, doc.Dates) {
				t.Fatal("the document changed on its second way round")
			}
		}
	})
}
