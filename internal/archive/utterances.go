package archive

import "context"

// Utterances is the part of a Store that knows which statements of different
// articles report one act of speaking, and which articles print one text. It is
// decided elsewhere; here it is kept and asked for. All of it is made from the
// records and can be made again, so exports leave it out.
//
// An utterance is named by the statement that was its first; a statement that
// shares it with no other is an utterance of its own, for which nothing is
// kept. What belongs to a version that is not current is passed over.
type Utterances interface {
	// Unlinked lists current versions of which nothing has been said by Link,
	// by id, from an id on, limit at most.
	Unlinked(ctx context.Context, from int64, limit int) ([]Dated, error)

	// Calendar lists the current versions published from a day on until another,
	// and those whose day is not known, by day, then by id.
	Calendar(ctx context.Context, since, until Day) ([]Dated, error)

	// Link keeps what was found about versions, in one transaction. What was
	// said of the same versions and members before is replaced.
	Link(ctx context.Context, found ...Linking) error

	// Unlink forgets all that Link has kept.
	Unlink(ctx context.Context) error

	// Printings lists the statements of the utterance that a statement belongs
	// to, by id, itself among them, and what names the utterance.
	Printings(ctx context.Context, statement int64) (utterance int64, list []Candidate, err error)

	// Members tells of statements which utterance they belong to; one that
	// shares it with no other is left out.
	Members(ctx context.Context, statements ...int64) ([]Member, error)

	// Ties lists the ties of a statement to statements of current versions, the
	// likeliest first.
	Ties(ctx context.Context, statement int64) ([]Tie, error)

	// Copies lists the versions that print the text that a version prints, by
	// day of publication, itself among them.
	Copies(ctx context.Context, version int64) ([]Reprint, error)
}

// A Dated is a version and when it was published.
type Dated struct {
	Version int64
	Day     Day // 0 where it is not known
}

// A Linking is what was found about a version.
type Linking struct {
	Version int64
	Text    int64    // the version in which its text was met first; its own id where no other prints it
	Share   float64  // of its words that are that version's, 0 to 1
	Members []Member // its statements that share an utterance, and statements of other versions that this brings to another
	Ties    []Tie    // of its statements to earlier ones
}

// A Member is a statement of an utterance.
type Member struct{ Statement, Utterance int64 }

// A Tie is how two statements stand to each other.
type Tie struct {
	Later, Earlier int64
	Relation       string  // as the record's contract names them: verbatim, reported, same-claim, …
	Likelihood     float64 // that they are tied, 0 to 1
}

// A Reprint is a version that prints a text that others print too.
type Reprint struct {
	Version int64
	Text    int64 // the version in which the text was met first
	Day     Day
	Outlet  string
	Share   float64 // of its words that are the first one's
}

// Portion is how finely a likelihood or a share is kept.
const Portion = 1e4
