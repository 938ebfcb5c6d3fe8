package desk_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/desk"
	"whosaid/internal/news"
	"whosaid/internal/relate/utterances"
)

// report is a paragraph with one statement: source, cue and what was said.
type report struct{ source, cue, content string }

// page makes an article whose paragraphs are the statements, each the content
// followed by who said it.
func page(outlet, published, title string, list ...report) *news.Document {
	d := &news.Document{Article: news.Article{
		ID: outlet + published + title, File: title + ".txt", Outlet: outlet, Title: title, Published: published, Language: "en",
		URL: "https://" + strings.ToLower(strings.ReplaceAll(outlet, " ", "-")) + ".example/" + strings.ReplaceAll(title, " ", "-"),
	}}
	actors := map[string]string{}
	for i, s := range list {
		if d.Text != "" {
			d.Text += "\n\n"
		}
		start := len(d.Text)
		d.Text += s.content + " "
		from := len(d.Text)
		d.Text += s.source + " " + s.cue
		d.Text += "."
		d.Blocks = append(d.Blocks, news.Block{Span: news.Span{Start: start, End: len(d.Text)}, Kind: news.Paragraph})
		source := news.Span{Start: from, End: from + len(s.source)}
		if actors[s.source] == "" {
			actors[s.source] = fmt.Sprintf("a%d", len(actors)+1)
			d.Actors = append(d.Actors, news.Actor{ID: actors[s.source], Name: s.source, Named: true, Type: "person", Mentions: []news.Mention{{Span: source, Form: "name"}}})
		}
		form := news.Indirect
		if strings.HasPrefix(s.content, "“") {
			form = news.Direct
		}
		d.Statements = append(d.Statements, news.Statement{
			ID: fmt.Sprintf("s%d", i+1), By: news.ByModel, Form: form, Kind: "claim", CueStance: "neutral", Confidence: 0.9,
			Content: []news.Span{{Start: start, End: start + len(s.content)}}, Source: []news.Span{source},
			Cue:      []news.Span{{Start: source.End + 1, End: source.End + 1 + len(s.cue)}},
			Speakers: []news.Speaker{{Actor: actors[s.source], Name: s.source, By: "name", Confidence: 0.9}},
		})
	}
	return d
}

// The quotations and the pages that the tests share.
const (
	whole = "“We will not sign the harbour treaty, not this year, not ever, and the fishermen of Halden know why,”"
	part  = "“We will not sign the harbour treaty,”"
	other = "“The lighthouse keepers deserve a pension before the winter storms arrive,”"
)

func empty(t *testing.T) *desk.Desk {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return desk.New(s)
}

