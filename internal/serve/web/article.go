package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// statementID is the id of a document's statement i on its page.
func statementID(i int) string { return "s" + strconv.Itoa(i+1) }

// An articleView is what the page of an article shows.
type articleView struct {
	ID, Title, Outlet, Language string
	Titled                      bool // the title stands in the text as well
	Facts                       []string
	Original                    string // its address
	Problems                    []news.Problem
	Tally                       string
	Blocks                      []blockView
	Voices                      []voiceView
	Marks                       []statementView // in quotation marks, speaker not told
	Repairs                     []repairView
	Versions                    []versionView
	Switches                    []switchView
	Show                        string // classes that hide what is switched off
	Parts                       []partView
	Chain                       []string
}

// A blockView is one paragraph, headline and so on.
type blockView struct {
	Kind   news.BlockKind
	Number int // of a paragraph, from 1
	Runs   []run
}

// A voiceView is everything that one speaker says.
type voiceView struct {
	Name, Colour string
	Person       int64  // who it is across articles; 0 where that is not known
	Called       string // what the article calls them
	Share        string // of the article's words
	Said         []statementView
}

// A statementView is one statement in the list beside the text.
type statementView struct {
	ID      string
	Place   string
	Words   string
	Cue     string
	Tags    []string
	To      string // whom it was told
	Where   string
	When    string
	Unsure  string // why it is
	Within  string // who tells it, of a statement within another's
	Parent  string // where that is in the list
	Cite    string // where its citation is
	Others  string // where others print it too; empty where none does
	Shown   bool   // its words are in the part of the text that is shown
	Speaker string
}

// A repairView is a place where damaged text was put right.
type repairView struct{ Was, Now, Place string }

// A versionView is one version in the list of them.
type versionView struct {
	Number  int
	Edition int
	Kept    string
	Reader  string
	Here    bool
	Path    string
	Changes string // where it is compared with the edition before; empty of the first
}

// A switchView turns something of the page on or off.
type switchView struct {
	Name string
	On   bool
	Path string
}

// A partView leads to a part of a long article.
type partView struct {
	Name string
	Path string
	Here bool
}

// article is the page of an article.
func (s *site) article(r *http.Request) (*page, error) {
	a, err := s.find(r)
	if err != nil {
		return nil, err
	}
	elsewhere, err := s.desk.Elsewhere(r.Context(), a.Version)
	if err != nil {
		return nil, err
	}
	v := newArticle(a, elsewhere, r.URL.Query())
	return &page{Title: v.Title, Body: articlePage(v)}, nil
}

// find is the article, and the version of it, that a request is about.
func (s *site) find(r *http.Request) (*desk.Article, error) {
	number := 0
	if v := r.URL.Query().Get("version"); v != "" {
		var err error
		if number, err = strconv.Atoi(v); err != nil || number < 1 {
			return nil, badRequest{fmt.Errorf("there is no version %q: versions are numbered from 1", v)}
		}
	}
	return s.desk.Article(r.Context(), r.PathValue("id"), number)
}

