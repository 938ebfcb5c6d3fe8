// Package pipeline runs an ordered list of stages over one document at a time.
package pipeline

import (
	"context"
	"fmt"
	"time"

	"whosaid/internal/news"
)

// A Stage is one step of annotation. It reads what earlier stages gave, adds
// its own findings to the document and touches nothing else, so documents can
// be run through the same Pipeline on many goroutines at once.
type Stage struct {
	Name  string   // one lower-case word, as `whosaid stages` shows it
	Doc   string   // one sentence on what it finds and how
	Needs []string // layers it reads ("text", "pieces", "quotes", …)
	Gives []string // layers it adds
	Run   func(context.Context, *news.Document) error
}

// A Pipeline is a checked list of stages.
type Pipeline struct {
	stages []Stage
}

// New checks that every stage is documented and that what it needs is given by
// one before it ("text" and "blocks" are there from the start).
func New(stages ...Stage) (*Pipeline, error) {
	given := map[string]bool{"text": true, "blocks": true}
	names := map[string]bool{}
	for _, s := range stages {
		switch {
		case s.Name == "" || s.Doc == "" || s.Run == nil:
			return nil, fmt.Errorf("stage %q: a stage has a name, a sentence on what it does and a function", s.Name)
		case names[s.Name]:
			return nil, fmt.Errorf("stage %q is listed twice", s.Name)
		}
		for _, need := range s.Needs {
			if !given[need] {
				return nil, fmt.Errorf("stage %q needs %q, which no stage before it gives", s.Name, need)
			}
		}
		for _, g := range s.Gives {
			given[g] = true
		}
		names[s.Name] = true
	}
	return &Pipeline{stages: stages}, nil
}

// Stages lists the stages in the order they run.
func (p *Pipeline) Stages() []Stage { return p.stages }

// A Timing is how long each stage of one run took, in the pipeline's order. A
// nil Timing is not filled.
type Timing []time.Duration

// Run takes doc through every stage. It stops at the first error, naming the
// stage and the article. If t is not nil it holds one entry a stage, to which
// the time of this run is added.
func (p *Pipeline) Run(ctx context.Context, doc *news.Document, t Timing) error {
	for i, s := range p.stages {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := time.Now()
		if err := s.Run(ctx, doc); err != nil {
			return fmt.Errorf("stage %s: %s: %w", s.Name, doc.File, err)
		}
		if t != nil {
			t[i] += time.Since(start)
		}
	}
	return nil
}