// add keeps documents and links them.
func add(t *testing.T, d *desk.Desk, docs ...*news.Document) {
	t.Helper()
	for _, doc := range docs {
		ready, err := archive.Prepare(archive.Entry{Doc: doc, Reader: "test"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Keep(t.Context(), ready); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Link(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestUtterance(t *testing.T) {
	d := empty(t)
	add(t, d,
		page("Halden Courier", "2022-03-03", "Treaty", report{"Ida Brandt", "said", whole}, report{"Rolf Weir", "said", other}),
		page("Kelmere Post", "2022-03-04", "No treaty", report{"Brandt", "insisted", part}),
	)
	// What comes later is linked to what is there.
	add(t, d, page("Aster Tribune", "2022-03-05", "Brandt again", report{"Ida Brandt", "told the assembly", whole}))
	u, err := d.Utterance(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var outlets, relations, path []string
	for _, p := range u.Printings {
		outlets, relations = append(outlets, p.Outlet), append(relations, string(p.Relation))
	}
	for _, s := range u.Path {
		path = append(path, fmt.Sprint(s.Outlet, s.From))
	}
	for _, c := range []struct{ got, want []string }{
		{outlets, []string{"Halden Courier", "Kelmere Post", "Aster Tribune"}},
		{relations, []string{"", "truncated", "verbatim"}},
		{path, []string{"Halden Courier-1", "Kelmere Post0", "Aster Tribune0"}},
		{u.Printings[1].LeftOut(), []string{"not this year, not ever, and the fishermen of Halden know why"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if u.Speaker != "Ida Brandt" || u.Printings[1].Cue != "insisted" || u.Printings[1].Paragraph != 1 {
		t.Errorf("%s, %+v", u.Speaker, u.Printings[1])
	}
	again, err := d.Utterance(t.Context(), 4)
	if err != nil || again.ID != u.ID {
		t.Errorf("by another of its statements it is %+v, %v", again, err)
	}
	if alone, err := d.Utterance(t.Context(), 2); err != nil || len(alone.Printings) != 1 {
		t.Errorf("what one article alone has: %+v, %v", alone, err)
	}
	if _, err := d.Utterance(t.Context(), 99); err == nil {
		t.Error("an utterance that is none was found")
	}
}

// wire is a long enough text for two outlets to share.
func wire(outlet, published string, paragraphs int) *news.Document {
	m := generated.New(3)
	var list []report
	for n := range paragraphs {
		person, words := m.Utterance(n)
		list = append(list, report{m.Person(person), "said", "that " + strings.Join(words, " ")})
	}
	return page(outlet, published, "From the wire", list...)
}

func TestWireCopy(t *testing.T) {
	d := empty(t)
	add(t, d, wire("Halden Courier", "2022-03-03", 12), wire("Kelmere Post", "2022-03-03", 9), page("Aster Tribune", "2022-03-03", "Own", report{"Rolf Weir", "said", other}))
	list, err := d.Reprints(t.Context(), 2)
	if err != nil || len(list) != 2 || list[0].Version != 1 || list[1].Share < 0.9 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := d.Reprints(t.Context(), 3); err != nil || len(list) != 0 {
		t.Errorf("a text of its own has copies: %+v, %v", list, err)
	}
	u, err := d.Utterance(t.Context(), 1)
	if err != nil || len(u.Printings) != 2 || u.Printings[1].Copy != 1 {
		t.Errorf("%+v, %v", u, err)
	}
}

func TestCompareEditions(t *testing.T) {
	d := empty(t)
	before := page("Halden Courier", "2022-03-03", "Treaty", report{"Ida Brandt", "said", whole}, report{"Rolf Weir", "said", other})
	after := page("Halden Courier", "2022-03-03", "Treaty", report{"Ida Brandt", "said", strings.Replace(whole, "not ever", "never at all", 1)}, report{"Rolf Weir", "said", other})
	add(t, d, before, after)
	var versions []*archive.Version
	for id := range int64(2) {
		v, err := d.Store().Version(t.Context(), id+1)
		if err != nil {
			t.Fatal(err)
		}
		versions = append(versions, v)
	}
	c := desk.Compare(versions...)
	if c.Edition == nil || len(c.Edition.Paragraphs) != 2 {
		t.Fatalf("%+v", c.Edition)
	}
	var changed []string
	for _, r := range c.Edition.Paragraphs[0].Runs {
		if r.Change != utterances.Kept {
			changed = append(changed, r.Was+" → "+r.Text)
		}
	}
	if !slices.Equal(changed, []string{"not ever, → never at all,"}) || c.Edition.Paragraphs[1].Change != utterances.Kept {
		t.Errorf("changed: %q; %+v", changed, c.Edition.Paragraphs[1])
	}
	if len(c.Shared) != 2 || c.Articles[0].Shared != 2 {
		t.Errorf("%+v", c.Articles)
	}
}

// Articles of far apart times, which come together, are compared with those of
// their own time, and one whose day is not known with all.
func TestLinkFarApart(t *testing.T) {
	d := empty(t)
	said := func(outlet, published, content string) *news.Document {
		return page(outlet, published, "What was said "+published, report{"Ida Brandt", "said", content})
	}
	add(t, d,
		said("Halden Courier", "2014-03-03", whole), said("Halden Courier", "2024-03-03", whole),
		said("Kelmere Post", "2014-03-04", whole), said("Kelmere Post", "2024-03-04", whole),
		said("Aster Tribune", "2019-06-01", other),
	)
	with := func(statement int64) (out []int64) {
		_, list, err := d.Store().Printings(t.Context(), statement)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			out = append(out, c.Statement)
		}
		return out
	}
	for statement, want := range map[int64][]int64{1: {1, 3}, 2: {2, 4}, 5: {5}} {
		if got := with(statement); !slices.Equal(got, want) {
			t.Errorf("statement %d is one with %d, want %d", statement, got, want)
		}
	}
	// Two more come, of which one has no day.
	add(t, d, said("Norvik Echo", "", other), said("Norvik Echo", "2024-03-05", part))
	for statement, want := range map[int64][]int64{5: {5, 6}, 2: {2, 4, 7}} {
		if got := with(statement); !slices.Equal(got, want) {
			t.Errorf("afterwards statement %d is one with %d, want %d", statement, got, want)
		}
	}
	// One comes late that was printed before all others of its time.
	add(t, d, said("Norvik Echo", "2024-03-01", whole))
	if got, want := with(2), []int64{2, 4, 7, 8}; !slices.Equal(got, want) {
		t.Errorf("with a late one statement 2 is one with %d, want %d", got, want)
	}
	if left, err := d.Store().Unlinked(t.Context(), 0, 10); err != nil || len(left) > 0 {
		t.Errorf("%v are left, %v", left, err)
	}
}
