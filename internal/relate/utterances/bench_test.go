package utterances

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
)

func benchmarkLink(b *testing.B, size int) {
	debug.SetGCPercent(50)
	const part = 10_000
	x := NewIndex(60)
	before := heap()
	for n := 0; n < size; n += part {
		list, _ := town(part, uint64(n))
		for i := range list {
			list[i].ID += int64(n)
			list[i].Article += int64(n)
			x.Add(&list[i])
		}
	}
	used := heap() - before
	fresh, copies := town(part, 1<<40)
	found, asked := 0, 0
	b.ResetTimer()
	for i := range b.N {
		k := i % part
		s := &fresh[k]
		s.ID, s.Article = int64(size+i), int64(size+i)
		links := x.Related(s)
		if of, is := copies[k]; is && i < part {
			asked++
			if slices.ContainsFunc(links, func(l Link) bool { return l.ID == int64(size+of) }) {
				found++
			}
		}
		x.Add(s)
	}
	b.StopTimer()
	b.ReportMetric(float64(used)/float64(size), "bytes/statement")
	if asked > 0 {
		b.ReportMetric(100*float64(found)/float64(asked), "%found")
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
