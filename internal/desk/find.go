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
	list, sure, err := d.named(ctx, ref)
	switch {
	case err != nil:
		return archive.Person{}, err
	case !sure || len(list) == 0:
		return archive.Person{}, &UnknownError{ref, listed(list)}
	case len(list) > 1:
		several := listed(list)
		slices.SortStableFunc(several, func(a, b Listed) int { return cmp.Compare(b.Articles, a.Articles) })
		return archive.Person{}, &AmbiguousError{ref, several}
	}
	return list[0], nil
}

// Meant is Find for those who read only: a name that is part of one person's
// alone, and of organisations' besides (Brandt, the Brandt campaign), is that
// person's.
func (d *Desk) Meant(ctx context.Context, ref string) (archive.Person, error) {
	p, err := d.Find(ctx, ref)
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

// named are those whom a name stands for: those who are written just so, or
// else those who have all its words. Where there are none, those with similar
// names come, and sure is false.
func (d *Desk) named(ctx context.Context, name string) (list []archive.Person, sure bool, err error) {
	list, err = d.store.PeopleNamed(ctx, name, offered)
	if err != nil {
		return nil, false, err
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
		return exact, true, nil
	case len(have) > 0:
		return have, true, nil
	}
	return list, false, nil
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
