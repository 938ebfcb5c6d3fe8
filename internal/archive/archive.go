// Package archive keeps what was read and finds it again.
//
// The unit is the record of one article, whole: its text and what was found in
// it are kept as two compressed blobs, and come back as the Document that went
// in. Beside them stand lean rows, one a statement, for what is asked of an
// archive: an index of words, speakers and whom a statement is about, the day,
// the outlet, the kind. They are made from the record and can be made again.
//
// A Store is one archive. There are two, sqlite and postgres, each in a package
// below, and one suite of tests that both must pass (conformance). Package
// location opens either by name.
//
// An article is known by its address, or where it has none by its outlet, title
// and day, or else by its text (Key). An article has versions: another text
// under the same key is a new edition, another reading of the same text by
// other models a new version of that edition. One version of each article is
// current: the latest reading of the latest edition. Searching, people and
// links look at current versions; the others are kept beside them.
package archive

import (
	"context"
	"errors"
	"iter"
	"time"

	"whosaid/internal/archive/pack"
	"whosaid/internal/news"
)

// A Store is one archive. It may be used by many goroutines at once, and by
// many processes: a write waits for another's.
//
// A sequence that a Store returns yields an error at most once, as its last;
// it reads in batches and holds no lock while its consumer works.
type Store interface {
	// Keep keeps entries in one transaction: all of them, or after an error
	// none. There is an outcome for each.
	Keep(ctx context.Context, entries ...*Ready) ([]Outcome, error)

	// Search yields the hits of a query, in its order. A query that cannot be
	// read is a *QueryError.
	Search(ctx context.Context, q Query) iter.Seq2[*Hit, error]

	// Facets counts what a query finds, the first MostCounted of it: the latest
	// where the query has no words, any where it has. A query that cannot be
	// read is a *QueryError. Order, Limit and Skip do not matter.
	Facets(ctx context.Context, q Query) (*Facets, error)

	// Find lists the versions of an article, oldest first: by the article's ID,
	// its address or a version's number in the archive ("#12"). The list is
	// empty where there is none.
	Find(ctx context.Context, ref string) ([]Head, error)

	// Version is one version, whole. It is ErrNotFound if there is none.
	Version(ctx context.Context, id int64) (*Version, error)

	// Holder is the id of the version that a statement belongs to, also where it
	// was rejected or the version is not current. It is ErrNotFound if there is
	// none.
	Holder(ctx context.Context, statement int64) (int64, error)

	// Versions yields versions in the order of their ids, which is the order
	// in which they were kept.
	Versions(ctx context.Context, s Selection) iter.Seq2[*Version, error]

	// Last is the id of the version that was kept last, 0 where there is none.
	// It only ever grows, so it tells whether anything was kept since.
	Last(ctx context.Context) (int64, error)

	// Mark differs from what it was once anything that is in the archive has
	// changed, whoever changed it; as long as this process has the archive open
	// it never comes back to what it was. It may differ without a change.
	Mark(ctx context.Context) (string, error)

	// Vectors yields the vectors of current statements with an id of from or
	// more, in that order.
	Vectors(ctx context.Context, from int64) iter.Seq2[StatementVector, error]

	// Page is the page that a version was read from, nil if it was not kept.
	Page(ctx context.Context, version int64) (*Page, error)

	People
	Utterances
	Doubts
	Journal

	// Amend says what people decided about statements and labels of versions,
	// in one transaction. What was said of the same versions before is replaced.
	// What links their statements to others is to be found anew.
	Amend(ctx context.Context, a ...Amending) error

	// Forget removes articles: text, page, index, vectors. It leaves a
	// tombstone for each, so that Keep refuses them from then on.
	Forget(ctx context.Context, what Target) (Forgotten, error)

	// Tombstones yields what was forgotten, oldest first; Entomb adds one, or
	// leaves one that is there already as it is.
	Tombstones(ctx context.Context) iter.Seq2[Tombstone, error]
	Entomb(ctx context.Context, t Tombstone) error

	// Sites lists the sites, as Host has them, on which everything that was kept,
	// past versions too, is an outlet's.
	Sites(ctx context.Context, outlet string) ([]string, error)

	// Months counts current statements by month and kind.
	Months(ctx context.Context) (map[Month]int, error)

	// Stats counts what is in the archive.
	Stats(ctx context.Context) (Stats, error)

	// Verify reads everything and yields what is wrong, each in a sentence.
	Verify(ctx context.Context) iter.Seq2[string, error]

	// Snapshot is a view of the archive as it is now, whatever is written
	// meanwhile. It must be closed.
	Snapshot(ctx context.Context) (Snapshot, error)

	Close() error
}

