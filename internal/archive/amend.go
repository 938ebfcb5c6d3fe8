package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// An Amendment is what somebody decided about one statement of a version, or
// about a label in it. What was read stays as it is beside it: a store keeps
// both, and shows what comes of them.
type Amendment struct {
	Decision  int64     `json:"decision"` // its id
	By        string    `json:"by"`       // who decided it
	Why       string    `json:"why,omitempty"`
	Made      time.Time `json:"made"`
	Statement int       `json:"statement"`          // its place among those that were read, from 0
	Rejected  bool      `json:"rejected,omitempty"` // it is no statement, or no label of the actor
	Form      news.Form `json:"form,omitempty"`     // what it is instead; empty where that is as it was read
	Kind      string    `json:"kind,omitempty"`     // likewise
	Speaker   *Voice    `json:"speaker,omitempty"`  // likewise
	Label     *Label    `json:"label,omitempty"`    // the label that it is about, and not a statement
}

// A Voice is whoever speaks in a statement, as somebody decided. It is empty
// where nobody knows who that is.
type Voice struct {
	Actor string `json:"actor,omitempty"` // id of an actor of the document; one that is not there is added to it
	Name  string `json:"name,omitempty"`
	Type  string `json:"type,omitempty"` // of one who is added
}

// A Label is what an article calls an actor: a label, a title or a role, and what
// it is instead, empty where that is as it was read.
type Label struct {
	Actor string `json:"actor"` // id of an actor of the document
	Text  string `json:"text"`
	Kind  string `json:"kind,omitempty"`  // label, title or role
	Words string `json:"words,omitempty"` // those of the text that make it up, as the text has them
	To    string `json:"to,omitempty"`    // id of the actor of the document who is called so
}

// An Amending says what was decided about the statements and labels of a
// version, and who its actors are, those that it adds among them.
type Amending struct {
	Version    int64
	Amendments []Amendment // in the order of the decisions: the later one counts
	People     []int64
}

// Places are the places that the statements of an amended document have among
// those that were read; nil where all of these are in it.
type Places []int

// At is the place of statement i.
func (p Places) At(i int) int {
	if p == nil {
		return i
	}
	return p[i]
}

// Amend is doc as people left it. Statements that they rejected are not in it;
// what named those as its voice is the outlet's own then, and what stood inside
// one stands where that stood.
func Amend(doc *news.Document, list []Amendment) (*news.Document, Places) {
	if len(list) == 0 {
		return doc, nil
	}
	out := *doc
	out.Statements, out.Actors = slices.Clone(doc.Statements), slices.Clone(doc.Actors)
	gone := map[string]string{} // what was rejected, and what it stands in
	rejected := make([]bool, len(doc.Statements))
	for _, a := range list {
		switch {
		case a.Label != nil && a.Rejected:
			unlabel(&out, a.Label)
		case a.Label != nil:
			relabel(&out, a.Label)
		case a.Statement < 0 || a.Statement >= len(out.Statements):
		case a.Rejected:
			rejected[a.Statement] = true
			gone[doc.Statements[a.Statement].ID] = doc.Statements[a.Statement].Parent
		default:
			correct(&out, a)
		}
	}
	if len(gone) == 0 {
		return &out, nil
	}
	places := Places{}
	kept := out.Statements[:0]
	for i, s := range out.Statements {
		if rejected[i] {
			continue
		}
		for range gone {
			if parent, ok := gone[s.Parent]; ok {
				s.Parent = parent
			}
		}
		kept, places = append(kept, s), append(places, i)
	}
	out.Statements = kept
	own(&out, gone)
	return &out, places
}

