package news

// A Document is one article and everything the stages found in it. Stages add
// to it one after another, on one goroutine; once the last has run it is
// frozen and may be read by many.
type Document struct {
	Article
	AsIs bool // positions are those of the input; nothing was repaired or removed

	Pieces     []Piece // word pieces, in order
	Vectors    *Vectors
	Tags       []Tag
	Sentences  []Span
	Quotes     []Quote
	Statements []Statement
	Actors     []Actor
	Relations  []Relation
	Dates      []Date
	OwnVoice   []Span
}

// A Piece is one word piece of the encoder's vocabulary, with what the encoder
// is told of it beside its row: all 0 until stage pieces has run.
type Piece struct {
	Span
	ID        int32 // row of the vocabulary
	First     bool  // first piece of its word
	Shape     uint8 // of its word: 1 number, 2 mark, 3 lower, 4 UPPER, 5 one capital, 6 Title, 7 otherwise
	Quote     uint8 // 1 inside quotation marks
	Paragraph uint8 // 1 first of a paragraph, 2 first of the article
}

// Vectors are what the encoder says of each word piece, a row each, of whole
// numbers that a scale a row turns back: half the room of floats, and the same
// on every processor.
type Vectors struct {
	Width  int
	Values []int16   // [pieces][Width]
	Scales []float32 // [pieces]
}

// Row writes the vector of piece i to out, which has length Width.
func (v *Vectors) Row(i int, out []float32) {
	scale := v.Scales[i]
	for j, x := range v.Values[i*v.Width : (i+1)*v.Width] {
		out[j] = float32(x) * scale
	}
}

// A Tag is a run of words that the network took for one thing of a kind: a
// name, a mention of somebody, words that describe somebody. Tags of different
// kinds may overlap; whose they are is told later.
type Tag struct {
	Span
	Kind        TagKind
	First, Last int     // its first piece and the last one, included
	Confidence  float64 // 0 to 1
}

// A TagKind is what a tag is.
type TagKind string

// The kinds of tag. Person, place and organisation are names as such; the
// others are mentions of actors, pronouns and nominals included, and the words
// that describe them.
const (
	TagPerson        TagKind = "PER"
	TagPlace         TagKind = "LOC"
	TagOrganisation  TagKind = "ORG"
	TagPersonName    TagKind = "person-name" // full or short
	TagPersonPronoun TagKind = "person-pronoun"
	TagPersonNominal TagKind = "person-nominal"
	TagActingBody    TagKind = "organisation" // an organisation or its acronym, as an actor
	TagActingPlace   TagKind = "place"        // a place as an actor
	TagRole          TagKind = "role"
	TagTitle         TagKind = "title"
	TagLabel         TagKind = "label"
)

// A Quote is one passage in quotation marks, found by the marks alone.
type Quote struct {
	Span        // with its marks; several paragraphs if each opens anew
	Inner  Span // without them
	Depth  int  // 0 outermost
	Closed bool // false where the closing mark is missing
	Words  int  // words inside
	Scare  bool // short, not speech by itself: a term, a nickname, a title of a work
}

// Form says how content is quoted.
type Form string

// The forms.
const (
	Direct   Form = "direct"   // content inside quotation marks
	Indirect Form = "indirect" // no quotation marks
	Mixed    Form = "mixed"    // both
)

// By says who found a statement.
type By string

// A statement is found by the model; a passage that stands in quotation marks
// and that the model gave to nobody is listed by its marks.
const (
	ByModel By = "model"
	ByMarks By = "marks"
)

// A Statement is one attribution: somebody (source) is reported, by a cue, to
// have said, written, thought or felt something (content).
type Statement struct {
	ID          string
	By          By
	Form        Form
	Kind        string // claim, denial, prediction, …; empty until told
	Conditional bool
	CueStance   string // neutral, endorsing, doubting; empty until told
	Source      []Span // empty where the article names none
	Cue         []Span
	Content     []Span // with its quotation marks and its leading "that"
	Speakers    []Speaker
	Addressee   *Span
	Venue       *Span
	When        *Date
	Parent      string  // id of the statement whose content holds this one
	Confidence  float64 // that the statement is right, 0 to 1
}

// Kinds lists what a statement may be, in the order help shows them.
var Kinds = []string{"claim", "denial", "prediction", "warning", "promise", "demand", "question", "praise", "criticism"}

// A Speaker is an actor behind a source.
type Speaker struct {
	Actor      string // id of an Actor, or empty
	Name       string
	By         string // name, pronoun, nominal, implied
	Confidence float64
}

// An Actor is a person, organisation, place-as-actor or unnamed role.
type Actor struct {
	ID           string
	Name         string
	Named        bool
	Type         string // person, organisation, place, role, group, document
	Mentions     []Mention
	Descriptions []Description
}

// A Mention is one place where an article refers to an actor.
type Mention struct {
	Span
	Form       string  // name, short, acronym, pronoun, nominal
	Confidence float64 // that it refers to this actor, 0 to 1
}

// A Description is words by which the article calls an actor.
type Description struct {
	Span
	Kind string // role, title, label
	By   string // "outlet" or a statement's id
}

// A Relation is a standing tie that the article states.
type Relation struct {
	Type     string // leads, holds-office, member-of, …
	From, To string // ids of actors; To may be words of the text
	Evidence Span
	By       string
}

// A Date is a day, month or range that the text names.
type Date struct {
	Span
	Value string // ISO 8601, as precise as the text
	Kind  string // point, range, deadline
}
