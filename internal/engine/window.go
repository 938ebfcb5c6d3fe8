package engine

import (
	"context"
	"sync"
)

// A window bounds how many articles are in flight: read, and not yet yielded.
// Results leave in input order, so the input at the head must always be able
// to go on, however far the ones behind it have come: those behind share n
// places, and the head has at least n more.
type window struct {
	n     int
	mu    sync.Mutex
	moved *sync.Cond
	total int // articles in flight
	head  int // the input whose results are being yielded
}

// newWindow makes a window of 2n places that lets everybody go once ctx is
// done.
func newWindow(ctx context.Context, n int) *window {
	w := &window{n: n, head: -1}
	w.moved = sync.NewCond(&w.mu)
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.moved.Broadcast()
	})
	return w
}

// acquire waits for a place for one article of the given input.
func (w *window) acquire(ctx context.Context, input int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ctx.Err() == nil && w.total >= w.places(input) {
		w.moved.Wait()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w.total++
	return nil
}

// places is how many articles may be in flight for this input to add one.
func (w *window) places(input int) int {
	if input == w.head {
		return 2 * w.n
	}
	return w.n
}

// release gives a place back.
func (w *window) release() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.total--
	w.moved.Broadcast()
}

// lead makes input the head.
func (w *window) lead(input int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.head = input
	w.moved.Broadcast()
}
