package speakers

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"whosaid/internal/eval/polnear"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Given is a stage that puts the attributions that people marked in the place of
// the statements that were found, to measure what comes after alone.
func Given(corpus polnear.Corpus) pipeline.Stage {
	by := map[string]polnear.Article{}
	for _, a := range corpus.Articles {
		by[a.ID] = a
	}
	return pipeline.Stage{
		Name: "given-statements",
		Doc:  "Puts the attributions that people marked in the place of the statements found.",
		Run: func(_ context.Context, doc *news.Document) error {
			name := filepath.Base(doc.File)
			if a, ok := by[strings.TrimSuffix(name, filepath.Ext(name))]; ok {
				doc.Statements = statements(doc, a.Gold)
			}
			return nil
		},
	}
}

func statements(doc *news.Document, gold []polnear.Attribution) []news.Statement {
	at := news.NewOffsets(doc.Text)
	spans := func(ranges [][2]int) []news.Span {
		var list []news.Span
		for _, r := range ranges {
			list = append(list, news.Span{Start: at.Byte(r[0]), End: at.Byte(r[1])})
		}
		slices.SortFunc(list, func(a, b news.Span) int { return a.Start - b.Start })
		return list
	}
	var list []news.Statement
	for _, g := range gold {
		s := news.Statement{
			ID: g.ID, By: news.ByModel, Confidence: 1,
			Source: spans(g.Source), Cue: spans(g.Cue), Content: spans(g.Content),
		}
		if len(s.Content) > 0 {
			s.Form = form(doc, s.Content)
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b news.Statement) int { return begin(a) - begin(b) })
	return list
}

// begin is where the reader meets s first.
func begin(s news.Statement) int {
	first := s.Content[0].Start
	for _, spans := range [][]news.Span{s.Source, s.Cue} {
		if len(spans) > 0 {
			first = min(first, spans[0].Start)
		}
	}
	return first
}

// form tells how much of content stands in quotation marks.
func form(doc *news.Document, content []news.Span) news.Form {
	in, all := 0, 0
	for _, c := range content {
		all += c.Len()
		for _, q := range doc.Quotes {
			if q.Depth == 0 {
				in += max(0, min(q.End, c.End)-max(q.Start, c.Start))
			}
		}
	}
	switch {
	case in == 0:
		return news.Indirect
	case 10*in >= 9*all:
		return news.Direct
	}
	return news.Mixed
}
