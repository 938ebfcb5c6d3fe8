// Package record is the contract between whosaid and whoever reads what it
// prints: the structs below, written as JSON, are what `whosaid read --format
// json` gives. Names and order of the fields are fixed; fields may be added.
//
// Inside the program a position is a byte. In a record it is a Unicode code
// point, and every span carries the text that it covers. Encode and Decode are
// the only ways across.
package record

// Format names the contract and its version; it opens every record.
const Format = "whosaid/1"

// A Record is one article and everything that was found in it.
type Record struct {
	Format     string      `json:"format"`
	Article    Article     `json:"article"`
	Statements []Statement `json:"statements"`
	Actors     []Actor     `json:"actors"`
	Relations  []Relation  `json:"relations"`
	Dates      []Date      `json:"dates"`
	OwnVoice   []Span      `json:"own_voice"`
}

// An Article is what came in and what its page said about it.
type Article struct {
	ID        string    `json:"id"`
	File      string    `json:"file"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Deck      string    `json:"deck"`
	Authors   []string  `json:"authors"`
	Published string    `json:"published"`
	Modified  string    `json:"modified"`
	Language  string    `json:"language"`
	Text      string    `json:"text"`
	Blocks    []Block   `json:"blocks"`
	Repairs   []Repair  `json:"repairs"`
	Chain     []Teller  `json:"chain"`
	Problems  []Problem `json:"problems"`
}

// A Span is the half-open range [Start, End) of code points of Article.Text,
// and that slice of it.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A Block is one part of the page, in code points of Article.Text.
type Block struct {
	Kind  string `json:"kind"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// A Repair is where damaged text was put right, and what stood there before.
type Repair struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Was   string `json:"was"`
}

// A Teller is one link of the chain from the speaker to the page.
type Teller struct {
	Name     string  `json:"name"`
	Actor    *string `json:"actor"`
	Evidence *Span   `json:"evidence"`
}

// A Problem says why the article could not be used, wholly or in part.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// A Statement is one attribution.
type Statement struct {
	ID          string    `json:"id"`
	By          string    `json:"by"`
	Form        string    `json:"form"`
	Kind        string    `json:"kind"`
	Conditional bool      `json:"conditional"`
	CueStance   string    `json:"cue_stance"`
	Source      []Span    `json:"source"`
	Cue         []Span    `json:"cue"`
	Content     []Span    `json:"content"`
	Speakers    []Speaker `json:"speakers"`
	Addressee   *Span     `json:"addressee"`
	Venue       *Span     `json:"venue"`
	When        *When     `json:"when"`
	Parent      *string   `json:"parent"`
	Confidence  float64   `json:"confidence"`
}

// A Speaker is an actor behind a source.
type Speaker struct {
	Actor      string  `json:"actor"`
	Name       string  `json:"name"`
	By         string  `json:"by"`
	Confidence float64 `json:"confidence"`
}

// When is the day or time at which something was said.
type When struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Value string `json:"value"`
}

// An Actor is somebody whom the article speaks of.
type Actor struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Named        bool          `json:"named"`
	Type         string        `json:"type"`
	Mentions     []Mention     `json:"mentions"`
	Descriptions []Description `json:"descriptions"`
}

// A Mention is one place where the article refers to an actor.
type Mention struct {
	Span
	Form string `json:"form"`
}

// A Description is words by which somebody calls an actor.
type Description struct {
	Span
	Kind string `json:"kind"`
	By   string `json:"by"`
}

// A Relation is a standing tie between two actors.
type Relation struct {
	Type     string `json:"type"`
	From     string `json:"from"`
	To       string `json:"to"`
	Evidence Span   `json:"evidence"`
	By       string `json:"by"`
}

// A Date is a day, month or range that the text names.
type Date struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Value string `json:"value"`
	Kind  string `json:"kind"`
}
