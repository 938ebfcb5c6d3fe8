package polnear

import (
	"path/filepath"
	"strings"

	"whosaid/internal/news"
	"whosaid/internal/record"
)

// A Prediction is what was found in one article.
type Prediction struct {
	ID           string        // the stem of the article's file
	Text         string        // what the positions count in
	Attributions []Attribution // those that PolNeAR would annotate
	Contents     [][][2]int    // contents of all statements, nested ones and those by marks alone too
}

// FromRecord takes the statements out of r. PolNeAR annotates no statement
// within another, and a passage known by its marks alone is no attribution:
// both are kept out of Attributions.
func FromRecord(r record.Record) Prediction {
	name := filepath.Base(r.Article.File)
	p := Prediction{ID: strings.TrimSuffix(name, filepath.Ext(name)), Text: r.Article.Text}
	for _, s := range r.Statements {
		content := ranges(s.Content)
		p.Contents = append(p.Contents, content)
		if s.By == string(news.ByMarks) || s.Parent != nil && *s.Parent != "" {
			continue
		}
		p.Attributions = append(p.Attributions, Attribution{
			Source: ranges(s.Source), Cue: ranges(s.Cue), Content: content, Confidence: s.Confidence, Statement: s.ID,
		})
	}
	return p
}

func ranges(spans []record.Span) [][2]int {
	list := make([][2]int, len(spans))
	for i, s := range spans {
		list[i] = [2]int{s.Start, s.End}
	}
	return list
}
