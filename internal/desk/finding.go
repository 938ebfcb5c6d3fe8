package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/archive/terms"
	"whosaid/internal/news"
)

// A finding is what a decision about a statement or a label is about, and what
// it makes of it. It names them by their words, so that they are found in
// another reading of the article too.
type finding struct {
	Key     string `json:"key"`     // of the article, in hexadecimal digits
	Article string `json:"article"` // its ID
	URL     string `json:"url,omitempty"`

	Statement *anchor `json:"statement,omitempty"`
	Label     *named  `json:"label,omitempty"`

	Kind    string `json:"kind,omitempty"`
	Form    string `json:"form,omitempty"`
	Speaker *voice `json:"speaker,omitempty"`

	Words string `json:"words,omitempty"` // that a label has instead
	Whose *voice `json:"whose,omitempty"` // actor of the article whom it is of instead
}

// An anchor is what a statement is found by.
type anchor struct {
	Text    string `json:"text"`  // hash of the article's text
	Start   int    `json:"start"` // code points of that text
	End     int    `json:"end"`
	Source  string `json:"source,omitempty"`
	Cue     string `json:"cue,omitempty"`
	Content string `json:"content,omitempty"`
	Who     string `json:"who"` // who spoke, as it was read
}

// named is a label of an actor.
type named struct {
	Actor  string `json:"actor"` // its name
	Person int64  `json:"person,omitempty"`
	Text   string `json:"text"`
}

// voice is who speaks instead; it is empty for nobody known.
type voice struct {
	Person int64  `json:"person,omitempty"`
	Name   string `json:"name,omitempty"`
	Type   string `json:"type,omitempty"`
}

// decided is a decision and the finding that it is about.
type decided struct {
	archive.Decision
	finding
}

// findingOf reads what a decision is about; ok is false where that is no
// statement and no label, or is not kept any more.
func findingOf(d archive.Decision) (f finding, ok bool) {
	if d.What != reject && d.What != correct {
		return f, false
	}
	err := json.Unmarshal(d.About, &f)
	return f, err == nil && f.Key != "" && (f.Statement != nil) != (f.Label != nil)
}

// ref is how Store.Find finds the article.
func (f *finding) ref() string {
	if archive.Address(f.URL) != "" {
		return f.URL
	}
	return f.Article
}

// keyOf is the Key of an article as findings have it.
func keyOf(a *news.Article) string { return hex.EncodeToString(archive.Key(a)) }

// sentence says what was decided.
func (f *finding) sentence(what string) string {
	if f.Label != nil && what == correct {
		is := []string{}
		if f.Words != "" {
			is = append(is, "reads “"+f.Words+"”")
		}
		if f.Kind != "" {
			is = append(is, "is a "+f.Kind)
		}
		if f.Whose != nil {
			is = append(is, "is of "+f.Whose.Name)
		}
		return fmt.Sprintf("“%s” of %s in article %s %s", f.Label.Text, f.Label.Actor, f.Article, strings.Join(is, " and "))
	}
	if f.Label != nil {
		return fmt.Sprintf("%s is not called “%s” in article %s", f.Label.Actor, f.Label.Text, f.Article)
	}
	said := fmt.Sprintf("“%s” (%s)", shortened(cmp.Or(f.Statement.Content, f.Statement.Source+" "+f.Statement.Cue)), f.Statement.Who)
	if what == reject {
		return said + " is no statement"
	}
	var is []string
	if v := f.Speaker; v != nil {
		is = append(is, "is said by "+cmp.Or(v.Name, "nobody known"))
	}
	for _, x := range []struct{ word, is string }{{"kind", f.Kind}, {"form", f.Form}} {
		if x.is != "" {
			is = append(is, "is of the "+x.word+" "+x.is)
		}
	}
	return said + " " + strings.Join(is, " and ")
}

// mostShown is how many code points of a statement a decision shows.
const mostShown = 80

// shortened is the beginning of s, without the marks around it.
func shortened(s string) string {
	s = strings.Trim(s, " “”\"'‘’,")
	if r := []rune(s); len(r) > mostShown {
		cut := string(r[:mostShown])
		if at := strings.LastIndexByte(cut, ' '); at > 0 {
			cut = cut[:at]
		}
		return cut + " …"
	}
	return s
}

// anchorOf is what a statement of doc is found by.
func anchorOf(doc *news.Document, s *news.Statement) *anchor {
	at := hull(s)
	offsets := news.NewOffsets(doc.Text)
	return &anchor{
		Text: textHash(doc.Text), Start: offsets.Rune(at.Start), End: offsets.Rune(at.End),
		Source: words(doc.Text, s.Source), Cue: words(doc.Text, s.Cue), Content: words(doc.Text, s.Content),
		Who: cmp.Or(speaker(doc, s), "nobody known"),
	}
}

func textHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// hull is from where to where a statement says something, or else where it says
// that it does.
func hull(s *news.Statement) news.Span {
	var out news.Span
	for _, spans := range [][]news.Span{s.Content, s.Cue, s.Source} {
		for i, x := range spans {
			if i == 0 {
				out = x
			}
			out.Start, out.End = min(out.Start, x.Start), max(out.End, x.End)
		}
		if len(spans) > 0 {
			break
		}
	}
	return out
}

// in is the place of the statement of doc that a is: the one with most of its
// words, by the same cue, where it stood; -1 where there is none. Where two are
// alike the nearer one is meant.
func (a *anchor) in(doc *news.Document) int {
	same := a.Text == textHash(doc.Text)
	offsets := news.NewOffsets(doc.Text)
	best, most := -1, 0.0
	for i := range doc.Statements {
		s := &doc.Statements[i]
		at := hull(s)
		start, end := offsets.Rune(at.Start), offsets.Rune(at.End)
		if same && (start >= a.End || end <= a.Start) {
			continue
		}
		score := a.likeness(doc, s, same)
		if score == 0 {
			continue
		}
		far := max(start-a.Start, a.Start-start)
		if !same && len(strings.Fields(a.Content)) < fewWords && far > nearby {
			continue // these words occur anywhere
		}
		if score += 0.1 / (1 + float64(far)/200); score > most {
			best, most = i, score
		}
	}
	return best
}

// In a text that has changed so few words are found so near alone, in code
// points.
const (
	fewWords = 4
	nearby   = 2000
)

// likeness is how much a statement is the one of a, wherever it stands in the
// same text or another; 0 where it is another one.
func (a *anchor) likeness(doc *news.Document, s *news.Statement, same bool) float64 {
	cue, source := terms.Fold(words(doc.Text, s.Cue)), terms.Fold(words(doc.Text, s.Source))
	mine, theirs := terms.Name(a.Content), terms.Name(words(doc.Text, s.Content))
	var score float64
	switch {
	case len(mine) == 0 && len(theirs) == 0:
		if cue != terms.Fold(a.Cue) || source != terms.Fold(a.Source) {
			return 0
		}
		score = 1
	case len(mine) == 0 || len(theirs) == 0:
		return 0
	default:
		n := common(mine, theirs)
		score = 2 * float64(n) / float64(len(mine)+len(theirs))
		// Another reading may begin later or end earlier.
		if score < 0.5 && (float64(n) < 0.8*float64(min(len(mine), len(theirs))) || float64(n) < 0.3*float64(max(len(mine), len(theirs)))) {
			return 0
		}
		// In another text somebody else may say much the same.
		if !same && score < 0.9 && common(terms.Name(a.Source), strings.Fields(source)) == 0 {
			return 0
		}
		// What stands in another statement shares its words, and has a cue of its own.
		if was := terms.Fold(a.Cue); was != "" && cue != "" && !holds(was, cue) && !holds(cue, was) && !slices.Equal(mine, theirs) {
			return 0
		}
	}
	if cue == terms.Fold(a.Cue) {
		score += 0.2
	}
	if source == terms.Fold(a.Source) {
		score += 0.2
	}
	return score
}

// common counts the words that two lists share.
func common(a, b []string) int {
	left := map[string]int{}
	for _, w := range a {
		left[w]++
	}
	n := 0
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return n
}

// whereabouts tells where what was decided stands now.
type whereabouts struct {
	store   archive.Store
	current map[string]*archive.Version // by the key of the article; nil where it is not there
}

// tell adds to a decision that stands where what it is about is, or that it is
// nowhere.
func (w *whereabouts) tell(ctx context.Context, x archive.Decision, out *Decision) error {
	f, ok := findingOf(x)
	if !ok || !x.Undone.IsZero() {
		return nil
	}
	v, known := w.current[f.Key]
	if !known {
		heads, err := w.store.Find(ctx, f.ref())
		if err != nil {
			return err
		}
		for _, h := range heads {
			if h.Current {
				if v, err = w.store.Version(ctx, h.ID); err != nil {
					return err
				}
			}
		}
		if w.current == nil {
			w.current = map[string]*archive.Version{}
		}
		w.current[f.Key] = v
	}
	out.Idle = true
	if v == nil {
		return nil
	}
	for _, a := range v.Amendments {
		if a.Decision == x.ID {
			out.Idle = false
			if a.Label == nil {
				out.Statement = v.First + int64(a.Statement)
			}
		}
	}
	return nil
}
