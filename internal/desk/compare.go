package desk

import (
	"cmp"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/relate/utterances"
)

// A Comparison is articles side by side.
type Comparison struct {
	Articles []Compared  `json:"articles"`
	Copies   []Copied    `json:"copies"`  // which of them are printings of one text
	Shared   []Utterance `json:"shared"`  // what several of them report, in the order of the first
	Only     []Alone     `json:"only"`    // what one of them alone reports
	Edition  *Edition    `json:"edition"` // where two versions of one article are compared
}

// Compared is the head of an article that is compared.
type Compared struct {
	Version    int64  `json:"version,omitempty"` // 0 of a file
	File       string `json:"file"`
	Outlet     string `json:"outlet"`
	Title      string `json:"title"`
	Published  string `json:"published,omitempty"`
	Statements int    `json:"statements"`
	Shared     int    `json:"shared"` // statements that another article reports too
}

// Copied says that an article is a printing of another's text.
type Copied struct {
	Article int     `json:"article"` // its place in Articles
	Of      int     `json:"of"`
	Share   float64 `json:"share"` // of its own words that are the other's
	Cut     float64 `json:"cut"`   // of the other's words that it lacks
}

// Alone is a statement that one of the articles alone reports.
type Alone struct {
	Article  int      `json:"article"`
	Printing Printing `json:"printing"`
}

// An Edition is what changed between two versions of an article.
type Edition struct {
	From       int64            `json:"from"`
	To         int64            `json:"to"`
	Title      []utterances.Run `json:"title"`      // word by word; all the same where it did not change
	Paragraphs []Paragraph      `json:"paragraphs"` // of both, in order
}

// A Paragraph is a paragraph of two editions.
type Paragraph struct {
	Change utterances.Change `json:"change"`
	Runs   []utterances.Run  `json:"runs"` // where it changed; one run otherwise
}

// Compare lays articles side by side: versions of an archive, or documents that
// are in none (NewVersion). Two versions of one article are compared as editions
// too.
func Compare(versions ...*archive.Version) *Comparison {
	c := &Comparison{Articles: []Compared{}, Copies: copied(versions), Shared: []Utterance{}, Only: []Alone{}}
	var list []reported
	for n, v := range versions {
		c.Articles = append(c.Articles, Compared{
			Version: v.ID, File: v.Doc.File, Outlet: v.Doc.Outlet, Title: v.Doc.Title, Published: v.Doc.Published, Statements: len(v.Doc.Statements),
		})
		for i := range v.Doc.Statements {
			id := v.Statement(i)
			if v.ID == 0 {
				id = int64(len(list) + 1)
			}
			r := report(v, i, id)
			r.article, r.said.Article = n, int64(n)
			list = append(list, r)
		}
	}
	for _, group := range grouped(list) {
		if len(group) == 1 {
			p := printing(group[0])
			p.Runs = []utterances.Run{{Change: utterances.Kept, Text: p.Content}}
			c.Only = append(c.Only, Alone{Article: group[0].article, Printing: p})
			continue
		}
		for _, r := range group {
			c.Articles[r.article].Shared++
		}
		c.Shared = append(c.Shared, utterance(group[0].said.ID, group))
	}
	if len(versions) == 2 && versions[0].Article == versions[1].Article && versions[0].ID != 0 {
		c.Edition = edition(versions[0], versions[1])
	}
	return c
}

// NewVersion is a document that is in no archive, to be compared.
func NewVersion(doc *news.Document) *archive.Version {
	v := &archive.Version{Doc: doc, Read: doc, Vectors: Vectors(doc)}
	v.Info, v.Statements = doc.Article, len(doc.Statements)
	return v
}

// grouped joins statements that report one utterance, the likeliest first; two
// of one article come together only where their words are surely the same. The
// groups are in the order of their first statements.
func grouped(list []reported) [][]reported {
	type tie struct {
		a, b       int
		likelihood float64
		sure       bool
	}
	var ties []tie
	for a := range list {
		for b := a + 1; b < len(list); b++ {
			if list[a].article == list[b].article {
				continue
			}
			r, p := utterances.Relate(&list[a].said, &list[b].said)
			if r.OneUtterance() {
				ties = append(ties, tie{a, b, p, r != utterances.Reported && p >= same})
			}
		}
	}
	slices.SortStableFunc(ties, func(x, y tie) int { return cmp.Compare(y.likelihood, x.likelihood) })
	group := make([][]int, len(list))
	of := make([]int, len(list))
	for i := range list {
		group[i], of[i] = []int{i}, i
	}
	for _, t := range ties {
		to, from := of[t.a], of[t.b]
		if to == from || !t.sure && slices.ContainsFunc(group[to], func(i int) bool {
			return slices.ContainsFunc(group[from], func(k int) bool { return list[i].article == list[k].article })
		}) {
			continue
		}
		for _, i := range group[from] {
			of[i] = to
		}
		group[to] = append(group[to], group[from]...)
		group[from] = nil
	}
	var out [][]reported
	for i := range list {
		members := group[of[i]]
		if len(members) == 0 || slices.Min(members) != i {
			continue
		}
		slices.Sort(members)
		var g []reported
		for _, m := range members {
			g = append(g, list[m])
		}
		out = append(out, g)
	}
	return out
}

// copied tells which of the articles print the text of one before.
func copied(versions []*archive.Version) []Copied {
	out := []Copied{}
	texts := utterances.NewTexts()
	for i, v := range versions {
		if of, ok := texts.Add(int64(i), 0, v.Doc); ok {
			out = append(out, Copied{Article: i, Of: int(of.ID), Share: of.Share, Cut: of.Cut})
		}
	}
	return out
}

// edition tells what changed from one version of an article to another.
func edition(from, to *archive.Version) *Edition {
	e := &Edition{From: from.ID, To: to.ID, Title: difference(from.Info.Title, to.Info.Title), Paragraphs: []Paragraph{}}
	before, after := paragraphs(from.Doc), paragraphs(to.Doc)
	for _, step := range utterances.AlignTexts(before, after) {
		var was, is string
		if step[0] >= 0 {
			was = before[step[0]]
		}
		if step[1] >= 0 {
			is = after[step[1]]
		}
		p := Paragraph{Change: utterances.Changed, Runs: difference(was, is)}
		switch {
		case was == is:
			p.Change = utterances.Kept
		case step[0] < 0:
			p.Change = utterances.Added
		case step[1] < 0:
			p.Change = utterances.LeftOut
		}
		e.Paragraphs = append(e.Paragraphs, p)
	}
	return e
}

func paragraphs(doc *news.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		if b.Kind == news.Paragraph || b.Kind == news.Heading {
			out = append(out, strings.Join(strings.Fields(b.Text(doc.Text)), " "))
		}
	}
	return out
}

// difference is two texts word by word, and with every word the marks beside it.
func difference(was, is string) []utterances.Run {
	return utterances.Differ(was, marked(was), is, marked(is))
}

// marked are the words of a text, each as far as the white space or the word on
// either side: what a text is shown to have should lack none of its marks.
func marked(text string) []utterances.Word {
	list := utterances.TextWords(text)
	last := 0
	for i := range list {
		w := &list[i]
		next := len(text)
		if i+1 < len(list) {
			next = list[i+1].Start
		}
		w.Start = max(last, strings.LastIndexAny(text[:w.Start], " \n")+1)
		if k := strings.IndexAny(text[w.End:next], " \n"); k >= 0 {
			next = w.End + k
		}
		w.End = next
		last = next
	}
	return list
}
