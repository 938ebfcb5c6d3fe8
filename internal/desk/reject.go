package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// Unknown is the Speaker of a Change that takes a statement from everybody.
const Unknown = "unknown"

// A Change is what somebody makes of a statement; what is empty stays.
type Change struct {
	Speaker string // a name or a number, as Find reads them, or a name that the article has, or Unknown
	Kind    string
	Form    string
}

// Reject decides that something is no statement. ref names it by its number in
// the archive, as a search prints it, or by its article and its id there
// ("ARTICLE#s3").
func (d *Desk) Reject(ctx context.Context, ref string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	in, at, err := d.statementNamed(ctx, ref)
	if err != nil {
		return Decision{}, err
	}
	return d.find(ctx, reject, v, in, finding{Statement: anchorOf(in.Doc, &in.Doc.Statements[at])})
}

// Correct decides what a statement, named as for Reject, is instead of what was
// read.
func (d *Desk) Correct(ctx context.Context, ref string, c Change, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	in, at, err := d.statementNamed(ctx, ref)
	if err != nil {
		return Decision{}, err
	}
	s := &in.Doc.Statements[at]
	f := finding{Statement: anchorOf(in.Doc, s)}
	if c.Kind != s.Kind {
		f.Kind = c.Kind
	}
	if c.Form != string(s.Form) {
		f.Form = c.Form
	}
	switch {
	case f.Kind != "" && !slices.Contains(news.Kinds, f.Kind):
		return Decision{}, refusef("there is no kind %q: choose from %s", f.Kind, strings.Join(news.Kinds, ", "))
	case f.Form != "" && !slices.Contains([]news.Form{news.Direct, news.Indirect, news.Mixed}, news.Form(f.Form)):
		return Decision{}, refusef("there is no form %q: choose one of direct, indirect and mixed", f.Form)
	}
	if c.Speaker != "" {
		spoken, err := d.voice(ctx, in, c.Speaker)
		if err != nil {
			return Decision{}, err
		}
		f.Speaker = &spoken
		if len(s.Speakers) == 0 && spoken == (voice{}) || len(s.Speakers) == 1 && spoken.Name != "" && s.Speakers[0].Name == spoken.Name {
			f.Speaker = nil // so it is already
		}
	}
	if f.Kind == "" && f.Form == "" && f.Speaker == nil {
		return Decision{}, refusef("statement %s: it is so already", ref)
	}
	return d.find(ctx, correct, v, in, f)
}

// find keeps a decision about what was found in a version of an article, and
// does it.
func (d *Desk) find(ctx context.Context, what string, v Verdict, in *archive.Version, f finding) (Decision, error) {
	f.Key, f.Article, f.URL = keyOf(&in.Doc.Article), in.Doc.ID, in.Doc.URL
	out, err := d.decide(ctx, what, v, f)
	if err != nil {
		return out, err
	}
	return out, d.amendArticle(ctx, f, 0)
}

// statementNamed is the statement that ref names, and the version that has it.
func (d *Desk) statementNamed(ctx context.Context, ref string) (v *archive.Version, at int, err error) {
	ref = strings.TrimSpace(ref)
	id, err := strconv.ParseInt(ref, 10, 64)
	if err != nil {
		return d.statementOf(ctx, ref)
	}
	holder, err := d.store.Holder(ctx, id)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, 0, fmt.Errorf("statement %d: %w; whosaid search prints the number of each", id, archive.ErrNotFound)
	}
	if err != nil {
		return nil, 0, err
	}
	if v, err = d.store.Version(ctx, holder); err != nil {
		return nil, 0, err
	}
	if at = v.Place(id); at < 0 {
		return nil, 0, rejectedError(ref, v.Rejected()[int(id-v.First)])
	}
	return v, at, nil
}

// statementOf is the statement that its article and its id there name.
func (d *Desk) statementOf(ctx context.Context, ref string) (*archive.Version, int, error) {
	cut := strings.LastIndexByte(ref, '#')
	if cut <= 0 {
		return nil, 0, refusef("%q names no statement: give its number, which whosaid search prints, or ARTICLE#s3", ref)
	}
	in, err := d.Article(ctx, ref[:cut], 0)
	if err != nil {
		return nil, 0, err
	}
	is := func(s news.Statement) bool { return s.ID == ref[cut+1:] }
	if at := slices.IndexFunc(in.Doc.Statements, is); at >= 0 {
		return in.Version, at, nil
	}
	if at := slices.IndexFunc(in.Read.Statements, is); at >= 0 {
		return nil, 0, rejectedError(ref, in.Rejected()[at])
	}
	return nil, 0, fmt.Errorf("statement %s: %w", ref, archive.ErrNotFound)
}

func rejectedError(ref string, c archive.Correction) error {
	return refusef("statement %s: it is rejected already, by decision %d", ref, c.Decision)
}

// voice is the speaker whom a name means: an actor of the article who is called
// just so, or else somebody whom the archive knows, or else an actor whose name
// has these words.
func (d *Desk) voice(ctx context.Context, in *archive.Version, name string) (voice, error) {
	folded := terms.Fold(name)
	if folded == Unknown {
		return voice{}, nil
	}
	if folded == "" {
		return voice{}, refusef("%q is no name", name)
	}
	of := func(i int) voice {
		a := in.Doc.Actors[i]
		out := voice{Name: a.Name, Type: a.Type}
		if len(in.People) == len(in.Doc.Actors) {
			out.Person = in.People[i]
		}
		return out
	}
	number := strings.HasPrefix(strings.TrimSpace(name), "#")
	if i := slices.IndexFunc(in.Doc.Actors, func(a news.Actor) bool { return terms.Fold(a.Name) == folded }); i >= 0 && !number {
		return of(i), nil
	}
	p, err := d.Find(ctx, name)
	var unknown *UnknownError
	switch {
	case err == nil:
		return voice{Person: p.ID, Name: p.Name, Type: p.Type}, nil
	case number || !errors.As(err, &unknown):
		return voice{}, err
	}
	for i, a := range in.Doc.Actors {
		if holds(terms.Fold(a.Name), folded) {
			return of(i), nil
		}
	}
	return voice{}, refusef("neither the article nor the archive knows %q: whosaid people import makes people known", name)
}
