package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// guard is p with stages that return an error where they would panic. The
// pipeline adds the stage's name and the article's.
func guard(p *pipeline.Pipeline) (*pipeline.Pipeline, error) {
	var stages []pipeline.Stage
	for _, s := range p.Stages() {
		run := s.Run
		s.Run = func(ctx context.Context, doc *news.Document) (err error) {
			defer func() {
				if v := recover(); v != nil {
					err = fmt.Errorf("failed by a mistake in whosaid, please report it: %w", broke(v))
				}
			}()
			return run(ctx, doc)
		}
		stages = append(stages, s)
	}
	return pipeline.New(stages...)
}

// broke turns a panic's value into an error that says where it happened. It
// must be called by the deferred function itself.
func broke(v any) error {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	for panicked := false; ; {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			panicked = true
		case panicked && !strings.HasPrefix(f.Function, "runtime."):
			return fmt.Errorf("%v (%s:%d)", v, filepath.Base(f.File), f.Line)
		}
		if !more {
			return fmt.Errorf("%v", v)
		}
	}
}
