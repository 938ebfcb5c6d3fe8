package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/postgres"
	"whosaid/internal/archive/sqlite"
	"whosaid/internal/archive/testserver"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// A said is a statement of an article: who, in which role and with which label,
// and what they say of whom.
type said struct {
	who, role, label, of string
}

// article prints what people said, a paragraph each: "Ida Brandt, mayor of
// Kelmere, called a hard-liner, said of Rolf Weir that it would do."
func article(outlet, day, title string, list ...said) *news.Document {
	d := &news.Document{}
	d.Outlet, d.Published, d.Title, d.File, d.Language = outlet, day, title, title, "en"
	d.URL = "https://" + strings.ReplaceAll(strings.ToLower(outlet+"/"+title), " ", "-") + ".example"
	d.ID = strings.ReplaceAll(strings.ToLower(title), " ", "-")
	var text strings.Builder
	write := func(words string) news.Span {
		start := text.Len()
		text.WriteString(words)
		return news.Span{Start: start, End: text.Len()}
	}
	actor := func(name string, s news.Span) *news.Actor {
		for i := range d.Actors {
			if d.Actors[i].Name == name {
				d.Actors[i].Mentions = append(d.Actors[i].Mentions, news.Mention{Span: s, Form: "name", Confidence: 1})
				return &d.Actors[i]
			}
		}
		id := "a" + string(rune('1'+len(d.Actors)))
		d.Actors = append(d.Actors, news.Actor{ID: id, Name: name, Named: true, Type: "person", Mentions: []news.Mention{{Span: s, Form: "name", Confidence: 1}}})
		return &d.Actors[len(d.Actors)-1]
	}
	for i, x := range list {
		if i > 0 {
			write("\n\n")
		}
		start := text.Len()
		source := write(x.who)
		a := actor(x.who, source)
		for _, by := range []struct{ kind, words string }{{"role", x.role}, {"label", x.label}} {
			if by.words != "" {
				write(", ")
				a.Descriptions = append(a.Descriptions, news.Description{Span: write(by.words), Kind: by.kind, By: "outlet"})
				write(",")
			}
		}
		s := news.Statement{
			ID: "s" + string(rune('1'+i)), By: news.ByModel, Form: news.Indirect, Kind: "claim", CueStance: "neutral", Confidence: 0.9,
			Source:   []news.Span{source},
			Speakers: []news.Speaker{{Actor: a.ID, Name: x.who, By: "name", Confidence: 0.9}},
		}
		write(" ")
		s.Cue = []news.Span{write("said")}
		write(" ")
		content := write("it would do")
		if x.of != "" {
			write(" for ")
			of := write(x.of)
			actor(x.of, of)
			content.End = of.End
		}
		s.Content = []news.Span{content}
		write(".")
		d.Statements = append(d.Statements, s)
		d.Blocks = append(d.Blocks, news.Block{Span: news.Span{Start: start, End: text.Len()}, Kind: news.Paragraph})
	}
	d.Text = text.String()
	return d
}

func TestMain(m *testing.M) {
	code := m.Run()
	testserver.Stop()
	os.Exit(code)
}

// onPostgres is the test that runs others with their archives in PostgreSQL.
const onPostgres = "TestDecisionsOnPostgres/"

// Every decision does the same in either kind of archive.
func TestDecisionsOnPostgres(t *testing.T) {
	testserver.Database(t)
	for name, test := range map[string]func(*testing.T){
		"RejoinOrder": TestRejoinOrder, "RejoinDecided": TestRejoinDecided,
		"Merge": TestMerge, "Rename": TestRename, "Split": TestSplit, "DecideBad": TestDecideBad,
		"Reject": TestReject, "Correct": TestCorrect, "CorrectThenMerge": TestCorrectThenMerge, "RejectLabel": TestRejectLabel, "CorrectLabel": TestCorrectLabel,
		"UndoStatement": TestUndoStatement, "DecideStatementBad": TestDecideStatementBad,
		"ForgetDecisions": TestForgetDecisions, "ForgetOutlet": TestForgetOutlet,
	} {
		t.Run(name, test)
	}
}

