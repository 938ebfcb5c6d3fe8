package archive

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// longestLine bounds a line of an import: an article with its page.
const longestLine = 256 << 20

// Import adds what r holds, a JSON object a line: what Export writes, or
// records as `whosaid read --format jsonl` prints them, which reader read. The
// error of a line, which names its number, goes to how.Failed.
//
// Where people that r has and people that are there already have the same ids
// and other names, r is of another archive: its people are nobody here, and its
// decisions mean nothing. The articles come without them, to be told anew who
// their actors are.
func Import(ctx context.Context, to Store, r io.Reader, reader string, how Filling) error {
	in := &importer{ctx: ctx, to: to, decided: decider{to: to}, lines: bufio.NewReaderSize(r, 1<<16), reader: reader}
	if how.Failed == nil {
		how.Failed = func(err error) error { return err }
	}
	// Decisions may be about articles, so all that is no record comes last, as
	// in an export; only people come first.
	var err error
	if in.peopled, err = peopled(ctx, to); err != nil {
		return err
	}
	if err = Fill(ctx, to, in.jobs, how); err == nil {
		err = in.err
	}
	if err == nil {
		err = in.judge()
	}
	if err != nil {
		return err
	}
	if in.stranger {
		kept := len(in.others)
		in.others = slices.DeleteFunc(in.others, func(l numbered) bool { return l.line.Decision != nil })
		if how.Stranger != nil {
			how.Stranger(kept - len(in.others))
		}
	}
	for _, l := range in.others {
		if err := in.add(l.line); err != nil {
			if err = how.Failed(fmt.Errorf("line %d: %w", l.number, err)); err != nil {
				return err
			}
		}
	}
	return nil
}

type importer struct {
	ctx     context.Context
	to      Store
	decided decider
	lines   *bufio.Reader
	reader  string
	number  int
	others  []numbered
	err     error // that ended reading

	peopled  bool     // there are people already
	people   []Person // that wait until it is known whether they are the same
	stranger bool     // they are not
}

// peopled reports whether an archive has people.
func peopled(ctx context.Context, s Store) (bool, error) {
	for _, err := range s.AllPeople(ctx) {
		return err == nil, err
	}
	return false, nil
}

// judge tells whether the people that wait are those of this archive, and if
// they are puts them into it.
func (in *importer) judge() error {
	waiting := in.people
	in.people = nil
	if in.stranger {
		return nil
	}
	for some := range slices.Chunk(waiting, peopleAtOnce) {
		ids, by := make([]int64, len(some)), map[int64]Person{}
		for i, p := range some {
			ids[i], by[p.ID] = p.ID, p
		}
		there, err := in.to.PeopleOf(in.ctx, ids...)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(there, func(p Person) bool { return !alikeNamed(p, by[p.ID]) }) {
			in.stranger = true
			return nil
		}
	}
	for some := range slices.Chunk(waiting, peopleAtOnce) {
		if err := in.to.PutPeople(in.ctx, some...); err != nil {
			return err
		}
	}
	return nil
}

// peopleAtOnce is how many people are asked for, or put, in one go.
const peopleAtOnce = 500

// alikeNamed reports whether two people share a spelling of their names.
func alikeNamed(a, b Person) bool {
	theirs := Spellings(b)
	return a.Type == b.Type && slices.ContainsFunc(Spellings(a), func(s string) bool { return slices.Contains(theirs, s) })
}

type numbered struct {
	number int
	line   otherLine
}

// otherBegins is how a line begins that is no record, also where another program
// has set it out anew.
var otherBegins = regexp.MustCompile(`^{\s*"format"\s*:\s*"` + regexp.QuoteMeta(otherFormat) + `"`)

