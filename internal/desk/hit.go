package desk

import (
	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A Hit is a statement that was found, as every door writes it in JSON.
// Positions are code points of the article's text.
type Hit struct {
	ID        int64            `json:"id" doc:"Of the statement in the archive"`
	Article   Head             `json:"article"`
	Statement record.Statement `json:"statement"`
	Block     news.BlockKind   `json:"block" doc:"The part of the page in which the content begins"`
	Paragraph int              `json:"paragraph,omitempty" doc:"The number of that paragraph, from 1"`
	Start     int              `json:"start" doc:"First code point of the content in the article's text"`
	End       int              `json:"end" doc:"Behind its last"`
	Snippet   []archive.Piece  `json:"snippet"`
	People    []int64          `json:"people,omitempty" doc:"Who the speakers are, of those of whom it is known"`

	Corrected []archive.Correction `json:"corrected,omitempty" doc:"What people decided about it, in order"`
	Rejected  *archive.Correction  `json:"rejected,omitempty" doc:"Set where somebody decided that it is no statement"`
}

// A Head is what an article is, without what is in it.
type Head struct {
	ID        string `json:"id"`
	Version   int64  `json:"version"`
	File      string `json:"file"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"`
}

// HitOf is h as it is written in JSON.
func HitOf(h *archive.Hit) Hit {
	return Hit{
		ID:        h.ID,
		Article:   HeadOf(h.Version, &h.Article),
		Statement: h.Statement, Block: h.Block, Paragraph: h.Paragraph,
		Start: h.Start, End: h.End, Snippet: h.Snippet, People: h.People,
		Corrected: h.Corrected, Rejected: h.Rejected,
	}
}

// HeadOf is the head of a version of an article.
func HeadOf(version int64, a *news.Article) Head {
	return Head{a.ID, version, a.File, a.URL, a.Outlet, a.Title, a.Published}
}
