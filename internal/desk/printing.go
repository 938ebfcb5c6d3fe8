package desk

import (
	"cmp"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
	"whosaid/internal/relate/utterances"
)

// A reported is a statement with the article that it stands in, set for
// comparing.
type reported struct {
	doc     *news.Document
	version int64 // in the archive, 0 of a document that is in none
	article int   // its place among those that are compared
	at      int   // its place among the statements
	said    utterances.Statement
}

// report sets statement i of a version; id is that of the statement in the
// archive, or any other that tells statements apart.
func report(v *archive.Version, i int, id int64) reported {
	return reported{doc: v.Doc, version: v.ID, at: i, said: statement(v, i, id)}
}

// statement is statement i of a version as linking looks at it.
func statement(v *archive.Version, i int, id int64) utterances.Statement {
	s := utterances.New(v.Doc, i, v.People)
	s.ID, s.Article, s.Day = id, v.Article, int(archive.DayOf(v.Doc.Published))
	if at := v.Places.At(i); at < len(v.Vectors) {
		s.Vector = utterances.Vector(v.Vectors[at])
	}
	return s
}

// Vectors are the vectors of a document's statements as an archive keeps them.
// They can be made while the document comes from the engine, and not from a
// record.
func Vectors(doc *news.Document) []archive.Vector {
	var out []archive.Vector
	for _, v := range utterances.VectorsOf(doc) {
		out = append(out, archive.Vector(v))
	}
	return out
}

// quotedWords is how much of a statement is quoted: by that the fullest report
// is told.
func (r reported) quotedWords() int {
	n := 0
	for _, w := range r.said.Words {
		if w.Quoted {
			n++
		}
	}
	return n
}

// inOrder sorts reports by publication; those whose day is not known come last.
func inOrder(list []reported) {
	slices.SortStableFunc(list, func(a, b reported) int {
		dayA, dayB := a.said.Day, b.said.Day
		if dayA == 0 || dayB == 0 {
			return cmp.Or(cmp.Compare(dayB, dayA), cmp.Compare(a.said.ID, b.said.ID))
		}
		return cmp.Or(cmp.Compare(dayA, dayB), cmp.Compare(a.doc.Published, b.doc.Published), cmp.Compare(a.said.ID, b.said.ID))
	})
}

// utterance sets the reports of one utterance side by side.
func utterance(id int64, list []reported) Utterance {
	inOrder(list)
	u := Utterance{ID: id, Printings: []Printing{}, Path: path(list), Again: []Again{}}
	for i, r := range list {
		full := list[u.Fullest]
		if n, most := r.quotedWords(), full.quotedWords(); n > most || n == 0 && most == 0 && len(r.said.Words) > len(full.said.Words) {
			u.Fullest = i
		}
	}
	base := list[u.Fullest]
	for i, r := range list {
		p := printing(r)
		p.Likelihood = 1
		p.Runs = utterances.Differ(base.doc.Text, base.said.Words, r.doc.Text, r.said.Words)
		if i != u.Fullest {
			p.Relation, p.Likelihood = relation(base, r)
		}
		if len(p.Speaker) > len(u.Speaker) {
			u.Speaker = p.Speaker
		}
		for _, s := range r.said.Speakers {
			u.Person = cmp.Or(u.Person, s.Person)
		}
		u.Printings = append(u.Printings, p)
	}
	return u
}

// relation is how two reports of what is known to be one utterance stand to
// each other.
func relation(a, b reported) (utterances.Relation, float64) {
	r, p := utterances.Relate(&a.said, &b.said)
	if !r.OneUtterance() {
		r = cmp.Or(utterances.QuotationOf(&a.said, &b.said), utterances.Reported)
	}
	return r, p
}

// printing is what one article has of an utterance.
func printing(r reported) Printing {
	doc, s := r.doc, &r.doc.Statements[r.at]
	short := news.Document{Article: news.Article{Text: doc.Text}, Statements: []news.Statement{*s}}
	p := Printing{
		Version: r.version, Number: r.at + 1, Article: head(doc.Article), Outlet: doc.Outlet, Title: doc.Title, URL: doc.URL, Published: doc.Published,
		Day: archive.Day(r.said.Day), Record: record.Encode(&short).Statements[0],
		Speaker: speaker(doc, s), Called: called(doc, s), Cue: words(doc.Text, s.Cue), Content: words(doc.Text, s.Content),
	}
	if r.version != 0 {
		p.Statement = r.said.ID
	}
	n := 0
	for _, b := range doc.Blocks {
		if b.Kind == news.Paragraph {
			n++
		}
		if len(s.Content) > 0 && b.Start <= s.Content[0].Start && s.Content[0].Start < b.End && b.Kind == news.Paragraph {
			p.Paragraph = n
		}
	}
	return p
}

// head is an article without what is inside it.
func head(a news.Article) news.Article {
	a.Text, a.Blocks, a.Repairs, a.Chain = "", nil, nil, nil
	return a
}

// words are spans on one line, with an ellipsis between them.
func words(text string, spans []news.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, strings.Join(strings.Fields(s.Text(text)), " "))
	}
	return strings.Join(parts, " … ")
}

// speaker names who speaks, or where nobody is known gives the source.
func speaker(doc *news.Document, s *news.Statement) string {
	var out []string
	for _, p := range s.Speakers {
		if p.Name != "" {
			out = append(out, p.Name)
		}
	}
	if len(out) == 0 {
		return words(doc.Text, s.Source)
	}
	return strings.Join(out, " and ")
}

// called is what an article calls those who speak.
func called(doc *news.Document, s *news.Statement) []Called {
	out := []Called{}
	for _, p := range s.Speakers {
		for i := range doc.Actors {
			a := &doc.Actors[i]
			if a.ID != p.Actor || p.Actor == "" {
				continue
			}
			for _, d := range a.Descriptions {
				c := Called{Kind: d.Kind, Text: strings.Join(strings.Fields(d.Text(doc.Text)), " "), Own: d.By == "outlet"}
				if !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// path tells how an utterance came from outlet to outlet: the first printing of
// each, and the earlier one whose words are nearest.
func path(list []reported) []Step {
	out := []Step{}
	seen := map[string]bool{}
	for i, r := range list {
		if seen[r.doc.Outlet] {
			continue
		}
		seen[r.doc.Outlet] = true
		s := Step{Outlet: r.doc.Outlet, Day: archive.Day(r.said.Day).String(), Printing: i, From: -1, Said: tellers(r.doc)}
		nearest := -1.0
		for k, earlier := range list[:i] {
			if n := utterances.Likeness(&earlier.said, &r.said); n > nearest {
				nearest, s.From = n, k
			}
		}
		if s.From >= 0 {
			s.SameWords = utterances.QuotationOf(&list[s.From].said, &r.said) == utterances.Verbatim
		}
		out = append(out, s)
	}
	return out
}

// tellers are those from whom an article has what it says.
func tellers(doc *news.Document) string {
	var out []string
	for _, t := range doc.Chain {
		out = append(out, t.Name)
	}
	return strings.Join(out, ", ")
}