// open makes an archive: in SQLite, or in PostgreSQL where the test is run for
// that.
func open(t *testing.T) *desk.Desk {
	t.Helper()
	if strings.HasPrefix(t.Name(), onPostgres) {
		store, err := postgres.Open(t.Context(), testserver.Fresh(t), false)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return desk.New(store)
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "archive.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return desk.New(store)
}

func keep(t *testing.T, d *desk.Desk, docs ...*news.Document) []archive.Outcome {
	t.Helper()
	return keepAs(t, d, "test", docs...)
}

func keepAs(t *testing.T, d *desk.Desk, reader string, docs ...*news.Document) []archive.Outcome {
	t.Helper()
	var list []*archive.Ready
	for _, doc := range docs {
		r, err := archive.Prepare(archive.Entry{Doc: doc, Reader: reader})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	out, err := d.Keep(t.Context(), list...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// An article that is read again, or printed anew, is counted once.
func TestReadAgainCountsOnce(t *testing.T) {
	d := open(t)
	story := article("Kelmere Post", "2022-02-01", "Bridge", said{"Ida Brandt", "", "", "Rolf Weir"}, said{"Ida Brandt", "", "", ""})
	keep(t, d, story, article("Tarn Reed", "2022-02-02", "Fair", said{"Ida Brandt", "", "", ""}))
	shorter := article("Kelmere Post", "2022-02-01", "Bridge", said{"Ida Brandt", "", "", "Rolf Weir"})
	keepAs(t, d, "better", story)
	keepAs(t, d, "best", story)
	keepAs(t, d, "best", shorter)
	for name, want := range map[string][2]int{"Ida Brandt": {2, 2}, "Rolf Weir": {1, 0}} {
		list, err := d.People(t.Context(), name, 5)
		if err != nil || len(list) != 1 || list[0].Articles != want[0] || list[0].Statements != want[1] {
			t.Errorf("of %s the list has %+v, %v; want %d articles and %d statements", name, list, err, want[0], want[1])
		}
		x, err := d.Person(t.Context(), name, 5)
		if err != nil || x.Articles != want[0] || x.Statements != want[1] {
			t.Errorf("%s has %d articles, %d statements, %v", name, x.Articles, x.Statements, err)
		}
	}
}

func TestFindNobody(t *testing.T) {
	d := open(t)
	for _, ref := range []string{"Ida Brandt", "#7", "#x", ""} {
		var unknown *desk.UnknownError
		if _, err := d.Find(t.Context(), ref); !errors.As(err, &unknown) || !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("%q gives %v", ref, err)
		}
	}
}

func TestKeepJoins(t *testing.T) {
	d := open(t)
	keep(t, d,
		article("Kelmere Post", "2022-01-20", "Bridge", said{"Qais al-Noor", "the mayor", "hard-liner", "Ida Brandt"}, said{"Ida Brandt", "", "", ""}),
		article("Halden Courier", "2022-02-03", "Harbour", said{"Qays al-Nour", "mayor", "reformer", "Ida Brandt"}),
	)
	keep(t, d, article("Aster Tribune", "2023-03-04", "Weir", said{"Ida Brandt", "harbour master", "", "Qais Noor"}))
	p, err := d.Person(t.Context(), "Qais al-Noor", 5)
	if err != nil {
		t.Fatal(err)
	}
	if p.Articles != 3 || p.Statements != 2 || len(p.Spellings) != 3 || p.First != "2022-01-20" || p.Last != "2023-03-04" {
		t.Errorf("%+v", p)
	}
	if len(p.Labels) != 2 || len(p.Labels[0].Evidence) != 1 || p.Labels[0].Evidence[0].Text != p.Labels[0].Text {
		t.Errorf("the labels are %+v", p.Labels)
	}
	if len(p.SpeaksOf) != 1 || p.SpeaksOf[0].Name != "Ida Brandt" || p.SpeaksOf[0].Articles != 2 || len(p.SpokenOfBy) != 1 {
		t.Errorf("they speak of %+v and are spoken of by %+v", p.SpeaksOf, p.SpokenOfBy)
	}
	again, err := d.Person(t.Context(), "qays nour", 0)
	if err != nil || again.ID != p.ID {
		t.Errorf("by another spelling it is %+v, %v", again, err)
	}
	// The same articles again change nothing.
	before, err := d.People(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if out := keep(t, d, article("Aster Tribune", "2023-03-04", "Weir", said{"Ida Brandt", "harbour master", "", "Qais Noor"})); out[0].Status != archive.Present {
		t.Errorf("%+v", out)
	}
	after, err := d.People(t.Context(), "", 0)
	if err != nil || len(after) != len(before) || len(after) != 2 {
		t.Errorf("%d people, and then %d, %v", len(before), len(after), err)
	}
	// Another program's desk goes on where this one is.
	keep(t, desk.New(d.Store()), article("Kelmere Post", "2022-05-06", "Toll", said{"Qais Noor", "", "", "Rolf Weir"}))
	if p, err = d.Person(t.Context(), "Qais Noor", 0); err != nil || p.Articles != 4 {
		t.Errorf("%+v, %v", p, err)
	}
	labels, err := d.Labels(t.Context(), []string{"Qais Noor", "Ida Brandt"}, []string{"label"}, 1)
	if err != nil || len(labels.People) != 2 || len(labels.Rows) != 2 {
		t.Errorf("%+v, %v", labels, err)
	}
	periods, err := d.Timeline(t.Context(), "Qais Noor", 5)
	if err != nil || len(periods) != 3 || periods[0].Month != "2022-01" || len(periods[0].Statements) != 1 || len(periods[0].Roles) != 1 {
		t.Errorf("%+v, %v", periods, err)
	}
	if periods, err = d.Timeline(t.Context(), "", 0); err != nil || len(periods) != 4 {
		t.Errorf("%+v, %v", periods, err)
	}
}
