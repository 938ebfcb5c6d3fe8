package engine

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"

	"whosaid/internal/ingest"
	"whosaid/internal/news"
	"whosaid/internal/pipeline"
	"whosaid/internal/record"
)

// A run is one call of Read. Inputs are expanded by one goroutine, each opened
// input is read by one of its own, and articles are annotated by the workers:
//
//	expand -> inputs (in order) -> jobs of each (in order) -> yield
//	                                  \-> work -> workers -> done /
type run struct {
	*Engine
	window *window
	inputs chan *input // in order
	work   chan *job
	group  sync.WaitGroup
}

// An input is one opened input and the articles that it gives, in order.
type input struct {
	number int
	jobs   chan *job // closed once the input is read, after errs is set
	errs   []error
}

// A job is one article on its way.
type job struct {
	from   ingest.Arrival
	bytes  int // of its text
	result Result
	done   chan struct{} // closed once result is set
}

func (r *run) wait() { r.group.Wait() }

func (r *run) background(f func()) { r.group.Go(f) }

// start sets everything going; it all ends once the inputs are read or ctx is
// done.
func (r *run) start(ctx context.Context, inputs iter.Seq2[ingest.Input, error]) {
	var readers sync.WaitGroup
	r.background(func() {
		defer close(r.work)
		defer readers.Wait()
		defer close(r.inputs)
		n := 0
		open := make(chan struct{}, r.opts.Workers+1) // the first that is not read yet is among them
		for in, err := range inputs {
			next := &input{number: n, jobs: make(chan *job, 2*r.opts.Workers)}
			n++
			select {
			case r.inputs <- next:
			case <-ctx.Done():
				return
			}
			if err != nil {
				next.errs = split(err)
				close(next.jobs)
				continue
			}
			select {
			case open <- struct{}{}:
			case <-ctx.Done():
				close(next.jobs)
				return
			}
			readers.Go(func() {
				defer func() { <-open }()
				r.read(ctx, in, next)
			})
		}
	})
	for range r.opts.Workers {
		r.background(func() {
			for j := range r.work {
				j.result = r.annotate(ctx, j.from)
				j.from = ingest.Arrival{}
				close(j.done)
			}
		})
	}
}

// read brings in the articles of one input and hands each to the workers.
func (r *run) read(ctx context.Context, from ingest.Input, to *input) {
	defer close(to.jobs)
	defer func() {
		if v := recover(); v != nil {
			to.errs = append(to.errs, fmt.Errorf("%s: reading it failed by a mistake in whosaid, please report it: %w", from.Name, broke(v)))
		}
	}()
	err := ingest.Read(ctx, from, r.opts.Ingest, func(a ingest.Arrival) error {
		j := &job{from: a, bytes: len(a.Text), done: make(chan struct{})}
		if err := r.window.acquire(ctx, to.number, j.bytes); err != nil {
			return err
		}
		for _, c := range []chan *job{to.jobs, r.work} {
			select {
			case c <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	if err != nil {
		to.errs = split(err)
	}
}

// annotate runs the stages over one article. An article that holds nothing to
// read keeps its problems and gets no findings; one that was read before keeps
// those it has.
func (r *run) annotate(ctx context.Context, a ingest.Arrival) Result {
	if a.Doc != nil {
		return Result{Doc: a.Doc, Page: a.Page, Reader: a.Reader, Before: true}
	}
	doc := &news.Document{Article: a.Article, AsIs: r.opts.Ingest.AsIs}
	if r.opts.Known != nil && r.opts.Known(ctx, &doc.Article) {
		return Result{Doc: doc, Known: true}
	}
	for _, p := range a.Problems {
		if p.Fatal() {
			return Result{Doc: doc, Page: a.Page}
		}
	}
	t := make(pipeline.Timing, len(r.opts.Pipeline.Stages()))
	if err := r.opts.Pipeline.Run(ctx, doc, t); err != nil {
		return Result{Err: err}
	}
	if err := record.Check(doc); err != nil {
		return Result{Err: fmt.Errorf("%s: a stage left it unsound, please report it: %w", doc.File, err)}
	}
	return Result{Doc: doc, Page: a.Page, Timing: t}
}

// split takes joined errors apart, so that each is told on a line of its own.
func split(err error) []error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok || !strings.Contains(err.Error(), "\n") {
		return []error{err}
	}
	var out []error
	for _, e := range many.Unwrap() {
		out = append(out, split(e)...)
	}
	return out
}
