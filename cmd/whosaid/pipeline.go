package main

import (
	"whosaid/internal/annotate/quotes"
	"whosaid/internal/pipeline"
)

// newPipeline is the stages that every verb runs.
func newPipeline(string) (*pipeline.Pipeline, error) {
	return pipeline.New(quotes.Stage())
}
