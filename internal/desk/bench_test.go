package desk

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"

	"whosaid/internal/archive"
	"whosaid/internal/archive/generated"
	"whosaid/internal/relate/utterances"
)

// BenchmarkLink links statements of generated articles, on any day, to as many
// as are there already: 10,000, 100,000, or what the environment variable
// WHOSAID_BENCH_STATEMENTS says. Reported beside the time of one statement are
// the share of planted copies found, and what the index takes.
func BenchmarkLink(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if n, err := strconv.Atoi(os.Getenv("WHOSAID_BENCH_STATEMENTS")); err == nil {
		sizes = []int{n}
	}
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) { benchmarkLink(b, size) })
	}
}

func benchmarkLink(b *testing.B, size int) {
	debug.SetGCPercent(25)
	m := &planted{maker: generated.New(1), of: map[int64]int{}, first: map[int]bool{}}
	index := utterances.NewIndex(0)
	before := heap()
	for index.Len() < size {
		for _, s := range m.article() {
			index.Add(&s)
			m.keep(s.ID)
		}
	}
	used := heap() - before
	var fresh []utterances.Statement
	for len(fresh) < b.N {
		fresh = append(fresh, m.article()...)
	}
	asked, found := 0, 0
	b.ResetTimer()
	for i := range b.N {
		links := index.Related(&fresh[i])
		index.Add(&fresh[i])
		if u, ok := m.of[fresh[i].ID]; ok && m.first[u] {
			asked++
			for _, l := range links {
				if v, ok := m.of[l.ID]; ok && v == u {
					found++
					break
				}
			}
		}
		m.keep(fresh[i].ID)
	}
	b.StopTimer()
	b.ReportMetric(float64(used)/float64(size), "bytes/statement")
	if asked > 0 {
		b.ReportMetric(100*float64(found)/float64(asked), "%found")
	}
}

// planted makes articles and knows which of their statements report one
// utterance.
type planted struct {
	maker *generated.Maker
	n     int
	id    int64
	of    map[int64]int
	first map[int]bool // utterances that are in the index
}

func (p *planted) article() []utterances.Statement {
	a := p.maker.Article(p.n)
	p.n++
	v := &archive.Version{Doc: a.Doc, People: a.People, Vectors: a.Vectors}
	v.Article = int64(p.n)
	out := make([]utterances.Statement, len(a.Doc.Statements))
	for i := range out {
		p.id++
		out[i] = statement(v, i, p.id)
		if a.Utterances[i] >= 0 {
			p.of[p.id] = a.Utterances[i]
		}
	}
	return out
}

func (p *planted) keep(id int64) {
	if u, ok := p.of[id]; ok {
		p.first[u] = true
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
