package archive

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// A Job makes an entry ready; Fill runs many at once.
type Job func() (*Ready, error)

// A Filling says how Fill goes about it.
type Filling struct {
	Rows int // statements in a batch, about; DefaultRows if 0

	// Told, if set, is called for each batch once it is kept for good.
	Told func([]*Ready, []Outcome) error

	// Failed, if set, is called with the error of a job, which is left out;
	// what it returns ends everything. Without it every error does.
	Failed func(error) error
}

// DefaultRows is how many statements a batch has: a transaction costs as much
// for one as for thousands, and a batch takes a fraction of a second.
const DefaultRows = 8000

// Fill runs jobs, as many at once as there are CPUs, while batches of what they
// made ready are written, in the order of the jobs. The first error of the
// store ends it.
func Fill(ctx context.Context, store Store, jobs iter.Seq[Job], how Filling) error {
	if how.Rows <= 0 {
		how.Rows = DefaultRows
	}
	if how.Failed == nil {
		how.Failed = func(err error) error { return err }
	}
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()

	b := &batch{store: store, how: how}
	for t := range inOrder(ctx, &group, jobs) {
		select {
		case <-t.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if t.err != nil {
			if err := how.Failed(t.err); err != nil {
				return err
			}
			continue
		}
		if err := b.add(ctx, t.ready); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.flush(ctx)
}

// A task is a job under way.
type task struct {
	job   Job
	ready *Ready
	err   error
	done  chan struct{} // closed once the others are set
}

// inOrder runs jobs by workers; their tasks come in the order of the jobs.
func inOrder(ctx context.Context, group *sync.WaitGroup, jobs iter.Seq[Job]) <-chan *task {
	workers := runtime.GOMAXPROCS(0)
	work, queue := make(chan *task), make(chan *task, 64*workers)
	group.Go(func() {
		defer close(queue)
		defer close(work)
		for j := range jobs {
			t := &task{job: j, done: make(chan struct{})}
			for _, c := range []chan *task{queue, work} {
				select {
				case c <- t:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	for range workers {
		group.Go(func() {
			for t := range work {
				t.ready, t.err = t.job()
				close(t.done)
			}
		})
	}
	return queue
}

// A batch is what goes into one transaction.
type batch struct {
	store Store
	how   Filling
	list  []*Ready
	rows  int
}

func (b *batch) add(ctx context.Context, r *Ready) error {
	b.list, b.rows = append(b.list, r), b.rows+len(r.Rows)
	if b.rows < b.how.Rows && len(b.list) < b.how.Rows {
		return nil
	}
	return b.flush(ctx)
}

func (b *batch) flush(ctx context.Context) error {
	if len(b.list) == 0 {
		return nil
	}
	outcomes, err := b.store.Keep(ctx, b.list...)
	if err == nil && b.how.Told != nil {
		err = b.how.Told(b.list, outcomes)
	}
	b.list, b.rows = nil, 0
	return err
}
