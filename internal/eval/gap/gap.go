// Package gap measures pronouns against GAP (Webster, Recasens, Axelrod and
// Baldridge, TACL 2018): passages of an encyclopaedia in which a pronoun stands
// for one of two names, or for neither. The title of the page is read from its address
// (the authors' page context); its further text is not.
package gap

import (
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"whosaid/internal/english"
	"whosaid/internal/news"
)

// An Example is one passage. Spans are bytes of Text.
type Example struct {
	ID      string
	Text    string
	Title   string // of its page
	Pronoun news.Span
	Names   [2]news.Span // A and B
	Right   [2]bool      // whether the pronoun stands for each
}

// Load reads a table of GAP, gap-development.tsv and its like.
func Load(file string) ([]Example, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []Example
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	for n, line := range lines[1:] {
		if line == "" {
			continue
		}
		e, err := parse(line)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", file, n+2, err)
		}
		list = append(list, e)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no passage of GAP: give a table such as gap-validation.tsv", file)
	}
	return list, nil
}

func parse(line string) (Example, error) {
	c := strings.Split(line, "\t")
	if len(c) < 10 {
		return Example{}, fmt.Errorf("%d columns, and GAP has 11: ID, Text, Pronoun, Pronoun-offset, A, …", len(c))
	}
	e := Example{ID: c[0], Text: c[1]}
	at := news.NewOffsets(e.Text)
	span := func(word, offset string) (news.Span, error) {
		r, err := strconv.Atoi(offset)
		if err != nil || r < 0 {
			return news.Span{}, fmt.Errorf("%q is no offset", offset)
		}
		s := news.Span{Start: at.Byte(r)}
		s.End = s.Start + len(word)
		if s.End > len(e.Text) || s.Text(e.Text) != word {
			return s, fmt.Errorf("%q does not stand at %s of the text", word, offset)
		}
		return s, nil
	}
	if len(c) > 10 {
		e.Title = title(c[10])
	}
	var err error
	if e.Pronoun, err = span(c[2], c[3]); err != nil {
		return e, err
	}
	for k := range 2 {
		if e.Names[k], err = span(c[4+3*k], c[5+3*k]); err != nil {
			return e, err
		}
		e.Right[k] = strings.EqualFold(c[6+3*k], "true")
	}
	return e, nil
}

// title is the title of a page by its address: its last part, without what tells it
// from others of the same name ("Ada_Voss_(painter)").
func title(address string) string {
	last := address[strings.LastIndexByte(address, '/')+1:]
	if plain, err := url.PathUnescape(last); err == nil {
		last = plain
	}
	last, _, _ = strings.Cut(strings.ReplaceAll(last, "_", " "), " (")
	return last
}

// Document is the passage as a document of one paragraph.
func (e Example) Document() *news.Document {
	return &news.Document{Article: news.Article{
		ID: e.ID, File: e.ID, Language: "en", Title: e.Title, Text: e.Text,
		Blocks: []news.Block{{Span: news.Span{End: len(e.Text)}, Kind: news.Paragraph}},
	}, AsIs: true}
}

// Mark makes the two names and the pronoun tags of doc, in the place of what
// overlaps them: the form of the task in which the mentions are given.
func (e Example) Mark(doc *news.Document) {
	given := []news.Tag{
		{Span: e.Pronoun, Kind: news.TagPersonPronoun, Confidence: 0.99},
		{Span: e.Names[0], Kind: news.TagPersonName, Confidence: 0.99},
		{Span: e.Names[1], Kind: news.TagPersonName, Confidence: 0.99},
	}
	kept := given
	for _, t := range doc.Tags {
		free := true
		for _, g := range given {
			free = free && !t.Overlaps(g.Span)
		}
		if free {
			kept = append(kept, t)
		}
	}
	doc.Tags = kept
}

// Judge tells for which of the names the pronoun was taken to stand.
func (e Example) Judge(doc *news.Document) (taken [2]bool) {
	for _, a := range doc.Actors {
		holds := func(s news.Span) bool {
			for _, m := range a.Mentions {
				if m.Form != "pronoun" && m.Overlaps(s) || m.Span == s {
					return true
				}
			}
			return false
		}
		if !holds(e.Pronoun) {
			continue
		}
		for k := range 2 {
			taken[k] = taken[k] || holds(e.Names[k])
		}
	}
	return taken
}

// Identify tells whom a mention means, to learn from: of the pronoun and the two
// names what GAP says, of all others that it is not known ("?").
func (e Example) Identify(m news.Span) string {
	switch {
	case m == e.Pronoun && e.Right[0]:
		return "A"
	case m == e.Pronoun && e.Right[1]:
		return "B"
	case m.Overlaps(e.Names[0]):
		return "A"
	case m.Overlaps(e.Names[1]):
		return "B"
	}
	return "?"
}

// A Count is what links between pronouns and names were right.
type Count struct {
	Right    int `json:"right"`    // taken, and true
	Wrong    int `json:"wrong"`    // taken, and false
	Missed   int `json:"missed"`   // not taken, and true
	Passages int `json:"passages"` //
}

// F is the harmonic mean of precision and recall of links, in percent.
func (c Count) F() float64 {
	if c.Right == 0 {
		return 0
	}
	return 200 * float64(c.Right) / float64(2*c.Right+c.Wrong+c.Missed)
}

// P is the precision in percent.
func (c Count) P() float64 { return 100 * float64(c.Right) / float64(max(1, c.Right+c.Wrong)) }

// R is the recall in percent.
func (c Count) R() float64 { return 100 * float64(c.Right) / float64(max(1, c.Right+c.Missed)) }

// A Report is what was measured: over all passages, and by the pronoun's gender.
type Report struct {
	All       Count `json:"all"`
	Masculine Count `json:"masculine"`
	Feminine  Count `json:"feminine"`
}

// Add counts one passage.
func (r *Report) Add(e Example, taken [2]bool) {
	counts := []*Count{&r.All}
	if p, ok := english.PronounOf(e.Pronoun.Text(e.Text)); ok {
		switch p.Gender {
		case english.Masculine:
			counts = append(counts, &r.Masculine)
		case english.Feminine:
			counts = append(counts, &r.Feminine)
		case english.Unmarked:
		}
	}
	for _, c := range counts {
		c.Passages++
		for k := range 2 {
			switch {
			case taken[k] && e.Right[k]:
				c.Right++
			case taken[k]:
				c.Wrong++
			case e.Right[k]:
				c.Missed++
			}
		}
	}
}

// Text is the report for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	line := func(name string, c Count) {
		fmt.Fprintf(&b, "%-9s F %.1f  P %.1f  R %.1f  of %d passages\n", name, c.F(), c.P(), c.R(), c.Passages)
	}
	line("all", r.All)
	line("masculine", r.Masculine)
	line("feminine", r.Feminine)
	if m := r.Masculine.F(); m > 0 {
		fmt.Fprintf(&b, "feminine / masculine %.2f\n", r.Feminine.F()/m)
	}
	return b.String()
}
