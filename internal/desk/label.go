package desk

import (
	"context"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// LabelKinds are what a label may be.
var LabelKinds = []string{"label", "title", "role"}

// A LabelChange is what somebody makes of a label; what is empty stays.
type LabelChange struct {
	Kind  string // of LabelKinds
	Words string // those of the article that make it up, as it has them
	To    string // the actor of the article who is called so
}

// RejectLabel decides that an article, named as Store.Find reads it, does not
// call somebody so: text is a label, a title or a role that was read there. of
// names whose it is; it may be empty where only one actor is called so.
func (d *Desk) RejectLabel(ctx context.Context, article, text, of string, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	in, at, err := d.labelled(ctx, article, text, of)
	if err != nil {
		return Decision{}, err
	}
	return d.find(ctx, reject, v, in, finding{Label: labelOf(in, at, text)})
}

// CorrectLabel decides what a label, named as for RejectLabel, is instead of what
// was read.
func (d *Desk) CorrectLabel(ctx context.Context, article, text, of string, c LabelChange, v Verdict) (Decision, error) {
	d.who.mu.Lock()
	defer d.who.mu.Unlock()
	defer d.who.forget()
	in, at, err := d.labelled(ctx, article, text, of)
	if err != nil {
		return Decision{}, err
	}
	f := finding{Label: labelOf(in, at, text)}
	is := in.Doc.Actors[at].Descriptions[slices.IndexFunc(in.Doc.Actors[at].Descriptions, reads(in.Doc, text))]
	if c.Kind != is.Kind {
		f.Kind = c.Kind
	}
	if f.Kind != "" && !slices.Contains(LabelKinds, f.Kind) {
		return Decision{}, refusef("there is no kind %q of label: choose from %s", f.Kind, strings.Join(LabelKinds, ", "))
	}
	if words := strings.TrimSpace(c.Words); words != "" && words != is.Text(in.Doc.Text) {
		if _, ok := archive.Nearest(in.Doc.Text, words, is.Start); !ok {
			return Decision{}, refusef("article %s has no words “%s”: give them as it has them", article, words)
		}
		f.Words = words
	}
	if c.To != "" {
		to, err := actorNamed(in.Doc, article, c.To)
		if err != nil {
			return Decision{}, err
		}
		if to != at {
			whose := voice{Name: in.Doc.Actors[to].Name}
			if len(in.People) == len(in.Doc.Actors) {
				whose.Person = in.People[to]
			}
			f.Whose = &whose
		}
	}
	if f.Kind == "" && f.Words == "" && f.Whose == nil {
		return Decision{}, refusef("“%s” in article %s: it is so already", text, article)
	}
	return d.find(ctx, correct, v, in, f)
}

// reads reports of a description whether it has the words of text.
func reads(doc *news.Document, text string) func(news.Description) bool {
	folded := terms.Fold(text)
	return func(d news.Description) bool { return terms.Fold(d.Text(doc.Text)) == folded }
}

// labelled is the actor of an article who is called so there.
func (d *Desk) labelled(ctx context.Context, article, text, of string) (v *archive.Version, at int, err error) {
	in, err := d.Article(ctx, article, 0)
	if err != nil {
		return nil, 0, err
	}
	var whose []int
	for i, a := range in.Doc.Actors {
		if (of == "" || holds(terms.Fold(a.Name), terms.Fold(of))) && slices.ContainsFunc(a.Descriptions, reads(in.Doc, text)) {
			whose = append(whose, i)
		}
	}
	switch {
	case len(whose) == 0 && of != "":
		return nil, 0, refusef("article %s does not call %s “%s”", article, of, text)
	case len(whose) == 0:
		return nil, 0, refusef("article %s calls nobody “%s”", article, text)
	case len(whose) > 1:
		return nil, 0, refusef("article %s calls several so, %s and %s among them: say of whom it is wrong", article, in.Doc.Actors[whose[0]].Name, in.Doc.Actors[whose[1]].Name)
	}
	return in.Version, whose[0], nil
}

// labelOf is what a label of an actor is found by.
func labelOf(in *archive.Version, actor int, text string) *named {
	label := &named{Actor: in.Doc.Actors[actor].Name, Text: oneSpace(text)}
	if len(in.People) == len(in.Doc.Actors) {
		label.Person = in.People[actor]
	}
	return label
}

// actorNamed is the actor of a document who has a name: the whole of it, or else
// alone of all some words of it.
func actorNamed(doc *news.Document, article, name string) (int, error) {
	folded := terms.Fold(name)
	if i := slices.IndexFunc(doc.Actors, func(a news.Actor) bool { return terms.Fold(a.Name) == folded }); i >= 0 {
		return i, nil
	}
	var like []int
	for i, a := range doc.Actors {
		if folded != "" && holds(terms.Fold(a.Name), folded) {
			like = append(like, i)
		}
	}
	switch len(like) {
	case 0:
		return 0, refusef("article %s has nobody of the name %q", article, name)
	case 1:
		return like[0], nil
	}
	return 0, refusef("article %s has several of the name %q, %s and %s among them: give the whole name", article, name, doc.Actors[like[0]].Name, doc.Actors[like[1]].Name)
}
