package print

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"whosaid/internal/news"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// page prints one HTML page that needs nothing but itself: no script, and a
// content security policy that lets nothing in but its own style sheet.
type page struct {
	w     io.Writer
	up    string // address of the list that this page is one of; empty if there is none
	begun bool
	count int // articles printed
}

func (p *page) Print(doc *news.Document) error {
	if err := p.head(); err != nil {
		return err
	}
	p.count++
	return pageTemplate.ExecuteTemplate(p.w, "article", newSection(doc, p.count))
}

func (p *page) Close() error {
	if err := p.head(); err != nil {
		return err
	}
	return pageTemplate.ExecuteTemplate(p.w, "foot", nil)
}

// head begins the page, once.
func (p *page) head() error {
	if p.begun {
		return nil
	}
	p.begun = true
	sum := sha256.Sum256([]byte(pageCSS))
	return pageTemplate.ExecuteTemplate(p.w, "head", struct {
		Hash string
		CSS  template.CSS
		Up   string
	}{"sha256-" + base64.StdEncoding.EncodeToString(sum[:]), template.CSS(pageCSS), p.up})
}

// Page writes an article as a page that leads up to the list of which it is
// one.
func Page(w io.Writer, doc *news.Document, up string) error {
	p := page{w: w, up: up}
	if err := p.Print(doc); err != nil {
		return err
	}
	return p.Close()
}

// A section is what the template shows of one article.
type section struct {
	ID, Title, URL, Language, Tally string
	Repeated                        bool // the title stands in the text as well
	Facts                           []string
	Problems                        []news.Problem
	Blocks                          []blockView
	Speakers                        []speakerView
	Marks                           []item
}

type blockView struct {
	Kind news.BlockKind
	Runs []stretch
}

type speakerView struct {
	Name    string
	Called  string
	Colour  string // class of the actor; empty where it is not known
	Entries []item
}

// An item is one statement in the list beside the text.
type item struct {
	Key    string // its id on the page
	Target string // the id of its first words in the text
	Place  string
	Who    string // shown where it is not the heading
	Words  string
	Notes  string
	Unsure bool
	Under  []item
}

// newSection numbers articles on the page from 1.
func newSection(doc *news.Document, number int) section {
	o := arrange(doc)
	out := section{
		ID:       fmt.Sprintf("a%d", number),
		Title:    cmp.Or(oneLine(doc.Title), "Untitled"),
		URL:      doc.URL,
		Language: doc.Language,
		Facts:    facts(doc),
		Problems: doc.Problems,
		Repeated: slices.ContainsFunc(doc.Blocks, func(b news.Block) bool { return b.Kind == news.Headline }),
	}
	if !slices.ContainsFunc(doc.Problems, news.Problem.Fatal) {
		out.Tally = tally(doc, o)
	}
	keys := map[*news.Statement]string{}
	for i := range doc.Statements {
		keys[&doc.Statements[i]] = fmt.Sprintf("%s-%d", out.ID, i+1)
	}
	who := colour(doc, o, out.ID)
	var shown map[string]bool
	out.Blocks, shown = cut(doc, keys, who)

	var items func(entries []*entry, nested bool) []item
	items = func(entries []*entry, nested bool) []item {
		var list []item
		for _, e := range entries {
			key := keys[e.Statement]
			it := item{
				Key: "list-" + key, Place: e.Place, Words: cmp.Or(e.Words, nothing),
				Notes: strings.Join(e.notes(doc.Text), " · "), Unsure: e.Unsure,
				Under: items(e.Nested, true),
			}
			if nested {
				it.Who = e.Who
			}
			if shown[key] {
				it.Target = key
			}
			list = append(list, it)
		}
		return list
	}
	for _, s := range o.Speakers {
		out.Speakers = append(out.Speakers, speakerView{Name: s.Name, Called: s.called(doc.Text), Colour: who.class(s.Actor), Entries: items(s.Entries, false)})
	}
	out.Marks = items(o.Marks, false)
	return out
}
