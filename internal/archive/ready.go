package archive

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"whosaid/internal/archive/pack"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// Ready is an entry made ready to be written: everything that can be done
// before the transaction, and by many at once.
type Ready struct {
	Entry
	Key      []byte // of the article
	Outlet   []byte // OutletKey, nil where there is no outlet
	Digest   []byte // of all that tells one version from another, the reader apart
	TextHash []byte
	Text     []byte // compressed
	Findings []byte // packed
	Day      Day
	Shown    *news.Document // Doc with its amendments
	Places   Places         // of the statements of Shown among those of Doc
	Rows     []Row          // of the statements of Shown
	Facet    []byte         // FacetOf Shown
	Doubts   []Doubt        // of Shown, without their version
	PageHash []byte         // nil if there is no page
	PageBody []byte         // compressed
}

// A Row is what is searched of one statement. Its words are in the form of
// package terms, joined by spaces.
type Row struct {
	Words      string // the content, stemmed
	Pairs      string // of common words in it that are neighbours; see terms.Pairs
	Who        string // the speakers by all their names
	About      string // the names of those that the content speaks of
	Form, Kind string
	By         string
	Confidence int // 0 to 10000
}

// Prepare makes an entry ready. What cannot be kept is an ErrNoRecord.
func Prepare(e Entry) (*Ready, error) {
	doc := e.Doc
	if err := record.Check(doc); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", doc.File, ErrNoRecord, err)
	}
	if len(e.Vectors) > 0 && len(e.Vectors) != len(doc.Statements) {
		return nil, fmt.Errorf("%s: %w: it has %d statements and %d vectors", doc.File, ErrNoRecord, len(doc.Statements), len(e.Vectors))
	}
	for _, id := range e.People {
		if id < 0 {
			return nil, fmt.Errorf("%s: %w: the id of a person is negative", doc.File, ErrNoRecord)
		}
	}
	if err := checkStrings(e); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", doc.File, ErrNoRecord, err)
	}
	if e.Kept.IsZero() {
		e.Kept = time.Now()
	}
	e.Kept = e.Kept.UTC().Truncate(time.Millisecond)
	findings := pack.Findings(doc)
	hash := sha256.Sum256([]byte(doc.Text))
	r := &Ready{
		Entry:    e,
		Key:      Key(&doc.Article),
		TextHash: hash[:keyLength],
		Text:     pack.Compress([]byte(doc.Text)),
		Findings: findings,
		Day:      DayOf(doc.Published),
		Digest: digest(string(hash[:]), doc.Outlet, doc.Title, doc.Deck, doc.Published, doc.Modified, doc.Language,
			string(findings)),
	}
	if err := r.Amend(e.Amendments, e.People); err != nil {
		return nil, err
	}
	if terms.Fold(doc.Outlet) != "" {
		r.Outlet = OutletKey(doc.Outlet)
	}
	if e.Page != nil {
		hash := sha256.Sum256(e.Page.Body)
		r.PageHash, r.PageBody = hash[:keyLength], pack.Compress(e.Page.Body)
	}
	return r, nil
}

// checkStrings says whether databases can hold what goes into columns of their
// own.
func checkStrings(e Entry) error {
	check := func(what, s string) error {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return fmt.Errorf("%s is %.60q, which is no text", what, s)
		}
		return nil
	}
	d := e.Doc
	for _, x := range []struct{ what, is string }{
		{"its id", d.ID},
		{"the file's name", d.File},
		{"its address", d.URL},
		{"the outlet", d.Outlet},
		{"the title", d.Title},
		{"the deck", d.Deck},
		{"its date", d.Published},
		{"the date of its last change", d.Modified},
		{"its language", d.Language},
		{"what read it", e.Reader},
	} {
		if err := check(x.what, x.is); err != nil {
			return err
		}
	}
	for i := range d.Statements {
		if err := check("the form, kind or finder of "+d.Statements[i].ID, string(d.Statements[i].Form)+d.Statements[i].Kind+string(d.Statements[i].By)); err != nil {
			return err
		}
	}
	if e.Page != nil {
		return check("the page's type", e.Page.Type)
	}
	return nil
}

