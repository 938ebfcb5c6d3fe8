package engine

import (
	"context"
	"sync"
)

// Bounds of a window for each worker.
const (
	placesEach = 16      // articles in flight
	bytesEach  = 1 << 16 // of their text; what stages find takes two hundred times as much
)

// A window bounds how many articles are in flight: read, and not yet yielded.
// Results leave in input order, so a long article keeps those behind it waiting;
// there is room for enough of them that no worker is idle in the meantime, if
// they are short.
//
// The input whose results are being yielded must always be able to go on: it has
// n places whatever the others hold.
type window struct {
	n     int // workers
	mu    sync.Mutex
	moved *sync.Cond
	total int         // articles in flight
	bytes int         // of their text
	of    map[int]int // articles in flight by input
	head  int         // the input whose results are being yielded
}

// newWindow makes a window for n workers that lets everybody go once ctx is
// done.
func newWindow(ctx context.Context, n int) *window {
	w := &window{n: n, head: -1, of: map[int]int{}}
	w.moved = sync.NewCond(&w.mu)
	context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.moved.Broadcast()
	})
	return w
}

// acquire waits for a place for an article of that many bytes of the given input.
func (w *window) acquire(ctx context.Context, input, bytes int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ctx.Err() == nil && !w.room(input, bytes) {
		w.moved.Wait()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w.total++
	w.bytes += bytes
	w.of[input]++
	return nil
}

// room reports whether the input may have one more article in flight.
func (w *window) room(input, bytes int) bool {
	return w.total < w.n || input == w.head && w.of[input] < w.n || w.total < w.n*placesEach && w.bytes+bytes <= w.n*bytesEach
}

// release gives the place of an article of the head back.
func (w *window) release(bytes int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.total--
	w.bytes -= bytes
	w.of[w.head]--
	w.moved.Broadcast()
}

// lead makes input the head.
func (w *window) lead(input int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.of, w.head)
	w.head = input
	w.moved.Broadcast()
}
