package web

import (
	"fmt"
	"testing"
)

func TestCacheIsBounded(t *testing.T) {
	c := newCache(20_000)
	put := func(n, size int, mark string) {
		c.put(&cached{key: cacheKey{address: fmt.Sprint(n)}, body: make([]byte, size)}, mark)
	}
	has := func(n int, mark string) bool { return c.get(cacheKey{address: fmt.Sprint(n)}, mark) != nil }
	for n := range 100 {
		put(n, 1500, "a")
		has(0, "a") // asked for again and again
	}
	if !has(0, "a") || !has(99, "a") || has(50, "a") {
		t.Error("what was asked for last is not what is held")
	}
	if c.size > c.most || len(c.pages) != c.order.Len() || len(c.pages) < 5 {
		t.Errorf("%d pages of %d bytes are held, where %d are the most", len(c.pages), c.size, c.most)
	}
	if has(99, "b") {
		t.Error("a page of another mark is taken")
	}
	put(1, 10, "b")
	if has(99, "a") || has(99, "b") || !has(1, "b") || c.size > 600 {
		t.Errorf("%d bytes stay behind", c.size)
	}
	put(2, 19_000, "b")
	if has(2, "b") {
		t.Error("one page may take all there is")
	}
}
