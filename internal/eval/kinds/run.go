package kinds

import (
	"context"
	"path/filepath"
	"strings"

	"whosaid/internal/engine"
	"whosaid/internal/eval/polnear"
	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Gold is a step that puts the gold relations of articles in the place of the
// statements that were found.
func Gold(articles []Article) pipeline.Stage {
	byID := map[string]Article{}
	for _, a := range articles {
		byID[a.ID] = a
	}
	return pipeline.Stage{
		Name:  "gold",
		Doc:   "Statements as people found them.",
		Needs: []string{"statements", "quotes"},
		Run: func(_ context.Context, doc *news.Document) error {
			doc.Statements = gold(doc, byID[stem(doc.File)])
			return nil
		},
	}
}

func stem(file string) string {
	name := filepath.Base(file)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// gold is the relations of a as statements, their ids those of the relations.
func gold(doc *news.Document, a Article) []news.Statement {
	at := news.NewOffsets(doc.Text)
	to := func(list [][2]int) []news.Span {
		var spans []news.Span
		for _, s := range list {
			spans = append(spans, news.Span{Start: at.Byte(s[0]), End: at.Byte(s[1])})
		}
		return spans
	}
	var statements []news.Statement
	for _, g := range a.Gold {
		if len(g.Cue) == 0 && len(g.Content) == 0 {
			continue
		}
		s := news.Statement{ID: g.ID, By: news.ByModel, Source: to(g.Source), Cue: to(g.Cue), Content: to(g.Content), Confidence: 1}
		s.Form = form(doc, s.Content)
		statements = append(statements, s)
	}
	return statements
}

// form says how content is quoted.
func form(doc *news.Document, content []news.Span) news.Form {
	inside, all := 0, 0
	for _, c := range content {
		all += c.Len()
		for _, q := range doc.Quotes {
			if !q.Scare && q.Depth == 0 {
				inside += max(0, min(q.End, c.End)-max(q.Start, c.Start))
			}
		}
	}
	switch {
	case inside == 0:
		return news.Indirect
	case inside*10 >= all*9:
		return news.Direct
	}
	return news.Mixed
}

// Read runs the pipeline over the articles, as they are, and gives each document
// in their order.
func Read(ctx context.Context, p *pipeline.Pipeline, articles []Article, workers int, give func(Article, *news.Document) error) error {
	e, err := engine.New(engine.Options{Ingest: ingest.Options{AsIs: true}, Pipeline: p, Workers: workers})
	if err != nil {
		return err
	}
	inputs, byID := make([]string, len(articles)), map[string]Article{}
	for i, a := range articles {
		inputs[i], byID[a.ID] = a.Path, a
	}
	return e.Read(ctx, inputs, func(r engine.Result) error {
		if r.Err != nil {
			return r.Err
		}
		return give(byID[stem(r.Doc.File)], r.Doc)
	})
}

// relations are the spans of the statements of doc that PolNeAR would annotate,
// in code points, and the places of those statements.
func relations(doc *news.Document) (list []polnear.Attribution, at []int) {
	o := news.NewOffsets(doc.Text)
	for i, s := range doc.Statements {
		if s.By == news.ByMarks || s.Parent != "" {
			continue
		}
		list = append(list, polnear.Attribution{
			Source: points(o, s.Source), Cue: points(o, s.Cue), Content: points(o, s.Content), Statement: s.ID,
		})
		at = append(at, i)
	}
	return list, at
}

func points(o *news.Offsets, spans []news.Span) [][2]int {
	list := make([][2]int, len(spans))
	for i, s := range spans {
		list[i] = [2]int{o.Rune(s.Start), o.Rune(s.End)}
	}
	return list
}