// newArticle fills the page of an article; elsewhere are its statements that
// others print too, and q is the address's parameters.
func newArticle(a *desk.Article, elsewhere map[int64]int64, q url.Values) articleView {
	doc := a.Doc
	v := articleView{
		ID: doc.ID, Title: titled(doc.Title), Outlet: doc.Outlet, Language: doc.Language,
		Titled:   slices.ContainsFunc(doc.Blocks, func(b news.Block) bool { return b.Kind == news.Headline }),
		Original: string(outward(doc.URL)),
		Problems: doc.Problems,
	}
	for _, f := range []string{doc.Outlet, day(doc.Published), strings.Join(doc.Authors, ", ")} {
		if f = oneLine(f); f != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	for _, t := range doc.Chain {
		v.Chain = append(v.Chain, oneLine(t.Name))
	}
	base := "/article/" + url.PathEscape(doc.ID)
	c := newCast(a)
	q = placed(c, q)
	from, to, parts := section(doc, q, base)
	v.Parts = parts
	shown := map[int]bool{}
	v.Blocks = c.blocks(from, to, shown)
	here := news.Span{End: len(doc.Text)}
	if len(parts) > 0 {
		here = news.Span{Start: doc.Blocks[from].Start, End: doc.Blocks[to-1].End}
	}
	v.list(c, a, here, shown, elsewhere, q)
	v.Switches, v.Show = switches(q, base)
	for _, p := range doc.Repairs {
		v.Repairs = append(v.Repairs, repairView{Was: p.Was, Now: p.Text(doc.Text), Place: c.place(p.Start)})
	}
	v.Versions = versions(a, base)
	return v
}

// list fills the list beside the text: the statements that are in the part of it
// that is here, or go on there.
func (v *articleView) list(c *cast, a *desk.Article, here news.Span, shown map[int]bool, elsewhere map[int64]int64, q url.Values) {
	number := q.Get("version")
	at := map[int]int{} // place in Voices of each voice
	n := 0
	voices := map[int]bool{}
	base := "/article/" + url.PathEscape(a.Doc.ID)
	in := func(i int) bool { at := c.start(i); return shown[i] || here.Start <= at && at < here.End }
	for i := range a.Doc.Statements {
		if a.Doc.Statements[i].By != news.ByMarks {
			n++
			voices[c.of[i]] = true
		}
		if !in(i) {
			continue
		}
		st := c.statement(i)
		st.Shown = shown[i]
		if k, ok := c.ids[a.Doc.Statements[i].Parent]; ok && !in(k) {
			st.Parent = base + "?at=" + statementID(k) + st.Parent
		}
		st.Cite = base + "/cite/" + st.ID
		if number != "" {
			st.Cite += "?version=" + url.QueryEscape(number)
		}
		if id := a.Statement(i); elsewhere[id] != 0 {
			st.Others = utterancePath(id)
		}
		if a.Doc.Statements[i].By == news.ByMarks {
			v.Marks = append(v.Marks, st)
			continue
		}
		k := c.of[i]
		if _, ok := at[k]; !ok {
			at[k] = len(v.Voices)
			v.Voices = append(v.Voices, c.voices[k].view())
		}
		voice := &v.Voices[at[k]]
		voice.Said = append(voice.Said, st)
	}
	switch {
	case slices.ContainsFunc(a.Doc.Problems, news.Problem.Fatal):
	case len(a.Doc.Statements) == 0:
		v.Tally = "No statements were found."
	default:
		v.Tally = plural(n, "statement", "statements") + " by " + plural(len(voices), "source", "sources")
		if c.own > 0 {
			v.Tally += " · " + percent(c.own) + " of the words in the outlet’s own voice"
		}
	}
}

// layers are what can be switched off on the page of an article.
var layers = []struct{ key, name string }{
	{"colours", "speakers’ colours"}, {"cues", "sources and cues"}, {"labels", "labels"}, {"rest", "menus and credits"},
}

// switches are the page's, and the classes of what is off. "rest" (menus,
// credits) is off unless it is asked for.
func switches(q url.Values, base string) (list []switchView, class string) {
	off := map[string]bool{"rest": true}
	for _, k := range q["hide"] {
		off[k] = true
	}
	for _, k := range q["show"] {
		delete(off, k)
	}
	var classes []string
	for _, l := range layers {
		next := url.Values{}
		for name, values := range q {
			if name == "version" || name == "part" {
				next[name] = values
			}
		}
		for _, m := range layers {
			is := off[m.key] != (m.key == l.key) // of the address that the switch leads to
			switch {
			case is && m.key != "rest":
				next.Add("hide", m.key)
			case !is && m.key == "rest":
				next.Add("show", m.key)
			}
		}
		if off[l.key] {
			classes = append(classes, "no-"+l.key)
		}
		list = append(list, switchView{Name: l.name, On: !off[l.key], Path: string(here(base, next))})
	}
	return list, strings.Join(classes, " ")
}

// versions lists the versions of an article, the latest first.
func versions(a *desk.Article, base string) []versionView {
	var out []versionView
	edition := 0
	for _, h := range a.History {
		w := versionView{
			Number: h.Number, Edition: h.Edition, Kept: h.Kept.Format("2 January 2006, 15:04"), Reader: h.Reader,
			Here: h.Number == a.Number, Path: base + "?version=" + strconv.Itoa(h.Number),
		}
		if edition != 0 && h.Edition != edition {
			w.Changes = fmt.Sprintf("%s/changes?to=%d", base, h.Number)
		}
		edition = h.Edition
		out = append(out, w)
	}
	slices.Reverse(out)
	return out
}

// mostWords is about how many bytes of text one page shows of a long article:
// some 4,000 words.
const mostWords = 25_000

// partBounds are the blocks with which the parts of an article begin, and the
// end of the last.
func partBounds(doc *news.Document) []int {
	bounds := []int{0}
	size := 0
	for i, b := range doc.Blocks {
		if size += b.Len(); size > mostWords && i > bounds[len(bounds)-1] {
			bounds = append(bounds, i)
			size = b.Len()
		}
	}
	return append(bounds, len(doc.Blocks))
}

// partOf is the number of the part in which a byte lies.
func partOf(doc *news.Document, at int) int {
	bounds := partBounds(doc)
	for n := 1; n < len(bounds)-1; n++ {
		if doc.Blocks[bounds[n]].Start > at {
			return n
		}
	}
	return max(1, len(bounds)-1)
}

// section is the range of blocks that q asks for, and the parts of the article
// if it has several.
func section(doc *news.Document, q url.Values, base string) (from, to int, list []partView) {
	bounds := partBounds(doc)
	n, err := strconv.Atoi(q.Get("part"))
	if err != nil || n < 1 || n >= len(bounds) {
		n = 1
	}
	if len(bounds) > 2 {
		for i := 1; i < len(bounds); i++ {
			next := url.Values{}
			for name, values := range q {
				next[name] = values
			}
			next.Del("at")
			next.Set("part", strconv.Itoa(i))
			list = append(list, partView{Name: "Part " + strconv.Itoa(i), Path: string(here(base, next)), Here: i == n})
		}
	}
	return bounds[n-1], bounds[n], list
}

// placed is q with the part of the article in which the statement begins that
// the parameter "at" names.
func placed(c *cast, q url.Values) url.Values {
	n, err := strconv.Atoi(strings.TrimPrefix(q.Get("at"), "s"))
	if err != nil || n < 1 || n > len(c.doc.Statements) {
		return q
	}
	out := url.Values{}
	for name, values := range q {
		if name != "at" {
			out[name] = values
		}
	}
	out.Set("part", strconv.Itoa(partOf(c.doc, c.start(n-1))))
	return out
}

// statementPath is where a statement is on the page of its article; start is
// where it begins there, in code points. A long article comes in parts, and which
// of them it is must be asked for, unless it can but be the first.
func statementPath(article string, i, start int) string {
	path := "/article/" + url.PathEscape(article)
	if start >= mostWords/utf8.UTFMax {
		path += "?at=" + statementID(i)
	}
	return path + "#" + statementID(i)
}

// personPath is the page of somebody.
func personPath(id int64) string { return "/person/" + strconv.FormatInt(id, 10) }

// articlePath is the page of a version of an article.
func articlePath(a *archive.Head) string { return "/article/" + url.PathEscape(a.Info.ID) }