// A Warmer is a store that learns at once what it would learn from the first
// searches, which then need not wait for it.
type Warmer interface {
	Warm(ctx context.Context) error
}

// A Snapshot is what a whole copy of an archive needs to read.
type Snapshot interface {
	Versions(ctx context.Context, s Selection) iter.Seq2[*Version, error]
	Page(ctx context.Context, version int64) (*Page, error)
	AllPeople(ctx context.Context) iter.Seq2[Person, error]
	Decisions(ctx context.Context) iter.Seq2[Decision, error]
	Feeds(ctx context.Context) iter.Seq2[Feed, error]
	Tombstones(ctx context.Context) iter.Seq2[Tombstone, error]
	Close() error
}

// People is the part of a Store that knows people and organisations across
// articles. Who is who is decided elsewhere; here it is kept and asked for.
type People interface {
	// PutPeople adds people, or replaces those of the same id.
	PutPeople(ctx context.Context, people ...Person) error

	// NextPerson reserves n ids that nobody has and returns the first.
	NextPerson(ctx context.Context, n int) (int64, error)

	// AllPeople yields everybody, by id; PeopleFrom those with an id of from or
	// more. PeopleOf lists those of some ids, in the order of the ids, without
	// those that are not there. PeopleNamed lists those with a name that has all
	// the words of name, or else the most similar ones, best first, limit at most.
	// PeopleLike lists those with a spelling, in folded words, that like takes, by
	// id, limit at most: it shows it every spelling that there is.
	AllPeople(ctx context.Context) iter.Seq2[Person, error]
	PeopleFrom(ctx context.Context, from int64) iter.Seq2[Person, error]
	PeopleOf(ctx context.Context, ids ...int64) ([]Person, error)
	PeopleNamed(ctx context.Context, name string, limit int) ([]Person, error)
	PeopleLike(ctx context.Context, like func(folded string) bool, limit int) ([]Person, error)

	// Assign says who the actors of versions are, in one transaction. What was
	// said of the same versions before is replaced.
	Assign(ctx context.Context, a ...Assignment) error

	// RemovePeople removes people; actors that were they are nobody then.
	RemovePeople(ctx context.Context, ids ...int64) error

	// Resettle does what PutPeople, Assign, RemovePeople and Decide do, in this
	// order and in one transaction. It is ErrChanged, and nothing is done, where a
	// version was kept after r.Last.
	Resettle(ctx context.Context, r Resettling) (decision int64, err error)

	// Traces yields what current versions have of a person, newest day first.
	Traces(ctx context.Context, person int64) iter.Seq2[Trace, error]
}

// Journal is the part of a Store for what people decide and what feeds
// remember. What is in them is the business of those who write it.
type Journal interface {
	// Decide keeps a decision and returns its id. Undo marks it as undone.
	Decide(ctx context.Context, d Decision) (int64, error)
	Undo(ctx context.Context, id int64, who string, at time.Time) error
	Decisions(ctx context.Context) iter.Seq2[Decision, error]

	// Rewrite replaces what decisions were about, and why they were made, by
	// what d has: some of it was forgotten.
	Rewrite(ctx context.Context, d ...Decision) error

	PutFeed(ctx context.Context, f Feed) error
	RemoveFeed(ctx context.Context, url string) error
	Feeds(ctx context.Context) iter.Seq2[Feed, error]
}

// What a Store's errors are, told by errors.Is.
var (
	ErrNotFound = errors.New("the archive has no such thing")
	ErrMissing  = errors.New("there is no archive here yet")
	ErrNewer    = errors.New("the archive was made by a newer whosaid") // refused
	ErrReadOnly = errors.New("the archive can only be read")
	ErrFull     = errors.New("there is no room left on the disk")
	ErrBusy     = errors.New("another program is writing to the archive")
	ErrDamaged  = errors.New("the archive is damaged")
	ErrNoRecord = errors.New("this cannot be kept") // an entry that is not sound
	ErrChanged  = errors.New("articles were added meanwhile")
)

// An Entry is an article that is to be kept.
type Entry struct {
	Doc     *news.Document
	Reader  string    // what read it: names and versions of program and models
	Kept    time.Time // when it was kept first; the zero time is now
	Page    *Page     // the page as it came, if it is to be kept
	Vectors []Vector  // one for each statement, or none at all
	People  []int64   // who each actor is, 0 for nobody known; or none at all

	Amendments []Amendment // what people decided about it; actors that this adds are among People
}

