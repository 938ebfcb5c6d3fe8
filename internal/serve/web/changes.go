package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"whosaid/internal/archive"
	"whosaid/internal/desk"
	"whosaid/internal/relate/utterances"
)

// A changesView is what the page of an article's changes shows: one edition
// beside the one before it.
type changesView struct {
	Title, Back string
	Language    string
	From, To    string
	Headline    []utterances.Run // none where it stayed
	Pieces      []pieceView
	Gone, New   []desk.Printing // statements that one edition alone has
}

// A pieceView is a paragraph that changed, or those between two that did.
type pieceView struct {
	Runs []utterances.Run
	Kept []string // paragraphs that did not change
}

// changes is the page of what changed in an article's text from the edition
// before to the one that a version, the parameter "to", has; the current one
// where it is not given.
func (s *site) changes(r *http.Request) (*page, error) {
	ref, number := r.PathValue("id"), 0
	if v := r.URL.Query().Get("to"); v != "" {
		var err error
		if number, err = strconv.Atoi(v); err != nil || number < 1 {
			return nil, badRequest{fmt.Errorf("there is no version %q: versions are numbered from 1", v)}
		}
	}
	to, err := s.desk.Article(r.Context(), ref, number)
	if err != nil {
		return nil, err
	}
	before := editionBefore(to)
	if before == 0 {
		return nil, fmt.Errorf("nothing changed up to version %d of this article, the first that was kept: %w", to.Number, archive.ErrNotFound)
	}
	from, err := s.desk.Article(r.Context(), ref, before)
	if err != nil {
		return nil, err
	}
	v := newChanges(from, to)
	return &page{Title: "What changed: " + v.Title, Body: changesPage(v)}, nil
}

// editionBefore is the number of the latest version with the edition before
// that of a; 0 where there is none.
func editionBefore(a *desk.Article) int {
	for _, h := range slices.Backward(a.History) {
		if h.Number < a.Number && h.Edition != a.Edition {
			return h.Number
		}
	}
	return 0
}

// newChanges fills the page of what changed.
func newChanges(from, to *desk.Article) changesView {
	v := changesView{
		Title: titled(to.Doc.Title), Language: to.Doc.Language,
		Back: fmt.Sprintf("/article/%s?version=%d", url.PathEscape(to.Doc.ID), to.Number),
		From: versionName(&from.Head), To: versionName(&to.Head),
	}
	c := desk.Compare(from.Version, to.Version)
	if c.Edition == nil {
		return v
	}
	if slices.ContainsFunc(c.Edition.Title, func(r utterances.Run) bool { return r.Change != utterances.Kept }) {
		v.Headline = c.Edition.Title
	}
	for _, p := range c.Edition.Paragraphs {
		if p.Change != utterances.Kept {
			v.Pieces = append(v.Pieces, pieceView{Runs: p.Runs})
			continue
		}
		if k := len(v.Pieces) - 1; k < 0 || v.Pieces[k].Kept == nil {
			v.Pieces = append(v.Pieces, pieceView{})
		}
		last := &v.Pieces[len(v.Pieces)-1]
		for _, r := range p.Runs {
			last.Kept = append(last.Kept, r.Text)
		}
	}
	for _, x := range c.Only {
		if x.Article == 0 {
			v.Gone = append(v.Gone, x.Printing)
		} else {
			v.New = append(v.New, x.Printing)
		}
	}
	return v
}

// versionName is a version, and when it was kept.
func versionName(h *archive.Head) string {
	return fmt.Sprintf("version %d, kept %s", h.Number, h.Kept.Format("2 January 2006, 15:04"))
}

// teller is who speaks in a printing.
func teller(p *desk.Printing) string { return cmp.Or(oneLine(p.Speaker), "Somebody") }
