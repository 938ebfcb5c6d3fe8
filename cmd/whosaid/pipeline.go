package main

import (
	"whosaid/internal/annotate/standard"
	"whosaid/internal/neural/encoder"
	"whosaid/internal/pipeline"
)

// precisions are the values of --precision.
var precisions = map[string]encoder.Precision{
	"quantised": encoder.Quantised,
	"float32":   encoder.Float32,
}

// stageOptions are the options of the stages for a value of --precision.
func stageOptions(precision string) (standard.Options, error) {
	var o standard.Options
	p, ok := precisions[precision]
	if !ok {
		return o, usagef("there is no precision %q: choose quantised or float32", precision)
	}
	o.Statements.Precision = p
	return o, nil
}

// newPipeline is the stages that every verb runs.
func newPipeline(precision string) (*pipeline.Pipeline, error) {
	o, err := stageOptions(precision)
	if err != nil {
		return nil, err
	}
	return standard.New(o)
}
