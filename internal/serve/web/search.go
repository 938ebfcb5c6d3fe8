package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A searchView is what the page of search shows.
type searchView struct {
	Words      string
	Hidden     []field // what is asked beside the words, for the form
	Chosen     []chip
	Hits       []hitView
	Count      string
	Empty      bool // nothing was asked for
	Bare       bool // the archive has nothing in it
	Wrong      string
	ByDate     bool
	OrderPath  string
	CanOrder   bool
	Facets     []facetView
	When       *histogram
	Exports    []chip // where all that was found comes as a file
	Keep       *keepView
	Before     string
	After      string
	FirstPlace int
}

// A field is a parameter of a form.
type field struct{ Name, Value string }

// A chip is something that was asked for, and where one goes without it.
type chip struct{ Name, Path string }

// A hitView is a statement that was found, as a sentence.
type hitView struct {
	Who       string
	WhoPath   string
	Cue       string
	Kind      string
	Tags      []string
	To, When  string
	Snippet   []archive.Piece
	Where     []string // outlet, day and title of the article
	Place     string   // in it
	Path      string
	Others    string // where others print it too; empty where none does
	Unsure    string
	Untold    bool // what was said is not told
	WhoUnsure bool
	Grouped   bool     // hits of one article stand together, under its title
	Head      string   // the title, of the first of them
	HeadPath  string   // where the article is
	HeadFacts []string // its outlet and day
}

// search is the page of search.
func (s *site) search(r *http.Request) (*page, error) {
	a, err := readAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	found, err := s.desk.Search(r.Context(), a.Query)
	if err != nil {
		return nil, err
	}
	counts, err := s.desk.Facets(r.Context(), a.Query)
	if err != nil {
		return nil, err
	}
	v := searchView{Count: counted(counts), Facets: newFacets(a, counts), When: newHistogram(a, counts, false), Words: a.Words, Empty: a.empty(), FirstPlace: a.Skip + 1, Chosen: chips(a), CanOrder: a.Words != ""}
	if v.Keep, err = s.keeping(r, a); err != nil {
		return nil, err
	}
	v.Bare = v.Empty && len(found.Hits) == 0
	for name, values := range a.values() {
		if name == "q" || name == "page" {
			continue
		}
		for _, x := range values {
			v.Hidden = append(v.Hidden, field{name, x})
		}
	}
	ids := make([]int64, 0, len(found.Hits))
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
	}
	shared, err := s.desk.Shared(r.Context(), ids...)
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		hit := newHit(h)
		if shared[h.ID] != 0 {
			hit.Others = utterancePath(h.ID)
		}
		v.Hits = append(v.Hits, hit)
	}
	if a.Words == "" || a.Sort == archive.ByDate {
		group(v.Hits, found.Hits)
	}
	if len(v.Hits) > 0 {
		v.Exports = []chip{{"CSV", a.exported("csv")}, {"JSON Lines", a.exported("jsonl")}}
	}
	v.ByDate = a.Sort == archive.ByDate
	v.OrderPath = a.with("sort", string(archive.ByDate)) // and back
	if a.page > 1 {
		v.Before = a.turned(a.page - 1)
	}
	if found.More && a.page < mostPages {
		v.After = a.turned(a.page + 1)
	}
	title := cmp.Or(a.Words, "Search")
	return &page{Title: title, Here: "search", Query: a.Words, Body: searchPage(v)}, nil
}

// chips are what a asks for beside its words.
func chips(a asked) []chip {
	var out []chip
	add := func(name, value, as string) {
		if value != "" {
			out = append(out, chip{as + value, a.with(name, value)})
		}
	}
	add("speaker", a.Speaker, "said by ")
	add("about", a.About, "about ")
	for _, x := range a.Outlets {
		add("outlet", x, "in ")
	}
	for _, x := range a.Kinds {
		add("kind", x, "")
	}
	for _, x := range a.Forms {
		add("form", x, "")
	}
	add("since", a.Since, "from ")
	add("to", a.To, "until ")
	return out
}

// group puts hits under the titles of their articles, whose hits follow one
// another.
func group(views []hitView, hits []*archive.Hit) {
	for i, h := range hits {
		v := &views[i]
		v.Grouped = true
		v.Where = nil
		if i > 0 && hits[i-1].Article.ID == h.Article.ID {
			continue
		}
		v.Head, v.HeadPath = titled(h.Article.Title), "/article/"+url.PathEscape(h.Article.ID)
		for _, x := range []string{oneLine(h.Article.Outlet), day(h.Article.Published)} {
			if x != "" {
				v.HeadFacts = append(v.HeadFacts, x)
			}
		}
	}
}

// newHit is a hit as a sentence.
func newHit(h *archive.Hit) hitView {
	s := &h.Statement
	v := hitView{Snippet: h.Snippet, Path: statementPath(h.Article.ID, h.Number-1, startOf(s))}
	var names []string
	for _, p := range s.Speakers {
		if p.Name != "" {
			names = append(names, p.Name)
		}
		v.WhoUnsure = v.WhoUnsure || p.Confidence < doubt
	}
	v.Who = cmp.Or(strings.Join(names, " and "), sourced(spans(s.Source)), "Somebody")
	if s.By == string(news.ByMarks) {
		v.Who = "Speaker not told"
	}
	if len(h.People) == 1 {
		v.WhoPath = personPath(h.People[0])
	}
	if v.Cue = cmp.Or(spans(s.Cue), saying[s.Kind], "said"); s.By == string(news.ByMarks) {
		v.Cue = "in quotation marks"
	}
	v.Kind = s.Kind
	if s.Conditional {
		v.Tags = append(v.Tags, "conditional")
	}
	if t := stances[s.CueStance]; t != "" {
		v.Tags = append(v.Tags, t)
	}
	if s.Addressee != nil {
		v.To = oneLine(s.Addressee.Text)
	}
	if s.When != nil {
		v.When = oneLine(s.When.Text)
	}
	v.Untold = len(s.Content) == 0
	for _, x := range []string{h.Article.Outlet, day(h.Article.Published), oneLine(h.Article.Title)} {
		if x != "" {
			v.Where = append(v.Where, x)
		}
	}
	if v.Place = string(h.Block); h.Paragraph > 0 {
		v.Place = "¶" + number(h.Paragraph)
	}
	return v
}

// startOf is where a statement begins in the text, in code points.
func startOf(s *record.Statement) int {
	for _, list := range [][]record.Span{s.Content, s.Cue, s.Source} {
		if len(list) > 0 {
			return list[0].Start
		}
	}
	return 0
}

// spans is the text of spans of a record on one line.
func spans(list []record.Span) string {
	parts := make([]string, 0, len(list))
	for _, s := range list {
		parts = append(parts, oneLine(s.Text))
	}
	return strings.Join(parts, " … ")
}
