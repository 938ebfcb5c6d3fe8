package desk

import "whosaid/internal/relate/utterances"

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
