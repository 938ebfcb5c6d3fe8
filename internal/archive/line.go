package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"whosaid/internal/archive/pack"
	"whosaid/internal/record"
)

// A line of an export is a record with what the archive knows of it, or
// something else that an archive keeps.

// otherFormat opens the lines that are no records.
const otherFormat = "whosaid-archive/1"

// recordLine is a record as `whosaid read` prints it, with one field more;
// programs that know records can read it, and a record without that field can
// be imported.
type recordLine struct {
	record.Record
	Kept *kept `json:"archive,omitempty"`
}

// kept is what an archive knows of a version beside its record.
type kept struct {
	Reader  string    `json:"reader"`
	Kept    time.Time `json:"kept"`
	Number  int       `json:"number"`
	Edition int       `json:"edition"`
	Current bool      `json:"current"`
	AsIs    bool      `json:"as_is,omitempty"`
	People  []int64   `json:"people,omitempty"`

	Amendments []Amendment `json:"amendments,omitempty"` // the record is what was read

	Vectors [][]byte  `json:"vectors,omitempty"` // as pack.Vector has them
	Page    *keptPage `json:"page,omitempty"`
}

type keptPage struct {
	Type    string     `json:"type"`
	Fetched *time.Time `json:"fetched,omitempty"`
	Body    []byte     `json:"zstd"`
}

// otherLine is something that is no record: one of its fields is set.
type otherLine struct {
	Format    string     `json:"format"`
	Person    *person    `json:"person,omitempty"`
	Decision  *decision  `json:"decision,omitempty"`
	Feed      *feed      `json:"feed,omitempty"`
	Tombstone *tombstone `json:"tombstone,omitempty"`
}

type person struct {
	ID    int64           `json:"id"`
	Name  string          `json:"name"`
	Type  string          `json:"type"`
	Names []string        `json:"names"`
	Data  json.RawMessage `json:"data,omitempty"`
}

type decision struct {
	ID     int64           `json:"id"`
	Made   time.Time       `json:"made"`
	Who    string          `json:"who"`
	Why    string          `json:"why"`
	What   string          `json:"what"`
	About  json.RawMessage `json:"about,omitempty"`
	Undone *time.Time      `json:"undone,omitempty"`
	By     string          `json:"undone_by,omitempty"`
}

type feed struct {
	URL   string          `json:"url"`
	Due   *time.Time      `json:"due,omitempty"`
	State json.RawMessage `json:"state,omitempty"`
}

type tombstone struct {
	Key  []byte    `json:"key"`
	What string    `json:"what"`
	Made time.Time `json:"made"`
}

// lineOf is the line of a version.
func lineOf(v *Version, page *Page) recordLine {
	k := &kept{
		Reader: v.Reader, Kept: v.Kept, Number: v.Number, Edition: v.Edition, Current: v.Current,
		AsIs: v.Doc.AsIs, People: v.People, Amendments: v.Amendments,
	}
	for _, x := range v.Vectors {
		k.Vectors = append(k.Vectors, pack.Vector(x.Scale, x.Values))
	}
	if page != nil {
		k.Page = &keptPage{Type: page.Type, Fetched: orNil(page.Fetched), Body: pack.Compress(page.Body)}
	}
	return recordLine{record.Encode(v.Read), k}
}

// entry is the entry of a line; a record that no archive has held was read by
// reader.
func (l *recordLine) entry(reader string) (Entry, error) {
	doc, err := record.Decode(l.Record)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Doc: doc, Reader: reader}
	k := l.Kept
	if k == nil {
		return e, nil
	}
	doc.AsIs = k.AsIs
	e.Reader, e.Kept, e.People, e.Amendments = k.Reader, k.Kept, k.People, k.Amendments
	for _, data := range k.Vectors {
		var x Vector
		if x.Scale, x.Values, err = pack.UnpackVector(data); err != nil {
			return e, fmt.Errorf("record %s: a vector of it: %w", doc.File, err)
		}
		e.Vectors = append(e.Vectors, x)
	}
	if k.Page != nil {
		body, err := pack.Decompress(k.Page.Body)
		if err != nil {
			return e, fmt.Errorf("record %s: its page: %w", doc.File, err)
		}
		e.Page = &Page{Body: body, Type: k.Page.Type, Fetched: orZero(k.Page.Fetched)}
	}
	return e, nil
}

func orNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// valid is data if it is JSON, else what says that there is none.
func valid(data []byte) json.RawMessage {
	if json.Valid(data) {
		return data
	}
	return nil
}

var errLine = errors.New("it holds neither a record nor a person, a decision, a feed or a tombstone")