// jobs yields a job for each line that may be a record. The first field of all
// lines that are something else tells them.
func (in *importer) jobs(yield func(Job) bool) {
	for {
		line, err := in.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				in.err = err
			}
			return
		}
		number := in.number
		if otherBegins.Match(line) {
			var l otherLine
			err := parse(line, &l)
			switch {
			case err == nil && l.Person != nil && in.peopled:
				in.people = append(in.people, l.Person.person())
			case err == nil && l.Person != nil:
				err = in.add(l)
			case err == nil:
				in.others = append(in.others, numbered{number, l})
			}
			if err != nil && !yield(func() (*Ready, error) { return nil, fmt.Errorf("line %d: %w", number, err) }) {
				return
			}
			continue
		}
		if in.people != nil {
			if in.err = in.judge(); in.err != nil {
				return
			}
		}
		stranger := in.stranger
		if !yield(func() (*Ready, error) { return readRecord(line, number, in.reader, stranger) }) {
			return
		}
	}
}

// next is the next line that is not empty.
func (in *importer) next() ([]byte, error) {
	for {
		if err := in.ctx.Err(); err != nil {
			return nil, err
		}
		in.number++
		var line []byte
		for {
			part, err := in.lines.ReadSlice('\n')
			line = append(line, part...)
			if len(line) > longestLine {
				return nil, fmt.Errorf("line %d: it is longer than %d MB", in.number, longestLine>>20)
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				return line, nil
			}
			if err != nil {
				return nil, err
			}
			break
		}
	}
}

// parse reads a line as encoding/json would, in a third less time.
func parse(line []byte, into any) error {
	err := json.Unmarshal(line, into, json.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return errors.New("it is no JSON object; whosaid imports one record a line, as whosaid read --format jsonl prints them")
	}
	return err
}

func readRecord(line []byte, number int, reader string, stranger bool) (*Ready, error) {
	var l recordLine
	if err := parse(line, &l); err != nil {
		return nil, fmt.Errorf("line %d: %w", number, err)
	}
	e, err := l.entry(reader)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", number, err)
	}
	if stranger {
		e.People, e.Amendments = nil, nil
	}
	ready, err := Prepare(e)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", number, err)
	}
	return ready, nil
}

// add puts what is no record into the archive.
func (in *importer) add(l otherLine) error {
	switch {
	case l.Person != nil:
		return in.to.PutPeople(in.ctx, l.Person.person())
	case l.Decision != nil:
		d := l.Decision
		return in.decided.add(in.ctx, Decision{ID: d.ID, Made: d.Made, Who: d.Who, Why: d.Why, What: d.What, About: d.About, Undone: orZero(d.Undone), By: d.By})
	case l.Feed != nil:
		return in.to.PutFeed(in.ctx, Feed{URL: l.Feed.URL, Due: orZero(l.Feed.Due), State: l.Feed.State})
	case l.Tombstone != nil:
		if len(l.Tombstone.Key) != keyLength {
			return errors.New("a tombstone without a key")
		}
		return in.to.Entomb(in.ctx, Tombstone{Key: l.Tombstone.Key, What: l.Tombstone.What, Made: l.Tombstone.Made})
	}
	return errLine
}

func (p *person) person() Person {
	return Person{ID: p.ID, Name: p.Name, Type: p.Type, Names: orNone(p.Names), Data: p.Data}
}

func orNone(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// A decider adds decisions that are not there already; one with the id of
// another gets a new id.
type decider struct {
	to    Store
	known map[string]bool // nil until the first
	taken map[int64]bool
}

func (d *decider) add(ctx context.Context, x Decision) error {
	if d.known == nil {
		d.known, d.taken = map[string]bool{}, map[int64]bool{}
		for other, err := range d.to.Decisions(ctx) {
			if err != nil {
				return err
			}
			d.known[mark(other)], d.taken[other.ID] = true, true
		}
	}
	if d.known[mark(x)] {
		return nil
	}
	if d.taken[x.ID] {
		x.ID = 0
	}
	id, err := d.to.Decide(ctx, x)
	d.known[mark(x)], d.taken[id] = true, true
	return err
}

// mark tells decisions apart.
func mark(d Decision) string {
	return string(digest(d.Made.UTC().Truncate(time.Millisecond).String(), d.Who, d.What, string(d.About)))
}
