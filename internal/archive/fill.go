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

	// Stranger, if set, is called by Import after an import of another archive,
	// with how many decisions were left out.
	Stranger func(decisions int)
}

// DefaultRows is how many statements a batch has: a transaction costs as much
// for one as for thousands, and the more come together, the more of them share a
// page of the file. A batch takes a second.
const DefaultRows = 16_000

// mostBytes bounds a batch where its articles are long or have pages.
const mostBytes = 64 << 20

// Fill runs jobs, as many at once as there are CPUs, while batches of what they
// made ready are written, in the order of the jobs. While one batch is written
// the next is put together, so that the one who writes need not wait. The first
// error of the store ends it.
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

	batches := make(chan batch)
	group.Go(func() {
		defer close(batches)
		gather(ctx, inOrder(ctx, &group, jobs), how.Rows, batches)
	})
	for b := range batches {
		if b.failed != nil {
			if err := how.Failed(b.failed); err != nil {
				return err
			}
			continue
		}
		outcomes, err := store.Keep(ctx, b.list...)
		if err == nil && how.Told != nil {
			err = how.Told(b.list, outcomes)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// A batch is what goes into one transaction, or the error of a job.
type batch struct {
	list   []*Ready
	failed error
	rows   int
	bytes  int
}

// gather makes batches of tasks.
func gather(ctx context.Context, tasks <-chan *task, rows int, to chan<- batch) {
	send := func(b batch) bool {
		select {
		case to <- b:
			return true
		case <-ctx.Done():
			return false
		}
	}
	var b batch
	for t := range tasks {
		select {
		case <-t.done:
		case <-ctx.Done():
			return
		}
		if t.err != nil {
			if !send(batch{failed: t.err}) {
				return
			}
			continue
		}
		b.list, b.rows = append(b.list, t.ready), b.rows+len(t.ready.Rows)
		b.bytes += len(t.ready.Text) + len(t.ready.Findings) + len(t.ready.PageBody)
		if b.rows < rows && len(b.list) < rows && b.bytes < mostBytes {
			continue
		}
		if !send(b) {
			return
		}
		b = batch{}
	}
	if len(b.list) > 0 && ctx.Err() == nil {
		send(b)
	}
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