// correct gives a statement of doc what was decided about it.
func correct(doc *news.Document, a Amendment) {
	s := &doc.Statements[a.Statement]
	if a.Form != "" {
		s.Form = a.Form
	}
	if a.Kind != "" {
		s.Kind = a.Kind
	}
	v := a.Speaker
	switch {
	case v == nil:
		return
	case *v == Voice{}:
		s.Speakers = nil
		return
	}
	by := "implied" // where no words of the article name the speaker
	if len(s.Speakers) > 0 {
		by = s.Speakers[0].By
	} else if len(s.Source) > 0 {
		by = "nominal"
	}
	s.Speakers = []news.Speaker{{Actor: v.Actor, Name: v.Name, By: by, Confidence: 1}}
	if !slices.ContainsFunc(doc.Actors, func(x news.Actor) bool { return x.ID == v.Actor }) {
		doc.Actors = append(doc.Actors, news.Actor{ID: v.Actor, Name: v.Name, Named: true, Type: v.Type})
	}
}

// unlabel takes a label from an actor.
func unlabel(doc *news.Document, l *Label) {
	for i := range doc.Actors {
		a := &doc.Actors[i]
		if a.ID == l.Actor {
			a.Descriptions = slices.DeleteFunc(slices.Clone(a.Descriptions), func(d news.Description) bool {
				return terms.Fold(d.Text(doc.Text)) == terms.Fold(l.Text)
			})
		}
	}
}

// relabel makes a label of an actor what it is instead.
func relabel(doc *news.Document, l *Label) {
	from := slices.IndexFunc(doc.Actors, func(a news.Actor) bool { return a.ID == l.Actor })
	to := slices.IndexFunc(doc.Actors, func(a news.Actor) bool { return a.ID == cmp.Or(l.To, l.Actor) })
	if from < 0 || to < 0 {
		return
	}
	kept, moved := []news.Description{}, slices.Clone(doc.Actors[to].Descriptions)
	for _, d := range doc.Actors[from].Descriptions {
		is := terms.Fold(d.Text(doc.Text)) == terms.Fold(l.Text)
		if is {
			d.Kind = cmp.Or(l.Kind, d.Kind)
			if span, ok := Nearest(doc.Text, l.Words, d.Start); ok {
				d.Span = span
			}
		}
		if is && to != from {
			moved = append(moved, d)
		} else {
			kept = append(kept, d)
		}
	}
	if to != from {
		slices.SortStableFunc(moved, func(a, b news.Description) int { return cmp.Compare(a.Start, b.Start) })
		doc.Actors[to].Descriptions = moved
	}
	doc.Actors[from].Descriptions = kept
}

// Nearest is where words stand in a text, whole and as they are written, nearest
// to a place.
func Nearest(text, words string, at int) (span news.Span, ok bool) {
	if words == "" {
		return span, false
	}
	inWord := func(r rune, _ int) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	for i := 0; ; {
		k := strings.Index(text[i:], words)
		if k < 0 {
			return span, ok
		}
		s := news.Span{Start: i + k, End: i + k + len(words)}
		whole := !inWord(utf8.DecodeLastRuneInString(text[:s.Start])) && !inWord(utf8.DecodeRuneInString(text[s.End:]))
		if whole && (!ok || max(s.Start-at, at-s.Start) < max(span.Start-at, at-span.Start)) {
			span, ok = s, true
		}
		i = s.End
	}
}

// own gives to the outlet what statements said that are none.
func own(doc *news.Document, gone map[string]string) {
	voice := func(by string) string {
		for range gone {
			if outer, ok := gone[by]; ok {
				by = outer
			}
		}
		if by == "" {
			by = "outlet"
		}
		return by
	}
	for i := range doc.Actors {
		a := &doc.Actors[i]
		a.Descriptions = slices.Clone(a.Descriptions)
		for k := range a.Descriptions {
			a.Descriptions[k].By = voice(a.Descriptions[k].By)
		}
	}
	doc.Relations = slices.Clone(doc.Relations)
	for i := range doc.Relations {
		doc.Relations[i].By = voice(doc.Relations[i].By)
	}
}

// checkAmendments says whether what was decided can be about doc.
func checkAmendments(doc *news.Document, list []Amendment) error {
	for _, a := range list {
		switch {
		case a.Label != nil:
		case a.Statement < 0 || a.Statement >= len(doc.Statements):
			return fmt.Errorf("decision %d is about statement %d of %d", a.Decision, a.Statement+1, len(doc.Statements))
		case a.Speaker != nil && (a.Speaker.Actor == "") != (a.Speaker.Name == ""):
			return fmt.Errorf("decision %d names a speaker by half", a.Decision)
		}
	}
	return nil
}