// mostWords bounds what is indexed of one statement, in bytes: more than any
// speech, and less than what PostgreSQL takes at most.
const mostWords = 100_000

// Rows are the rows of a document's statements.
func Rows(doc *news.Document) []Row {
	actors := actorsOf(doc)
	out := make([]Row, len(doc.Statements))
	var words []byte
	for i := range doc.Statements {
		s := &doc.Statements[i]
		words = words[:0]
		for _, span := range s.Content {
			if len(words) > mostWords {
				break
			}
			words = terms.AppendStems(words, span.Text(doc.Text))
		}
		var who, about set
		for _, names := range speakers(doc, s, actors) {
			who.add(names...)
		}
		for _, a := range spokenOf(doc, s) {
			about.add(actors[doc.Actors[a].ID].names...)
		}
		words = words[:min(len(words), bytes.LastIndexByte(words[:min(len(words), mostWords)], ' ')+1)]
		said := strings.TrimSuffix(string(words), " ")
		out[i] = Row{
			Words: said, Pairs: terms.Pairs(said), Who: who.join(), About: about.join(),
			Form: string(s.Form), Kind: s.Kind, By: string(s.By),
			Confidence: parts(s.Confidence),
		}
	}
	return out
}

// content is the words of a statement's content; their positions are those of
// the text.
func content(doc *news.Document, s *news.Statement) []terms.Word {
	var out []terms.Word
	for _, span := range s.Content {
		words := terms.Words(span.Text(doc.Text))
		for i := range words {
			words[i].Start += span.Start
			words[i].End += span.Start
		}
		out = append(out, words...)
	}
	return out
}

// An indexed actor has its place in the document and its names in folded
// words, each once.
type indexed struct {
	at    int
	names set
}

func actorsOf(doc *news.Document) map[string]indexed {
	out := make(map[string]indexed, len(doc.Actors))
	for i, a := range doc.Actors {
		names := set(nil)
		names.add(terms.Name(a.Name)...)
		for _, m := range a.Mentions {
			if named(m.Form) {
				names.add(terms.Name(m.Text(doc.Text))...)
			}
		}
		out[a.ID] = indexed{i, names}
	}
	return out
}

// named reports whether a mention of a form names its actor.
func named(form string) bool { return form == "name" || form == "short" || form == "acronym" }

// speakers are the names of each speaker of s in folded words. Where nobody
// has told the speakers yet, the words of the source stand for them.
func speakers(doc *news.Document, s *news.Statement, actors map[string]indexed) [][]string {
	var out [][]string
	for _, p := range s.Speakers {
		var names set
		names.add(terms.Name(p.Name)...)
		names.add(actors[p.Actor].names...)
		out = append(out, names)
	}
	if len(s.Speakers) == 0 {
		var names set
		for _, span := range s.Source {
			names.add(terms.Name(span.Text(doc.Text))...)
		}
		if len(names) > 0 {
			out = append(out, names)
		}
	}
	return out
}

// spokenOf are the places in doc.Actors of those mentioned in what s says.
func spokenOf(doc *news.Document, s *news.Statement) []int {
	var out []int
	for i, a := range doc.Actors {
		if slices.ContainsFunc(a.Mentions, func(m news.Mention) bool {
			return slices.ContainsFunc(s.Content, func(c news.Span) bool { return c.Contains(m.Span) })
		}) {
			out = append(out, i)
		}
	}
	return out
}

// A set is a short list of words, each once.
type set []string

func (s *set) add(words ...string) {
	for _, w := range words {
		if !slices.Contains(*s, w) {
			*s = append(*s, w)
		}
	}
}

func (s set) join() string { return strings.Join(s, " ") }
