package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
)

// Export writes everything in a store as it is at one moment, a JSON object a
// line: people, every version of every article with its vectors and pages, in
// the order in which they were kept, then decisions, feeds and tombstones.
// Import makes the same archive of it.
func Export(ctx context.Context, from Store, w io.Writer) (err error) {
	snap, err := from.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	out := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := everything(ctx, snap, e.Encode); err != nil {
		return err
	}
	return out.Flush()
}

// WriteLine writes an entry as a line that Import reads.
func WriteLine(w io.Writer, e Entry) error {
	v := &Version{Doc: e.Doc, Read: e.Doc, People: e.People, Vectors: e.Vectors, Amendments: e.Amendments}
	v.Reader, v.Kept = e.Reader, e.Kept
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out.Encode(lineOf(v, e.Page))
}

// everything hands the lines of an export to write.
func everything(ctx context.Context, snap Snapshot, write func(any) error) error {
	if err := writePeople(snap.AllPeople(ctx), write); err != nil {
		return err
	}
	err := each(snap.Versions(ctx, Selection{Past: true, Vectors: true}), func(v *Version) error {
		page, err := snap.Page(ctx, v.ID)
		if err != nil {
			return err
		}
		return write(lineOf(v, page))
	})
	if err != nil {
		return err
	}
	if err := writeDecisions(snap.Decisions(ctx), write); err != nil {
		return err
	}
	if err := writeFeeds(snap.Feeds(ctx), write); err != nil {
		return err
	}
	return writeTombstones(snap.Tombstones(ctx), write)
}

func writePeople(list iter.Seq2[Person, error], write func(any) error) error {
	return each(list, func(p Person) error {
		return write(otherLine{Format: otherFormat, Person: &person{p.ID, p.Name, p.Type, append([]string{}, p.Names...), valid(p.Data)}})
	})
}

func writeDecisions(list iter.Seq2[Decision, error], write func(any) error) error {
	return each(list, func(d Decision) error {
		return write(otherLine{Format: otherFormat, Decision: &decision{d.ID, d.Made, d.Who, d.Why, d.What, valid(d.About), orNil(d.Undone), d.By}})
	})
}

func writeFeeds(list iter.Seq2[Feed, error], write func(any) error) error {
	return each(list, func(f Feed) error {
		return write(otherLine{Format: otherFormat, Feed: &feed{f.URL, orNil(f.Due), valid(f.State)}})
	})
}

func writeTombstones(list iter.Seq2[Tombstone, error], write func(any) error) error {
	return each(list, func(t Tombstone) error {
		return write(otherLine{Format: otherFormat, Tombstone: &tombstone{t.Key, t.What, t.Made}})
	})
}

func each[T any](list iter.Seq2[T, error], do func(T) error) error {
	for x, err := range list {
		if err == nil {
			err = do(x)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Copy adds everything in one store, as it is at one moment, to another.
func Copy(ctx context.Context, to, from Store) (err error) {
	snap, err := from.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	if err := each(snap.AllPeople(ctx), func(p Person) error { return to.PutPeople(ctx, p) }); err != nil {
		return err
	}
	var broken error
	jobs := func(yield func(Job) bool) {
		for v, err := range snap.Versions(ctx, Selection{Past: true, Vectors: true}) {
			var page *Page
			if err == nil {
				page, err = snap.Page(ctx, v.ID)
			}
			if err != nil {
				broken = err
				return
			}
			e := Entry{Doc: v.Read, Reader: v.Reader, Kept: v.Kept, Page: page, Vectors: v.Vectors, People: v.People, Amendments: v.Amendments}
			if !yield(func() (*Ready, error) { return Prepare(e) }) {
				return
			}
		}
	}
	if err := Fill(ctx, to, jobs, Filling{}); err != nil || broken != nil {
		return errors.Join(err, broken)
	}
	decided := decider{to: to}
	if err := each(snap.Decisions(ctx), func(d Decision) error { return decided.add(ctx, d) }); err != nil {
		return err
	}
	if err := each(snap.Feeds(ctx), func(f Feed) error { return to.PutFeed(ctx, f) }); err != nil {
		return err
	}
	return each(snap.Tombstones(ctx), func(t Tombstone) error { return to.Entomb(ctx, t) })
}