// Amend makes r what it is with amendments; people are who its actors are
// then, none where nobody has said.
func (r *Ready) Amend(list []Amendment, people []int64) error {
	if err := checkAmendments(r.Doc, list); err != nil {
		return fmt.Errorf("%s: %w: %w", r.Doc.File, ErrNoRecord, err)
	}
	shown, places := Amend(r.Doc, list)
	if len(people) > 0 && len(people) != len(shown.Actors) {
		return fmt.Errorf("%s: %w: it has %d actors and says of %d who they are", r.Doc.File, ErrNoRecord, len(shown.Actors), len(people))
	}
	r.Amendments, r.People, r.Shown, r.Places = list, Cast(people), shown, places
	r.Rows = Rows(shown)
	r.Facet = FacetOf(shown, r.Rows, places, len(r.Doc.Statements))
	r.Doubts = doubtsIn(shown, places, list)
	return nil
}

// Cast is people, or none where all of them are nobody: nobody has said who the
// actors are then.
func Cast(people []int64) []int64 {
	if slices.ContainsFunc(people, func(id int64) bool { return id != 0 }) {
		return people
	}
	return nil
}

// Amended is v as it is with other amendments, and with people as its actors.
func (v *Version) Amended(a Amending) (*Version, error) {
	if err := checkAmendments(v.Read, a.Amendments); err != nil {
		return nil, fmt.Errorf("version %d: %w: %w", v.ID, ErrNoRecord, err)
	}
	out := *v
	out.Amendments, out.People = a.Amendments, Cast(a.People)
	out.Doc, out.Places = Amend(v.Read, a.Amendments)
	return &out, CheckPeople(&out, a.People)
}

// Statement is the id of statement i of v.
func (v *Version) Statement(i int) int64 { return v.First + int64(v.Places.At(i)) }

// Place is where in v.Doc the statement of an id stands, -1 where it is not in
// it.
func (v *Version) Place(id int64) int {
	at := int(id - v.First)
	if v.Places != nil {
		return slices.Index(v.Places, at)
	}
	if at < 0 || at >= len(v.Doc.Statements) {
		return -1
	}
	return at
}

// A Correction is what somebody decided about a statement, as it is shown.
type Correction struct {
	Decision int64     `json:"decision"`
	By       string    `json:"by"`
	Why      string    `json:"why,omitempty"`
	Made     time.Time `json:"made"`
	What     []string  `json:"what,omitempty"` // of speaker, kind and form
}

func correction(a Amendment) Correction {
	c := Correction{Decision: a.Decision, By: a.By, Why: a.Why, Made: a.Made}
	for _, x := range []struct {
		what string
		is   bool
	}{{"speaker", a.Speaker != nil}, {"kind", a.Kind != ""}, {"form", a.Form != ""}} {
		if x.is {
			c.What = append(c.What, x.what)
		}
	}
	return c
}

// Corrected lists what was decided about statement i of v, in order.
func (v *Version) Corrected(i int) []Correction {
	var out []Correction
	for _, a := range v.Amendments {
		if a.Label == nil && !a.Rejected && a.Statement == v.Places.At(i) {
			out = append(out, correction(a))
		}
	}
	return out
}

// Rejected are the statements of v that were rejected, by their places among
// those that were read.
func (v *Version) Rejected() map[int]Correction {
	out := map[int]Correction{}
	for _, a := range v.Amendments {
		if a.Label == nil && a.Rejected {
			out[a.Statement] = correction(a)
		}
	}
	return out
}

// Whole is v with the statements that were rejected.
func (v *Version) Whole() *Version {
	out := *v
	out.Doc, out.Places = Amend(v.Read, slices.DeleteFunc(slices.Clone(v.Amendments), func(a Amendment) bool { return a.Label == nil && a.Rejected }))
	return &out
}
