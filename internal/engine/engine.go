// Package engine is the one core behind every door: it brings articles in,
// runs the pipeline over each and hands the documents on, in input order.
//
// Reading and annotating run side by side, on a bounded number of articles;
// what comes out does not depend on how many workers there are.
package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"

	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Options say how inputs are read and annotated.
type Options struct {
	Ingest   ingest.Options
	Pipeline *pipeline.Pipeline
	Workers  int // articles annotated at once; GOMAXPROCS if 0

	// Known, if set, reports that an article need not be read: it was before,
	// by the same program. It is asked by many goroutines at once.
	Known func(context.Context, *news.Article) bool

	// Progress, if set, is told after every result, from the goroutine that
	// called Read.
	Progress func(Progress)
}

// Progress is how far one Read has come.
type Progress struct {
	Inputs     int // done
	Total      int // inputs in all; 0 while they are still being counted
	Articles   int // done
	Statements int // in them
	Failed     int // inputs or articles that gave an error
}

// A Result is one article, or one input that gave none.
type Result struct {
	Doc    *news.Document  // nil if Err is set
	Page   *ingest.Page    // that it was read from, if it was fetched and Options.Ingest.Pages asks for it
	Reader string          // what read it, if it was read before and came as a record that says so
	Before bool            // it was read before: the record is as it came
	Known  bool            // it is known: Doc is the article alone
	Timing pipeline.Timing // how long each stage took
	Err    error           // says which input or article it is about
}

// An Engine reads inputs. It may be used by many goroutines at once.
type Engine struct {
	opts Options
}

// New checks the options. A stage that panics is made to return an error
// instead, so that one article cannot end the run.
func New(opts Options) (*Engine, error) {
	if opts.Pipeline == nil {
		return nil, errors.New("engine: no pipeline was given")
	}
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	guarded, err := guard(opts.Pipeline)
	if err != nil {
		return nil, fmt.Errorf("engine: %w", err)
	}
	opts.Pipeline = guarded
	return &Engine{opts: opts}, nil
}

// Read brings in what args name and yields one result for each article and
// for each input that failed, in the order of the inputs and of the articles
// inside them. It returns the first error of yield or of ctx; what is wrong
// with an input is a Result and does not end it.
func (e *Engine) Read(ctx context.Context, args []string, yield func(Result) error) error {
	return e.read(ctx, ingest.Expand(args, e.opts.Ingest), func() int { return ingest.Count(args, e.opts.Ingest) }, yield)
}

// ReadInputs is Read for inputs that need no expanding. It takes one from the
// sequence when there is room for it.
func (e *Engine) ReadInputs(ctx context.Context, inputs iter.Seq2[ingest.Input, error], yield func(Result) error) error {
	return e.read(ctx, inputs, func() int { return 0 }, yield)
}

func (e *Engine) read(ctx context.Context, inputs iter.Seq2[ingest.Input, error], count func() int, yield func(Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	r := &run{
		Engine: e,
		window: newWindow(ctx, e.opts.Workers),
		inputs: make(chan *input, e.opts.Workers*placesEach),
		work:   make(chan *job),
	}
	defer r.wait()
	defer cancel()
	r.start(ctx, inputs)

	var p Progress
	var total atomic.Int64
	if e.opts.Progress != nil {
		r.background(func() { total.Store(int64(count())) })
	}
	give := func(res Result) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := yield(res); err != nil {
			return err
		}
		if e.opts.Progress != nil {
			if res.Err != nil {
				p.Failed++
			} else {
				p.Articles++
				p.Statements += len(res.Doc.Statements)
			}
			p.Total = int(total.Load())
			e.opts.Progress(p)
		}
		return nil
	}

	for in := range r.inputs {
		r.window.lead(in.number)
		for j := range in.jobs {
			select {
			case <-j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := give(j.result); err != nil {
				return err
			}
			r.window.release(j.bytes)
		}
		p.Inputs++
		for _, err := range in.errs {
			if err := give(Result{Err: err}); err != nil {
				return err
			}
		}
		if len(in.errs) == 0 && e.opts.Progress != nil {
			p.Total = int(total.Load())
			e.opts.Progress(p)
		}
	}
	return ctx.Err()
}
