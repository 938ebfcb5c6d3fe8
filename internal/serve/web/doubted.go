package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/news"
)

// A doubtedStatement is a statement that is unsure, where it stands.
type doubtedStatement struct {
	Speaker  bool   // it is the speaker who is unsure, and not the statement
	Who      string // said to say it
	By       string // how that was known
	Language string
	Blocks   [][]run // the paragraph that it is in, and those around it
	Where    []string
	Path     string
	Others   []string // who else it may be
}

// How much stands around a statement, in blocks.
const (
	blocksBefore = 2
	blocksAfter  = 1
)

// newDoubtedStatement is statement i of an article.
func newDoubtedStatement(a *desk.Article, i int, d desk.Doubt) *doubtedStatement {
	doc := a.Doc
	s := &doc.Statements[i]
	v := &doubtedStatement{
		Speaker: d.About == desk.DoubtSpeaker, Who: cmp.Or(speakerName(doc, s), "somebody"), Language: doc.Language,
	}
	for _, p := range s.Speakers {
		v.By = cmp.Or(v.By, knownBy[p.By])
	}
	c := newCast(a)
	place, start := "", c.start(i)
	if start >= 0 {
		place, v.Blocks = c.place(start), around(doc, i, start)
	}
	v.Path = statementPath(doc.ID, i, start)
	for _, x := range []string{doc.Outlet, day(doc.Published), titled(doc.Title), place} {
		if x = oneLine(x); x != "" {
			v.Where = append(v.Where, x)
		}
	}
	for k := range doc.Actors {
		if n := oneLine(doc.Actors[k].Name); n != "" && !slices.Contains(v.Others, n) && !slices.ContainsFunc(s.Speakers, func(p news.Speaker) bool { return p.Actor == doc.Actors[k].ID }) {
			v.Others = append(v.Others, n)
		}
	}
	return v
}

// knownBy is how a speaker was known, as a reader is told it.
var knownBy = map[string]string{"name": "known by the name", "pronoun": "known by a pronoun", "nominal": "known by what they are called", "implied": "not named there"}

// around cuts the block in which a byte lies, and those around it, with one
// statement marked in them and all mentions of who is said to say it.
func around(doc *news.Document, i, at int) [][]run {
	only := *doc
	only.Statements, only.Actors = doc.Statements[i:i+1], nil
	cut := newCutter(&only, []string{"c1"}, []string{""})
	for k := range doc.Actors {
		if !slices.ContainsFunc(doc.Statements[i].Speakers, func(p news.Speaker) bool { return p.Actor == doc.Actors[k].ID }) {
			continue
		}
		for _, m := range doc.Actors[k].Mentions {
			if m.Len() > 0 {
				cut.pieces = append(cut.pieces, piece{m.Span, partMention, -1, ""})
			}
		}
	}
	cut.sort()
	blocks := doc.Blocks
	if len(blocks) == 0 {
		blocks = []news.Block{{Span: news.Span{End: len(doc.Text)}, Kind: news.Paragraph}}
	}
	in := max(0, slices.IndexFunc(blocks, func(b news.Block) bool { return b.Start <= at && at < b.End }))
	var out [][]run
	for _, b := range blocks[max(0, in-blocksBefore):min(len(blocks), in+blocksAfter+1)] {
		list := cut.block(b.Span)
		for k := range list {
			list[k].ID, list[k].To, list[k].More, list[k].Marks = "", "", nil, "" // there is one, and no list of them
		}
		out = append(out, list)
	}
	return out
}

// A doubtedLabel is words by which an article calls somebody, where they stand.
type doubtedLabel struct {
	Words    string // on one line
	Whom     string
	Voice    string // whose words they are
	Language string
	Where    []string
	Path     string

	Before, Printed, After string // the block
}

// newDoubtedLabel is a label of an actor of an article.
func newDoubtedLabel(a *desk.Article, actor *news.Actor, label news.Description) *doubtedLabel {
	doc := a.Doc
	v := &doubtedLabel{Words: oneLine(label.Text(doc.Text)), Whom: cmp.Or(oneLine(actor.Name), "somebody"), Voice: "In the outlet’s own words.", Language: doc.Language}
	c := newCast(a)
	if i, ok := c.ids[label.By]; ok {
		v.Voice = "In what " + cmp.Or(c.voices[c.of[i]].name, "somebody") + " is reported to have said."
	}
	in := news.Span{End: len(doc.Text)}
	for _, b := range doc.Blocks {
		if b.Contains(label.Span) {
			in = b.Span
			break
		}
	}
	v.Before, v.Printed, v.After = doc.Text[in.Start:label.Start], label.Text(doc.Text), doc.Text[label.End:in.End]
	v.Path = textBehind("/article/"+url.PathEscape(doc.ID), v.Before, v.Printed)
	for _, x := range []string{doc.Outlet, day(doc.Published), titled(doc.Title), c.place(label.Start)} {
		if x = oneLine(x); x != "" {
			v.Where = append(v.Where, x)
		}
	}
	return v
}

// A doubtedPerson is somebody of whom it is unsure who they are.
type doubtedPerson struct {
	ID     int64
	Name   string
	Path   string
	Facts  []string
	Names  []string // other spellings
	Places []doubtedPlace
	More   string // where the rest of their articles are
}

// A doubtedPlace is an article in which somebody acts.
type doubtedPlace struct {
	Article string // its ID
	Path    string
	Title   string
	Where   []string
	Names   string
	Called  string
}

// How many articles of somebody are shown: alone, and beside another.
const (
	mostPlaces = 40
	mostBeside = 6
)

func (s *site) doubtedPerson(ctx context.Context, id int64, most int) (*doubtedPerson, error) {
	list, err := s.desk.Store().PeopleOf(ctx, id)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("person %d: %w", id, archive.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	p := list[0]
	v := &doubtedPerson{ID: id, Name: p.Name, Path: personPath(id), Facts: []string{p.Type}}
	for _, n := range p.Names {
		if n != p.Name {
			v.Names = append(v.Names, n)
		}
	}
	places, err := s.desk.Places(ctx, id, most+1)
	if err != nil {
		return nil, err
	}
	if len(places) > most {
		v.More = v.Path
		places = places[:most]
	}
	for _, x := range places {
		d := doubtedPlace{Article: x.Article, Path: "/article/" + url.PathEscape(x.Article), Title: titled(x.Title), Names: strings.Join(x.Names, ", "), Called: strings.Join(x.Called[:min(len(x.Called), mostCalled)], " · ")}
		for _, w := range []string{x.Outlet, day(x.Day)} {
			if w = oneLine(w); w != "" {
				d.Where = append(d.Where, w)
			}
		}
		v.Places = append(v.Places, d)
	}
	return v, nil
}
