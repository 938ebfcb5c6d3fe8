// Package export writes what an archive keeps in the formats that other
// programs read: tables, annotations, linked data and pages.
//
// A format is a Writer. It gets one article after another and holds no more
// than one at a time (Parquet: a row group), so that memory does not grow with
// the archive. Positions are code points of the article's text, as records have
// them.
package export

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
	"whosaid/internal/serve/print"
)

// A Writer writes one article after another.
type Writer interface {
	Write(v *archive.Version) error
	// Close ends the output. It closes nothing that the caller opened.
	Close() error
}

// A Format is a format to export in.
type Format struct {
	Name   string
	Folder bool   // it is written to a folder, by To; the others to a stream, by On
	Says   string // what it is, for help

	On func(io.Writer) (Writer, error)
	To func(dir string) (Writer, error)
}

// JSONL is the format that holds everything; an archive can be made of it again
// (archive.Export, archive.Import). Here it is records alone.
const JSONL = "jsonl"

// Formats lists the formats in the order help shows them.
var Formats = []Format{
	{Name: JSONL, Says: "records, one a line; of a whole archive everything that it keeps", On: printed(print.JSONL)},
	{Name: "csv", Says: "a row a statement", On: printed(print.CSV)},
	{Name: "parquet", Says: "the same rows for data frames", On: newRows},
	{Name: "brat", Folder: true, Says: "a folder of texts and their standoff annotations, as PolNeAR has them", To: newBrat},
	{Name: "conll", Says: "a word a line with IOB tags (CoNLL-U Plus)", On: newConll},
	{Name: "citron", Folder: true, Says: "a folder of JSON files as BBC Citron reads and writes them", To: newCitron},
	{Name: "claimreview", Says: "drafts of schema.org ClaimReview, to be completed by whoever checks the claims", On: newClaims},
	{Name: "annotation", Says: "W3C Web Annotations", On: newAnnotations},
	{Name: "quotation", Says: "schema.org Quotation", On: newQuotations},
	{Name: "ftm", Says: "FollowTheMoney entities, one a line", On: newEntities},
	{Name: "html", Folder: true, Says: "a folder of pages: a list, and a page an article", To: newPages},
}

// Named is the format of a name.
func Named(name string) (Format, error) {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Format{}, fmt.Errorf("there is no format %q: choose one of %s", name, strings.Join(names, ", "))
}

// documents writes what package print does.
type documents struct{ print.Printer }

func (d documents) Write(v *archive.Version) error { return d.Print(v.Doc) }

func printed(format string) func(io.Writer) (Writer, error) {
	return func(w io.Writer) (Writer, error) {
		p, err := print.New(format, w, print.Options{})
		return documents{p}, err
	}
}

func newBrat(dir string) (Writer, error) {
	p, err := print.NewBratFolder(dir)
	return documents{p}, err
}

// urn names an article, or with more parts something in it.
func urn(doc *news.Document, parts ...string) string {
	return "urn:whosaid:" + strings.Join(append([]string{url.PathEscape(doc.ID)}, parts...), ":")
}

// address is where an article is: its web address, or else a name for it.
func address(doc *news.Document) string {
	if link := webAddress(doc.URL); link != "" {
		return link
	}
	return urn(doc)
}

// webAddress is raw if it is an address of the web, else empty.
func webAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// A said is somebody who speaks.
type said struct {
	ID   string // the same for one person in all articles, where it is known who it is
	Name string
	Type string // as actors have it; empty where there is no actor
}

// speakers are those of statement s, each once; of one whom no actor stands
// for, the name alone is known.
func speakers(v *archive.Version, s *record.Statement) []said {
	var out []said
	for _, p := range s.Speakers {
		who := said{Name: p.Name}
		if i := slices.IndexFunc(v.Doc.Actors, func(a news.Actor) bool { return a.ID == p.Actor && p.Actor != "" }); i >= 0 {
			who = actor(v, i)
		}
		if who.Name != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// actor is actor i of v.
func actor(v *archive.Version, i int) said {
	a := &v.Doc.Actors[i]
	who := said{ID: urn(v.Doc, url.PathEscape(a.ID)), Name: oneLine(a.Name), Type: a.Type}
	if i < len(v.People) && v.People[i] != 0 {
		who.ID = fmt.Sprintf("urn:whosaid:person:%d", v.People[i])
	}
	return who
}

// person reports whether an actor's type is that of one human being.
func person(kind string) bool { return kind == "person" || kind == "role" }

// words is what spans say, on one line; an ellipsis stands between them.
func words(spans []record.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, oneLine(s.Text))
	}
	return strings.Join(out, " … ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// title is that of an article, or what stands for it.
func title(doc *news.Document) string { return cmp.Or(oneLine(doc.Title), doc.File, doc.ID) }
