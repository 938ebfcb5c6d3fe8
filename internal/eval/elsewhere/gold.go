package elsewhere

import (
	"context"
	"slices"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

// Run takes every case through the pipeline, one after another.
func Run(ctx context.Context, p *pipeline.Pipeline, cases []Case) ([]Found, error) {
	var found []Found
	for _, c := range cases {
		doc := c.Document()
		if err := p.Run(ctx, doc, nil); err != nil {
			return nil, err
		}
		found = append(found, Found{c, record.Encode(doc)})
	}
	return found, nil
}

// WithGold is the pipeline with a step after the statements that puts the
// case's own statements, their spans alone, in the place of those found: what
// comes after can then be judged by itself.
func WithGold(p *pipeline.Pipeline, cases []Case) (*pipeline.Pipeline, error) {
	byID := map[string]Case{}
	for _, c := range cases {
		byID[c.Gold.ID] = c
	}
	var stages []pipeline.Stage
	for _, s := range p.Stages() {
		stages = append(stages, s)
		if s.Name != "statements" {
			continue
		}
		stages = append(stages, pipeline.Stage{
			Name:  "gold",
			Doc:   "Statements as the case gives them.",
			Needs: []string{"statements"},
			Run: func(_ context.Context, doc *news.Document) error {
				doc.Statements = spans(byID[doc.ID].Gold.Statements)
				return nil
			},
		})
	}
	return pipeline.New(stages...)
}

// spans is statements with what the reader of statements gives, and no more.
func spans(gold []news.Statement) []news.Statement {
	out := make([]news.Statement, len(gold))
	for i, g := range gold {
		out[i] = news.Statement{
			ID: g.ID, By: g.By, Form: g.Form, Parent: g.Parent, Confidence: 1,
			Source: slices.Clone(g.Source), Cue: slices.Clone(g.Cue), Content: slices.Clone(g.Content),
		}
	}
	return out
}
