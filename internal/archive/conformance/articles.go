package conformance

import (
	"fmt"
	"strings"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/news"
)

// A said is a statement of a test's article: who, with which cue, what. Content
// in “marks” is direct.
type said struct {
	who, cue, what string
	kind           string
	called         string // a label of the speaker
}

// article writes an article: a headline, and a paragraph for each statement.
func article(outlet, published, title string, list ...said) *news.Document {
	d := &news.Document{Article: news.Article{
		File: "test.txt", Outlet: outlet, Published: published, Title: title, Language: "en",
		URL: fmt.Sprintf("https://%s.example/%s", strings.ToLower(strings.ReplaceAll(outlet, " ", "-")), strings.ToLower(strings.ReplaceAll(title, " ", "-"))),
	}}
	var b strings.Builder
	write := func(text string) news.Span {
		start := b.Len()
		b.WriteString(text)
		return news.Span{Start: start, End: b.Len()}
	}
	block := func(kind news.BlockKind, from int) {
		d.Blocks = append(d.Blocks, news.Block{Span: news.Span{Start: from, End: b.Len()}, Kind: kind})
	}
	write(title)
	block(news.Headline, 0)
	actors := map[string]int{}
	for i, x := range list {
		b.WriteString("\n\n")
		from := b.Len()
		k, known := actors[x.who]
		if !known {
			k = len(d.Actors)
			actors[x.who] = k
			d.Actors = append(d.Actors, news.Actor{ID: fmt.Sprintf("a%d", k+1), Name: x.who, Named: true, Type: "person"})
		}
		a := &d.Actors[k]
		if x.called != "" {
			a.Descriptions = append(a.Descriptions, news.Description{Span: write(x.called), Kind: "label", By: "outlet"})
			write(" ")
		}
		source := write(x.who)
		a.Mentions = append(a.Mentions, news.Mention{Span: source, Form: "name"})
		write(" ")
		cue := write(x.cue)
		write(" ")
		content := write(x.what)
		write(".")
		form := news.Indirect
		if strings.HasPrefix(x.what, "“") {
			form = news.Direct
		}
		d.Statements = append(d.Statements, news.Statement{
			ID: fmt.Sprintf("s%d", i+1), By: news.ByModel, Form: form, Kind: x.kind, Confidence: 0.75,
			Source: []news.Span{source}, Cue: []news.Span{cue}, Content: []news.Span{content},
			Speakers: []news.Speaker{{Actor: a.ID, Name: x.who, By: "name", Confidence: 0.9}},
		})
		block(news.Paragraph, from)
	}
	d.Text = b.String()
	d.ID = fmt.Sprintf("%x", archive.Key(&news.Article{ID: d.URL, Text: d.Text}))[:16]
	return d
}

// mention lets an actor of d be spoken of wherever words stand in its text.
func mention(d *news.Document, actor, words, form string) {
	for i := range d.Actors {
		if d.Actors[i].Name != actor {
			continue
		}
		for at := 0; ; {
			k := strings.Index(d.Text[at:], words)
			if k < 0 {
				return
			}
			at += k + len(words)
			d.Actors[i].Mentions = append(d.Actors[i].Mentions, news.Mention{Span: news.Span{Start: at - len(words), End: at}, Form: form})
		}
	}
	d.Actors = append(d.Actors, news.Actor{ID: fmt.Sprintf("a%d", len(d.Actors)+1), Name: actor, Named: true, Type: "place"})
	mention(d, actor, words, form)
}

// ready makes an entry ready, or ends the test.
func ready(t testing.TB, e archive.Entry) *archive.Ready {
	t.Helper()
	if e.Reader == "" {
		e.Reader = "test models 1"
	}
	r, err := archive.Prepare(e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keep keeps documents, or ends the test.
func keep(t testing.TB, s archive.Store, docs ...*news.Document) []archive.Outcome {
	t.Helper()
	var list []*archive.Ready
	for _, d := range docs {
		list = append(list, ready(t, archive.Entry{Doc: d}))
	}
	out, err := s.Keep(t.Context(), list...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// town is a small archive that several tests ask.
func town() []*news.Document {
	bridge := article("Kelmere Post", "2022-01-20", "Bridge to close",
		said{"Ida Brandt", "said", "that the old bridges over the Aster will close in spring", "claim", ""},
		said{"Qais al-Khalil", "warned", "“We will stop the heavy weapons at the border, and their drones,”", "warning", "militia leader"},
		said{"José Núñez", "denied", "that the council of Kelmere had paid for the café", "denial", ""},
	)
	mention(bridge, "Kelmere", "Kelmere", "name")
	harbour := article("Halden Courier", "2021-11-03T08:30:00Z", "Harbour talks fail",
		said{"Ida Brandt", "told reporters", "that a heavy weapon had been found in the harbour", "claim", ""},
		said{"Олена Коваль", "promised", "to bring the bridge back", "promise", ""},
		said{"Sa'ib Younis", "said", "the border would stay closed, drones or no drones", "claim", "resistance leader"},
	)
	mention(harbour, "Ida Brandt", "her", "pronoun")
	undated := article("Aster Tribune", "", "Letters",
		said{"Rolf Weir", "asked", "whether anybody had seen the bridge", "question", ""},
		said{"Ida Weir", "said", "it was the best bridge, the bridge of bridges", "praise", ""},
	)
	return []*news.Document{bridge, harbour, undated}
}
