// Package news holds the nouns that every other package speaks in: an article
// as an outlet printed it, and what was found in it.
//
// The fields are plain, the package does no input or output and imports only
// the standard library. All positions are byte offsets into Article.Text;
// Offsets turns them into code points, UTF-16 units and lines.
package news

// A Span is the half-open byte range [Start, End) of Article.Text.
type Span struct {
	Start, End int
}

// Len is the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Text is the slice of text that s covers.
func (s Span) Text(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// An Article is one piece of news as it was brought in: its text, cleaned but
// never reworded, and what its page said about it.
type Article struct {
	ID        string   // stable for the same input: a hash of where it came from and its text
	File      string   // the input's path as it was given; "-" for standard input
	URL       string   // canonical address, where one is known
	Outlet    string   // who printed it
	Title     string   // the headline
	Deck      string   // the line under the headline
	Authors   []string // the byline, one name each
	Published string   // ISO 8601, as precise as the page is and no more; empty if unknown
	Modified  string   // likewise
	Language  string   // BCP 47 primary tag ("en"); "und" where it could not be told
	Text      string   // valid UTF-8; blocks separated by blank lines
	Blocks    []Block  // in order, not overlapping; together they hold every word of Text
	Repairs   []Repair // where Text differs from what came in
	Chain     []Teller // from the speaker to the page
	Problems  []Problem
}

// A BlockKind says what part a block plays on the page.
type BlockKind string

// The kinds of block. Furniture is everything that is not the article: menus,
// "Most Popular", sign-up boxes, credits, related links.
const (
	Headline  BlockKind = "headline"
	Deck      BlockKind = "deck"
	Byline    BlockKind = "byline"
	Caption   BlockKind = "caption"
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Furniture BlockKind = "furniture"
)

// Speech reports whether statements are looked for in blocks of kind k.
func (k BlockKind) Speech() bool {
	return k == Headline || k == Deck || k == Heading || k == Paragraph
}

// A Block is one headline, paragraph, caption and so on.
type Block struct {
	Span
	Kind BlockKind
}

// A Repair is a place where damaged text was put right.
type Repair struct {
	Span        // of the repaired text, in Article.Text
	Was  string // what stood there before
}

// A Teller is one link of the reporting chain (Khazali, BBC Farsi, News Desk).
type Teller struct {
	Name     string
	Actor    string // id of an Actor, or empty
	Evidence *Span
}

// A Problem says why an article could not be used, wholly or in part, in one
// clear sentence for the person who brought it in.
type Problem struct {
	Code    string // stable, for programs: "empty", "paywall", "language", …
	Message string
}

// Codes of problems.
const (
	ProblemEmpty    = "empty"        // no text in it
	ProblemBinary   = "binary"       // not text
	ProblemConsent  = "consent-wall" // only a cookie or consent page came
	ProblemPaywall  = "paywall"      // only the first lines came
	ProblemScript   = "script-only"  // the page draws itself by script
	ProblemMissing  = "soft-404"     // "page not found", sent as if it were a page
	ProblemLive     = "live-blog"    // many posts under one title
	ProblemLanguage = "language"     // not English: kept, statements not extracted yet
	ProblemNoDate   = "no-date"
	ProblemLong     = "truncated"
	ProblemEncoding = "encoding" // characters that were wrong in their charset were replaced
)

// Fatal reports whether p leaves nothing to read statements from.
func (p Problem) Fatal() bool {
	switch p.Code {
	case ProblemNoDate, ProblemLong, ProblemEncoding:
		return false
	}
	return true
}
