package export

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whosaid/internal/archive"
	"whosaid/internal/news"
	"whosaid/internal/record"
)

// citron writes a file an article in the data format of BBC Citron
// (https://github.com/bbc/citron/blob/main/docs/data_format.md). A quote of
// Citron has one cue, so a statement without one is left out, and of a cue in
// pieces the first stands. Its sources are the words of the article, its
// coreferences the names that they stand for.
type citron struct{ dir string }

func newCitron(dir string) (Writer, error) { return citron{dir}, os.MkdirAll(dir, 0o777) }

type citronDocument struct {
	Text   string          `json:"text"`
	Quotes []citronQuote   `json:"quotes"`
	Groups [][]record.Span `json:"coreference_groups"`
}

type citronQuote struct {
	ID           string        `json:"id"`
	Sources      []record.Span `json:"sources"`
	Coreferences []record.Span `json:"coreferences"`
	Cue          record.Span   `json:"cue"`
	Contents     []record.Span `json:"contents"`
	Confidence   string        `json:"confidence"`
}

func (c citron) Write(v *archive.Version) error {
	r := record.Encode(v.Doc)
	out := citronDocument{Text: v.Doc.Text, Quotes: []citronQuote{}, Groups: [][]record.Span{}}
	names := map[string]record.Span{} // the first full name of each actor
	for _, a := range r.Actors {
		var group []record.Span
		for _, m := range a.Mentions {
			group = append(group, m.Span)
			if _, known := names[a.ID]; !known && m.Form == "name" {
				names[a.ID] = m.Span
			}
		}
		if len(group) > 0 {
			out.Groups = append(out.Groups, group)
		}
	}
	for _, s := range r.Statements {
		if len(s.Cue) == 0 || s.By == string(news.ByMarks) {
			continue
		}
		q := citronQuote{
			ID: v.Doc.ID + "-" + s.ID, Sources: s.Source, Coreferences: []record.Span{}, Cue: s.Cue[0], Contents: s.Content,
			Confidence: strconv.FormatFloat(s.Confidence, 'f', 4, 64),
		}
		for _, p := range s.Speakers {
			if name, known := names[p.Actor]; known && p.By != "name" {
				q.Coreferences = append(q.Coreferences, name)
			}
		}
		out.Quotes = append(out.Quotes, q)
	}
	text, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, fileName(v.Doc)+".json"), text, 0o666)
}

func (citron) Close() error { return nil }

// fileName names an article's file: by its id, or where that is no plain name,
// as in records made elsewhere, by what tells it from others.
func fileName(doc *news.Document) string {
	const most = 64
	plain := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' }
	if doc.ID != "" && len(doc.ID) <= most && !strings.ContainsFunc(doc.ID, func(r rune) bool { return !plain(r) }) {
		return doc.ID
	}
	return hex.EncodeToString(archive.Key(&doc.Article))
}
