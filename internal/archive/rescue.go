package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// rescued is how many versions are read one by one where reading them together
// meets damage.
const rescued = 256

// Rescue writes what can still be read of a damaged store, as Export does, and
// tells lost of the rest, each in a sentence. Where not everybody can be read it
// leaves out who the actors of articles are, for an import to find out anew. It
// returns how many versions it wrote; its error is of something else than damage,
// or of damage that leaves nothing to be read.
func Rescue(ctx context.Context, from Store, w io.Writer, lost func(error)) (saved int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	r := rescue{ctx: ctx, from: from, write: e.Encode, lost: lost}
	if err := r.everything(); err != nil {
		return r.saved, err
	}
	return r.saved, out.Flush()
}

type rescue struct {
	ctx    context.Context
	from   Store
	write  func(any) error
	lost   func(error)
	nobody bool // people are left out of articles
	saved  int
}

// miss tells of damage, and returns any other error.
func (r *rescue) miss(what string, err error) error {
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	r.lost(fmt.Errorf("%s, for %w there", what, ErrDamaged))
	return nil
}

func (r *rescue) everything() error {
	last, err := r.from.Last(r.ctx)
	if err != nil {
		return err
	}
	if err := writePeople(r.from.AllPeople(r.ctx), r.write); err != nil {
		if err := r.miss("not all people can be read, so who the actors of articles are is left out", err); err != nil {
			return err
		}
		r.nobody = true
	}
	for next := int64(1); next <= last; {
		if next, err = r.versions(next); err != nil {
			return err
		}
		if next == 0 {
			break // there are no more
		}
		for end := next + rescued; next < end && next <= last; next++ {
			if err := r.version(next); err != nil {
				return err
			}
		}
	}
	for _, rest := range []struct {
		what  string
		write func() error
	}{
		{"of decisions not all can be read", func() error { return writeDecisions(r.from.Decisions(r.ctx), r.write) }},
		{"of feeds not all can be read", func() error { return writeFeeds(r.from.Feeds(r.ctx), r.write) }},
		{"of what was forgotten not all can be read", func() error { return writeTombstones(r.from.Tombstones(r.ctx), r.write) }},
	} {
		if err := rest.write(); err != nil {
			if err := r.miss(rest.what, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// versions writes versions from an id on until it meets damage, and returns
// where that begins, 0 if there is none.
func (r *rescue) versions(from int64) (int64, error) {
	for v, err := range r.from.Versions(r.ctx, Selection{From: from, Past: true, Vectors: true}) {
		switch {
		case errors.Is(err, ErrDamaged):
			return from, nil
		case err != nil:
			return from, err
		}
		if err := r.put(v); err != nil {
			return from, err
		}
		from = v.ID + 1
	}
	return 0, nil
}

// version writes one version, if it can be read, with its vectors if they can.
func (r *rescue) version(id int64) error {
	for v, err := range r.from.Versions(r.ctx, Selection{IDs: []int64{id}, Past: true, Vectors: true}) {
		if err == nil {
			return r.put(v)
		}
	}
	v, err := r.from.Version(r.ctx, id)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return r.miss(fmt.Sprintf("version %d is lost", id), err)
	}
	return r.put(v)
}

func (r *rescue) put(v *Version) error {
	page, err := r.from.Page(r.ctx, v.ID)
	if err != nil {
		if err := r.miss(fmt.Sprintf("the page of version %d (%s) is lost", v.ID, v.Info.File), err); err != nil {
			return err
		}
	}
	if r.nobody {
		v.People = nil
	}
	r.saved++
	return r.write(lineOf(v, page))
}