// A Page is a page as it came.
type Page struct {
	Body    []byte
	Type    string    // MIME type, as the server said
	Fetched time.Time // zero if it was not fetched
}

// A Vector stands for the meaning of a statement: Scale*Values.
type Vector struct {
	Scale  float32
	Values []int8
}

// A StatementVector is the vector of one statement.
type StatementVector struct {
	Statement int64
	Vector
}

// A Status says what became of an entry.
type Status string

// What becomes of an entry.
const (
	New     Status = "new"     // an article that was not there
	Updated Status = "updated" // a new edition of one that was
	Reread  Status = "reread"  // a text that was there, read anew
	Present Status = "present" // it was there already, all the same
	Refused Status = "refused" // it was forgotten, and stays so
)

// An Outcome is what became of an entry.
type Outcome struct {
	Status  Status
	Article int64
	Version int64 // the new one, or the one that was there
}

// A Head is what a version is, without what is in it.
type Head struct {
	ID      int64
	Article int64
	Number  int    // of the versions of its article, from 1
	Edition int    // of the texts of its article, from 1
	Current bool   // what is searched
	Reader  string // what read it
	Kept    time.Time

	Info news.Article // ID, File, URL, Outlet, Title, Deck, Published, Modified and Language alone

	First      int64 // id of the first statement; the others follow it
	Statements int   // how many were read
}

// A Version is one version of an article, whole.
type Version struct {
	Head
	Doc     *news.Document // as people left it
	People  []int64        // who each actor is; nil if nobody has said
	Vectors []Vector       // one for each statement that was read if the Selection asks for them; nil if there are none

	Read       *news.Document // as it was read: Doc itself where nothing was decided about it
	Places     Places         // of the statements of Doc among those of Read
	Amendments []Amendment    // what people decided about it, in order
}

// A Selection says which versions to yield.
type Selection struct {
	From    int64   // ids from here on
	Past    bool    // those that are not current too
	Outlet  string  // of this outlet alone
	IDs     []int64 // if there are any: these alone
	Vectors bool    // with their vectors
}

// A Person is a person or an organisation across articles.
type Person struct {
	ID    int64
	Name  string   // the name to show
	Type  string   // as actors have it
	Names []string // every spelling, Name among them
	Data  []byte   // JSON: what its writer knows of them
}

// An Assignment says who the actors of a version are.
type Assignment struct {
	Version int64
	People  []int64 // for each actor of its document; 0 for nobody known
}

// A Resettling is who everybody is to be, found out from all versions up to
// one.
type Resettling struct {
	Last     int64 // version
	Put      iter.Seq2[Person, error]
	Assign   []Assignment
	Remove   []int64 // people
	Decision Decision
}

// A Trace is what one article has of a person.
type Trace struct {
	Version int64
	Day     Day    // of publication
	Outlet  string // that printed it
	pack.Trace
}

// What a Trace is made of.
type (
	Called  = pack.Called // what an article calls a person
	Saying  = pack.Saying // a statement of a person
	Related = pack.Tie    // a relation of a person
)

// A Decision is something that a person decided about the archive.
type Decision struct {
	ID     int64
	Made   time.Time
	Who    string
	Why    string
	What   string // merge, split, rename, reject, …
	About  []byte // JSON: what it is about
	Undone time.Time
	By     string // who undid it
}

// A Feed is the state of something that is polled.
type Feed struct {
	URL   string
	Due   time.Time // when to look again
	State []byte    // JSON
}

// A Tombstone stands for what was forgotten.
type Tombstone struct {
	Key  []byte // what Key, OutletKey or HostKey gives
	What string // "article", "outlet", or "host" for a site of which nothing is fetched any more
	Made time.Time
}

// A Target is what to forget: one of these.
type Target struct {
	Article string    // an article's ID or its address
	Outlet  string    // everything that an outlet printed
	Person  int64     // every article in which a person acts, and the person
	Before  time.Time // everything kept before; leaves no tombstones
}

// Forgotten counts what was removed.
type Forgotten struct{ Articles, Versions, Statements int }

// Stats counts what is in an archive. Statements are those that can be found: of
// current versions, without those that were rejected.
type Stats struct {
	Articles, Versions, Statements, Outlets, People int64
	Bytes                                           int64 // of the archive
	PageBytes                                       int64 // of it, by pages
	Schema                                          int   // the version of its tables
}
