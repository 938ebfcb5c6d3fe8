package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/relate/people"
)

// An AmbiguousError is a name that several people have.
type AmbiguousError struct {
	Name   string
	People []Listed
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%q is the name of several: %s; name one by its number", e.Name, offers(e.People))
}

// An UnknownError is a name that nobody in the archive has; People have a
// similar one.
type UnknownError struct {
	Name   string
	People []Listed
}

func (e *UnknownError) Error() string {
	if len(e.People) == 0 {
		return fmt.Sprintf("the archive knows nobody of the name %q; whosaid people lists whom it knows", e.Name)
	}
	return fmt.Sprintf("the archive knows nobody of the name %q; it knows %s", e.Name, offers(e.People))
}

// Is makes an UnknownError an archive.ErrNotFound.
func (e *UnknownError) Is(target error) bool { return target == archive.ErrNotFound }

func offers(people []Listed) string {
	var out []string
	for _, p := range people {
		out = append(out, fmt.Sprintf("#%d %s", p.ID, p.Name))
	}
	return strings.Join(out, ", ")
}

// offered is how many people are offered for a name at most.
const offered = 8

// Find is the person that ref names: a number (#12) or a name, in any spelling
// that articles have of it. A name of nobody is an UnknownError, one of several
// people an AmbiguousError.
func (d *Desk) Find(ctx context.Context, ref string) (archive.Person, error) {
	if number, ok := strings.CutPrefix(strings.TrimSpace(ref), "#"); ok {
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return archive.Person{}, &UnknownError{Name: ref}
		}
		list, err := d.store.PeopleOf(ctx, id)
		if err == nil && len(list) == 0 {
			err = &UnknownError{Name: ref}
		}
		if err != nil {
			return archive.Person{}, err
		}
		return list[0], nil
	}
	list, how, err := d.named(ctx, ref)
	switch {
	case err != nil:
		return archive.Person{}, err
	case how > written || len(list) == 0:
		return archive.Person{}, &UnknownError{ref, listed(list)}
	case len(list) > 1:
		return archive.Person{}, ambiguous(ref, list)
	}
	return list[0], nil
}

func ambiguous(ref string, list []archive.Person) error {
	several := listed(list)
	slices.SortStableFunc(several, func(a, b Listed) int { return cmp.Compare(b.Articles, a.Articles) })
	return &AmbiguousError{ref, several}
}

// Meant is Find for those who read only. A name that nobody is written by is
// that of whom it may be another spelling of (Kadhimi of Mustafa al-Khadimi); one
// that is part of one person's alone, and of organisations' besides (Brandt, the
// Brandt campaign), is that person's.
func (d *Desk) Meant(ctx context.Context, ref string) (archive.Person, error) {
	p, err := d.Find(ctx, ref)
	var unknown *UnknownError
	if errors.As(err, &unknown) && !strings.HasPrefix(strings.TrimSpace(ref), "#") {
		switch list, how, naming := d.named(ctx, ref); {
		case naming != nil:
			return p, naming
		case how == spelled && len(list) == 1:
			return list[0], nil
		case how == spelled:
			err = ambiguous(ref, list)
		}
	}
	var several *AmbiguousError
	if !errors.As(err, &several) || len(several.People) >= offered {
		return p, err // where there are so many, more may have it
	}
	var who []Listed
	for _, l := range several.People {
		if l.Type == "person" {
			who = append(who, l)
		}
	}
	if len(who) != 1 {
		return p, err
	}
	return d.Find(ctx, fmt.Sprintf("#%d", who[0].ID))
}

// A likeness says how people come by a name that was asked for.
type likeness int

const (
	written likeness = iota // articles write it so, or a part of theirs
	spelled                 // it may be another spelling of theirs
	similar                 // it looks somewhat like theirs
)

// named are those whom a name stands for: those who are written just so, or
// else those who have all its words, or those of whose names it may be another
// spelling, or those with similar names.
func (d *Desk) named(ctx context.Context, name string) (list []archive.Person, how likeness, err error) {
	list, err = d.store.PeopleNamed(ctx, name, offered)
	if err != nil {
		return nil, similar, err
	}
	folded := terms.Fold(name)
	var exact, have []archive.Person
	for _, p := range list {
		spellings := archive.Spellings(p)
		switch {
		case slices.Contains(spellings, folded):
			exact = append(exact, p)
		case slices.ContainsFunc(spellings, func(s string) bool { return holds(s, folded) }):
			have = append(have, p)
		}
	}
	switch {
	case len(exact) > 0:
		return exact, written, nil
	case len(have) > 0:
		return have, written, nil
	}
	alike, err := d.store.PeopleLike(ctx, speller(terms.Name(name)), offered)
	if err != nil || len(alike) > 0 {
		return alike, spelled, err
	}
	return list, similar, nil
}

// speller tells whether a name, in folded words, may have all of words in other
// spellings.
func speller(words []string) func(folded string) bool {
	return func(folded string) bool {
		theirs := terms.Name(folded)
		return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
			return !slices.ContainsFunc(theirs, func(x string) bool { return x == w || lettered(w) && lettered(x) && people.Spells(w, x) })
		})
	}
}

// lettered reports whether a folded word is long enough to have spellings, and
// has no number in it.
func lettered(w string) bool {
	return len(w) >= 3 && !strings.ContainsAny(w, "0123456789")
}

// holds reports whether all words of part are among those of whole.
func holds(whole, part string) bool {
	words := strings.Fields(whole)
	for w := range strings.FieldsSeq(part) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}
