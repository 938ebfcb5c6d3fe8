// Package standard lists the stages that whosaid runs, in their order. A new
// stage is a folder beside this one and a line here.
package standard

import (
	"encoding/json"
	"fmt"

	"whosaid/internal/annotate/actors"
	"whosaid/internal/annotate/dates"
	"whosaid/internal/annotate/descriptions"
	"whosaid/internal/annotate/details"
	"whosaid/internal/annotate/kinds"
	"whosaid/internal/annotate/pieces"
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/annotate/relations"
	"whosaid/internal/annotate/sentences"
	"whosaid/internal/annotate/speakers"
	"whosaid/internal/annotate/statements"
	"whosaid/internal/annotate/tags"
	"whosaid/internal/annotate/voice"
	"whosaid/internal/neural/encoder"
	"whosaid/internal/neural/heads"
	"whosaid/internal/neural/wordpiece"
	"whosaid/internal/pipeline"
	"whosaid/models"
)

// Options say how articles are read; the zero value is what users get.
type Options struct {
	Statements statements.Options
	Actors     actors.Options

	// After has stages to run after those of the names given: what people found,
	// to put in the place of what a stage found.
	After map[string]pipeline.Stage
}

// New loads the models and returns the pipeline. It may be used by many
// goroutines at once.
func New(o Options) (*pipeline.Pipeline, error) {
	reader, err := Reader(o)
	if err != nil {
		return nil, err
	}
	kind, err := kinds.Load(models.Kinds)
	if err != nil {
		return nil, err
	}
	stages := []pipeline.Stage{
		quotes.Stage(),
		sentences.Stage(),
		pieces.Stage(wordpiece.New(models.Vocabulary)),
		reader.Stage(),
		kinds.Stage(kind),
		dates.Stage(),
		voice.Stage(),
	}
	if len(models.Who) > 0 {
		who, err := heads.Load(models.Who)
		if err != nil {
			return nil, err
		}
		if who.Width() != reader.Width() {
			return nil, fmt.Errorf("models/who.safetensors is for vectors of width %d, and those of models/encoder.safetensors have %d: export both from one checkpoint", who.Width(), reader.Width())
		}
		stages = append(stages,
			tags.New(who, o.Statements.Precision).Stage(),
			actors.New(who, o.Statements.Precision, o.Actors).Stage(),
			speakers.Stage(),
			descriptions.Stage(),
			relations.Stage(),
		)
	}
	stages = append(stages, details.Stage())
	var all []pipeline.Stage
	for _, s := range stages {
		all = append(all, s)
		if after, ok := o.After[s.Name]; ok {
			all = append(all, after)
		}
	}
	return pipeline.New(all...)
}

// Actors loads the reader of actors alone, to ask it for its reasons. Without
// weights for it, plain facts decide.
func Actors(o Options) (*actors.Reader, error) {
	if len(models.Who) == 0 {
		return actors.New(nil, o.Statements.Precision, o.Actors), nil
	}
	who, err := heads.Load(models.Who)
	if err != nil {
		return nil, err
	}
	return actors.New(who, o.Statements.Precision, o.Actors), nil
}

// Reader loads the reader of statements alone.
func Reader(o Options) (*statements.Reader, error) {
	model, err := encoder.Load(models.Encoder, models.Heads)
	if err != nil {
		return nil, err
	}
	if o.Statements.Weights == (statements.Evidence{}) {
		if err := json.Unmarshal(models.Confidence, &o.Statements.Weights); err != nil {
			return nil, fmt.Errorf("models/confidence.json: %w", err)
		}
	}
	return statements.New(model, o.Statements), nil
}
